import { Temporal } from 'temporal-polyfill'
import type { MeetingId } from './ids.ts'
import { matchDates } from './match-dates.ts'
import type { SeenCalendar, SeenDate, SeenItem } from './seen-calendar.ts'
import type { Meeting, MentoringSeries, Placed, SeriesEvent } from './series.ts'
import { withEvents } from './series.ts'

export type FollowedChange = {
  readonly meetingId: MeetingId
  /** moved: another start · resized: another length · lost: no date any more · found: a date again · proposed: another time asked for, or no longer. */
  readonly kind: 'moved' | 'resized' | 'lost' | 'found' | 'proposed'
}
export type Followed = { readonly series: MentoringSeries; readonly changes: readonly FollowedChange[] }

/** A meeting that did not happen is often moved on afterwards; later than this nobody does. */
export const FOLLOWED_DAYS = 14

/**
 * Whether an item's whereabouts are followed. One that is still being booked, moved or called off is left to whoever
 * works on it; one that was taken out by hand is looked for, because people also take such things back; one whose
 * meetings are long over is history.
 * @param now RFC 3339
 */
export function isFollowed({ meetings, state }: MentoringSeries, event: SeriesEvent, now: string): boolean {
  if (event.eventId === undefined || state === 'cancelling' || state === 'cancelled') return false
  if (event.step !== 'verified' && event.step !== 'cancelled') return false
  const since = Date.parse(now) - FOLLOWED_DAYS * 86_400_000
  return meetings.some(
    ({ eventKey, cancelled, endsAt }) => eventKey === event.key && !cancelled && Date.parse(endsAt) > since,
  )
}

/**
 * The series as it should be after people changed their calendar: times follow, a date that was declined or taken out
 * leaves its meeting without one, and nothing is put back. What was over stays as it was held, whatever is tidied away
 * later. Following the same calendar twice changes nothing; then the very same series is answered.
 * @param seen read after `series` was
 * @param now RFC 3339
 */
export function followSeries(series: MentoringSeries, seen: SeenCalendar, now: string): Followed {
  if (seen.kind === 'unreadable') {
    const isKnown = series.calendarProblem?.code === seen.problem
    const calendarProblem = { code: seen.problem, since: now }
    return {
      series: isKnown ? series : withEvents({ ...series, calendarProblem }, series.events, now),
      changes: [],
    }
  }
  const { found, adopted } = matchDates(series, seen.items, now)
  const keyOf = new Map(
    [...series.events, ...adopted.map(({ event }) => event)].map(({ eventId, key }) => [eventId, key]),
  )
  const changes: FollowedChange[] = []
  const meetings = series.meetings.map((meeting) => {
    const event = series.events.find(({ key }) => key === meeting.eventKey)
    // Whoever is moving or calling it off says where it is when that is done.
    if (!event || meeting.cancelled || meeting.change || !isFollowed(series, event, now)) return meeting
    const match = found.get(meeting.id)
    const next = followMeeting(meeting, match?.date, now)
    changes.push(...changesBetween(meeting, next))
    if (!match) return next
    const eventKey = keyOf.get(match.itemId) ?? next.eventKey
    return named(eventKey === next.eventKey ? next : { ...next, eventKey }, match.occurrenceDate)
  })
  const events = [
    ...series.events.map((event) => followEvent(series, { event, items: seen.items, now })),
    ...adoptedBy(meetings, adopted),
  ]
  const { calendarProblem: _, ...readable } = series
  const followed = withEvents({ ...readable, meetings }, events, now)
  return { series: isSame(followed, series) ? series : followed, changes }
}

/** Events of items that took over some of our dates, as long as a meeting is on them. */
const adoptedBy = (meetings: readonly Meeting[], adopted: ReturnType<typeof matchDates>['adopted']): SeriesEvent[] =>
  adopted.map(({ event }) => event).filter(({ key }) => meetings.some(({ eventKey }) => eventKey === key))

function followMeeting(meeting: Meeting, seen: SeenDate | undefined, now: string): Meeting {
  const isOver = Temporal.Instant.compare(meeting.endsAt, now) <= 0
  const isGone = !seen || seen.isCancelled || seen.answer !== 'open'
  if (isGone) {
    const { proposal: _, ...rest } = meeting
    const placed = seen && !seen.isCancelled && !isOver ? placedAt(rest, seen) : rest
    const asked = seen?.proposal && !isOver ? { ...placed, proposal: seen.proposal } : placed
    // A meeting that was held is not undone by tidying up.
    if (isOver && !meeting.dateless) return meeting
    const reason = seen?.answer === 'declined' && !seen.isCancelled ? 'declined' : 'cancelled'
    if (meeting.dateless?.reason === reason) return { ...asked, dateless: meeting.dateless }
    return { ...asked, dateless: { reason, since: now } }
  }
  const { dateless: _lost, proposal: _asked, absent: _absent, ...rest } = placedAt(meeting, seen)
  return {
    ...rest,
    ...(seen.proposal ? { proposal: seen.proposal } : {}),
    ...(seen.absent ? { absent: seen.absent } : {}),
  }
}

function placedAt(meeting: Meeting, { startsAt, endsAt }: Placed): Meeting {
  const isMoved = !isAt(meeting.startsAt, startsAt)
  if (!isMoved && isAt(meeting.endsAt, endsAt)) return meeting
  const { clash: _, ...rest } = meeting
  if (!isMoved) return { ...rest, endsAt }
  const movedFrom = { startsAt: meeting.startsAt, endsAt: meeting.endsAt }
  return { ...rest, startsAt, endsAt, movedFrom, moves: (meeting.moves ?? 0) + 1 }
}

const isAt = (one: string, other: string) => Temporal.Instant.compare(one, other) === 0

const named = (meeting: Meeting, occurrenceDate: string | undefined): Meeting =>
  occurrenceDate === undefined || occurrenceDate === meeting.occurrenceDate ? meeting : { ...meeting, occurrenceDate }

/** An item that is gone counts as cancelled; one that is there again as booked. */
function followEvent(
  series: MentoringSeries,
  { event, items, now }: { readonly event: SeriesEvent; readonly items: readonly SeenItem[]; readonly now: string },
): SeriesEvent {
  if (!isFollowed(series, event, now)) return event
  const isThere = items.some(
    ({ eventId, dates }) => eventId === event.eventId && dates.some((date) => !date.isCancelled),
  )
  const step = isThere ? 'verified' : 'cancelled'
  return step === event.step ? event : { ...event, step }
}

function changesBetween(before: Meeting, after: Meeting): FollowedChange[] {
  const kinds: FollowedChange['kind'][] = []
  if (!isAt(before.startsAt, after.startsAt)) kinds.push('moved')
  else if (!isAt(before.endsAt, after.endsAt)) kinds.push('resized')
  if (before.dateless?.reason !== after.dateless?.reason) kinds.push(after.dateless ? 'lost' : 'found')
  if (JSON.stringify(before.proposal) !== JSON.stringify(after.proposal)) kinds.push('proposed')
  return kinds.map((kind) => ({ meetingId: after.id, kind }))
}

const isSame = (one: MentoringSeries, other: MentoringSeries) =>
  one.state === other.state &&
  one.calendarProblem === other.calendarProblem &&
  textOf([one.meetings, one.events]) === textOf([other.meetings, other.events])

/** The same text for the same data: what was taken out and put in again stands in another order. */
const textOf = (data: unknown): string =>
  JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
