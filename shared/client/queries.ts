import { skipToken, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ProposalsBody } from '../api/proposals.ts'
import type { RelationshipBody } from '../api/relationships.ts'
import type { SeriesBody, SeriesView } from '../api/series.ts'
import type { MentorSkill } from '../templates/mentor-skills.ts'
import type { DatedMeetingAddress, MeetingAddress, SeriesAddress } from './addresses.ts'
import { useApi } from './api-context.ts'

/** Cache keys, from the general to the particular, so that a pair's whole branch can be refreshed at once. */
export const queryKeys = {
  me: ['me'],
  people: (query: string, skill: MentorSkill | undefined) => ['people', query, skill ?? null],
  relationships: ['relationships'],
  relationship: (relationshipId: string) => ['relationship', relationshipId],
  seriesList: (relationshipId: string) => ['relationship', relationshipId, 'series'],
  series: ({ relationshipId, seriesId }: SeriesAddress) => ['relationship', relationshipId, 'series', seriesId],
  proposals: (relationshipId: string, body: ProposalsBody) => ['relationship', relationshipId, 'proposals', body],
  meeting: ({ relationshipId, meetingId }: MeetingAddress) => ['relationship', relationshipId, 'meeting', meetingId],
  meetingByEvent: (eventId: string, startsAt?: string) => ['meeting-by-event', eventId, startsAt ?? null],
  wrapUp: ({ relationshipId, meetingId }: MeetingAddress) => ['relationship', relationshipId, 'wrap-up', meetingId],
  wrapUps: (relationshipId: string) => ['relationship', relationshipId, 'wrap-up'],
  offers: ({ relationshipId, seriesId, meetingId }: DatedMeetingAddress) => [
    'offers',
    relationshipId,
    seriesId,
    meetingId,
  ],
  waiting: ['waiting'],
  goals: (relationshipId: string) => ['relationship', relationshipId, 'goals'],
  homework: (relationshipId: string) => ['relationship', relationshipId, 'homework'],
  pairs: (programmeId: string) => ['programme', programmeId, 'pairs'],
  figures: (programmeId: string) => ['programme', programmeId, 'figures'],
  troubles: (programmeId: string) => ['programme', programmeId, 'troubles'],
} as const

/** How often a series is read again while it changes by itself, in milliseconds. */
const WHILE_BOOKING_MS = 700
/** How often what is shown is read again because somebody may change it in Outlook, in milliseconds. */
const WHILE_SHOWN_MS = 2_000
const LIST_SHOWN_MS = 5_000
const LIST_SHOWN_MS_PER_PAIR = 25

export function useMe() {
  const api = useApi()
  return useQuery({ queryKey: queryKeys.me, queryFn: ({ signal }) => api.getMe(signal), staleTime: 300_000 })
}

type PeopleSearch = { readonly query: string; readonly skill: MentorSkill | undefined }

/**
 * People whose name or address begins with `query`, or the mentors who offer a skill, all of them while `query` is empty.
 * Asks nothing while there is neither, and keeps the last list meanwhile.
 */
export function usePeopleSearch({ query, skill }: PeopleSearch) {
  const api = useApi()
  const text = query.trim()
  const isIdle = text === '' && skill === undefined
  return useQuery({
    queryKey: queryKeys.people(text, skill),
    queryFn: isIdle
      ? skipToken
      : ({ signal }) =>
          skill === undefined
            ? api.searchPeople({ query: text }, signal)
            : api.listMentors({ skill, query: text }, signal),
    staleTime: 60_000,
    placeholderData: (previous) => (isIdle ? undefined : previous),
  })
}

export function useRelationships() {
  const api = useApi()
  return useQuery({ queryKey: queryKeys.relationships, queryFn: ({ signal }) => api.listRelationships(signal) })
}

export function useRelationship(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.relationship(relationshipId),
    queryFn: ({ signal }) => api.getRelationship(relationshipId, signal),
  })
}

export function usePutRelationship() {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ relationshipId, body }: { relationshipId: string; body: RelationshipBody }) =>
      api.putRelationship(relationshipId, body),
    // Not awaited: the answer is enough to go on with.
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: queryKeys.relationships })
    },
  })
}

/** Ranked dates; asks nothing until there is a request. Always read anew, because calendars move on. */
export function useProposals(request: { relationshipId: string; body: ProposalsBody } | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: request ? queryKeys.proposals(request.relationshipId, request.body) : ['proposals', 'none'],
    queryFn: request ? ({ signal }) => api.postProposals(request.relationshipId, request.body, signal) : skipToken,
    staleTime: 0,
    gcTime: 60_000,
    // A list of dates that changes while someone chooses from it is worse than one a few minutes old: booking checks.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

export function useSeriesList(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.seriesList(relationshipId),
    queryFn: ({ signal }) => api.listSeries(relationshipId, signal),
    refetchInterval: ({ state }) => (state.data?.series.some(isMoving) ? WHILE_BOOKING_MS : LIST_SHOWN_MS),
  })
}

/** The series of several pairs at once; `series` is left out until every pair's are there. */
export function useSeriesOfPairs(relationshipIds: readonly string[]) {
  const api = useApi()
  return useQueries({
    queries: relationshipIds.map((relationshipId) => ({
      queryKey: queryKeys.seriesList(relationshipId),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.listSeries(relationshipId, signal),
    })),
    combine: (answers) => ({
      error: answers.find((answer) => answer.isError)?.error,
      series: answers.every((answer) => answer.data)
        ? answers.flatMap((answer) => answer.data?.series ?? [])
        : undefined,
      refetch: () => Promise.all(answers.map((answer) => answer.refetch())),
    }),
  })
}

/** One series, read again and again while it is being booked or cancelled. */
export function useSeries(at: SeriesAddress) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.series(at),
    queryFn: ({ signal }) => api.getSeries(at, signal),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? WHILE_BOOKING_MS : WHILE_SHOWN_MS),
  })
}

const isMoving = ({ state }: SeriesView) => state === 'booking' || state === 'changing' || state === 'cancelling'

export function useBookSeries() {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ at, body }: { at: SeriesAddress; body: SeriesBody }) => api.putSeries(at, body),
    onSuccess: (series, { at }) => {
      cache.setQueryData(queryKeys.series(at), series)
      void cache.invalidateQueries({ queryKey: queryKeys.relationships })
      void cache.invalidateQueries({ queryKey: queryKeys.seriesList(at.relationshipId), exact: true })
    },
  })
}

export function useCancelSeries() {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ at, comment }: { at: SeriesAddress; comment: string }) =>
      api.putCancellation(at, comment.trim() === '' ? {} : { comment: comment.trim() }),
    onSuccess: (series, { at }) => {
      cache.setQueryData(queryKeys.series(at), series)
      void cache.invalidateQueries({ queryKey: queryKeys.seriesList(at.relationshipId) })
    },
  })
}

/** A programme's pairs as a coordinator sees them. */
export function usePairs(programmeId: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.pairs(programmeId ?? ''),
    queryFn: programmeId === undefined ? skipToken : ({ signal }) => api.listPairs(programmeId, signal),
    // A long list takes its time to put together, and changes of one pair matter less in it.
    refetchInterval: ({ state }) => Math.max(LIST_SHOWN_MS, (state.data?.pairs.length ?? 0) * LIST_SHOWN_MS_PER_PAIR),
  })
}

/** A programme in counts, as its leadership sees it. */
export function useFigures(programmeId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.figures(programmeId),
    queryFn: ({ signal }) => api.loadFigures(programmeId, signal),
  })
}
