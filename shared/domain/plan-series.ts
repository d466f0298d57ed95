import { Temporal } from 'temporal-polyfill'
import { shapeEvents } from '../scheduling/recurrence.ts'
import type { EventShape, InstantText, MeetingPlan, Window } from '../scheduling/types.ts'
import { findMeetingPlan } from '../templates/meeting-plans.ts'
import type { EventDraft, EventTime } from './event-draft.ts'
import { asId, type MeetingId, type SeriesId } from './ids.ts'
import { type MentoringRole, personInRole, type Relationship } from './relationship.ts'
import type { Meeting, MentoringSeries, SeriesEvent } from './series.ts'

export type SeriesRequest = {
  readonly seriesId: string
  readonly plan: MeetingPlan
  readonly minutes: number
  readonly organizer: MentoringRole
  readonly onlineMeeting: boolean
  readonly location?: string | undefined
  /** Every window exists and is named once; times are checked before. */
  readonly meetings: readonly { readonly window: number; readonly startsAt: InstantText }[]
}
export type SeriesFacts = {
  readonly relationship: Relationship
  readonly participants: MentoringSeries['participants']
  /** Of a committee: who is invited beside its chair. */
  readonly members?: NonNullable<MentoringSeries['members']>
  readonly windows: readonly Window[]
  /** Organizer's IANA zone. */
  readonly timeZone: string
  readonly requestHash: string
  readonly now: Temporal.Instant
  /** The same UUID for the same parts, so that a repeated request makes the same ids. */
  readonly idFor: (...parts: readonly (string | number)[]) => string
  /** Neutral HTML of the invitation. */
  readonly bodyFor: (item: {
    readonly relationshipId: string
    readonly meetingId: string
    readonly isSeries: boolean
  }) => string
}

/** Neutral: delegates and other mailbox users can read it. */
const SUBJECT = 'Mentoring meeting'

/** Decides a whole series: its meetings, the fewest calendar items that hold them, and each item complete as it will be sent. */
export function planSeries(request: SeriesRequest, facts: SeriesFacts): MentoringSeries {
  const { seriesId, plan, minutes, organizer } = request
  const { relationship, participants, members = [], timeZone, requestHash, now } = facts
  const inTime = request.meetings.toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
  const shapes = shapeMeetings(
    plan,
    inTime.map(({ startsAt }) => ({ start: startsAt, minutes })),
    timeZone,
  )
  const keyOf = (shape: number) => `${seriesId}:${shape + 1}`
  const meetings = inTime.map((meeting, index) =>
    planMeeting(request, facts, {
      ...meeting,
      number: index + 1,
      eventKey: keyOf(shapes.findIndex((shape) => meetingsIn(shape).includes(index))),
    }),
  )
  return {
    id: asId<SeriesId>(seriesId),
    tenantId: relationship.tenantId,
    relationshipId: relationship.id,
    menteeId: personInRole(relationship, 'mentee'),
    mentorId: personInRole(relationship, 'mentor'),
    organizer,
    timeZone,
    plan,
    minutes,
    meetings,
    events: shapes.map((shape, index): SeriesEvent => {
      const key = keyOf(index)
      const [first] = meetings.filter(({ eventKey }) => eventKey === key)
      if (!first) throw new Error(`The calendar item ${key} holds no meeting.`)
      return { key, step: 'intended', tries: 0, shape, draft: draftOf(request, facts, { shape, first, index, key }) }
    }),
    participants,
    ...(members.length > 0 ? { members } : {}),
    state: 'booking',
    requestHash,
    createdAt: now.toString(),
  }
}

/**
 * The calendar items of a plan's meetings: one recurring event for a cadence that a calendar can express, single events
 * for every other plan (months 1-3-6-9-12, clinic weeks of a rota), whatever dates they happen to fall on.
 * @param meetings in order of time; the shapes name them by index
 */
export function shapeMeetings(
  plan: MeetingPlan,
  meetings: readonly { readonly start: InstantText; readonly minutes: number }[],
  timeZone: string,
): readonly EventShape[] {
  if (isEven(plan)) return shapeEvents(meetings, timeZone)
  return meetings.map((_, meeting) => ({ kind: 'single', meeting }))
}

/** Whether a plan's meetings are equally far apart. */
function isEven(plan: MeetingPlan): boolean {
  switch (plan.kind) {
    case 'every-weeks':
    case 'weekday-of-month':
    case 'day-of-month':
      return true
    case 'template':
      return isEvenlySpaced(findMeetingPlan(plan.templateId)?.meetings.map(({ month }) => month) ?? [])
    case 'named-months':
      return isEvenlySpaced(plan.months)
    case 'rota-aligned':
    case 'windows':
      return false
  }
}

function isEvenlySpaced(months: readonly number[]): boolean {
  const inOrder = months.toSorted((a, b) => a - b)
  const gaps = new Set(inOrder.slice(1).map((month, index) => month - (inOrder[index] ?? 0)))
  return gaps.size === 1
}

type Placed = { readonly window: number; readonly startsAt: string; readonly number: number; readonly eventKey: string }

function planMeeting(
  { seriesId, plan, minutes }: SeriesRequest,
  { windows, idFor }: SeriesFacts,
  placed: Placed,
): Meeting {
  const { window: windowIndex, startsAt, number, eventKey } = placed
  const window = windows[windowIndex]
  if (!window) throw new Error(`The plan has no window ${windowIndex}.`)
  const template = plan.kind === 'template' ? findMeetingPlan(plan.templateId) : undefined
  const stage = template?.meetings[windowIndex]
  const start = Temporal.Instant.from(startsAt)
  return {
    id: asId<MeetingId>(idFor(seriesId, 'meeting', windowIndex)),
    number,
    windowIndex,
    window,
    startsAt: start.toString(),
    endsAt: start.add({ minutes }).toString(),
    ...(template && stage
      ? { purpose: stage.purpose, topics: stage.topics, stage: { planId: template.id, n: stage.n } }
      : {}),
    eventKey,
  }
}

function draftOf(
  { seriesId, minutes, location, onlineMeeting }: SeriesRequest,
  { relationship, timeZone, idFor, bodyFor }: SeriesFacts,
  {
    shape,
    first,
    index,
    key,
  }: { readonly shape: EventShape; readonly first: Meeting; readonly index: number; readonly key: string },
): EventDraft {
  const isSeries = shape.kind === 'recurring'
  return {
    subject: SUBJECT,
    bodyHtml: bodyFor({ relationshipId: relationship.id, meetingId: first.id, isSeries }),
    time: isSeries
      ? { date: shape.range.startDate, startTime: shape.startTime, minutes, timeZone }
      : wallTime(first.startsAt, minutes, timeZone),
    ...(isSeries ? { recurrence: { pattern: shape.pattern, range: shape.range } } : {}),
    ...(location === undefined ? {} : { location }),
    onlineMeeting,
    transactionId: idFor(seriesId, 'event', index),
    key,
  }
}

/** An instant as the wall clock of a zone shows it. */
export function wallTime(startsAt: string, minutes: number, timeZone: string): EventTime {
  const wall = Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone)
  return {
    date: wall.toPlainDate().toString(),
    startTime: wall.toPlainTime().toString().slice(0, 5),
    minutes,
    timeZone,
  }
}

/** Indexes of the meetings that a calendar item holds. */
function meetingsIn(shape: EventShape): readonly number[] {
  if (shape.kind === 'single') return [shape.meeting]
  return shape.occurrences.flatMap(({ meeting, change }) =>
    meeting === undefined || change === 'dropped' ? [] : [meeting],
  )
}
