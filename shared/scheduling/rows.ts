import { DomainError } from '../domain/errors.ts'
import { fillLayer, holdsAny, LAYERS, type Layer, type PersonOnGrid } from './fill-layer.ts'
import { type Grid, gridOf, type ZoneOnGrid, zoneOnGrid } from './grid.ts'
import type { Program, SchedulingPerson } from './types.ts'

type Layers = Readonly<Record<Layer, Uint32Array>>

export type PersonRows = PersonOnGrid & {
  readonly index: number
  /** One row of bits per layer; never written but by this file. */
  readonly layers: Layers
  /** `work & ~(clinic | busy | unknown | holds | daysOff)`: what a meeting may cover. */
  readonly free: Uint32Array
}

export type Rows = {
  readonly grid: Grid
  readonly people: PersonRows[]
  readonly indexOf: ReadonlyMap<string, number>
  /** The rows of all in memory that threads share; hand it to a worker and `attachRows` there. */
  readonly shared?: ArrayBufferLike
}

type RowsSource = Pick<Program, 'horizon' | 'grainMinutes' | 'people'>

/** What takes working hours away. */
const BLOCKING = ['clinic', 'busy', 'unknown', 'holds', 'daysOff'] as const satisfies readonly Layer[]
const ROWS_PER_PERSON = LAYERS.length + 1
/** More than 1,250 people over 18 months at 5 minutes need; beyond it a browser tab or worker would fall over. */
const ROW_BYTES_MAX = 480 * 1024 * 1024

/**
 * Builds the rows of everybody, layer by layer, in memory that threads can share; a pane that is not cross-origin
 * isolated has plain memory only.
 * @throws DomainError `invalid-plan` with the path of a malformed text, `unknown-time-zone`, `too-large`
 */
export function buildRows(program: RowsSource): Rows {
  const grid = gridOf(program)
  const bytes = bytesOf(grid, program.people.length * ROWS_PER_PERSON)
  const shared = typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)
  const rows = attachRows(program, shared)
  for (const person of rows.people) {
    for (const layer of LAYERS) if (holdsAny(grid, person, layer)) fillLayer(grid, person, layer, person.layers[layer])
    combineFree(grid, person)
  }
  return rows
}

/** Rows that another thread built, seen through their shared memory. */
export function attachRows(program: RowsSource, shared: ArrayBufferLike): Rows {
  const grid = gridOf(program)
  const bits = new Uint32Array(shared)
  const people = peopleOn(grid, program).map((person, index): PersonRows => {
    const row = (offset: number) => {
      const start = (index * ROWS_PER_PERSON + offset) * grid.words
      return bits.subarray(start, start + grid.words)
    }
    return {
      ...person,
      index,
      free: row(0),
      layers: {
        work: row(1),
        clinic: row(2),
        busy: row(3),
        unknown: row(4),
        holds: row(5),
        daysOff: row(6),
        protected: row(7),
        soft: row(8),
      },
    }
  })
  return { grid, people, indexOf: indexOf(people), shared }
}

/**
 * The rows of a few people in memory of their own, without the layers that hold nothing: the cheapest to ask for.
 * @throws DomainError as `buildRows`
 */
export function buildRowsOf(program: RowsSource, personIds: ReadonlySet<string>): Rows {
  const grid = gridOf(program)
  bytesOf(grid, personIds.size * ROWS_PER_PERSON)
  const selected = peopleOn(grid, program, personIds)
  // Free, work and what is held; one row for all that hold nothing. One piece of memory: each takes a while to get.
  const held = (person: PersonOnGrid) => LAYERS.filter((layer) => holdsAny(grid, person, layer))
  const bits = new Uint32Array(grid.words * selected.reduce((rows, person) => rows + 1 + held(person).length, 1))
  let used = 0
  const nextRow = () => {
    used += grid.words
    return bits.subarray(used - grid.words, used)
  }
  const empty = nextRow()
  const defaultWork = new Map<ZoneOnGrid, Uint32Array>()
  const people = selected.map((person, index): PersonRows => {
    const layerOf = (layer: Layer) => {
      if (!holdsAny(grid, person, layer)) return empty
      const row = nextRow()
      fillLayer(grid, person, layer, row)
      return row
    }
    const workOf = () => {
      if (person.person.workingHours) return layerOf('work')
      // Many mailboxes keep the same hours: those of one zone share their row.
      const work = defaultWork.get(person.zone) ?? layerOf('work')
      defaultWork.set(person.zone, work)
      return work
    }
    const rows: PersonRows = {
      ...person,
      index,
      free: nextRow(),
      layers: {
        work: workOf(),
        clinic: layerOf('clinic'),
        busy: layerOf('busy'),
        unknown: layerOf('unknown'),
        holds: layerOf('holds'),
        daysOff: layerOf('daysOff'),
        protected: layerOf('protected'),
        soft: layerOf('soft'),
      },
    }
    combineFree(grid, rows)
    return rows
  })
  return { grid, people, indexOf: indexOf(people) }
}

/**
 * The rows of everybody with only what planning a whole programme reads all the time: what is free, and what breaks
 * ties. Any other layer is built anew each time it is asked for: a department's layers take several times the memory of
 * what is free, and reasons concern few people at a time.
 * @throws DomainError as `buildRows`
 */
export function buildFreeRows(program: RowsSource): Rows {
  const grid = gridOf(program)
  bytesOf(grid, program.people.length)
  const empty = new Uint32Array(grid.words)
  const people = peopleOn(grid, program).map((person, index): PersonRows => {
    const rows = {
      ...person,
      index,
      free: new Uint32Array(grid.words),
      layers: new LayersOnDemand(grid, person, empty),
    }
    combineFree(grid, rows)
    return rows
  })
  return { grid, people, indexOf: indexOf(people) }
}

class LayersOnDemand implements Layers {
  readonly protected: Uint32Array
  readonly soft: Uint32Array
  readonly #grid: Grid
  readonly #person: PersonOnGrid
  readonly #empty: Uint32Array

  constructor(grid: Grid, person: PersonOnGrid, empty: Uint32Array) {
    this.#grid = grid
    this.#person = person
    this.#empty = empty
    this.protected = this.#built('protected')
    this.soft = this.#built('soft')
  }

  get work() {
    return this.#built('work')
  }
  get clinic() {
    return this.#built('clinic')
  }
  get busy() {
    return this.#built('busy')
  }
  get unknown() {
    return this.#built('unknown')
  }
  get holds() {
    return this.#built('holds')
  }
  get daysOff() {
    return this.#built('daysOff')
  }

  #built(layer: Layer): Uint32Array {
    return holdsAny(this.#grid, this.#person, layer) ? builtLayer(this.#grid, this.#person, layer) : this.#empty
  }
}

function builtLayer(grid: Grid, person: PersonOnGrid, layer: Layer): Uint32Array {
  const row = new Uint32Array(grid.words)
  fillLayer(grid, person, layer, row)
  return row
}

/**
 * Replaces what is known of one person in one layer of shared rows and refreshes what is free; all other rows stay as
 * they are. A changed clinic layer brings its soft entries along. Somebody who changes zones needs new rows.
 * @throws DomainError as `buildRows`; `person-not-found` for a person the rows do not hold
 */
export function rebuildLayer(rows: Rows, person: SchedulingPerson, layer: Exclude<Layer, 'soft'>): PersonRows {
  const known = personRows(rows, person.id, 'person.id')
  const replaced = { ...known, person, memo: {} }
  for (const changed of layer === 'clinic' ? (['clinic', 'soft'] as const) : [layer]) {
    replaced.layers[changed].fill(0)
    fillLayer(rows.grid, replaced, changed, replaced.layers[changed])
  }
  combineFree(rows.grid, replaced)
  rows.people[known.index] = replaced
  return replaced
}

/** @throws DomainError `person-not-found` with the path that names the person */
export function personRows(rows: Rows, personId: string, path: string): PersonRows {
  const person = rows.people[rows.indexOf.get(personId) ?? -1]
  if (person) return person
  const message = 'is not among the people of the program'
  throw new DomainError('person-not-found', `${path}: ${message}`, [{ path, message }])
}

function bytesOf(grid: Grid, rowCount: number): number {
  const bytes = grid.words * rowCount * 4
  if (bytes <= ROW_BYTES_MAX) return bytes
  throw new DomainError('too-large', 'Too many people for this horizon and grain; plan them in parts.')
}

/** People in the program's order, all or those of `personIds`; their zones are worked out once each. */
function peopleOn(grid: Grid, program: RowsSource, personIds?: ReadonlySet<string>): readonly PersonOnGrid[] {
  const zones = new Map<string, ZoneOnGrid>()
  const people: PersonOnGrid[] = []
  const seen = new Set<string>()
  for (let position = 0; position < program.people.length; position++) {
    const person = program.people[position]
    if (!person || (personIds && !personIds.has(person.id))) continue
    const path = `people[${position}]`
    if (seen.has(person.id)) throw fault(`${path}.id`, 'used twice')
    seen.add(person.id)
    const zone = zones.get(person.timeZone) ?? zoneOrFault(grid, person.timeZone, `${path}.timeZone`)
    zones.set(person.timeZone, zone)
    people.push({ path, person, zone, memo: {} })
  }
  return people
}

const indexOf = (people: readonly PersonRows[]): ReadonlyMap<string, number> =>
  new Map(people.map(({ person, index }) => [person.id, index]))

const fault = (path: string, message: string) =>
  new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])

function zoneOrFault(grid: Grid, timeZone: string, path: string): ZoneOnGrid {
  try {
    return zoneOnGrid(grid, timeZone)
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    throw new DomainError(cause.code, `${path}: ${cause.message}`, [{ path, message: cause.message }], { cause })
  }
}

function combineFree(grid: Grid, person: PersonRows): void {
  const { free, layers } = person
  free.set(layers.work)
  for (const layer of BLOCKING) {
    // Memory that nobody touches is never taken.
    if (!holdsAny(grid, person, layer)) continue
    const blocked = layers[layer]
    for (let word = 0; word < free.length; word++) free[word] = (free[word] ?? 0) & ~(blocked[word] ?? 0)
  }
}
