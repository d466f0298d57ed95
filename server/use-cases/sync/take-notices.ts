import { timingSafeEqual } from 'node:crypto'
import type { JobRepository } from '../../store/job-repository.ts'
import type { WatchedMailbox, WatchRepository } from '../../store/watch-repository.ts'
import { ensureSync } from './sync-mailbox.ts'
import { hashOf, watchJob } from './watch-mailbox.ts'

export type TakeNoticesDeps = {
  readonly watches: WatchRepository
  readonly jobs: JobRepository
  readonly wakeJobs: () => void
}
/** Anybody may send one; only who knows the secret of a subscription is believed, and of them no more than "look". */
type Sealed = { readonly subscriptionId: string; readonly secret: string | undefined }
export type ChangeNotice = Sealed & { readonly eventId: string | undefined }
export type LifecycleNotice = Sealed & { readonly event: string }

/**
 * Notes which events to look at, one write per mailbox however many notices there are; the looking is done by jobs.
 * What it answers is stored.
 * @returns how many notices were believed
 */
export async function takeChangeNotices(deps: TakeNoticesDeps, notices: readonly ChangeNotice[]): Promise<number> {
  const believed = await believe(deps.watches, notices)
  for (const [id, of] of byMailbox(believed)) {
    const eventIds = of.flatMap(({ eventId }) => eventId ?? [])
    await deps.watches.noteChanges(id, eventIds.length < of.length ? 'everything' : eventIds)
    await ensureSync(deps.jobs, id)
  }
  if (believed.length > 0) deps.wakeJobs()
  return believed.length
}

/**
 * What the calendar says of a subscription itself: about to end (renewed at once), ended (made anew), or that notices
 * were lost (everything is looked at). Others are none of ours.
 */
export async function takeLifecycleNotices(
  deps: TakeNoticesDeps,
  notices: readonly LifecycleNotice[],
): Promise<number> {
  const believed = await believe(deps.watches, notices)
  for (const [id, of] of byMailbox(believed)) {
    const events = new Set(of.map(({ event }) => event))
    if (events.has('missed') || events.has('subscriptionRemoved')) {
      await deps.watches.noteChanges(id, 'everything')
      await ensureSync(deps.jobs, id)
    }
    if (events.has('reauthorizationRequired') || events.has('subscriptionRemoved')) await renewNow(deps, id)
  }
  if (believed.length > 0) deps.wakeJobs()
  return believed.length
}

async function renewNow({ watches, jobs }: TakeNoticesDeps, id: string): Promise<void> {
  const stored = await watches.find(id)
  if (stored) await watches.save({ ...stored.watched, renewAt: 0 }, stored.rev)
  await jobs.ensure(watchJob(id), { revive: true })
}

type Believed<Notice> = { readonly notice: Notice; readonly watched: WatchedMailbox }

function byMailbox<Notice>(believed: readonly Believed<Notice>[]): ReadonlyMap<string, readonly Notice[]> {
  const groups = new Map<string, Notice[]>()
  for (const { notice, watched } of believed) {
    const group = groups.get(watched.id)
    if (group) group.push(notice)
    else groups.set(watched.id, [notice])
  }
  return groups
}

async function believe<Notice extends Sealed>(
  watches: WatchRepository,
  notices: readonly Notice[],
): Promise<readonly Believed<Notice>[]> {
  const known = new Map<string, WatchedMailbox | undefined>()
  const believed: Believed<Notice>[] = []
  for (const notice of notices) {
    const { subscriptionId, secret } = notice
    if (!known.has(subscriptionId)) known.set(subscriptionId, await watches.findBySubscription(subscriptionId))
    const watched = known.get(subscriptionId)
    if (watched && isSecret(watched, secret)) believed.push({ notice, watched })
  }
  return believed
}

/** In the same time whatever is wrong with it: hashes are of one length. */
function isSecret({ secretHash }: WatchedMailbox, secret: string | undefined): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret ?? ''), 'hex'), Buffer.from(secretHash, 'hex'))
}
