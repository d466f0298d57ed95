import { Temporal } from 'temporal-polyfill'
import { DomainError, type Fault } from '../../shared/domain/errors.ts'
import { asId, type MeetingId, type SeriesId } from '../../shared/domain/ids.ts'
import { type MentoringRole, personInRole, type Relationship } from '../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries, SeriesEvent } from '../../shared/domain/series.ts'
import { checkSlot } from '../../shared/scheduling/check-slot.ts'
import { shapeEvents } from '../../shared/scheduling/recurrence.ts'
import type { EventShape, MeetingPlan, Program, Window } from '../../shared/scheduling/types.ts'
import { windowsOfPlan } from '../../shared/scheduling/windows.ts'
import { findMeetingPlan } from '../../shared/templates/meeting-plans.ts'
import { writeInvitationBody } from '../documents/invitation-body.ts'
import { mayBook } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import type { NewJob } from '../store/job-repository.ts'
import { deriveUuid, fingerprint } from './derive-ids.ts'
import { loadPairProgram, PAIR_ID, type PairProgram, type PairProgramDeps } from './load-pair-program.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'

export type BookSeriesDeps = RelationshipDeps &
  PairProgramDeps & {
    /** Where the link in the invitation leads. */
    readonly publicUrl: () => string
    /** Whether a job may book it when nobody is signed in. */
    readonly backgroundWork: boolean
  }
export type BookSeries = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly seriesId: string
  readonly plan: MeetingPlan
  readonly minutes: number
  readonly organizer: MentoringRole
  readonly onlineMeeting: boolean
  readonly location?: string | undefined
  readonly meetings: readonly { readonly window: number; readonly startsAt: string }[]
}

/** Neutral: delegates and other mailbox users can read it. */
const SUBJECT = 'Mentoring meeting'

/**
 * Decides a series and stores it with everything that the booking will send, claims the people's time and leaves the
 * job that books it. Nothing has been sent when it returns. Repeating it with the same body changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `invalid-plan`, `slot-outside-window`, `slot-in-the-past`,
 * `notice-too-short`, `slot-not-free`, `mailbox-not-found`, `availability-unknown`, `id-already-used`
 */
export async function bookSeries(deps: BookSeriesDeps, request: BookSeries): Promise<MentoringSeries> {
  const { actor, relationshipId, seriesId, organizer, minutes, plan } = request
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayBook)
  const requestHash = fingerprint({ ...request, actor: undefined })
  const stored = await deps.series.get(seriesId)
  if (stored) return assertSame(stored.series, requestHash)

  const windows = windowsOfPlan(plan)
  assertWindows(request, windows)
  const loaded = await loadPairProgram(deps, {
    actor,
    relationship,
    organizer,
    minutes,
    windows,
    ownSeriesId: seriesId,
  })
  const now = deps.clock.now()
  assertBookable(request, loaded.program, now)
  const series = planSeries(request, { relationship, loaded, windows, requestHash, now, publicUrl: deps.publicUrl() })

  const outcome = await deps.series.add(series, deps.backgroundWork ? bookingJob(series.id) : undefined)
  if (outcome === 'added') return series
  if (outcome === 'slot-claimed') {
    throw new DomainError(
      'slot-not-free',
      'Another booking took one of these times a moment ago. Look at new proposals.',
    )
  }
  const raced = await deps.series.get(seriesId)
  if (raced) return assertSame(raced.series, requestHash)
  throw new DomainError('id-already-used', 'This id is used for something else.')
}

export const bookingJob = (seriesId: string): NewJob => ({
  id: `book-series|${seriesId}`,
  kind: 'book-series',
  subjectId: seriesId,
  state: 'due',
  dueAt: 0,
  tries: 0,
})

function assertSame(stored: MentoringSeries, requestHash: string): MentoringSeries {
  if (stored.requestHash === requestHash) return stored
  throw new DomainError('id-already-used', 'This id names another booking.', [
    { path: 'seriesId', message: 'is used; mint a new UUID' },
  ])
}

function assertWindows({ meetings }: BookSeries, windows: readonly Window[]): void {
  const faults: Fault[] = []
  const seen = new Set<number>()
  for (const [index, { window }] of meetings.entries()) {
    const path = `meetings[${index}].window`
    if (!windows[window]) faults.push({ path, message: `the plan has windows 0 to ${windows.length - 1}` })
    else if (seen.has(window)) faults.push({ path, message: 'is named twice; a window takes one meeting' })
    seen.add(window)
  }
  if (faults.length > 0)
    throw new DomainError('slot-outside-window', 'Every meeting needs a window of its own.', faults)
}

function assertBookable({ meetings, minutes }: BookSeries, program: Program, now: Temporal.Instant): void {
  const past: Fault[] = []
  const soon: Fault[] = []
  const taken: Fault[] = []
  const earliest = Temporal.Instant.from(program.earliestStart ?? now.toString())
  const periods: { readonly start: Temporal.Instant; readonly end: Temporal.Instant }[] = []
  for (const [index, { window, startsAt }] of meetings.entries()) {
    const path = `meetings[${index}].startsAt`
    const start = Temporal.Instant.from(startsAt)
    const end = start.add({ minutes })
    if (Temporal.Instant.compare(start, now) < 0) past.push({ path, message: 'is over' })
    else if (Temporal.Instant.compare(start, earliest) < 0) soon.push({ path, message: 'is less than 24 hours ahead' })
    else {
      const reasons = checkSlot(program, PAIR_ID, window, startsAt)
      const overlaps = periods.some(
        (other) => Temporal.Instant.compare(other.start, end) < 0 && Temporal.Instant.compare(start, other.end) < 0,
      )
      // Which rule refused it would tell one person of the other's clinic.
      if (reasons.length > 0 || overlaps) taken.push({ path, message: 'is not free for both' })
    }
    periods.push({ start, end })
  }
  if (past.length > 0) throw new DomainError('slot-in-the-past', 'A meeting lies in the past.', past)
  if (soon.length > 0) throw new DomainError('notice-too-short', 'A meeting is too soon.', soon)
  if (taken.length > 0) throw new DomainError('slot-not-free', 'Some of these times are not free any more.', taken)
}

function planSeries(
  { seriesId, plan, minutes, organizer, onlineMeeting, location, meetings }: BookSeries,
  {
    relationship,
    loaded,
    windows,
    requestHash,
    now,
    publicUrl,
  }: {
    readonly relationship: Relationship
    readonly loaded: PairProgram
    readonly windows: readonly Window[]
    readonly requestHash: string
    readonly now: Temporal.Instant
    readonly publicUrl: string
  },
): MentoringSeries {
  const { timeZone, people } = loaded
  const inTime = meetings.toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
  const shapes = shapeEvents(
    inTime.map(({ startsAt }) => ({ start: startsAt, minutes })),
    timeZone,
  )
  const stages = plan.kind === 'template' ? findMeetingPlan(plan.templateId)?.meetings : undefined
  const keyOf = (shape: number) => `${seriesId}:${shape + 1}`
  const planned = inTime.map(({ window, startsAt }, index): Meeting => {
    const start = Temporal.Instant.from(startsAt)
    const stage = stages?.[window]
    return {
      id: asId<MeetingId>(deriveUuid(seriesId, 'meeting', window)),
      number: index + 1,
      windowIndex: window,
      // assertWindows made sure that the plan has it.
      window: windows[window] as Window,
      startsAt: start.toString(),
      endsAt: start.add({ minutes }).toString(),
      ...(stage ? { purpose: stage.purpose, topics: stage.topics } : {}),
      eventKey: keyOf(shapes.findIndex((shape) => meetingsOf(shape).includes(index))),
    }
  })
  const events = shapes.map((shape, index): SeriesEvent => {
    const mine = planned.filter((_, meeting) => meetingsOf(shape).includes(meeting))
    const first = Temporal.Instant.from(mine[0]?.startsAt ?? now.toString()).toZonedDateTimeISO(timeZone)
    return {
      key: keyOf(index),
      step: 'intended',
      tries: 0,
      shape,
      draft: {
        subject: SUBJECT,
        bodyHtml: writeInvitationBody({
          publicUrl,
          meetingId: mine[0]?.id ?? '',
          isSeries: shape.kind === 'recurring',
        }),
        time:
          shape.kind === 'recurring'
            ? { date: shape.range.startDate, startTime: shape.startTime, minutes, timeZone }
            : {
                date: first.toPlainDate().toString(),
                startTime: first.toPlainTime().toString().slice(0, 5),
                minutes,
                timeZone,
              },
        ...(shape.kind === 'recurring' ? { recurrence: { pattern: shape.pattern, range: shape.range } } : {}),
        ...(location === undefined ? {} : { location }),
        onlineMeeting,
        transactionId: deriveUuid(seriesId, 'event', index),
        key: keyOf(index),
      },
    }
  })
  const participant = (role: MentoringRole) => ({
    name: people[role].person.displayName,
    email: people[role].person.email,
  })
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
    meetings: planned,
    events,
    participants: { mentee: participant('mentee'), mentor: participant('mentor') },
    state: 'booking',
    requestHash,
    createdAt: now.toString(),
  }
}

/** Indexes of the meetings that a calendar item holds. */
function meetingsOf(shape: EventShape): readonly number[] {
  if (shape.kind === 'single') return [shape.meeting]
  return shape.occurrences.flatMap(({ meeting, change }) =>
    meeting === undefined || change === 'dropped' ? [] : [meeting],
  )
}
