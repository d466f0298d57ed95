import { asId, type EventId } from '../../shared/domain/ids.ts'
import { CalendarError, type CalendarEvent, type EventDraft, type Mailbox } from '../ports/calendar.ts'
import { EventAnswer } from './answers.ts'
import { GraphRefusal } from './errors.ts'
import { findEventsByKey } from './find-events-by-key.ts'
import type { FreshEvents } from './fresh-events.ts'
import { findEvent } from './get-event.ts'
import type { GraphSend } from './send.ts'
import { calendarEventOf, graphEventOf, mailboxPath } from './translate.ts'

const DUPLICATE = 'ErrorDuplicateTransactionId'

/**
 * Creates the event of a meeting or series without attendees, so nobody is told yet. Repeating it with the same
 * `transactionId` makes no second event: Graph answers with the first one or says that the id was used, and then the
 * first one is read and its key compared. Never uses another id.
 * Graph docs: "Create event" (user-post-events). Least permission: Calendars.ReadWrite.
 */
export async function createEvent(
  send: GraphSend,
  fresh: FreshEvents,
  mailbox: Mailbox,
  draft: EventDraft,
): Promise<CalendarEvent> {
  let mayHaveTwin = false
  try {
    const answer = await send.request({
      name: 'create event',
      method: 'POST',
      path: `${mailboxPath(mailbox)}/events`,
      mailbox,
      body: graphEventOf(draft),
      answer: EventAnswer,
      effect: 'repeatable',
      // For how long Graph remembers transaction ids is not documented.
      onRepeatedInDoubt: () => {
        mayHaveTwin = true
      },
    })
    const event = calendarEventOf(answer)
    // A repeat may be answered with the first event, which somebody may have worked on.
    if (!event.hasAttachments && event.attendees.length === 0) fresh.add(mailbox, event.id)
    return { ...event, key: draft.key, ...(mayHaveTwin ? { mayHaveTwin } : {}) }
  } catch (error) {
    if (!(error instanceof GraphRefusal) || !error.graphCodes.includes(DUPLICATE)) throw error
    return await readExisting(send, mailbox, draft, error)
  }
}

async function readExisting(
  send: GraphSend,
  mailbox: Mailbox,
  draft: EventDraft,
  refusal: GraphRefusal,
): Promise<CalendarEvent> {
  const { existingEventId } = refusal
  if (existingEventId !== undefined) {
    const event = await findEvent(send, mailbox, asId<EventId>(existingEventId), { mayLag: true })
    if (event?.key === draft.key) return event
    if (event !== undefined) {
      throw new CalendarError('refused', 'the transaction id belongs to another event', { cause: refusal })
    }
  }
  const [event, ...others] = await findEventsByKey(send, mailbox, draft.key)
  if (event === undefined) {
    throw new CalendarError('outcome-unknown', 'the transaction id was used, but its event cannot be read yet', {
      cause: refusal,
    })
  }
  if (others.length > 0) {
    throw new CalendarError('refused', `${others.length + 1} events carry the key of one`, { cause: refusal })
  }
  return event
}
