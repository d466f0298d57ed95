import type { Fault } from '../../shared/domain/errors.ts'
import { type ExpansionBudget, expandRule } from './expand-rule.ts'
import { type FeedZone, ianaZone, type PersonZone } from './feed-zone.ts'
import type { ZoneFinder } from './find-feed-zone.ts'
import type { IcsDuration, IcsTime } from './read-ics-time.ts'
import type { RecurrenceRule } from './read-recurrence-rule.ts'
import type { Vevent } from './read-vevent.ts'
import { DAY_SECONDS, type DayNumber, dayNumberOf, type WallSeconds } from './wall-seconds.ts'

export type FeedZones = {
  /** Of times that carry no zone. */
  readonly floating: PersonZone
  readonly person: PersonZone
  readonly find: ZoneFinder
}
/** How long an entry takes: on the clock where start and end share one, else in calendar days and exact seconds. */
type Length = { readonly wall: number } | IcsDuration
/** Where an occurrence begins. Of an all-day one the clock has no zone, and `instant` is its wall time. */
export type Start = {
  readonly zone: FeedZone
  readonly wall: WallSeconds
  readonly instant: number
  readonly length: Length
}

/** An entry whose zones are known and whose length makes sense. */
export type PlacedEvent = {
  readonly event: Vevent
  readonly isAllDay: boolean
  readonly start: Start
  readonly extraStarts: readonly Start[]
  readonly exceptions: MomentSet
  /** The occurrence that this entry replaces. */
  readonly replaces?: IcsTime
}

const DATES: FeedZone = { name: 'dates', toInstant: (wall) => wall }

/**
 * @param takesTime false for entries that only stand for nothing (cancelled, ignored): those may lack a length
 * @returns the entry with its zones looked up, or the property that stands in the way and why
 */
export function placeVevent(event: Vevent, time: IcsTime, zones: FeedZones, takesTime: boolean): PlacedEvent | Fault {
  for (const [path, used] of timesOf(event, time)) {
    if (used.form === 'zoned' && !zones.find(used.tzid)) {
      return { path, message: `${path} is in the time zone "${used.tzid.slice(0, 60)}", which nothing explains.` }
    }
  }
  const isAllDay = time.form === 'date'
  const told = lengthOf(time, event.end, event.duration, zones)
  const length = typeof told === 'string' && !takesTime ? { wall: DAY_SECONDS } : told
  if (typeof length === 'string') return { path: event.end ? 'DTEND' : 'DTSTART', message: length }
  const start = startOf(time, length, zones)
  const extraStarts: Start[] = []
  for (const { start: extra, end, duration } of event.extraTimes) {
    const own = end || duration ? lengthOf(extra, end, duration, zones) : length
    if (typeof own === 'string') return { path: 'RDATE', message: own }
    // A mere date among the extra dates of a timed entry means that day at the entry's time.
    const wall = dayNumberOf(extra.wall) * DAY_SECONDS
    const timeOfDay = time.wall - dayNumberOf(time.wall) * DAY_SECONDS
    const timed = extra.form === 'date' ? { ...time, wall: wall + timeOfDay } : extra
    extraStarts.push(startOf(isAllDay ? { form: 'date', wall } : timed, own, zones))
  }
  const exceptions = new MomentSet(event.exceptTimes, zones)
  return { event, isAllDay, start, extraStarts, exceptions, ...(event.replaces ? { replaces: event.replaces } : {}) }
}

/** Starts of an entry's own occurrences that can touch the days [from, to), without its exceptions. */
export function listStarts(
  placed: PlacedEvent,
  days: { readonly from: DayNumber; readonly to: DayNumber },
  zones: FeedZones,
  budget: ExpansionBudget,
): readonly Start[] {
  const { event, start, isAllDay } = placed
  // Two days of room: zones differ by up to a day, and rest after a duty reaches the next one.
  const from = (days.from - 2) * DAY_SECONDS
  const to = (days.to + 2) * DAY_SECONDS
  const bounds = { from: from - secondsOf(start.length), to }
  const starts = event.rules.length === 0 ? [start] : []
  for (const rule of event.rules) {
    const clock = isAllDay ? { ...rule, hours: [], minutes: [], seconds: [] } : rule
    const until = rule.until && lastWall(rule.until, isAllDay, zones)
    const walls = expandRule(clock, start.wall, { ...bounds, ...(until === undefined ? {} : { until }) }, budget)
    for (const wall of walls) {
      const instant = start.zone.toInstant(wall)
      if (wall === start.wall || isAllDay || isUntil(rule, instant)) starts.push({ ...start, wall, instant })
    }
  }
  const extra = placed.extraStarts.filter(({ wall, length }) => wall + secondsOf(length) > from && wall < to)
  return [...starts, ...extra].filter((each) => !placed.exceptions.has(each, isAllDay))
}

/** Wall times of the person at which an occurrence begins and ends. */
export function periodOf({ zone, wall, instant, length }: Start, isAllDay: boolean, person: PersonZone) {
  if (isAllDay) return { start: wall, end: wall + secondsOf(length) }
  const nominal =
    'wall' in length
      ? zone.toInstant(wall + length.wall)
      : zone.toInstant(wall + length.days * DAY_SECONDS) + length.seconds
  // Around a clock change an end on the clock may not come after its start; then the length decides.
  const end = nominal > instant ? nominal : instant + secondsOf(length)
  return { start: person.toWall(instant), end: person.toWallEnd(end) }
}

/** Moments that name occurrences: by instant, or by day where one side is a mere date. */
export class MomentSet {
  readonly #instants = new Set<number>()
  readonly #dates = new Set<DayNumber>()
  readonly #days = new Set<DayNumber>()
  constructor(times: readonly IcsTime[], zones: FeedZones) {
    for (const time of times) {
      this.#days.add(dayNumberOf(time.wall))
      if (time.form === 'date') this.#dates.add(dayNumberOf(time.wall))
      else this.#instants.add(instantOf(time, zones))
    }
  }
  has({ wall, instant }: Start, isAllDay: boolean): boolean {
    const day = dayNumberOf(wall)
    return isAllDay ? this.#days.has(day) : this.#instants.has(instant) || this.#dates.has(day)
  }
}

function* timesOf(event: Vevent, start: IcsTime): Generator<readonly [string, IcsTime]> {
  yield ['DTSTART', start]
  if (event.end) yield ['DTEND', event.end]
  if (event.replaces) yield ['RECURRENCE-ID', event.replaces]
  for (const time of event.exceptTimes) yield ['EXDATE', time]
  for (const { start: extra } of event.extraTimes) yield ['RDATE', extra]
}

/** Only for times whose zone was found. */
function zoneOf(time: IcsTime, zones: FeedZones): FeedZone {
  if (time.form === 'date') return DATES
  if (time.form === 'utc') return ianaZone('UTC')
  return (time.form === 'zoned' ? zones.find(time.tzid) : undefined) ?? zones.floating
}
/** Only for times whose zone was found. */
export const instantOf = (time: IcsTime, zones: FeedZones): number => zoneOf(time, zones).toInstant(time.wall)
function startOf(time: IcsTime, length: Length, zones: FeedZones): Start {
  const zone = zoneOf(time, zones)
  return { zone, wall: time.wall, instant: zone.toInstant(time.wall), length }
}

function lengthOf(
  start: IcsTime,
  end: IcsTime | undefined,
  duration: IcsDuration | undefined,
  zones: FeedZones,
): Length | string {
  if (end) {
    if ((end.form === 'date') !== (start.form === 'date')) return 'DTSTART and DTEND must both be dates or both times.'
    const [from, to] = [zoneOf(start, zones), zoneOf(end, zones)]
    const wall = end.wall - start.wall
    const seconds = from === to ? wall : to.toInstant(end.wall) - from.toInstant(start.wall)
    if (seconds < 0) return 'DTEND lies before DTSTART.'
    if (start.form === 'date') return { wall: Math.max(wall, DAY_SECONDS) }
    if (seconds === 0) return 'DTEND equals DTSTART, so nobody knows how long the entry takes.'
    return from === to ? { wall } : { days: 0, seconds }
  }
  if (duration) {
    const seconds = duration.days * DAY_SECONDS + duration.seconds
    if (start.form === 'date') return { wall: Math.max(1, Math.ceil(seconds / DAY_SECONDS)) * DAY_SECONDS }
    return seconds === 0 ? 'DURATION is zero, so nobody knows how long the entry takes.' : duration
  }
  if (start.form === 'date') return { wall: DAY_SECONDS }
  return 'DTEND is missing, so nobody knows how long the entry takes.'
}
const secondsOf = (length: Length) => ('wall' in length ? length.wall : length.days * DAY_SECONDS + length.seconds)

/** Last wall time a rule can reach; for an instant a day too generous, the exact check follows. */
function lastWall(until: IcsTime, isAllDay: boolean, zones: FeedZones): WallSeconds {
  const endOfDay = (wall: WallSeconds) => (dayNumberOf(wall) + 1) * DAY_SECONDS - 1
  if (until.form === 'date') return endOfDay(until.wall)
  // Writers of all-day rules give UNTIL as midnight UTC or as local midnight: the later day of the two loses nothing.
  if (isAllDay)
    return endOfDay(until.form === 'utc' ? Math.max(until.wall, zones.person.toWall(until.wall)) : until.wall)
  return until.form === 'utc' ? until.wall + DAY_SECONDS : until.wall
}
const isUntil = ({ until }: RecurrenceRule, instant: number) => until?.form !== 'utc' || instant <= until.wall
