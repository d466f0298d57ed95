import { type Grid, shiftAt } from './grid.ts'
import type { PersonRows } from './rows.ts'
import { MINUTES_PER_DAY } from './time-text.ts'
import type { Weights } from './types.ts'

/** SCHEDULING figures: an unplaced window, and a meeting off its pair's pattern. */
export const DEFAULT_WEIGHTS: Weights = { unplaced: 1000, exception: 20 }

const DAY_STARTS = 8 * 60 + 30
const DAY_ENDS = 16 * 60 + 30
const LUNCH_STARTS = 12 * 60
const LUNCH_ENDS = 13 * 60
const FRIDAY = 4
const FRIDAY_AFTERNOON = 14 * 60
const DAYS_PER_POINT = 5

/** What one participant's clock makes a start cost, by rule; zero where the rule does not apply. */
export type ClockCost = {
  readonly early: number
  readonly late: number
  readonly lunch: number
  readonly fridayAfternoon: number
}

/** `minuteOfWeek`: the participant's wall time of the start, minutes since Monday 00:00. */
export function clockCost(minuteOfWeek: number, minutes: number): ClockCost {
  const start = minuteOfWeek % MINUTES_PER_DAY
  const end = start + minutes
  return {
    early: start < DAY_STARTS ? 2 : 0,
    late: end > DAY_ENDS ? 3 : 0,
    lunch: start < LUNCH_ENDS && end > LUNCH_STARTS ? 1 : 0,
    fridayAfternoon: Math.floor(minuteOfWeek / MINUTES_PER_DAY) === FRIDAY && start >= FRIDAY_AFTERNOON ? 2 : 0,
  }
}

/** One point per full five days between the start's wall day and the middle of [fromDay, toDay). */
export const middleCost = (day: number, fromDay: number, toDay: number): number =>
  Math.floor(Math.abs(2 * day - (fromDay + toDay)) / (2 * DAYS_PER_POINT))

const clockCosts = new Map<string, Uint8Array>()
/** By grain, length, and how far each participant's clock is from the organizer's. */
const sharedCosts = new Map<string, Uint16Array>()
/** Two grains times the lengths a meeting may have, with room to spare; beyond it a cache starts anew. */
const TABLES_MAX = 400

/** Sum of `clockCost` for every weekday-and-time of the grid. */
function clockCostTable(grid: Grid, minutes: number): Uint8Array {
  const key = `${grid.grainMinutes}/${minutes}`
  const known = clockCosts.get(key)
  if (known) return known
  const table = new Uint8Array(grid.grainsPerWeek)
  for (let grain = 0; grain < table.length; grain++) {
    const { early, late, lunch, fridayAfternoon } = clockCost(grain * grid.grainMinutes, minutes)
    table[grain] = early + late + lunch + fridayAfternoon
  }
  if (clockCosts.size >= TABLES_MAX) clockCosts.clear()
  clockCosts.set(key, table)
  return table
}

/**
 * Clock cost of all participants together, by the organizer's weekday-and-time, one table per stretch in which nobody's
 * offset changes: in such a stretch everybody's clock follows from the organizer's.
 */
export type ClockCosts = {
  /** Grain from which the table of the same index holds. */
  readonly from: readonly number[]
  readonly tables: readonly Uint16Array[]
}

export function clockCostsOf(
  grid: Grid,
  organizer: PersonRows,
  participants: readonly PersonRows[],
  minutes: number,
): ClockCosts {
  const others = participants.filter(({ zone }) => zone !== organizer.zone)
  const from = [...organizer.zone.from]
  for (const { zone } of others) for (const grain of zone.from) if (!from.includes(grain)) from.push(grain)
  from.sort((a, b) => a - b)
  const tables = from.map((grain) => {
    const ahead = shiftAt(organizer.zone, grain)
    const shifts = participants.map((participant) => shiftAt(participant.zone, grain) - ahead)
    return sharedTable(grid, minutes, shifts)
  })
  return { from, tables }
}

function sharedTable(grid: Grid, minutes: number, shifts: readonly number[]): Uint16Array {
  const key = `${grid.grainMinutes}/${minutes}/${shifts.join()}`
  const known = sharedCosts.get(key)
  if (known) return known
  const single = clockCostTable(grid, minutes)
  const table = new Uint16Array(grid.grainsPerWeek)
  for (const shift of shifts) addShifted(table, single, shift)
  if (sharedCosts.size >= TABLES_MAX) sharedCosts.clear()
  sharedCosts.set(key, table)
  return table
}

/** The table that holds at a start. */
export function clockCostsAt({ from, tables }: ClockCosts, start: number): Uint16Array {
  let stretch = from.length - 1
  while (stretch > 0 && start < (from[stretch] ?? 0)) stretch--
  return tables[stretch] ?? NO_COSTS
}

/** Grain at which the next table begins to hold. */
export const nextChange = ({ from }: ClockCosts, start: number): number =>
  from.find((change) => change > start) ?? Number.POSITIVE_INFINITY

const NO_COSTS = new Uint16Array(0)

/** Adds `single[(i + shift) mod week]` to every `table[i]`. */
function addShifted(table: Uint16Array, single: Uint8Array, shift: number): void {
  const week = table.length
  let source = ((shift % week) + week) % week
  for (let grain = 0; grain < week; grain++) {
    table[grain] = (table[grain] ?? 0) + (single[source] ?? 0)
    if (++source === week) source = 0
  }
}
