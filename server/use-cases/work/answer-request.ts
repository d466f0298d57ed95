import type { MentorAnswerBody } from '../../../shared/api/requests.ts'
import type { OpportunityRequest } from '../../../shared/domain/opportunity-request.ts'
import { isTheMentor } from '../../policies.ts'
import type { AtRevision } from '../../store/work-repository.ts'
import { loadRelationship } from '../pair/load-relationship.ts'
import { type RequestDeps, type RequestPlace, requestNotFound } from './requests.ts'
import { saveWork } from './save-work.ts'

/**
 * Says, as the mentor, what they think of a request; answering again replaces the answer and the consent with it.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `request-not-found`, `edited-meanwhile` when the mentee
 * changed what is asked
 */
export async function answerRequest(
  deps: RequestDeps,
  { actor, relationshipId, requestId, body }: RequestPlace & { readonly body: MentorAnswerBody },
): Promise<AtRevision<OpportunityRequest>> {
  await loadRelationship(deps, actor, relationshipId, isTheMentor)
  const { revision, ...answer } = body
  const updatedAt = deps.clock.now().toString()
  return saveWork(deps.requests, { relationshipId, id: requestId, revision }, (stored) => {
    if (!stored) throw requestNotFound()
    return { ...stored, answer, updatedAt }
  })
}
