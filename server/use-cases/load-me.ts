import { isCoordinator } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import type { PeopleRepository, PersonRecord } from '../store/people-repository.ts'
import type { Programme, ProgrammeRepository } from '../store/programme-repository.ts'

export type LoadMeDeps = { readonly people: PeopleRepository; readonly programmes: ProgrammeRepository }
export type MyProgramme = { readonly programme: Programme; readonly role: 'coordinator' | 'leadership' | 'member' }

/** Who the signed-in person is to the product; remembers their name for others' screens. */
export async function loadMe({ people, programmes }: LoadMeDeps, actor: Actor) {
  await people.remember({
    id: actor.personId,
    tenantId: actor.tenantId,
    displayName: actor.displayName,
    email: actor.email,
  })
  const principalIds = await people.listPrincipals(actor.tenantId, actor.personId)
  const memberships = await people.listMemberships(actor.tenantId, actor.personId)
  const all = await programmes.list(actor.tenantId)
  const mine = all.flatMap((programme): MyProgramme[] => {
    const roles = memberships.filter((membership) => membership.programmeId === programme.id).map(({ role }) => role)
    if (isCoordinator(actor)) return [{ programme, role: 'coordinator' }]
    if (roles.includes('leadership')) return [{ programme, role: 'leadership' }]
    return roles.length > 0 ? [{ programme, role: 'member' }] : []
  })
  const person: PersonRecord = {
    id: actor.personId,
    tenantId: actor.tenantId,
    displayName: actor.displayName,
    email: actor.email,
  }
  return { person, principals: await people.list(actor.tenantId, principalIds), programmes: mine }
}
