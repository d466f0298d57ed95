import { skipToken, useIsMutating, useQuery } from '@tanstack/react-query'
import type { GoalBody, GoalList, GoalView } from '../api/goals.ts'
import type { HomeworkBody, HomeworkList, HomeworkView } from '../api/homework.ts'
import type { AgendaItem, MeetingView, PrioritiesBody } from '../api/meetings.ts'
import type { MeetingAddress } from './addresses.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'
import { useOptimistic } from './use-optimistic.ts'
import { useSaving } from './use-saving.ts'

/** How often a meeting is read again because somebody may move it in Outlook, in milliseconds. */
const WHILE_SHOWN_MS = 4_000

/** The meeting behind a calendar item; asks nothing while the item has no id. */
export function useMeetingByEvent(item: { eventId: string; startsAt?: string } | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.meetingByEvent(item?.eventId ?? '', item?.startsAt),
    queryFn: item ? ({ signal }) => api.findMeetingByEvent(item, signal) : skipToken,
    // Which meeting an item is does not change; what is in it is read by `useMeeting`.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `known`: what was already read of it, shown until the answer comes. */
export function useMeeting(at: MeetingAddress | undefined, known?: MeetingView) {
  const api = useApi()
  // A tick that is being saved must not be seen to jump back.
  const isSaving = useIsMutating() > 0
  return useQuery({
    queryKey: at ? queryKeys.meeting(at) : ['meeting', 'none'],
    queryFn: at ? ({ signal }) => api.getMeeting(at, signal) : skipToken,
    refetchInterval: isSaving ? false : WHILE_SHOWN_MS,
    ...(known && known.meetingId === at?.meetingId ? { initialData: known } : {}),
  })
}

export function useGoals(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.goals(relationshipId),
    queryFn: ({ signal }) => api.listGoals(relationshipId, signal),
  })
}

export function useHomework(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.homework(relationshipId),
    queryFn: ({ signal }) => api.listHomework(relationshipId, signal),
  })
}

export type AgendaChange =
  | { readonly kind: 'put'; readonly itemId: string; readonly title?: string; readonly done: boolean }
  | { readonly kind: 'delete'; readonly itemId: string }

/** Ticks template items; adds, edits and deletes own ones. A new own item brings a fresh UUID. */
export function useChangeAgenda(at: MeetingAddress) {
  const api = useApi()
  return useOptimistic<MeetingView, AgendaChange>({
    key: queryKeys.meeting(at),
    send: (change) =>
      change.kind === 'delete'
        ? api.deleteAgendaItem({ ...at, itemId: change.itemId })
        : api.putAgendaItem(
            { ...at, itemId: change.itemId },
            { done: change.done, ...(change.title === undefined ? {} : { title: change.title }) },
          ),
    apply: (meeting, change) => ({ ...meeting, agenda: applyToAgenda(meeting.agenda, change) }),
  })
}

/** The mentee says what comes first in a meeting and what they need. */
export function useRankAgenda({ relationshipId, meetingId }: MeetingAddress) {
  const api = useApi()
  const at = { relationshipId, meetingId }
  return useSaving(queryKeys.meeting(at), (body: PrioritiesBody) => api.putPriorities(at, body))
}

export function applyToAgenda(agenda: AgendaItem[], change: AgendaChange): AgendaItem[] {
  if (change.kind === 'delete') return agenda.filter((item) => item.itemId !== change.itemId)
  const { itemId, title, done } = change
  if (!agenda.some((item) => item.itemId === itemId)) {
    const own = { sub: [], lines: [], reasons: [], isArea: false, isCarried: false, own: true }
    return [...agenda, { itemId, title: title ?? '', done, ...own }]
  }
  return agenda.map((item) =>
    item.itemId === itemId ? { ...item, done, ...(title === undefined ? {} : { title }) } : item,
  )
}

/** `body` without a revision adds; with the one that was shown it edits. */
export type GoalChange =
  | { readonly kind: 'put'; readonly goalId: string; readonly body: GoalBody }
  | { readonly kind: 'delete'; readonly goalId: string }

export function useChangeGoals(relationshipId: string) {
  const api = useApi()
  return useOptimistic<GoalList, GoalChange>({
    key: queryKeys.goals(relationshipId),
    send: (change) =>
      change.kind === 'delete'
        ? api.deleteGoal(relationshipId, change.goalId)
        : api.putGoal(relationshipId, change.goalId, change.body),
    apply: ({ goals }, change) => ({ goals: applyToGoals(goals, change) }),
  })
}

export function applyToGoals(goals: GoalView[], change: GoalChange): GoalView[] {
  if (change.kind === 'delete') return goals.filter((goal) => goal.goalId !== change.goalId)
  const { goalId, body } = change
  const seen = goals.find((goal) => goal.goalId === goalId)
  const { why: _why, ...fields } = body
  const goal = { ...fields, goalId, history: seen?.history ?? [], ...nextRevision(seen) }
  return seen ? goals.map((old) => (old.goalId === goalId ? goal : old)) : [...goals, goal]
}

export type HomeworkChange =
  | { readonly kind: 'put'; readonly homeworkId: string; readonly body: HomeworkBody }
  | { readonly kind: 'delete'; readonly homeworkId: string }

export function useChangeHomework(relationshipId: string) {
  const api = useApi()
  return useOptimistic<HomeworkList, HomeworkChange>({
    key: queryKeys.homework(relationshipId),
    send: (change) =>
      change.kind === 'delete'
        ? api.deleteHomework(relationshipId, change.homeworkId)
        : api.putHomework(relationshipId, change.homeworkId, change.body),
    apply: ({ homework }, change) => ({ homework: applyToHomework(homework, change) }),
  })
}

export function applyToHomework(homework: HomeworkView[], change: HomeworkChange): HomeworkView[] {
  if (change.kind === 'delete') return homework.filter((task) => task.homeworkId !== change.homeworkId)
  const { homeworkId, body } = change
  const seen = homework.find((task) => task.homeworkId === homeworkId)
  const task = { ...body, homeworkId, ...nextRevision(seen) }
  return seen ? homework.map((old) => (old.homeworkId === homeworkId ? task : old)) : [...homework, task]
}

/** What the service will make of it, until its own answer is read: revisions count up by one from 1. */
const nextRevision = (seen: { revision: number; updatedAt: string } | undefined) => ({
  revision: (seen?.revision ?? 0) + 1,
  updatedAt: seen?.updatedAt ?? new Date(0).toISOString(),
})
