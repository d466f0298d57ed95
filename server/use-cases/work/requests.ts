import { Temporal } from 'temporal-polyfill'
import type { OpportunityRequestBody } from '../../../shared/api/requests.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { asId, type RelationshipId } from '../../../shared/domain/ids.ts'
import {
  answerAfterEdit,
  type HoursBudget,
  type OpportunityRequest,
} from '../../../shared/domain/opportunity-request.ts'
import { isTheMentee, mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { removeWork, saveWork } from './save-work.ts'

export type RequestDeps = RelationshipDeps & {
  readonly requests: WorkRepository<OpportunityRequest>
  readonly hoursBudgets: WorkRepository<HoursBudget>
  readonly clock: Clock
}
export type RequestPlace = { readonly actor: Actor; readonly relationshipId: string; readonly requestId: string }

/** What is asked of the mentee, oldest first, and the hours they have. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function listRequests(
  deps: RequestDeps,
  { actor, relationshipId }: Omit<RequestPlace, 'requestId'>,
): Promise<{
  readonly requests: readonly AtRevision<OpportunityRequest>[]
  readonly budget: AtRevision<HoursBudget> | undefined
}> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const requests = await deps.requests.list(relationshipId)
  return {
    requests: requests.toSorted((a, b) => Temporal.Instant.compare(a.value.createdAt, b.value.createdAt)),
    budget: await deps.hoursBudgets.find(relationshipId, relationshipId),
  }
}

/**
 * Adds or changes a request, as the mentee. When what is asked changes, the mentor's answer no longer stands.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile`, `id-already-used`
 */
export async function putRequest(
  deps: RequestDeps,
  { actor, relationshipId, requestId, body }: RequestPlace & { readonly body: OpportunityRequestBody },
): Promise<AtRevision<OpportunityRequest>> {
  await loadRelationship(deps, actor, relationshipId, isTheMentee)
  const { revision, ...fields } = body
  const now = deps.clock.now().toString()
  return saveWork(deps.requests, { relationshipId, id: requestId, revision }, (stored) => {
    const answer = answerAfterEdit(stored, fields)
    return {
      id: requestId,
      relationshipId: asId<RelationshipId>(relationshipId),
      ...fields,
      ...(answer ? { answer } : {}),
      createdAt: stored?.createdAt ?? now,
      updatedAt: now,
    }
  })
}

/** Removes a request, as the mentee; repeating it changes nothing. @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile` */
export async function removeRequest(
  deps: RequestDeps,
  { actor, relationshipId, requestId }: RequestPlace,
): Promise<void> {
  await loadRelationship(deps, actor, relationshipId, isTheMentee)
  await removeWork(deps.requests, { relationshipId, id: requestId })
}

export const requestNotFound = () => new DomainError('request-not-found', 'There is no such request.')
