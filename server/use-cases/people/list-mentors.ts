import type { MentorSkill } from '../../../shared/templates/mentor-skills.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { PersonRecord } from '../../store/people-repository.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import { type DescribeMentorDeps, describeMentors, type FoundPerson } from './describe-mentor.ts'

export type ListMentorsDeps = DescribeMentorDeps & { readonly programmes: ProgrammeRepository }

/** As many as the directory's search tells. */
const MOST = 25

/**
 * Mentors who say that they offer a skill, those with room first, then by name: of the actor's programmes, and of all for
 * a coordinator; at most 25, whole or with `more: true`.
 * @param query beginning of a name or address; everybody when empty
 */
export async function listMentors(
  { programmes, ...deps }: ListMentorsDeps,
  { actor, skill, query }: { readonly actor: Actor; readonly skill: MentorSkill; readonly query: string },
): Promise<{ readonly people: readonly FoundPerson[]; readonly more: boolean }> {
  const { people } = deps
  const { tenantId, personId } = actor
  const programmeIds = isCoordinator(actor)
    ? (await programmes.list(tenantId)).map(({ id }) => id)
    : (await people.listMemberships(tenantId, personId)).map(({ programmeId }) => programmeId)
  const members = await Promise.all([...new Set(programmeIds)].map((id) => people.listMembers(tenantId, id)))
  const mentorIds = members
    .flat()
    .flatMap((member) => (member.role === 'mentor' && member.personId !== personId ? [member.personId] : []))
  const offering = (await people.list(tenantId, mentorIds))
    .filter(({ skills }) => skills?.includes(skill))
    .filter((person) => beginsWith(person, query))
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
  const described = await describeMentors(deps, actor, offering)
  const ranked = described.toSorted((a, b) => Number(b.mentor?.hasRoom ?? false) - Number(a.mentor?.hasRoom ?? false))
  return { people: ranked.slice(0, MOST), more: ranked.length > MOST }
}

/** Any word of the name, or the address. */
function beginsWith({ displayName, email }: PersonRecord, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  const name = displayName.toLowerCase()
  return [name, ...name.split(/\s+/), email].some((text) => text.startsWith(wanted))
}
