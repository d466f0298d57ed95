import { useQuery } from '@tanstack/react-query'
import type { HoursBudgetBody, MentorAnswerBody, OpportunityRequestBody } from '../api/requests.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

const requestsKey = (relationshipId: string) => ['relationship', relationshipId, 'requests'] as const

export function useRequests(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: requestsKey(relationshipId),
    queryFn: ({ signal }) => api.listRequests(relationshipId, signal),
  })
}

export type RequestChange =
  | { readonly kind: 'put'; readonly requestId: string; readonly body: OpportunityRequestBody }
  | { readonly kind: 'answer'; readonly requestId: string; readonly body: MentorAnswerBody }
  | { readonly kind: 'delete'; readonly requestId: string }
  | { readonly kind: 'budget'; readonly body: HoursBudgetBody }

export function useChangeRequests(relationshipId: string) {
  const api = useApi()
  return useSaving(requestsKey(relationshipId), (change: RequestChange): Promise<unknown> => {
    switch (change.kind) {
      case 'put':
        return api.putRequest({ relationshipId, requestId: change.requestId }, change.body)
      case 'answer':
        return api.answerRequest({ relationshipId, requestId: change.requestId }, change.body)
      case 'delete':
        return api.deleteRequest({ relationshipId, requestId: change.requestId })
      case 'budget':
        return api.putHoursBudget(relationshipId, change.body)
    }
  })
}
