import type { PreparedPair } from '../candidates.ts'
import type { BaseLoad } from '../caps.ts'
import type { Option, Piece, ReplanBoard } from '../replan-board.ts'
import type { PersonRows } from '../rows.ts'
import type { Weights } from '../types.ts'
import { buildCapacityRows, type CandidateRange } from './capacity-rows.ts'
import type { Placement, PlacementModel } from './placement-model.ts'

/** A change's placement problem, and what its numbers stand for. */
export type Replacement = {
  readonly model: PlacementModel
  /** Where everything stands now. */
  readonly start: Placement
  /** Per meeting. */
  readonly pieces: readonly Piece[]
  /** Per candidate. */
  readonly options: readonly Option[]
}

export type ReplacementSource = {
  readonly people: readonly PersonRows[]
  readonly board: ReplanBoard
  /** Pieces that look for a place; their booked start is none. */
  readonly loose: readonly Piece[]
  readonly optionsOf: (piece: Piece) => readonly Option[]
  readonly weights: Weights
  /** Points for each piece that is not loose and has to move. */
  readonly moveCost: number
}

/**
 * The meetings of everybody who takes part in a loose one, as a placement problem: where each may go, with what it
 * costs to move it. Everything else stays where it is on the board and keeps its time, as do pieces that may not be
 * moved. A piece that stays is cheaper by the cost of a move than it is on the board, so that one left without a date
 * counts as moved too.
 */
export function buildReplacement(source: ReplacementSource): Replacement {
  const { people, board, loose, weights } = source
  const concerned = new Set(loose.flatMap(({ prepared }) => prepared.participants))
  const byPair = new Map<PreparedPair, Piece[]>()
  for (const piece of board.pieces) {
    if (!piece.prepared.participants.some((person) => concerned.has(person))) continue
    byPair.set(piece.prepared, [...(byPair.get(piece.prepared) ?? []), piece])
  }
  const inside = new Set([...byPair.values()].flat())
  const isLoose = new Set(loose)
  const fixed = board.pieces.filter((piece) => !inside.has(piece) || !(isLoose.has(piece) || piece.isMovable))
  const fixedTimes = new FixedTimes(
    board,
    fixed,
    [...inside].filter((piece) => piece.isMovable && !isLoose.has(piece)),
  )
  const isFixed = new Set(fixed)

  const pieces: Piece[] = []
  const options: Option[] = []
  const start: number[] = []
  const cost: number[] = []
  const pattern: number[] = []
  const from: number[] = []
  const to: number[] = []
  const meetingOf: number[] = []
  const pairMeetings = [0]
  const pairPatternCount: number[] = []
  const meetingCandidates = [0]
  const rangesOf: CandidateRange[][] = people.map(() => [])
  for (const [prepared, own] of byPair) {
    const patterns = new Map<number, number>()
    for (const piece of own) {
      const first = options.length
      const stands = board.optionOf(piece)
      const goes = isFixed.has(piece)
        ? []
        : source.optionsOf(piece).filter((option) => fixedTimes.isOpen(piece, option))
      for (const option of stands ? [stands, ...goes.filter((other) => other.start !== stands.start)] : goes) {
        const stays = option.start === piece.bookedAt && !isLoose.has(piece)
        if (!patterns.has(option.pattern)) patterns.set(option.pattern, patterns.size)
        options.push(option)
        cost.push(option.soft - (stays && !isFixed.has(piece) ? source.moveCost : 0))
        pattern.push(patterns.get(option.pattern) ?? 0)
        from.push(option.start)
        to.push(option.start + prepared.pair.minutes)
        meetingOf.push(pieces.length)
      }
      pieces.push(piece)
      start.push(stands ? first : -1)
      meetingCandidates.push(options.length)
      if (isFixed.has(piece)) continue
      for (const person of prepared.participants) rangesOf[person.index]?.push({ first, end: options.length })
    }
    pairMeetings.push(pieces.length)
    pairPatternCount.push(patterns.size)
  }
  const { rowStart, candidateRows, rowCapacity } = buildCapacityRows({
    people,
    spans: { from: Int32Array.from(from), to: Int32Array.from(to), meeting: Int32Array.from(meetingOf) },
    rangesOf,
    loadOf: (person) => fixedTimes.loadOf(person),
    dayOf: (person, minute) => board.dayOf(person, minute),
  })
  return {
    model: {
      unplacedCost: weights.unplaced,
      exceptionCost: weights.exception,
      pairMeetings: Int32Array.from(pairMeetings),
      pairPatternCount: Int32Array.from(pairPatternCount),
      meetingCandidates: Int32Array.from(meetingCandidates),
      candidateCost: Float64Array.from(cost),
      candidatePattern: Int32Array.from(pattern),
      rowStart,
      candidateRows,
      rowCapacity,
    },
    start: Int32Array.from(start),
    pieces,
    options,
  }
}

/** What people's fixed meetings and limits leave open to those that may move. */
class FixedTimes {
  readonly #board: ReplanBoard
  readonly #spans = new Map<PersonRows, { readonly start: number; readonly end: number }[]>()
  readonly #loads = new Map<PersonRows, BaseLoad>()
  /** Days and weeks that are fuller than the limit as they stand: nobody else may come in. */
  readonly #full = new Map<PersonRows, { readonly days: ReadonlySet<number>; readonly weeks: ReadonlySet<number> }>()

  constructor(board: ReplanBoard, fixed: readonly Piece[], staying: readonly Piece[]) {
    this.#board = board
    for (const [person, { fixedStarts, stayingStarts, load }] of standings(board, fixed, staying)) {
      this.#spans.set(person, fixedStarts)
      if (!load) continue
      const day = (minute: number) => board.dayOf(person, minute)
      const week = (minute: number) => Math.floor(day(minute) / 7)
      const fixedMinutes = fixedStarts.map(({ start }) => start)
      const days = closeFull(load.dayMax, load.perDay, fixedMinutes.map(day), stayingStarts.map(day))
      const weeks = closeFull(load.weekMax, load.perWeek, fixedMinutes.map(week), stayingStarts.map(week))
      this.#loads.set(person, { ...load, perDay: days.counts, perWeek: weeks.counts })
      this.#full.set(person, { days: days.full, weeks: weeks.full })
    }
  }

  /** Whether no fixed meeting and no limit that is passed already refuses a start. */
  isOpen({ prepared }: Piece, { start }: Option): boolean {
    const end = start + prepared.pair.minutes
    return prepared.participants.every((person) => {
      if (this.#spans.get(person)?.some((other) => other.start < end && start < other.end)) return false
      const day = this.#board.dayOf(person, start)
      const full = this.#full.get(person)
      return !full?.days.has(day) && !full?.weeks.has(Math.floor(day / 7))
    })
  }

  loadOf(person: PersonRows): BaseLoad | undefined {
    return this.#loads.get(person)
  }
}

type Standing = {
  readonly fixedStarts: { readonly start: number; readonly end: number }[]
  readonly stayingStarts: number[]
  load: BaseLoad | undefined
}

/** By person, what stands where. */
function standings(board: ReplanBoard, fixed: readonly Piece[], staying: readonly Piece[]): Map<PersonRows, Standing> {
  const byPerson = new Map<PersonRows, Standing>()
  const isFixed = new Set(fixed)
  for (const piece of board.pieces) {
    const { participants, baseLoads, pair } = piece.prepared
    for (const [position, person] of participants.entries()) {
      const standing = byPerson.get(person) ?? { fixedStarts: [], stayingStarts: [], load: undefined }
      byPerson.set(person, standing)
      standing.load ??= baseLoads[position]
      const start = board.startOf(piece)
      if (start === undefined) continue
      if (isFixed.has(piece)) standing.fixedStarts.push({ start, end: start + pair.minutes })
      else if (staying.includes(piece)) standing.stayingStarts.push(start)
    }
  }
  return byPerson
}

/** Counts fixed meetings by day or week; where those that may stay pass the limit, there is room for just these. */
function closeFull(
  max: number,
  base: ReadonlyMap<number, number>,
  fixed: readonly number[],
  staying: readonly number[],
): { readonly counts: ReadonlyMap<number, number>; readonly full: ReadonlySet<number> } {
  const counts = new Map(base)
  for (const key of fixed) counts.set(key, (counts.get(key) ?? 0) + 1)
  const full = new Set<number>()
  for (const key of new Set(staying)) {
    const stay = staying.filter((other) => other === key).length
    if ((counts.get(key) ?? 0) + stay <= max) continue
    counts.set(key, max - stay)
    full.add(key)
  }
  return { counts, full }
}
