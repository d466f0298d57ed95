/**
 * The programme as a placement problem in flat arrays: which candidate start each meeting gets, if any. Nothing here
 * knows of people, zones or instants; whatever two meetings may not share (a person's time, a week's or day's cap) is
 * a row with a capacity. Flat arrays cross to a worker at the price of a copy and keep the inner loops fast.
 */
export type PlacementModel = {
  /** Cost of a meeting that is not placed. */
  readonly unplacedCost: number
  /** Cost of a placed meeting off its pair's pattern. */
  readonly exceptionCost: number
  /** Meetings of pair `p`: `pairMeetings[p] .. pairMeetings[p + 1]`. */
  readonly pairMeetings: Int32Array
  /** How many weekday-and-time patterns the candidates of a pair use. */
  readonly pairPatternCount: Int32Array
  /** Candidates of meeting `m`: `meetingCandidates[m] .. meetingCandidates[m + 1]`. */
  readonly meetingCandidates: Int32Array
  /** Soft cost of a candidate. */
  readonly candidateCost: Float64Array
  /** Pattern of a candidate, counted from 0 within its pair. */
  readonly candidatePattern: Int32Array
  /** Rows of candidate `c`: `candidateRows[rowStart[c] .. rowStart[c + 1]]`. */
  readonly rowStart: Int32Array
  readonly candidateRows: Int32Array
  /** How many placed candidates a row takes. */
  readonly rowCapacity: Int32Array
}

/** Chosen candidate per meeting; -1 is unplaced. */
export type Placement = Int32Array

/** Costs to the shape of SCHEDULING's objective, recomputed from nothing but the placement. */
export type PlacementCost = {
  readonly total: number
  readonly unplaced: number
  readonly exceptions: number
  readonly soft: number
}

export const pairCountOf = (model: PlacementModel): number => model.pairMeetings.length - 1
export const meetingCountOf = (model: PlacementModel): number => model.meetingCandidates.length - 1
export const candidateCountOf = (model: PlacementModel): number => model.candidateCost.length

/**
 * The value at an index the caller knows to exist: typed arrays never hold holes, which the compiler cannot know. Two
 * functions, not one, because a function that sees both kinds of array runs several times slower.
 */
export const at = (values: Int32Array, index: number): number => values[index] as number
export const costAt = (values: Float64Array, index: number): number => values[index] as number

/** What one pair's meetings cost under a placement. */
export function pairCostOf(model: PlacementModel, placement: Placement, pair: number): PlacementCost {
  const counts = new Int32Array(at(model.pairPatternCount, pair))
  let placed = 0
  let commonest = 0
  let soft = 0
  const first = at(model.pairMeetings, pair)
  const end = at(model.pairMeetings, pair + 1)
  for (let meeting = first; meeting < end; meeting++) {
    const candidate = at(placement, meeting)
    if (candidate < 0) continue
    placed++
    soft += costAt(model.candidateCost, candidate)
    const pattern = at(model.candidatePattern, candidate)
    const count = at(counts, pattern) + 1
    counts[pattern] = count
    if (count > commonest) commonest = count
  }
  const unplaced = end - first - placed
  const exceptions = placed - commonest
  return {
    total: unplaced * model.unplacedCost + exceptions * model.exceptionCost + soft,
    unplaced,
    exceptions,
    soft,
  }
}

/** The pattern most meetings of a pair are on, the first of equals; -1 when none is placed. */
export function commonestPattern(model: PlacementModel, placement: Placement, pair: number): number {
  const counts = new Int32Array(at(model.pairPatternCount, pair))
  let best = -1
  for (let meeting = at(model.pairMeetings, pair); meeting < at(model.pairMeetings, pair + 1); meeting++) {
    const candidate = at(placement, meeting)
    if (candidate < 0) continue
    const pattern = at(model.candidatePattern, candidate)
    counts[pattern] = at(counts, pattern) + 1
    if (best < 0 || at(counts, pattern) > at(counts, best)) best = pattern
  }
  return best
}

/** What a whole placement costs. */
export function costOf(model: PlacementModel, placement: Placement): PlacementCost {
  let unplaced = 0
  let exceptions = 0
  let soft = 0
  for (let pair = 0; pair < pairCountOf(model); pair++) {
    const cost = pairCostOf(model, placement, pair)
    unplaced += cost.unplaced
    exceptions += cost.exceptions
    soft += cost.soft
  }
  return { total: unplaced * model.unplacedCost + exceptions * model.exceptionCost + soft, unplaced, exceptions, soft }
}

/** How full each row is under a placement. */
export function rowUseOf(model: PlacementModel, placement: Placement): Int32Array {
  const use = new Int32Array(model.rowCapacity.length)
  for (const candidate of placement) if (candidate >= 0) addUse(model, use, candidate, 1)
  return use
}

/** Adds (`by` 1) or takes back (`by` -1) a candidate's share of its rows. */
export function addUse(model: PlacementModel, use: Int32Array, candidate: number, by: number): void {
  const end = at(model.rowStart, candidate + 1)
  for (let k = at(model.rowStart, candidate); k < end; k++) {
    const row = at(model.candidateRows, k)
    use[row] = at(use, row) + by
  }
}

/** Whether every row of a candidate still has room. */
export function hasRoom(model: PlacementModel, use: Int32Array, candidate: number): boolean {
  const end = at(model.rowStart, candidate + 1)
  for (let k = at(model.rowStart, candidate); k < end; k++) {
    const row = at(model.candidateRows, k)
    if (at(use, row) >= at(model.rowCapacity, row)) return false
  }
  return true
}
