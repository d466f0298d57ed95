import { type Candidates, listCandidates, type PreparedPair, preparePair } from './candidates.ts'
import { type Grid, minuteOfGrain } from './grid.ts'
import { wallOfInstant } from './offset-table.ts'
import type { PersonRows, Rows } from './rows.ts'
import { clockCost, middleCost } from './soft-cost.ts'
import { MINUTES_PER_DAY } from './time-text.ts'
import type { Program, Weights } from './types.ts'

/** One booked meeting on the board. Instants are epoch minutes. */
export type Piece = {
  readonly index: number
  readonly prepared: PreparedPair
  readonly window: number
  readonly bookedAt: number
  /** Whether it may be moved at all: far enough ahead, and not proposed too often already. */
  readonly isMovable: boolean
  /** Where it may go, cheapest first; worked out when first asked for. */
  readonly options: () => readonly Option[]
}
export type Option = { readonly start: number; readonly soft: number; readonly pattern: number }

/** Cost and place of every piece, in the order of `pieces`. */
export type Snapshot = { readonly total: number; readonly placed: readonly (Option | undefined)[] }

/** Where something else stands in the way of a start: all of these have to go first. */
export type Displacement = readonly Piece[]

const EMPTY: ReadonlyMap<number, number> = new Map()

/**
 * Booked meetings as pieces that can be taken up and put down, with the objective of all their pairs kept up to date.
 * Pieces never overlap for one person and never pass a limit, except where they were booked so.
 */
export class ReplanBoard {
  readonly pieces: readonly Piece[]
  /** Sum of soft cost of placed pieces, exceptions and unplaced ones. */
  cost = 0
  readonly #grid: Grid
  readonly #weights: Weights
  readonly #placed = new Map<Piece, Option>()
  readonly #byPerson = new Map<PersonRows, Set<Piece>>()
  readonly #patterns = new Map<PreparedPair, Map<number, number>>()

  constructor(rows: Rows, program: Program, booked: readonly PieceRequest[], weights: Weights) {
    this.#grid = rows.grid
    this.#weights = weights
    const prepared = new Map(booked.map(({ pair }) => [pair, preparePair(rows, program, pair)]))
    this.pieces = booked.map(({ pair, window, bookedAt, isMovable }, index) => {
      // Every pair of `booked` was just prepared.
      const own = prepared.get(pair) as PreparedPair
      let options: readonly Option[] | undefined
      return {
        index,
        prepared: own,
        window,
        bookedAt,
        isMovable,
        options: () => {
          options ??= optionsOf(rows.grid, listCandidates(rows, own, window), bookedAt)
          return options
        },
      }
    })
    this.cost = weights.unplaced * this.pieces.length
    for (const piece of this.pieces) this.place(piece, this.#bookedOption(piece))
  }

  startOf(piece: Piece): number | undefined {
    return this.#placed.get(piece)?.start
  }

  isOnPattern(piece: Piece): boolean {
    const counts = this.#patterns.get(piece.prepared) ?? EMPTY
    const mine = counts.get(this.#placed.get(piece)?.pattern ?? -1) ?? 0
    return mine > 0 && mine === Math.max(...counts.values())
  }

  place(piece: Piece, option: Option): void {
    this.cost += this.costOf(piece, option) - this.#weights.unplaced
    this.#placed.set(piece, option)
    const counts = this.#patterns.get(piece.prepared) ?? new Map<number, number>()
    counts.set(option.pattern, (counts.get(option.pattern) ?? 0) + 1)
    this.#patterns.set(piece.prepared, counts)
    for (const person of piece.prepared.participants) {
      const pieces = this.#byPerson.get(person) ?? new Set()
      pieces.add(piece)
      this.#byPerson.set(person, pieces)
    }
  }

  take(piece: Piece): Option | undefined {
    const option = this.#placed.get(piece)
    if (!option) return undefined
    this.#placed.delete(piece)
    for (const person of piece.prepared.participants) this.#byPerson.get(person)?.delete(piece)
    const counts = this.#patterns.get(piece.prepared)
    const left = (counts?.get(option.pattern) ?? 1) - 1
    if (left > 0) counts?.set(option.pattern, left)
    else counts?.delete(option.pattern)
    this.cost -= this.costOf(piece, option) - this.#weights.unplaced
    return option
  }

  /** Where everything stands, to come back to. */
  snapshot(extraCost = 0): Snapshot {
    return { total: this.cost + extraCost, placed: this.pieces.map((piece) => this.#placed.get(piece)) }
  }

  restore({ placed }: Snapshot): void {
    for (const piece of this.pieces) this.take(piece)
    for (const [index, piece] of this.pieces.entries()) {
      const option = placed[index]
      if (option) this.place(piece, option)
    }
  }

  /** What putting a piece there adds: its clock and middle cost, and an exception unless a commonest pattern takes it. */
  costOf(piece: Piece, option: Option): number {
    const counts = this.#patterns.get(piece.prepared) ?? EMPTY
    let most = 0
    for (const count of counts.values()) most = Math.max(most, count)
    return option.soft + ((counts.get(option.pattern) ?? 0) === most ? 0 : this.#weights.exception)
  }

  /**
   * The ways to make room for a piece at a start, each a set of movable pieces that have to go: one empty set where it
   * is free, none where something immovable is in the way.
   */
  waysToMakeRoom(piece: Piece, start: number): readonly Displacement[] {
    const { participants, pair } = piece.prepared
    const inTheWay = new Set<Piece>()
    for (const person of participants) {
      for (const other of this.#byPerson.get(person) ?? []) {
        const at = this.#placed.get(other)?.start
        if (at === undefined || at >= start + pair.minutes || start >= at + other.prepared.pair.minutes) continue
        if (!other.isMovable) return []
        inTheWay.add(other)
      }
    }
    let ways: readonly Piece[][] = [[...inTheWay]]
    for (const [position, person] of participants.entries()) {
      ways = ways.flatMap((way) => this.#withinLimits(piece, position, person, start, way))
    }
    return ways
  }

  /** Extends a set of displaced pieces until one person's limits allow one more meeting at a start. */
  #withinLimits(piece: Piece, position: number, person: PersonRows, start: number, way: Piece[]): readonly Piece[][] {
    const load = piece.prepared.baseLoads[position]
    if (!load) return [way]
    const day = this.#dayOf(person, start)
    const week = Math.floor(day / 7)
    const others = [...(this.#byPerson.get(person) ?? [])].filter((other) => !way.includes(other))
    const daysOf = (other: Piece) => this.#dayOf(person, this.#placed.get(other)?.start ?? 0)
    const sameDay = others.filter((other) => daysOf(other) === day)
    const sameWeek = others.filter((other) => Math.floor(daysOf(other) / 7) === week)
    const isDayFull = sameDay.length + (load.perDay.get(day) ?? 0) >= load.dayMax
    const isWeekFull = sameWeek.length + (load.perWeek.get(week) ?? 0) >= load.weekMax
    if (!isDayFull && !isWeekFull) return [way]
    // One that leaves the day leaves the week too.
    return (isDayFull ? sameDay : sameWeek)
      .filter(({ isMovable }) => isMovable)
      .flatMap((other) => this.#withinLimits(piece, position, person, start, [...way, other]))
  }

  #dayOf(person: PersonRows, minute: number): number {
    return Math.floor(wallOfInstant(person.zone.table, minute) / MINUTES_PER_DAY) - this.#grid.originDay
  }

  /** Where a piece was booked, costed as it stands there; a start that was moved by hand may be off the grid. */
  #bookedOption({ prepared, window, bookedAt }: Piece): Option {
    const { organizer, participants, pair, windows } = prepared
    const day = this.#dayOf(organizer, bookedAt)
    const { from = day, to = day } = windows[window] ?? {}
    const minuteOfWeek = (person: PersonRows) => {
      const wall = wallOfInstant(person.zone.table, bookedAt) - this.#grid.originMinute
      const week = 7 * MINUTES_PER_DAY
      return ((wall % week) + week) % week
    }
    const clock = participants.map((person) => {
      const { early, late, lunch, fridayAfternoon } = clockCost(minuteOfWeek(person), pair.minutes)
      return early + late + lunch + fridayAfternoon
    })
    return {
      start: bookedAt,
      soft: clock.reduce((sum, cost) => sum + cost, middleCost(day, from, to)),
      pattern: minuteOfWeek(organizer) / this.#grid.grainMinutes,
    }
  }
}

export type PieceRequest = {
  readonly pair: Program['pairs'][number]
  readonly window: number
  readonly bookedAt: number
  readonly isMovable: boolean
}

/** Cheapest first; of equals the one nearest to the booked date, which disturbs people least. */
function optionsOf(grid: Grid, { starts, soft, patterns }: Candidates, bookedAt: number): readonly Option[] {
  return Array.from(starts, (start, index): Option => {
    return { start: minuteOfGrain(grid, start), soft: soft[index] ?? 0, pattern: patterns[index] ?? 0 }
  })
    .filter(({ start }) => start !== bookedAt)
    .sort((a, b) => a.soft - b.soft || Math.abs(a.start - bookedAt) - Math.abs(b.start - bookedAt) || a.start - b.start)
}
