import { Temporal } from 'temporal-polyfill'
import type { GoalBody } from '../../../shared/api/goals.ts'
import { changeGoal } from '../../../shared/domain/goal-history.ts'
import type { Goal } from '../../../shared/domain/work.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { removeWork, saveWork } from './save-work.ts'

export type GoalDeps = RelationshipDeps & { readonly goals: WorkRepository<Goal>; readonly clock: Clock }
type GoalPlace = { readonly actor: Actor; readonly relationshipId: string; readonly goalId: string }

/** The pair's goals, oldest first. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function listGoals(
  deps: GoalDeps,
  { actor, relationshipId }: Omit<GoalPlace, 'goalId'>,
): Promise<readonly AtRevision<Goal>[]> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  return (await deps.goals.list(relationshipId)).toSorted((a, b) =>
    Temporal.Instant.compare(a.value.createdAt, b.value.createdAt),
  )
}

/**
 * Adds or changes a goal; what a change replaces stays in the goal's history.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile` when `revision` is not the stored one and
 * the content is not what is stored, `id-already-used`
 */
export async function putGoal(
  deps: GoalDeps,
  { actor, relationshipId, goalId, body }: GoalPlace & { readonly body: GoalBody },
): Promise<AtRevision<Goal>> {
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { revision, why, ...fields } = body
  const by = standing === 'mentor' ? 'mentor' : 'mentee'
  const now = deps.clock.now().toString()
  return saveWork(deps.goals, { relationshipId, id: goalId, revision }, (stored) =>
    stored
      ? changeGoal(stored, fields, { by, now, why })
      : { id: goalId, relationshipId: relationship.id, ...fields, createdAt: now, updatedAt: now },
  )
}

/** Removes a goal; repeating it changes nothing. @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile` */
export async function removeGoal(deps: GoalDeps, { actor, relationshipId, goalId }: GoalPlace): Promise<void> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  await removeWork(deps.goals, { relationshipId, id: goalId })
}
