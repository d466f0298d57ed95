import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FixAnswerBody, MeetingCancellationBody } from '../api/meeting-changes.ts'
import type { DatedMeetingAddress } from './addresses.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

/** Meetings that wait for the signed-in person. */
export function useWaiting() {
  const api = useApi()
  return useQuery({ queryKey: queryKeys.waiting, queryFn: ({ signal }) => api.listWaiting(signal) })
}

/** Times for one meeting. Read anew each time somebody asks, and not while they choose. */
export function useOffers(at: DatedMeetingAddress) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.offers(at),
    queryFn: ({ signal }) => api.postOffers(at, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

export type MeetingDateChange =
  | { readonly kind: 'move'; readonly startsAt: string }
  | { readonly kind: 'call-off'; readonly body: MeetingCancellationBody }
  | { readonly kind: 'answer'; readonly fixId: string; readonly body: FixAnswerBody }

/** Everything that changes one meeting's date; the answer is the series as it is then. */
export function useChangeDate(at: DatedMeetingAddress) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: MeetingDateChange) => {
      switch (change.kind) {
        case 'move':
          return api.putMeetingTime(at, { startsAt: change.startsAt })
        case 'call-off':
          return api.putMeetingCancellation(at, change.body)
        case 'answer':
          return api.putFixAnswer({ ...at, fixId: change.fixId }, change.body)
      }
    },
    onSuccess: (series) => cache.setQueryData(queryKeys.series(at), series),
    // Also after a refusal: what was offered may be gone, and the page should say so.
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: queryKeys.relationship(at.relationshipId) })
      void cache.invalidateQueries({ queryKey: queryKeys.waiting })
    },
  })
}
