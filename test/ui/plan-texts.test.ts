import { expect, test } from 'vitest'
import type { MeetingPlan } from '../../shared/api/plans.ts'
import { planText } from '../../shared/ui/plan-texts.ts'

const startDate = '2027-01-04'

test.each<[MeetingPlan, string]>([
  [{ kind: 'template', templateId: 'plan.year1', startDate }, 'First year: months 1, 3, 6, 9 and 12'],
  [{ kind: 'template', templateId: 'project-monthly-30', startDate }, 'Project meeting every month, 30 minutes'],
  [{ kind: 'template', templateId: 'from.elsewhere', startDate }, 'Own plan'],
  [{ kind: 'named-months', months: [1, 4], startDate }, 'Months 1, 4'],
  [{ kind: 'every-weeks', weeks: 1, count: 1, startDate }, 'Every week, 1 meeting'],
  [{ kind: 'every-weeks', weeks: 4, count: 12, startDate }, 'Every 4 weeks, 12 meetings'],
  [
    { kind: 'weekday-of-month', weekday: 2, index: 'first', everyMonths: 1, count: 12, startDate },
    'First Tuesday, every month, 12 meetings',
  ],
  [{ kind: 'day-of-month', day: 15, everyMonths: 3, count: 4, startDate }, 'Day 15, every 3 months, 4 meetings'],
  [
    { kind: 'rota-aligned', cycleWeeks: 5, firstWeekStart: startDate, week: 4, everyCycles: 1, count: 10, startDate },
    'Week 5 of every 5-week rotation, 10 meetings',
  ],
  [{ kind: 'windows', windows: [{ from: startDate, to: '2027-02-01' }] }, '1 meeting'],
])('says %o', (plan, text) => {
  expect(planText(plan)).toBe(text)
})
