import { modulo } from './clinic-spans.ts'
import { dateOfMonth, nthWeekday, weekdayOf } from './month-dates.ts'
import { civilOfDay } from './time-text.ts'
import type { RecurrencePattern } from './types.ts'

/** The day of the n-th period of a pattern counted from the period that holds `start`; it may lie before `start`. */
export function dayOfOccurrence(pattern: RecurrencePattern, start: number): (index: number) => number {
  if (pattern.kind === 'weekly') {
    const monday = start - modulo(start + 3, 7)
    return (index) => monday + pattern.weekday - 1 + index * pattern.interval * 7
  }
  const { year, month } = civilOfDay(start)
  const startMonth = year * 12 + month - 1
  return pattern.kind === 'monthly-by-day'
    ? (index) => dateOfMonth(startMonth + index * pattern.interval, pattern.day)
    : (index) => nthWeekday(startMonth + index * pattern.interval, pattern.weekday, pattern.index)
}

/**
 * Patterns that have an occurrence on a day, without their interval: its weekday, its place in the month from the
 * front and, where it is one of the last seven days, from the back, and its day of the month.
 */
export function patternsOn(epochDay: number): readonly ((interval: number) => RecurrencePattern)[] {
  const weekday = weekdayOf(epochDay)
  const { year, month, day } = civilOfDay(epochDay)
  const isLast = nthWeekday(year * 12 + month - 1, weekday, 'last') === epochDay
  const index = (['first', 'second', 'third', 'fourth'] as const)[Math.floor((day - 1) / 7)]
  const patterns: ((interval: number) => RecurrencePattern)[] = [(interval) => ({ kind: 'weekly', interval, weekday })]
  if (index) patterns.push((interval) => ({ kind: 'monthly-by-weekday', interval, weekday, index }))
  if (isLast) patterns.push((interval) => ({ kind: 'monthly-by-weekday', interval, weekday, index: 'last' }))
  patterns.push((interval) => ({ kind: 'monthly-by-day', interval, day }))
  if (day >= 28 && dateOfMonth(year * 12 + month - 1, 31) === epochDay && day < 31) {
    // The last day of a short month may stand for any later day.
    for (let later = day + 1; later <= 31; later++) {
      patterns.push((interval) => ({ kind: 'monthly-by-day', interval, day: later }))
    }
  }
  return patterns
}
