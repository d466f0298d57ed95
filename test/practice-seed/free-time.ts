import { Temporal } from 'temporal-polyfill'
import { readCsvRoster } from '../../server/feeds/read-csv-roster.ts'
import { readIcs } from '../../server/feeds/read-ics.ts'
import type { ReadFeed } from '../../server/feeds/types.ts'
import { CAST_KEYS, type CastKey, memberOf, zoneOf } from '../../server/practice/seed/cast.ts'
import { eventsOf } from '../../server/practice/seed/events.ts'
import { personIdOf, practiceUsers, principalNameOf } from '../../server/practice/seed/people.ts'
import { programmeSeed } from '../../server/practice/seed/programme-seed.ts'
import type { EventBody } from '../../server/practice/seed/recurring-events.ts'

const SLOT_MS = 15 * 60_000
const CLINIC_BUFFER_MINUTES = 15
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** Everybody's clinical schedule as the service reads it from the seeded files. */
export function readSeededFeeds(today: Temporal.PlainDate): ReadonlyMap<CastKey, ReadFeed> {
  const seed = programmeSeed(today)
  const period = { from: today.subtract({ days: 31 }).toString(), to: today.add({ days: 420 }).toString() }
  const base = { codeMap: seed.codeMap, timeZone: seed.programme.timeZone, ...period }
  const keyOfId = new Map(CAST_KEYS.map((key) => [personIdOf(key), key]))
  const keyOfName = new Map(CAST_KEYS.map((key) => [principalNameOf(key), key]))
  const feeds = new Map<CastKey, ReadFeed>()
  for (const { personId, text, timeZone } of seed.icsSources) {
    feeds.set(keyOfId.get(personId)!, readIcs(text, { ...base, timeZone }))
  }
  for (const { text } of seed.rosters) {
    const roster = readCsvRoster(text, base, (name) => {
      const key = keyOfName.get(name)
      return key && zoneOf(key)
    })
    if (roster.problems.length > 0) throw new Error(JSON.stringify(roster.problems))
    for (const [name, feed] of roster.people) feeds.set(keyOfName.get(name)!, feed)
  }
  return feeds
}

/** Quarter hours of one person, free or not, found by walking every one of them: slow and plain on purpose. */
export class FreeTime {
  readonly #first: number
  readonly #free: Uint8Array
  constructor(key: CastKey, feed: ReadFeed | undefined, today: Temporal.PlainDate, days: readonly Day[]) {
    const zone = zoneOf(key)
    this.#first = days[0]!.date.toZonedDateTime('UTC').epochMilliseconds
    this.#free = new Uint8Array((days.length * 24 * 60) / 15)
    const user = practiceUsers().find(({ id }) => id === personIdOf(key))!
    const { daysOfWeek, startTime, endTime } = user.workingHours
    for (const { date, text } of days) {
      if (!daysOfWeek.includes(WEEKDAYS[date.dayOfWeek - 1]!)) continue
      this.#set(
        instantOf(`${text}T${startTime.slice(0, 5)}`, zone),
        instantOf(`${text}T${endTime.slice(0, 5)}`, zone),
        1,
      )
    }
    for (const { start: from, end: to, kind, hardness } of feed?.blocks ?? []) {
      if (hardness === 'soft' || to < days[0]!.text) continue
      const buffer = kind === 'clinic' ? CLINIC_BUFFER_MINUTES * 60_000 : 0
      this.#set(instantOf(from, zone) - buffer, instantOf(to, zone) + buffer, 0)
    }
    for (const event of eventsOf(key, today)) {
      if (event['showAs'] === 'free' || event['showAs'] === 'workingElsewhere') continue
      for (const [from, to] of walkEvent(event, days)) this.#set(instantOf(from, zone), instantOf(to, zone), 0)
    }
  }
  #set(from: number, to: number, value: 0 | 1) {
    const first = Math.floor((from - this.#first) / SLOT_MS)
    const last = Math.ceil((to - this.#first) / SLOT_MS)
    for (let slot = Math.max(0, first); slot < Math.min(last, this.#free.length); slot++) this.#free[slot] = value
  }
  isFree(fromMs: number, minutes: number): boolean {
    const first = (fromMs - this.#first) / SLOT_MS
    for (let slot = first; slot < first + minutes / 15; slot++) if (this.#free[slot] !== 1) return false
    return true
  }
}

/** Starts at which both are free for `minutes`, on the days [from, to) of `zone`. */
export function commonStarts(
  a: FreeTime,
  b: FreeTime,
  zone: string,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  minutes: number,
) {
  const starts: number[] = []
  const end = to.toZonedDateTime(zone).epochMilliseconds
  for (let at = from.toZonedDateTime(zone).epochMilliseconds; at < end; at += SLOT_MS) {
    if (a.isFree(at, minutes) && b.isFree(at, minutes)) starts.push(at)
  }
  return starts
}

/** Wall times of an item, found day by day from its pattern. */
function* walkEvent(event: EventBody, dates: readonly Day[]): Generator<readonly [string, string]> {
  const { start, end, recurrence } = event as Shape
  const first = Temporal.PlainDate.from(start.dateTime.slice(0, 10))
  const [startTime, endTime] = [start.dateTime.slice(10, 16), end.dateTime.slice(10, 16)]
  if (!recurrence) return yield [`${first}${startTime}`, `${end.dateTime.slice(0, 10)}${endTime}`]
  const isWholeDay = start.dateTime.slice(0, 10) !== end.dateTime.slice(0, 10)
  const monday = first.subtract({ days: first.dayOfWeek - 1 })
  const offset = monday.until(dates[0]!.date).days
  for (const [index, { text, date, next }] of dates.entries()) {
    if (text < `${first}` || text > recurrence.range.endDate) continue
    if (!fits(recurrence.pattern, date, Math.floor((index + offset) / 7))) continue
    yield [`${text}${startTime}`, `${isWholeDay ? next : text}${endTime}`]
  }
}
function fits(pattern: Pattern, date: Temporal.PlainDate, week: number): boolean {
  if (pattern.type === 'absoluteYearly') return date.month === pattern.month && date.day === pattern.dayOfMonth
  if (!pattern.daysOfWeek?.includes(WEEKDAYS[date.dayOfWeek - 1]!)) return false
  if (pattern.type === 'weekly') return week % pattern.interval === 0
  if (pattern.index === 'last') return date.day > date.daysInMonth - 7
  return ['first', 'second', 'third', 'fourth'].indexOf(pattern.index ?? '') === Math.floor((date.day - 1) / 7)
}
type Day = { readonly date: Temporal.PlainDate; readonly text: string; readonly next: string }
function listDays(first: Temporal.PlainDate, count: number): readonly Day[] {
  const dates = Array.from({ length: count + 1 }, (_, index) => first.add({ days: index }))
  return dates.slice(0, count).map((date, index) => ({ date, text: `${date}`, next: `${dates[index + 1]}` }))
}
type Pattern = {
  readonly type: string
  readonly interval: number
  readonly daysOfWeek?: readonly string[]
  readonly index?: string
  readonly month?: number
  readonly dayOfMonth?: number
}
type Shape = {
  readonly start: { readonly dateTime: string }
  readonly end: { readonly dateTime: string }
  readonly recurrence?: { readonly pattern: Pattern; readonly range: { readonly endDate: string } }
}

const instantOf = (wall: string, zone: string) =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds
/** Everybody's free time from the day before yesterday on, for 420 days. */
export function freeTimes(today: Temporal.PlainDate, feeds: ReadonlyMap<CastKey, ReadFeed>) {
  const days = listDays(today.subtract({ days: 2 }), 420)
  const people = CAST_KEYS.filter((key) => memberOf(key).kind !== 'room')
  return new Map(people.map((key) => [key, new FreeTime(key, feeds.get(key), today, days)]))
}
