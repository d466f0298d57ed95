import { Temporal } from 'temporal-polyfill'
import type { SeriesMeeting, SeriesView } from '../../api/series.ts'

export type MeetingInPause = { readonly series: SeriesView; readonly meeting: SeriesMeeting }

/**
 * Booked meetings that are still to come and lie before the day on which a pair goes on, soonest first.
 * @param resumeDate calendar date in `timeZone`, the viewer's
 */
export function meetingsInPause(
  all: readonly SeriesView[],
  { resumeDate, timeZone, now }: { readonly resumeDate: string; readonly timeZone: string; readonly now: string },
): readonly MeetingInPause[] {
  const end = Temporal.PlainDate.from(resumeDate).toZonedDateTime(timeZone).toInstant()
  return all
    .flatMap((series) => series.meetings.map((meeting) => ({ series, meeting })))
    .filter(({ meeting: { state, startsAt } }) => {
      const isAhead = Temporal.Instant.compare(startsAt, now) > 0
      return state === 'booked' && isAhead && Temporal.Instant.compare(startsAt, end) < 0
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.meeting.startsAt, b.meeting.startsAt))
}
