import { assertMembers, isCommittee } from '../../../shared/domain/committee.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { isOver } from '../../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { mayLeave, mayNameMembers } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { RememberPersonDeps } from '../people/remember-person.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'
import { rememberMembers } from './pair-people.ts'

export type NameMembersDeps = RelationshipDeps & RememberPersonDeps
type Place = { readonly actor: Actor; readonly relationshipId: string }

/** Tries when somebody else writes the committee at the same moment. */
const TRIES = 5

/**
 * Says who sits on a committee beside its chair. Meetings that are booked keep whom they invited; those booked later
 * invite the new members. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state`, `committee-not-possible`,
 * `person-not-found`, `edited-meanwhile`
 */
export async function nameMembers(
  deps: NameMembersDeps,
  { memberIds, ...place }: Place & { readonly memberIds: readonly string[] },
): Promise<void> {
  const { relationship } = await loadRelationship(deps, place.actor, place.relationshipId, mayNameMembers)
  assertMembers(memberIds, relationship)
  const members = await rememberMembers(deps, place.actor.tenantId, memberIds)
  await change(deps, place, () => members)
}

/**
 * A member leaves the committee, without a reason. What is booked stays in their calendar for them to decline; whoever
 * is left goes on. Repeating it finds no committee any more.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state`, `edited-meanwhile`
 */
export async function leaveCommittee(deps: RelationshipDeps, place: Place): Promise<void> {
  await loadRelationship(deps, place.actor, place.relationshipId, mayLeave)
  await change(deps, place, (members) => members.filter((id) => id !== place.actor.personId))
}

async function change(
  { relationships }: RelationshipDeps,
  { actor, relationshipId }: Place,
  decide: (members: readonly PersonId[]) => readonly PersonId[],
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const read = await relationships.findAtRevision(actor.tenantId, relationshipId)
    if (!read) throw new DomainError('relationship-not-found', 'There is no such relationship.')
    const { value, rev } = read
    assertChangeable(value)
    const members = decide(value.memberIds ?? [])
    const isSame = JSON.stringify(members) === JSON.stringify(value.memberIds)
    if (isSame || (await relationships.saveMembers({ ...value, memberIds: members }, rev))) return
  }
  throw new DomainError('edited-meanwhile', 'The committee keeps changing; try again in a moment.')
}

function assertChangeable(relationship: Relationship): void {
  if (isCommittee(relationship) && !isOver(relationship.state)) return
  throw new DomainError('not-in-this-state', 'Only a committee that is not over has members to name.')
}
