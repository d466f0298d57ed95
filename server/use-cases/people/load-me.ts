import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Calendar } from '../../ports/calendar.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import type { Programme, ProgrammeRepository } from '../../store/programme-repository.ts'
import type { FindMailboxZone } from './mailbox-zones.ts'

export type LoadMeDeps = {
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly calendar: Calendar
  readonly clock: Clock
  readonly findMailboxZone: FindMailboxZone
}
export type MyProgramme = { readonly programme: Programme; readonly role: 'coordinator' | 'leadership' | 'member' }

/**
 * Who the signed-in person is to the product. The directory's record of them, once there is one, counts more than the
 * token: its `preferred_username` is a sign-in name, and mail need not reach it.
 */
export async function loadMe({ people, programmes, calendar, clock, findMailboxZone }: LoadMeDeps, actor: Actor) {
  const person = await findOrRemember(people, actor)
  const principalIds = await people.listPrincipals(actor.tenantId, actor.personId)
  const memberships = await people.listMemberships(actor.tenantId, actor.personId)
  const all = await programmes.list(actor.tenantId)
  const mine = all.flatMap((programme): MyProgramme[] => {
    const roles = memberships.filter((membership) => membership.programmeId === programme.id).map(({ role }) => role)
    if (isCoordinator(actor)) return [{ programme, role: 'coordinator' }]
    if (roles.includes('leadership')) return [{ programme, role: 'leadership' }]
    return roles.length > 0 ? [{ programme, role: 'member' }] : []
  })
  const timeZone = person.email === '' ? undefined : await findMailboxZone(calendar, person, clock.now())
  return { person, timeZone, principals: await people.list(actor.tenantId, principalIds), programmes: mine }
}

async function findOrRemember(people: PeopleRepository, actor: Actor): Promise<PersonRecord> {
  const known = await people.find(actor.tenantId, actor.personId)
  if (known) return known
  const { personId: id, tenantId, displayName, email } = actor
  const claimed = { id, tenantId, displayName, email }
  if (displayName !== '' && email !== '') await people.rememberStranger(claimed)
  return claimed
}
