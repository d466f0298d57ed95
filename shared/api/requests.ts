import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, Uuid } from './common.ts'

const Hours = Type.Number({ minimum: 0, maximum: 1000, multipleOf: 0.25 })
const Revision = Type.Optional(Type.Integer({ minimum: 1, description: 'The one you saw; left out when new' }))

/** PUT /api/relationships/{relationshipId}/requests/{requestId}: what somebody asks of the mentee. The mentee writes it. */
export const OpportunityRequestBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 500 }),
    askedBy: Type.Optional(Type.String({ maxLength: 200 })),
    hours: Hours,
    rhythm: Type.Enum(['once', 'monthly'], { description: 'Whether the hours are altogether or each month' }),
    deadline: Type.Optional(DateText),
    benefit: Type.Optional(Type.String({ maxLength: 1000 })),
    goalIds: Type.Array(Uuid, { uniqueItems: true, maxItems: 20, description: 'Goals it serves' }),
    decision: Type.Enum(['open', 'accepted', 'declined', 'done']),
    revision: Revision,
  },
  closed,
)
export type OpportunityRequestBody = Static<typeof OpportunityRequestBody>

const MentorAnswer = {
  choice: Type.Enum(['accept', 'decline', 'discuss']),
  note: Type.Optional(Type.String({ maxLength: 2000 })),
  mayMentionMentor: Type.Boolean({ description: 'The mentor agrees to be mentioned in the reply' }),
}

/** PUT /api/relationships/{relationshipId}/requests/{requestId}/answer: what the mentor thinks of it. */
export const MentorAnswerBody = Type.Object(
  { ...MentorAnswer, revision: Type.Integer({ minimum: 1, description: 'The one you answer to' }) },
  closed,
)
export type MentorAnswerBody = Static<typeof MentorAnswerBody>

export const OpportunityRequestView = Type.Object(
  {
    requestId: Uuid,
    title: Type.String(),
    askedBy: Type.Optional(Type.String()),
    hours: Type.Number(),
    rhythm: OpportunityRequestBody.properties.rhythm,
    deadline: Type.Optional(DateText),
    benefit: Type.Optional(Type.String()),
    goalIds: Type.Array(Uuid),
    decision: OpportunityRequestBody.properties.decision,
    answer: Type.Optional(Type.Object(MentorAnswer, closed)),
    revision: Type.Integer(),
    createdAt: InstantText,
    updatedAt: InstantText,
  },
  closed,
)
export type OpportunityRequestView = Static<typeof OpportunityRequestView>

/** PUT /api/relationships/{relationshipId}/hours-budget: what the mentee can give to such things. */
export const HoursBudgetBody = Type.Object({ hoursPerMonth: Hours, revision: Revision }, closed)
export type HoursBudgetBody = Static<typeof HoursBudgetBody>
export const HoursBudgetView = Type.Object({ hoursPerMonth: Type.Number(), revision: Type.Integer() }, closed)
export type HoursBudgetView = Static<typeof HoursBudgetView>

export const OpportunityRequestList = Type.Object(
  { requests: Type.Array(OpportunityRequestView), budget: Type.Optional(HoursBudgetView) },
  closed,
)
export type OpportunityRequestList = Static<typeof OpportunityRequestList>
