import type { EffortView, MilestoneView } from '../../api/record.ts'

export const ACHIEVEMENT_TYPES = {
  paper: 'Paper',
  grant: 'Grant',
  promotion: 'Promotion',
  talk: 'Talk',
  certificate: 'Certificate',
  other: 'Something else',
} as const
export const SUPPORT_TYPES = {
  introduction: 'Introduction',
  opportunity: 'Opportunity',
  advocacy: 'Advocacy or protection',
} as const
export const ACTIVITIES = {
  preparation: 'Preparing',
  reading: 'Reading and commenting',
  letter: 'Letter or reference',
  call: 'Call or message',
  other: 'Something else',
} as const

export function milestoneText({ kind, count, title }: MilestoneView): string {
  switch (kind) {
    case 'goal-reached':
      return `Goal reached: ${title ?? ''}`
    case 'anniversary':
      return count === 1 ? 'One year together' : `${count ?? 0} years together`
    case 'homework-streak':
      return `${count ?? 0} pieces of homework done in a row`
  }
}

/** Time given, as rows for a spreadsheet; hours with a point, as promotion forms want them. */
export const effortRows = ({ rows }: EffortView): readonly (readonly string[])[] => [
  ['Date', 'Mentee', 'Activity', 'Minutes', 'Hours', 'Note'],
  ...rows.map(({ date, mentee, activity, minutes, note }) => [
    date,
    mentee,
    activity === 'meeting' ? 'Meeting' : ACTIVITIES[activity],
    String(minutes),
    (minutes / 60).toFixed(2),
    note ?? '',
  ]),
]
