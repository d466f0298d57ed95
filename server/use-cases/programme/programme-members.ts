import { DomainError } from '../../../shared/domain/errors.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { MembershipRole, PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import { type RememberPersonDeps, rememberPerson } from '../people/remember-person.ts'
import { unknownPerson } from './list-pairs.ts'

export type Member = { readonly person: PersonRecord; readonly roles: readonly MembershipRole[] }
type MemberDeps = { readonly people: PeopleRepository; readonly programmes: ProgrammeRepository }
type Place = { readonly actor: Actor; readonly programmeId: string }

/** Everybody in a programme, by name. @throws DomainError `not-allowed`, `programme-not-found` */
export async function listMembers(deps: MemberDeps, { actor, programmeId }: Place): Promise<readonly Member[]> {
  await assertCoordinates(deps, { actor, programmeId })
  const rolesOf = new Map<string, MembershipRole[]>()
  for (const { personId, role } of await deps.people.listMembers(actor.tenantId, programmeId)) {
    rolesOf.set(personId, [...(rolesOf.get(personId) ?? []), role])
  }
  const members = await Promise.all(
    [...rolesOf].map(async ([personId, roles]): Promise<Member> => {
      const person = await deps.people.find(actor.tenantId, personId)
      return { person: person ?? unknownPerson(actor.tenantId, personId), roles }
    }),
  )
  return members.toSorted((a, b) => a.person.displayName.localeCompare(b.person.displayName))
}

/**
 * Sets what a person is in a programme, in place of what they were; no roles take them out. Their pairs stay.
 * @param capacity mentees they take on at most as a mentor; as before unless told
 * @throws DomainError `not-allowed`, `programme-not-found`, `person-not-found`
 */
export async function putMember(
  deps: MemberDeps & RememberPersonDeps,
  {
    actor,
    programmeId,
    personId,
    roles,
    capacity,
  }: Place & {
    readonly personId: string
    readonly roles: readonly MembershipRole[]
    readonly capacity?: number | undefined
  },
): Promise<Member> {
  await assertCoordinates(deps, { actor, programmeId })
  const { people } = deps
  const { tenantId } = actor
  const { id, ...rest } = await rememberPerson(deps, { tenantId, personId, path: 'personId' })
  if (capacity !== undefined) await people.remember({ id, ...rest, capacity })
  for (const role of roles) await people.join({ tenantId, programmeId, personId: id, role })
  for (const membership of await people.listMemberships(tenantId, id)) {
    const isOver = membership.programmeId === programmeId && !roles.includes(membership.role)
    if (isOver) await people.leave(membership)
  }
  return { person: (await people.find(tenantId, id)) ?? { id, ...rest }, roles }
}

async function assertCoordinates({ programmes }: MemberDeps, { actor, programmeId }: Place): Promise<void> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'Members of a programme are for coordinators.')
  if (await programmes.find(actor.tenantId, programmeId)) return
  throw new DomainError('programme-not-found', 'There is no such programme.')
}
