import type { FastifyBaseLogger } from 'fastify'
import { personInRole } from '../../shared/domain/relationship.ts'
import { isUnfinished, type MentoringSeries } from '../../shared/domain/series.ts'
import type { Actor } from '../ports/actor.ts'
import { type Calendar, CalendarError } from '../ports/calendar.ts'
import { followCalendar } from '../use-cases/sync/follow-calendar.ts'
import type { Services } from './services.ts'

/** A page that is shown asks again and again. */
const AGAIN_AFTER_MS = 30_000
const REMEMBERED_MAX = 10_000

/**
 * Where the service may not act by itself, nobody tells it of changes in calendars: then a series is brought up to date
 * when its organizer looks at it, as that person. Others see what the organizer's last visit found. What the calendar
 * cannot tell just now waits for the next visit.
 * @param nowMs monotonic milliseconds
 */
export function followOnVisit(services: Services, log: FastifyBaseLogger, nowMs: () => number) {
  const visits = new Map<string, number>()
  const isDue = (seriesId: string): boolean => {
    const last = visits.get(seriesId)
    if (last !== undefined && nowMs() - last < AGAIN_AFTER_MS) return false
    // The oldest goes first: a Map keeps the order of insertion.
    const [oldest] = visits.keys()
    if (visits.size >= REMEMBERED_MAX && oldest !== undefined) visits.delete(oldest)
    visits.delete(seriesId)
    visits.set(seriesId, nowMs())
    return true
  }
  return async (series: MentoringSeries, { personId }: Actor, calendar: Calendar): Promise<MentoringSeries> => {
    if (services.graph.asService || personInRole(series, series.organizer) !== personId) return series
    if (isUnfinished(series) || !isDue(series.id)) return series
    try {
      await followCalendar({ ...services, calendar }, series.id)
      return (await services.series.get(series.id))?.series ?? series
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error
      log.warn({ seriesId: series.id, code: error.code }, 'calendar not followed')
      return series
    }
  }
}
