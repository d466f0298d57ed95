import { type FollowedChange, followSeries } from '../../../shared/domain/follow-series.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import type { Calendar } from '../../ports/calendar.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { type FindClashDeps, findClash } from '../booking/find-clash.ts'
import { readSeriesCalendar } from './read-series-calendar.ts'

export type FollowCalendarDeps = FindClashDeps & {
  readonly series: SeriesRepository
  readonly calendar: Calendar
  readonly clock: Clock
}

/** Tries when somebody else writes the series at the same moment. */
const TRIES = 5

/**
 * Brings a series up to date with what people did to it in their calendar. It never puts anything back. Done twice, or
 * by two servers at once, it does no more than once.
 * @returns what changed; nothing when the series is as it was, or somebody else keeps writing it
 * @throws CalendarError for outages
 */
export async function followCalendar(deps: FollowCalendarDeps, seriesId: string): Promise<readonly FollowedChange[]> {
  for (let tries = 0; tries < TRIES; tries++) {
    const read = await deps.series.get(seriesId)
    if (!read) return []
    const now = deps.clock.now().toString()
    const seen = await readSeriesCalendar(deps.calendar, read.series, now)
    const { series, changes } = followSeries(read.series, seen, now)
    if (series === read.series) return []
    const moved = new Set(changes.flatMap(({ kind, meetingId }) => (kind === 'proposed' ? [] : [meetingId])))
    if (await deps.series.saveFollowed(await withClashes(deps, series, moved), read.rev)) return changes
  }
  return []
}

async function withClashes(
  deps: FollowCalendarDeps,
  series: MentoringSeries,
  moved: ReadonlySet<string>,
): Promise<MentoringSeries> {
  const meetings: Meeting[] = []
  for (const meeting of series.meetings) {
    const clash = moved.has(meeting.id) && !meeting.dateless ? await findClash(deps, series, meeting) : undefined
    meetings.push(clash === undefined ? meeting : { ...meeting, clash })
  }
  return { ...series, meetings }
}
