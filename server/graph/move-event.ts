import { Temporal } from 'temporal-polyfill'
import type { EventId } from '../../shared/domain/ids.ts'
import type { CalendarEvent, EventTime, Mailbox } from '../ports/calendar.ts'
import type { GraphSend } from './send.ts'
import { graphTimesOf, periodOf } from './translate.ts'
import { updateEvent } from './update-event.ts'

/**
 * Moves a single event or one occurrence; attendees get an update. An occurrence cannot pass or touch the day of its
 * neighbours. Graph docs: "Update event" (event-update). Least permission: Calendars.ReadWrite.
 * @throws CalendarError `occurrence-crosses-neighbour`
 */
export async function moveEvent(
  send: GraphSend,
  mailbox: Mailbox,
  eventId: EventId,
  time: EventTime,
): Promise<CalendarEvent> {
  const wanted = periodOf(time)
  const isSame = (one: string, other: string) => Temporal.Instant.compare(one, other) === 0
  return await updateEvent(send, {
    name: 'move event',
    mailbox,
    eventId,
    body: graphTimesOf(time),
    isDone: ({ period }) => isSame(period.start, wanted.start) && isSame(period.end, wanted.end),
  })
}
