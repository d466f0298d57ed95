import { Temporal } from 'temporal-polyfill'
import { findIana } from 'windows-iana'
import { DOCUMENTED_IANA_ZONES } from '../data/documented-iana-zones.ts'
import { WINDOWS_TIME_ZONES } from '../data/windows-time-zones.ts'
import { GraphError } from '../dispatch.ts'

const DAY_MS = 86_400_000

/** Windows zones whose first IANA match in the library has changed its clock since. */
const IANA_OF: Readonly<Record<string, string>> = {
  'Central Asia Standard Time': 'Asia/Bishkek',
  'Mountain Standard Time (Mexico)': 'America/Mazatlan',
}

/** Known zone names in lower case, with the spelling we answer and the IANA rules behind them. */
const ZONES: ReadonlyMap<string, { readonly name: string; readonly iana: string }> = new Map([
  ...WINDOWS_TIME_ZONES.flatMap(({ alias }) => {
    const iana = IANA_OF[alias] ?? findIana(alias)[0]
    return iana === undefined ? [] : [[alias.toLowerCase(), { name: alias, iana }] as const]
  }),
  ...DOCUMENTED_IANA_ZONES.map((name) => [name.toLowerCase(), { name, iana: name }] as const),
])

/**
 * The zone name as Outlook spells it: a Windows name, or one of the IANA names that Graph lists.
 * @throws GraphError 400 `TimeZoneNotSupportedException`
 */
export function supportedZone(name: string): string {
  const zone = ZONES.get(name.trim().toLowerCase())
  if (zone) return zone.name
  throw new GraphError(
    400,
    'TimeZoneNotSupportedException',
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
  )
}

type Stretch = { readonly from: number; readonly until: number; readonly offset: number }
const years = new Map<string, readonly Stretch[]>()

/** Stretches of constant offset that cover a year of a zone with two days to spare on both sides. Kept: Temporal is slow. */
function stretchesOf(zoneName: string, year: number): readonly Stretch[] {
  const key = `${zoneName}|${year}`
  const known = years.get(key)
  if (known) return known
  const iana = ZONES.get(zoneName.toLowerCase())?.iana ?? 'UTC'
  const end = Date.UTC(year + 1, 0, 3)
  const stretches: Stretch[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1) - 2 * DAY_MS).toZonedDateTimeISO(iana)
  while (at.epochMilliseconds < end) {
    const next = at.getTimeZoneTransition('next')
    const until = Math.min(next?.epochMilliseconds ?? Number.POSITIVE_INFINITY, end)
    stretches.push({ from: at.epochMilliseconds, until, offset: at.offsetNanoseconds / 1e6 })
    if (!next || next.epochMilliseconds >= end) break
    at = next
  }
  years.set(key, stretches)
  return stretches
}

/**
 * Wall time to instant. `wallMs` is the wall reading as if it were UTC. A time that a clock change skips moves on by
 * the gap, a doubled one is the first (Temporal's `compatible`).
 */
export function wallToInstant(wallMs: number, zoneName: string): number {
  const stretches = stretchesOf(zoneName, new Date(wallMs).getUTCFullYear())
  for (const { from, until, offset } of stretches) {
    const instant = wallMs - offset
    if (instant >= from && instant < until) return instant
    if (instant < from) break
  }
  const before = stretches.findLast(({ until, offset }) => wallMs - offset >= until) ?? stretches[0]
  return wallMs - (before?.offset ?? 0)
}

/** Instant to wall time, again as milliseconds as if the wall were UTC. */
export function instantToWall(instantMs: number, zoneName: string): number {
  const stretches = stretchesOf(zoneName, new Date(instantMs).getUTCFullYear())
  const stretch = stretches.find(({ from, until }) => instantMs >= from && instantMs < until) ?? stretches[0]
  return instantMs + (stretch?.offset ?? 0)
}

/** How Graph says when: wall time without offset and the name of its zone. */
export type Moment = { readonly dateTime: string; readonly timeZone: string }

const WALL = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?$/

/** Reads `2026-03-01T10:00`, with seconds and fraction or without; undefined when it is no date-time. */
export function readWall(text: string): { wallMs: number; offset: string | undefined } | undefined {
  const match = WALL.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset] = match
  const [y, m, d, h, min, s] = [year, month, day, hour, minute, second].map(Number)
  const wallMs = Date.UTC(y ?? 0, (m ?? 1) - 1, d, h, min, s, Math.floor(Number(`0.${fraction}`) * 1000))
  // Date.UTC rolls 31 April over into May; such a date is a mistake.
  if (new Date(wallMs).getUTCDate() !== d || (h ?? 0) > 23 || (min ?? 0) > 59 || (s ?? 0) > 59) return undefined
  return { wallMs, offset }
}

/** `2026-03-01T10:00:00` */
export function wallText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19)
}
/** `2026-03-01T10:00:00.0000000`, as Graph writes wall times. */
export function graphWall(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 23)}0000`
}

/** Wall reading of a stored moment (known to be valid). */
export function wallOf(moment: Moment): number {
  return Date.parse(`${moment.dateTime}Z`)
}
export function instantOf(moment: Moment): number {
  return wallToInstant(wallOf(moment), moment.timeZone)
}
export function momentAt(instantMs: number, zoneName: string): Moment {
  return { dateTime: wallText(instantToWall(instantMs, zoneName)), timeZone: zoneName }
}

/** Days since 1970-01-01 of a wall reading, and back to `YYYY-MM-DD`. */
export function dayOf(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS)
}
export function dateText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}
