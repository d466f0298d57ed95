import { Temporal } from 'temporal-polyfill'
import type { PriorityBody } from '../../../shared/api/growth.ts'
import type { Priority } from '../../../shared/domain/work.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { removeWork, saveWork } from './save-work.ts'

export type PriorityDeps = RelationshipDeps & { readonly priorities: WorkRepository<Priority>; readonly clock: Clock }
type PriorityPlace = { readonly actor: Actor; readonly relationshipId: string; readonly priorityId: string }

/** What to stop, decline, start and keep, oldest first. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function listPriorities(
  deps: PriorityDeps,
  { actor, relationshipId }: Omit<PriorityPlace, 'priorityId'>,
): Promise<readonly AtRevision<Priority>[]> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  return (await deps.priorities.list(relationshipId)).toSorted((a, b) =>
    Temporal.Instant.compare(a.value.createdAt, b.value.createdAt),
  )
}

/** Adds or changes one. @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile`, `id-already-used` */
export async function putPriority(
  deps: PriorityDeps,
  { actor, relationshipId, priorityId, body }: PriorityPlace & { readonly body: PriorityBody },
): Promise<AtRevision<Priority>> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { revision, ...fields } = body
  const now = deps.clock.now().toString()
  return saveWork(deps.priorities, { relationshipId, id: priorityId, revision }, (stored) => ({
    id: priorityId,
    relationshipId: relationship.id,
    ...fields,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
}

/** Removes one; gone already is what was asked for. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function removePriority(
  deps: PriorityDeps,
  { actor, relationshipId, priorityId }: PriorityPlace,
): Promise<void> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  await removeWork(deps.priorities, { relationshipId, id: priorityId })
}
