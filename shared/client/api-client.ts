import type { AccessLog } from '../api/access-log.ts'
import type { GoalBody, GoalList, GoalView } from '../api/goals.ts'
import type { HomeworkBody, HomeworkList, HomeworkView } from '../api/homework.ts'
import type { Me } from '../api/me.ts'
import type { AgendaItemBody, MeetingView, PrioritiesBody } from '../api/meetings.ts'
import type { FoundPeople } from '../api/people.ts'
import type { PairList, ProgrammeFiguresView } from '../api/programmes.ts'
import type { ProposalsBody, ProposalsView } from '../api/proposals.ts'
import type { RelationshipBody, RelationshipList, RelationshipView } from '../api/relationships.ts'
import type { ReminderList } from '../api/reminders.ts'
import type { CancellationBody, SeriesBody, SeriesList, SeriesView } from '../api/series.ts'
import type { TodoView } from '../api/todo.ts'
import type { TroubleList, TroubleView } from '../api/troubles.ts'
import { type MeetingAddress, meetingPath, type SeriesAddress, seriesPath } from './addresses.ts'
import { agreementCalls } from './agreement-calls.ts'
import { briefCalls } from './brief-calls.ts'
import { changeCalls } from './change-calls.ts'
import { committeeCalls } from './committee-calls.ts'
import { endingCalls } from './ending-calls.ts'
import { feedbackCalls } from './feedback-calls.ts'
import { growthCalls } from './growth-calls.ts'
import { helpCalls } from './help-calls.ts'
import { mentorCalls } from './mentor-calls.ts'
import { recordCalls } from './record-calls.ts'
import { relationshipPath } from './relationship-path.ts'
import { requestCalls } from './request-calls.ts'
import { createSend, type SendSetup } from './send.ts'
import { settingsCalls } from './settings-calls.ts'
import { standingCalls } from './standing-calls.ts'
import { createTextReview } from './text-review.ts'
import { wrapUpCalls } from './wrap-up-calls.ts'

export type ApiClient = ReturnType<typeof createApiClient>

/** Working out a year of proposals may read two calendars first. */
const PROPOSALS_TIME_LIMIT_MS = 45_000
/** A first round writes every piece of open homework. */
const TODO_TIME_LIMIT_MS = 60_000
const TODO_PERMISSIONS = ['https://graph.microsoft.com/Tasks.ReadWrite']

/**
 * One function per route of the service. Ids are UUIDs that the caller mints; every call may be repeated safely.
 * All throw `ApiProblem`, and the signal's reason when aborted.
 */
export function createApiClient(setup: SendSetup) {
  const textReview = createTextReview()
  const send = createSend({ review: textReview.review, ...setup })
  const remove = async (path: string): Promise<void> => {
    await send<unknown>(path, { method: 'DELETE' })
  }
  return {
    ...growthCalls(send, remove),
    ...briefCalls(send),
    ...changeCalls(send),
    ...requestCalls(send, remove),
    ...feedbackCalls(send),
    ...helpCalls(send),
    ...mentorCalls(send),
    ...settingsCalls(send, remove),
    ...endingCalls(send),
    ...recordCalls(send, remove),
    /** What is written is looked at before it is sent. */
    textReview,

    getTodo: (signal?: AbortSignal) => send<TodoView>('/api/me/todo', { signal }),
    putTodo: () =>
      send<TodoView>('/api/me/todo', { method: 'PUT', timeLimitMs: TODO_TIME_LIMIT_MS, consentTo: TODO_PERMISSIONS }),
    syncTodo: () => send<TodoView>('/api/me/todo/sync', { method: 'POST', timeLimitMs: TODO_TIME_LIMIT_MS }),
    deleteTodo: () => remove('/api/me/todo'),
    listReminders: (timeZone: string, signal?: AbortSignal) =>
      send<ReminderList>('/api/me/reminders', { query: { timeZone }, signal }),
    getMe: (signal?: AbortSignal) => send<Me>('/api/me', { signal }),

    /** People whose name or address begins with `query`. */
    searchPeople: ({ query, mentors }: { query: string; mentors?: boolean }, signal?: AbortSignal) =>
      send<FoundPeople>('/api/people', { query: { query, mentors }, signal }),

    listRelationships: (signal?: AbortSignal) => send<RelationshipList>('/api/relationships', { signal }),
    getRelationship: (relationshipId: string, signal?: AbortSignal) =>
      send<RelationshipView>(relationshipPath(relationshipId), { signal }),
    putRelationship: (relationshipId: string, body: RelationshipBody) =>
      send<RelationshipView>(relationshipPath(relationshipId), { method: 'PUT', body }),

    /** Ranked dates for a plan, with reasons. Changes nothing. */
    postProposals: (relationshipId: string, body: ProposalsBody, signal?: AbortSignal) =>
      send<ProposalsView>(`${relationshipPath(relationshipId)}/proposals`, {
        method: 'POST',
        body,
        signal,
        timeLimitMs: PROPOSALS_TIME_LIMIT_MS,
      }),

    listSeries: (relationshipId: string, signal?: AbortSignal) =>
      send<SeriesList>(`${relationshipPath(relationshipId)}/series`, { signal }),
    getSeries: (at: SeriesAddress, signal?: AbortSignal) => send<SeriesView>(seriesPath(at), { signal }),
    /** Starts booking; the answer is how far it is. */
    putSeries: (at: SeriesAddress, body: SeriesBody) => send<SeriesView>(seriesPath(at), { method: 'PUT', body }),
    /** Calls the whole series off; attendees get one cancellation each, with the comment. */
    putCancellation: (at: SeriesAddress, body: CancellationBody) =>
      send<SeriesView>(`${seriesPath(at)}/cancellation`, { method: 'PUT', body }),

    /** The meeting behind a calendar item of the signed-in person. `startsAt` (RFC 3339, UTC) tells the occurrence. */
    findMeetingByEvent: ({ eventId, startsAt }: { eventId: string; startsAt?: string }, signal?: AbortSignal) =>
      send<MeetingView>('/api/meetings/by-event', { query: { eventId, startsAt }, signal }),
    getMeeting: (at: MeetingAddress, signal?: AbortSignal) => send<MeetingView>(meetingPath(at), { signal }),
    putAgendaItem: ({ itemId, ...at }: MeetingAddress & { itemId: string }, body: AgendaItemBody) =>
      send<unknown>(`${meetingPath(at)}/agenda/${encodeURIComponent(itemId)}`, { method: 'PUT', body }),
    putPriorities: (at: MeetingAddress, body: PrioritiesBody) =>
      send<MeetingView>(`${meetingPath(at)}/priorities`, { method: 'PUT', body }),
    deleteAgendaItem: ({ itemId, ...at }: MeetingAddress & { itemId: string }) =>
      remove(`${meetingPath(at)}/agenda/${encodeURIComponent(itemId)}`),

    ...wrapUpCalls(send),
    ...standingCalls(send),
    ...committeeCalls(send),
    ...agreementCalls(send),

    /** Who read or changed what the pair wrote, newest first; the entries before one where `before` tells. */
    listAccesses: (relationshipId: string, before: number | undefined, signal?: AbortSignal) =>
      send<AccessLog>(`${relationshipPath(relationshipId)}/access-log`, {
        query: { before: before === undefined ? undefined : String(before) },
        signal,
      }),
    listGoals: (relationshipId: string, signal?: AbortSignal) =>
      send<GoalList>(`${relationshipPath(relationshipId)}/goals`, { signal }),
    putGoal: (relationshipId: string, goalId: string, body: GoalBody) =>
      send<GoalView>(`${relationshipPath(relationshipId)}/goals/${encodeURIComponent(goalId)}`, {
        method: 'PUT',
        body,
      }),
    deleteGoal: (relationshipId: string, goalId: string) =>
      remove(`${relationshipPath(relationshipId)}/goals/${encodeURIComponent(goalId)}`),

    listHomework: (relationshipId: string, signal?: AbortSignal) =>
      send<HomeworkList>(`${relationshipPath(relationshipId)}/homework`, { signal }),
    putHomework: (relationshipId: string, homeworkId: string, body: HomeworkBody) =>
      send<HomeworkView>(`${relationshipPath(relationshipId)}/homework/${encodeURIComponent(homeworkId)}`, {
        method: 'PUT',
        body,
      }),
    deleteHomework: (relationshipId: string, homeworkId: string) =>
      remove(`${relationshipPath(relationshipId)}/homework/${encodeURIComponent(homeworkId)}`),

    /** What a coordinator sees of a programme's pairs: dates and states, no content. */
    loadFigures: (programmeId: string, signal?: AbortSignal) =>
      send<ProgrammeFiguresView>(`${programmePath(programmeId)}/figures`, { signal }),
    listPairs: (programmeId: string, signal?: AbortSignal) =>
      send<PairList>(`${programmePath(programmeId)}/pairs`, { signal }),
    /** Background work that was given up. */
    listTroubles: (programmeId: string, signal?: AbortSignal) =>
      send<TroubleList>(`${programmePath(programmeId)}/troubles`, { signal }),
    putRetry: (programmeId: string, troubleId: string) =>
      send<TroubleView>(`${programmePath(programmeId)}/troubles/${encodeURIComponent(troubleId)}/retry`, {
        method: 'PUT',
      }),
  }
}

const programmePath = (programmeId: string) => `/api/programmes/${encodeURIComponent(programmeId)}`
