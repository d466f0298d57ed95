import { Temporal } from 'temporal-polyfill'
import type { Moment } from './lifecycle.ts'
import { CHALLENGE_DAYS, heldState, type MeetingOutcome } from './meeting-outcome.ts'
import { countsAsMentoring, type MentoringSeries, meetingState } from './series.ts'

/** What the clocks have to know of a pair's mentoring meetings. Project meetings are no part of it. */
export type PairFacts = {
  /** Planned windows, `to` exclusive, by their end; kept: a meeting that was held, or still may turn out so, lies in it. */
  readonly windows: readonly { readonly from: string; readonly to: string; readonly isKept: boolean }[]
  /** Start of the next meeting that is booked, RFC 3339. */
  readonly nextMeetingAt?: string
  /** End of the last one that is over. */
  readonly lastMeetingAt?: string
}

/** Draws them from everything that was booked. A series that was called off plans nothing any more, but what was held stays. */
export function pairFactsOf(
  series: readonly MentoringSeries[],
  outcomes: readonly MeetingOutcome[],
  { now }: Pick<Moment, 'now'>,
): PairFacts {
  const mentoring = series.filter(countsAsMentoring)
  const standing = mentoring
    .flatMap((one) => {
      const events = new Map(one.events.map((event) => [event.key, event]))
      return one.meetings
        .filter((meeting) => meetingState(meeting, events.get(meeting.eventKey)) === 'booked')
        .map(({ id, startsAt, endsAt }) => ({
          id,
          startsAt,
          endsAt,
          date: Temporal.Instant.from(startsAt).toZonedDateTimeISO(one.timeZone).toPlainDate().toString(),
        }))
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
  const isAhead = ({ endsAt }: { readonly endsAt: string }) => Temporal.Instant.compare(endsAt, now) > 0
  const next = standing.find(isAhead)
  const last = standing.findLast((meeting) => !isAhead(meeting))
  const keeping = standing.flatMap((meeting) => datesKept(meeting, outcomes, Temporal.Instant.from(now)))
  const planned = mentoring
    .filter(({ state }) => state !== 'cancelled' && state !== 'cancelling')
    .flatMap(({ meetings }) => meetings.map(({ window }) => window))
  return {
    windows: planned
      .map(({ from, to }) => ({ from, to, isKept: keeping.some((date) => from <= date && date < to) }))
      .toSorted((a, b) => a.to.localeCompare(b.to)),
    ...(next ? { nextMeetingAt: next.startsAt } : {}),
    ...(last ? { lastMeetingAt: last.endsAt } : {}),
  }
}

/**
 * Dates on which a meeting counts as held (DOMAIN section 7): what both say of it, or one and the other did not object.
 * While the two still have time to say so it counts where it was planned; a clock that ran ahead of them would blame.
 */
function datesKept(
  { id, date, endsAt }: { readonly id: string; readonly date: string; readonly endsAt: string },
  outcomes: readonly MeetingOutcome[],
  now: Temporal.Instant,
): readonly string[] {
  const statements = outcomes.find((outcome) => outcome.id === id)?.statements ?? {}
  switch (heldState({ statements }, now).state) {
    case 'not-held':
      return []
    case 'open':
    case 'differing': {
      const decidedAt = Temporal.Instant.from(endsAt).add({ hours: 24 * CHALLENGE_DAYS })
      return Temporal.Instant.compare(now, decidedAt) < 0 ? [date] : []
    }
    case 'held':
    case 'awaiting':
      return [statements.mentee, statements.mentor].flatMap((said) => (said?.met ? [said.date ?? date] : []))
  }
}
