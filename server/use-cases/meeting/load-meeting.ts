import { Temporal } from 'temporal-polyfill'
import {
  type AgendaPlan,
  carriedItems,
  meetingsBefore,
  type PastAgenda,
  staleGoals,
} from '../../../shared/domain/agenda.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import type { AgendaEntry, Goal, Homework } from '../../../shared/domain/work.ts'
import { mayAttend, type Standing } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'

export type MeetingDeps = RelationshipDeps & {
  readonly series: SeriesRepository
  readonly agenda: WorkRepository<AgendaEntry>
  readonly agendaPlans: WorkRepository<AgendaPlan>
  readonly goals: WorkRepository<Goal>
  readonly homework: WorkRepository<Homework>
  readonly clock: Clock
}
export type MeetingDetail = {
  readonly relationship: Relationship
  readonly standing: Standing
  readonly series: MentoringSeries
  readonly meeting: Meeting
  /** What the pair changed on the checklist, oldest first. */
  readonly entries: readonly AgendaEntry[]
  /** What the mentee wants of it; absent until they say. */
  readonly plan: AtRevision<AgendaPlan> | undefined
  /** Earlier meetings whose time has come, oldest first. */
  readonly past: readonly PastAgenda[]
  /** Own items that were not reached there. */
  readonly carried: readonly AgendaEntry[]
  readonly openHomework: readonly Homework[]
  readonly staleGoals: readonly Goal[]
}

/**
 * One meeting with its agenda, for the pair and the members of a committee.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `meeting-not-found`
 */
export async function loadMeeting(
  deps: MeetingDeps,
  {
    actor,
    relationshipId,
    meetingId,
  }: { readonly actor: Actor; readonly relationshipId: string; readonly meetingId: string },
): Promise<MeetingDetail> {
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayAttend)
  const now = deps.clock.now()
  const [all, everyEntry, plans, goals, homework] = await Promise.all([
    deps.series.listOf(actor.tenantId, relationshipId),
    deps.agenda.list(relationshipId),
    deps.agendaPlans.list(relationshipId),
    deps.goals.list(relationshipId),
    deps.homework.list(relationshipId),
  ])
  const series = all.find(({ meetings }) => meetings.some(({ id }) => id === meetingId))
  const meeting = series?.meetings.find(({ id }) => id === meetingId)
  if (!series || !meeting) throw new DomainError('meeting-not-found', 'There is no such meeting.')
  const entriesOf = (id: string) =>
    everyEntry
      .map(({ value }) => value)
      .filter((entry) => entry.meetingId === id)
      .toSorted((a, b) => Temporal.Instant.compare(a.createdAt, b.createdAt))
  const planOf = (id: string) => plans.find(({ value }) => value.id === id)
  const past = meetingsBefore(all, meeting, now).map(
    ({ id }): PastAgenda => ({ meetingId: id, plan: planOf(id)?.value, entries: entriesOf(id) }),
  )
  const entries = entriesOf(meeting.id)
  const today = now.toZonedDateTimeISO(series.timeZone).toPlainDate().toString()
  return {
    relationship,
    standing,
    series,
    meeting,
    entries,
    plan: planOf(meeting.id),
    past,
    carried: carriedItems(past, entries),
    openHomework: homework.map(({ value }) => value).filter(({ done }) => !done),
    staleGoals: staleGoals(
      goals.map(({ value }) => value),
      now,
      today,
    ),
  }
}
