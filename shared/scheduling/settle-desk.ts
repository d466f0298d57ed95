import { buildReplacement } from './programme/build-replacement.ts'
import { type PartAnswer, type PartTools, solvePart, unchangedPart } from './programme/solve-part.ts'
import { CLOSED } from './programme/solve-placement.ts'
import type { Option } from './replan-board.ts'
import { type Desk, notProposed } from './replan-desk.ts'
import type { ReplanProposal } from './replan-types.ts'

/** What the thread that asks brings along: without a solver only what prices prove is proved. */
export type BestFixTools = PartTools & {
  /** When the search ends at the latest, wherever it is; 2 unless told. */
  readonly seconds?: number
  /** Work the search may take, see `Budget`: the same steps give the same answer on any machine. */
  readonly steps?: number
}

const BEST_SECONDS = 2
/** About a second's work on a machine of 2026, so that steps and not the clock end a search on one half as fast. */
const BEST_STEPS = 16_000_000

/** Every loose piece, the one with the fewest possible starts first, to its cheapest free start. */
export function placeGreedily(desk: Desk): void {
  const { board } = desk
  const scarcest = desk.loose.toSorted((a, b) => a.options().length - b.options().length || a.index - b.index)
  for (const piece of scarcest) {
    let best: Option | undefined
    let bestCost = Number.POSITIVE_INFINITY
    for (const option of notProposed(desk, piece)) {
      const cost = board.costOf(piece, option)
      if (cost < bestCost && board.isFree(piece, option.start)) {
        best = option
        bestCost = cost
      }
    }
    if (best) board.place(piece, best)
  }
}

export type Settled = Pick<ReplanProposal, 'isProved' | 'isCutShort'>

/** Puts the best placement found on the board. */
export function settleBest(
  desk: Desk,
  { seconds = BEST_SECONDS, steps = BEST_STEPS, ...tools }: BestFixTools,
): Settled {
  const { rows, board, loose, weights, moveCost } = desk
  placeGreedily(desk)
  if (loose.length === 0) return { isProved: true, isCutShort: false }
  const { model, start, pieces, options } = buildReplacement({
    people: rows.people,
    board,
    loose,
    weights,
    moveCost,
    optionsOf: (piece) => notProposed(desk, piece),
  })
  const startedAt = performance.now()
  const secondsUsed = () => (performance.now() - startedAt) / 1000
  let stepsLeft = steps
  let answer: PartAnswer = unchangedPart({
    model,
    start,
    startPrice: new Float64Array(model.rowCapacity.length),
    bound: Number.NEGATIVE_INFINITY,
  })
  for (const depth of ['quick', 'exact'] as const) {
    if (answer.total - answer.bound <= CLOSED) break
    const request = { model, start: answer.placement, startPrice: answer.rowPrice, bound: answer.bound, depth }
    const limits = { effort: Number.POSITIVE_INFINITY, seconds: seconds - secondsUsed(), steps: stepsLeft }
    answer = solvePart({ ...request, ...limits, seed: 1 }, tools)
    stepsLeft -= answer.steps
  }
  for (const piece of pieces) board.take(piece)
  for (const [meeting, piece] of pieces.entries()) {
    const option = options[answer.placement[meeting] ?? -1]
    if (option) board.place(piece, option)
  }
  const isProved = answer.total - answer.bound <= CLOSED
  // An exact model may be given half of the time that is left, no less.
  return { isProved, isCutShort: !isProved && secondsUsed() >= seconds / 2 }
}
