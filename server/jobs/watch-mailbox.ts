import { ensureSync } from '../use-cases/sync/sync-mailbox.ts'
import { isUpcoming, watchIdOf, watchJob, watchMailbox } from '../use-cases/sync/watch-mailbox.ts'
import type { JobDeps, JobKindDefinition } from './job-kind.ts'

/** Notices that were lost cost at most this much. */
const SWEEP_EVERY_MS = 6 * 3_600_000

/** Keeps us told of changes in the mailboxes that series live in, and trusts in nothing: every few hours all are read. */
export const watchMailboxKind: JobKindDefinition = {
  run: watchMailbox,
  async listLost(deps) {
    const now = deps.clock.now().epochMilliseconds
    if (await deps.watches.takeSweep(now, SWEEP_EVERY_MS, deps.noticesUrl())) await readEverything(deps, now)
    return (await deps.watches.listDue(now)).map(({ id }) => watchJob(id))
  },
}

async function readEverything(deps: JobDeps, now: number): Promise<void> {
  const upcoming = (await deps.series.listBooked()).filter((series) => isUpcoming(series, now))
  for (const id of new Set(upcoming.map(watchIdOf))) {
    await deps.watches.noteChanges(id, 'everything')
    await deps.jobs.ensure(watchJob(id), { revive: true })
    await ensureSync(deps.jobs, id)
  }
}
