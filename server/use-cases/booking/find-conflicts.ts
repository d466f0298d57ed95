import { Temporal } from 'temporal-polyfill'
import type { Placed } from '../../../shared/domain/series.ts'
import type { Schedule } from '../../ports/calendar.ts'

/** An item of ours that a person's calendar is known to hold already. */
export type OwnItem = Placed & { readonly email: string }

/**
 * Meetings that a calendar says are not free. A schedule that could not be read makes all of them conflicts.
 * @param own items that do not count: one with just those times in that person's calendar is ours
 */
export function conflictsOf<Meeting extends Placed>(
  meetings: readonly Meeting[],
  schedules: readonly Schedule[],
  own: readonly OwnItem[],
): readonly Meeting[] {
  return meetings.filter((meeting) =>
    schedules.some((schedule) => {
      if ('problem' in schedule) return true
      const mine = own.filter(({ email }) => email.toLowerCase() === schedule.email.toLowerCase())
      return withoutOwn(schedule.busy, mine).some(
        ({ start, end }) =>
          Temporal.Instant.compare(start, meeting.endsAt) < 0 && Temporal.Instant.compare(meeting.startsAt, end) < 0,
      )
    }),
  )
}

/** What is left of busy time without our own items, each of which takes away one with just its times. */
function withoutOwn<Item extends { readonly start: string; readonly end: string }>(
  busy: readonly Item[],
  own: readonly Placed[],
): readonly Item[] {
  return own.reduce<readonly Item[]>((left, mine) => {
    const index = left.findIndex((item) => isSamePeriod(item, mine))
    return index < 0 ? left : left.toSpliced(index, 1)
  }, busy)
}

const isSamePeriod = (item: { readonly start: string; readonly end: string }, own: Placed): boolean =>
  Temporal.Instant.compare(item.start, own.startsAt) === 0 && Temporal.Instant.compare(item.end, own.endsAt) === 0
