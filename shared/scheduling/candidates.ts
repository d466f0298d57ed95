import { DomainError } from '../domain/errors.ts'
import { countBits, hasAnyBit, hasBit, keepRunStarts, wordMask } from './bit-row.ts'
import { type BaseLoad, baseLoadOf, isWithinLimits } from './caps.ts'
import { clinicSpansOf } from './fill-layer.ts'
import { type Grid, grainAfter, shiftAt } from './grid.ts'
import { instantOfWall } from './offset-table.ts'
import { type PersonRows, personRows, type Rows } from './rows.ts'
import { type ClockCosts, clockCostsAt, clockCostsOf, middleCost, nextChange } from './soft-cost.ts'
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
  const organizer = personRows(rows, pair.organizer, `${path}.organizer`)
  const attendees = pair.attendees.map((id, index) => personRows(rows, id, `${path}.attendees[${index}]`))
  const participants = [...new Set([organizer, ...attendees])]
  if (!(Number.isInteger(pair.minutes) && pair.minutes > 0 && pair.minutes <= MINUTES_PER_DAY)) {
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
    hasPreferences: participants.some((participant) => hasPreferences(grid, participant)),
    earliestGrain:
      program.earliestStart === undefined ? 0 : grainAfter(grid, readInstant(program.earliestStart, 'earliestStart')),
  }
}

const hasPreferences = (grid: Grid, rows: PersonRows): boolean =>
  (rows.person.protectedTime?.length ?? 0) > 0 ||
  (rows.person.clinic !== undefined && clinicSpansOf(grid, rows).hasSoft)

const dayOf = (date: WallDate | undefined, grid: Grid, path: string): number | undefined =>
  date === undefined ? undefined : readDate(date, path) - grid.originDay

const fault = (path: string, message: string) =>
  new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])

export type GrainRange = { readonly from: number; readonly to: number }

/** Grains [from, to) that begin on the organizer's wall days [fromDay, toDay); empty where these are. */
export function grainsOfDays(grid: Grid, organizer: PersonRows, fromDay: number, toDay: number): GrainRange {
  const from = firstGrainOf(grid, organizer, fromDay)
  return { from, to: Math.max(from, firstGrainOf(grid, organizer, toDay)) }
}

const firstGrainOf = (grid: Grid, { zone }: PersonRows, day: number): number =>
  grainAfter(grid, instantOfWall(zone.table, grid.originMinute + day * MINUTES_PER_DAY))

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

/** Where all participants are free for a whole meeting: bit `i` of `row` is a start at grain `base + i`. */
export type CommonStarts = { readonly row: Uint32Array; readonly base: number }

/** The common starts of at least the grains [from, to). */
export function commonStarts(
  { participants, organizer, length }: PreparedPair,
  from: number,
  to: number,
): CommonStarts {
  const first = Math.max(0, from >>> 5)
  const last = Math.max(first, Math.min(organizer.free.length, ((Math.max(from, to) + length) >>> 5) + 1))
  const row = organizer.free.slice(first, last)
  for (let index = 1; index < participants.length; index++) {
    const free = participants[index]?.free
    if (!free) continue
    for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) & (free[first + word] ?? 0)
  }
  keepRunStarts(row, length)
  return { row, base: first * 32 }
}

/** The common starts that all windows of a pair need, for `listCandidates`. */
export function commonStartsOfWindows(rows: Rows, prepared: PreparedPair): CommonStarts {
  const ranges = prepared.windows.map((window) => startRange(rows.grid, prepared, window))
  return commonStarts(prepared, Math.min(...ranges.map(({ from }) => from)), Math.max(...ranges.map(({ to }) => to)))
}

/**
 * Every start of one window at which all participants are free and within their limits as they stand, with its cost.
 * @param windowIndex index into the pair's windows
 * @param common of all windows, where several are asked for
 */
export function listCandidates(
  rows: Rows,
  prepared: PreparedPair,
  windowIndex: number,
  common?: CommonStarts,
): Candidates {
  const { grid } = rows
  const window = prepared.windows[windowIndex]
  if (!window) throw new RangeError('no such window')
  const range = startRange(grid, prepared, window)
  const { row, base } = common ?? commonStarts(prepared, range.from, range.to)
  const from = range.from - base
  const to = range.to - base
  const most = countBits(row, from, to)
  // One piece of memory for the four: a pair asks for dozens of lists.
  const memory = new Int32Array(most * 4)
  const starts = memory.subarray(0, most)
  const soft = memory.subarray(most, most * 2)
  const patterns = memory.subarray(most * 2, most * 3)
  const ties = memory.subarray(most * 3)
  if (most === 0) return { starts, soft, patterns, ties }
  const { zone } = prepared.organizer
  const { clockCosts, hasBaseLoads } = prepared
  const hasTies = prepared.hasPreferences || window.day !== undefined
  const head = from >>> 5
  const tail = (to - 1) >>> 5
  let count = 0
  // What all starts share until somebody's offset changes, and what those of one wall day share.
  let stretchEnd = 0
  let shift = 0
  let costs = clockCostsAt(clockCosts, range.from)
  let dayEnd = 0
  let day = 0
  let far = 0
  let toPattern = 0
  for (let word = head; word <= tail; word++) {
    let bits = row[word] ?? 0
    if (bits === 0) continue
    bits &= wordMask(word, head, tail, from, to)
    for (; bits !== 0; bits &= bits - 1) {
      const start = base + word * 32 + 31 - Math.clz32(bits & -bits)
      if (hasBaseLoads && !isWithinLimits(grid, prepared, start)) continue
      if (start >= stretchEnd) {
        shift = shiftAt(zone, start)
        costs = clockCostsAt(clockCosts, start)
        stretchEnd = nextChange(clockCosts, start)
        dayEnd = start
      }
      if (start >= dayEnd) {
        day = Math.floor((start + shift) / grid.grainsPerDay)
        far = middleCost(day, window.from, window.to)
        dayEnd = (day + 1) * grid.grainsPerDay - shift
        toPattern = shift - Math.floor(day / 7) * grid.grainsPerWeek
      }
      const pattern = start + toPattern
      starts[count] = start
      patterns[count] = pattern
      soft[count] = (costs[pattern] ?? 0) + far
      if (hasTies) ties[count] = tieOf(prepared, start, day, window)
      count++
    }
  }
  if (count === most) return { starts, soft, patterns, ties }
  const kept = (list: Int32Array) => list.slice(0, count)
  return { starts: kept(starts), soft: kept(soft), patterns: kept(patterns), ties: kept(ties) }
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
