import type { Temporal } from 'temporal-polyfill'
import { expiringMemory } from '../../expiring-memory.ts'
import { type Calendar, CalendarError } from '../../ports/calendar.ts'
import type { PersonRecord } from '../../store/people-repository.ts'

/** IANA zone of a person's mailbox; nothing where there is none or it cannot be read just now: pages can do without. */
export type FindMailboxZone = (
  calendar: Calendar,
  person: PersonRecord,
  now: Temporal.Instant,
) => Promise<string | undefined>

/** Every page asks, and people change their zone on journeys: soon enough to be seen on arrival. */
const KEPT_MINUTES = 10
/** More than open a page within that time; beyond it all are read anew. */
const KEPT_MAX = 10_000

/** Asks the calendars for a zone, and keeps what they say for ten minutes. */
export function mailboxZones(): FindMailboxZone {
  const kept = expiringMemory<string>(KEPT_MAX)
  return async (calendar, person, now) => {
    const key = `${person.tenantId}|${person.id}|${person.email}`
    const at = now.epochMilliseconds
    const known = kept.find(key, at)
    if (known) return known
    const zone = await readZone(calendar, person, now)
    if (zone === undefined) return undefined
    kept.keep(key, zone, at, now.add({ minutes: KEPT_MINUTES }).epochMilliseconds)
    return zone
  }
}

async function readZone(calendar: Calendar, { id, email }: PersonRecord, now: Temporal.Instant) {
  try {
    const hour = { start: now.toString(), end: now.add({ hours: 1 }).toString() }
    const [schedule] = await calendar.listSchedules(id, [email], hour)
    return !schedule || 'problem' in schedule ? undefined : schedule.workingHours?.timeZone
  } catch (error) {
    if (error instanceof CalendarError) return undefined
    throw error
  }
}
