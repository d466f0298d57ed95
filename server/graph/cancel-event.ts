import type { EventId } from '../../shared/domain/ids.ts'
import { CalendarError, type Mailbox } from '../ports/calendar.ts'
import { NothingNeeded } from './answers.ts'
import { deleteEvent } from './delete-event.ts'
import { findEvent } from './get-event.ts'
import type { GraphSend } from './send.ts'
import { eventPath } from './translate.ts'

/**
 * Calls off an event or one occurrence; attendees get a cancellation with the comment. Not there any more: does
 * nothing. Only the organizer may. An event without attendees is no meeting and may be refused; it is removed instead.
 * Graph docs: "Cancel event" (event-cancel). Least permission: Calendars.ReadWrite.
 */
export async function cancelEvent(
  send: GraphSend,
  mailbox: Mailbox,
  eventId: EventId,
  comment?: string,
): Promise<void> {
  try {
    await send.request({
      name: 'cancel event',
      method: 'POST',
      path: `${eventPath(mailbox, eventId)}/cancel`,
      mailbox,
      body: comment === undefined ? {} : { comment },
      answer: NothingNeeded,
      // A second cancellation finds nothing to cancel.
      effect: 'repeatable',
    })
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error
    if (error.code === 'event-not-found') return
    if (error.code !== 'refused') throw error
    const event = await findEvent(send, mailbox, eventId)
    if (event === undefined || event.isCancelled) return
    if (!event.isOrganizer || event.attendees.length > 0) throw error
    await deleteEvent(send, mailbox, eventId)
  }
}
