import { useQuery } from '@tanstack/react-query'
import type { BriefBody, NoteBody } from '../api/briefs.ts'
import type { MeetingAddress } from './addresses.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

const briefsKey = (relationshipId: string) => ['relationship', relationshipId, 'brief'] as const

export function useBrief({ relationshipId, meetingId }: MeetingAddress) {
  const api = useApi()
  return useQuery({
    queryKey: [...briefsKey(relationshipId), meetingId],
    queryFn: ({ signal }) => api.getBrief({ relationshipId, meetingId }, signal),
  })
}

/** Of the next meeting; the error `meeting-not-found` when none is booked. */
export function useNextBrief(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...briefsKey(relationshipId), 'next'],
    queryFn: ({ signal }) => api.getNextBrief(relationshipId, signal),
  })
}

export function useSaveBrief({ relationshipId, meetingId }: MeetingAddress) {
  const api = useApi()
  return useSaving(briefsKey(relationshipId), (body: BriefBody) => api.putBrief({ relationshipId, meetingId }, body))
}

export function useSaveNote({ relationshipId, meetingId }: MeetingAddress) {
  const api = useApi()
  return useSaving(briefsKey(relationshipId), (body: NoteBody) => api.putNote({ relationshipId, meetingId }, body))
}
