import { useQuery } from '@tanstack/react-query'
import type { AnswerBody, PriorityBody, VisionBody } from '../api/growth.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

const visionKey = (relationshipId: string) => ['relationship', relationshipId, 'vision'] as const
export const questionsKey = (relationshipId: string) => ['relationship', relationshipId, 'questions'] as const
const prioritiesKey = (relationshipId: string) => ['relationship', relationshipId, 'priorities'] as const

export function useVision(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: visionKey(relationshipId),
    queryFn: ({ signal }) => api.getVision(relationshipId, signal),
  })
}

export function useSaveVision(relationshipId: string) {
  const api = useApi()
  return useSaving(visionKey(relationshipId), (body: VisionBody) => api.putVision(relationshipId, body))
}

export function useQuestions(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: questionsKey(relationshipId),
    queryFn: ({ signal }) => api.listQuestions(relationshipId, signal),
  })
}

export function useAnswerQuestion(relationshipId: string, questionId: string) {
  const api = useApi()
  return useSaving(questionsKey(relationshipId), (body: AnswerBody) => api.putAnswer(relationshipId, questionId, body))
}

export function usePriorities(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: prioritiesKey(relationshipId),
    queryFn: ({ signal }) => api.listPriorities(relationshipId, signal),
  })
}

export type PriorityChange =
  | { readonly kind: 'put'; readonly priorityId: string; readonly body: PriorityBody }
  | { readonly kind: 'delete'; readonly priorityId: string }

export function useChangePriorities(relationshipId: string) {
  const api = useApi()
  return useSaving(
    prioritiesKey(relationshipId),
    (change: PriorityChange): Promise<unknown> =>
      change.kind === 'delete'
        ? api.deletePriority(relationshipId, change.priorityId)
        : api.putPriority(relationshipId, change.priorityId, change.body),
  )
}
