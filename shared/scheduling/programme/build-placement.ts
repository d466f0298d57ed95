import { type Candidates, listCandidates, type PreparedPair, preparePair } from '../candidates.ts'
import { baseLoadOf } from '../caps.ts'
import { wallDayOf } from '../grid.ts'
import type { Rows } from '../rows.ts'
import type { Program, Weights } from '../types.ts'
import { buildCapacityRows, type CandidateRange, type CapacityRows } from './capacity-rows.ts'
import type { PlacementModel } from './placement-model.ts'

/** The placement problem of a program, and what its numbers stand for. */
export type ProgramPlacement = {
  readonly model: PlacementModel
  readonly capacityRows: CapacityRows
  /** Per candidate: its start in grains. */
  readonly starts: Int32Array
  readonly pairs: readonly PreparedPair[]
  /** Per pair: indexes of its participants in the rows, the organizer first. */
  readonly participants: readonly (readonly number[])[]
}

/**
 * Lists every possible start of every meeting and everything that two of them may not share.
 * @throws DomainError as `preparePair`
 */
export function buildPlacement(rows: Rows, program: Program, weights: Weights): ProgramPlacement {
  const pairs = program.pairs.map((pair) => preparePair(rows, program, pair))
  const participants = pairs.map((pair) => pair.participants.map(({ index }) => index))
  const starts: number[] = []
  const ends: number[] = []
  const cost: number[] = []
  const pattern: number[] = []
  const meetingOf: number[] = []
  const pairMeetings = [0]
  const pairPatternCount: number[] = []
  const meetingCandidates = [0]
  const rangesOf: CandidateRange[][] = rows.people.map(() => [])
  pairs.forEach((pair, pairIndex) => {
    const patternIndex = new Map<number, number>()
    const first = starts.length
    for (let window = 0; window < pair.windows.length; window++) {
      const candidates = listCandidates(rows, pair, window)
      for (const k of preferredFirst(candidates)) {
        const start = candidates.starts[k] ?? 0
        const key = candidates.patterns[k] ?? 0
        let index = patternIndex.get(key)
        if (index === undefined) {
          index = patternIndex.size
          patternIndex.set(key, index)
        }
        starts.push(start)
        ends.push(start + pair.length)
        cost.push(candidates.soft[k] ?? 0)
        pattern.push(index)
        meetingOf.push(meetingCandidates.length - 1)
      }
      meetingCandidates.push(starts.length)
    }
    const range = { first, end: starts.length }
    for (const person of participants[pairIndex] ?? []) rangesOf[person]?.push(range)
    pairMeetings.push(meetingCandidates.length - 1)
    pairPatternCount.push(patternIndex.size)
  })
  const from = Int32Array.from(starts)
  const capacityRows = buildCapacityRows({
    people: rows.people,
    spans: { from, to: Int32Array.from(ends), meeting: Int32Array.from(meetingOf) },
    rangesOf,
    loadOf: (person) => baseLoadOf(rows.grid, person),
    dayOf: (person, start) => wallDayOf(rows.grid, person.zone, start),
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
      rowStart: capacityRows.rowStart,
      candidateRows: capacityRows.candidateRows,
      rowCapacity: capacityRows.rowCapacity,
    },
    capacityRows,
    starts: from,
    pairs,
    participants,
  }
}

/** Indexes in the order in which equals are taken: preferred ones, then early ones. The objective is not touched. */
function preferredFirst({ starts, ties }: Candidates): Iterable<number> {
  const order = starts.keys()
  if (!ties.some((tie) => tie !== ties[0])) return order
  return [...order].sort((a, b) => (ties[a] ?? 0) - (ties[b] ?? 0) || a - b)
}
