import type { StoredEvent } from './event-store.ts'
import type { Recurrence, RecurrencePattern } from './recurrence.ts'
import {
  dateText,
  dayOf,
  dayOfDate,
  instantOf,
  instantToWall,
  type Moment,
  wallOf,
  wallToInstant,
} from './zone-clock.ts'

const DAY_MS = 86_400_000
/** A pattern that never matches again (30 February cannot happen here, but a range may be long) must not loop for ever. */
const LAST_DAY = dayOfDate('2500-01-01')
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** One date of a series as the pattern gives it; `date` is its wall date in the series' own zone. */
export type Occurrence = { readonly date: string; readonly startMs: number; readonly endMs: number }

type Expansion = {
  readonly key: string
  readonly dates: Iterator<number>
  readonly found: Occurrence[]
  readonly byDate: Map<string, number>
  complete: boolean
}
const expansions = new WeakMap<Recurrence, Expansion>()

/**
 * Dates of a series that begin before an instant, in order, cancelled ones included. Expanded in the zone of the
 * master's start, date by date, so the wall time stays over clock changes ("recurrenceRange resource type").
 */
export function occurrencesBefore(event: StoredEvent, untilMs: number): readonly Occurrence[] {
  const expansion = expansionOf(event)
  if (!expansion) return []
  while (!expansion.complete && (expansion.found.at(-1)?.startMs ?? Number.NEGATIVE_INFINITY) < untilMs) {
    grow(event, expansion)
  }
  return expansion.found
}

/** The pattern's occurrence on a date, with its neighbours' position in the list. */
export function occurrenceOn(event: StoredEvent, date: string): { occurrence: Occurrence; index: number } | undefined {
  if (!event.recurrence || !/^\d{4}-\d\d-\d\d$/.test(date)) return undefined
  occurrencesBefore(event, dayOfDate(date) * DAY_MS + 3 * DAY_MS)
  const expansion = expansionOf(event)
  const index = expansion?.byDate.get(date)
  const occurrence = index === undefined ? undefined : expansion?.found[index]
  return occurrence && index !== undefined ? { occurrence, index } : undefined
}

/** Index of the first occurrence that starts at or after an instant, among those found so far. */
export function firstIndexAtOrAfter(found: readonly Occurrence[], instantMs: number): number {
  let low = 0
  let high = found.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((found[middle]?.startMs ?? 0) < instantMs) low = middle + 1
    else high = middle
  }
  return low
}

function expansionOf(event: StoredEvent): Expansion | undefined {
  const { recurrence, start, end } = event
  if (!recurrence) return undefined
  const key = [start.dateTime, start.timeZone, end.dateTime, end.timeZone].join('|')
  const known = expansions.get(recurrence)
  if (known?.key === key) return known
  const expansion = { key, dates: datesOf(recurrence, start), found: [], byDate: new Map(), complete: false }
  expansions.set(recurrence, expansion)
  return expansion
}

function grow({ start, end }: StoredEvent, expansion: Expansion): void {
  const step = expansion.dates.next()
  if (step.done) {
    expansion.complete = true
    return
  }
  const zone = start.timeZone
  const timeOfDay = wallOf(start) - dayOf(wallOf(start)) * DAY_MS
  const wallDuration = wallInZone(end, zone) - wallOf(start)
  const wall = step.value * DAY_MS + timeOfDay
  const startMs = wallToInstant(wall, zone)
  // A clock change inside the occurrence must not turn its end before its start.
  const endMs = Math.max(wallToInstant(wall + wallDuration, zone), startMs)
  const date = dateText(step.value)
  expansion.byDate.set(date, expansion.found.length)
  expansion.found.push({ date, startMs, endMs })
}

function wallInZone(moment: Moment, zone: string): number {
  return moment.timeZone === zone ? wallOf(moment) : instantToWall(instantOf(moment), zone)
}

/** Days (since 1970) that pattern and range allow, in order. */
function* datesOf({ pattern, range }: Recurrence, start: Moment): Generator<number> {
  const first = dayOf(wallOf(start))
  const last = range.type === 'endDate' ? Math.min(dayOfDate(range.endDate), LAST_DAY) : LAST_DAY
  let left = range.type === 'numbered' ? range.numberOfOccurrences : Number.POSITIVE_INFINITY
  for (const day of patternDays(pattern, first)) {
    if (day > last) return
    if (day < first) continue
    yield day
    left--
    if (left <= 0) return
  }
}

function* patternDays(pattern: RecurrencePattern, first: number): Generator<number> {
  const { interval } = pattern
  if (pattern.type === 'daily') {
    for (let day = first; ; day += interval) yield day
  }
  if (pattern.type === 'weekly') {
    const weekStart = first - ((weekdayOf(first) - WEEKDAYS.indexOf(pattern.firstDayOfWeek) + 7) % 7)
    const offsets = WEEKDAYS.flatMap((name, weekday) =>
      pattern.daysOfWeek.includes(name) ? [(weekday - WEEKDAYS.indexOf(pattern.firstDayOfWeek) + 7) % 7] : [],
    ).sort((a, b) => a - b)
    for (let week = weekStart; ; week += 7 * interval) for (const offset of offsets) yield week + offset
  }
  const origin = new Date(first * DAY_MS)
  const isYearly = pattern.type === 'absoluteYearly' || pattern.type === 'relativeYearly'
  const isRelative = pattern.type === 'relativeMonthly' || pattern.type === 'relativeYearly'
  const months = isYearly ? 12 * interval : interval
  const from = origin.getUTCFullYear() * 12 + (isYearly ? pattern.month - 1 : origin.getUTCMonth())
  for (let month = from; ; month += months) {
    const [year, index] = [Math.floor(month / 12), month % 12]
    yield isRelative ? relativeDay(pattern, year, index) : absoluteDay(pattern.dayOfMonth, year, index)
  }
}

const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7
const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()

/** Day 31 (or 29 February) of a shorter month is its last day. */
function absoluteDay(dayOfMonth: number, year: number, month: number): number {
  return dayOf(Date.UTC(year, month, Math.min(dayOfMonth, lengthOf(year, month))))
}

/** The nth (or last) day of the month among the allowed weekdays. */
function relativeDay(pattern: RecurrencePattern, year: number, month: number): number {
  const firstOfMonth = dayOf(Date.UTC(year, month, 1))
  const allowed: number[] = []
  for (let day = firstOfMonth; day < firstOfMonth + lengthOf(year, month); day++) {
    if (pattern.daysOfWeek.includes(WEEKDAYS[weekdayOf(day)] ?? '')) allowed.push(day)
  }
  const position = ['first', 'second', 'third', 'fourth'].indexOf(pattern.index)
  return (position < 0 ? allowed.at(-1) : allowed[position]) ?? firstOfMonth
}
