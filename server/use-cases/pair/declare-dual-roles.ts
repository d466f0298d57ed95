import { DomainError } from '../../../shared/domain/errors.ts'
import type { DualRole } from '../../../shared/domain/relationship.ts'
import { maySteer } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { KeepClocksDeps } from './keep-clocks.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'
import { loadStanding, type PairStanding } from './load-standing.ts'

/** Says what else the mentor is to the mentee, for both to see. The last word of either counts; repeating it changes nothing. */
export async function declareDualRoles(
  deps: RelationshipDeps & KeepClocksDeps,
  {
    dualRoles,
    ...place
  }: { readonly actor: Actor; readonly relationshipId: string; readonly dualRoles: readonly DualRole[] },
): Promise<PairStanding> {
  await loadRelationship(deps, place.actor, place.relationshipId, maySteer)
  for (;;) {
    const stored = await deps.relationships.findAtRevision(place.actor.tenantId, place.relationshipId)
    if (!stored) throw new DomainError('relationship-not-found', 'There is no such relationship.')
    const isSaid = JSON.stringify(stored.value.dualRoles) === JSON.stringify(dualRoles)
    if (isSaid || (await deps.relationships.save({ ...stored.value, dualRoles }, stored.rev))) {
      return loadStanding(deps, place)
    }
  }
}
