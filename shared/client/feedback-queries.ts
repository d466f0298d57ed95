import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { RoundAnswer } from '../api/feedback.ts'
import { useApi } from './api-context.ts'
import { questionsKey } from './growth-queries.ts'
import { queryKeys } from './queries.ts'

const feedbackKey = (relationshipId: string) => ['relationship', relationshipId, 'feedback'] as const

export function useFeedback(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: feedbackKey(relationshipId),
    queryFn: ({ signal }) => api.getFeedback(relationshipId, signal),
  })
}

export type FeedbackChange =
  | { readonly kind: 'answer'; readonly roundId: string; readonly answer: RoundAnswer }
  | { readonly kind: 'withdraw'; readonly roundId: string }
  | { readonly kind: 'start-review' }
  | { readonly kind: 'call-review-off' }

/** Every answer is how things stand then; a review also moves the pair itself. */
export function useChangeFeedback(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: FeedbackChange) => {
      switch (change.kind) {
        case 'answer':
          return api.putRoundAnswer({ relationshipId, roundId: change.roundId }, change.answer)
        case 'withdraw':
          return api.withdrawRoundAnswer({ relationshipId, roundId: change.roundId })
        case 'start-review':
          return api.startReview(relationshipId)
        case 'call-review-off':
          return api.callReviewOff(relationshipId)
      }
    },
    onSuccess: async (overview) => {
      cache.setQueryData(feedbackKey(relationshipId), overview)
      await Promise.all([
        cache.invalidateQueries({ queryKey: queryKeys.relationship(relationshipId), exact: true }),
        // A review asks both to look back.
        cache.invalidateQueries({ queryKey: questionsKey(relationshipId) }),
      ])
    },
    onError: () => cache.invalidateQueries({ queryKey: feedbackKey(relationshipId) }),
  })
}
