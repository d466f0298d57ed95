import { drawsFrom } from './draw-random.ts'
import type { Placement, PlacementModel } from './placement-model.ts'
import { type ExactSolver, provePart } from './prove-part.ts'
import { searchPart, stepOf } from './search-part.ts'

export type PartRequest = {
  readonly model: PlacementModel
  /** A placement and prices to start from. */
  readonly start?: Placement
  readonly startPrice?: Float64Array
  /** A lower bound known already. */
  readonly bound: number
  readonly seed: number
  /** `quick`: prices and neighbourhood search. `exact`: continues a quick answer to the optimum. */
  readonly depth: 'quick' | 'exact'
  readonly seconds: number
}
export type PartAnswer = {
  readonly placement: Placement
  readonly total: number
  readonly bound: number
  readonly rowPrice: Float64Array
}

/** What the thread that solves brings along. */
export type PartTools = {
  /** Without one nothing is proved beyond what prices prove. */
  readonly solver?: ExactSolver | undefined
  readonly isStopped?: (() => boolean) | undefined
}

/** Solves one part of a programme as well as depth and seconds allow; never worse than the start it was given. */
export function solvePart(request: PartRequest, { solver, isStopped }: PartTools): PartAnswer {
  const { model } = request
  const endsAt = performance.now() + request.seconds * 1000
  const secondsLeft = () => (isStopped?.() ? 0 : (endsAt - performance.now()) / 1000)
  const step = stepOf(model)
  const draw = drawsFrom(request.seed)
  let known = searchPart(model, { ...request, step, draw, goOn: () => secondsLeft() > 0 })
  if (request.depth === 'exact' && solver && known.bound < known.total && secondsLeft() > 0) {
    known = provePart(model, known, { solver, step, draw, secondsLeft })
  }
  return { placement: known.placement, total: known.total, bound: known.bound, rowPrice: known.prices.rowPrice }
}
