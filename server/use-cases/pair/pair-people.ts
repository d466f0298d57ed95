import { Temporal } from 'temporal-polyfill'
import { assertMembers, isCommittee } from '../../../shared/domain/committee.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import {
  asId,
  type PersonId,
  type ProgrammeId,
  type RelationshipId,
  type TenantId,
} from '../../../shared/domain/ids.ts'
import { isOver } from '../../../shared/domain/lifecycle.ts'
import { dateOf } from '../../../shared/domain/lifecycle-clocks.ts'
import { type DomainOfHelp, type HelpAs, type Relationship, roleIn } from '../../../shared/domain/relationship.ts'
import { fingerprint } from '../../derive-ids.ts'
import { isCoordinator, mayPair, standingIn } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { type RememberPersonDeps, rememberPerson } from '../people/remember-person.ts'
import { type EndRelationshipDeps, endRelationship } from './end-relationship.ts'
import type { MyRelationship } from './list-relationships.ts'
import { loadOfMentor } from './mentor-load.ts'

export type PairPeopleDeps = RememberPersonDeps & EndRelationshipDeps
export type PairPeople = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly menteeId: string
  readonly mentorId: string
  /** Makes it a mentorship committee that the mentor chairs. */
  readonly memberIds?: readonly string[] | undefined
  readonly domains: readonly DomainOfHelp[]
  readonly programmeId?: string | undefined
  /** A mentor unless told. */
  readonly helpAs?: HelpAs | undefined
}

/**
 * Links a mentee and a mentor, or a mentee and a committee. Repeating it with the same id and people changes nothing.
 * @returns the pair as the actor will find it in their list
 * @throws DomainError `person-not-found`, `same-person`, `committee-not-possible`, `not-allowed`, `programme-not-found`, `id-already-used`
 */
export async function pairPeople(deps: PairPeopleDeps, request: PairPeople): Promise<MyRelationship> {
  const { actor } = request
  const relationship = await findOrAdd(deps, request)
  // Also after a repeat: an interruption may have left it.
  await closeRematch(deps, relationship)
  const principalIds = await deps.people.listPrincipals(actor.tenantId, actor.personId)
  const all = await deps.series.listOf(actor.tenantId, relationship.id)
  return {
    relationship,
    // A coordinator who pairs people outside any programme has no standing afterwards.
    standing: standingIn(actor, relationship, principalIds) ?? 'coordinator',
    seriesIds: all.toSorted((a, b) => Temporal.Instant.compare(b.createdAt, a.createdAt)).map(({ id }) => id),
  }
}

async function findOrAdd(deps: PairPeopleDeps, request: PairPeople): Promise<Relationship> {
  const { relationships, clock } = deps
  const { actor, relationshipId, domains, programmeId, helpAs = 'mentor', memberIds } = request
  const { tenantId } = actor
  const mentee = await rememberPerson(deps, { tenantId, personId: request.menteeId, path: 'menteeId' })
  const mentor = await rememberPerson(deps, { tenantId, personId: request.mentorId, path: 'mentorId' })
  const pair = { menteeId: mentee.id, mentorId: mentor.id }
  if (mentee.id === mentor.id) {
    throw new DomainError('same-person', 'Mentee and mentor are the same person.', [
      { path: 'mentorId', message: 'is the mentee' },
    ])
  }
  if (!mayPair(actor, pair)) {
    throw new DomainError('not-allowed', 'Only the two themselves or a coordinator can pair people.')
  }
  if (memberIds) assertMembers(memberIds, pair)
  const requestHash = fingerprint({ ...pair, domains, programmeId, helpAs: request.helpAs, memberIds })
  const stored = await relationships.find(tenantId, relationshipId)
  if (stored) return assertSame(stored, { ...pair, requestHash })
  const members = memberIds && (await rememberMembers(deps, tenantId, memberIds))
  const everyone = [mentee.id, mentor.id, ...(members ?? [])]
  if (programmeId !== undefined) await assertProgramme(deps, actor, programmeId, everyone)
  if (!members) await assertRoom(deps, actor, pair)
  const now = clock.now().toString()
  const relationship: Relationship = {
    id: asId<RelationshipId>(relationshipId),
    tenantId: asId<TenantId>(tenantId),
    menteeId: asId<PersonId>(mentee.id),
    mentorId: asId<PersonId>(mentor.id),
    ...(members ? { memberIds: members } : {}),
    domains,
    ...(programmeId === undefined ? {} : { programmeId: asId<ProgrammeId>(programmeId) }),
    helpAs,
    ...beginning(actor, pair, now),
    requestHash,
    checkOn: dateOf(now),
    createdAt: now,
  }
  if (await relationships.add(relationship)) return relationship
  const raced = await relationships.find(tenantId, relationshipId)
  if (!raced) throw new DomainError('id-already-used', 'This id is used for something else.')
  return assertSame(raced, { ...pair, requestHash })
}

/** Everybody on a committee is looked up, so that the first fault names its place. @throws DomainError `person-not-found` */
export async function rememberMembers(
  deps: RememberPersonDeps,
  tenantId: string,
  memberIds: readonly string[],
): Promise<readonly PersonId[]> {
  const members: PersonId[] = []
  for (const [index, personId] of memberIds.entries()) {
    const { id } = await rememberPerson(deps, { tenantId, personId, path: `memberIds[${index}]` })
    members.push(asId<PersonId>(id))
  }
  return members
}

/** Another mentor was found: the pair that waited for it is over, with what it had ahead. It can be repeated. */
async function closeRematch(deps: PairPeopleDeps, found: Relationship) {
  const { tenantId, menteeId, programmeId, createdAt } = found
  if (found.state !== 'assigned' || isCommittee(found)) return
  for (const other of await deps.relationships.listOf(tenantId, menteeId)) {
    if (other.menteeId !== menteeId || other.programmeId !== programmeId || other.state !== 'rematch') continue
    // Whoever asks for another mentor later still waits for one.
    if (Temporal.Instant.compare(other.course.stateSince ?? other.createdAt, createdAt) > 0) continue
    await endRelationship(deps, other, { kind: 'rematched' })
  }
}

/** Whom a mentee asks must have room; mentors and coordinators know what they do. */
async function assertRoom(deps: PairPeopleDeps, { tenantId, personId }: Actor, { menteeId, mentorId }: TwoPeople) {
  if (personId !== menteeId) return
  const pairs = await deps.relationships.listOf(tenantId, mentorId)
  // A second pair of the same two, e.g. for another domain, is no further mentee.
  if (pairs.some((pair) => pair.mentorId === mentorId && pair.menteeId === menteeId && !isOver(pair.state))) return
  const { mentees, capacity } = await loadOfMentor(deps, tenantId, mentorId)
  if (mentees < capacity) return
  throw new DomainError('mentor-has-no-room', 'This mentor takes on nobody else just now.', [
    { path: 'mentorId', message: 'has no room for another mentee' },
  ])
}

/** A programme links two people; one who asks the other waits for their answer. */
function beginning(actor: Actor, pair: TwoPeople, now: string): Pick<Relationship, 'state' | 'course'> {
  const invitedBy = roleIn(pair, actor.personId)
  if (invitedBy) return { state: 'invited', course: { invitedBy } }
  return { state: 'assigned', course: { assignedAt: now } }
}

type TwoPeople = { readonly menteeId: string; readonly mentorId: string }

/** A programme shows its coordinators the logistics of its pairs: whoever is in it agreed to that, others did not. */
async function assertProgramme(
  { programmes, people }: PairPeopleDeps,
  actor: Actor,
  programmeId: string,
  personIds: readonly string[],
): Promise<void> {
  if (!(await programmes.find(actor.tenantId, programmeId))) {
    throw new DomainError('programme-not-found', 'There is no such programme.', [
      { path: 'programmeId', message: 'is not a programme of this tenant' },
    ])
  }
  if (isCoordinator(actor)) return
  for (const personId of personIds) {
    const memberships = await people.listMemberships(actor.tenantId, personId)
    if (memberships.some((membership) => membership.programmeId === programmeId)) continue
    throw new DomainError('not-allowed', 'People pair up in a programme that all of them belong to.', [
      { path: 'programmeId', message: 'is not a programme of all' },
    ])
  }
}

function assertSame(
  stored: Relationship,
  { menteeId, mentorId, requestHash }: TwoPeople & { readonly requestHash: string },
): Relationship {
  const isSamePair = stored.menteeId === menteeId && stored.mentorId === mentorId
  // Those that no request made (seeded, or from before fingerprints) are told by their people alone.
  if (isSamePair && (stored.requestHash ?? requestHash) === requestHash) return stored
  throw new DomainError('id-already-used', 'This id names another relationship.', [
    { path: 'relationshipId', message: 'is used; mint a new UUID' },
  ])
}
