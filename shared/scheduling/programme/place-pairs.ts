import { choiceOf, newPairPricing, type PairPricing, priceBestForPair } from './best-for-pair.ts'
import {
  addUse,
  at,
  candidateCountOf,
  commonestPattern,
  costAt,
  hasRoom,
  type Placement,
  type PlacementModel,
  pairCostOf,
  rowUseOf,
} from './placement-model.ts'

/** What placing works on: a placement, how full its rows are, and scratch. */
export type Board = {
  readonly model: PlacementModel
  readonly placement: Placement
  readonly use: Int32Array
  readonly pricing: PairPricing
  /** Scratch: costs as one pair sees them now. */
  readonly cost: Float64Array
}

/** A board that holds a placement; the placement is then the board's to change. */
export function newBoard(model: PlacementModel, placement: Placement): Board {
  return {
    model,
    placement,
    use: rowUseOf(model, placement),
    pricing: newPairPricing(model),
    cost: new Float64Array(candidateCountOf(model)),
  }
}

/** Takes a pair off the board. */
export function removePair(board: Board, pair: number): void {
  const { model, placement, use } = board
  for (let meeting = at(model.pairMeetings, pair); meeting < at(model.pairMeetings, pair + 1); meeting++) {
    const candidate = at(placement, meeting)
    if (candidate < 0) continue
    addUse(model, use, candidate, -1)
    placement[meeting] = -1
  }
}

/**
 * Places a pair as a series first: the best pattern against what the board has left, then its exceptions. `seenCost`
 * is what candidates cost to the eye (own cost, prices or not). Where two meetings of the pair get in each other's
 * way the later one takes its next best candidate.
 */
export function placePair(board: Board, pair: number, seenCost: Float64Array): void {
  const { model, placement, use, pricing, cost } = board
  const first = at(model.pairMeetings, pair)
  const end = at(model.pairMeetings, pair + 1)
  const lastCandidate = at(model.meetingCandidates, end)
  for (let candidate = at(model.meetingCandidates, first); candidate < lastCandidate; candidate++) {
    cost[candidate] = hasRoom(model, use, candidate) ? costAt(seenCost, candidate) : Infinity
  }
  priceBestForPair(model, pair, cost, pricing)
  const pattern = pricing.pattern
  for (let meeting = first; meeting < end; meeting++) {
    let candidate = choiceOf(model, pair, pricing, pattern, meeting - first)
    if (candidate >= 0 && !hasRoom(model, use, candidate)) candidate = nextBest(board, meeting, pattern)
    placement[meeting] = candidate
    if (candidate >= 0) addUse(model, use, candidate, 1)
  }
}

/** Puts a pair back as it was. */
export function restorePair({ model, placement, use }: Board, pair: number, saved: Int32Array): void {
  const first = at(model.pairMeetings, pair)
  saved.forEach((candidate, k) => {
    placement[first + k] = candidate
    if (candidate >= 0) addUse(model, use, candidate, 1)
  })
}

/**
 * Takes over the given pairs from another placement, as far as the rest of the board leaves room; what does not fit
 * takes its next best. Keeps the result only when it costs less. Returns the change of the total, 0 or negative.
 */
export function adoptPlacement(board: Board, from: Placement, pairs: Int32Array): number {
  const { model, placement, use } = board
  const total = () => pairs.reduce((sum, pair) => sum + pairCostOf(model, placement, pair).total, 0)
  const before = total()
  const saved = Array.from(pairs, (pair) =>
    placement.slice(at(model.pairMeetings, pair), at(model.pairMeetings, pair + 1)),
  )
  for (const pair of pairs) removePair(board, pair)
  const crowded: [pair: number, meeting: number][] = []
  for (const pair of pairs) {
    for (let meeting = at(model.pairMeetings, pair); meeting < at(model.pairMeetings, pair + 1); meeting++) {
      const candidate = at(from, meeting)
      if (candidate >= 0 && hasRoom(model, use, candidate)) {
        placement[meeting] = candidate
        addUse(model, use, candidate, 1)
      } else if (candidate >= 0) crowded.push([pair, meeting])
    }
  }
  for (const [pair, meeting] of crowded) {
    board.cost.set(
      model.candidateCost.subarray(at(model.meetingCandidates, meeting), at(model.meetingCandidates, meeting + 1)),
      at(model.meetingCandidates, meeting),
    )
    const candidate = nextBest(board, meeting, commonestPattern(model, placement, pair))
    placement[meeting] = candidate
    if (candidate >= 0) addUse(model, use, candidate, 1)
  }
  const change = total() - before
  if (change < 0) return change
  for (const pair of pairs) removePair(board, pair)
  pairs.forEach((pair, k) => {
    restorePair(board, pair, saved[k] ?? new Int32Array())
  })
  return 0
}

function nextBest({ model, use, cost }: Board, meeting: number, pattern: number): number {
  let best = -1
  let bestCost = model.unplacedCost
  const end = at(model.meetingCandidates, meeting + 1)
  for (let candidate = at(model.meetingCandidates, meeting); candidate < end; candidate++) {
    const onPattern = at(model.candidatePattern, candidate) === pattern
    const total = costAt(cost, candidate) + (onPattern ? 0 : model.exceptionCost)
    if (total < bestCost && hasRoom(model, use, candidate)) {
      best = candidate
      bestCost = total
    }
  }
  return best
}
