import { isMember } from '../shared/domain/committee.ts'
import { DomainError } from '../shared/domain/errors.ts'
import { type MentoringRole, personInRole, type Relationship, roleIn } from '../shared/domain/relationship.ts'
import type { Actor } from './ports/actor.ts'

/**
 * What somebody is to one relationship; `member`: sits on its committee beside the chair. Nobody at all: for them it does
 * not exist.
 */
export type Standing = MentoringRole | 'member' | 'assistant' | 'coordinator'

/** App role in Entra that makes a person a coordinator of the tenant's programmes. */
const COORDINATOR_ROLE = 'Coordinator'

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
  if (isMember(relationship, actor.personId)) return 'member'
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

/**
 * What a meeting needs: its agenda, the brief that was shared, a note of one's own. Members of a committee come to its
 * meetings; what the mentee and the chair keep between them stays theirs.
 */
export const mayAttend = (standing: Standing): standing is MentoringRole | 'member' =>
  mayReadContent(standing) || standing === 'member'

/** What is the mentee's own to write, e.g. what others ask of them. */
export const isTheMentee = (standing: Standing): boolean => standing === 'mentee'
/** What is the mentor's own to write, e.g. advice on a request. */
export const isTheMentor = (standing: Standing): boolean => standing === 'mentor'

/** What comes first on an agenda: the mentee, who owns the relationship. */
export const mayRankAgenda = (standing: Standing): boolean => standing === 'mentee'

/** Pause, resume, say how it goes: the two alone. */
export const maySteer = (standing: Standing): standing is MentoringRole => mayReadContent(standing)

/** Ask for another mentor: the two, without a reason; a coordinator, where help is due. */
export const mayAskRematch = (standing: Standing): boolean => maySteer(standing) || standing === 'coordinator'
/** Their vision: the mentee's own words. */
export const mayWriteVision = (standing: Standing): boolean => standing === 'mentee'

/** What one of the two is asked: their own words. */
export const mayAnswer =
  (askedOf: MentoringRole) =>
  (standing: Standing): boolean =>
    standing === askedOf

/** The brief before a meeting: the mentee's own words. */
export const mayWriteBrief = (standing: Standing): boolean => standing === 'mentee'

/** Times, places, states of meetings. */
export const mayReadLogistics = (_standing: Standing): boolean => true

/** Book, move, cancel: the pair and the assistants of either. */
export const mayBook = (standing: Standing): boolean => maySteer(standing) || standing === 'assistant'

/** Say who sits on a committee: the mentee and the chair. */
export const mayNameMembers = (standing: Standing): boolean => maySteer(standing)

/** Leave a committee: whoever sits on it beside its chair. */
export const mayLeave = (standing: Standing): boolean => standing === 'member'

/**
 * Whose calendar a series goes into: only one that the actor keeps, because invitations go out in its owner's name.
 * @param ownRoles roles of the actor and of the people whose calendars they manage
 * @returns the role asked for; without one the mentee, who owns the relationship, where that calendar is the actor's to fill
 * @throws DomainError `not-allowed` with the path `organizer`
 */
export function organizerFor(ownRoles: readonly MentoringRole[], asked: MentoringRole | undefined): MentoringRole {
  const organizer = asked ?? (ownRoles.includes('mentee') ? 'mentee' : ownRoles[0])
  if (organizer !== undefined && ownRoles.includes(organizer)) return organizer
  throw new DomainError('not-allowed', 'A series is booked in one\u2019s own calendar or a principal\u2019s.', [
    { path: 'organizer', message: 'is somebody whose calendar you do not manage' },
  ])
}

/** Pair people: a coordinator, or one of the two themselves. */
export const mayPair = (actor: Actor, { menteeId, mentorId }: { menteeId: string; mentorId: string }): boolean =>
  isCoordinator(actor) || actor.personId === menteeId || actor.personId === mentorId

/** A programme in counts: whoever leads it, and coordinators. */
export const mayReadFigures = (
  actor: Actor,
  memberships: readonly { readonly programmeId: string; readonly role: string }[],
  programmeId: string,
): boolean =>
  isCoordinator(actor) || memberships.some((one) => one.programmeId === programmeId && one.role === 'leadership')

/** Clinic sources and availability of a person: themselves and whoever manages their calendar. */
export const mayEditAvailability = (actor: Actor, personId: string, principalIds: readonly string[]): boolean =>
  actor.personId === personId || principalIds.includes(personId)

/** How many mentees one has and takes: nobody's but one's own. */
export const mayKnowMentorLoad = (actor: Actor, personId: string): boolean => actor.personId === personId

/** Say what one offers as a mentor, and read it to change it; who looks for a mentor finds it. */
export const mayStateSkills = (actor: Actor, personId: string): boolean => actor.personId === personId

/** Say who manages one's calendar: nobody but its owner, or an assistant could pass the right on. */
export const mayNameAssistants = (actor: Actor, personId: string): boolean => actor.personId === personId
