import type { Actor } from '../../ports/actor.ts'
import type { Directory } from '../../ports/directory.ts'
import { type DescribeMentorDeps, describeMentors, type FoundPerson } from './describe-mentor.ts'

export type SearchPeopleDeps = DescribeMentorDeps & { readonly directory: Directory }

/**
 * Searches the directory, and tells of mentors of the actor's programmes whether they have room and what they offer.
 * @param mentorsOnly only people who are mentors in a programme that the actor belongs to
 */
export async function searchPeople(
  { directory, ...deps }: SearchPeopleDeps,
  { actor, query, mentorsOnly }: { readonly actor: Actor; readonly query: string; readonly mentorsOnly: boolean },
): Promise<{ readonly people: readonly FoundPerson[]; readonly more: boolean }> {
  const found = await directory.searchPeople(query)
  const others = found.people.filter((person) => person.id !== actor.personId)
  const described = await describeMentors(deps, actor, others)
  const kept = mentorsOnly ? described.filter(({ mentor }) => mentor) : described
  // Mentors first: they are who is looked for; otherwise in the directory's order.
  return { people: kept.toSorted((a, b) => Number(Boolean(b.mentor)) - Number(Boolean(a.mentor))), more: found.more }
}
