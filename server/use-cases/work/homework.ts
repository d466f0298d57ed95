import { Temporal } from 'temporal-polyfill'
import type { HomeworkBody } from '../../../shared/api/homework.ts'
import { asId, type MeetingId, type RelationshipId } from '../../../shared/domain/ids.ts'
import type { Homework } from '../../../shared/domain/work.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { removeWork, saveWork } from './save-work.ts'

export type HomeworkDeps = RelationshipDeps & { readonly homework: WorkRepository<Homework>; readonly clock: Clock }
type HomeworkPlace = { readonly actor: Actor; readonly relationshipId: string; readonly homeworkId: string }

/** The pair's homework, oldest first. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function listHomework(
  deps: HomeworkDeps,
  { actor, relationshipId }: Omit<HomeworkPlace, 'homeworkId'>,
): Promise<readonly AtRevision<Homework>[]> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  return (await deps.homework.list(relationshipId)).toSorted((a, b) =>
    Temporal.Instant.compare(a.value.createdAt, b.value.createdAt),
  )
}

/**
 * Adds, changes or ticks homework.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile` when `revision` is not the stored one and
 * the content is not what is stored, `id-already-used`
 */
export async function putHomework(
  deps: HomeworkDeps,
  { actor, relationshipId, homeworkId, body }: HomeworkPlace & { readonly body: HomeworkBody },
): Promise<AtRevision<Homework>> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { revision, meetingId, ...fields } = body
  const now = deps.clock.now().toString()
  return saveWork(deps.homework, { relationshipId, id: homeworkId, revision }, (stored) => ({
    id: homeworkId,
    relationshipId: asId<RelationshipId>(relationshipId),
    ...fields,
    ...(meetingId === undefined ? {} : { meetingId: asId<MeetingId>(meetingId) }),
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
}

/** Removes homework; repeating it changes nothing. @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile` */
export async function removeHomework(
  deps: HomeworkDeps,
  { actor, relationshipId, homeworkId }: HomeworkPlace,
): Promise<void> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  await removeWork(deps.homework, { relationshipId, id: homeworkId })
}
