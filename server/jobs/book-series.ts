import { mayHaveLeftover } from '../../shared/domain/series.ts'
import { newJob } from '../store/job-repository.ts'
import { advanceSeries } from '../use-cases/booking/advance-series.ts'
import { bookingJob } from '../use-cases/booking/book-series.ts'
import { watchIdOf, watchJob } from '../use-cases/sync/watch-mailbox.ts'
import type { JobKindDefinition } from './job-kind.ts'

/** A request that was given up may be carried out minutes later. */
const SWEEP_AFTER_MS = 15 * 60_000

/** Takes a stored series to its end, has its calendar watched, and leaves a sweep where an earlier answer was lost. */
export const bookSeriesKind: JobKindDefinition = {
  async run(deps, seriesId) {
    await advanceSeries(deps, seriesId)
    const booked = await deps.series.get(seriesId)
    if (!booked) return
    await deps.jobs.ensure(watchJob(watchIdOf(booked.series)), { revive: true })
    if (!booked.series.events.some(mayHaveLeftover)) return
    await deps.jobs.ensure(newJob(`sweep-series|${seriesId}`, 'sweep-series', seriesId, deps.nowMs() + SWEEP_AFTER_MS))
  },
  async listLost({ series }) {
    return (await series.listUnfinished()).map(({ id }) => bookingJob(id))
  },
}
