import { at, costAt, meetingCountOf, type Placement, type PlacementModel } from './placement-model.ts'

/** A model of a part of a larger one, with the way back: pair, meeting, candidate and row of each in the larger. */
export type ModelPart = {
  readonly model: PlacementModel
  readonly pairs: Int32Array
  readonly meetings: Int32Array
  readonly candidates: Int32Array
  readonly rows: Int32Array
}

/**
 * The model of the given pairs alone, with the candidates that `keep` marks (all when left out). Rows that its
 * meetings cannot overfill are left out: what they share with the rest of the programme is relaxed, so the part's
 * optimum bounds its share from below.
 */
export function extractPart(
  whole: PlacementModel,
  pairs: Int32Array,
  scratch: RowScratch,
  keep?: Uint8Array,
): ModelPart {
  const meetings: number[] = []
  const candidates: number[] = []
  const pairMeetings = [0]
  const meetingCandidates = [0]
  for (const pair of pairs) {
    for (let meeting = at(whole.pairMeetings, pair); meeting < at(whole.pairMeetings, pair + 1); meeting++) {
      meetings.push(meeting)
      const end = at(whole.meetingCandidates, meeting + 1)
      for (let candidate = at(whole.meetingCandidates, meeting); candidate < end; candidate++) {
        if (!keep || keep[candidate] === 1) candidates.push(candidate)
      }
      meetingCandidates.push(candidates.length)
    }
    pairMeetings.push(meetings.length)
  }
  const rows = findContestedRows(whole, candidates, meetingCandidates, scratch)
  const { indexOf } = scratch
  const rowStart = [0]
  const candidateRows: number[] = []
  for (const candidate of candidates) {
    for (let k = at(whole.rowStart, candidate); k < at(whole.rowStart, candidate + 1); k++) {
      const row = at(indexOf, at(whole.candidateRows, k))
      if (row >= 0) candidateRows.push(row)
    }
    rowStart.push(candidateRows.length)
  }
  for (const row of rows) indexOf[row] = -1
  return {
    model: {
      unplacedCost: whole.unplacedCost,
      exceptionCost: whole.exceptionCost,
      pairMeetings: Int32Array.from(pairMeetings),
      pairPatternCount: Int32Array.from(pairs, (pair) => at(whole.pairPatternCount, pair)),
      meetingCandidates: Int32Array.from(meetingCandidates),
      candidateCost: Float64Array.from(candidates, (candidate) => costAt(whole.candidateCost, candidate)),
      candidatePattern: Int32Array.from(candidates, (candidate) => at(whole.candidatePattern, candidate)),
      rowStart: Int32Array.from(rowStart),
      candidateRows: Int32Array.from(candidateRows),
      rowCapacity: Int32Array.from(rows, (row) => at(whole.rowCapacity, row)),
    },
    pairs,
    meetings: Int32Array.from(meetings),
    candidates: Int32Array.from(candidates),
    rows: Int32Array.from(rows),
  }
}

/** Room for work on the rows of a model; left clean, so that hundreds of parts share one. */
export type RowScratch = {
  readonly wanted: Int32Array
  readonly lastMeeting: Int32Array
  /** A row's place in the part, else -1. */
  readonly indexOf: Int32Array
}

export function newRowScratch({ rowCapacity: { length } }: PlacementModel): RowScratch {
  return {
    wanted: new Int32Array(length),
    lastMeeting: new Int32Array(length),
    indexOf: new Int32Array(length).fill(-1),
  }
}

/** Rows that more meetings want than they hold, in order of first appearance; `indexOf` is left filled for them. */
function findContestedRows(
  whole: PlacementModel,
  candidates: readonly number[],
  meetingCandidates: readonly number[],
  { wanted, lastMeeting, indexOf }: RowScratch,
): readonly number[] {
  const seen: number[] = []
  // Meetings count from 1 here: 0 is a row that no meeting wanted yet.
  for (let meeting = 1; meeting < meetingCandidates.length; meeting++) {
    const end = meetingCandidates[meeting] ?? 0
    for (let index = meetingCandidates[meeting - 1] ?? 0; index < end; index++) {
      const candidate = candidates[index] ?? 0
      for (let k = at(whole.rowStart, candidate); k < at(whole.rowStart, candidate + 1); k++) {
        const row = at(whole.candidateRows, k)
        if (at(lastMeeting, row) === meeting) continue
        if (at(lastMeeting, row) === 0) seen.push(row)
        lastMeeting[row] = meeting
        wanted[row] = at(wanted, row) + 1
      }
    }
  }
  const rows = seen.filter((row) => at(wanted, row) > at(whole.rowCapacity, row))
  for (const row of seen) {
    wanted[row] = 0
    lastMeeting[row] = 0
  }
  rows.forEach((row, index) => {
    indexOf[row] = index
  })
  return rows
}

/** Writes a part's placement into the whole one. */
export function insertPlacement(part: ModelPart, from: Placement, into: Placement): void {
  from.forEach((candidate, meeting) => {
    into[at(part.meetings, meeting)] = candidate < 0 ? -1 : at(part.candidates, candidate)
  })
}

/** The part's share of a whole placement; a candidate that the part does not hold is left unplaced. */
export function extractPlacement(part: ModelPart, from: Placement): Placement {
  const { model } = part
  return Int32Array.from({ length: meetingCountOf(model) }, (_, meeting) => {
    const candidate = at(from, at(part.meetings, meeting))
    if (candidate < 0) return -1
    const end = at(model.meetingCandidates, meeting + 1)
    for (let own = at(model.meetingCandidates, meeting); own < end; own++) {
      if (at(part.candidates, own) === candidate) return own
    }
    return -1
  })
}

/** Prices of the part's rows taken from, or written into, prices of the whole. */
export const extractPrices = (part: ModelPart, from: Float64Array): Float64Array =>
  Float64Array.from(part.rows, (row) => costAt(from, row))

export function insertPrices(part: ModelPart, from: Float64Array, into: Float64Array): void {
  part.rows.forEach((row, index) => {
    into[row] = costAt(from, index)
  })
}
