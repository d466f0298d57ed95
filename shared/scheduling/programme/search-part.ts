import type { Budget } from './budget.ts'
import type { Draw } from './draw-random.ts'
import { findPrices, type Prices, pricedCosts } from './find-prices.ts'
import {
  candidateCountOf,
  costAt,
  costOf,
  type Placement,
  type PlacementModel,
  pairCountOf,
} from './placement-model.ts'
import { placeInOrder, rivalsOf, scarcestFirst, searchNeighbourhood } from './search-neighbourhood.ts'

/** What is known of a part: its best placement, and what none can undercut. */
export type Known = {
  readonly placement: Placement
  readonly total: number
  readonly bound: number
  readonly prices: Prices
}

type SearchOptions = { readonly rounds: number; readonly draw: Draw; readonly budget: Budget }

/**
 * The quick answer for a part: neighbourhood search, prices, and a search guided by the prices where they leave a gap.
 * Closes most parts for good.
 */
export function searchPart(
  model: PlacementModel,
  options: {
    readonly start: Placement
    readonly startPrice: Float64Array
    readonly bound: number
    readonly step: number
    readonly draw: Draw
    readonly budget: Budget
  },
): Known {
  const { step, draw, budget } = options
  const views = [model.candidateCost]
  const pairs = pairCountOf(model)
  // A pair alone is placed at its best already, unless its own meetings get in each other's way.
  const rounds = pairs > 1 ? 4 * pairs : 1
  const found = searchNeighbourhood(model, options.start, { rounds, draw, rivals: rivalsOf(model), views, budget })
  const prices = findPrices(model, {
    target: found.total,
    iterations: 100,
    closeEnough: step > 0 ? step - 1e-3 : 1e-6,
    budget,
    start: options.startPrice,
  })
  const known = raiseBound({ ...found, bound: options.bound, prices }, prices.bound, step)
  return known.bound < known.total ? searchPriced(model, known, { rounds: 20 * pairs, draw, budget }) : known
}

/** Searches on with the prices of contested time in view: once from the best, once from what the prices suggest. */
export function searchPriced(model: PlacementModel, known: Known, { rounds, draw, budget }: SearchOptions): Known {
  const priced = new Float64Array(candidateCountOf(model))
  pricedCosts(model, known.prices.rowPrice, priced)
  const halfway = priced.map((cost, candidate) => (cost + costAt(model.candidateCost, candidate)) / 2)
  const guided = placeInOrder(model, scarcestFirst(model), priced)
  const found = searchNeighbourhood(model, costOf(model, guided).total < known.total ? guided : known.placement, {
    rounds,
    draw,
    rivals: rivalsOf(model),
    views: [model.candidateCost, priced, halfway],
    budget,
  })
  return found.total < known.total ? { ...known, ...found } : known
}

/** Raises the bound; totals move in steps of `step` (0: unknown), the tolerance is far above rounding in the sums. */
export function raiseBound(known: Known, bound: number, step: number): Known {
  const raised = step > 0 ? Math.ceil(bound - 1e-5) : bound
  return { ...known, bound: Math.min(known.total, Math.max(known.bound, raised)) }
}

/** The smallest step between two totals: 1 when every cost is whole, else unknown (0). */
export function stepOf(model: PlacementModel): number {
  const whole =
    Number.isInteger(model.unplacedCost) &&
    Number.isInteger(model.exceptionCost) &&
    model.candidateCost.every((cost) => Number.isInteger(cost))
  return whole ? 1 : 0
}
