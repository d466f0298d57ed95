import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, MentoringRole, PersonSummary, TimeZoneName, Uuid } from './common.ts'
import { GoalBody } from './goals.ts'
import { Need } from './meetings.ts'

const Section = Type.String({ maxLength: 800, description: 'Short, so that the brief stays one page' })
const fields = {
  done: Section,
  wentWell: Section,
  wentNot: Section,
  barriers: Section,
  questions: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
    maxItems: 5,
    description: 'What matters most first',
  }),
}
/** PUT …/meetings/{meetingId}/brief, as the mentee. Until it is shared, the mentor sees that there is none yet. */
export const BriefBody = Type.Object(
  { ...fields, isShared: Type.Boolean(), revision: Type.Optional(Type.Integer({ minimum: 1 })) },
  closed,
)
export type BriefBody = Static<typeof BriefBody>

/** PUT …/meetings/{meetingId}/note: my own note, which nobody else is ever shown. Empty takes it away. */
export const NoteBody = Type.Object(
  { text: Type.String({ maxLength: 4000 }), revision: Type.Optional(Type.Integer({ minimum: 1 })) },
  closed,
)
export type NoteBody = Static<typeof NoteBody>

const BriefGoal = Type.Object(
  {
    title: Type.String(),
    horizon: GoalBody.properties.horizon,
    state: GoalBody.properties.state,
    dueDate: Type.Optional(DateText),
  },
  closed,
)
const BriefTask = Type.Object({ title: Type.String(), owner: MentoringRole, dueDate: Type.Optional(DateText) }, closed)

export const BriefView = Type.Object(
  {
    meetingId: Uuid,
    relationshipId: Uuid,
    startsAt: InstantText,
    endsAt: InstantText,
    timeZone: TimeZoneName,
    purpose: Type.Optional(Type.String()),
    mentee: PersonSummary,
    mentor: PersonSummary,
    myRole: MentoringRole,
    dueAt: InstantText,
    isDue: Type.Boolean({ description: 'The time at which it should be shared is over' }),
    sharedAt: Type.Optional(InstantText),
    text: Type.Optional(Type.Object(fields, { ...closed, description: 'To the mentor only once it is shared' })),
    suggestion: Type.Optional(
      Type.Object(
        { done: Type.String(), barriers: Type.String() },
        { ...closed, description: 'To the mentee, while nothing is written' },
      ),
    ),
    revision: Type.Optional(Type.Integer()),
    needs: Type.Array(Need),
    goals: Type.Array(BriefGoal),
    openHomework: Type.Array(BriefTask),
    note: Type.Object(
      { text: Type.String(), revision: Type.Optional(Type.Integer()) },
      { ...closed, description: 'Mine alone' },
    ),
    prep: Type.Object(
      { onTime: Type.Integer(), due: Type.Integer() },
      { ...closed, description: 'Briefs shared on time; for the pair alone' },
    ),
  },
  closed,
)
export type BriefView = Static<typeof BriefView>
