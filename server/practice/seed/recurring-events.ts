import { civilDate, type DayNumber, dateText, dayNumber, daysInMonth, weekdayOf } from '../../feeds/wall-seconds.ts'
import type { CastKey } from './cast.ts'
import { windowsZoneOf } from './people.ts'
import type { SeedSpan } from './seed-time.ts'

/** What is posted to Graph to make one calendar item ("Create event"). */
export type EventBody = Readonly<Record<string, unknown>>
export type EventLook = {
  readonly subject: string
  /** `HH:MM`; left out: the whole day. */
  readonly time?: readonly [string, string]
  readonly showAs?: 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere'
  readonly isPrivate?: true
  readonly days?: number
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const INDEXES = ['first', 'second', 'third', 'fourth'] as const

/** One item of one day, or of several whole days, in the person's zone. */
export function singleEvent(key: CastKey, day: DayNumber, look: EventLook): EventBody {
  const timeZone = windowsZoneOf(key)
  const [start, end] = look.time ?? ['00:00', '00:00']
  const last = look.time ? day : day + (look.days ?? 1)
  return {
    subject: look.subject,
    start: { dateTime: `${dateText(day)}T${start}:00`, timeZone },
    end: { dateTime: `${dateText(last)}T${end}:00`, timeZone },
    showAs: look.showAs ?? 'busy',
    isReminderOn: false,
    ...(look.time ? {} : { isAllDay: true }),
    ...(look.isPrivate ? { sensitivity: 'private' } : {}),
  }
}

/** Every so many weeks on some weekdays (1 = Monday), from the first of them in the span to its end. */
export function weeklyEvent(
  key: CastKey,
  span: SeedSpan,
  look: EventLook,
  weekdays: readonly number[],
  interval = 1,
): EventBody {
  const first = firstDay(span, (day) => weekdays.includes(weekdayOf(day)))
  const daysOfWeek = weekdays.map((weekday) => WEEKDAYS[weekday - 1])
  // Sent always: left out, Graph takes Sunday as the week's first day.
  return recurring(key, span, first, look, { type: 'weekly', interval, daysOfWeek, firstDayOfWeek: 'monday' })
}

/** The nth (1-4) or last (-1) weekday of every month. */
export function monthlyEvent(key: CastKey, span: SeedSpan, look: EventLook, weekday: number, nth: number): EventBody {
  const first = firstDay(span, (day) => weekdayOf(day) === weekday && isNth(day, nth))
  const index = nth < 0 ? 'last' : INDEXES[nth - 1]
  const daysOfWeek = [WEEKDAYS[weekday - 1]]
  return recurring(key, span, first, look, { type: 'relativeMonthly', interval: 1, daysOfWeek, index })
}

/** On the same date of every year. */
export function yearlyEvent(
  key: CastKey,
  span: SeedSpan,
  look: EventLook,
  month: number,
  dayOfMonth: number,
): EventBody {
  const first = firstDay(span, (day) => civilDate(day).month === month && civilDate(day).day === dayOfMonth)
  return recurring(key, span, first, look, { type: 'absoluteYearly', interval: 1, month, dayOfMonth })
}

function recurring(key: CastKey, span: SeedSpan, first: DayNumber, look: EventLook, pattern: EventBody): EventBody {
  const range = {
    type: 'endDate',
    startDate: dateText(first),
    endDate: dateText(span.to - 1),
    recurrenceTimeZone: windowsZoneOf(key),
  }
  return { ...singleEvent(key, first, look), recurrence: { pattern, range } }
}

function firstDay({ from, to }: SeedSpan, fits: (day: DayNumber) => boolean): DayNumber {
  for (let day = from; day < to; day++) if (fits(day)) return day
  throw new RangeError('The seeded year has no such day.')
}
function isNth(day: DayNumber, nth: number): boolean {
  const { year, month, day: date } = civilDate(day)
  if (nth < 0) return date > daysInMonth(year, month) - 7
  return dayNumber(year, month, (nth - 1) * 7 + 1) <= day && date <= nth * 7
}
