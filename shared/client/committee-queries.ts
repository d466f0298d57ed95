import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

/** What is shown of the committee stays until the page is left: there is nothing to read there any more. */
export function useLeaveCommittee(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.leaveCommittee(relationshipId),
    onSuccess: () => cache.invalidateQueries({ queryKey: queryKeys.relationships }),
  })
}

export function useNameMembers(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (memberIds: readonly string[]) => api.putMembers(relationshipId, memberIds),
    onSuccess: (relationship) => {
      cache.setQueryData(queryKeys.relationship(relationshipId), relationship)
      void cache.invalidateQueries({ queryKey: queryKeys.relationships })
    },
  })
}
