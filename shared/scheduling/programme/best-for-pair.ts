import { at, costAt, type PlacementModel } from './placement-model.ts'

/**
 * The cheapest way to place one pair when every candidate has a price of its own: the pair picks one pattern, each
 * meeting is on it, is an exception, or stays unplaced. Exact and linear in the pair's candidates, because once the
 * pattern is fixed the meetings no longer depend on each other.
 */
export type PairPricing = {
  /** Cheapest total. */
  value: number
  pattern: number
  /** Per meeting of the pair, counted from its first: cheapest candidate on each pattern (-1 without one). */
  readonly onPattern: Int32Array
  readonly onPatternCost: Float64Array
  /** Per meeting: cheapest without the pattern's help, as an exception or unplaced (-1). */
  readonly offPattern: Int32Array
  readonly offPatternCost: Float64Array
  /** Per pattern: total when the pair picks it. */
  readonly patternTotal: Float64Array
}

/** Scratch that fits the largest pair of a model; one per worker, reused for every call. */
export function newPairPricing(model: PlacementModel): PairPricing {
  let cells = 1
  let meetings = 1
  let patterns = 1
  for (let pair = 0; pair + 1 < model.pairMeetings.length; pair++) {
    const count = at(model.pairMeetings, pair + 1) - at(model.pairMeetings, pair)
    const width = at(model.pairPatternCount, pair)
    meetings = Math.max(meetings, count)
    patterns = Math.max(patterns, width)
    cells = Math.max(cells, count * width)
  }
  return {
    value: 0,
    pattern: -1,
    onPattern: new Int32Array(cells),
    onPatternCost: new Float64Array(cells),
    offPattern: new Int32Array(meetings),
    offPatternCost: new Float64Array(meetings),
    patternTotal: new Float64Array(patterns),
  }
}

/**
 * Fills `pricing` for a pair. `candidateCost` holds the priced cost of every candidate; `Infinity` forbids one.
 * `pricing.pattern` is -1 when the pair has no candidate at all.
 */
export function priceBestForPair(
  model: PlacementModel,
  pair: number,
  candidateCost: Float64Array,
  pricing: PairPricing,
): void {
  const { onPattern, onPatternCost, offPattern, offPatternCost, patternTotal } = pricing
  const { candidatePattern, unplacedCost, exceptionCost } = model
  const width = at(model.pairPatternCount, pair)
  const first = at(model.pairMeetings, pair)
  const count = at(model.pairMeetings, pair + 1) - first
  onPattern.fill(-1, 0, count * width)
  onPatternCost.fill(Infinity, 0, count * width)
  patternTotal.fill(0, 0, width)
  let base = 0
  for (let k = 0; k < count; k++) {
    const row = k * width
    let best = Infinity
    let bestCandidate = -1
    const end = at(model.meetingCandidates, first + k + 1)
    for (let candidate = at(model.meetingCandidates, first + k); candidate < end; candidate++) {
      const cost = costAt(candidateCost, candidate)
      const cell = row + at(candidatePattern, candidate)
      if (cost < costAt(onPatternCost, cell)) {
        onPatternCost[cell] = cost
        onPattern[cell] = candidate
        if (cost < best) {
          best = cost
          bestCandidate = candidate
        }
      }
    }
    if (best + exceptionCost < unplacedCost) {
      offPattern[k] = bestCandidate
      offPatternCost[k] = best + exceptionCost
    } else {
      offPattern[k] = -1
      offPatternCost[k] = unplacedCost
    }
    const off = costAt(offPatternCost, k)
    base += off
    for (let pattern = 0; pattern < width; pattern++) {
      const gain = costAt(onPatternCost, row + pattern) - off
      if (gain < 0) patternTotal[pattern] = costAt(patternTotal, pattern) + gain
    }
  }
  let bestPattern = -1
  let bestGain = Infinity
  for (let pattern = 0; pattern < width; pattern++) {
    const gain = costAt(patternTotal, pattern)
    patternTotal[pattern] = gain + base
    if (gain < bestGain) {
      bestGain = gain
      bestPattern = pattern
    }
  }
  pricing.pattern = bestPattern
  pricing.value = bestPattern < 0 ? base : base + bestGain
}

/** The candidate a priced pair takes for its `k`-th meeting (-1: unplaced) when it picks `pattern`. */
export function choiceOf(
  model: PlacementModel,
  pair: number,
  pricing: PairPricing,
  pattern: number,
  k: number,
): number {
  if (pattern < 0) return at(pricing.offPattern, k)
  const cell = k * at(model.pairPatternCount, pair) + pattern
  return costAt(pricing.onPatternCost, cell) < costAt(pricing.offPatternCost, k)
    ? at(pricing.onPattern, cell)
    : at(pricing.offPattern, k)
}
