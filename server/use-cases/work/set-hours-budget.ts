import type { HoursBudgetBody } from '../../../shared/api/requests.ts'
import { asId, type RelationshipId } from '../../../shared/domain/ids.ts'
import type { HoursBudget } from '../../../shared/domain/opportunity-request.ts'
import { isTheMentee } from '../../policies.ts'
import type { AtRevision } from '../../store/work-repository.ts'
import { loadRelationship } from '../pair/load-relationship.ts'
import type { RequestDeps, RequestPlace } from './requests.ts'
import { saveWork } from './save-work.ts'

/** Sets the hours a month that the mentee can give to what others ask. @throws DomainError `not-allowed`, `edited-meanwhile` */
export async function setHoursBudget(
  deps: RequestDeps,
  { actor, relationshipId, body }: Omit<RequestPlace, 'requestId'> & { readonly body: HoursBudgetBody },
): Promise<AtRevision<HoursBudget>> {
  await loadRelationship(deps, actor, relationshipId, isTheMentee)
  const { revision, hoursPerMonth } = body
  const now = deps.clock.now().toString()
  // One for each pair, so the pair's id is its own.
  return saveWork(deps.hoursBudgets, { relationshipId, id: relationshipId, revision }, (stored) => ({
    id: relationshipId,
    relationshipId: asId<RelationshipId>(relationshipId),
    hoursPerMonth,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
}
