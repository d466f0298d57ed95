import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../../ports/clock.ts'
import { PRACTICE_TENANT_ID } from '../../identity/constants.ts'
import type { PracticeDocument, PracticeState } from '../../state.ts'
import type { MailboxChange, Subscription, Watch } from './subscription.ts'

type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed'

/** A notification on its way. Collection `notifications`: a restart does not lose it. */
type Pending = PracticeDocument & {
  readonly url: string
  readonly body: Readonly<Record<string, unknown>>
  readonly attempts: number
  /** Real time, epoch milliseconds. */
  readonly dueAtMs: number
  readonly order: number
  /** To whom `missed` goes when it has to be dropped. */
  readonly subscriptionId: string | undefined
}

const DELIVERY_TIMEOUT_MS = 10_000
const SWEEP_INTERVAL_MS = 30_000
const ITEMS_PER_POST = 100
/** Graph retries for up to 4 hours; these add up to a little less. */
const RETRY_DELAYS_MS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 7_200_000]
/** Share of its life after which a subscription is asked to reauthorize. */
const REAUTHORIZE_AFTER = 0.75

export type NotifierDeps = {
  readonly state: PracticeState
  readonly clock: Clock
  readonly realNow: () => Temporal.Instant
  /** For tests; the documented 4 hours otherwise. */
  readonly retryDelaysMs?: readonly number[]
}

/**
 * Posts change notifications and lifecycle notices to subscribers, in the background and at least once. What it has to
 * say is kept with the tenant's state in the same write as the change. Docs: "Receive change notifications through
 * webhooks", "Reduce missing subscriptions and change notifications".
 */
export type Notifier = {
  /** Keeps a change for every subscription that watches it. */
  report(change: MailboxChange): void
  notifyLifecycle(subscription: Subscription, event: LifecycleEvent): void
  /** Drops expired subscriptions and asks for reauthorization in time. */
  sweep(): void
  /** Starts to post what is due; resolves when nothing due is left. */
  deliver(): Promise<void>
  close(): void
}

export function startNotifier({ state, clock, realNow, retryDelaysMs = RETRY_DELAYS_MS }: NotifierDeps): Notifier {
  const pending = state.collection<Pending>('notifications')
  const subscriptions = state.collection<Subscription>('subscriptions')
  const closing = new AbortController()
  let order = Math.max(0, ...pending.list().map((item) => item.order))
  let running: Promise<void> | undefined
  let retryTimer: NodeJS.Timeout | undefined
  const sweepTimer = setInterval(() => {
    notifier.sweep()
    void notifier.deliver()
  }, SWEEP_INTERVAL_MS)
  sweepTimer.unref()

  function enqueue(url: string, body: Pending['body'], subscriptionId: string | undefined): void {
    order += 1
    const dueAtMs = realNow().epochMilliseconds
    pending.put({ id: randomUUID(), url, body, attempts: 0, dueAtMs, order, subscriptionId })
  }

  async function run(): Promise<void> {
    for (let due = nextDue(); due.length > 0 && !closing.signal.aborted; due = nextDue()) {
      await postTogether(due)
      // A closed tenant's file takes nothing more; what it still holds is sent again at its next start.
      if (!closing.signal.aborted) state.flush()
    }
    scheduleRetry()
  }

  /** The oldest due notification and all that go to the same address: one POST carries them. */
  function nextDue(): Pending[] {
    const now = realNow().epochMilliseconds
    const due = pending.list().filter(({ dueAtMs }) => dueAtMs <= now)
    due.sort((a, b) => a.order - b.order)
    return due.filter(({ url }) => url === due[0]?.url).slice(0, ITEMS_PER_POST)
  }

  async function postTogether(items: readonly Pending[]): Promise<void> {
    const url = items[0]?.url ?? ''
    const isTaken = await post(url, { value: items.map(({ body }) => body) }, closing.signal)
    // A closing tenant keeps them for its next start.
    if (closing.signal.aborted && !isTaken) return
    for (const item of items) {
      const delay = retryDelaysMs[item.attempts]
      if (isTaken) pending.remove(item.id)
      else if (delay === undefined) drop(item)
      else pending.put({ ...item, attempts: item.attempts + 1, dueAtMs: realNow().epochMilliseconds + delay })
    }
  }

  function drop(item: Pending): void {
    pending.remove(item.id)
    const subscription = item.subscriptionId === undefined ? undefined : subscriptions.get(item.subscriptionId)
    if (subscription) notifier.notifyLifecycle(subscription, 'missed')
  }

  function scheduleRetry(): void {
    clearTimeout(retryTimer)
    const dueAtMs = Math.min(...pending.list().map((item) => item.dueAtMs))
    if (!Number.isFinite(dueAtMs) || closing.signal.aborted) return
    retryTimer = setTimeout(() => void notifier.deliver(), Math.max(0, dueAtMs - realNow().epochMilliseconds))
    retryTimer.unref()
  }

  const notifier: Notifier = {
    report(change) {
      for (const subscription of subscriptions.list()) {
        const isWatched = isSameWatch(subscription.watch, change.watch)
        if (!isWatched || isExpired(subscription, clock) || !subscription.changeTypes.includes(change.changeType)) {
          continue
        }
        enqueue(subscription.notificationUrl, viewChange(subscription, change), subscription.id)
      }
    },
    notifyLifecycle(subscription, event) {
      const { lifecycleNotificationUrl } = subscription
      if (lifecycleNotificationUrl === null) return
      enqueue(lifecycleNotificationUrl, { ...viewSubscription(subscription), lifecycleEvent: event }, undefined)
    },
    sweep() {
      for (const subscription of subscriptions.list()) {
        if (isExpired(subscription, clock)) {
          subscriptions.remove(subscription.id)
        } else if (!subscription.wasAskedToReauthorize && isLateInLife(subscription, clock)) {
          subscriptions.put({ ...subscription, wasAskedToReauthorize: true })
          notifier.notifyLifecycle(subscription, 'reauthorizationRequired')
        }
      }
      state.flush()
    },
    deliver() {
      if (closing.signal.aborted) return Promise.resolve()
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    close() {
      closing.abort()
      clearInterval(sweepTimer)
      clearTimeout(retryTimer)
    },
  }
  return notifier
}

async function post(url: string, body: unknown, closing: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(DELIVERY_TIMEOUT_MS), closing]),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Not reached, or not in time: the same as a refusal, it is tried again.
    return false
  }
}

function isSameWatch(wanted: Watch, changed: Watch): boolean {
  if (wanted.userId !== changed.userId) return false
  if (wanted.kind === 'todoTasks') return changed.kind === 'todoTasks' && wanted.listId === changed.listId
  if (wanted.kind === 'messages') return changed.kind === 'messages'
  return changed.kind === 'events' && (wanted.calendarId === undefined || wanted.calendarId === changed.calendarId)
}

function isExpired({ expirationDateTime }: Subscription, clock: Clock): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(expirationDateTime), clock.now()) <= 0
}

function isLateInLife({ authorizedAt, expirationDateTime }: Subscription, clock: Clock): boolean {
  const from = Temporal.Instant.from(authorizedAt).epochMilliseconds
  const until = Temporal.Instant.from(expirationDateTime).epochMilliseconds
  return clock.now().epochMilliseconds >= from + (until - from) * REAUTHORIZE_AFTER
}

function viewSubscription({ id, expirationDateTime, clientState }: Subscription) {
  return {
    subscriptionId: id,
    subscriptionExpirationDateTime: expirationDateTime,
    tenantId: PRACTICE_TENANT_ID,
    clientState,
  }
}

function viewChange(subscription: Subscription, change: MailboxChange) {
  const id = subscription.usesImmutableIds ? change.immutableItemId : change.itemId
  const { userId } = change.watch
  const [type, resource] = {
    events: ['Event', `Users/${userId}/Events/${id}`],
    messages: ['Message', `Users/${userId}/Messages/${id}`],
    todoTasks: [
      'TodoTask',
      `Users/${userId}/todo/lists/${change.watch.kind === 'todoTasks' ? change.watch.listId : ''}/tasks/${id}`,
    ],
  }[change.watch.kind]
  return {
    ...viewSubscription(subscription),
    changeType: change.changeType,
    resource,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${type}`,
      '@odata.id': resource,
      ...(change.etag === undefined ? {} : { '@odata.etag': change.etag }),
      id,
    },
  }
}
