import { Temporal } from 'temporal-polyfill'
import type { InstantText } from '../scheduling/types.ts'
import { DomainError } from './errors.ts'
import type { EventDraft } from './event-draft.ts'
import type { MeetingFix } from './meeting-fix.ts'
import { wallTime } from './plan-series.ts'
import {
  type Meeting,
  type MentoringSeries,
  meetingState,
  type Placed,
  type SeriesEvent,
  withEvents,
} from './series.ts'

/**
 * A change of one meeting that is under way: decided, and stored with what will be sent, before anything is sent.
 * move-in-place: its calendar item is moved · move-anew: a single event takes its place, then the old item is called off.
 */
export type MeetingChange =
  | {
      readonly kind: 'move-in-place'
      readonly to: Placed
      /** RFC 3339; calendars were read then. */
      readonly decidedAt: string
      /** Takes the item's place where the calendar refuses to move it past a neighbour; complete as it will be sent. */
      readonly fallback: SeriesEvent
    }
  | { readonly kind: 'move-anew'; readonly to: Placed; readonly decidedAt: string; readonly eventKey: string }
  | {
      readonly kind: 'call-off'
      readonly decidedAt: string
      /** Sent to the other person, and not kept once it was. */
      readonly comment?: string
      /** Absent: a new date is still wanted. */
      readonly end?: MeetingEnd
    }

/** How a meeting ended that was called off and gets no new date. Codes only: a coordinator sees them. */
export type MeetingEnd = { readonly as: MeetingEndKind; readonly reason: EndReason; readonly at: string }
export type MeetingEndKind = (typeof MEETING_ENDS)[number]
/** `series-called-off` is nobody's choice for one meeting: the whole series went. */
export type EndReason = (typeof END_REASONS)[number] | 'series-called-off'
/** excused: it could not be held, and that is all right · none-planned: there will be no other instead of it. */
export const MEETING_ENDS = ['excused', 'none-planned'] as const
/** Nothing of anybody's health or of what the two talk about. */
export const END_REASONS = ['schedule-changed', 'away', 'no-common-time', 'not-needed', 'other'] as const

export type MoveFacts = {
  readonly now: Temporal.Instant
  /** The same UUID for the same parts. */
  readonly idFor: (...parts: readonly (string | number)[]) => string
  /** Neutral HTML of the invitation. */
  readonly bodyFor: (item: {
    readonly relationshipId: string
    readonly meetingId: string
    readonly isSeries: boolean
  }) => string
}

/** Decides how a meeting gets another time. What holds now stays held until the calendar says that it moved. */
export function planMove(
  series: MentoringSeries,
  meeting: Meeting,
  startsAt: InstantText,
  facts: MoveFacts,
): MentoringSeries {
  const to = placed(startsAt, series.minutes)
  const decidedAt = facts.now.toString()
  const event = series.events.find(({ key }) => key === meeting.eventKey)
  const anew = singleEventFor(series, meeting, to, event?.draft, facts)
  const rest = withoutProblem(overtaken(meeting))
  if (event && canMoveInPlace(series, meeting, event, to)) {
    const change: MeetingChange = { kind: 'move-in-place', to, decidedAt, fallback: anew }
    return withMeeting(series, { ...rest, change }, decidedAt)
  }
  const change: MeetingChange = { kind: 'move-anew', to, decidedAt, eventKey: anew.key }
  return withMeeting({ ...series, events: [...series.events, anew] }, { ...rest, change }, decidedAt)
}

/** Decides to call one meeting off, for good (`end`) or until another date is found. */
export function planCallOff(
  series: MentoringSeries,
  meeting: Meeting,
  { now, comment, end }: { readonly now: string; readonly comment?: string | undefined; readonly end?: MeetingEnd },
): MentoringSeries {
  const change: MeetingChange = {
    kind: 'call-off',
    decidedAt: now,
    ...(comment ? { comment } : {}),
    ...(end ? { end } : {}),
  }
  const { change: before } = meeting
  const events = series.events.map(
    (event): SeriesEvent =>
      // It was to take the meeting's place; it may be in the calendar already.
      before?.kind === 'move-anew' && event.key === before.eventKey ? { ...event, step: 'cancelling' } : event,
  )
  return withMeeting({ ...series, events }, { ...withoutProblem(overtaken(meeting)), change }, now)
}

/** Says how a meeting without a date ends: nothing of it is in a calendar any more. */
export function endMeeting(series: MentoringSeries, meeting: Meeting, end: MeetingEnd): MentoringSeries {
  const { proposal: _, clash: __, ...rest } = withoutProblem(meeting)
  return withMeeting(series, { ...rest, cancelled: true, ended: end }, end.at)
}

const ORPHAN_DAYS = 14

/** A meeting that lost its date and got no other in 14 days, nor an end. */
export function isOrphan({ dateless, cancelled }: Meeting, now: Temporal.Instant): boolean {
  if (!dateless || cancelled) return false
  return Temporal.Instant.compare(now, Temporal.Instant.from(dateless.since).add({ hours: ORPHAN_DAYS * 24 })) >= 0
}

/** Takes an end back: the meeting waits for a new date again. */
export function reopenMeeting(series: MentoringSeries, meeting: Meeting, now: string): MentoringSeries {
  const { cancelled: _, ended, ...rest } = meeting
  return withMeeting(
    series,
    { ...rest, dateless: meeting.dateless ?? { reason: 'cancelled', since: ended?.at ?? now } },
    now,
  )
}

/**
 * Refuses changes of what is over, is being booked or changed, or went with its whole series.
 * @throws DomainError `meeting-not-changeable`
 */
export function assertChangeable(series: MentoringSeries, meeting: Meeting, now: Temporal.Instant): void {
  const state = meetingState(
    meeting,
    series.events.find(({ key }) => key === meeting.eventKey),
  )
  const isOver = state === 'booked' && Temporal.Instant.compare(meeting.startsAt, now) <= 0
  const isSeriesGone = series.state === 'cancelling' || series.state === 'cancelled'
  if (!meeting.change && !isOver && !isSeriesGone && state !== 'pending') return
  throw new DomainError('meeting-not-changeable', 'This meeting is over, called off with its series, or being changed.')
}

/** The calendar refused to move the item: a single event takes its place instead. */
export function switchToAnew(series: MentoringSeries, meeting: Meeting, now: string): MentoringSeries {
  const { change } = meeting
  if (change?.kind !== 'move-in-place') return series
  const { to, decidedAt, fallback } = change
  const anew: MeetingChange = { kind: 'move-anew', to, decidedAt, eventKey: fallback.key }
  return withMeeting({ ...series, events: [...series.events, fallback] }, { ...meeting, change: anew }, now)
}

/** The calendar says that it is done: the meeting is where it was to be, or has no date any more. */
export function finishChange(series: MentoringSeries, meeting: Meeting, now: string): MentoringSeries {
  const { change, dateless, cancelled: _, ended: __, proposal: ___, clash: ____, ...rest } = meeting
  switch (change?.kind) {
    case undefined:
      return series
    case 'move-in-place':
    case 'move-anew': {
      const eventKey = change.kind === 'move-anew' ? change.eventKey : meeting.eventKey
      // A meeting that had no date gets one; only one that had is moved.
      const moved = dateless ? {} : { moves: (meeting.moves ?? 0) + 1, movedFrom: placedOf(meeting) }
      const fix: { fix?: MeetingFix } = rest.fix?.state === 'agreed' ? { fix: { ...rest.fix, state: 'moved' } } : {}
      const next = { ...rest, ...change.to, eventKey, ...moved, ...fix }
      return withMeeting({ ...series, events: eventsAfterMove(series, meeting, change.to) }, next, now)
    }
    case 'call-off': {
      const next: Meeting = change.end
        ? { ...rest, cancelled: true, ended: change.end }
        : { ...rest, dateless: { reason: 'cancelled', since: change.decidedAt } }
      return withMeeting({ ...series, events: eventsWithout(series, meeting) }, next, now)
    }
  }
}

/** Nothing of the change came about: the meeting stays as it was. @param problem a code, never content */
export function abandonChange(
  series: MentoringSeries,
  meeting: Meeting,
  problem: string,
  now: string,
): MentoringSeries {
  const { change: _, fix, ...rest } = meeting
  const asked: { fix?: MeetingFix } = fix
    ? {
        fix:
          fix.state === 'agreed'
            ? { ...fix, state: 'ask-people', why: 'no-time', options: [], expiresAt: fix.startsAt }
            : fix,
      }
    : {}
  return withMeeting(series, { ...rest, ...asked, changeProblem: problem }, now)
}

/** The series with one meeting replaced, and its own state drawn from all of it. */
export function withMeeting(series: MentoringSeries, changed: Meeting, now: string): MentoringSeries {
  const meetings = series.meetings.map((meeting) => (meeting.id === changed.id ? changed : meeting))
  return withEvents({ ...series, meetings }, series.events, now)
}

/** The meetings that a calendar item holds or is to hold, at the times at which it is to hold them. */
export function meetingsOnEvent(series: MentoringSeries, { key }: Pick<SeriesEvent, 'key'>): readonly Meeting[] {
  return series.meetings.flatMap((meeting) => {
    if (meeting.change?.kind === 'move-anew' && meeting.change.eventKey === key)
      return [{ ...meeting, ...meeting.change.to }]
    return meeting.eventKey === key ? [meeting] : []
  })
}

export const placedOf = ({ startsAt, endsAt }: Placed): Placed => ({ startsAt, endsAt })

export const placed = (startsAt: InstantText, minutes: number): Placed => {
  const start = Temporal.Instant.from(startsAt)
  return { startsAt: start.toString(), endsAt: start.add({ minutes }).toString() }
}

/** Whoever changes a meeting has answered what was asked about it. */
function overtaken(meeting: Meeting): Meeting {
  const { fix } = meeting
  if (fix?.state !== 'asking' && fix?.state !== 'ask-people') return meeting
  return { ...meeting, fix: { ...fix, state: 'overtaken' } }
}

function withoutProblem(meeting: Meeting): Meeting {
  const { changeProblem: _, ...rest } = meeting
  return rest
}

/** Wall date by which the calendar names a meeting's occurrence; undefined for a single event. */
export function occurrenceDateOf(series: MentoringSeries, meeting: Meeting, { shape }: SeriesEvent) {
  if (shape.kind === 'single') return undefined
  const index = series.meetings.findIndex(({ id }) => id === meeting.id)
  return meeting.occurrenceDate ?? shape.occurrences.find((occurrence) => occurrence.meeting === index)?.date
}

/** A live item moves in place, but an occurrence never onto or past the day of a neighbour. */
function canMoveInPlace(series: MentoringSeries, meeting: Meeting, event: SeriesEvent, to: Placed): boolean {
  if (event.step !== 'verified' || meeting.cancelled || meeting.dateless?.reason === 'cancelled') return false
  if (event.shape.kind === 'single') return true
  const own = occurrenceDateOf(series, meeting, event)
  if (own === undefined) return false
  const day = wallDate(to.startsAt, series.timeZone)
  const days = (other: Meeting) => [
    wallDate(other.startsAt, series.timeZone),
    // One that is being moved may still be where it was, or there already.
    ...(other.change?.kind === 'move-in-place' ? [wallDate(other.change.to.startsAt, series.timeZone)] : []),
  ]
  return series.meetings.every((other) => {
    if (other.id === meeting.id || other.eventKey !== event.key || other.cancelled || other.dateless) return true
    const date = occurrenceDateOf(series, other, event)
    if (date === undefined) return true
    return days(other).every((otherDay) => (date < own ? otherDay < day : day < otherDay))
  })
}

const wallDate = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** A new calendar item for one meeting. Items are never taken off a series, so their number makes a new key. */
function singleEventFor(
  series: MentoringSeries,
  meeting: Meeting,
  to: Placed,
  old: EventDraft | undefined,
  { idFor, bodyFor }: MoveFacts,
): SeriesEvent {
  const index = series.events.length
  const { id, relationshipId, minutes, timeZone } = series
  return {
    key: `${id}:${index + 1}`,
    step: 'intended',
    tries: 0,
    shape: { kind: 'single', meeting: series.meetings.findIndex((one) => one.id === meeting.id) },
    draft: {
      subject: old?.subject ?? 'Mentoring meeting',
      bodyHtml: bodyFor({ relationshipId, meetingId: meeting.id, isSeries: false }),
      time: wallTime(to.startsAt, minutes, timeZone),
      ...(old?.location === undefined ? {} : { location: old.location }),
      onlineMeeting: old?.onlineMeeting ?? true,
      transactionId: idFor(id, 'event', index, to.startsAt),
      key: `${id}:${index + 1}`,
    },
  }
}

/** A single event that moved holds its new time from now on; one whose place was taken is called off. */
function eventsAfterMove(series: MentoringSeries, meeting: Meeting, to: Placed): readonly SeriesEvent[] {
  if (meeting.change?.kind === 'move-anew') return eventsWithout(series, meeting)
  return series.events.map((event) =>
    event.key === meeting.eventKey && event.shape.kind === 'single'
      ? { ...event, draft: { ...event.draft, time: wallTime(to.startsAt, series.minutes, series.timeZone) } }
      : event,
  )
}

const eventsWithout = (series: MentoringSeries, meeting: Meeting): readonly SeriesEvent[] =>
  series.events.map((event) =>
    event.key === meeting.eventKey && event.shape.kind === 'single' ? { ...event, step: 'cancelled' } : event,
  )
