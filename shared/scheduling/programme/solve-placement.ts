import { Budget } from './budget.ts'
import { drawsFrom } from './draw-random.ts'
import {
  extractPart,
  extractPlacement,
  extractPrices,
  insertPlacement,
  insertPrices,
  type ModelPart,
  newRowScratch,
  type RowScratch,
} from './extract-part.ts'
import { pricedCosts, pricesOf } from './find-prices.ts'
import { newUnion } from './group-pairs.ts'
import { adoptPlacement, type Board, newBoard } from './place-pairs.ts'
import {
  at,
  candidateCountOf,
  costOf,
  meetingCountOf,
  type Placement,
  type PlacementModel,
  pairCostOf,
  rowUseOf,
} from './placement-model.ts'
import { placeInOrder, rivalsOf, scarcestFirst, searchNeighbourhood } from './search-neighbourhood.ts'
import type { PartAnswer, PartRequest } from './solve-part.ts'

/** What a run reports while it works. `bound` is proved: no plan costs less. */
export type PlacementProgress = {
  readonly phase: 'first-plan' | 'search' | 'proof' | 'shared-people'
  readonly objective: number
  readonly bound: number
  /** Parts whose optimum is proved, of how many. */
  readonly closed: number
  readonly parts: number
  /** Work done so far, see `Budget`. */
  readonly steps: number
}

export type SolvePlacementOptions = {
  /** Runs one part, here or in a worker. */
  readonly solvePart: (request: PartRequest) => Promise<PartAnswer>
  /** How many parts run at a time. */
  readonly parallel: number
  readonly seconds: number
  /** Work it may take, see `Budget`; with `parallel: 1` it ends at the same point every time. */
  readonly steps: number
  readonly seed: number
  readonly isStopped: () => boolean
  readonly report?: (progress: PlacementProgress) => void
}

export type SolvedPlacement = { readonly placement: Placement; readonly total: number; readonly bound: number }

/** A gap that is only rounding: costs that are not whole are proved to about this. */
export const CLOSED = 1e-5
/** Efforts of one pass over the open parts after another: what is easy first, what is left for as long as it takes. */
const EFFORTS = [30, 300, Number.POSITIVE_INFINITY]
/** Rounds of search for each pair that waits for time others hold. */
const ROUNDS_PER_PAIR = 50

type PartState = {
  readonly part: ModelPart
  placement: Placement
  total: number
  bound: number
}

/**
 * Solves a whole programme by parts. Each group of pairs is solved as if it were alone, which proves a bound for all;
 * groups whose answers then claim the same person's time are merged and solved together, and so on until nothing
 * collides. A possible plan is kept at every moment, so stopping early loses only what was not found yet.
 */
export async function solvePlacement(
  model: PlacementModel,
  groups: readonly Int32Array[],
  options: SolvePlacementOptions,
): Promise<SolvedPlacement> {
  const budget = new Budget(options)
  const board = newBoard(model, placeInOrder(model, scarcestFirst(model), model.candidateCost))
  let objective = costOf(model, board.placement).total
  const price = new Float64Array(model.rowCapacity.length)
  const scratch = newRowScratch(model)
  // Without prices every pair is on its own, which proves something at once.
  let states = groups.map((pairs) => {
    const part = extractPart(model, pairs, scratch)
    return stateOf(board, part, pricesOf(part.model, new Float64Array(part.rows.length)).bound)
  })
  const boundNow = () =>
    Math.min(
      objective,
      states.reduce((sum, state) => sum + state.bound, 0),
    )
  const report = (phase: PlacementProgress['phase']) => {
    const closed = states.filter((state) => gapOf(state) <= CLOSED).length
    options.report?.({ phase, objective, bound: boundNow(), closed, parts: states.length, steps: budget.used })
  }
  const adopt = (placement: Placement, pairs: Int32Array) => {
    objective += adoptPlacement(board, placement, pairs)
  }

  /** Solves the states given, in that order, and takes each answer over as it comes. */
  const solveAll = async (
    todo: readonly PartState[],
    depth: PartRequest['depth'],
    phase: PlacementProgress['phase'],
    effort = 0,
  ) => {
    let waiting = todo.length
    await inParallel(todo, options.parallel, async (state) => {
      // Without a limit on effort a part may take more than its share of the time, but not starve the others.
      const share = Math.min(1, effort === Number.POSITIVE_INFINITY ? (2 * options.parallel) / waiting-- : 1)
      if (!budget.isLeft()) return
      const answer = await options.solvePart({
        model: state.part.model,
        start: state.placement,
        startPrice: extractPrices(state.part, price),
        bound: state.bound,
        seed: options.seed,
        depth,
        effort,
        seconds: budget.secondsLeft() * share,
        steps: budget.stepsLeft() * share,
      })
      budget.spend(answer.steps)
      state.bound = answer.bound
      state.total = answer.total
      state.placement = answer.placement
      insertPrices(state.part, answer.rowPrice, price)
      const whole = new Int32Array(meetingCountOf(model)).fill(-1)
      insertPlacement(state.part, answer.placement, whole)
      adopt(whole, state.part.pairs)
      report(phase)
    })
  }
  const prove = async (phase: PlacementProgress['phase']) => {
    const open = () => states.filter((state) => gapOf(state) > CLOSED).sort((a, b) => gapOf(b) - gapOf(a))
    for (const effort of EFFORTS) {
      if (open().length > 0 && budget.isLeft()) await solveAll(open(), 'exact', phase, effort)
    }
  }

  /** Searches where the board could not take over what parts found because others hold the time. */
  let rivals: readonly Int32Array[] | undefined
  const repair = (phase: PlacementProgress['phase']) => {
    const behind: number[] = []
    for (const { part, placement } of states) {
      part.pairs.forEach((pair, index) => {
        const held = pairCostOf(model, board.placement, pair).total
        if (held > pairCostOf(part.model, placement, index).total) behind.push(pair)
      })
    }
    rivals ??= rivalsOf(model)
    const priced = new Float64Array(candidateCountOf(model))
    pricedCosts(model, price, priced)
    const found = searchNeighbourhood(model, board.placement, {
      rounds: ROUNDS_PER_PAIR * behind.length,
      draw: drawsFrom(options.seed),
      rivals,
      views: [model.candidateCost, priced],
      budget,
      seeds: Int32Array.from(behind),
    })
    objective = found.total
    board.placement.set(found.placement)
    board.use.set(rowUseOf(model, found.placement))
    report(phase)
  }

  /** Merges what collides and solves it, until nothing does; then all parts together are a plan. */
  const settle = async (depth: PartRequest['depth']) => {
    while (budget.isLeft()) {
      const whole = new Int32Array(meetingCountOf(model)).fill(-1)
      for (const state of states) insertPlacement(state.part, state.placement, whole)
      const merged = mergeColliding(board, states, whole, scratch)
      if (merged.length === states.length) {
        const total = costOf(model, whole).total
        if (total < objective) {
          objective = total
          board.placement.set(whole)
          board.use.set(rowUseOf(model, whole))
        }
        return
      }
      const fresh = merged.filter((state) => !states.includes(state))
      states = merged
      await solveAll(fresh, 'quick', 'shared-people')
      if (depth === 'exact') await prove('shared-people')
    }
  }

  report('first-plan')
  await solveAll(states, 'quick', 'search')
  repair('search')
  await settle('quick')
  await prove('proof')
  await settle('exact')
  report('shared-people')
  return { placement: board.placement, total: objective, bound: boundNow() }
}

const gapOf = (state: PartState): number => state.total - state.bound

function stateOf(board: Board, part: ModelPart, bound: number): PartState {
  const placement = extractPlacement(part, board.placement)
  return { part, placement, total: costOf(part.model, placement).total, bound }
}

/** The parts, those joined whose answers overfill a row together; a joined part starts from the board's placement. */
function mergeColliding(
  board: Board,
  states: readonly PartState[],
  whole: Placement,
  scratch: RowScratch,
): PartState[] {
  const { model } = board
  const use = rowUseOf(model, whole)
  const union = newUnion(states.length)
  const userOf = new Map<number, number>()
  states.forEach((state, index) => {
    for (const meeting of state.part.meetings) {
      const candidate = at(whole, meeting)
      if (candidate < 0) continue
      for (let k = at(model.rowStart, candidate); k < at(model.rowStart, candidate + 1); k++) {
        const row = at(model.candidateRows, k)
        if (at(use, row) <= at(model.rowCapacity, row)) continue
        const user = userOf.get(row)
        if (user === undefined) userOf.set(row, index)
        else union.join(user, index)
      }
    }
  })
  const members = new Map<number, PartState[]>()
  states.forEach((state, index) => {
    const root = union.find(index)
    members.set(root, [...(members.get(root) ?? []), state])
  })
  return [...members.values()].map((group) => {
    const [only] = group
    if (only && group.length === 1) return only
    const pairs = Int32Array.from(group.flatMap((state) => [...state.part.pairs])).sort()
    return stateOf(
      board,
      extractPart(model, pairs, scratch),
      group.reduce((sum, state) => sum + state.bound, 0),
    )
  })
}

/** Runs a job for every item, `parallel` at a time. */
async function inParallel<Item>(
  items: readonly Item[],
  parallel: number,
  job: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const run = async () => {
    for (const item of queue) await job(item)
  }
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, run))
}
