import type { EventId } from '../../shared/domain/ids.ts'
import type { Mailbox, Period } from './calendar.ts'

/** A standing wish to be told when a calendar changes. Times are RFC 3339. */
export type CalendarSubscription = { readonly id: string; readonly expiresAt: string }

/** Where notices go and what they must carry, so that we know they are the calendar's. */
export type NoticeAddresses = {
  readonly changes: string
  /** Of the subscription itself: about to end, ended, notices lost. */
  readonly lifecycle: string
  readonly secret: string
}

/**
 * What happened in a calendar since somebody looked. Hints, not facts: ids to look at again, and nothing that may be
 * believed without reading the event itself.
 */
export type CalendarChanges =
  | {
      readonly kind: 'changes'
      /** Events that are new or changed; of an occurrence, the series it belongs to. */
      readonly changed: readonly EventId[]
      /** Said to be gone: taken out, or only out of the period. Of an occurrence the id tells nothing of its series. */
      readonly removed: readonly EventId[]
      /** For the next look. */
      readonly token: string
    }
  /** The token is too old, or the calendar forgot it: begin again without one, and believe nothing that was known. */
  | { readonly kind: 'expired' }

/**
 * Tells us when people change their calendars. Every method has a time limit and throws `CalendarError`. Notices may be
 * lost, late, repeated and out of order, and anybody may send one.
 */
export interface CalendarWatch {
  /** Asks to be told of changed and deleted events of a mailbox. The address is asked to prove itself at once. */
  subscribe(mailbox: Mailbox, notices: NoticeAddresses, expiresAt: string): Promise<CalendarSubscription>
  /** `undefined` when the calendar knows the subscription no more. */
  renew(subscriptionId: string, expiresAt: string): Promise<CalendarSubscription | undefined>
  /** Not there any more: does nothing. */
  unsubscribe(subscriptionId: string): Promise<void>
  /** Everything in a period, then with the answered token what changed there since. */
  readChanges(
    mailbox: Mailbox,
    since: { readonly period: Period } | { readonly token: string },
  ): Promise<CalendarChanges>
}
