import { DomainError } from '../../../shared/domain/errors.ts'
import { MENTOR_SKILLS, type MentorSkill } from '../../../shared/templates/mentor-skills.ts'
import { mayStateSkills } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { PeopleRepository } from '../../store/people-repository.ts'

type Deps = { readonly people: PeopleRepository }
type Own = { readonly actor: Actor; readonly personId: string }
type Stated = { readonly skills: readonly MentorSkill[] }

/** What one says one offers as a mentor; others find it where they look for a mentor. @throws DomainError `not-allowed` */
export async function loadMentorSkills({ people }: Deps, { actor, personId }: Own): Promise<Stated> {
  assertOwn(actor, personId)
  return { skills: (await people.find(actor.tenantId, personId))?.skills ?? [] }
}

/** Says what one offers as a mentor, in place of before; repeating it changes nothing. @throws DomainError `not-allowed` */
export async function stateMentorSkills({ people }: Deps, { actor, personId, skills }: Own & Stated): Promise<Stated> {
  assertOwn(actor, personId)
  const { tenantId, displayName, email } = actor
  const known = await people.find(tenantId, personId)
  // In one order, so that the same skills are the same statement.
  const ordered = MENTOR_SKILLS.filter((skill) => skills.includes(skill))
  await people.remember({ ...(known ?? { id: personId, tenantId, displayName, email }), skills: ordered })
  return { skills: ordered }
}

function assertOwn(actor: Actor, personId: string): void {
  if (mayStateSkills(actor, personId)) return
  throw new DomainError('not-allowed', 'Only the person themselves says what they offer.')
}
