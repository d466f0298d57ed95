import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { HomeworkBody } from '../api/homework.ts'
import type { SeriesBody } from '../api/series.ts'
import type { AttestationBody, DecisionsBody, NextDateBody } from '../api/wrap-up.ts'
import type { MeetingAddress } from './addresses.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

export function useWrapUp(at: MeetingAddress) {
  const api = useApi()
  return useQuery({ queryKey: queryKeys.wrapUp(at), queryFn: ({ signal }) => api.getWrapUp(at, signal) })
}

/** Every meeting of the pair whose time has come, newest first. */
export function useWrapUps(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.wrapUps(relationshipId),
    queryFn: ({ signal }) => api.listWrapUps(relationshipId, signal),
  })
}

export function useAttest(at: MeetingAddress) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: AttestationBody) => api.putAttestation(at, body),
    onSuccess: (wrapUp) => {
      cache.setQueryData(queryKeys.wrapUp(at), wrapUp)
      void cache.invalidateQueries({ queryKey: queryKeys.relationship(at.relationshipId), exact: true })
      void cache.invalidateQueries({ queryKey: queryKeys.wrapUps(at.relationshipId) })
    },
  })
}

/** What a wrap-up saves, in this order. Ids are minted when it opens, so that trying again adds nothing twice. */
export type WrapUpChanges = {
  readonly homework: readonly { readonly homeworkId: string; readonly body: HomeworkBody }[]
  readonly decisions: DecisionsBody | undefined
  readonly booking: { readonly seriesId: string; readonly body: SeriesBody } | undefined
  readonly nextDate: NextDateBody | undefined
  readonly attestation: AttestationBody
}

/** Saves a whole wrap-up; what a failure left undone is done by the next try. */
export function useFinishWrapUp(at: MeetingAddress) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ homework, decisions, booking, nextDate, attestation }: WrapUpChanges) => {
      for (const { homeworkId, body } of homework) await api.putHomework(at.relationshipId, homeworkId, body)
      if (decisions) await api.putDecisions(at, decisions)
      if (booking) await api.putSeries({ ...at, seriesId: booking.seriesId }, booking.body)
      if (nextDate) await api.putNextDate(at, nextDate)
      return api.putAttestation(at, attestation)
    },
    // Also after a failure: part of it is saved.
    onSettled: () => cache.invalidateQueries({ queryKey: queryKeys.relationship(at.relationshipId) }),
  })
}
