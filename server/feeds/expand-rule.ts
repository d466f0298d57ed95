import type { RecurrenceRule } from './read-recurrence-rule.ts'
import { FEED_LIMITS, refuseFeed } from './refuse-feed.ts'
import {
  civilDate,
  DAY_SECONDS,
  type DayNumber,
  dayNumber,
  dayNumberOf,
  daysInMonth,
  type WallSeconds,
  weekdayOf,
} from './wall-seconds.ts'

/** Counts candidate days over a whole file, so that no file takes longer than its size allows. */
export class ExpansionBudget {
  #left: number = FEED_LIMITS.expansionSteps
  spend(days: number): void {
    this.#left -= days
    if (this.#left < 0) {
      refuseFeed('RRULE', `The recurring entries need more than ${FEED_LIMITS.expansionSteps} steps to expand.`)
    }
  }
}

type Bounds = {
  /** Half-open wall times of the entry's own zone in which occurrences are wanted. */
  readonly from: WallSeconds
  readonly to: WallSeconds
  /** Last wall time that the rule allows, inclusive. */
  readonly until?: WallSeconds
}

/**
 * Start times that a rule yields from `start` on, ascending, on the clock of the entry's zone. The start itself counts
 * and is always among them, even where it does not fit the rule: calendars show it, so a duty may be there.
 */
export function expandRule(
  rule: RecurrenceRule,
  start: WallSeconds,
  bounds: Bounds,
  budget: ExpansionBudget,
): readonly WallSeconds[] {
  const found: WallSeconds[] = start >= bounds.from && start < bounds.to ? [start] : []
  const last = Math.min(bounds.to - 1, bounds.until ?? Number.POSITIVE_INFINITY)
  const times = listTimes(rule, start)
  // A rule that counts has to be walked from its beginning; any other is entered shortly before the wanted time.
  const first = rule.count === undefined ? Math.max(0, periodsBefore(rule, start, bounds.from) - 1) : 0
  let counted = 0
  for (let index = first; ; index++) {
    const days = listPeriod(rule, start, index)
    // Also true for a step so wide that no calendar reaches it.
    if (!(days.first * DAY_SECONDS <= last)) return found
    budget.spend(days.candidates.length + 1)
    const walls = days.candidates
      .filter((day) => fits(rule, start, day))
      .flatMap((day) => times.map((time) => day * DAY_SECONDS + time))
    for (const wall of pickPositions(walls, rule.setPositions)) {
      if (wall < start) continue
      if (wall > last) return found
      counted++
      if (wall >= bounds.from && wall !== start) found.push(wall)
      if (counted === rule.count) return found
    }
  }
}

/** How many whole steps of the rule lie between its start and `time`. */
function periodsBefore(rule: RecurrenceRule, start: WallSeconds, time: WallSeconds): number {
  const [from, to] = [civilDate(dayNumberOf(start)), civilDate(dayNumberOf(time))]
  const days = dayNumberOf(time) - dayNumberOf(start)
  const steps = {
    DAILY: days,
    WEEKLY: days / 7,
    MONTHLY: (to.year - from.year) * 12 + to.month - from.month,
    YEARLY: to.year - from.year,
  }[rule.freq]
  return Math.floor(steps / rule.interval)
}

/** The days among which the rule chooses in its `index`-th period; `first` is the period's first day. */
function listPeriod(rule: RecurrenceRule, start: WallSeconds, index: number) {
  const startDay = dayNumberOf(start)
  const { year, month } = civilDate(startDay)
  const step = index * rule.interval
  switch (rule.freq) {
    case 'DAILY':
      return run(startDay + step, 1)
    case 'WEEKLY':
      return run(startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7) + step * 7, 7)
    case 'MONTHLY': {
      const months = year * 12 + (month - 1) + step
      return run(dayNumber(Math.floor(months / 12), (months % 12) + 1, 1), daysInMonth(year, month + step))
    }
    case 'YEARLY': {
      const months = rule.months.length > 0 ? rule.months : namesDays(rule) ? undefined : [month]
      const first = dayNumber(year + step, 1, 1)
      if (months === undefined) return run(first, dayNumber(year + step + 1, 1, 1) - first)
      const candidates = [...new Set(months)]
        .sort((a, b) => a - b)
        .flatMap((wanted) => run(dayNumber(year + step, wanted, 1), daysInMonth(year + step, wanted)).candidates)
      return { first, candidates }
    }
  }
}
const run = (first: DayNumber, count: number) => ({
  first,
  candidates: Array.from({ length: count }, (_, offset) => first + offset),
})
const namesDays = (rule: RecurrenceRule) =>
  rule.days.length > 0 || rule.monthDays.length > 0 || rule.yearDays.length > 0

function fits(rule: RecurrenceRule, start: WallSeconds, day: DayNumber): boolean {
  const { year, month, day: monthDay } = civilDate(day)
  if (rule.months.length > 0 && !rule.months.includes(month)) return false
  if (!namesDays(rule)) {
    if (rule.freq === 'DAILY') return true
    if (rule.freq === 'WEEKLY') return weekdayOf(day) === weekdayOf(dayNumberOf(start))
    return monthDay === civilDate(dayNumberOf(start)).day
  }
  const monthLength = daysInMonth(year, month)
  if (rule.monthDays.length > 0 && !isListed(rule.monthDays, monthDay, monthLength)) return false
  const yearStart = dayNumber(year, 1, 1)
  const yearLength = dayNumber(year + 1, 1, 1) - yearStart
  if (rule.yearDays.length > 0 && !isListed(rule.yearDays, day - yearStart + 1, yearLength)) return false
  if (rule.days.length === 0) return true
  // "Second Tuesday" counts in the month, except in a yearly rule that names no month.
  const inYear = rule.freq === 'YEARLY' && rule.months.length === 0
  const position = inYear ? day - yearStart : monthDay - 1
  const length = inYear ? yearLength : monthLength
  return rule.days.some(({ weekday, nth }) => {
    if (weekday !== weekdayOf(day)) return false
    if (nth === undefined) return true
    return nth > 0 ? Math.floor(position / 7) + 1 === nth : -(Math.floor((length - 1 - position) / 7) + 1) === nth
  })
}
const isListed = (wanted: readonly number[], position: number, length: number) =>
  wanted.includes(position) || wanted.includes(position - length - 1)

/** Times of a day, in seconds after midnight, ascending. */
function listTimes(rule: RecurrenceRule, start: WallSeconds): readonly number[] {
  const own = start - dayNumberOf(start) * DAY_SECONDS
  const pick = (wanted: readonly number[], value: number) => (wanted.length > 0 ? wanted : [value])
  const times = pick(rule.hours, Math.floor(own / 3600)).flatMap((hour) =>
    pick(rule.minutes, Math.floor((own % 3600) / 60)).flatMap((minute) =>
      pick(rule.seconds, own % 60).map((second) => hour * 3600 + minute * 60 + second),
    ),
  )
  return [...new Set(times)].sort((a, b) => a - b)
}

/** BYSETPOS: the nth of a period's set, negative from its end. */
function pickPositions(walls: readonly WallSeconds[], positions: readonly number[]): readonly WallSeconds[] {
  if (positions.length === 0) return walls
  return walls.filter((_, index) => isListed(positions, index + 1, walls.length))
}
