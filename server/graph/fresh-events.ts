import type { EventId } from '../../shared/domain/ids.ts'
import type { Mailbox } from '../ports/calendar.ts'
import type { Pace } from './pace.ts'

const FRESH_MS = 30_000
const EVENTS_MAX = 1_000

/**
 * Events this process made a moment ago and has not touched since. Nothing is attached to them and nobody is invited,
 * so attaching and inviting need not read first; that halves the requests of a booking. It is only a saving: what is
 * not remembered, or is older than 30 s, is read.
 */
export type FreshEvents = {
  add(mailbox: Mailbox, eventId: EventId): void
  has(mailbox: Mailbox, eventId: EventId, deed: 'attach' | 'invite'): boolean
  /** Before the deed is tried: whatever comes of it, next time must look. */
  spend(mailbox: Mailbox, eventId: EventId, deed: 'attach' | 'invite'): void
}

export function freshEvents(pace: Pace): FreshEvents {
  const events = new Map<string, { readonly untilMs: number; readonly spent: Set<string> }>()
  const nameOf = (mailbox: Mailbox, eventId: EventId) => `${mailbox.toLowerCase()} ${eventId}`
  return {
    add(mailbox, eventId) {
      // The oldest goes first: a Map keeps the order of insertion.
      const [oldest] = events.keys()
      if (events.size >= EVENTS_MAX && oldest !== undefined) events.delete(oldest)
      events.set(nameOf(mailbox, eventId), { untilMs: pace.nowMs() + FRESH_MS, spent: new Set() })
    },
    has(mailbox, eventId, deed) {
      const event = events.get(nameOf(mailbox, eventId))
      return event !== undefined && event.untilMs > pace.nowMs() && !event.spent.has(deed)
    },
    spend(mailbox, eventId, deed) {
      events.get(nameOf(mailbox, eventId))?.spent.add(deed)
    },
  }
}
