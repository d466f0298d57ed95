import type { Temporal } from 'temporal-polyfill'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { type Calendar, CalendarError } from '../../ports/calendar.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import type { Programme, ProgrammeRepository } from '../../store/programme-repository.ts'

export type LoadMeDeps = {
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly calendar: Calendar
  readonly clock: Clock
}
export type MyProgramme = { readonly programme: Programme; readonly role: 'coordinator' | 'leadership' | 'member' }

/**
 * Who the signed-in person is to the product. The directory's record of them, once there is one, counts more than the
 * token: its `preferred_username` is a sign-in name, and mail need not reach it.
 */
export async function loadMe({ people, programmes, calendar, clock }: LoadMeDeps, actor: Actor) {
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
  const timeZone = person.email === '' ? undefined : await findTimeZone(calendar, person, clock.now())
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

/** Zone of the person's mailbox; nothing where there is none or it cannot be read just now: the page can do without. */
async function findTimeZone(
  calendar: Calendar,
  { id, email }: PersonRecord,
  now: Temporal.Instant,
): Promise<string | undefined> {
  try {
    const hour = { start: now.toString(), end: now.add({ hours: 1 }).toString() }
    const [schedule] = await calendar.listSchedules(id, [email], hour)
    return !schedule || 'problem' in schedule ? undefined : schedule.workingHours?.timeZone
  } catch (error) {
    if (error instanceof CalendarError) return undefined
    throw error
  }
}
