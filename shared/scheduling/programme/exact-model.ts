import { newPairPricing, type PairPricing, priceBestForPair } from './best-for-pair.ts'
import { pushTo } from './capacity-rows.ts'
import { affordablePatterns, choicesOf } from './drop-candidates.ts'
import { type Prices, pricedCosts } from './find-prices.ts'
import {
  addUse,
  at,
  candidateCountOf,
  commonestPattern,
  costAt,
  hasRoom,
  type Placement,
  type PlacementModel,
  pairCountOf,
} from './placement-model.ts'

/** A minimisation over 0/1 columns; rows in compressed form, `lower <= row <= upper`. */
export type MixedIntegerModel = {
  readonly columnCost: Float64Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  readonly rowStart: Int32Array
  readonly rowColumn: Int32Array
  readonly rowValue: Float64Array
  /** A solution known to be possible. */
  readonly start: Float64Array
}

export type ExactModel = {
  readonly mixedInteger: MixedIntegerModel
  /** Candidate and meeting of each column; -1 where it is none. */
  readonly columnCandidate: Int32Array
  readonly columnMeeting: Int32Array
  /** Capacity row of the placement model that each row stands for; -1 where it is none. */
  readonly rowOrigin: Int32Array
}

/**
 * The exact model, without every choice that the prices prove too dear: a placement that costs at most `limit` never
 * uses them (reduced-cost fixing). The choices of `incumbent` always stay.
 *
 * Columns: `y` a meeting on its pair's pattern, `e` as an exception, `u` unplaced, `z` the pair's pattern. Rows: each
 * meeting once; `y` only on the chosen pattern (one row per meeting and pattern, which keeps the linear relaxation
 * tight); one pattern per pair; the model's capacity rows.
 */
export function buildExactModel(
  model: PlacementModel,
  prices: Prices,
  limit: number,
  incumbent: Placement,
): ExactModel {
  const builder = newBuilder()
  const cost = new Float64Array(candidateCountOf(model))
  pricedCosts(model, prices.rowPrice, cost)
  const pricing = newPairPricing(model)
  for (let pair = 0; pair < pairCountOf(model); pair++) {
    priceBestForPair(model, pair, cost, pricing)
    // Above its own cheapest the pair may spend what the rest of the programme leaves.
    const budget = pricing.value + limit - prices.bound + 1e-6
    addPair(model, pair, cost, pricing, budget, incumbent, builder)
  }
  addCapacityRows(model, builder)
  return finish(builder)
}

type Builder = {
  readonly cost: number[]
  readonly start: number[]
  readonly candidate: number[]
  readonly meeting: number[]
  readonly rowLower: number[]
  readonly rowUpper: number[]
  readonly rowStart: number[]
  readonly rowColumn: number[]
  readonly rowValue: number[]
  readonly rowOrigin: number[]
  /** Columns per capacity row. */
  readonly capacityColumns: Map<number, number[]>
}

const newBuilder = (): Builder => ({
  cost: [],
  start: [],
  candidate: [],
  meeting: [],
  rowLower: [],
  rowUpper: [],
  rowStart: [0],
  rowColumn: [],
  rowValue: [],
  rowOrigin: [],
  capacityColumns: new Map(),
})

function addColumn(builder: Builder, cost: number, held: boolean, candidate: number, meeting: number): number {
  builder.cost.push(cost)
  builder.start.push(held ? 1 : 0)
  builder.candidate.push(candidate)
  builder.meeting.push(meeting)
  return builder.cost.length - 1
}

/** A row that sums `columns`, less `minus` where given. */
function addRow(
  builder: Builder,
  lower: number,
  upper: number,
  columns: readonly number[],
  minus?: number,
  origin = -1,
): void {
  builder.rowLower.push(lower)
  builder.rowUpper.push(upper)
  builder.rowOrigin.push(origin)
  for (const column of columns) {
    builder.rowColumn.push(column)
    builder.rowValue.push(1)
  }
  if (minus !== undefined) {
    builder.rowColumn.push(minus)
    builder.rowValue.push(-1)
  }
  builder.rowStart.push(builder.rowColumn.length)
}

function addPair(
  model: PlacementModel,
  pair: number,
  cost: Float64Array,
  pricing: PairPricing,
  budget: number,
  incumbent: Placement,
  builder: Builder,
): void {
  const chosen = commonestPattern(model, incumbent, pair)
  const patterns = affordablePatterns(model, pair, pricing, budget)
  const choices = choicesOf(model, pair, cost, pricing, patterns)
  const kept = chosen < 0 || patterns.includes(chosen) ? patterns : [...patterns, chosen]
  const patternColumn = new Map(kept.map((pattern) => [pattern, addColumn(builder, 0, pattern === chosen, -1, -1)]))
  if (kept.length > 0) addRow(builder, 0, 1, [...patternColumn.values()])
  const first = at(model.pairMeetings, pair)
  for (let meeting = first; meeting < at(model.pairMeetings, pair + 1); meeting++) {
    const once: number[] = []
    const perPattern = new Map<number, number[]>()
    const held = at(incumbent, meeting)
    const end = at(model.meetingCandidates, meeting + 1)
    for (let candidate = at(model.meetingCandidates, meeting); candidate < end; candidate++) {
      const pattern = at(model.candidatePattern, candidate)
      const heldOn = candidate === held && pattern === chosen
      const heldOff = candidate === held && pattern !== chosen
      const own = costAt(model.candidateCost, candidate)
      if (heldOn || (patternColumn.has(pattern) && choices.onPattern(meeting - first, candidate) <= budget)) {
        const column = addColumn(builder, own, heldOn, candidate, meeting)
        once.push(column)
        pushTo(perPattern, pattern, column)
        addToCapacity(model, builder, candidate, column)
      }
      if (heldOff || choices.asException(meeting - first, candidate) <= budget) {
        const column = addColumn(builder, own + model.exceptionCost, heldOff, candidate, meeting)
        once.push(column)
        addToCapacity(model, builder, candidate, column)
      }
    }
    if (held < 0 || choices.unplaced(meeting - first) <= budget) {
      once.push(addColumn(builder, model.unplacedCost, held < 0, -1, meeting))
    }
    addRow(builder, 1, 1, once)
    for (const [pattern, columns] of perPattern) {
      const column = patternColumn.get(pattern)
      if (column !== undefined) addRow(builder, -Infinity, 0, columns, column)
    }
  }
}

function addToCapacity(model: PlacementModel, builder: Builder, candidate: number, column: number): void {
  for (let k = at(model.rowStart, candidate); k < at(model.rowStart, candidate + 1); k++) {
    const row = at(model.candidateRows, k)
    pushTo(builder.capacityColumns, row, column)
  }
}

function addCapacityRows(model: PlacementModel, builder: Builder): void {
  for (const [row, columns] of builder.capacityColumns) {
    const capacity = at(model.rowCapacity, row)
    const meetings = new Set(columns.map((column) => builder.meeting[column]))
    if (meetings.size <= capacity) continue
    addRow(builder, -Infinity, capacity, columns, undefined, row)
  }
}

const finish = (builder: Builder): ExactModel => ({
  mixedInteger: {
    columnCost: Float64Array.from(builder.cost),
    rowLower: Float64Array.from(builder.rowLower),
    rowUpper: Float64Array.from(builder.rowUpper),
    rowStart: Int32Array.from(builder.rowStart),
    rowColumn: Int32Array.from(builder.rowColumn),
    rowValue: Float64Array.from(builder.rowValue),
    start: Float64Array.from(builder.start),
  },
  columnCandidate: Int32Array.from(builder.candidate),
  columnMeeting: Int32Array.from(builder.meeting),
  rowOrigin: Int32Array.from(builder.rowOrigin),
})

/** Reads a placement from the columns' values. */
export function readPlacement(model: PlacementModel, exact: ExactModel, values: Float64Array): Placement {
  const placement = new Int32Array(model.meetingCandidates.length - 1).fill(-1)
  values.forEach((value, column) => {
    const candidate = at(exact.columnCandidate, column)
    if (value > 0.5 && candidate >= 0) placement[at(exact.columnMeeting, column)] = candidate
  })
  return placement
}

/**
 * A placement near the linear relaxation: the largest shares first, as long as they fit. Often the relaxation is
 * already whole, and then this is its optimum.
 */
export function roundRelaxation(model: PlacementModel, exact: ExactModel, values: Float64Array): Placement {
  const placement = new Int32Array(model.meetingCandidates.length - 1).fill(-1)
  const use = new Int32Array(model.rowCapacity.length)
  const columns: number[] = []
  values.forEach((value, column) => {
    if (value > 0.01 && at(exact.columnCandidate, column) >= 0) columns.push(column)
  })
  columns.sort((a, b) => costAt(values, b) - costAt(values, a) || a - b)
  for (const column of columns) {
    const meeting = at(exact.columnMeeting, column)
    const candidate = at(exact.columnCandidate, column)
    if (at(placement, meeting) >= 0 || !hasRoom(model, use, candidate)) continue
    placement[meeting] = candidate
    addUse(model, use, candidate, 1)
  }
  return placement
}
