import { newPairPricing, type PairPricing, priceBestForPair } from './best-for-pair.ts'
import { extractPart, type ModelPart, newRowScratch } from './extract-part.ts'
import { type Prices, pricedCosts } from './find-prices.ts'
import { at, candidateCountOf, costAt, type Placement, type PlacementModel, pairCountOf } from './placement-model.ts'

/**
 * What each choice of a pair would cost it at least, under prices: the pair's own cheapest total with that choice
 * forced. A choice is too dear when this exceeds the pair's cheapest by more than the rest of the programme can spare
 * (reduced-cost fixing).
 */
export type PairChoices = {
  readonly onPattern: (k: number, candidate: number) => number
  readonly asException: (k: number, candidate: number) => number
  readonly unplaced: (k: number) => number
}

/** `patterns` are those the pair may still pick; `cost` are the priced costs that `pricing` was made of. */
export function choicesOf(
  model: PlacementModel,
  pair: number,
  cost: Float64Array,
  pricing: PairPricing,
  patterns: readonly number[],
): PairChoices {
  const width = at(model.pairPatternCount, pair)
  const own = (k: number, pattern: number) =>
    Math.min(costAt(pricing.offPatternCost, k), costAt(pricing.onPatternCost, k * width + pattern))
  const others = (k: number) => {
    if (patterns.length === 0) return pricing.value - costAt(pricing.offPatternCost, k)
    let least = Infinity
    for (const pattern of patterns) least = Math.min(least, costAt(pricing.patternTotal, pattern) - own(k, pattern))
    return least
  }
  const count = at(model.pairMeetings, pair + 1) - at(model.pairMeetings, pair)
  const rest = Float64Array.from({ length: count }, (_, k) => others(k))
  return {
    onPattern: (k, candidate) => {
      const pattern = at(model.candidatePattern, candidate)
      return costAt(pricing.patternTotal, pattern) - own(k, pattern) + costAt(cost, candidate)
    },
    asException: (k, candidate) => costAt(rest, k) + model.exceptionCost + costAt(cost, candidate),
    unplaced: (k) => costAt(rest, k) + model.unplacedCost,
  }
}

/**
 * The model without the candidates that no placement of at most `limit` uses; those of `incumbent` stay. An optimum
 * of what is left, with the incumbent in it, is an optimum of the whole.
 */
export function dropCandidates(model: PlacementModel, prices: Prices, limit: number, incumbent: Placement): ModelPart {
  const keep = new Uint8Array(candidateCountOf(model))
  const cost = new Float64Array(candidateCountOf(model))
  pricedCosts(model, prices.rowPrice, cost)
  const pricing = newPairPricing(model)
  for (let pair = 0; pair < pairCountOf(model); pair++) {
    priceBestForPair(model, pair, cost, pricing)
    const budget = pricing.value + limit - prices.bound + 1e-6
    const patterns = affordablePatterns(model, pair, pricing, budget)
    const choices = choicesOf(model, pair, cost, pricing, patterns)
    const first = at(model.pairMeetings, pair)
    for (let meeting = first; meeting < at(model.pairMeetings, pair + 1); meeting++) {
      const end = at(model.meetingCandidates, meeting + 1)
      for (let candidate = at(model.meetingCandidates, meeting); candidate < end; candidate++) {
        const least = Math.min(
          choices.onPattern(meeting - first, candidate),
          choices.asException(meeting - first, candidate),
        )
        if (least <= budget) keep[candidate] = 1
      }
    }
  }
  for (const candidate of incumbent) if (candidate >= 0) keep[candidate] = 1
  return extractPart(
    model,
    Int32Array.from({ length: pairCountOf(model) }, (_, pair) => pair),
    newRowScratch(model),
    keep,
  )
}

/** Patterns that the pair could pick within its budget. */
export function affordablePatterns(
  model: PlacementModel,
  pair: number,
  pricing: PairPricing,
  budget: number,
): readonly number[] {
  const patterns: number[] = []
  for (let pattern = 0; pattern < at(model.pairPatternCount, pair); pattern++) {
    if (costAt(pricing.patternTotal, pattern) <= budget) patterns.push(pattern)
  }
  return patterns
}
