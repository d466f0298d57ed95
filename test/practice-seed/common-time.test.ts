import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { zoneOf } from '../../server/practice/seed/cast.ts'
import { PAIRINGS } from '../../server/practice/seed/pairs.ts'
import { MEETING_PLANS } from '../../shared/templates/meeting-plans.ts'
import { commonStarts, freeTimes, readSeededFeeds } from './free-time.ts'

const MINUTES = 45
const windows = MEETING_PLANS.find(({ id }) => id === 'plan.year1')!.meetings.map(({ windowDays }) => windowDays!)

/** How many of twelve meetings on the best "nth weekday of the month" have no common time. */
function monthlyMisses(
  free: ReturnType<typeof freeTimes>,
  { mentee, mentor }: (typeof PAIRINGS)[number],
  today: Temporal.PlainDate,
) {
  const [a, b] = [free.get(mentee)!, free.get(mentor)!]
  let best = 12
  for (let weekday = 1; weekday <= 5; weekday++) {
    for (let nth = 0; nth < 4; nth++) {
      for (let quarter = 8 * 4; quarter < 16 * 4; quarter++) {
        const misses = Array.from({ length: 12 }, (_, month) => {
          const first = today.with({ day: 1 }).add({ months: month + 1 })
          const date = first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * nth })
          const plainTime = new Temporal.PlainTime(Math.floor(quarter / 4), (quarter % 4) * 15)
          const at = date.toZonedDateTime({ timeZone: zoneOf(mentee), plainTime }).epochMilliseconds
          return a.isFree(at, MINUTES) && b.isFree(at, MINUTES)
        }).filter((isFree) => !isFree).length
        best = Math.min(best, misses)
      }
    }
  }
  return best
}

test.each(['2026-11-22', '2027-05-29', '2027-10-13'])(
  'seeded on %s, every pair finds common time in at least four of five windows, but for the one that has none',
  (date) => {
    const today = Temporal.PlainDate.from(date)
    const free = freeTimes(today, readSeededFeeds(today))
    const start = today.add({ days: 14 })
    const report: string[] = []
    for (const { mentee, mentor, story } of PAIRINGS) {
      const counts = windows.map(([from, to]) => {
        const days = [start.add({ days: from }), start.add({ days: to })] as const
        return commonStarts(free.get(mentee)!, free.get(mentor)!, zoneOf(mentee), ...days, MINUTES).length
      })
      report.push(`${date} ${mentee} + ${mentor}: ${counts.join(', ')} common starts ${story ?? ''}`)
      const found = counts.filter((count) => count > 0).length
      if (story === 'no-common-time') expect(found, report.at(-1)).toBe(0)
      else expect(found, report.at(-1)).toBeGreaterThanOrEqual(4)
      if (story === 'hero') expect(Math.min(...counts), report.at(-1)).toBeGreaterThanOrEqual(10)
    }
    const monthly = PAIRINGS.filter(({ story }) => story === 'monthly-with-exceptions').map((pair) =>
      monthlyMisses(free, pair, today),
    )
    report.push(`${date} months without a common time on the best monthly pattern: ${monthly.join(', ')}`)
    for (const misses of monthly) expect([1, 2]).toContain(misses)
    console.info(report.join('\n'))
  },
)
