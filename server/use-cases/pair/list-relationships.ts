import { Temporal } from 'temporal-polyfill'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type Standing, standingIn } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { RelationshipDeps } from './load-relationship.ts'

export type MyRelationship = {
  readonly relationship: Relationship
  readonly standing: Standing
  readonly seriesIds: readonly string[]
}

/** The actor's relationships, and those of the people whose calendars they manage. */
export async function listRelationships(
  { relationships, people, series }: RelationshipDeps & { readonly series: SeriesRepository },
  actor: Actor,
): Promise<readonly MyRelationship[]> {
  const principalIds = await people.listPrincipals(actor.tenantId, actor.personId)
  const found = new Map<string, Relationship>()
  for (const personId of [actor.personId, ...principalIds]) {
    for (const relationship of await relationships.listOf(actor.tenantId, personId))
      found.set(relationship.id, relationship)
  }
  return Promise.all(
    [...found.values()].flatMap((relationship) => {
      const standing = standingIn(actor, relationship, principalIds)
      if (!standing) return []
      return [
        series.listOf(actor.tenantId, relationship.id).then((all) => ({
          relationship,
          standing,
          seriesIds: all.toSorted((a, b) => Temporal.Instant.compare(b.createdAt, a.createdAt)).map(({ id }) => id),
        })),
      ]
    }),
  )
}
