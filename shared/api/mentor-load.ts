import { type Static, Type } from 'typebox'
import { closed } from './common.ts'

/** PUT /api/people/{personId}/mentor-load : how many mentees I take on at most; 0 opts out, and no reason is asked for. */
export const MentorLoadBody = Type.Object({ capacity: Type.Integer({ minimum: 0, maximum: 100 }) }, closed)
export const MentorLoadView = Type.Object(
  {
    mentees: Type.Integer(),
    capacity: Type.Integer(),
    hoursPerMentee: Type.Number({ description: 'Hours a year with one mentee on the yearly plan' }),
  },
  closed,
)
export type MentorLoadView = Static<typeof MentorLoadView>
