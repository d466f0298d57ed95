import { DomainError } from '../domain/errors.ts'
import { countBits, hasAnyBit, hasBit, keepBits, keepRunStarts } from './bit-row.ts'
import { type BaseLoad, baseLoadOf, isWithinLimits } from './caps.ts'
import { type Grid, grainAfter } from './grid.ts'
import { instantOfWall } from './offset-table.ts'
import { type PersonRows, personRows, type Rows } from './rows.ts'
import { type ClockCosts, clockCostsOf, middleCost } from './soft-cost.ts'
import { MINUTES_PER_DAY, readDate, readInstant } from './time-text.ts'
import type { Program, SchedulingPair, WallDate } from './types.ts'

/** A window in wall days of the organizer's zone, counted from `grid.originDay`; `to` exclusive, not yet clipped. */
export type WindowDays = { readonly from: number; readonly to: number; readonly day: number | undefined }

/** What every question about one pair needs, worked out once. */
export type PreparedPair = {
  readonly pair: SchedulingPair
  readonly organizer: PersonRows
  /** The organizer first; nobody twice. */
  readonly participants: readonly PersonRows[]
  /** Grains a meeting covers. */
  readonly length: number
  readonly windows: readonly WindowDays[]
  readonly clockCosts: ClockCosts
  /** Meetings already held against the limits, one entry per participant; undefined where a person has no limits. */
  readonly baseLoads: readonly (BaseLoad | undefined)[]
  /** Whether any of them has a meeting that counts already, or a limit of none. */
  readonly hasBaseLoads: boolean
  /** Whether anybody has protected time or standby, which break ties. */
  readonly hasPreferences: boolean
  /** Nothing starts before this grain. */
  readonly earliestGrain: number
}

/** The possible starts of one window, ascending, as parallel arrays. */
export type Candidates = {
  readonly starts: Int32Array
  /** Points of the objective's `soft` part. */
  readonly soft: Int32Array
  /** Weekday-and-time in the organizer's zone: grains since Monday 00:00. Two starts are on one pattern when equal. */
  readonly patterns: Int32Array
  /** Breaks ties between equal costs, lower is better: standby duty, then the plan's own date, then protected time. */
  readonly ties: Int32Array
}

const MINUTES_MAX = MINUTES_PER_DAY

/**
 * @throws DomainError `person-not-found` for a participant without rows, `invalid-plan` with the path of a wrong window
 */
export function preparePair(
  rows: Rows,
  program: Pick<Program, 'pairs' | 'earliestStart'>,
  pair: SchedulingPair,
): PreparedPair {
  const { grid } = rows
  const path = `pairs[${program.pairs.indexOf(pair)}]`
  const organizer = personRows(rows, pair.organizer)
  const participants = [...new Set([pair.organizer, ...pair.attendees])].map((id) => personRows(rows, id))
  if (!(Number.isInteger(pair.minutes) && pair.minutes > 0 && pair.minutes <= MINUTES_MAX)) {
    throw fault(`${path}.minutes`, 'must be 1 to 1440 minutes')
  }
  const baseLoads = participants.map((participant) => baseLoadOf(grid, participant))
  return {
    pair,
    organizer,
    participants,
    length: Math.ceil(pair.minutes / grid.grainMinutes),
    windows: pair.windows.map((window, index) => {
      const from = readDate(window.from, `${path}.windows[${index}].from`) - grid.originDay
      const to = readDate(window.to, `${path}.windows[${index}].to`) - grid.originDay
      if (to <= from) throw fault(`${path}.windows[${index}].to`, 'a window must end after it starts')
      return { from, to, day: dayOf(window.day, grid, `${path}.windows[${index}].day`) }
    }),
    clockCosts: clockCostsOf(grid, organizer, participants, pair.minutes),
    baseLoads,
    hasBaseLoads: baseLoads.some((load) => load && (load.perDay.size > 0 || load.dayMax < 1 || load.weekMax < 1)),
    hasPreferences: participants.some(({ person }) => person.protectedTime?.length || person.clinic),
    earliestGrain:
      program.earliestStart === undefined ? 0 : grainAfter(grid, readInstant(program.earliestStart, 'earliestStart')),
  }
}

const dayOf = (date: WallDate | undefined, grid: Grid, path: string): number | undefined =>
  date === undefined ? undefined : readDate(date, path) - grid.originDay

const fault = (path: string, message: string) =>
  new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])

export type GrainRange = { readonly from: number; readonly to: number }

/** Grains [from, to) that begin on the organizer's wall days [fromDay, toDay); empty where these are. */
export function grainsOfDays(grid: Grid, organizer: PersonRows, fromDay: number, toDay: number): GrainRange {
  const at = (day: number) =>
    grainAfter(grid, instantOfWall(organizer.zone.table, grid.originMinute + day * MINUTES_PER_DAY))
  const from = at(fromDay)
  return { from, to: Math.max(from, at(toDay)) }
}

/** Grains [from, to) whose starts lie in the window, the horizon and after the minimum notice. */
export function startRange(grid: Grid, { organizer, earliestGrain }: PreparedPair, window: WindowDays): GrainRange {
  const open = openRange(grid, organizer, window)
  const from = Math.max(open.from, earliestGrain)
  return { from, to: Math.max(from, open.to) }
}

/** Grains of the window that lie in the horizon. */
export function openRange(grid: Grid, organizer: PersonRows, window: WindowDays): GrainRange {
  const from = Math.min(Math.max(window.from, grid.horizonFrom), grid.horizonTo)
  return grainsOfDays(grid, organizer, from, Math.max(from, Math.min(window.to, grid.horizonTo)))
}

/**
 * A row of the grains [from, to), shifted down to word boundary `from & ~31`, with a bit where all participants are free
 * for the whole meeting. Bit `i` is grain `(from & ~31) + i`.
 */
export function commonStarts(prepared: PreparedPair, from: number, to: number): Uint32Array {
  const first = from >>> 5
  const last = Math.min(prepared.organizer.free.length, ((to + prepared.length) >>> 5) + 1)
  const row = prepared.organizer.free.slice(first, Math.max(first, last))
  for (let index = 1; index < prepared.participants.length; index++) {
    const free = prepared.participants[index]?.free
    if (!free) continue
    for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) & (free[first + word] ?? 0)
  }
  keepRunStarts(row, prepared.length)
  keepBits(row, from - first * 32, to - first * 32)
  return row
}

/**
 * Every start of one window at which all participants are free and within their limits as they stand, with its cost.
 * @param windowIndex index into the pair's windows
 */
export function listCandidates(rows: Rows, prepared: PreparedPair, windowIndex: number): Candidates {
  const { grid } = rows
  const window = prepared.windows[windowIndex]
  if (!window) throw new RangeError('no such window')
  const range = startRange(grid, prepared, window)
  const row = commonStarts(prepared, range.from, range.to)
  const base = (range.from >>> 5) * 32
  const most = countBits(row)
  const starts = new Int32Array(most)
  const soft = new Int32Array(most)
  const patterns = new Int32Array(most)
  const ties = new Int32Array(most)
  const { zone } = prepared.organizer
  const { clockCosts } = prepared
  const hasTies = prepared.hasPreferences || window.day !== undefined
  let count = 0
  let segment = 0
  let stretch = 0
  for (let word = 0; word < row.length; word++) {
    for (let bits = row[word] ?? 0; bits !== 0; bits &= bits - 1) {
      const start = base + word * 32 + 31 - Math.clz32(bits & -bits)
      if (prepared.hasBaseLoads && !isWithinLimits(grid, prepared, start)) continue
      while (start >= (zone.from[segment + 1] ?? Number.POSITIVE_INFINITY)) segment++
      while (start >= (clockCosts.from[stretch + 1] ?? Number.POSITIVE_INFINITY)) stretch++
      const wall = start + (zone.shift[segment] ?? 0)
      const day = Math.floor(wall / grid.grainsPerDay)
      const pattern = wall - Math.floor(day / 7) * grid.grainsPerWeek
      starts[count] = start
      patterns[count] = pattern
      soft[count] = (clockCosts.tables[stretch]?.[pattern] ?? 0) + middleCost(day, window.from, window.to)
      if (hasTies) ties[count] = tieOf(prepared, start, day, window)
      count++
    }
  }
  return count === most
    ? { starts, soft, patterns, ties }
    : {
        starts: starts.slice(0, count),
        soft: soft.slice(0, count),
        patterns: patterns.slice(0, count),
        ties: ties.slice(0, count),
      }
}

/** Standby weighs more than the plan's own date, and that more than protected time. */
function tieOf(prepared: PreparedPair, start: number, day: number, window: WindowDays): number {
  let tie = window.day === undefined || window.day === day ? 0 : 1000
  for (const { layers } of prepared.participants) {
    if (hasAnyBit(layers.soft, start, start + prepared.length)) tie += 2000
    if (hasBit(layers.protected, start)) tie -= 1
  }
  return tie
}
