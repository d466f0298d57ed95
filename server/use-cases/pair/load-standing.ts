import { DomainError } from '../../../shared/domain/errors.ts'
import type { MentorLoad } from '../../../shared/domain/mentor-load.ts'
import { mayReadLogistics, type Standing } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { type KeepClocksDeps, keepClocks, type OnTime } from './keep-clocks.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'
import { loadOfMentor } from './mentor-load.ts'

export type PairStanding = OnTime & {
  readonly standing: Standing
  /** For a mentor who was asked: what they carry already. */
  readonly load?: MentorLoad
}

/** Where a pair stands today, for whoever may know it. @throws DomainError `relationship-not-found` */
export async function loadStanding(
  deps: RelationshipDeps & KeepClocksDeps,
  { actor, relationshipId }: { readonly actor: Actor; readonly relationshipId: string },
): Promise<PairStanding> {
  const { standing } = await loadRelationship(deps, actor, relationshipId, mayReadLogistics)
  const onTime = await keepClocks(deps, { tenantId: actor.tenantId, relationshipId })
  if (!onTime) throw new DomainError('relationship-not-found', 'There is no such relationship.')
  const isAsked = standing === 'mentor' && onTime.relationship.state === 'invited'
  return { ...onTime, standing, ...(isAsked ? { load: await loadOfMentor(deps, actor.tenantId, actor.personId) } : {}) }
}
