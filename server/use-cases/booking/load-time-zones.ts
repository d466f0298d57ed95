import type { Temporal } from 'temporal-polyfill'
import type { Calendar } from '../../ports/calendar.ts'

/**
 * IANA zones of people's mailboxes, by lower-case address; schedule files say wall times of the people they name.
 * @param fallback for mailboxes that tell none
 */
export async function loadTimeZones({
  calendar,
  asMailbox,
  emails,
  now,
  fallback,
}: {
  readonly calendar: Calendar
  readonly asMailbox: string
  readonly emails: readonly string[]
  readonly now: Temporal.Instant
  readonly fallback: string
}): Promise<(email: string) => string> {
  const hour = { start: now.toString(), end: now.add({ hours: 1 }).toString() }
  const schedules = emails.length === 0 ? [] : await calendar.listSchedules(asMailbox, emails, hour)
  const zones = new Map(
    schedules.flatMap((schedule) =>
      'problem' in schedule || !schedule.workingHours
        ? []
        : [[schedule.email.toLowerCase(), schedule.workingHours.timeZone] as const],
    ),
  )
  return (email) => zones.get(email.toLowerCase()) ?? fallback
}
