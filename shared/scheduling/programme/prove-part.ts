import type { Budget } from './budget.ts'
import type { Draw } from './draw-random.ts'
import { dropCandidates } from './drop-candidates.ts'
import {
  buildExactModel,
  type ExactModel,
  type MixedIntegerModel,
  readPlacement,
  roundRelaxation,
} from './exact-model.ts'
import { extractPlacement, extractPrices, insertPlacement, insertPrices } from './extract-part.ts'
import { type Prices, pricesOf } from './find-prices.ts'
import { at, costOf, meetingCountOf, type Placement, type PlacementModel } from './placement-model.ts'
import { type Known, raiseBound, searchPriced } from './search-part.ts'

/**
 * How much an exact solver may do. `effort` is counted in the solver's own steps, so the same effort gives the same
 * answer on any machine; a few dozen are a second's work. Seconds end a call for good.
 */
type ExactLimits = {
  readonly seconds: number
  readonly effort: number
  /** Told once how much effort a call took. */
  readonly spend: (effort: number) => void
}

/** Solves linear and 0/1 models; `server/` and the tests bring HiGHS, the engine stays free of it. */
export type ExactSolver = {
  /** Columns' values and rows' duals of the linear relaxation; nothing when a limit ended it. */
  readonly relax: (
    model: MixedIntegerModel,
    limits: ExactLimits,
  ) => { readonly values: Float64Array; readonly duals: Float64Array } | undefined
  /** The best columns' values found and a lower bound, at most `gap` apart unless a limit ended it. */
  readonly solve: (
    model: MixedIntegerModel,
    limits: ExactLimits & { readonly gap: number },
  ) => { readonly values: Float64Array; readonly bound: number }
}

/** Steps of search that take about as long as a unit of effort. */
const STEPS_PER_EFFORT = 1_000_000
/** Rounds of search that take about as long as a unit of effort. */
const SEARCH_ROUNDS = 500

/**
 * Closes the gap of a part with exact models: first the linear relaxation, whose duals are far better prices than
 * steps find; with those so few choices remain that the 0/1 model is small. Both are built without what is proved too
 * dear, the incumbent always in, so their optimum is the part's.
 */
export function provePart(model: PlacementModel, known: Known, options: ProveOptions): Known {
  const { solver, step, draw, budget } = options
  const outer = dropCandidates(model, known.prices, known.total - step, known.placement)
  const rowPrice = extractPrices(outer, known.prices.rowPrice)
  let inner: Known = {
    placement: extractPlacement(outer, known.placement),
    total: known.total,
    bound: known.bound,
    prices: pricesOf(outer.model, rowPrice),
  }
  const relaxation = buildExactModel(outer.model, inner.prices, inner.total - step, inner.placement)
  const relaxed = solver.relax(relaxation.mixedInteger, limitsOf(options, 2))
  if (!relaxed) {
    // Too large for what it may do: searching on is then worth more than an exact model that will not end.
    return searchPriced(model, known, { rounds: SEARCH_ROUNDS * options.effort, draw, budget })
  }
  const prices = dualPrices(outer.model, relaxation, relaxed.duals)
  if (prices.bound > inner.prices.bound) inner = { ...inner, prices }
  inner = withPlacement(outer.model, inner, roundRelaxation(outer.model, relaxation, relaxed.values))
  inner = raiseBound(inner, inner.prices.bound, step)
  if (inner.bound < inner.total) {
    inner = searchPriced(outer.model, inner, { rounds: 100, draw, budget })
  }
  // A small model first, of what could cost little more than the bound: what it finds there is the optimum, and what
  // it does not find raises the bound.
  for (const width of [model.exceptionCost / 4, Number.POSITIVE_INFINITY]) {
    if (inner.bound >= inner.total || !budget.isLeft()) break
    const limit = Math.min(inner.total - step, inner.prices.bound + width)
    inner = solveWithin(outer.model, inner, limit, options)
  }
  const placement = Int32Array.from(known.placement)
  insertPlacement(outer, inner.placement, placement)
  const bestPrice = new Float64Array(model.rowCapacity.length)
  insertPrices(outer, inner.prices.rowPrice, bestPrice)
  return { placement, total: inner.total, bound: inner.bound, prices: { ...inner.prices, rowPrice: bestPrice } }
}

type ProveOptions = {
  readonly solver: ExactSolver
  readonly step: number
  readonly draw: Draw
  /** What one exact model may take. */
  readonly effort: number
  readonly budget: Budget
}

/** What one exact model may take of what is left: all of it, or one `share`-th. */
const limitsOf = ({ effort, budget }: ProveOptions, share: number): ExactLimits => ({
  seconds: budget.secondsLeft() / share,
  effort: Math.min(effort, Math.ceil(budget.stepsLeft() / share / STEPS_PER_EFFORT)),
  spend: (used) => budget.spend(used * STEPS_PER_EFFORT),
})

/** The best placement among those of at most `limit`, and the bound that follows for all. */
function solveWithin(model: PlacementModel, known: Known, limit: number, options: ProveOptions): Known {
  const { solver, step } = options
  const core = dropCandidates(model, known.prices, limit, known.placement)
  const rowPrice = extractPrices(core, known.prices.rowPrice)
  const prices = pricesOf(core.model, rowPrice)
  const exact = buildExactModel(core.model, prices, limit, extractPlacement(core, known.placement))
  const answer = solver.solve(exact.mixedInteger, {
    ...limitsOf(options, 1),
    gap: step > 0 ? step * 0.99 : 1e-6,
  })
  const placement = new Int32Array(meetingCountOf(model))
  insertPlacement(core, readPlacement(core.model, exact, answer.values), placement)
  // What the model left out costs more than the limit: the next step above it, at least.
  const next = step > 0 ? Math.floor(limit + 1e-5) + step : limit
  return raiseBound(withPlacement(model, known, placement), Math.min(answer.bound, Math.max(next, limit)), step)
}

function withPlacement(model: PlacementModel, known: Known, placement: Placement): Known {
  const { total } = costOf(model, placement)
  return total < known.total ? { ...known, placement, total } : known
}

/** Prices from the duals of the relaxation's capacity rows, and the bound they prove by our own arithmetic. */
function dualPrices(model: PlacementModel, relaxation: ExactModel, duals: Float64Array): Prices {
  const rowPrice = new Float64Array(model.rowCapacity.length)
  duals.forEach((dual, row) => {
    const origin = at(relaxation.rowOrigin, row)
    if (origin >= 0) rowPrice[origin] = Math.max(0, -dual)
  })
  return pricesOf(model, rowPrice)
}
