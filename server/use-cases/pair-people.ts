import { DomainError } from '../../shared/domain/errors.ts'
import { asId, type PersonId, type ProgrammeId, type RelationshipId, type TenantId } from '../../shared/domain/ids.ts'
import type { DomainOfHelp, Relationship } from '../../shared/domain/relationship.ts'
import { mayPair } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory } from '../ports/directory.ts'
import type { PeopleRepository } from '../store/people-repository.ts'
import type { ProgrammeRepository } from '../store/programme-repository.ts'
import type { RelationshipRepository } from '../store/relationship-repository.ts'

export type PairPeopleDeps = {
  readonly relationships: RelationshipRepository
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly directory: Directory
  readonly clock: Clock
}
export type PairPeople = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly menteeId: string
  readonly mentorId: string
  readonly domains: readonly DomainOfHelp[]
  readonly programmeId?: string | undefined
}

/**
 * Links a mentee and a mentor. Repeating it with the same id and people changes nothing.
 * @throws DomainError `same-person`, `not-allowed`, `person-not-found`, `programme-not-found`, `id-already-used`
 */
export async function pairPeople(deps: PairPeopleDeps, request: PairPeople): Promise<Relationship> {
  const { relationships, people, programmes, directory, clock } = deps
  const { actor, relationshipId, menteeId, mentorId, domains, programmeId } = request
  if (menteeId === mentorId) {
    throw new DomainError('same-person', 'Mentee and mentor are the same person.', [
      { path: 'mentorId', message: 'is the mentee' },
    ])
  }
  if (!mayPair(actor, { menteeId, mentorId })) {
    throw new DomainError('not-allowed', 'Only the two themselves or a coordinator can pair people.')
  }
  const stored = await relationships.find(actor.tenantId, relationshipId)
  if (stored) return assertSame(stored, request)
  if (programmeId !== undefined && !(await programmes.find(actor.tenantId, programmeId))) {
    throw new DomainError('programme-not-found', 'There is no such programme.', [
      { path: 'programmeId', message: 'is not a programme of this tenant' },
    ])
  }
  for (const [path, id] of [
    ['menteeId', menteeId],
    ['mentorId', mentorId],
  ] as const) {
    const found = await directory.findPerson(id)
    if (!found)
      throw new DomainError('person-not-found', 'The directory has no such person.', [
        { path, message: 'is not in the directory' },
      ])
    await people.remember({
      id: found.id,
      tenantId: actor.tenantId,
      displayName: found.displayName,
      email: found.email,
      ...(found.jobTitle === undefined ? {} : { jobTitle: found.jobTitle }),
    })
  }
  const relationship: Relationship = {
    id: asId<RelationshipId>(relationshipId),
    tenantId: asId<TenantId>(actor.tenantId),
    menteeId: asId<PersonId>(menteeId),
    mentorId: asId<PersonId>(mentorId),
    domains,
    ...(programmeId === undefined ? {} : { programmeId: asId<ProgrammeId>(programmeId) }),
    state: 'assigned',
    createdAt: clock.now().toString(),
  }
  if (await relationships.add(relationship)) return relationship
  const raced = await relationships.find(actor.tenantId, relationshipId)
  if (!raced) throw new DomainError('id-already-used', 'This id is used for something else.')
  return assertSame(raced, request)
}

function assertSame(stored: Relationship, { menteeId, mentorId }: PairPeople): Relationship {
  if (stored.menteeId === menteeId && stored.mentorId === mentorId) return stored
  throw new DomainError('id-already-used', 'This id names a relationship of other people.', [
    { path: 'relationshipId', message: 'is used; mint a new UUID' },
  ])
}
