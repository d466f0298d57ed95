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

export type GrainRange = { readonly from: number; readonly to: number }

/** A window in wall days of the organizer's zone, counted from `grid.originDay`; `to` exclusive, not yet clipped. */
export type PreparedWindow = {
  readonly from: number
  readonly to: number
  /** The date that the plan itself names. */
  readonly day: number | undefined
  /** Grains [from, to) of the window that lie in the horizon. */
  readonly open: GrainRange
  /** Those at which a meeting may start: not before the minimum notice. */
  readonly starts: GrainRange
}

/** What every question about one pair needs, worked out once. */
export type PreparedPair = {
  readonly pair: SchedulingPair
  readonly organizer: PersonRows
  /** The organizer first; nobody twice. */
  readonly participants: readonly PersonRows[]
  /** Grains a meeting covers. */
  readonly length: number
  readonly windows: readonly PreparedWindow[]
  readonly clockCosts: ClockCosts
  /** Meetings already held against the limits, one entry per participant; undefined where a person has no limits. */
  readonly baseLoads: readonly (BaseLoad | undefined)[]
  /** Whether any of them has a meeting that counts already, or a limit of none. */
  readonly hasBaseLoads: boolean
  /** Whether anybody has protected time or standby, which break ties. */
  readonly hasPreferences: boolean
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
  const earliestGrain =
    program.earliestStart === undefined ? 0 : grainAfter(grid, readInstant(program.earliestStart, 'earliestStart'))
  return {
    pair,
    organizer,
    participants,
    length: Math.ceil(pair.minutes / grid.grainMinutes),
    windows: pair.windows.map((window, index) => {
      const from = readDate(window.from, `${path}.windows[${index}].from`) - grid.originDay
      const to = readDate(window.to, `${path}.windows[${index}].to`) - grid.originDay
      if (to <= from) throw fault(`${path}.windows[${index}].to`, 'a window must end after it starts')
      const open = openRange(grid, organizer, from, to)
      const first = Math.max(open.from, earliestGrain)
      return {
        from,
        to,
        day: dayOf(window.day, grid, `${path}.windows[${index}].day`),
        open,
        starts: { from: first, to: Math.max(first, open.to) },
      }
    }),
    clockCosts: clockCostsOf(grid, organizer, participants, pair.minutes),
    baseLoads,
    hasBaseLoads: baseLoads.some((load) => load && (load.perDay.size > 0 || load.dayMax < 1 || load.weekMax < 1)),
    hasPreferences: participants.some((participant) => hasPreferences(grid, participant)),
  }
}

const hasPreferences = (grid: Grid, rows: PersonRows): boolean =>
  (rows.person.protectedTime?.length ?? 0) > 0 ||
  (rows.person.clinic !== undefined && clinicSpansOf(grid, rows).hasSoft)

const dayOf = (date: WallDate | undefined, grid: Grid, path: string): number | undefined =>
  date === undefined ? undefined : readDate(date, path) - grid.originDay

const fault = (path: string, message: string) =>
  new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])

/** Grains [from, to) that begin on the organizer's wall days [fromDay, toDay); empty where these are. */
export function grainsOfDays(grid: Grid, organizer: PersonRows, fromDay: number, toDay: number): GrainRange {
  const from = firstGrainOf(grid, organizer, fromDay)
  return { from, to: Math.max(from, firstGrainOf(grid, organizer, toDay)) }
}

const firstGrainOf = (grid: Grid, { zone }: PersonRows, day: number): number =>
  grainAfter(grid, instantOfWall(zone.table, grid.originMinute + day * MINUTES_PER_DAY))

/** Grains of the wall days [fromDay, toDay) that lie in the horizon. */
export function openRange(grid: Grid, organizer: PersonRows, fromDay: number, toDay: number): GrainRange {
  const from = Math.min(Math.max(fromDay, grid.horizonFrom), grid.horizonTo)
  return grainsOfDays(grid, organizer, from, Math.max(from, Math.min(toDay, grid.horizonTo)))
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

/** The common starts that all windows of a pair need. */
export function commonStartsOfWindows(prepared: PreparedPair): CommonStarts {
  const { from, to } = extentOf(prepared)
  return commonStarts(prepared, from, to)
}

/** From the first to the last start of any window. */
export function extentOf({ windows }: PreparedPair): GrainRange {
  return {
    from: Math.min(...windows.map(({ starts }) => starts.from)),
    to: Math.max(...windows.map(({ starts }) => starts.to)),
  }
}

/**
 * Every start of one window at which all participants are free and within their limits as they stand, with its cost.
 * @param windowIndex index into the pair's windows
 */
export function listCandidates({ grid }: Rows, prepared: PreparedPair, windowIndex: number): Candidates {
  const window = prepared.windows[windowIndex]
  if (!window) throw new RangeError('no such window')
  const common = commonStarts(prepared, window.starts.from, window.starts.to)
  return listInWindow(grid, prepared, window, common, new Int32Array(countCommon(common, window.starts) * LISTS))
}

/** The same for every window of a pair: one look at the rows and one piece of memory serve all. */
export function listCandidatesOfWindows({ grid }: Rows, prepared: PreparedPair): readonly Candidates[] {
  const common = commonStartsOfWindows(prepared)
  const sizes = prepared.windows.map(({ starts }) => countCommon(common, starts) * LISTS)
  const memory = new Int32Array(sizes.reduce((sum, size) => sum + size, 0))
  let used = 0
  return prepared.windows.map((window, index) => {
    const from = used
    used += sizes[index] ?? 0
    return listInWindow(grid, prepared, window, common, memory.subarray(from, used))
  })
}

/** The arrays of `Candidates`. */
const LISTS = 4

const countCommon = ({ row, base }: CommonStarts, { from, to }: GrainRange): number =>
  countBits(row, from - base, to - base)

/** @param memory for the lists, which share it */
function listInWindow(
  grid: Grid,
  prepared: PreparedPair,
  window: PreparedWindow,
  { row, base }: CommonStarts,
  memory: Int32Array,
): Candidates {
  const from = window.starts.from - base
  const to = window.starts.to - base
  const most = memory.length / LISTS
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
  let costs = clockCostsAt(clockCosts, window.starts.from)
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
function tieOf(prepared: PreparedPair, start: number, day: number, window: PreparedWindow): number {
  let tie = window.day === undefined || window.day === day ? 0 : 1000
  for (const { layers } of prepared.participants) {
    if (hasAnyBit(layers.soft, start, start + prepared.length)) tie += 2000
    if (hasBit(layers.protected, start)) tie -= 1
  }
  return tie
}
