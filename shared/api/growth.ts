import { type Static, Type } from 'typebox'
import { closed, InstantText, Uuid } from './common.ts'

const Revision = Type.Optional(Type.Integer({ minimum: 1, description: 'The one you saw; left out when new' }))

/** PUT /api/relationships/{relationshipId}/vision: where the mentee wants to be; empty takes it away. */
export const VisionBody = Type.Object({ text: Type.String({ maxLength: 4000 }), revision: Revision }, closed)
export type VisionBody = Static<typeof VisionBody>
export const VisionView = Type.Object(
  { text: Type.String(), revision: Type.Optional(Type.Integer()), updatedAt: Type.Optional(InstantText) },
  closed,
)
export type VisionView = Static<typeof VisionView>

/** PUT /api/relationships/{relationshipId}/questions/{questionId}: one's answer, one's own unless shared. */
export const AnswerBody = Type.Object(
  { text: Type.String({ maxLength: 4000 }), isShared: Type.Boolean(), revision: Revision },
  closed,
)
export type AnswerBody = Static<typeof AnswerBody>
export const QuestionView = Type.Object(
  {
    questionId: Type.String(),
    set: Type.Enum(['bank', 'readiness', 'reflection'], {
      description:
        'bank: a few between meetings · readiness: before you begin, for yourself alone · reflection: looking back at a review or an ending',
    }),
    text: Type.String({ description: 'The question' }),
    isMine: Type.Boolean({ description: 'Yours to answer; otherwise the other one shares the answer with you' }),
    isDue: Type.Boolean({ description: 'Its turn now' }),
    answer: Type.Optional(
      Type.Object({ text: Type.String(), isShared: Type.Boolean(), revision: Type.Integer() }, closed),
    ),
  },
  closed,
)
export type QuestionView = Static<typeof QuestionView>
export const QuestionList = Type.Object(
  {
    questions: Type.Array(QuestionView, {
      description: 'Yours that are due, answered or about readiness; shared ones of the other',
    }),
  },
  closed,
)
export type QuestionList = Static<typeof QuestionList>

const PriorityKind = Type.Enum(['stop', 'decline', 'start', 'keep'], {
  description:
    'stop: doing it, want to quit · decline: asked, want to refuse · start: not doing it, want to · keep: want to go on',
})
/** PUT /api/relationships/{relationshipId}/priorities/{priorityId} */
export const PriorityBody = Type.Object(
  {
    kind: PriorityKind,
    text: Type.String({ minLength: 1, maxLength: 500 }),
    goalId: Type.Optional({ ...Uuid, description: 'The goal it serves or stands against' }),
    requestId: Type.Optional({ ...Uuid, description: 'The request it is about' }),
    revision: Revision,
  },
  closed,
)
export type PriorityBody = Static<typeof PriorityBody>
export const PriorityView = Type.Object(
  {
    priorityId: Uuid,
    kind: PriorityKind,
    text: Type.String(),
    goalId: Type.Optional(Uuid),
    requestId: Type.Optional(Uuid),
    revision: Type.Integer(),
  },
  closed,
)
export type PriorityView = Static<typeof PriorityView>
export const PriorityList = Type.Object({ priorities: Type.Array(PriorityView) }, closed)
export type PriorityList = Static<typeof PriorityList>
