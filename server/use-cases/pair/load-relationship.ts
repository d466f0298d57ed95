import { DomainError } from '../../../shared/domain/errors.ts'
import type { MentoringRole, Relationship } from '../../../shared/domain/relationship.ts'
import { rolesActedFor, type Standing, standingIn } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { PeopleRepository } from '../../store/people-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'

export type RelationshipDeps = { readonly relationships: RelationshipRepository; readonly people: PeopleRepository }

/**
 * The first step of every use case on a pair: the relationship and what the actor is to it.
 * @throws DomainError `relationship-not-found`, also when it exists but is none of the actor's business;
 * `not-allowed` when `allows` refuses the actor's standing
 */
export async function loadRelationship(
  { relationships, people }: RelationshipDeps,
  actor: Actor,
  relationshipId: string,
  allows: (standing: Standing) => boolean,
): Promise<{
  readonly relationship: Relationship
  readonly standing: Standing
  /** Roles whose own affairs the actor may see. */
  readonly ownRoles: readonly MentoringRole[]
}> {
  const relationship = await relationships.find(actor.tenantId, relationshipId)
  const principalIds = await people.listPrincipals(actor.tenantId, actor.personId)
  const standing = relationship && standingIn(actor, relationship, principalIds)
  if (!relationship || !standing) throw new DomainError('relationship-not-found', 'There is no such relationship.')
  if (!allows(standing)) throw new DomainError('not-allowed', `This is not open to the ${standing}.`)
  return { relationship, standing, ownRoles: rolesActedFor(actor, relationship, principalIds) }
}
