import type { EventId } from '../../shared/domain/ids.ts'
import { CalendarError, type CalendarEvent, type Mailbox } from '../ports/calendar.ts'
import { EventAnswer } from './answers.ts'
import { getEvent } from './get-event.ts'
import type { GraphSend } from './send.ts'
import { calendarEventOf, eventPath } from './translate.ts'

/**
 * Changes an event so that attendees hear of it once: after an unknown outcome or an edit conflict it looks whether
 * the change is there, and sends it a second time only if it is not. Exchange answers 412 also for conflicts of its own.
 * Graph docs: "Update event" (event-update). Least permission: Calendars.ReadWrite.
 */
export async function updateEvent(
  send: GraphSend,
  update: {
    readonly name: string
    readonly mailbox: Mailbox
    readonly eventId: EventId
    readonly body: Readonly<Record<string, unknown>>
    readonly isDone: (event: CalendarEvent) => boolean
    readonly mayLag?: boolean
  },
): Promise<CalendarEvent> {
  const { name, mailbox, eventId, body, isDone, mayLag = false } = update
  for (let isSecond = false; ; isSecond = true) {
    try {
      const answer = await send.request({
        name,
        method: 'PATCH',
        path: eventPath(mailbox, eventId),
        mailbox,
        body,
        answer: EventAnswer,
        effect: 'once',
        mayLag,
      })
      return calendarEventOf(answer)
    } catch (error) {
      const mayBeThere =
        error instanceof CalendarError && (error.code === 'outcome-unknown' || error.code === 'changed-meanwhile')
      if (!mayBeThere) throw error
      const event = await getEvent(send, mailbox, eventId)
      if (isDone(event)) return event
      if (isSecond) throw error
    }
  }
}
