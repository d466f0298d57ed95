import { DomainError } from '../domain/errors.ts'
import { fillBits } from './bit-row.ts'
import { type ClinicSpans, hoursByWeekday, listClinicSpans, SPAN_FIELDS } from './clinic-spans.ts'
import { type Grid, grainAfter, grainBefore, gridOf, type ZoneOnGrid, zoneOnGrid } from './grid.ts'
import { instantOfWall } from './offset-table.ts'
import { readSpans } from './read-spans.ts'
import { MINUTES_PER_DAY, readDate } from './time-text.ts'
import type { Program, SchedulingPerson, TimeSpans, WeeklyHours } from './types.ts'

/**
 * What is known of a person, one bit per grain each. `work`: working hours, rounded inward. `clinic`: every hard entry
 * of the clinic layer with its buffer. `busy`, `unknown`, `holds`, `daysOff`: as in `SchedulingPerson`. Those block and
 * are rounded outward. `protected` (inward) and `soft` (outward: jeopardy and other entries that only cost) inform.
 */
export const LAYERS = ['work', 'clinic', 'busy', 'unknown', 'holds', 'daysOff', 'protected', 'soft'] as const
export type Layer = (typeof LAYERS)[number]

export type PersonRows = {
  readonly index: number
  /** Where the person stands in the program, e.g. `people[3]`. */
  readonly path: string
  readonly person: SchedulingPerson
  readonly zone: ZoneOnGrid
  readonly layers: Readonly<Record<Layer, Uint32Array>>
  /** `work & ~(clinic | busy | unknown | holds | daysOff)`: what a meeting may cover. */
  readonly free: Uint32Array
  /** Worked out on demand. */
  readonly memo: { clinicSpans?: ClinicSpans }
}

/** Rows of everybody of a program. `bits` holds them all; hand its buffer to a worker and `attachRows` there. */
export type Rows = {
  readonly grid: Grid
  readonly bits: Uint32Array
  readonly people: PersonRows[]
  readonly indexOf: ReadonlyMap<string, number>
  /** Stands for every layer without a bit where rows are not shared; never written. */
  readonly empty: Uint32Array | undefined
}

type RowsSource = Pick<Program, 'horizon' | 'grainMinutes' | 'people'>

/** What takes working hours away. */
const BLOCKING = ['clinic', 'busy', 'unknown', 'holds', 'daysOff'] as const satisfies readonly Layer[]

const ROWS_PER_PERSON = LAYERS.length + 1
/** More than 1,250 people over 18 months at 5 minutes need; beyond it a browser tab or worker would fall over. */
const ROW_BYTES_MAX = 480 * 1024 * 1024
const DEFAULT_HOURS: readonly WeeklyHours[] = ([1, 2, 3, 4, 5] as const).map((weekday) => ({
  weekday,
  start: '08:00',
  end: '17:00',
}))

/**
 * Builds the rows of everybody in memory that threads can share, or of `personIds` only in plain memory and without
 * the layers that hold nothing, which is cheaper to ask for. A pane that is not cross-origin isolated has plain memory
 * only.
 * @throws DomainError `invalid-plan` with the path of a malformed text, `unknown-time-zone`, `too-large`
 */
export function buildRows(program: RowsSource, personIds?: ReadonlySet<string>): Rows {
  const grid = gridOf(program)
  const people = personIds ? program.people.filter(({ id }) => personIds.has(id)) : program.people
  const rowCount = personIds
    ? people.reduce((sum, person) => sum + 1 + LAYERS.filter((layer) => holdsAny(person, layer)).length, 1)
    : people.length * ROWS_PER_PERSON
  const bytes = grid.words * rowCount * 4
  if (bytes > ROW_BYTES_MAX) {
    throw new DomainError('too-large', 'Too many people for this horizon and grain; plan them in parts.')
  }
  const isShared = personIds === undefined && typeof SharedArrayBuffer !== 'undefined'
  const buffer = isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
  const rows = viewRows(program, grid, new Uint32Array(buffer), personIds)
  for (const person of rows.people) {
    for (const layer of LAYERS) if (holdsAny(person.person, layer)) fillLayer(grid, person, layer)
    combineFree(person)
  }
  return rows
}

/** Rows that another thread built, seen through their shared memory. */
export function attachRows(program: RowsSource, buffer: ArrayBufferLike): Rows {
  return viewRows(program, gridOf(program), new Uint32Array(buffer))
}

/** Whether a person's layer can have a bit set. */
function holdsAny(person: SchedulingPerson, layer: Layer): boolean {
  switch (layer) {
    case 'work':
      return true
    case 'protected':
      return (person.protectedTime?.length ?? 0) > 0
    case 'clinic':
    case 'soft':
      return person.clinic !== undefined
    default:
      return (person[layer]?.length ?? 0) > 0
  }
}

/**
 * Replaces what is known of one person in one layer and refreshes what is free; all other rows stay as they are. A
 * changed clinic layer brings its soft entries along. Somebody who changes zones needs new rows.
 * @throws DomainError as `buildRows`; `person-not-found` for a person the rows do not hold
 */
export function rebuildLayer(rows: Rows, person: SchedulingPerson, layer: Exclude<Layer, 'soft'>): PersonRows {
  const known = personRows(rows, person.id, 'person.id')
  const layers = { ...known.layers }
  const replaced: PersonRows = { ...known, person, layers, memo: {} }
  for (const changed of layer === 'clinic' ? (['clinic', 'soft'] as const) : [layer]) {
    if (layers[changed] === rows.empty) layers[changed] = new Uint32Array(rows.grid.words)
    layers[changed].fill(0)
    fillLayer(rows.grid, replaced, changed)
  }
  combineFree(replaced)
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

function viewRows(program: RowsSource, grid: Grid, bits: Uint32Array, personIds?: ReadonlySet<string>): Rows {
  const zones = new Map<string, ZoneOnGrid>()
  const indexOf = new Map<string, number>()
  const people: PersonRows[] = []
  let used = 0
  const nextRow = (): Uint32Array => {
    used += grid.words
    return bits.subarray(used - grid.words, used)
  }
  const empty = personIds ? nextRow() : undefined
  for (const [position, person] of program.people.entries()) {
    if (personIds && !personIds.has(person.id)) continue
    const path = `people[${position}]`
    if (indexOf.has(person.id)) throw fault(`${path}.id`, 'used twice')
    const index = people.length
    indexOf.set(person.id, index)
    let zone = zones.get(person.timeZone)
    if (!zone) {
      zone = zoneOrFault(grid, person.timeZone, `${path}.timeZone`)
      zones.set(person.timeZone, zone)
    }
    const layerRow = (layer: Layer): Uint32Array => (empty && !holdsAny(person, layer) ? empty : nextRow())
    people.push({
      index,
      path,
      person,
      zone,
      free: nextRow(),
      layers: {
        work: layerRow('work'),
        clinic: layerRow('clinic'),
        busy: layerRow('busy'),
        unknown: layerRow('unknown'),
        holds: layerRow('holds'),
        daysOff: layerRow('daysOff'),
        protected: layerRow('protected'),
        soft: layerRow('soft'),
      },
      memo: {},
    })
  }
  return { grid, bits, people, indexOf, empty }
}

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

function combineFree({ person, free, layers }: PersonRows): void {
  free.set(layers.work)
  for (const layer of BLOCKING) {
    // Memory that nobody touches is never taken.
    if (!holdsAny(person, layer)) continue
    const blocked = layers[layer]
    for (let word = 0; word < free.length; word++) free[word] = (free[word] ?? 0) & ~(blocked[word] ?? 0)
  }
}

function fillLayer(grid: Grid, rows: PersonRows, layer: Layer): void {
  const { path, person } = rows
  const row = rows.layers[layer]
  switch (layer) {
    case 'work':
      fillWeekly(grid, rows.zone, row, person.workingHours ?? DEFAULT_HOURS, `${path}.workingHours`)
      break
    case 'protected':
      fillWeekly(grid, rows.zone, row, person.protectedTime ?? [], `${path}.protectedTime`)
      break
    case 'clinic':
      fillClinic(grid, rows, row, 1)
      break
    case 'soft':
      fillClinic(grid, rows, row, 0)
      break
    case 'busy':
    case 'unknown':
    case 'holds':
      fillInstants(grid, row, person[layer] ?? [], `${path}.${layer}`)
      break
    case 'daysOff':
      fillDaysOff(grid, rows.zone, row, person.daysOff ?? [], `${path}.daysOff`)
      break
  }
}

function fillWeekly(grid: Grid, zone: ZoneOnGrid, row: Uint32Array, hours: readonly WeeklyHours[], path: string): void {
  if (hours.length === 0) return
  const weekdays = hoursByWeekday(hours, path)
  // A day beyond either end: a zone's Monday may start on UTC's Sunday.
  for (let day = -1; day <= grid.weeks * 7; day++) {
    const midnight = grid.originMinute + day * MINUTES_PER_DAY
    for (const { start, end } of weekdays[(day + 7) % 7] ?? []) {
      fillBits(
        row,
        grainAfter(grid, instantOfWall(zone.table, midnight + start)),
        grainBefore(grid, instantOfWall(zone.table, midnight + end)),
      )
    }
  }
}

/** The person's clinic entries as grains; worked out once, also after `attachRows`. */
export function clinicSpansOf(grid: Grid, rows: PersonRows): ClinicSpans {
  rows.memo.clinicSpans ??= listClinicSpans(grid, rows.zone, rows.person.clinic ?? {}, `${rows.path}.clinic`)
  return rows.memo.clinicSpans
}

function fillClinic(grid: Grid, rows: PersonRows, row: Uint32Array, hard: 0 | 1): void {
  if (!rows.person.clinic) return
  const { fields } = clinicSpansOf(grid, rows)
  for (let at = 0; at < fields.length; at += SPAN_FIELDS) {
    if (fields[at + 5] === hard) fillBits(row, fields[at + 2] ?? 0, fields[at + 3] ?? 0)
  }
}

function fillInstants(grid: Grid, row: Uint32Array, spans: TimeSpans, path: string): void {
  const minutes = readSpans(spans, path)
  for (let at = 0; at < minutes.length; at += 2) {
    const start = minutes[at] ?? 0
    const end = minutes[at + 1] ?? 0
    if (end > start) fillBits(row, grainBefore(grid, start), grainAfter(grid, end))
  }
}

function fillDaysOff(grid: Grid, zone: ZoneOnGrid, row: Uint32Array, dates: readonly string[], path: string): void {
  for (const [index, date] of dates.entries()) {
    const midnight = readDate(date, `${path}[${index}]`) * MINUTES_PER_DAY
    fillBits(
      row,
      grainBefore(grid, instantOfWall(zone.table, midnight)),
      grainAfter(grid, instantOfWall(zone.table, midnight + MINUTES_PER_DAY)),
    )
  }
}
