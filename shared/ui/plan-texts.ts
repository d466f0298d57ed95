import type { MeetingPlan } from '../api/plans.ts'
import { findMeetingPlan } from '../templates/meeting-plans.ts'

/** 1 = Monday … 7 = Sunday. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

const TEMPLATE_TEXTS: Readonly<Record<string, string>> = {
  'plan.year1': 'First year: months 1, 3, 6, 9 and 12',
  'monthly-30': 'Every month',
  'quarterly-45': 'Every three months',
  'twice-yearly-60': 'Twice a year',
  'committee-every-6-months-60': 'Committee every six months',
}

/** A built-in plan as people say it, without a length: that is chosen beside it. */
export function templateText(templateId: string): string {
  return TEMPLATE_TEXTS[templateId] ?? findMeetingPlan(templateId)?.name ?? 'Own plan'
}

/** How a series repeats, e.g. "Every 4 weeks, 12 meetings". */
export function planText(plan: MeetingPlan): string {
  switch (plan.kind) {
    case 'template':
      return templateText(plan.templateId)
    case 'named-months':
      return `Months ${plan.months.join(', ')}`
    case 'every-weeks':
      return `${every(plan.weeks, 'week')}, ${meetings(plan.count)}`
    case 'weekday-of-month':
      return `${capital(plan.index)} ${WEEKDAYS[plan.weekday - 1]}, ${every(plan.everyMonths, 'month').toLowerCase()}, ${meetings(plan.count)}`
    case 'day-of-month':
      return `Day ${plan.day}, ${every(plan.everyMonths, 'month').toLowerCase()}, ${meetings(plan.count)}`
    case 'rota-aligned':
      return `Week ${plan.week + 1} of every ${plan.cycleWeeks}-week rotation, ${meetings(plan.count)}`
    case 'windows':
      return meetings(plan.windows.length)
  }
}

/** "1 meeting", "5 meetings". */
export const meetings = (count: number): string => (count === 1 ? '1 meeting' : `${count} meetings`)

const every = (count: number, unit: string) => (count === 1 ? `Every ${unit}` : `Every ${count} ${unit}s`)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
