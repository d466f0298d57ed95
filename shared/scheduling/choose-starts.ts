import type { Candidates, PreparedPair } from './candidates.ts'
import { type Grid, wallDayOf } from './grid.ts'
import type { Weights } from './types.ts'

/** Index into each window's candidates, or -1 where nothing is placed. */
export type Choice = Int32Array

export type ChoiceScore = {
  readonly total: number
  readonly unplaced: number
  readonly exceptions: number
  readonly soft: number
  /** Sum of the ties: what decides between equal totals. */
  readonly tie: number
  /** Commonest weekday-and-time; the earliest in the week of equals. */
  readonly pattern: number
  /** How many meetings are on it. */
  readonly onPattern: number
}

/** Counts a choice by the objective of SCHEDULING. */
export function scoreChoice(candidates: readonly Candidates[], choice: Choice, weights: Weights): ChoiceScore {
  const counts = new Map<number, number>()
  let placed = 0
  let soft = 0
  let tie = 0
  for (let window = 0; window < choice.length; window++) {
    const index = choice[window] ?? -1
    const list = candidates[window]
    if (index < 0 || !list) continue
    placed++
    soft += list.soft[index] ?? 0
    tie += list.ties[index] ?? 0
    const pattern = list.patterns[index] ?? 0
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  let pattern = -1
  let onPattern = 0
  for (const [key, count] of counts) {
    if (count > onPattern || (count === onPattern && key < pattern)) {
      pattern = key
      onPattern = count
    }
  }
  const unplaced = choice.length - placed
  const exceptions = placed - onPattern
  const total = weights.unplaced * unplaced + weights.exception * exceptions + soft
  return { total, unplaced, exceptions, soft, tie, pattern, onPattern }
}

/** The cheapest start of every window, whatever its weekday and time. */
export function chooseCheapest(candidates: readonly Candidates[]): Choice {
  const choice = new Int32Array(candidates.length).fill(-1)
  for (let window = 0; window < choice.length; window++) {
    const { soft, ties } = candidates[window] as Candidates // as many as choices
    let best = -1
    for (let index = 0; index < soft.length; index++) if (isBetter(soft, ties, index, best)) best = index
    choice[window] = best
  }
  return choice
}

/** Whether a start of a window costs less than another, or as much and wins the tie; anything is better than none (-1). */
function isBetter(soft: Candidates['soft'], ties: Candidates['ties'], index: number, other: number): boolean {
  const cheaper = other < 0 ? 1 : (soft[other] ?? 0) - (soft[index] ?? 0)
  return cheaper > 0 || (cheaper === 0 && (ties[index] ?? 0) < (ties[other] ?? 0))
}

/** By weekday-and-time, grains since Monday 00:00. */
export type PatternGains = {
  readonly gains: Float64Array
  /** What the ties of the starts chosen for a pattern add up to. */
  readonly ties: Float64Array
  /**
   * The start to choose for a pattern, one list of all weekday-and-times after the other for each window: its index
   * among the candidates, -1 where the cheapest start as an exception is better.
   */
  readonly chosen: Int32Array
  /** Cost with every meeting an exception: minus a gain it is the least that a plan on that pattern costs. */
  readonly base: number
}

/**
 * For every weekday-and-time, how much cheaper the pair's meetings become by calling it their pattern: per window the
 * cheapest start there, where it beats the cheapest start as an exception. The largest gain is the optimum of a pair whose
 * meetings do not get into each other's way.
 */
export function patternGains(
  grid: Grid,
  candidates: readonly Candidates[],
  cheapest: Choice,
  { exception, unplaced }: Weights,
): PatternGains {
  const week = grid.grainsPerWeek
  const memory = new Float64Array(week * 2)
  const gains = memory.subarray(0, week)
  const ties = memory.subarray(week)
  const chosen = new Int32Array(candidates.length * week).fill(-1)
  let base = 0
  for (let window = 0; window < candidates.length; window++) {
    const { soft, patterns, ties: startTies } = candidates[window] as Candidates // within its length
    const cheapestHere = cheapest[window] ?? -1
    const limit = cheapestHere < 0 ? unplaced : (soft[cheapestHere] ?? 0) + exception
    base += limit
    const cheapestTie = startTies[cheapestHere] ?? 0
    const best = window * week
    for (let index = 0; index < patterns.length; index++) {
      const at = best + (patterns[index] ?? 0)
      if ((soft[index] ?? 0) <= limit && isBetter(soft, startTies, index, chosen[at] ?? -1)) chosen[at] = index
    }
    for (let index = 0; index < patterns.length; index++) {
      const pattern = patterns[index] ?? 0
      if (chosen[best + pattern] !== index) continue
      gains[pattern] = (gains[pattern] ?? 0) + limit - (soft[index] ?? 0)
      ties[pattern] = (ties[pattern] ?? 0) + (startTies[index] ?? 0) - cheapestTie
    }
  }
  return { gains, ties, chosen, base }
}

/** The cheapest plan on one pattern: per window the best start on it, or the cheapest start as an exception. */
export function chooseOnPattern(cheapest: Choice, { gains, chosen }: PatternGains, pattern: number): Choice {
  return cheapest.map((start, window) => {
    const onPattern = chosen[window * gains.length + pattern] ?? -1
    return onPattern < 0 ? start : onPattern
  })
}

/**
 * The cheapest plan on one pattern (-1: no pattern, exceptions cost nothing) in which no two meetings overlap and nobody
 * passes a limit. Depth first with the cheapest completion as bound; exact unless the budget runs out, which it uses up.
 */
export function chooseWithoutCollisions(
  grid: Grid,
  prepared: PreparedPair,
  candidates: readonly Candidates[],
  pattern: number,
  weights: Weights,
  budget: { steps: number },
): Choice {
  const costOf = (list: Candidates, index: number) =>
    (list.soft[index] ?? 0) + (pattern < 0 || list.patterns[index] === pattern ? 0 : weights.exception)
  const orders = candidates.map((list) =>
    Array.from(list.starts.keys()).sort(
      (a, b) => costOf(list, a) - costOf(list, b) || (list.ties[a] ?? 0) - (list.ties[b] ?? 0) || a - b,
    ),
  )
  // bounds[w]: least that the windows from w on can cost.
  const bounds = new Float64Array(candidates.length + 1)
  for (let window = candidates.length - 1; window >= 0; window--) {
    const list = candidates[window]
    const best = orders[window]?.[0]
    bounds[window] =
      (bounds[window + 1] ?? 0) +
      (list && best !== undefined ? Math.min(weights.unplaced, costOf(list, best)) : weights.unplaced)
  }
  const loads = new Loads(grid, prepared)
  const choice = new Int32Array(candidates.length).fill(-1)
  let best = choice.slice()
  let bestCost = Number.POSITIVE_INFINITY
  const place = (window: number, cost: number): void => {
    // Without any plan yet it goes on to the first, however small the budget.
    if (cost + (bounds[window] ?? 0) >= bestCost || (budget.steps < 0 && bestCost < Number.POSITIVE_INFINITY)) return
    const list = candidates[window]
    if (!list) {
      bestCost = cost
      best = choice.slice()
      return
    }
    for (const index of orders[window] ?? []) {
      budget.steps--
      const start = list.starts[index] ?? 0
      const next = cost + costOf(list, index)
      if (next + (bounds[window + 1] ?? 0) >= bestCost) break
      if (!loads.tryAdd(start)) continue
      choice[window] = index
      place(window + 1, next)
      choice[window] = -1
      loads.remove(start)
    }
    place(window + 1, cost + weights.unplaced)
  }
  place(0, 0)
  return best
}

/** The meetings placed so far, against overlaps and limits. */
class Loads {
  readonly #grid: Grid
  readonly #prepared: PreparedPair
  readonly #starts: number[] = []

  constructor(grid: Grid, prepared: PreparedPair) {
    this.#grid = grid
    this.#prepared = prepared
  }

  tryAdd(start: number): boolean {
    const { length, participants, baseLoads } = this.#prepared
    if (this.#starts.some((other) => Math.abs(other - start) < length)) return false
    for (const [position, load] of baseLoads.entries()) {
      const person = participants[position]
      if (!load || !person) continue
      const day = wallDayOf(this.#grid, person.zone, start)
      const week = Math.floor(day / 7)
      const days = this.#starts.map((other) => wallDayOf(this.#grid, person.zone, other))
      const onDay = days.filter((other) => other === day).length + (load.perDay.get(day) ?? 0)
      const inWeek = days.filter((other) => Math.floor(other / 7) === week).length + (load.perWeek.get(week) ?? 0)
      if (onDay >= load.dayMax || inWeek >= load.weekMax) return false
    }
    this.#starts.push(start)
    return true
  }

  remove(start: number): void {
    this.#starts.splice(this.#starts.lastIndexOf(start), 1)
  }
}
