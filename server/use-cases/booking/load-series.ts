import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { MentoringSeries } from '../../../shared/domain/series.ts'
import { mayReadLogistics } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'

export type LoadSeriesDeps = RelationshipDeps & { readonly series: SeriesRepository }

/** How far a series is. @throws DomainError `relationship-not-found`, `series-not-found` */
export async function loadSeries(
  deps: LoadSeriesDeps,
  {
    actor,
    relationshipId,
    seriesId,
  }: { readonly actor: Actor; readonly relationshipId: string; readonly seriesId: string },
): Promise<MentoringSeries> {
  await loadRelationship(deps, actor, relationshipId, mayReadLogistics)
  const read = await deps.series.find(actor.tenantId, relationshipId, seriesId)
  if (!read) throw new DomainError('series-not-found', 'There is no such series.')
  return read.series
}

/** Every series of a pair, newest first. @throws DomainError `relationship-not-found` */
export async function listSeries(
  deps: LoadSeriesDeps,
  { actor, relationshipId }: { readonly actor: Actor; readonly relationshipId: string },
): Promise<readonly MentoringSeries[]> {
  await loadRelationship(deps, actor, relationshipId, mayReadLogistics)
  const all = await deps.series.listOf(actor.tenantId, relationshipId)
  return all.toSorted((a, b) => Temporal.Instant.compare(b.createdAt, a.createdAt))
}
