import { type Static, Type } from 'typebox'
import { closed, DateText, PersonSummary, TimeZoneName, Uuid } from './common.ts'

/** GET /api/me/reminders?timeZone= : what of my own is due soon or was. Mailed to nobody. */
export const RemindersQuery = Type.Object({ timeZone: TimeZoneName }, closed)

export const ReminderView = Type.Object(
  {
    kind: Type.Enum(['homework', 'brief']),
    relationshipId: Uuid,
    with: { ...PersonSummary, description: 'The other person of the pair' },
    dueDate: DateText,
    isOver: Type.Boolean(),
    title: Type.Optional(Type.String({ description: 'Of homework' })),
    homeworkId: Type.Optional(Uuid),
    meetingId: Type.Optional({ ...Uuid, description: 'Of a brief' }),
  },
  closed,
)
export type ReminderView = Static<typeof ReminderView>
export const ReminderList = Type.Object({ reminders: Type.Array(ReminderView) }, closed)
export type ReminderList = Static<typeof ReminderList>
