import { Temporal } from 'temporal-polyfill'
import type { Meeting } from '../../shared/domain/series.ts'
import type { Schedule } from '../ports/calendar.ts'

/**
 * Meetings that a calendar says are not free. A schedule that could not be read makes all of them conflicts.
 * @param ownEmail whose calendar holds our own bare event already: one item with just the meeting's times is ours
 */
export function conflictsOf(
  meetings: readonly Meeting[],
  schedules: readonly Schedule[],
  ownEmail: string | undefined,
): readonly Meeting[] {
  return meetings.filter((meeting) =>
    schedules.some((schedule) => {
      if ('problem' in schedule) return true
      const overlapping = schedule.busy.filter(
        ({ start, end }) =>
          Temporal.Instant.compare(start, meeting.endsAt) < 0 && Temporal.Instant.compare(meeting.startsAt, end) < 0,
      )
      const own =
        schedule.email.toLowerCase() === ownEmail?.toLowerCase()
          ? overlapping.findIndex((item) => isSamePeriod(item, meeting))
          : -1
      return overlapping.length > (own < 0 ? 0 : 1)
    }),
  )
}

const isSamePeriod = (item: { readonly start: string; readonly end: string }, meeting: Meeting): boolean =>
  Temporal.Instant.compare(item.start, meeting.startsAt) === 0 &&
  Temporal.Instant.compare(item.end, meeting.endsAt) === 0
