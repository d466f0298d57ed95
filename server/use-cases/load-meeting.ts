import { DomainError } from '../../shared/domain/errors.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../shared/domain/series.ts'
import type { AgendaEntry } from '../../shared/domain/work.ts'
import { mayReadContent, type Standing } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import type { SeriesRepository } from '../store/series-repository.ts'
import type { WorkRepository } from '../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'

export type MeetingDeps = RelationshipDeps & {
  readonly series: SeriesRepository
  readonly agenda: WorkRepository<AgendaEntry>
}
export type MeetingDetail = {
  readonly relationship: Relationship
  readonly standing: Standing
  readonly series: MentoringSeries
  readonly meeting: Meeting
  /** What the pair changed on the checklist, oldest first. */
  readonly entries: readonly AgendaEntry[]
}

/**
 * One meeting with its agenda, for the pair.
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
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const series = await deps.series.findByMeeting(actor.tenantId, relationshipId, meetingId)
  const meeting = series?.meetings.find(({ id }) => id === meetingId)
  if (!series || !meeting) throw new DomainError('meeting-not-found', 'There is no such meeting.')
  const entries = (await deps.agenda.list(relationshipId))
    .map(({ value }) => value)
    .filter((entry) => entry.meetingId === meetingId)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  return { relationship, standing, series, meeting, entries }
}
