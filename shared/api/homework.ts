import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, MentoringRole, Uuid } from './common.ts'

/** PUT /api/relationships/{relationshipId}/homework/{homeworkId}. Homework is for mentee or mentor. */
export const HomeworkBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 500 }),
    owner: MentoringRole,
    dueDate: Type.Optional(DateText),
    done: Type.Boolean(),
    meetingId: Type.Optional({ ...Uuid, description: 'The meeting it came from' }),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)
export type HomeworkBody = Static<typeof HomeworkBody>
export const HomeworkView = Type.Object(
  {
    homeworkId: Uuid,
    title: Type.String(),
    owner: MentoringRole,
    dueDate: Type.Optional(DateText),
    done: Type.Boolean(),
    meetingId: Type.Optional(Uuid),
    revision: Type.Integer(),
    updatedAt: InstantText,
  },
  closed,
)
export type HomeworkView = Static<typeof HomeworkView>
export const HomeworkList = Type.Object({ homework: Type.Array(HomeworkView) }, closed)
export type HomeworkList = Static<typeof HomeworkList>
