import { DomainError, type Fault } from '../domain/errors.ts'
import { findMeetingPlan } from '../templates/meeting-plans.ts'
import { modulo } from './clinic-spans.ts'
import { dateOfMonth, monthsAfter, nthWeekday } from './month-dates.ts'
import { civilOfDay, dateText, readDate } from './time-text.ts'
import type { MeetingPlan, WeekIndex, Window } from './types.ts'

/** More meetings than any term has; a plan beyond it is a typing error. */
const WINDOWS_MAX = 60
/** Days either side of the date a plan names (second Tuesday, the 15th) that may replace it: the week around it. */
const DAYS_AROUND = 3
const MONTHS_MAX = 120
const WEEK_INDEXES: readonly WeekIndex[] = ['first', 'second', 'third', 'fourth', 'last']

/**
 * The windows of a plan, in order: ranges of the organizer's wall dates, end exclusive, none before the plan's start.
 * Months are counted from the start date (a plan that starts on 31 January has months that begin on the last day of
 * shorter ones). Plans that name a date get the week around it and carry the date itself as `day`. Rota-aligned plans
 * get whole Y weeks only.
 * @throws DomainError `invalid-plan` with the path of each fault
 */
export function windowsOfPlan(plan: MeetingPlan): readonly Window[] {
  const faults = faultsOf(plan)
  if (faults.length > 0) throw new DomainError('invalid-plan', 'The meeting plan cannot be read.', faults)
  if (plan.kind === 'windows') return plan.windows
  const start = readDate(plan.startDate, 'startDate')
  switch (plan.kind) {
    case 'template':
      return (findMeetingPlan(plan.templateId)?.meetings ?? []).map(({ month, windowDays }) =>
        windowDays ? windowOf(start + windowDays[0], start + windowDays[1]) : monthWindow(start, month),
      )
    case 'named-months':
      return [...plan.months].sort((a, b) => a - b).map((month) => monthWindow(start, month))
    case 'every-weeks':
      return counted(plan.count, (index) =>
        windowOf(start + index * plan.weeks * 7, start + (index + 1) * plan.weeks * 7),
      )
    case 'weekday-of-month':
      return datedWindows(start, plan, (month) => nthWeekday(month, plan.weekday, plan.index))
    case 'day-of-month':
      return datedWindows(start, plan, (month) => dateOfMonth(month, plan.day))
    case 'rota-aligned': {
      const firstWeek = readDate(plan.firstWeekStart, 'firstWeekStart') + plan.week * 7
      const cycleDays = plan.cycleWeeks * 7
      const first = firstWeek + Math.ceil((start - firstWeek) / cycleDays) * cycleDays
      return counted(plan.count, (index) => {
        const from = first + index * plan.everyCycles * cycleDays
        return windowOf(from, from + 7)
      })
    }
  }
}

const counted = (count: number, make: (index: number) => Window): readonly Window[] =>
  Array.from({ length: count }, (_, index) => make(index))

const windowOf = (from: number, to: number): Window => ({ from: dateText(from), to: dateText(to) })

const monthWindow = (start: number, month: number): Window =>
  windowOf(monthsAfter(start, month - 1), monthsAfter(start, month))

/** One window per named date, from the first date that is not before the start. */
function datedWindows(
  start: number,
  { count, everyMonths }: { readonly count: number; readonly everyMonths: number },
  dayIn: (month: number) => number,
): readonly Window[] {
  const { year, month } = civilOfDay(start)
  const startMonth = year * 12 + month - 1
  const first = dayIn(startMonth) >= start ? startMonth : startMonth + 1
  return counted(count, (index) => {
    const day = dayIn(first + index * everyMonths)
    return { ...windowOf(Math.max(start, day - DAYS_AROUND), day + DAYS_AROUND + 1), day: dateText(day) }
  })
}

/** Collects the faults of one plan, each with its path. */
function faultsOf(plan: MeetingPlan): readonly Fault[] {
  const faults: Fault[] = []
  const whole = (path: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min || value > max) {
      faults.push({ path, message: `must be a whole number from ${min} to ${max}` })
    }
  }
  const date = (path: string, text: string): number | undefined => {
    try {
      return readDate(text, path)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      faults.push(...error.faults)
      return undefined
    }
  }
  if (plan.kind !== 'windows') date('startDate', plan.startDate)
  if ('count' in plan) whole('count', plan.count, 1, WINDOWS_MAX)
  if ('everyMonths' in plan) whole('everyMonths', plan.everyMonths, 1, MONTHS_MAX)
  switch (plan.kind) {
    case 'template':
      if (!findMeetingPlan(plan.templateId))
        faults.push({ path: 'templateId', message: 'no built-in plan has this id' })
      break
    case 'named-months':
      if (plan.months.length === 0) faults.push({ path: 'months', message: 'must name at least one month' })
      if (plan.months.length > WINDOWS_MAX) faults.push({ path: 'months', message: `must name at most ${WINDOWS_MAX}` })
      for (const [index, month] of plan.months.entries()) {
        whole(`months[${index}]`, month, 1, MONTHS_MAX)
        if (plan.months.indexOf(month) < index) faults.push({ path: `months[${index}]`, message: 'is named twice' })
      }
      break
    case 'every-weeks':
      whole('weeks', plan.weeks, 1, 52)
      break
    case 'weekday-of-month':
      whole('weekday', plan.weekday, 1, 7)
      if (!WEEK_INDEXES.includes(plan.index)) {
        faults.push({ path: 'index', message: `must be one of ${WEEK_INDEXES.join(', ')}` })
      }
      break
    case 'day-of-month':
      whole('day', plan.day, 1, 31)
      break
    case 'rota-aligned': {
      whole('cycleWeeks', plan.cycleWeeks, 1, 104)
      whole('everyCycles', plan.everyCycles, 1, 52)
      whole('week', plan.week, 0, Math.max(0, plan.cycleWeeks - 1))
      const monday = date('firstWeekStart', plan.firstWeekStart)
      // 1970-01-05 was a Monday.
      if (monday !== undefined && modulo(monday - 4, 7) !== 0) {
        faults.push({ path: 'firstWeekStart', message: 'must be a Monday' })
      }
      break
    }
    case 'windows':
      if (plan.windows.length === 0) faults.push({ path: 'windows', message: 'must hold at least one window' })
      if (plan.windows.length > WINDOWS_MAX)
        faults.push({ path: 'windows', message: `must hold at most ${WINDOWS_MAX}` })
      for (const [index, window] of plan.windows.entries()) {
        const from = date(`windows[${index}].from`, window.from)
        const to = date(`windows[${index}].to`, window.to)
        if (from !== undefined && to !== undefined && to <= from) {
          faults.push({ path: `windows[${index}].to`, message: 'a window must end after it starts' })
        }
      }
      break
  }
  return faults
}
