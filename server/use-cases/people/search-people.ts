import { mentorLoad } from '../../../shared/domain/mentor-load.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Directory, DirectoryPerson } from '../../ports/directory.ts'
import type { PeopleRepository } from '../../store/people-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'

export type SearchPeopleDeps = {
  readonly people: PeopleRepository
  readonly relationships: RelationshipRepository
  readonly directory: Directory
}
export type FoundPerson = DirectoryPerson & {
  /** Programmes that they and the actor belong to; every one of theirs for a coordinator. */
  readonly programmeIds: readonly string[]
  /** In one of those programmes. */
  readonly mentor?: { readonly hasRoom: boolean }
}

/**
 * Searches the directory, and tells of mentors of the actor's programmes whether they have room; how many mentees they
 * have and take is theirs to know.
 * @param mentorsOnly only people who are mentors in a programme that the actor belongs to
 */
export async function searchPeople(
  { people, relationships, directory }: SearchPeopleDeps,
  { actor, query, mentorsOnly }: { readonly actor: Actor; readonly query: string; readonly mentorsOnly: boolean },
): Promise<{ readonly people: readonly FoundPerson[]; readonly more: boolean }> {
  const found = await directory.searchPeople(query)
  const others = found.people.filter((person) => person.id !== actor.personId)
  const mine = new Set(
    (await people.listMemberships(actor.tenantId, actor.personId)).map(({ programmeId }) => programmeId),
  )
  const annotated = await Promise.all(
    others.map(async (person): Promise<FoundPerson> => {
      const memberships = (await people.listMemberships(actor.tenantId, person.id)).filter(
        ({ programmeId }) => isCoordinator(actor) || mine.has(programmeId),
      )
      const programmeIds = [...new Set(memberships.map(({ programmeId }) => programmeId))]
      if (!memberships.some(({ role }) => role === 'mentor')) return { ...person, programmeIds }
      const pairs = await relationships.listOf(actor.tenantId, person.id)
      const known = await people.find(actor.tenantId, person.id)
      const { mentees, capacity } = mentorLoad(person.id, pairs, known?.capacity)
      return { ...person, programmeIds, mentor: { hasRoom: mentees < capacity } }
    }),
  )
  const kept = mentorsOnly ? annotated.filter(({ mentor }) => mentor) : annotated
  // Mentors first: they are who is looked for; otherwise in the directory's order.
  return { people: kept.toSorted((a, b) => Number(Boolean(b.mentor)) - Number(Boolean(a.mentor))), more: found.more }
}
