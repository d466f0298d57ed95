import { DomainError } from '../../../shared/domain/errors.ts'
import { advance, type LifecycleEvent, type Moment, momentIn } from '../../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'

export type AdvanceRelationshipDeps = {
  readonly relationships: RelationshipRepository
  readonly programmes: ProgrammeRepository
  readonly clock: Clock
}

/**
 * Writes what happened to a pair, on the pair as it is by then; a shared step of use cases, which decide who may.
 * @throws DomainError `relationship-not-found`, and what `advance` refuses
 */
export async function advanceRelationship(
  deps: AdvanceRelationshipDeps,
  { tenantId, relationshipId }: { readonly tenantId: string; readonly relationshipId: string },
  event: LifecycleEvent,
): Promise<Relationship> {
  for (;;) {
    const stored = await deps.relationships.findAtRevision(tenantId, relationshipId)
    if (!stored) throw new DomainError('relationship-not-found', 'There is no such relationship.')
    const advanced = advance(stored.value, event, await momentOf(deps, stored.value))
    if (advanced === stored.value || (await deps.relationships.save(advanced, stored.rev))) return advanced
  }
}

/** Now, with the date where the pair's programme is; in UTC outside of any. */
export async function momentOf(
  { programmes, clock }: Pick<AdvanceRelationshipDeps, 'programmes' | 'clock'>,
  { tenantId, programmeId }: Relationship,
): Promise<Moment> {
  const programme = programmeId === undefined ? undefined : await programmes.find(tenantId, programmeId)
  return momentIn(clock.now(), programme?.timeZone ?? 'UTC')
}
