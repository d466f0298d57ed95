import type { Option, Piece, ReplanBoard, Snapshot } from './replan-board.ts'
import type { Weights } from './types.ts'

export type PlacementSearch = {
  readonly board: ReplanBoard
  /** Pieces off the board that look for a place. */
  readonly loose: readonly Piece[]
  readonly optionsOf: (piece: Piece) => readonly Option[]
  readonly weights: Weights
  /** Points for each other piece that has to make room. */
  readonly moveCost: number
}

/**
 * How many others may make room, and how many placements are tried before the next number: few moves first, because they
 * usually suffice and their answer cuts the search for more. All together about a second.
 */
const ROUNDS = [
  { displacedMax: 0, stepsMax: 20_000 },
  { displacedMax: 1, stepsMax: 30_000 },
  { displacedMax: 2, stepsMax: 40_000 },
  { displacedMax: 3, stepsMax: 60_000 },
] as const
const DISPLACED_MAX = 3

/**
 * The cheapest way to place the loose pieces, displacing others where that pays: depth first, the cheapest conceivable
 * rest as bound, never dearer than `known`. The board is as it was afterwards. `isProved`: the last round came to its end.
 */
export function searchPlacements(
  { board, loose, optionsOf, weights, moveCost }: PlacementSearch,
  known: Snapshot,
): { readonly best: Snapshot; readonly isProved: boolean } {
  const isLoose = new Set(loose)
  // What only immovable meetings or limits keep away stays away, whatever else moves.
  const reachable = new Map(
    loose.map((piece) => [
      piece,
      optionsOf(piece).filter(({ start }) =>
        board.waysToMakeRoom(piece, start).some((way) => way.length <= DISPLACED_MAX),
      ),
    ]),
  )
  const openTo = (piece: Piece): readonly Option[] => reachable.get(piece) ?? optionsOf(piece)
  // Off the board a piece costs an unplaced meeting; at best it saves all of that but its kindest start.
  const saving = (piece: Piece) => Math.max(0, weights.unplaced - (openTo(piece)[0]?.soft ?? weights.unplaced))
  const slack = gainOfDisplaced({ board, loose, optionsOf, weights, moveCost })
  const displaced = new Set<Piece>()
  let best = known
  let steps = 0
  const place = (queue: readonly Piece[], displacedMax: number, stepsMax: number): void => {
    const [piece, ...rest] = queue
    const total = board.cost + displaced.size * moveCost
    if (!piece) {
      if (total < best.total) best = board.snapshot(displaced.size * moveCost)
      return
    }
    const restSaves = rest.reduce((sum, other) => sum + saving(other), slack)
    if (total - saving(piece) - restSaves >= best.total) return
    const options = openTo(piece)
      .map((option) => ({ option, cost: board.costOf(piece, option) }))
      .sort((a, b) => a.cost - b.cost)
    for (const { option, cost } of options) {
      if (total + cost - weights.unplaced - restSaves >= best.total) break
      for (const way of board.waysToMakeRoom(piece, option.start)) {
        if (++steps > stepsMax) return
        if (displaced.size + way.length > displacedMax) continue
        if (way.some((other) => displaced.has(other) || isLoose.has(other))) continue
        const lifted = way.map((other) => ({ other, from: board.take(other) }))
        for (const { other } of lifted) displaced.add(other)
        board.place(piece, option)
        place([...rest, ...way], displacedMax, stepsMax)
        board.take(piece)
        for (const { other, from } of lifted) {
          displaced.delete(other)
          if (from) board.place(other, from)
        }
      }
    }
    // Leaving it without a date is the last resort.
    place(rest, displacedMax, stepsMax)
  }
  const scarcestFirst = loose.toSorted((a, b) => openTo(a).length - openTo(b).length || a.index - b.index)
  for (const { displacedMax, stepsMax } of ROUNDS) {
    steps = 0
    place(scarcestFirst, displacedMax, stepsMax)
    if (displacedMax === DISPLACED_MAX) return { best, isProved: steps <= stepsMax }
  }
  return { best, isProved: false }
}

/** What displaced pieces could gain by their new dates beyond the cost of moving them; usually nothing. */
function gainOfDisplaced({ board, optionsOf, weights, moveCost }: PlacementSearch): number {
  const gains = board.pieces.flatMap((piece) => {
    const now = piece.isMovable ? board.take(piece) : undefined
    if (!now) return []
    board.place(piece, now)
    return [Math.max(0, now.soft + weights.exception - (optionsOf(piece)[0]?.soft ?? 0) - moveCost)]
  })
  return gains
    .sort((a, b) => b - a)
    .slice(0, DISPLACED_MAX)
    .reduce((sum, gain) => sum + gain, 0)
}
