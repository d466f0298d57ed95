import { Temporal } from 'temporal-polyfill'
import {
  abandonChange,
  finishChange,
  type MeetingChange,
  occurrenceDateOf,
  placedOf,
  switchToAnew,
} from '../../../shared/domain/meeting-change.ts'
import { wallTime } from '../../../shared/domain/plan-series.ts'
import {
  type Meeting,
  type MentoringSeries,
  type Placed,
  participantsOf,
  type SeriesEvent,
} from '../../../shared/domain/series.ts'
import { CalendarError, type CalendarEvent } from '../../ports/calendar.ts'
import { checklistFor, hasConflict, isLasting, mailboxOf, type SeriesCalendarDeps } from './series-calendar.ts'

/** Calendars read longer ago than this are read again before somebody's calendar is changed. */
const CHECK_VALID_SECONDS = 60
/** Occurrences may lie anywhere near the dates that we know of. */
const MARGIN_DAYS = 62
/** Goes with the cancellation of an item whose place another one took. */
const REPLACED = 'This meeting has a new date. You have an invitation for it.'

/**
 * Takes a decided change of one meeting a step further and answers the series as it is then. It looks before it acts, so
 * every step may be repeated: what a process that died has done already is only noted.
 * @throws CalendarError when the calendar cannot be reached or asks to wait
 */
export async function advanceChange(
  deps: SeriesCalendarDeps,
  series: MentoringSeries,
  meeting: Meeting,
): Promise<MentoringSeries> {
  const now = deps.clock.now().toString()
  const { change } = meeting
  try {
    switch (change?.kind) {
      case 'move-in-place':
        return await moveInPlace(deps, series, meeting, change)
      case 'move-anew':
        return await replaceItem(deps, series, meeting, change)
      case 'call-off':
        await callOff(deps, series, meeting, change.comment)
        return finishChange(series, meeting, now)
      case undefined:
        return series
    }
  } catch (error) {
    if (!isLasting(error)) throw error
    if (error.code === 'occurrence-crosses-neighbour' && change?.kind === 'move-in-place')
      return switchToAnew(series, meeting, now)
    return abandonChange(series, meeting, error.code, now)
  }
}

/** People moved or removed it meanwhile: that is followed, not fought. */
async function moveInPlace(
  deps: SeriesCalendarDeps,
  series: MentoringSeries,
  meeting: Meeting,
  change: MeetingChange & { readonly kind: 'move-in-place' },
): Promise<MentoringSeries> {
  const now = deps.clock.now()
  const mailbox = mailboxOf(series)
  const event = series.events.find(({ key }) => key === meeting.eventKey)
  const item = event && (await findItem(deps, series, meeting, event))
  if (!event || !item || item.isCancelled) return abandonChange(series, meeting, 'event-not-found', now.toString())
  if (isAt(item, change.to)) return finishChange(series, meeting, now.toString())
  if (!startsAtSame(item, meeting)) return abandonChange(series, meeting, 'moved-by-hand', now.toString())
  if (now.since(change.decidedAt).total('seconds') > CHECK_VALID_SECONDS) {
    const own = participantsOf(series).map(({ email }) => ({ ...placedOf(meeting), email }))
    if (await hasConflict(deps, series, [change.to], own)) {
      // Another worker may have moved it meanwhile: then what lies there is this very meeting.
      const current = await findItem(deps, series, meeting, event)
      return current && isAt(current, change.to)
        ? finishChange(series, meeting, now.toString())
        : abandonChange(series, meeting, 'slot-not-free', now.toString())
    }
  }
  const time = wallTime(change.to.startsAt, series.minutes, series.timeZone)
  const moved = await deps.calendar.moveEvent(mailbox, item.id, time)
  // Whether an occurrence that was changed keeps the series' files is not documented.
  if (!moved.hasAttachments) await deps.calendar.attachFile(mailbox, moved.id, await checklistFor(deps, series, event))
  if (isAt(moved, change.to)) return finishChange(series, meeting, now.toString())
  throw new CalendarError('outcome-unknown', 'the calendar shows the moved meeting at another time')
}

/** The new item is booked by now, or it failed; only then is the old one called off, so that a meeting is never without. */
async function replaceItem(
  deps: SeriesCalendarDeps,
  series: MentoringSeries,
  meeting: Meeting,
  change: MeetingChange & { readonly kind: 'move-anew' },
): Promise<MentoringSeries> {
  const now = deps.clock.now().toString()
  const anew = series.events.find(({ key }) => key === change.eventKey)
  if (anew?.step !== 'verified') return abandonChange(series, meeting, anew?.problem ?? 'refused', now)
  await callOff(deps, series, meeting, REPLACED)
  return finishChange(series, meeting, now)
}

/** Not there any more: that is what was wanted. */
async function callOff(
  deps: SeriesCalendarDeps,
  series: MentoringSeries,
  meeting: Meeting,
  comment: string | undefined,
): Promise<void> {
  const event = series.events.find(({ key }) => key === meeting.eventKey)
  const item = event && (await findItem(deps, series, meeting, event))
  if (item && !item.isCancelled) await deps.calendar.cancelEvent(mailboxOf(series), item.id, comment)
}

/** A meeting's own item in the organizer's calendar: the single event, or its occurrence of the series. */
async function findItem(
  { calendar }: SeriesCalendarDeps,
  series: MentoringSeries,
  meeting: Meeting,
  event: SeriesEvent,
): Promise<CalendarEvent | undefined> {
  const { eventId } = event
  if (!eventId) return undefined
  const mailbox = mailboxOf(series)
  const date = occurrenceDateOf(series, meeting, event)
  if (date === undefined) return calendar.findEvent(mailbox, eventId)
  try {
    const occurrences = await calendar.listOccurrences(mailbox, eventId, periodAround(series))
    return occurrences.find((occurrence) => {
      const named = occurrence.originalStart ?? occurrence.period.start
      return Temporal.Instant.from(named).toZonedDateTimeISO(series.timeZone).toPlainDate().toString() === date
    })
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'event-not-found') return undefined
    throw error
  }
}

function periodAround({ meetings }: MentoringSeries): { readonly start: string; readonly end: string } {
  const known = meetings.flatMap(({ startsAt, window }) => [
    Temporal.Instant.from(startsAt),
    Temporal.PlainDate.from(window.from).toZonedDateTime('UTC').toInstant(),
  ])
  const inTime = known.toSorted(Temporal.Instant.compare)
  const [first, last] = [inTime[0], inTime.at(-1)]
  if (!first || !last) throw new Error('A series without meetings has no calendar items.')
  const hours = MARGIN_DAYS * 24
  return { start: first.subtract({ hours }).toString(), end: last.add({ hours }).toString() }
}

const startsAtSame = ({ period }: CalendarEvent, { startsAt }: Placed): boolean =>
  Temporal.Instant.compare(period.start, startsAt) === 0

const isAt = ({ period }: CalendarEvent, { startsAt, endsAt }: Placed): boolean =>
  Temporal.Instant.compare(period.start, startsAt) === 0 && Temporal.Instant.compare(period.end, endsAt) === 0
