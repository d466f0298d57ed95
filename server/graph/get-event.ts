import type { EventId } from '../../shared/domain/ids.ts'
import { CalendarError, type CalendarEvent, type Mailbox } from '../ports/calendar.ts'
import { EventAnswer } from './answers.ts'
import type { GraphSend } from './send.ts'
import { calendarEventOf, EVENT_SELECT, eventPath, KEY_EXPAND, queryOf } from './translate.ts'

/**
 * Reads one event with its attendees and our key, never its subject or body.
 * Graph docs: "Get event" (event-get), "Get singleValueLegacyExtendedProperty". Least permission: Calendars.Read.
 * @throws CalendarError `event-not-found`
 */
export async function getEvent(
  send: GraphSend,
  mailbox: Mailbox,
  eventId: EventId,
  options: { mayLag?: boolean } = {},
): Promise<CalendarEvent> {
  return calendarEventOf(await readEvent(send, mailbox, eventId, options))
}

/** As `getEvent`, `undefined` when it is not there. A mailbox that is not there is an error. */
export async function findEvent(
  send: GraphSend,
  mailbox: Mailbox,
  eventId: EventId,
  options: { mayLag?: boolean } = {},
): Promise<CalendarEvent | undefined> {
  try {
    return await getEvent(send, mailbox, eventId, options)
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'event-not-found') return undefined
    throw error
  }
}

/** The event in Graph's shape, for calls that write part of it back. */
export async function readEvent(
  send: GraphSend,
  mailbox: Mailbox,
  eventId: EventId,
  options: { mayLag?: boolean } = {},
): Promise<EventAnswer> {
  return await send.request({
    name: 'get event',
    method: 'GET',
    path: `${eventPath(mailbox, eventId)}?${queryOf({ $select: EVENT_SELECT, $expand: KEY_EXPAND })}`,
    mailbox,
    answer: EventAnswer,
    effect: 'read',
    ...options,
  })
}
