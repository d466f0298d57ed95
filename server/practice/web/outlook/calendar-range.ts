import type { Temporal } from 'temporal-polyfill'

export type CalendarView = 'week' | 'month'

/** Monday of the week of a date. */
const mondayOf = (date: Temporal.PlainDate): Temporal.PlainDate => date.subtract({ days: date.dayOfWeek - 1 })

/** The days that a view shows, whole weeks from Monday on. */
export function daysOf(view: CalendarView, date: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const first = mondayOf(view === 'week' ? date : date.with({ day: 1 }))
  const lastOfMonth = date.with({ day: date.daysInMonth })
  const last = view === 'week' ? first : mondayOf(lastOfMonth)
  const count = first.until(last).days + 7
  return Array.from({ length: count }, (_, index) => first.add({ days: index }))
}

/** A step back or on. From the 31st, a month on is its last day. */
export const stepFrom = (view: CalendarView, date: Temporal.PlainDate, steps: -1 | 1): Temporal.PlainDate =>
  date.add(view === 'week' ? { weeks: steps } : { months: steps })

/** "November 2026", or "Nov 2 – 8, 2026" of a week. */
export function rangeText(view: CalendarView, date: Temporal.PlainDate, locale: string): string {
  if (view === 'month') return date.toLocaleString(locale, { month: 'long', year: 'numeric' })
  const monday = mondayOf(date)
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
  // Noon in UTC keeps a calendar date what it is.
  const noon = (day: Temporal.PlainDate) => new Date(`${day.toString()}T12:00:00Z`)
  return days.formatRange(noon(monday), noon(monday.add({ days: 6 })))
}
