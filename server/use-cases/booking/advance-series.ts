import { Temporal } from 'temporal-polyfill'
import { abandonChange, meetingsOnEvent } from '../../../shared/domain/meeting-change.ts'
import {
  hasMeetingAhead,
  isFinal,
  type Meeting,
  type MentoringSeries,
  mayHaveLeftover,
  participantsOf,
  type SeriesEvent,
  withEvent,
} from '../../../shared/domain/series.ts'
import { CalendarError, type CalendarEvent } from '../../ports/calendar.ts'
import { type AdvanceRelationshipDeps, advanceRelationship } from '../pair/advance-relationship.ts'
import { advanceChange } from './advance-change.ts'
import {
  attendeesOf,
  checklistFor,
  hasConflict,
  isInvited,
  isLasting,
  mailboxOf,
  type SeriesCalendarDeps,
} from './series-calendar.ts'
import { shapeRecurringEvent } from './shape-recurring-event.ts'

export type AdvanceSeriesDeps = SeriesCalendarDeps &
  AdvanceRelationshipDeps & {
    /** Once aborted, no further step is begun. */
    readonly signal?: AbortSignal
  }

/** A calendar shows what was written to it after seconds, under load after a minute. */
const READ_LAG_SECONDS = 120
/** Free/busy read longer ago than this is read again before anybody is invited. */
const CHECK_VALID_SECONDS = 60

/**
 * Takes a stored series to its end, step by step: create without attendees, shape, attach, invite, verify; then every
 * change of a single meeting that was decided. Every step is written before the next begins, so that any process can go
 * on from here, and each can be repeated.
 * @throws CalendarError when the calendar cannot be reached or asks to wait; what was done so far is stored
 * @throws the signal's reason when it aborts; what was done so far is stored
 */
export async function advanceSeries(deps: AdvanceSeriesDeps, seriesId: string): Promise<void> {
  const begun = new Set<string>()
  for (;;) {
    deps.signal?.throwIfAborted()
    const read = await deps.series.get(seriesId)
    if (!read) return
    const { series, rev } = read
    const event = series.events.find((candidate) => !isFinal(candidate))
    const changing = series.meetings.find(({ change }) => change)
    if (event) {
      const next = await takeStep(deps, series, event, begun)
      const isSaved = await deps.series.save(withEvent(series, next, deps.clock.now().toString()), rev)
      if (isSaved && next.tries > event.tries) begun.add(event.key)
      // Somebody else wrote meanwhile (a cancellation, another worker): read again and go on from there.
      if (!isSaved && next.eventId && !event.eventId) await keepCreated(deps, seriesId, next)
    } else if (changing) {
      // Time is given back in the same write in which the calendar's word for it is noted.
      const outcome = await deps.series.saveWithTime(await advanceChange(deps, series, changing), rev)
      if (outcome === 'slot-claimed') {
        const now = deps.clock.now().toString()
        await deps.series.saveWithTime(abandonChange(series, changing, 'slot-not-free', now), rev)
      }
    } else {
      await deps.series.settleTime(seriesId)
      return tellRelationship(deps, series)
    }
  }
}

/** A mentoring meeting ahead takes the pair on in its lifecycle. */
async function tellRelationship(deps: AdvanceSeriesDeps, series: MentoringSeries): Promise<void> {
  if (!hasMeetingAhead(series, deps.clock.now())) return
  const { tenantId, relationshipId } = series
  await advanceRelationship(deps, { tenantId, relationshipId }, { kind: 'meeting-booked' })
}

/**
 * An event was made while somebody changed the series: its id is kept, so that a cancellation finds it. Where another
 * worker's event was kept already, ours is taken back; nobody was invited to it.
 */
async function keepCreated(deps: AdvanceSeriesDeps, seriesId: string, made: SeriesEvent): Promise<void> {
  for (;;) {
    const read = await deps.series.get(seriesId)
    const stored = read?.series.events.find(({ key }) => key === made.key)
    if (!read || !stored || stored.eventId === made.eventId) return
    if (stored.eventId) return made.eventId && deps.calendar.deleteEvent(mailboxOf(read.series), made.eventId)
    const step = stored.step === 'intended' ? 'created' : 'cancelling'
    const kept = withEvent(read.series, { ...made, step }, deps.clock.now().toString())
    if (await deps.series.save(kept, read.rev)) return
  }
}

async function takeStep(
  deps: AdvanceSeriesDeps,
  series: MentoringSeries,
  event: SeriesEvent,
  begun: Set<string>,
): Promise<SeriesEvent> {
  try {
    switch (event.step) {
      case 'intended':
        return await create(deps, series, event, begun)
      case 'created':
        return await shape(deps, series, event)
      case 'shaped':
        return await attach(deps, series, event)
      case 'attached':
        return await invite(deps, series, event)
      case 'invited':
        return await verify(deps, series, event)
      case 'cancelling':
        return await cancel(deps, series, event)
      default:
        return event
    }
  } catch (error) {
    if (!isLasting(error) || event.step === 'cancelling') throw error
    if (error.code === 'event-not-found' && isYoung(event, deps.clock.now())) {
      throw new CalendarError('outcome-unknown', 'an event that was made a moment ago cannot be read yet', {
        cause: error,
      })
    }
    return fail(deps, series, event, error.code)
  }
}

/**
 * That a creation begins is stored before the request goes out. A creation that somebody else began (a process that
 * died, a try whose answer was lost) is looked for before it is begun again.
 * @param begun keys of the events whose creation this run stored as begun
 */
async function create(
  deps: AdvanceSeriesDeps,
  series: MentoringSeries,
  event: SeriesEvent,
  begun: Set<string>,
): Promise<SeriesEvent> {
  const mailbox = mailboxOf(series)
  if (begun.has(event.key)) {
    return created(event, await deps.calendar.createEvent(mailbox, event.draft), deps.clock.now())
  }
  const [existing] = event.tries > 0 ? await deps.calendar.findEventsByKey(mailbox, event.key) : []
  // Whoever began it may have sent it more than once.
  if (existing) return created(event, { ...existing, mayHaveTwin: true }, deps.clock.now())
  if (await isTaken(deps, series, event)) return { ...event, step: 'failed', problem: 'slot-not-free' }
  const { checkedAt: _, ...unchecked } = event
  const tries = event.tries + 1
  // After a doubtful try what lies on the meeting's time may be our own event or not: looked at again before inviting.
  return tries > 1 ? { ...unchecked, tries } : { ...unchecked, tries, checkedAt: deps.clock.now().toString() }
}

/** Whether that it is not found may only mean that the calendar does not show it yet. */
const isYoung = ({ recordedAt }: SeriesEvent, now: Temporal.Instant): boolean =>
  recordedAt !== undefined && Math.abs(now.since(recordedAt).total('seconds')) < READ_LAG_SECONDS

const created = (
  event: SeriesEvent,
  { id: eventId, iCalUId, webLink, mayHaveTwin }: CalendarEvent,
  now: Temporal.Instant,
): SeriesEvent => ({
  ...event,
  ...(mayHaveTwin && { tries: event.tries + 1 }),
  step: 'created',
  recordedAt: now.toString(),
  eventId,
  iCalUId,
  ...(webLink === undefined ? {} : { webLink }),
})

async function shape(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<SeriesEvent> {
  if (event.shape.kind === 'recurring') {
    await shapeRecurringEvent(deps.calendar, mailboxOf(series), { series, shape: event.shape, eventId: idOf(event) })
  }
  return { ...event, step: 'shaped' }
}

async function attach(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<SeriesEvent> {
  await deps.calendar.attachFile(mailboxOf(series), idOf(event), await checklistFor(deps, series, event))
  return { ...event, step: 'attached' }
}

async function invite(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<SeriesEvent> {
  const mailbox = mailboxOf(series)
  if (isCheckStale(event, deps.clock.now())) {
    const current = await deps.calendar.getEvent(mailbox, idOf(event))
    // The invitation went out and only the note of it was lost; the other person's calendar shows our own meeting.
    if (isInvited(series, current)) return { ...event, step: isRight(series, event, current) ? 'verified' : 'invited' }
    if (await isTaken(deps, series, event)) return giveUp(deps, series, event)
  }
  const invited = await deps.calendar.inviteAttendees(mailbox, idOf(event), attendeesOf(series))
  return { ...event, step: isRight(series, event, invited) ? 'verified' : 'invited' }
}

/** The time is taken, unless another worker invited meanwhile: then what lies on it is this very meeting. */
async function giveUp(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<SeriesEvent> {
  const current = await deps.calendar.findEvent(mailboxOf(series), idOf(event))
  if (current && isInvited(series, current)) return { ...event, step: 'invited' }
  return fail(deps, series, event, 'slot-not-free')
}

function isCheckStale({ checkedAt }: SeriesEvent, now: Temporal.Instant): boolean {
  return !checkedAt || Math.abs(now.since(checkedAt).total('seconds')) > CHECK_VALID_SECONDS
}

async function verify(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<SeriesEvent> {
  const read = await deps.calendar.getEvent(mailboxOf(series), idOf(event))
  return isRight(series, event, read)
    ? { ...event, step: 'verified' }
    : { ...event, step: 'failed', problem: 'not-as-booked' }
}

/** What the calendar holds is what was decided: the attendee, the checklist, and the time of the (first) meeting. */
function isRight(series: MentoringSeries, event: SeriesEvent, read: CalendarEvent): boolean {
  const { date, startTime, timeZone, minutes } = event.draft.time
  const start = Temporal.PlainDateTime.from(`${date}T${startTime}`).toZonedDateTime(timeZone).toInstant()
  const isInTime = start.equals(read.period.start) && start.add({ minutes }).equals(read.period.end)
  return isInvited(series, read) && read.hasAttachments && isInTime
}

async function cancel(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<SeriesEvent> {
  const mailbox = mailboxOf(series)
  const now = deps.clock.now().toString()
  const isOver = (meeting: Meeting) => Temporal.Instant.compare(meeting.startsAt, now) <= 0
  const meetings = meetingsOnEvent(series, event)
  const known = event.eventId
    ? [event.eventId]
    : event.tries > 0
      ? (await deps.calendar.findEventsByKey(mailbox, event.key)).map(({ id }) => id)
      : []
  for (const eventId of known) {
    if (event.shape.kind === 'recurring' && meetings.some(isOver)) {
      // What was held stays in the calendars; only what is to come is called off.
      const last = lastEndOf(meetings, now)
      for (const occurrence of await deps.calendar.listOccurrences(mailbox, eventId, { start: now, end: last })) {
        if (Temporal.Instant.compare(occurrence.period.start, now) > 0) {
          await deps.calendar.cancelEvent(mailbox, occurrence.id, series.cancelComment)
        }
      }
    } else await deps.calendar.cancelEvent(mailbox, eventId, series.cancelComment)
  }
  return { ...event, step: 'cancelled' }
}

/** Takes a bare event back, so that nothing is half-booked. One that somebody is invited to is left to people. */
async function fail(
  deps: AdvanceSeriesDeps,
  series: MentoringSeries,
  event: SeriesEvent,
  problem: string,
): Promise<SeriesEvent> {
  const mailbox = mailboxOf(series)
  const current = event.eventId && (await deps.calendar.findEvent(mailbox, event.eventId))
  if (current && current.attendees.length === 0) await deps.calendar.deleteEvent(mailbox, current.id)
  return { ...event, step: 'failed', problem }
}

/** Occurrences may have been moved past the last meeting that we know of. */
const MARGIN_DAYS = 62
const lastEndOf = (meetings: readonly Meeting[], now: string): string =>
  [now, ...meetings.map(({ endsAt }) => endsAt)]
    .map((end) => Temporal.Instant.from(end).add({ hours: MARGIN_DAYS * 24 }))
    .reduce((a, b) => (Temporal.Instant.compare(a, b) < 0 ? b : a))
    .toString()

/** Every creation that was begun may have left an event, also one that cannot be found by its key yet. */
async function countOwnItems(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<number> {
  if (!event.eventId) return event.tries
  if (!mayHaveLeftover(event)) return 1
  return Math.max(1, (await deps.calendar.findEventsByKey(mailboxOf(series), event.key)).length)
}

/** Our own bare event in the organizer's calendar does not count, nor the meeting that this one takes the place of. */
async function isTaken(deps: AdvanceSeriesDeps, series: MentoringSeries, event: SeriesEvent): Promise<boolean> {
  const meetings = meetingsOnEvent(series, event)
  const ownEmail = series.participants[series.organizer].email
  const count = await countOwnItems(deps, series, event)
  const own = Array.from({ length: count }, () =>
    meetings.map(({ startsAt, endsAt }) => ({ startsAt, endsAt, email: ownEmail })),
  ).flat()
  const replaced = series.meetings.filter(({ change }) => change?.kind === 'move-anew' && change.eventKey === event.key)
  const before = replaced.flatMap(({ startsAt, endsAt }) =>
    participantsOf(series).map(({ email }) => ({ startsAt, endsAt, email })),
  )
  return hasConflict(deps, series, meetings, [...own, ...before])
}

function idOf(event: SeriesEvent) {
  if (!event.eventId) throw new Error(`Event ${event.key} is at step ${event.step} without an id.`)
  return event.eventId
}
