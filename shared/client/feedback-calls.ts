import type { FeedbackOverview, RoundAnswer } from '../api/feedback.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

export type RoundAddress = { readonly relationshipId: string; readonly roundId: string }

const answerPath = ({ relationshipId, roundId }: RoundAddress) =>
  `${relationshipPath(relationshipId)}/feedback/${encodeURIComponent(roundId)}/answer`

/** Feedback and reviews; every answer is how things stand then. */
export const feedbackCalls = (send: Send) => ({
  getFeedback: (relationshipId: string, signal?: AbortSignal) =>
    send<FeedbackOverview>(`${relationshipPath(relationshipId)}/feedback`, { signal }),
  putRoundAnswer: (at: RoundAddress, body: RoundAnswer) =>
    send<FeedbackOverview>(answerPath(at), { method: 'PUT', body }),
  withdrawRoundAnswer: (at: RoundAddress) => send<FeedbackOverview>(answerPath(at), { method: 'DELETE' }),
  startReview: (relationshipId: string) =>
    send<FeedbackOverview>(`${relationshipPath(relationshipId)}/review`, { method: 'PUT' }),
  callReviewOff: (relationshipId: string) =>
    send<FeedbackOverview>(`${relationshipPath(relationshipId)}/review`, { method: 'DELETE' }),
})
