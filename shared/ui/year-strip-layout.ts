import { Temporal } from 'temporal-polyfill'

export type StripWindow = {
  /** Wall dates in the strip's zone, `to` exclusive. */
  readonly from: string
  readonly to: string
  /** The meeting placed in it, if any; half-open, RFC 3339 in UTC. */
  readonly startsAt?: string
  readonly endsAt?: string
}

type StripMonth = {
  /** First day, YYYY-MM-DD. */
  readonly firstDay: string
  readonly left: number
  readonly width: number
}
export type StripItem = {
  /** Index into the given windows. */
  readonly window: number
  /** Where its band lies, in percent of the row. */
  readonly left: number
  readonly width: number
  /** Where its meeting lies, in percent of the row; absent without a meeting. */
  readonly marker?: number
}
export type StripRow = { readonly months: readonly StripMonth[]; readonly items: readonly StripItem[] }

const MONTHS_AT_LEAST = 12
const MONTHS_IN_ONE_ROW = 14

/**
 * Where months, windows and meetings lie on a strip of whole months: one row up to 14 months, else rows of 12. A window
 * stands in the row of its meeting (of its first day, without one) and is cut at that row's ends.
 */
export function layOutYear(windows: readonly StripWindow[], timeZone: string): StripRow[] {
  const spans = windows.map(({ from, to, startsAt }) => ({
    from: Temporal.PlainDate.from(from),
    to: Temporal.PlainDate.from(to),
    meeting: startsAt === undefined ? undefined : Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone),
  }))
  const days = spans.flatMap(({ from, to, meeting }) => [
    from,
    to.subtract({ days: 1 }),
    ...(meeting ? [meeting.toPlainDate()] : []),
  ])
  const [first, last] = [days.reduce(earlier, days[0]), days.reduce(later, days[0])]
  if (!first || !last) return []

  const start = first.toPlainYearMonth()
  const months = start.until(last.toPlainYearMonth(), { largestUnit: 'months' }).months + 1
  const inRow = months <= MONTHS_IN_ONE_ROW ? Math.max(months, MONTHS_AT_LEAST) : MONTHS_AT_LEAST
  return Array.from({ length: Math.ceil(months / inRow) }, (_, row) => {
    const rowStart = start.add({ months: row * inRow }).toPlainDate({ day: 1 })
    const rowEnd = rowStart.add({ months: inRow })
    const total = rowStart.until(rowEnd).days
    const percent = (date: Temporal.PlainDate) => {
      const day = rowStart.until(date).days
      return (Math.min(total, Math.max(0, day)) / total) * 100
    }
    return {
      months: Array.from({ length: inRow }, (_, index) => {
        const day = rowStart.add({ months: index })
        return { firstDay: day.toString(), left: percent(day), width: (day.daysInMonth / total) * 100 }
      }),
      items: spans.flatMap(({ from, to, meeting }, window): StripItem[] => {
        const at = meeting?.toPlainDate()
        if (!isWithin(at ?? from, rowStart, rowEnd)) return []
        const left = percent(from)
        const item = { window, left, width: Math.max(0, percent(to) - left) }
        return [at ? { ...item, marker: percent(at) + 50 / total } : item]
      }),
    }
  })
}

const earlier = (a: Temporal.PlainDate | undefined, b: Temporal.PlainDate) =>
  a && Temporal.PlainDate.compare(a, b) <= 0 ? a : b
const later = (a: Temporal.PlainDate | undefined, b: Temporal.PlainDate) =>
  a && Temporal.PlainDate.compare(a, b) >= 0 ? a : b
const isWithin = (date: Temporal.PlainDate, start: Temporal.PlainDate, end: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(start, date) <= 0 && Temporal.PlainDate.compare(date, end) < 0
