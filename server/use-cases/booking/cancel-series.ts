import { DomainError } from '../../../shared/domain/errors.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type MentoringSeries, openMeetings, planCancellation } from '../../../shared/domain/series.ts'
import { mayBook } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import { type NewJob, newJob } from '../../store/job-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'

export type CallOffDeps = {
  readonly series: SeriesRepository
  readonly clock: Clock
  readonly backgroundWork: boolean
}
export type CancelSeriesDeps = RelationshipDeps & CallOffDeps
export type CancelSeries = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly seriesId: string
  /** Sent to the attendees. */
  readonly comment?: string | undefined
}

/** Tries before giving up when the booking writes at the same moment. */
const TRIES = 10

/**
 * Calls off every meeting of a series that is still to come; what was held stays. Repeating it changes nothing.
 * @throws DomainError `series-not-found`, `not-allowed`, `edited-meanwhile`
 */
export async function cancelSeries(deps: CancelSeriesDeps, request: CancelSeries): Promise<MentoringSeries> {
  const { actor, relationshipId, seriesId, comment } = request
  await loadRelationship(deps, actor, relationshipId, mayBook)
  return callOff(deps, { tenantId: actor.tenantId, relationshipId, seriesId }, comment)
}

/** Calls off whatever a pair has ahead; it can be repeated. A shared step of use cases. */
export async function callOffAhead(
  deps: CallOffDeps,
  { tenantId, id: relationshipId }: Pick<Relationship, 'tenantId' | 'id'>,
): Promise<void> {
  const now = deps.clock.now().toString()
  for (const series of await deps.series.listOf(tenantId, relationshipId)) {
    if (openMeetings(series, now).length > 0) await callOff(deps, { tenantId, relationshipId, seriesId: series.id })
  }
}

/** Calls off one series for whoever is known to be allowed. @throws DomainError `series-not-found`, `edited-meanwhile` */
async function callOff(
  deps: CallOffDeps,
  { tenantId, relationshipId, seriesId }: Omit<CancelSeries, 'actor' | 'comment'> & { readonly tenantId: string },
  comment?: string,
): Promise<MentoringSeries> {
  for (let tries = 0; tries < TRIES; tries++) {
    const read = await deps.series.find(tenantId, relationshipId, seriesId)
    if (!read) throw new DomainError('series-not-found', 'There is no such series.')
    if (read.series.state === 'cancelling' || read.series.state === 'cancelled') return read.series
    const cancelling = planCancellation(read.series, deps.clock.now().toString(), comment)
    if (await deps.series.save(cancelling, read.rev, deps.backgroundWork ? cancellationJob(cancelling) : undefined))
      return cancelling
  }
  throw new DomainError('edited-meanwhile', 'The series keeps changing; try again in a moment.')
}

/** Apart from the booking's own job, which may be at its end just now. */
const cancellationJob = ({ id }: MentoringSeries): NewJob => newJob(`book-series|${id}|cancel`, 'book-series', id)
