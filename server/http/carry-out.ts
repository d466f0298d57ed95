import type { FastifyBaseLogger } from 'fastify'
import { isUnfinished, type MentoringSeries } from '../../shared/domain/series.ts'
import { type Calendar, CalendarError } from '../ports/calendar.ts'
import type { NewJob } from '../store/job-repository.ts'
import { advanceSeries } from '../use-cases/booking/advance-series.ts'
import { bookingJob } from '../use-cases/booking/book-series.ts'
import type { Services } from './services.ts'

/**
 * Has done what was decided for a series. A job does the work where the service may act by itself; otherwise it happens
 * now, as the person who asks, and what the calendar does not allow them or cannot do just now waits for the next visit
 * of either of the two.
 * @param job the booking of the series unless told; one of its own where that may be at its end just now
 */
export async function carryOut(
  { services, log }: { readonly services: Services; readonly log: FastifyBaseLogger },
  series: MentoringSeries,
  calendar: Calendar,
  job: NewJob = bookingJob(series.id),
): Promise<MentoringSeries> {
  if (!isUnfinished(series)) return series
  if (services.graph.asService) {
    await services.jobs.ensure(job, { revive: true })
    services.wakeJobs()
    return series
  }
  try {
    await advanceSeries({ ...services, calendar }, series.id)
  } catch (error) {
    if (!(error instanceof CalendarError) || error.code === 'consent-required') throw error
    log.warn({ seriesId: series.id, code: error.code }, 'series waits')
  }
  return (await services.series.get(series.id))?.series ?? series
}
