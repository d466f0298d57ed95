import { CalendarError, type Mailbox } from '../ports/calendar.ts'
import type { CalendarSubscription, NoticeAddresses } from '../ports/calendar-watch.ts'
import { NothingNeeded, SubscriptionAnswer } from './answers.ts'
import type { GraphSend } from './send.ts'

/**
 * Subscribes to changes of a mailbox's events: basic notifications, so that nothing of a calendar's content travels.
 * A lost answer may leave a second subscription behind; its notices carry a secret nobody knows, and it ends by itself.
 * Graph docs: "Create subscription" (subscription-post-subscriptions). Least permission: Calendars.Read (application).
 */
export async function subscribeToEvents(
  send: GraphSend,
  mailbox: Mailbox,
  { changes, lifecycle, secret }: NoticeAddresses,
  expiresAt: string,
): Promise<CalendarSubscription> {
  const answer = await send.request({
    name: 'subscribe to events',
    method: 'POST',
    path: '/subscriptions',
    body: {
      // A new event is none of ours until its series changes too.
      changeType: 'updated,deleted',
      notificationUrl: changes,
      lifecycleNotificationUrl: lifecycle,
      resource: `users/${mailbox}/events`,
      expirationDateTime: expiresAt,
      clientState: secret,
    },
    answer: SubscriptionAnswer,
    effect: 'once',
  })
  return { id: answer.id, expiresAt: answer.expirationDateTime }
}

/** Lets a subscription live on; this also reauthorizes it. Graph docs: "Update subscription". */
export async function renewSubscription(
  send: GraphSend,
  subscriptionId: string,
  expiresAt: string,
): Promise<CalendarSubscription | undefined> {
  try {
    const answer = await send.request({
      name: 'renew subscription',
      method: 'PATCH',
      path: pathOf(subscriptionId),
      body: { expirationDateTime: expiresAt },
      answer: SubscriptionAnswer,
      effect: 'repeatable',
    })
    return { id: answer.id, expiresAt: answer.expirationDateTime }
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/** Ends a subscription. Graph docs: "Delete subscription". */
export async function endSubscription(send: GraphSend, subscriptionId: string): Promise<void> {
  try {
    await send.request({
      name: 'end subscription',
      method: 'DELETE',
      path: pathOf(subscriptionId),
      answer: NothingNeeded,
      effect: 'repeatable',
    })
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

const pathOf = (subscriptionId: string) => `/subscriptions/${encodeURIComponent(subscriptionId)}`

/** Graph says of a subscription, as of a user, `ResourceNotFound`. */
const isGone = (error: unknown): boolean =>
  error instanceof CalendarError && (error.code === 'event-not-found' || error.code === 'mailbox-not-found')
