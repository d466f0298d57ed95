import { type Static, Type } from 'typebox'
import { closed, DateText } from './common.ts'

const Weekday = Type.Enum([1, 2, 3, 4, 5, 6, 7], { description: '1 = Monday … 7 = Sunday' })
const WeekIndex = Type.Enum(['first', 'second', 'third', 'fourth', 'last'])
const Count = Type.Integer({ minimum: 1, maximum: 60 })

/** How the meetings of a series spread over the term; dates are wall dates in the organizer's zone. */
export const MeetingPlan = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('template'),
      templateId: Type.String({
        maxLength: 64,
        description: 'Built-in meeting plan, e.g. plan.year1 (months 1-3-6-9-12)',
      }),
      startDate: DateText,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('named-months'),
      months: Type.Array(Type.Integer({ minimum: 1, maximum: 36 }), { minItems: 1, maxItems: 36, uniqueItems: true }),
      startDate: DateText,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('every-weeks'),
      weeks: Type.Integer({ minimum: 1, maximum: 26 }),
      count: Count,
      startDate: DateText,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('weekday-of-month'),
      weekday: Weekday,
      index: WeekIndex,
      everyMonths: Type.Integer({ minimum: 1, maximum: 12 }),
      count: Count,
      startDate: DateText,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('day-of-month'),
      day: Type.Integer({ minimum: 1, maximum: 31 }),
      everyMonths: Type.Integer({ minimum: 1, maximum: 12 }),
      count: Count,
      startDate: DateText,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('rota-aligned'),
      cycleWeeks: Type.Integer({ minimum: 2, maximum: 26 }),
      firstWeekStart: DateText,
      week: Type.Integer({ minimum: 0, maximum: 25 }),
      everyCycles: Type.Integer({ minimum: 1, maximum: 12 }),
      count: Count,
      startDate: DateText,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('windows'),
      windows: Type.Array(Type.Object({ from: DateText, to: DateText }, closed), { minItems: 1, maxItems: 60 }),
    },
    closed,
  ),
])
export type MeetingPlan = Static<typeof MeetingPlan>

export const Minutes = Type.Integer({ minimum: 15, maximum: 240, multipleOf: 5, description: 'Length of each meeting' })
