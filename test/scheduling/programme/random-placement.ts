import fc from 'fast-check'
import {
  addUse,
  costOf,
  hasRoom,
  meetingCountOf,
  type Placement,
  type PlacementModel,
} from '../../../shared/scheduling/programme/placement-model.ts'

type RandomCandidate = { readonly cost: number; readonly pattern: number; readonly rows: readonly number[] }

const ROWS = 4
const PATTERNS = 3

/** Small placement problems, few enough choices to try them all. */
export function placements(unit: number): fc.Arbitrary<PlacementModel> {
  const candidate: fc.Arbitrary<RandomCandidate> = fc.record({
    cost: fc.integer({ min: 0, max: 9 }).map((cost) => cost * unit),
    pattern: fc.nat(PATTERNS - 1),
    rows: fc.uniqueArray(fc.nat(ROWS - 1), { maxLength: 2 }),
  })
  const meeting = fc.array(candidate, { maxLength: 4 })
  const pair = fc.array(meeting, { minLength: 1, maxLength: 3 })
  return fc
    .record({
      pairs: fc.array(pair, { maxLength: 4 }).filter((pairs) => pairs.flat().length <= 7),
      capacity: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: ROWS, maxLength: ROWS }),
      unplacedCost: fc.constantFrom(1000, 25, 12),
      exceptionCost: fc.constantFrom(20, 3),
    })
    .map(({ pairs, capacity, unplacedCost, exceptionCost }) => {
      const meetings = pairs.flat()
      const candidates = meetings.flat()
      return {
        unplacedCost: unplacedCost * unit,
        exceptionCost: exceptionCost * unit,
        pairMeetings: sums(pairs.map((list) => list.length)),
        pairPatternCount: Int32Array.from(pairs, () => PATTERNS),
        meetingCandidates: sums(meetings.map((list) => list.length)),
        candidateCost: Float64Array.from(candidates, ({ cost }) => cost),
        candidatePattern: Int32Array.from(candidates, ({ pattern }) => pattern),
        rowStart: sums(candidates.map(({ rows }) => rows.length)),
        candidateRows: Int32Array.from(candidates.flatMap(({ rows }) => rows)),
        rowCapacity: Int32Array.from(capacity),
      }
    })
}

function sums(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1)
  lengths.forEach((length, index) => {
    starts[index + 1] = starts[index]! + length
  })
  return starts
}

/** The least total of all placements, by trying them all. */
export function leastTotal(model: PlacementModel): number {
  const placement: Placement = new Int32Array(meetingCountOf(model)).fill(-1)
  const use = new Int32Array(model.rowCapacity.length)
  let least = Number.POSITIVE_INFINITY
  const place = (meeting: number) => {
    if (meeting === placement.length) {
      least = Math.min(least, costOf(model, placement).total)
      return
    }
    place(meeting + 1)
    for (let c = model.meetingCandidates[meeting]!; c < model.meetingCandidates[meeting + 1]!; c++) {
      if (!hasRoom(model, use, c)) continue
      placement[meeting] = c
      addUse(model, use, c, 1)
      place(meeting + 1)
      addUse(model, use, c, -1)
      placement[meeting] = -1
    }
  }
  place(0)
  return least
}
