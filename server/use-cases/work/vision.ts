import type { VisionBody } from '../../../shared/api/growth.ts'
import type { VisionPlan } from '../../../shared/domain/work.ts'
import { mayReadContent, mayWriteVision } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { saveWork } from './save-work.ts'

export type VisionDeps = RelationshipDeps & { readonly visions: WorkRepository<VisionPlan>; readonly clock: Clock }
type PairPlace = { readonly actor: Actor; readonly relationshipId: string }

/** Where the mentee wants to be, if they wrote it down. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function loadVision(
  deps: VisionDeps,
  { actor, relationshipId }: PairPlace,
): Promise<AtRevision<VisionPlan> | undefined> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  return deps.visions.find(relationshipId, relationshipId)
}

/**
 * The mentee writes where they want to be.
 * @throws DomainError `not-allowed` for anybody but the mentee, `edited-meanwhile`
 */
export async function putVision(
  deps: VisionDeps,
  { actor, relationshipId, body }: PairPlace & { readonly body: VisionBody },
): Promise<AtRevision<VisionPlan>> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayWriteVision)
  const now = deps.clock.now().toString()
  const { id } = relationship
  return saveWork(deps.visions, { relationshipId, id, revision: body.revision }, (stored) => ({
    id,
    relationshipId: id,
    text: body.text,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
}
