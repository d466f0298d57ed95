import type { Budget } from './budget.ts'
import type { Draw } from './draw-random.ts'
import { newBoard, placePair, removePair, restorePair } from './place-pairs.ts'
import {
  at,
  costAt,
  meetingCountOf,
  type Placement,
  type PlacementModel,
  pairCostOf,
  pairCountOf,
} from './placement-model.ts'

/** A placement and what it costs. */
export type Found = { readonly placement: Placement; readonly total: number }

/** Places all pairs one after another, in the order given, as they see the costs. */
export function placeInOrder(model: PlacementModel, order: Int32Array, seenCost: Float64Array): Placement {
  const board = newBoard(model, new Int32Array(meetingCountOf(model)).fill(-1))
  for (const pair of order) placePair(board, pair, seenCost)
  return board.placement
}

/** How many starts the meetings of a pair have, together. */
const candidatesOfPair = (model: PlacementModel, pair: number): number =>
  at(model.meetingCandidates, at(model.pairMeetings, pair + 1)) -
  at(model.meetingCandidates, at(model.pairMeetings, pair))

/** Pairs with the fewest candidates first: they cannot step aside later. */
export function scarcestFirst(model: PlacementModel): Int32Array {
  const room = (pair: number) => candidatesOfPair(model, pair)
  return Int32Array.from({ length: pairCountOf(model) }, (_, pair) => pair).sort((a, b) => room(a) - room(b) || a - b)
}

/** Which pairs compete for a row with each pair. */
export function rivalsOf(model: PlacementModel): readonly Int32Array[] {
  const members: Set<number>[] = Array.from(model.rowCapacity, () => new Set())
  eachPairRow(model, (pair, row) => members[row]?.add(pair))
  const rivals: Set<number>[] = Array.from({ length: pairCountOf(model) }, () => new Set())
  for (const pairs of members) for (const a of pairs) for (const b of pairs) if (a !== b) rivals[a]?.add(b)
  return rivals.map((set) => Int32Array.from(set).sort())
}

function eachPairRow(model: PlacementModel, visit: (pair: number, row: number) => void): void {
  for (let pair = 0; pair < pairCountOf(model); pair++) {
    const first = at(model.meetingCandidates, at(model.pairMeetings, pair))
    const end = at(model.meetingCandidates, at(model.pairMeetings, pair + 1))
    for (let k = at(model.rowStart, first); k < at(model.rowStart, end); k++) visit(pair, at(model.candidateRows, k))
  }
}

/**
 * Improves a placement: takes a pair and a few of its rivals off the board and places them again in a random order,
 * keeping the result when it costs no more. Shaw, "Using constraint programming and local search methods to solve
 * vehicle routing problems" (1998). Stops after `rounds` rounds or when nothing is
 * left of the budget.
 */
export function searchNeighbourhood(
  model: PlacementModel,
  start: Placement,
  options: {
    readonly rounds: number
    readonly draw: Draw
    readonly rivals: readonly Int32Array[]
    /** Ways to look at the costs, drawn anew each round: own costs, priced costs. */
    readonly views: readonly Float64Array[]
    readonly budget: Budget
    /** Pairs that rounds begin with; all unless told. */
    readonly seeds?: Int32Array
  },
): Found {
  const { draw, rivals, views, budget } = options
  const board = newBoard(model, Int32Array.from(start))
  const pairs = pairCountOf(model)
  const totals = Float64Array.from({ length: pairs }, (_, pair) => pairCostOf(model, start, pair).total)
  let total = totals.reduce((sum, cost) => sum + cost, 0)
  const seeds = options.seeds ?? Int32Array.from({ length: pairs }, (_, pair) => pair)
  for (let round = 0; round < options.rounds && seeds.length > 0; round++) {
    // Rounds between two looks at the budget are few enough to be at once, and too short to ask each time.
    if (round % 64 === 63 && !budget.isLeft()) break
    const chosen = chooseRivals(at(seeds, Math.floor(draw() * seeds.length)), rivals, draw)
    for (const pair of chosen) budget.spend(candidatesOfPair(model, pair))
    const saved = chosen.map((pair) =>
      board.placement.slice(at(model.pairMeetings, pair), at(model.pairMeetings, pair + 1)),
    )
    for (const pair of chosen) removePair(board, pair)
    const view = views[Math.floor(draw() * views.length)] ?? model.candidateCost
    for (const pair of shuffled(chosen, draw)) placePair(board, pair, view)
    const after = chosen.map((pair) => pairCostOf(model, board.placement, pair).total)
    let change = 0
    chosen.forEach((pair, k) => {
      change += (after[k] ?? 0) - costAt(totals, pair)
    })
    if (change > 1e-9) {
      for (const pair of chosen) removePair(board, pair)
      chosen.forEach((pair, k) => {
        restorePair(board, pair, saved[k] ?? new Int32Array())
      })
      continue
    }
    total += change
    chosen.forEach((pair, k) => {
      totals[pair] = after[k] ?? 0
    })
  }
  return { placement: board.placement, total }
}

/** A pair and one to three of its rivals. */
function chooseRivals(pair: number, rivals: readonly Int32Array[], draw: Draw): readonly number[] {
  const near = rivals[pair] ?? new Int32Array()
  const chosen = new Set([pair])
  const wanted = Math.min(near.length, 1 + Math.floor(draw() * 3))
  while (chosen.size <= wanted) {
    chosen.add(at(near, Math.floor(draw() * near.length)))
  }
  return [...chosen]
}

function shuffled(pairs: readonly number[], draw: Draw): readonly number[] {
  const order = [...pairs]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(draw() * (last + 1))
    const kept = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = kept
  }
  return order
}
