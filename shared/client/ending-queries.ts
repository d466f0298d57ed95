import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EndingPart, SettlementBody } from '../api/endings.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

const endingKey = (relationshipId: string) => ['relationship', relationshipId, 'ending'] as const

export function useEnding(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: endingKey(relationshipId),
    queryFn: ({ signal }) => api.getEnding(relationshipId, signal),
  })
}

export type EndingChange =
  | { readonly kind: 'start' }
  | { readonly kind: 'part'; readonly part: EndingPart }
  | { readonly kind: 'settle'; readonly form: SettlementBody['form'] }
  | { readonly kind: 'agree-to-deletion' }
  | { readonly kind: 'refuse-deletion' }

/** Every answer is how things stand then; some also move the pair itself. */
export function useChangeEnding(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  const key = endingKey(relationshipId)
  return useMutation({
    mutationFn: (change: EndingChange) => {
      switch (change.kind) {
        case 'start':
          return api.startEnding(relationshipId)
        case 'part':
          return api.putEndingPart(relationshipId, change.part)
        case 'settle':
          return api.settleEnding(relationshipId, { form: change.form })
        case 'agree-to-deletion':
          return api.agreeToDeletion(relationshipId)
        case 'refuse-deletion':
          return api.refuseDeletion(relationshipId)
      }
    },
    // A part replaces the one before, so the second of two quick ticks waits for the first.
    scope: { id: JSON.stringify(key) },
    onSuccess: async (ending, change) => {
      cache.setQueryData(key, ending)
      if (change.kind === 'part') return
      await cache.invalidateQueries({ queryKey: queryKeys.relationship(relationshipId), exact: true })
      void cache.invalidateQueries({ queryKey: queryKeys.relationships })
    },
    onError: () => cache.invalidateQueries({ queryKey: key }),
  })
}
