import { Budget } from './budget.ts'
import { drawsFrom } from './draw-random.ts'
import { pricesOf } from './find-prices.ts'
import { costOf, type Placement, type PlacementModel } from './placement-model.ts'
import { type ExactSolver, provePart } from './prove-part.ts'
import { raiseBound, searchPart, stepOf } from './search-part.ts'

export type PartRequest = {
  readonly model: PlacementModel
  /** A placement and prices to start from. */
  readonly start: Placement
  readonly startPrice: Float64Array
  /** A lower bound known already. */
  readonly bound: number
  readonly seed: number
  /** `quick`: prices and neighbourhood search. `exact`: from start and prices on to the optimum. */
  readonly depth: 'quick' | 'exact'
  /** What one exact model may take, see `ExactLimits`. */
  readonly effort: number
  readonly seconds: number
  /** Work it may take, see `Budget`. */
  readonly steps: number
}
export type PartAnswer = {
  readonly placement: Placement
  readonly total: number
  readonly bound: number
  readonly rowPrice: Float64Array
  /** Work it took. */
  readonly steps: number
}

/** What the thread that solves brings along. */
export type PartTools = {
  /** Without one nothing is proved beyond what prices prove. */
  readonly solver?: ExactSolver | undefined
  readonly isStopped?: (() => boolean) | undefined
}

/** The answer that leaves a part as it was. */
export const unchangedPart = ({
  model,
  start,
  startPrice,
  bound,
}: Pick<PartRequest, 'model' | 'start' | 'startPrice' | 'bound'>): PartAnswer => ({
  placement: start,
  total: costOf(model, start).total,
  bound,
  rowPrice: startPrice,
  steps: 0,
})

/** Solves one part of a programme as well as depth and seconds allow; never worse than the start it was given. */
export function solvePart(request: PartRequest, { solver, isStopped }: PartTools): PartAnswer {
  const { model } = request
  const budget = new Budget({ ...request, isStopped })
  const step = stepOf(model)
  const draw = drawsFrom(request.seed)
  let known =
    request.depth === 'quick'
      ? searchPart(model, { ...request, step, draw, budget })
      : raiseBound({ ...unchangedPart(request), prices: pricesOf(model, request.startPrice) }, request.bound, step)
  if (request.depth === 'exact' && solver && known.bound < known.total && budget.isLeft()) {
    known = provePart(model, known, { solver, step, draw, effort: request.effort, budget })
  }
  const { placement, total, bound, prices } = known
  return { placement, total, bound, rowPrice: prices.rowPrice, steps: budget.used }
}
