import type { EventId } from '../../shared/domain/ids.ts'
import { CalendarError, type Mailbox } from '../ports/calendar.ts'
import { NothingNeeded } from './answers.ts'
import type { GraphSend } from './send.ts'
import { eventPath } from './translate.ts'

/**
 * Removes an event or one occurrence; attendees, where there are any, get a cancellation without a comment. Not there
 * any more: does nothing. Graph docs: "Delete event" (event-delete). Least permission: Calendars.ReadWrite.
 */
export async function deleteEvent(send: GraphSend, mailbox: Mailbox, eventId: EventId): Promise<void> {
  try {
    await send.request({
      name: 'delete event',
      method: 'DELETE',
      path: eventPath(mailbox, eventId),
      mailbox,
      answer: NothingNeeded,
      effect: 'repeatable',
    })
  } catch (error) {
    if (!(error instanceof CalendarError) || error.code !== 'event-not-found') throw error
  }
}
