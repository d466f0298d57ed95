import type { EventId } from '../../shared/domain/ids.ts'
import { type Attendee, CalendarError, type CalendarEvent, type Mailbox } from '../ports/calendar.ts'
import type { EventAnswer } from './answers.ts'
import type { FreshEvents } from './fresh-events.ts'
import { readEvent } from './get-event.ts'
import type { GraphSend } from './send.ts'
import { calendarEventOf } from './translate.ts'
import { updateEvent } from './update-event.ts'

/** Graph docs: "event resource type", attendees. */
const ATTENDEES_MAX = 500

/**
 * Invites people to an event that already carries its agenda. The PATCH holds only attendees, so Graph mails those
 * who are new and nobody else; people whom somebody added by hand stay. Does nothing when all are invited.
 * Graph docs: "Update event" (event-update). Least permission: Calendars.ReadWrite. At most 500 attendees.
 */
export async function inviteAttendees(
  send: GraphSend,
  fresh: FreshEvents,
  mailbox: Mailbox,
  eventId: EventId,
  attendees: readonly Attendee[],
): Promise<CalendarEvent> {
  const isFresh = fresh.has(mailbox, eventId, 'invite')
  const known = isFresh ? undefined : await readEvent(send, mailbox, eventId)
  const isDone = (event: CalendarEvent) =>
    attendees.every(({ email }) => event.attendees.some((one) => same(one.email, email)))
  if (known) {
    const event = calendarEventOf(known)
    if (isDone(event)) return event
  }
  const everybody = [...alreadyThere(known), ...attendees.filter(({ email }) => !isAmong(known, email)).map(invitation)]
  if (everybody.length > ATTENDEES_MAX) {
    throw new CalendarError('refused', `an event takes at most ${ATTENDEES_MAX} attendees`)
  }
  fresh.spend(mailbox, eventId, 'invite')
  const body = { attendees: everybody }
  return await updateEvent(send, { name: 'invite attendees', mailbox, eventId, body, isDone, mayLag: isFresh })
}

const invitation = ({ email, name }: Attendee) => ({ emailAddress: { address: email, name }, type: 'required' })

/** The list is replaced as a whole, so those who are on it go along as they are, without their answers. */
function alreadyThere(known: EventAnswer | undefined) {
  return (known?.attendees ?? []).map(({ emailAddress, type }) => ({ emailAddress, type: type ?? 'required' }))
}

function isAmong(known: EventAnswer | undefined, email: string): boolean {
  return (known?.attendees ?? []).some(({ emailAddress }) => same(emailAddress?.address ?? '', email))
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
