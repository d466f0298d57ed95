import { DomainError } from '../../../shared/domain/errors.ts'
import { type MentorLoad, mentorLoad } from '../../../shared/domain/mentor-load.ts'
import { mayKnowMentorLoad } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { RelationshipDeps } from './load-relationship.ts'

type Own = { readonly actor: Actor; readonly personId: string }

/** What one carries as a mentor; nobody else's to ask. @throws DomainError `not-allowed` */
export async function loadMentorLoad(deps: RelationshipDeps, { actor, personId }: Own): Promise<MentorLoad> {
  assertOwn(actor, personId)
  return loadOfMentor(deps, actor.tenantId, personId)
}

/** Says how many mentees one takes on at most; who is a mentee already stays. @throws DomainError `not-allowed` */
export async function setCapacity(
  deps: RelationshipDeps,
  { actor, personId, capacity }: Own & { readonly capacity: number },
): Promise<MentorLoad> {
  assertOwn(actor, personId)
  const { tenantId, displayName, email } = actor
  const known = await deps.people.find(tenantId, personId)
  await deps.people.remember({ ...(known ?? { id: personId, tenantId, displayName, email }), capacity })
  return loadOfMentor(deps, tenantId, personId)
}

/** The same for whoever decides on a pair; a shared step of use cases. */
export async function loadOfMentor(
  { relationships, people }: RelationshipDeps,
  tenantId: string,
  mentorId: string,
): Promise<MentorLoad> {
  const known = await people.find(tenantId, mentorId)
  return mentorLoad(mentorId, await relationships.listOf(tenantId, mentorId), known?.capacity)
}

function assertOwn(actor: Actor, personId: string): void {
  if (mayKnowMentorLoad(actor, personId)) return
  throw new DomainError('not-allowed', 'Only the person themselves says how many mentees they take.')
}
