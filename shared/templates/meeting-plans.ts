/** One planned meeting of a built-in plan. */
type PlannedStage = {
  /** 1-based. */
  readonly n: number
  /** Month of the plan, 1 = the month that begins on its start date. */
  readonly month: number
  /** Days from the start date, end exclusive. Left out: the whole of `month`. */
  readonly windowDays?: readonly [number, number]
  readonly minutes: number
  readonly purpose: string
  readonly topics: readonly string[]
}

export type MeetingPlanTemplate = {
  readonly id: string
  readonly name: string
  /** Where the idea comes from; the words are ours. */
  readonly source: string
  /** Project meetings never count as mentoring. */
  readonly countsAsMentoring: boolean
  readonly meetings: readonly PlannedStage[]
}

const OURS = 'Protected Time'

/** The same conversation at every month of a list. */
const repeated = (months: readonly number[], minutes: number, purpose: string, topics: readonly string[]) =>
  months.map((month, index): PlannedStage => ({ n: index + 1, month, minutes, purpose, topics }))

const EVERY_MONTH = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

/** The meeting plans that ship with the product, by id. */
export const MEETING_PLANS: readonly MeetingPlanTemplate[] = [
  {
    id: 'plan.year1',
    name: 'First year: months 1, 3, 6, 9 and 12',
    source: 'The Ideal Mentor/Mentee Relationship',
    countsAsMentoring: true,
    meetings: [
      {
        n: 1,
        month: 1,
        windowDays: [0, 42],
        minutes: 60,
        purpose: 'Get to know each other and set goals',
        topics: [
          'Introductions',
          'Aspirations',
          'Strengths',
          'Challenges',
          'Short and long goals',
          'Communication preferences',
          'Expectations',
          'Agreement',
        ],
      },
      {
        n: 2,
        month: 3,
        windowDays: [75, 105],
        minutes: 45,
        purpose: 'Early progress and adjustments',
        topics: ['Progress', 'Refine goals', 'Early obstacles', 'Expectations still aligned'],
      },
      {
        n: 3,
        month: 6,
        windowDays: [165, 200],
        minutes: 60,
        purpose: 'Mid-year review',
        topics: [
          'Relationship check',
          'Structured feedback both ways',
          'Strategy changes',
          'Opportunities',
          'Continue, modify or end',
        ],
      },
      {
        n: 4,
        month: 9,
        windowDays: [255, 290],
        minutes: 45,
        purpose: 'Career development and network',
        topics: ['Skills', 'Growth', 'Introductions', 'Resources'],
      },
      {
        n: 5,
        month: 12,
        windowDays: [345, 375],
        minutes: 60,
        purpose: 'Look back and plan ahead',
        topics: ['Accomplishments', 'Challenges', 'Improvements', 'Next-year goals or transition'],
      },
    ],
  },
  {
    id: 'monthly-30',
    name: 'Every month, 30 minutes',
    source: OURS,
    countsAsMentoring: true,
    meetings: repeated(EVERY_MONTH, 30, 'Regular mentoring meeting', ['Goals', 'Homework', 'Next steps']),
  },
  {
    id: 'quarterly-45',
    name: 'Every three months, 45 minutes',
    source: OURS,
    countsAsMentoring: true,
    meetings: repeated([1, 4, 7, 10], 45, 'Quarterly mentoring meeting', ['Goals', 'Homework', 'Next steps']),
  },
  {
    id: 'twice-yearly-60',
    name: 'Twice a year, 60 minutes',
    source: OURS,
    countsAsMentoring: true,
    meetings: repeated([1, 7], 60, 'Half-year mentoring meeting', ['Progress', 'Goals', 'Opportunities', 'Next steps']),
  },
  {
    id: 'committee-every-6-months-60',
    name: 'Mentorship committee every six months, 60 minutes',
    source: OURS,
    countsAsMentoring: true,
    meetings: repeated([1, 7], 60, 'Mentorship committee', [
      'Progress',
      'Goals',
      'Advice of the committee',
      'Next steps',
    ]),
  },
  {
    id: 'project-monthly-30',
    name: 'Project meeting every month, 30 minutes',
    source: OURS,
    countsAsMentoring: false,
    meetings: repeated(EVERY_MONTH, 30, 'Project meeting', ['Project progress', 'Next steps']),
  },
]

/** The built-in plan of an id, e.g. `plan.year1`. */
export const findMeetingPlan = (id: string): MeetingPlanTemplate | undefined =>
  MEETING_PLANS.find((plan) => plan.id === id)
