import type { Temporal } from 'temporal-polyfill'
import type { EventShape, MeetingPlan, Window } from '../scheduling/types.ts'
import { findMeetingPlan } from '../templates/meeting-plans.ts'
import type { EventDraft } from './event-draft.ts'
import { timeMovedTo } from './held-time.ts'
import type { EventId, MeetingId, PersonId, RelationshipId, SeriesId, TenantId } from './ids.ts'
import type { MeetingChange, MeetingEnd } from './meeting-change.ts'
import type { MeetingFix } from './meeting-fix.ts'
import type { MentoringRole } from './relationship.ts'

/**
 * One booked (or being booked) term of meetings: what was decided, and a journal of how far each calendar item got.
 * The journal lives in the same document as the decision, so any process can go on where another stopped.
 */
export type MentoringSeries = {
  readonly id: SeriesId
  readonly tenantId: TenantId
  readonly relationshipId: RelationshipId
  readonly menteeId: PersonId
  readonly mentorId: PersonId
  readonly organizer: MentoringRole
  /** Organizer's IANA zone; the calendar expands the series in it. */
  readonly timeZone: string
  readonly plan: MeetingPlan
  readonly minutes: number
  readonly meetings: readonly Meeting[]
  readonly events: readonly SeriesEvent[]
  readonly participants: Readonly<Record<MentoringRole, { readonly name: string; readonly email: string }>>
  /** Of a committee: who is invited beside its chair, as they were when it was booked. */
  readonly members?: readonly Participant[]
  /** changing: single meetings are being moved or called off. */
  readonly state: 'booking' | 'booked' | 'changing' | 'needs-attention' | 'cancelling' | 'cancelled'
  /** Fingerprint of the request that made it: a repeat is recognised, another body under the same id refused. */
  readonly requestHash: string
  readonly cancelComment?: string
  /** Since when the organizer's calendar cannot be read for good, and why; what is known of the meetings stays. */
  readonly calendarProblem?: { readonly code: CalendarProblem; readonly since: string }
  /** RFC 3339. */
  readonly createdAt: string
  readonly bookedAt?: string
}

export type Participant = { readonly personId: PersonId; readonly name: string; readonly email: string }

/** Everybody whose time its meetings take: the two, then the other members of a committee. */
export const participantsOf = ({
  menteeId,
  mentorId,
  participants: { mentee, mentor },
  members = [],
}: Pick<MentoringSeries, 'menteeId' | 'mentorId' | 'participants' | 'members'>): readonly Participant[] => [
  { personId: menteeId, ...mentee },
  { personId: mentorId, ...mentor },
  ...members,
]

/** The mailbox is gone or shut, or its owner's organisation lets the service in no more. */
export type CalendarProblem = 'mailbox-not-found' | 'mailbox-not-reachable' | 'access-denied'

export type Meeting = {
  readonly id: MeetingId
  /** 1-based, by time. */
  readonly number: number
  /** Index into the plan's windows. */
  readonly windowIndex: number
  readonly window: Window
  /** RFC 3339 in UTC, half-open. */
  readonly startsAt: string
  readonly endsAt: string
  readonly purpose?: string
  readonly topics?: readonly string[]
  /** Its place in a built-in plan; `n` is 1-based. */
  readonly stage?: { readonly planId: string; readonly n: number }
  /** The calendar item it belongs to, by key. */
  readonly eventKey: string
  /** Wall date in the series' zone by which the calendar names its occurrence, where it is not the one that was booked. */
  readonly occurrenceDate?: string
  readonly cancelled?: boolean
  /** Times that its start was changed after it was booked, by hand in a calendar or through us. */
  readonly moves?: number
  /** Where it was before the last of them. */
  readonly movedFrom?: Placed
  /** Somebody took its date away in a calendar, and it has no other yet; `startsAt` and `endsAt` keep the last one. */
  readonly dateless?: { readonly reason: DatelessReason; readonly since: string }
  /** Another time that the invited person asks for in their answer. */
  readonly proposal?: Placed
  /** Members of a committee who said no to its date: the others meet without them. */
  readonly absent?: readonly PersonId[]
  /** What its present time was found to lie on when it was moved. */
  readonly clash?: 'clinic' | 'meeting'
  readonly change?: MeetingChange
  /** What the two are asked, because its time does not hold, or the answer they gave. */
  readonly fix?: MeetingFix
  /** Starts that were proposed for it without anybody asking; never more than two in all. */
  readonly proposed?: readonly string[]
  /** Why the last change did not come about: a code, never content. */
  readonly changeProblem?: string
  /** It was called off and gets no new date. */
  readonly ended?: MeetingEnd
}

/** RFC 3339 in UTC, half-open. */
export type Placed = { readonly startsAt: string; readonly endsAt: string }

/** declined: the invited person said no · cancelled: called off or deleted by hand. */
export type DatelessReason = 'declined' | 'cancelled'

/** intended: stored, nothing sent · created: in the organizer's calendar, nobody invited · shaped: dates moved · attached · invited · verified: read back and right. */
export type BookingStep =
  | 'intended'
  | 'created'
  | 'shaped'
  | 'attached'
  | 'invited'
  | 'verified'
  | 'failed'
  | 'cancelling'
  | 'cancelled'

export type SeriesEvent = {
  readonly key: string
  readonly step: BookingStep
  readonly draft: EventDraft
  readonly shape: EventShape
  /** Times that a creation was begun; more than one means that an earlier outcome is unknown. */
  readonly tries: number
  readonly eventId?: EventId
  readonly iCalUId?: string
  readonly webLink?: string
  /** When its creation was noted, RFC 3339. */
  readonly recordedAt?: string
  /** When free/busy was last read for it, RFC 3339. */
  readonly checkedAt?: string
  /** Why it failed or is being retried: a code, never content. */
  readonly problem?: string
}

const FINAL: readonly BookingStep[] = ['verified', 'failed', 'cancelled']
export const isFinal = (event: SeriesEvent): boolean => FINAL.includes(event.step)

/** The series with one calendar item changed, and its own state drawn from all of them. */
export function withEvent(series: MentoringSeries, changed: SeriesEvent, now: string): MentoringSeries {
  return withEvents(
    series,
    series.events.map((event) => (event.key === changed.key ? changed : event)),
    now,
  )
}

/** The same with all of its calendar items. */
export function withEvents(series: MentoringSeries, events: readonly SeriesEvent[], now: string): MentoringSeries {
  const { cancelComment, ...rest } = series
  const state = stateOf(series, events)
  return {
    ...rest,
    events,
    state,
    // What people wrote to each other is not kept once it was sent.
    ...(cancelComment === undefined || state === 'cancelled' ? {} : { cancelComment }),
    ...(state === 'booked' && !series.bookedAt ? { bookedAt: now } : {}),
  }
}

/**
 * The series with everything that is still to come called off, failed items included: something of theirs may be in a
 * calendar. What was held stays.
 * @param comment sent to the attendees
 */
export function planCancellation(series: MentoringSeries, now: string, comment: string | undefined): MentoringSeries {
  const open = openMeetings(series, now)
  const ahead = new Set(open.flatMap((meeting) => [meeting.eventKey, ...keysUnderChange(meeting)]))
  const cancelling: MentoringSeries = {
    ...series,
    state: 'cancelling',
    ...(comment ? { cancelComment: comment } : {}),
    meetings: series.meetings.map((meeting) => (open.includes(meeting) ? calledOffWithSeries(meeting, now) : meeting)),
  }
  const events = series.events.map(
    (event): SeriesEvent =>
      ahead.has(event.key) && event.step !== 'cancelled' ? { ...event, step: 'cancelling' } : event,
  )
  return withEvents(cancelling, events, now)
}

/** The meetings that a cancellation of the series calls off: those to come, and those that wait for a date. */
export function openMeetings(series: MentoringSeries, now: string): readonly Meeting[] {
  if (series.state === 'cancelling' || series.state === 'cancelled') return []
  const isAhead = (meeting: Meeting) =>
    [meeting, ...timeMovedTo(meeting)].some(({ startsAt }) => Date.parse(startsAt) > Date.parse(now))
  return series.meetings.filter((meeting) => !meeting.ended && (meeting.dateless || isAhead(meeting)))
}

function calledOffWithSeries({ change: _, fix: __, ...meeting }: Meeting, now: string): Meeting {
  return { ...meeting, cancelled: true, ended: { as: 'none-planned', reason: 'series-called-off', at: now } }
}

function stateOf(series: MentoringSeries, events: readonly SeriesEvent[]): MentoringSeries['state'] {
  const cancelling = series.state === 'cancelling' || series.state === 'cancelled'
  if (cancelling) return events.every(isFinal) ? 'cancelled' : 'cancelling'
  const changing = new Set(series.meetings.flatMap(keysUnderChange))
  const current = new Set(series.meetings.filter(({ cancelled }) => !cancelled).map(({ eventKey }) => eventKey))
  const unfinished = events.filter((event) => !isFinal(event))
  if (unfinished.some(({ key }) => current.has(key) && !changing.has(key))) return 'booking'
  if (changing.size > 0 || unfinished.length > 0) return 'changing'
  // A cancelled item of a series that is not: it was taken out by hand, and what that means its meetings say.
  const isInOrder = events.every(({ key, step }) => !current.has(key) || step === 'verified' || step === 'cancelled')
  const hasDates = series.meetings.every(({ dateless, cancelled }) => !dateless || cancelled)
  return isInOrder && hasDates && !series.calendarProblem ? 'booked' : 'needs-attention'
}

const keysUnderChange = ({ change, eventKey }: Meeting): readonly string[] =>
  change ? [eventKey, ...(change.kind === 'move-anew' ? [change.eventKey] : [])] : []

export type MeetingState = 'pending' | 'booked' | 'needs-attention' | 'needs-date' | 'cancelled'

/** How a meeting stands, from the calendar item it belongs to. */
export function meetingState(meeting: Meeting, event: SeriesEvent | undefined): MeetingState {
  if (meeting.cancelled) return 'cancelled'
  if (meeting.dateless) return 'needs-date'
  // Called off later, but this one was over: it was held.
  if (event?.step === 'cancelled') return 'booked'
  if (!event || event.step === 'failed') return 'needs-attention'
  return event.step === 'verified' || event.step === 'invited' || event.step === 'cancelling' ? 'booked' : 'pending'
}

/** Whether the series is mentoring at all: project meetings never count as mentoring. */
export const countsAsMentoring = ({ plan }: Pick<MentoringSeries, 'plan'>): boolean =>
  plan.kind !== 'template' || (findMeetingPlan(plan.templateId)?.countsAsMentoring ?? true)

/** Whether one of its mentoring meetings is booked and still to come. */
export const hasMeetingAhead = (series: MentoringSeries, now: Temporal.Instant): boolean =>
  countsAsMentoring(series) &&
  series.meetings.some(
    (meeting) =>
      Date.parse(meeting.startsAt) > now.epochMilliseconds &&
      meetingState(
        meeting,
        series.events.find(({ key }) => key === meeting.eventKey),
      ) === 'booked',
  )

/** Whether a creation was begun whose event is not known, or begun twice: a late one may still appear in the calendar. */
export const mayHaveLeftover = ({ tries, eventId }: SeriesEvent): boolean => tries > 1 || (tries > 0 && !eventId)

/** Whether there is something left to do in a calendar. */
export const isUnfinished = ({ state }: Pick<MentoringSeries, 'state'>): boolean =>
  state === 'booking' || state === 'changing' || state === 'cancelling'
