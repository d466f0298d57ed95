import { modulo } from './clinic-spans.ts'
import { civilOfDay, dayOfCivil, daysInMonth } from './time-text.ts'
import type { Weekday, WeekIndex } from './types.ts'

/** Months are counted since year 0: `year * 12 + month - 1`. Days are epoch days. */

/** Epoch day of a day of a month; a day the month does not have is its last (as Exchange does, unlike RRULE). */
export function dateOfMonth(monthCount: number, day: number): number {
  const year = Math.floor(monthCount / 12)
  const month = modulo(monthCount, 12) + 1
  return dayOfCivil(year, month, Math.min(day, daysInMonth(year, month)))
}

/** The day `months` months after a day; short months end early. */
export function monthsAfter(epochDay: number, months: number): number {
  const { year, month, day } = civilOfDay(epochDay)
  return dateOfMonth(year * 12 + month - 1 + months, day)
}

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (epochDay: number): Weekday => (modulo(epochDay + 3, 7) + 1) as Weekday // modulo 7 plus 1

const WEEKS: Record<Exclude<WeekIndex, 'last'>, number> = { first: 0, second: 1, third: 2, fourth: 3 }

/** Epoch day of e.g. the second Tuesday, or the last one, of a month. */
export function nthWeekday(monthCount: number, weekday: Weekday, index: WeekIndex): number {
  if (index === 'last') {
    const last = dateOfMonth(monthCount, 31)
    return last - modulo(weekdayOf(last) - weekday, 7)
  }
  const first = dateOfMonth(monthCount, 1)
  return first + modulo(weekday - weekdayOf(first), 7) + WEEKS[index] * 7
}
