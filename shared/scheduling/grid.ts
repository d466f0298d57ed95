import { DomainError } from '../domain/errors.ts'
import { type OffsetTable, offsetTable, wallOfInstant } from './offset-table.ts'
import { civilOfDay, MINUTES_PER_DAY, readDate } from './time-text.ts'
import type { Program } from './types.ts'

/**
 * The grid of instants a program is planned on. Grain 0 starts on a Monday at 00:00 UTC, at least two days before the
 * horizon, and the grid ends at least three days after it, so that every zone's horizon fits; it holds whole weeks, so
 * a week is a whole number of 32-bit words.
 */
export type Grid = {
  readonly grainMinutes: number
  /** Epoch day of grain 0, a Monday. Wall days and weeks of every zone count from it too. */
  readonly originDay: number
  /** Epoch minute of grain 0. */
  readonly originMinute: number
  readonly weeks: number
  readonly grainsPerDay: number
  readonly grainsPerWeek: number
  readonly grains: number
  /** 32-bit words of one row. */
  readonly words: number
  /** First wall day of the horizon, and the first after it, counted from `originDay`. */
  readonly horizonFrom: number
  readonly horizonTo: number
}

/** Longest horizon: a typing error in a year must not ask for gigabytes. */
const HORIZON_DAYS_MAX = 5 * 366
/** 1970-01-05, the first Monday of the epoch. */
const FIRST_MONDAY = 4

/** @throws DomainError `invalid-plan` for malformed dates and an empty horizon, `too-large` beyond five years */
export function gridOf({ horizon, grainMinutes = 15 }: Pick<Program, 'horizon' | 'grainMinutes'>): Grid {
  const start = readDate(horizon.start, 'horizon.start')
  const end = readDate(horizon.end, 'horizon.end')
  if (end <= start) {
    const message = 'the horizon must end after it starts'
    throw new DomainError('invalid-plan', `horizon.end: ${message}`, [{ path: 'horizon.end', message }])
  }
  if (end - start > HORIZON_DAYS_MAX) {
    const message = 'a horizon is at most five years'
    throw new DomainError('too-large', message, [{ path: 'horizon.end', message }])
  }
  if (grainMinutes !== 5 && grainMinutes !== 15) {
    const message = 'the grain is 5 or 15 minutes'
    throw new DomainError('invalid-plan', message, [{ path: 'grainMinutes', message }])
  }
  const originDay = Math.floor((start - 2 - FIRST_MONDAY) / 7) * 7 + FIRST_MONDAY
  const weeks = Math.ceil((end + 3 - originDay) / 7)
  const grainsPerDay = MINUTES_PER_DAY / grainMinutes
  const grains = weeks * 7 * grainsPerDay
  return {
    grainMinutes,
    originDay,
    originMinute: originDay * MINUTES_PER_DAY,
    weeks,
    grainsPerDay,
    grainsPerWeek: 7 * grainsPerDay,
    grains,
    words: grains / 32,
    horizonFrom: start - originDay,
    horizonTo: end - originDay,
  }
}

/** First grain that starts at or after an epoch minute. */
export const grainAfter = (grid: Grid, minute: number): number =>
  Math.ceil((minute - grid.originMinute) / grid.grainMinutes)

/** Grain that holds an epoch minute. */
export const grainBefore = (grid: Grid, minute: number): number =>
  Math.floor((minute - grid.originMinute) / grid.grainMinutes)

/** Epoch minute at which a grain starts. */
export const minuteOfGrain = (grid: Grid, grain: number): number => grid.originMinute + grain * grid.grainMinutes

/**
 * One zone on one grid. Between `from[i]` and `from[i + 1]` a grain's wall reading is `shift[i]` grains later than its
 * UTC reading, so wall days, weeks and weekday-and-times are integer arithmetic.
 */
export type ZoneOnGrid = {
  readonly table: OffsetTable
  readonly from: Int32Array
  readonly shift: Int32Array
}

/**
 * @throws DomainError `unknown-time-zone` for no IANA zone, and for one whose offset is no multiple of the grain
 * (none since 1972)
 */
export function zoneOnGrid(grid: Grid, timeZone: string): ZoneOnGrid {
  const end = grid.originMinute + grid.grains * grid.grainMinutes
  const table = offsetTable(
    timeZone,
    civilOfDay(grid.originDay).year,
    civilOfDay(Math.floor(end / MINUTES_PER_DAY)).year,
  )
  const from: number[] = [0]
  const shift: number[] = [(wallOfInstant(table, grid.originMinute) - grid.originMinute) / grid.grainMinutes]
  for (const [index, minute] of table.from.entries()) {
    if (minute <= grid.originMinute || minute >= end) continue
    from.push((minute - grid.originMinute) / grid.grainMinutes)
    shift.push((table.offsets[index] ?? 0) / grid.grainMinutes)
  }
  if (![...from, ...shift].every(Number.isInteger)) {
    throw new DomainError('unknown-time-zone', 'A time zone is not a whole number of grid steps from UTC.')
  }
  return { table, from: Int32Array.from(from), shift: Int32Array.from(shift) }
}

/** Grains the wall reading is ahead of UTC at a grain. */
export function shiftAt(zone: ZoneOnGrid, grain: number): number {
  let index = zone.from.length - 1
  while (index > 0 && grain < (zone.from[index] ?? 0)) index--
  return zone.shift[index] ?? 0
}

/** Wall day of a grain in a zone, counted from `grid.originDay`; its Monday-week is `Math.floor(day / 7)`. */
export const wallDayOf = (grid: Grid, zone: ZoneOnGrid, grain: number): number =>
  Math.floor((grain + shiftAt(zone, grain)) / grid.grainsPerDay)

/** Weekday-and-time of a grain in a zone: grains since Monday 00:00, 0 to `grainsPerWeek - 1`. */
export function weekGrainOf(grid: Grid, zone: ZoneOnGrid, grain: number): number {
  const wall = (grain + shiftAt(zone, grain)) % grid.grainsPerWeek
  return wall < 0 ? wall + grid.grainsPerWeek : wall
}
