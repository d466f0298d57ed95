import { Temporal } from 'temporal-polyfill'
import { FOLLOWED_DAYS } from '../../../shared/domain/follow-series.ts'
import type { MentoringSeries } from '../../../shared/domain/series.ts'
import type { CalendarChanges, CalendarWatch } from '../../ports/calendar-watch.ts'
import { type JobRepository, type NewJob, newJob } from '../../store/job-repository.ts'
import type { PendingChanges, WatchedMailbox, WatchRepository } from '../../store/watch-repository.ts'
import { type FollowCalendarDeps, followCalendar } from './follow-calendar.ts'

export type SyncMailboxDeps = FollowCalendarDeps & {
  readonly watches: WatchRepository
  readonly watch: CalendarWatch
  /** Aborts when the service stops. */
  readonly signal: AbortSignal
}

/** Past the last meeting: what is booked next often still fits, and the period need not be read anew. */
const PERIOD_MARGIN_DAYS = 90

export const syncJob = (id: string, again = ''): NewJob => newJob(`sync-mailbox|${id}${again}`, 'sync-mailbox', id)

/** Has a mailbox looked at after now. A job that is under way may just have looked: then another one looks again. */
export async function ensureSync(jobs: JobRepository, id: string): Promise<void> {
  const willLook = await jobs.ensure(syncJob(id), { revive: true })
  if (!willLook) await jobs.ensure(syncJob(id, '|again'), { revive: true })
}

/**
 * Looks at everything that was noted of a mailbox until nothing is left. Which series are read again, the calendar's own
 * list of changes decides, and what notices named; what became of them, only reading them does.
 * @throws CalendarError for outages; nothing noted is forgotten then
 */
export async function syncMailbox(deps: SyncMailboxDeps, id: string): Promise<void> {
  const [tenantId = '', personId = ''] = id.split('|')
  for (;;) {
    const pending = await deps.watches.findChanges(id)
    if (!pending) return
    const all = await deps.series.listOfOrganizer(tenantId, personId)
    const watched = (await deps.watches.find(id))?.watched
    const looked = watched && all.length > 0 ? await lookAtChanges(deps, { personId, watched, all }) : undefined
    for (const series of toRead(all, pending, looked?.changes)) {
      deps.signal.throwIfAborted()
      await followCalendar(deps, series.id)
    }
    // Only now: what was not read yet is found again from the old token.
    if (looked) await keepToken(deps.watches, id, looked)
    if (await deps.watches.settleChanges(id, pending.rev)) return
  }
}

/** Series to read again: those named; all of them where a name says nothing to us, or nobody knows what happened. */
function toRead(
  all: readonly MentoringSeries[],
  pending: PendingChanges,
  changes: Extract<CalendarChanges, { kind: 'changes' }> | 'everything' | undefined,
): readonly MentoringSeries[] {
  if (pending.isEverything || changes === 'everything' || changes === undefined) return all
  const ours = new Set<string>(all.flatMap(({ events }) => events.flatMap(({ eventId }) => eventId ?? [])))
  if (changes.removed.some((eventId) => !ours.has(eventId))) return all
  const named = new Set<string>([...pending.eventIds, ...changes.changed, ...changes.removed])
  return all.filter(({ events }) => events.some(({ eventId }) => eventId !== undefined && named.has(eventId)))
}

type Looked = {
  readonly changes: Extract<CalendarChanges, { kind: 'changes' }> | 'everything'
  readonly token: string
  readonly until: number
}

/** The calendar's changes since the last look; all there is when that was never, too long ago, or of a shorter period. */
async function lookAtChanges(
  { watch, clock }: SyncMailboxDeps,
  {
    personId,
    watched,
    all,
  }: { readonly personId: string; readonly watched: WatchedMailbox; readonly all: readonly MentoringSeries[] },
): Promise<Looked | undefined> {
  const last = Math.max(...all.flatMap(({ meetings }) => meetings.map(({ endsAt }) => Date.parse(endsAt))))
  const known = watched.changes
  if (known && known.until >= last) {
    const changes = await watch.readChanges(personId, { token: known.token })
    if (changes.kind === 'changes') return { changes, token: changes.token, until: known.until }
  }
  const now = clock.now()
  const start = now.subtract({ hours: FOLLOWED_DAYS * 24 })
  const until = Math.max(last, now.epochMilliseconds) + PERIOD_MARGIN_DAYS * 86_400_000
  const end = Temporal.Instant.fromEpochMilliseconds(until)
  const whole = await watch.readChanges(personId, { period: { start: start.toString(), end: end.toString() } })
  return whole.kind === 'changes' ? { changes: 'everything', token: whole.token, until } : undefined
}

/** Of two that look at the same time, either token will do: the older one only tells more. */
async function keepToken(watches: WatchRepository, id: string, { token, until }: Looked): Promise<void> {
  const stored = await watches.find(id)
  if (stored) await watches.save({ ...stored.watched, changes: { token, until } }, stored.rev)
}
