import { createHash, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { personInRole } from '../../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../../shared/domain/series.ts'
import type { CalendarWatch } from '../../ports/calendar-watch.ts'
import type { Clock } from '../../ports/clock.ts'
import { type JobRepository, type NewJob, newJob } from '../../store/job-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { WatchedMailbox, WatchRepository } from '../../store/watch-repository.ts'
import { ensureSync } from './sync-mailbox.ts'

export type WatchMailboxDeps = {
  readonly series: SeriesRepository
  readonly watches: WatchRepository
  readonly jobs: JobRepository
  readonly watch: CalendarWatch
  readonly clock: Clock
  /** Address under which the calendar reaches this service, without a slash at the end. */
  readonly noticesUrl: () => string
}

/** Graph allows just under seven days. */
const LIFETIME_MINUTES = 10_000
/** Renewed when a third of its life is over: two renewals in a row may fail. */
const RENEW_AFTER = 1 / 3

/** The mailbox of whoever organizes a series, as one name. */
export const watchIdOf = (series: MentoringSeries): string =>
  `${series.tenantId}|${personInRole(series, series.organizer)}`

export const watchJob = (id: string): NewJob => newJob(`watch-mailbox|${id}`, 'watch-mailbox', id)

/** Whether something of a series is still to come. @param now epoch milliseconds */
export const isUpcoming = ({ state, meetings }: MentoringSeries, now: number): boolean =>
  state !== 'cancelling' &&
  state !== 'cancelled' &&
  meetings.some(({ cancelled, endsAt }) => !cancelled && Date.parse(endsAt) > now)

/**
 * Sees to it that we are told of changes in a mailbox as long as series with meetings ahead live in it: subscribes,
 * renews in time, subscribes anew when the calendar forgot us (then everything is looked at), and ends it when nothing
 * is to come. Repeating it does nothing.
 * @throws CalendarError when the calendar refuses or cannot be reached
 */
export async function watchMailbox(deps: WatchMailboxDeps, id: string): Promise<void> {
  const { watches, clock } = deps
  const now = clock.now().epochMilliseconds
  const stored = await watches.find(id)
  const [tenantId = '', personId = ''] = id.split('|')
  const series = await deps.series.listOfOrganizer(tenantId, personId)
  if (!series.some((one) => isUpcoming(one, now))) {
    if (!stored) return
    await deps.watch.unsubscribe(stored.watched.subscriptionId)
    await watches.remove(id, stored.rev)
    return
  }
  const isOurs = stored?.watched.address === deps.noticesUrl()
  if (stored && isOurs && stored.watched.renewAt > now) return
  const expiresAt = clock.now().add({ minutes: LIFETIME_MINUTES })
  // A service that moved is told of nothing under its old address.
  if (stored && !isOurs) await deps.watch.unsubscribe(stored.watched.subscriptionId)
  const renewed = stored && isOurs && (await deps.watch.renew(stored.watched.subscriptionId, expiresAt.toString()))
  if (stored && renewed) {
    await watches.save({ ...stored.watched, renewAt: renewalOf(clock.now(), renewed.expiresAt) }, stored.rev)
    return
  }
  await subscribe(deps, { id, personId, expiresAt: expiresAt.toString(), rev: stored?.rev })
}

async function subscribe(
  deps: WatchMailboxDeps,
  { id, personId, expiresAt, rev }: { id: string; personId: string; expiresAt: string; rev: number | undefined },
): Promise<void> {
  const { watches, jobs, watch, clock, noticesUrl } = deps
  const secret = randomBytes(32).toString('base64url')
  const address = `${noticesUrl()}/api/notifications`
  const made = await watch.subscribe(
    personId,
    { changes: address, lifecycle: `${address}/lifecycle`, secret },
    expiresAt,
  )
  const watched: WatchedMailbox = {
    id,
    subscriptionId: made.id,
    address: noticesUrl(),
    secretHash: hashOf(secret),
    renewAt: renewalOf(clock.now(), made.expiresAt),
  }
  if (!(await watches.save(watched, rev))) {
    // Somebody else subscribed at the same moment; one is enough.
    await watch.unsubscribe(made.id)
    return
  }
  // What happened before the first notice can come.
  await watches.noteChanges(id, 'everything')
  await ensureSync(jobs, id)
}

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

function renewalOf(now: Temporal.Instant, expiresAt: string): number {
  const lifeMs = Temporal.Instant.from(expiresAt).epochMilliseconds - now.epochMilliseconds
  return now.epochMilliseconds + Math.max(0, Math.round(lifeMs * RENEW_AFTER))
}
