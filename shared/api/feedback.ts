import { type Static, Type } from 'typebox'
import { closed, InstantText, Uuid } from './common.ts'

const Answer = Type.String({ maxLength: 4000 })

/** PUT /api/relationships/{relationshipId}/feedback/{roundId}/answer: what one of the two thinks, in place of before. */
const FeedbackAnswer = Type.Object(
  {
    kind: Type.Literal('feedback'),
    helps: { ...Answer, description: 'What helps' },
    change: { ...Answer, description: 'What to change' },
    willDo: { ...Answer, description: 'One thing I will do' },
  },
  closed,
)
const ReviewAnswer = Type.Object(
  {
    kind: Type.Literal('review'),
    works: { ...Answer, description: 'What works' },
    worksNot: { ...Answer, description: 'What does not' },
    challenges: { ...Answer, description: 'Which challenges remain' },
    decision: Type.Enum(['continue', 'modify', 'end']),
  },
  closed,
)
export const RoundAnswer = Type.Union([FeedbackAnswer, ReviewAnswer])
export type RoundAnswer = Static<typeof RoundAnswer>

/** As one of the two sees it. Until both answered, nothing of the other's answer is here but that it is there. */
export const RoundView = Type.Object(
  {
    roundId: Uuid,
    kind: Type.Enum(['feedback', 'review']),
    mine: Type.Optional(RoundAnswer),
    hasOtherAnswered: Type.Boolean(),
    theirs: Type.Optional(RoundAnswer),
    revealedAt: Type.Optional(InstantText),
    withdrawnAt: Type.Optional(InstantText),
  },
  closed,
)
export type RoundView = Static<typeof RoundView>

export const FeedbackOverview = Type.Object(
  {
    /** Always open: either may begin. */
    feedback: RoundView,
    /** While the pair is being reviewed. */
    review: Type.Optional(RoundView),
    /** Over, newest first. */
    past: Type.Array(RoundView),
  },
  closed,
)
export type FeedbackOverview = Static<typeof FeedbackOverview>
