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

  optionOf(piece: Piece): Option | undefined {
    return this.#placed.get(piece)
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

  /** Where it was booked, wherever it is now. */
  putBack(piece: Piece): void {
    if (this.startOf(piece) === piece.bookedAt) return
    this.take(piece)
    this.place(piece, this.#bookedOption(piece))
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

  /** What putting a piece there adds: its clock and middle cost, and an exception unless a commonest pattern takes it. */
  costOf(piece: Piece, option: Option): number {
    const counts = this.#patterns.get(piece.prepared) ?? EMPTY
    let most = 0
    for (const count of counts.values()) most = Math.max(most, count)
    return option.soft + ((counts.get(option.pattern) ?? 0) === most ? 0 : this.#weights.exception)
  }

  /** Whether a piece could be put at a start with everything else where it is. */
  isFree({ prepared }: Piece, start: number): boolean {
    const { participants, pair, baseLoads } = prepared
    return participants.every((person, position) => {
      const others = [...(this.#byPerson.get(person) ?? [])].flatMap((other) => {
        const at = this.#placed.get(other)?.start
        return at === undefined ? [] : [{ at, end: at + other.prepared.pair.minutes }]
      })
      if (others.some(({ at, end }) => at < start + pair.minutes && start < end)) return false
      const load = baseLoads[position]
      if (!load) return true
      const day = this.dayOf(person, start)
      const week = Math.floor(day / 7)
      const days = others.map(({ at }) => this.dayOf(person, at))
      const onDay = days.filter((other) => other === day).length + (load.perDay.get(day) ?? 0)
      const inWeek = days.filter((other) => Math.floor(other / 7) === week).length + (load.perWeek.get(week) ?? 0)
      return onDay < load.dayMax && inWeek < load.weekMax
    })
  }

  /** Wall day of an epoch minute in a person's zone, counted from the grid's origin. */
  dayOf(person: PersonRows, minute: number): number {
    return Math.floor(wallOfInstant(person.zone.table, minute) / MINUTES_PER_DAY) - this.#grid.originDay
  }

  /** Where a piece was booked, costed as it stands there; a start that was moved by hand may be off the grid. */
  #bookedOption({ prepared, window, bookedAt }: Piece): Option {
    const { organizer, participants, pair, windows } = prepared
    const day = this.dayOf(organizer, bookedAt)
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
