import { type MentoringRole, personInRole, type Relationship, roleIn } from '../shared/domain/relationship.ts'
import type { Actor } from './ports/actor.ts'

/** What somebody is to one relationship. Nobody at all: for them it does not exist. */
export type Standing = MentoringRole | 'assistant' | 'coordinator'

/** App role in Entra that makes a person a coordinator of the tenant's programmes. */
export const COORDINATOR_ROLE = 'Coordinator'

export const isCoordinator = (actor: Actor): boolean => actor.roles.includes(COORDINATOR_ROLE)

/**
 * Draws the standing from the token and from who manages whose calendar. A participant who is also a coordinator is a
 * participant here.
 * @param principalIds people whose calendars the actor manages
 */
export function standingIn(
  actor: Actor,
  relationship: Relationship,
  principalIds: readonly string[],
): Standing | undefined {
  if (relationship.tenantId !== actor.tenantId) return undefined
  const role = roleIn(relationship, actor.personId)
  if (role) return role
  if (principalIds.some((id) => roleIn(relationship, id))) return 'assistant'
  if (isCoordinator(actor) && relationship.programmeId !== undefined) return 'coordinator'
  return undefined
}

/** Roles whose own affairs (roster, clinic codes) the actor may see: their own, and their principals'. */
export function rolesActedFor(
  actor: Actor,
  relationship: Relationship,
  principalIds: readonly string[],
): readonly MentoringRole[] {
  const own = new Set([actor.personId, ...principalIds])
  return (['mentee', 'mentor'] as const).filter((role) => own.has(personInRole(relationship, role)))
}

/** Goals, homework, agenda: the pair alone. */
export const mayReadContent = (standing: Standing): standing is MentoringRole =>
  standing === 'mentee' || standing === 'mentor'

/** Times, places, states of meetings. */
export const mayReadLogistics = (_standing: Standing): boolean => true

/** Book, move, cancel: the pair and the assistants of either. */
export const mayBook = (standing: Standing): boolean => standing !== 'coordinator'

/** Pair people in a programme: a coordinator, or one of the two themselves. */
export const mayPair = (actor: Actor, { menteeId, mentorId }: { menteeId: string; mentorId: string }): boolean =>
  isCoordinator(actor) || actor.personId === menteeId || actor.personId === mentorId

/** Clinic sources and availability of a person: themselves and whoever manages their calendar. */
export const mayEditAvailability = (actor: Actor, personId: string, principalIds: readonly string[]): boolean =>
  actor.personId === personId || principalIds.includes(personId)
