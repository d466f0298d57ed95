import { DomainError } from '../domain/errors.ts'
import { alignSeries, type SeriesAlignment, type WallMeeting } from './align-series.ts'
import { instantOfWall, type OffsetTable, offsetTable, wallOfInstant } from './offset-table.ts'
import { dayOfOccurrence } from './recurrence-days.ts'
import {
  civilOfDay,
  dateText,
  instantText,
  MINUTES_PER_DAY,
  readDate,
  readInstant,
  readTime,
  timeText,
} from './time-text.ts'
import type { EventShape, InstantText, RecurrencePattern, RecurrenceRange, WallDate, WallTime } from './types.ts'

/** Exchange's own limit of occurrences. */
const OCCURRENCES_MAX = 999
/** Zone rules are guesses long before that. */
const YEARS_MAX = 100

/**
 * The instants of a recurring event exactly as Exchange computes them, in order. Unlike RRULE, day 29 to 31 of a month
 * that is shorter is that month's last day. Weeks begin on Monday (`firstDayOfWeek` is always sent so). The wall time
 * is resolved date by date in `timeZone`; a skipped one moves forward, a doubled one is the earlier. A range that
 * starts off the pattern has its first occurrence later.
 * Graph docs: "recurrencePattern", "recurrenceRange".
 * @throws DomainError `invalid-plan` for impossible numbers or texts, `unknown-time-zone`, `too-large` beyond 100 years
 */
export function expandRecurrence(
  pattern: RecurrencePattern,
  range: RecurrenceRange,
  timeZone: string,
  startTime: WallTime,
): readonly InstantText[] {
  const time = readTime(startTime, 'startTime')
  const tableOf = tableByYear(timeZone)
  return recurrenceDays(pattern, range).map((day) =>
    instantText(instantOfWall(tableOf(day), day * MINUTES_PER_DAY + time)),
  )
}

/** The wall dates of `expandRecurrence`. */
export const recurrenceDates = (pattern: RecurrencePattern, range: RecurrenceRange): readonly WallDate[] =>
  recurrenceDays(pattern, range).map(dateText)

function recurrenceDays(pattern: RecurrencePattern, range: RecurrenceRange): readonly number[] {
  const start = readDate(range.startDate, 'range.startDate')
  assertWhole('range.count', range.count, 1, OCCURRENCES_MAX)
  assertWhole('pattern.interval', pattern.interval, 1, 99)
  if (pattern.kind === 'monthly-by-day') assertWhole('pattern.day', pattern.day, 1, 31)
  else assertWhole('pattern.weekday', pattern.weekday, 1, 7)
  const dayAt = dayOfOccurrence(pattern, start)
  const skipped = dayAt(0) < start ? 1 : 0
  const days = Array.from({ length: range.count }, (_, index) => dayAt(index + skipped))
  if ((days.at(-1) ?? 0) - start > YEARS_MAX * 366) {
    throw new DomainError('too-large', 'A recurring event may last at most 100 years.')
  }
  return days
}

function assertWhole(path: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  const message = `must be a whole number from ${min} to ${max}`
  throw new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])
}

/** The zone's table for the year of an epoch day. */
function tableByYear(timeZone: string): (epochDay: number) => OffsetTable {
  const tables = new Map<number, OffsetTable>()
  return (epochDay) => {
    const { year } = civilOfDay(epochDay)
    const table = tables.get(year) ?? offsetTable(timeZone, year, year)
    tables.set(year, table)
    return table
  }
}

/**
 * Packs meetings into the fewest calendar items: one recurring event where Graph can express a pattern that holds at
 * least three of them and more than half of its occurrences stay as computed, and single events for the rest. Other
 * meetings become moved occurrences where no neighbour's day is touched; an occurrence without a meeting is dropped and
 * still counts as a neighbour (whether Exchange lets others pass it is not documented). Items come in order of their
 * first meeting.
 * @param meetings in any order; `minutes` is each meeting's length
 * @param timeZone IANA zone in which the event is anchored: patterns are looked for on its wall clock
 * @throws DomainError `invalid-plan` for a malformed start, `unknown-time-zone`
 */
export function shapeEvents(
  meetings: readonly { readonly start: InstantText; readonly minutes: number }[],
  timeZone: string,
): readonly EventShape[] {
  const tableOf = tableByYear(timeZone)
  const walls = meetings
    .map(({ start, minutes }, index): WallMeeting => {
      const instant = readInstant(start, `meetings[${index}].start`)
      const wall = wallOfInstant(tableOf(Math.floor(instant / MINUTES_PER_DAY)), instant)
      const day = Math.floor(wall / MINUTES_PER_DAY)
      return { index, instant, day, time: wall - day * MINUTES_PER_DAY, minutes }
    })
    .sort((a, b) => a.instant - b.instant || a.index - b.index)
  const startsOn = (day: number, time: number) => instantOfWall(tableOf(day), day * MINUTES_PER_DAY + time)
  const series = alignSeries(walls, startsOn)
  const inSeries = new Set(series?.occurrences.map(({ meeting }) => meeting))
  const shapes: { readonly at: number; readonly shape: EventShape }[] = walls
    .filter((meeting) => !inSeries.has(meeting))
    .map(({ index, instant }) => ({ at: instant, shape: { kind: 'single', meeting: index } }))
  if (series) shapes.push({ at: firstInstant(series), shape: recurringShape(series, timeZone) })
  return shapes.sort((a, b) => a.at - b.at).map(({ shape }) => shape)
}

const firstInstant = ({ occurrences }: SeriesAlignment): number =>
  occurrences.find(({ meeting }) => meeting)?.meeting?.instant ?? 0

function recurringShape({ pattern, time, minutes, occurrences }: SeriesAlignment, timeZone: string): EventShape {
  const later = occurrences.flatMap(({ day, meeting, change }, index) =>
    change === 'moved' && meeting && meeting.day > day ? [index] : [],
  )
  const others = occurrences.flatMap(({ day, meeting, change }, index) =>
    change === 'moved' && meeting && meeting.day <= day ? [index] : [],
  )
  return {
    kind: 'recurring',
    timeZone,
    startTime: timeText(time),
    minutes,
    pattern,
    range: { startDate: dateText(occurrences[0]?.day ?? 0), count: occurrences.length },
    occurrences: occurrences.map(({ day, meeting, change }) => ({
      date: dateText(day),
      change,
      ...(meeting ? { meeting: meeting.index } : {}),
    })),
    // The final days ascend, so the last of those that move later goes first and clears the way; then the first of
    // those that move earlier.
    moves: [...later.reverse(), ...others],
  }
}
