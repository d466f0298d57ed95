import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../domain/errors.ts'
import { dayOfCivil, MINUTES_PER_DAY } from './time-text.ts'

/**
 * UTC offsets of one zone over a span of years, so that wall times become instants (and back) at table speed.
 * All times are epoch minutes; a wall time is the minute count its clock reading would have in UTC.
 */
export type OffsetTable = {
  readonly timeZone: string
  /** Epoch minute from which the offset of the same index holds; the first is -Infinity. */
  readonly from: readonly number[]
  /** Minutes ahead of UTC. */
  readonly offsets: readonly number[]
}

const MINUTE_NS = 60_000_000_000n
const tables = new Map<string, OffsetTable>()
/** Far more than the zones and years one service meets; beyond it the cache starts anew. */
const TABLES_MAX = 2000

/**
 * The table of a zone that is right for every instant of the years `firstYear` to `lastYear`, both included. Computed
 * once per zone and span: asking Temporal costs about a millisecond.
 * @throws DomainError `unknown-time-zone` for a name that is no IANA zone
 */
export function offsetTable(timeZone: string, firstYear: number, lastYear: number): OffsetTable {
  const key = `${timeZone}/${firstYear}/${lastYear}`
  const known = tables.get(key)
  if (known) return known
  const table = readTable(timeZone, firstYear, lastYear)
  if (tables.size >= TABLES_MAX) tables.clear()
  tables.set(key, table)
  return table
}

function readTable(timeZone: string, firstYear: number, lastYear: number): OffsetTable {
  const start = BigInt((dayOfCivil(firstYear, 1, 1) - 2) * MINUTES_PER_DAY) * MINUTE_NS
  const end = (dayOfCivil(lastYear + 1, 1, 1) + 2) * MINUTES_PER_DAY
  let at = zonedOrRefuse(timeZone, start)
  const from = [Number.NEGATIVE_INFINITY]
  const offsets = [at.offsetNanoseconds / 6e10]
  for (let next = at.getTimeZoneTransition('next'); next; next = at.getTimeZoneTransition('next')) {
    const minute = Number(next.epochNanoseconds / MINUTE_NS)
    if (minute > end) break
    from.push(minute)
    offsets.push(next.offsetNanoseconds / 6e10)
    at = next
  }
  return { timeZone, from, offsets }
}

function zonedOrRefuse(timeZone: string, epochNanoseconds: bigint): Temporal.ZonedDateTime {
  try {
    return new Temporal.ZonedDateTime(epochNanoseconds, timeZone)
  } catch (cause) {
    throw new DomainError('unknown-time-zone', 'A time zone is not an IANA zone name.', [], { cause })
  }
}

/** The index of the offset that holds at an instant. */
function indexAt(table: OffsetTable, instant: number): number {
  let index = table.from.length - 1
  while (index > 0 && instant < (table.from[index] ?? 0)) index--
  return index
}

/** Wall minutes of an instant (epoch minutes). */
export function wallOfInstant(table: OffsetTable, instant: number): number {
  return instant + (table.offsets[indexAt(table, instant)] ?? 0)
}

/**
 * Instant (epoch minutes) of a wall time by Temporal's `compatible` rule: a doubled time is the earlier one, a skipped
 * one moves forward by the length of the gap.
 */
export function instantOfWall(table: OffsetTable, wall: number): number {
  const { from, offsets } = table
  let before = offsets[0] ?? 0
  for (let index = 1; index < from.length; index++) {
    const changesAt = from[index] ?? 0
    if (wall - before < changesAt) return wall - before
    const after = offsets[index] ?? 0
    if (wall - after < changesAt) return wall - before
    before = after
  }
  return wall - before
}
