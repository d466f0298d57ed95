import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { StandingView } from '../api/standing.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

const standingKey = (relationshipId: string) => ['relationship', relationshipId, 'standing'] as const

export function useStanding(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: standingKey(relationshipId),
    queryFn: ({ signal }) => api.getStanding(relationshipId, signal),
  })
}

export type StandingChange =
  | { readonly kind: 'answer'; readonly accept: boolean }
  | { readonly kind: 'contact'; readonly answered: boolean }
  | { readonly kind: 'pause'; readonly resumeDate: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'ask-rematch' }
  | { readonly kind: 'withdraw-rematch' }
  | { readonly kind: 'declare'; readonly dualRoles: NonNullable<StandingView['dualRoles']> }

export function useChangeStanding(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: StandingChange) => {
      switch (change.kind) {
        case 'answer':
          return api.putInvitation(relationshipId, change.accept)
        case 'contact':
          return api.putContact(relationshipId, change.answered)
        case 'pause':
          return api.putPause(relationshipId, change.resumeDate)
        case 'resume':
          return api.deletePause(relationshipId)
        case 'ask-rematch':
          return api.putRematch(relationshipId)
        case 'withdraw-rematch':
          return api.deleteRematch(relationshipId)
        case 'declare':
          return api.putDualRoles(relationshipId, { dualRoles: change.dualRoles })
      }
    },
    onSuccess: (standing) => {
      cache.setQueryData(standingKey(relationshipId), standing)
      void cache.invalidateQueries({ queryKey: queryKeys.relationship(relationshipId) })
      void cache.invalidateQueries({ queryKey: queryKeys.relationships })
      // The coordinator's list shows the state, too.
      void cache.invalidateQueries({ queryKey: ['programme'] })
    },
    onError: () => cache.invalidateQueries({ queryKey: standingKey(relationshipId) }),
  })
}

const loadKey = (personId: string) => ['mentor-load', personId] as const

export function useMentorLoad(personId: string) {
  const api = useApi()
  return useQuery({ queryKey: loadKey(personId), queryFn: ({ signal }) => api.getMentorLoad(personId, signal) })
}

export function useSetCapacity(personId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (capacity: number) => api.putMentorLoad(personId, capacity),
    onSuccess: (load) => cache.setQueryData(loadKey(personId), load),
  })
}
