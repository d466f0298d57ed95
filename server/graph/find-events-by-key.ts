import type { CalendarEvent, Mailbox } from '../ports/calendar.ts'
import { EventAnswer } from './answers.ts'
import type { GraphSend } from './send.ts'
import { calendarEventOf, EVENT_SELECT, KEY_EXPAND, KEY_PROPERTY, mailboxPath, queryOf, quoted } from './translate.ts'

/**
 * Lists the events of a mailbox that carry our key, single events and series only. Asks `/events`, because
 * `calendarView` does not return extended properties. Graph compares the value without regard to case; we with.
 * Graph docs: "Get singleValueLegacyExtendedProperty". Least permission: Calendars.Read.
 */
export async function findEventsByKey(
  send: GraphSend,
  mailbox: Mailbox,
  key: string,
): Promise<readonly CalendarEvent[]> {
  const $filter = `singleValueExtendedProperties/any(ep:ep/id eq ${quoted(KEY_PROPERTY)} and ep/value eq ${quoted(key)})`
  const answers = await send.list({
    name: 'find events by key',
    method: 'GET',
    path: `${mailboxPath(mailbox)}/events?${queryOf({ $filter, $select: EVENT_SELECT, $expand: KEY_EXPAND })}`,
    mailbox,
    answer: EventAnswer,
    effect: 'read',
  })
  return answers.map(calendarEventOf).filter((event) => event.key === key)
}
