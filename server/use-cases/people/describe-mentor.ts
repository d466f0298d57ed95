import { mentorLoad } from '../../../shared/domain/mentor-load.ts'
import type { MentorSkill } from '../../../shared/templates/mentor-skills.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { DirectoryPerson } from '../../ports/directory.ts'
import type { PeopleRepository } from '../../store/people-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'

export type DescribeMentorDeps = {
  readonly people: PeopleRepository
  readonly relationships: RelationshipRepository
}
export type FoundPerson = DirectoryPerson & {
  /** Programmes that they and the actor belong to; every one of theirs for a coordinator. */
  readonly programmeIds: readonly string[]
  /** In one of those programmes. */
  readonly mentor?: { readonly hasRoom: boolean; readonly skills: readonly MentorSkill[] }
}

/**
 * Tells of people what the actor may know when looking for a mentor: whether mentors of the actor's programmes have room,
 * and what they say they offer. How many mentees they have and take is theirs to know. A shared step of use cases.
 */
export async function describeMentors(
  { people, relationships }: DescribeMentorDeps,
  actor: Actor,
  found: readonly DirectoryPerson[],
): Promise<readonly FoundPerson[]> {
  const mine = new Set(
    (await people.listMemberships(actor.tenantId, actor.personId)).map(({ programmeId }) => programmeId),
  )
  return Promise.all(
    found.map(async (person): Promise<FoundPerson> => {
      const memberships = (await people.listMemberships(actor.tenantId, person.id)).filter(
        ({ programmeId }) => isCoordinator(actor) || mine.has(programmeId),
      )
      const programmeIds = [...new Set(memberships.map(({ programmeId }) => programmeId))]
      if (!memberships.some(({ role }) => role === 'mentor')) return { ...person, programmeIds }
      const pairs = await relationships.listOf(actor.tenantId, person.id)
      const known = await people.find(actor.tenantId, person.id)
      const { mentees, capacity } = mentorLoad(person.id, pairs, known?.capacity)
      return { ...person, programmeIds, mentor: { hasRoom: mentees < capacity, skills: known?.skills ?? [] } }
    }),
  )
}
