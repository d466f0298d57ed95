import type { Temporal } from 'temporal-polyfill'
import { isCoordinator } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import { type Calendar, CalendarError } from '../ports/calendar.ts'
import type { Clock } from '../ports/clock.ts'
import type { PeopleRepository, PersonRecord } from '../store/people-repository.ts'
import type { Programme, ProgrammeRepository } from '../store/programme-repository.ts'

export type LoadMeDeps = {
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly calendar: Calendar
  readonly clock: Clock
}
export type MyProgramme = { readonly programme: Programme; readonly role: 'coordinator' | 'leadership' | 'member' }

/** Who the signed-in person is to the product; remembers their name for others' screens. */
export async function loadMe({ people, programmes, calendar, clock }: LoadMeDeps, actor: Actor) {
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
  const timeZone = await findTimeZone(calendar, actor, clock.now())
  return { person, timeZone, principals: await people.list(actor.tenantId, principalIds), programmes: mine }
}

/** Zone of the actor's mailbox; nothing where there is none or it cannot be read just now: the page can do without. */
async function findTimeZone(calendar: Calendar, actor: Actor, now: Temporal.Instant): Promise<string | undefined> {
  try {
    const hour = { start: now.toString(), end: now.add({ hours: 1 }).toString() }
    const [schedule] = await calendar.listSchedules(actor.personId, [actor.email], hour)
    return !schedule || 'problem' in schedule ? undefined : schedule.workingHours?.timeZone
  } catch (error) {
    if (error instanceof CalendarError) return undefined
    throw error
  }
}
