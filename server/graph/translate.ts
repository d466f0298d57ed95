import type { PatternedRecurrence } from '@microsoft/microsoft-graph-types'
import { Temporal } from 'temporal-polyfill'
import { asId, type EventId } from '../../shared/domain/ids.ts'
import type { RecurrencePattern, RecurrenceRange, Weekday } from '../../shared/scheduling/types.ts'
import {
  type AttendeeAnswer,
  CalendarError,
  type CalendarEvent,
  type EventDraft,
  type EventTime,
  type Period,
} from '../ports/calendar.ts'
import type { DateTimeTimeZone, EventAnswer } from './answers.ts'
import { graphZoneOf, ianaZoneOf } from './time-zones.ts'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
type GraphWeekday = (typeof WEEKDAYS)[number]

/**
 * Our key on an event: one named property of the mailbox for good, so the set's GUID and the name never change.
 * Graph docs: "Outlook extended properties overview".
 */
export const KEY_PROPERTY = 'String {4b6c1f0e-6f0d-4f5e-9b39-2f0c7d8a51e3} Name ProtectedTimeKey'

/** What we ask of an event: never its body or subject. */
export const EVENT_SELECT =
  'id,iCalUId,type,seriesMasterId,originalStart,start,end,isCancelled,isOrganizer,hasAttachments,attendees,webLink'
export const KEY_EXPAND = `singleValueExtendedProperties($filter=id eq '${KEY_PROPERTY}')`

/** Path of a mailbox. By object id it serves the owner, a delegate and the service alike. */
export const mailboxPath = (mailbox: string) => `/users/${encodeURIComponent(mailbox)}`
export const eventPath = (mailbox: string, eventId: EventId) =>
  `${mailboxPath(mailbox)}/events/${encodeURIComponent(eventId)}`
/** Query of a Graph address; the SDK sends it as it is. */
export const queryOf = (parameters: Readonly<Record<string, string>>) =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
/** A string in an OData `$filter`. */
export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Start and end as Graph wants them: wall times with a zone. A start that a clock change skips moves on by the gap;
 * the length is real minutes.
 */
export function graphTimesOf(time: EventTime): { start: DateTimeTimeZone; end: DateTimeTimeZone } {
  const starts = startOf(time)
  const timeZone = graphZoneOf(time.timeZone)
  const wall = (at: Temporal.ZonedDateTime) => ({ dateTime: at.toPlainDateTime().toString(), timeZone })
  return { start: wall(starts), end: wall(starts.add({ minutes: time.minutes })) }
}

export function periodOf(time: EventTime): Period {
  const starts = startOf(time).toInstant()
  return { start: starts.toString(), end: starts.add({ minutes: time.minutes }).toString() }
}

function startOf({ date, startTime, timeZone }: EventTime): Temporal.ZonedDateTime {
  try {
    return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(startTime) })
  } catch (cause) {
    throw new CalendarError('time-zone-not-supported', 'the wall time or its zone cannot be read', { cause })
  }
}

/** An instant as Graph's calls for UTC want it. */
export const utcOf = (instant: string): DateTimeTimeZone => ({
  dateTime: Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').toPlainDateTime().toString(),
  timeZone: 'UTC',
})

/** @throws CalendarError `outage` when time or zone make no sense: an event at an unknown time is not an event we know */
export function instantOf({ dateTime, timeZone }: DateTimeTimeZone): Temporal.Instant {
  const zone = ianaZoneOf(timeZone)
  try {
    // Calendars are asked in UTC: a year of somebody's is thousands of these.
    if (zone === 'UTC') return Temporal.Instant.from(`${dateTime}Z`)
    if (zone !== undefined) return Temporal.PlainDateTime.from(dateTime).toZonedDateTime(zone).toInstant()
  } catch {
    // Falls through to the one refusal below.
  }
  throw new CalendarError('outage', 'Graph gave a time that cannot be read')
}

/**
 * Graph validates even fields that a type ignores, so each type gets only its own; `firstDayOfWeek` always, because
 * its pages disagree on when it is required. The range is counted; its zone is the event's.
 * Graph docs: "recurrencePattern", "recurrenceRange".
 */
function graphRecurrenceOf(
  { pattern, range }: { pattern: RecurrencePattern; range: RecurrenceRange },
  timeZone: string,
): PatternedRecurrence {
  const { interval } = pattern
  const firstDayOfWeek = 'monday' as const
  return {
    pattern:
      pattern.kind === 'weekly'
        ? { type: 'weekly', interval, daysOfWeek: [weekdayName(pattern.weekday)], firstDayOfWeek }
        : pattern.kind === 'monthly-by-weekday'
          ? {
              type: 'relativeMonthly',
              interval,
              daysOfWeek: [weekdayName(pattern.weekday)],
              index: pattern.index,
              firstDayOfWeek,
            }
          : { type: 'absoluteMonthly', interval, dayOfMonth: pattern.day, firstDayOfWeek },
    range: {
      type: 'numbered',
      startDate: range.startDate,
      numberOfOccurrences: range.count,
      recurrenceTimeZone: graphZoneOf(timeZone),
    },
  }
}

function weekdayName(weekday: Weekday): GraphWeekday {
  const name = WEEKDAYS[weekday - 1]
  if (name === undefined) throw new RangeError(`no weekday ${weekday}`)
  return name
}

/** 1 (Monday) to 7; `undefined` for a name Graph does not have. */
export function weekdayOf(name: string): number | undefined {
  const index = (WEEKDAYS as readonly string[]).indexOf(name.toLowerCase())
  return index === -1 ? undefined : index + 1
}

/**
 * The event of a draft, without attendees: nobody is told yet. Private, so that other users of the mailbox see a busy
 * time only. Graph docs: "Create event" (user-post-events), "event resource type".
 */
export function graphEventOf(draft: EventDraft): Record<string, unknown> {
  const { recurrence, location } = draft
  return {
    subject: draft.subject,
    body: { contentType: 'html', content: draft.bodyHtml },
    ...graphTimesOf(draft.time),
    ...(recurrence && { recurrence: graphRecurrenceOf(recurrence, draft.time.timeZone) }),
    ...(location !== undefined && { location: { displayName: location } }),
    ...(draft.onlineMeeting && { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }),
    sensitivity: 'private',
    showAs: 'busy',
    transactionId: draft.transactionId,
    singleValueExtendedProperties: [{ id: KEY_PROPERTY, value: draft.key }],
  }
}

const KINDS: Readonly<Record<string, CalendarEvent['kind']>> = {
  singleinstance: 'single',
  seriesmaster: 'series',
  occurrence: 'occurrence',
  exception: 'exception',
}
const ANSWERS: Readonly<Record<string, AttendeeAnswer>> = {
  none: 'none',
  organizer: 'organizer',
  tentativelyaccepted: 'tentativelyAccepted',
  accepted: 'accepted',
  declined: 'declined',
  notresponded: 'notResponded',
}

/** An event in our words. @throws CalendarError `outage` when it cannot be understood */
export function calendarEventOf(answer: EventAnswer): CalendarEvent {
  const kind = KINDS[answer.type.toLowerCase()]
  if (kind === undefined) throw new CalendarError('outage', 'Graph gave an event of an unknown type')
  const key = keyOf(answer)
  const etag = answer['@odata.etag']
  return {
    id: asId<EventId>(answer.id),
    iCalUId: answer.iCalUId ?? '',
    kind,
    ...(answer.seriesMasterId && { seriesEventId: asId<EventId>(answer.seriesMasterId) }),
    ...(answer.originalStart && { originalStart: originalStartOf(answer.originalStart) }),
    period: { start: instantOf(answer.start).toString(), end: instantOf(answer.end).toString() },
    isCancelled: answer.isCancelled === true,
    isOrganizer: answer.isOrganizer === true,
    hasAttachments: answer.hasAttachments === true,
    attendees: (answer.attendees ?? []).map((attendee) => ({
      email: attendee.emailAddress?.address ?? '',
      name: attendee.emailAddress?.name ?? '',
      answer: ANSWERS[(attendee.status?.response ?? 'none').toLowerCase()] ?? 'none',
      ...proposalOf(attendee.proposedNewTime),
    })),
    ...(answer.webLink && { webLink: answer.webLink }),
    ...(etag && { etag }),
    ...(key !== undefined && { key }),
  }
}

function proposalOf(asked: { start?: DateTimeTimeZone | null; end?: DateTimeTimeZone | null } | null | undefined) {
  if (!asked?.start || !asked.end) return {}
  return { proposal: { start: instantOf(asked.start).toString(), end: instantOf(asked.end).toString() } }
}

/** Graph gives it in UTC; samples show it with and without the `Z`. */
function originalStartOf(text: string): string {
  try {
    return Temporal.Instant.from(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`).toString()
  } catch (cause) {
    throw new CalendarError('outage', 'Graph gave an original start that cannot be read', { cause })
  }
}

/** Our key on an event, where it was asked for (`KEY_EXPAND`) and is there. */
function keyOf(answer: EventAnswer): string | undefined {
  const property = answer.singleValueExtendedProperties?.find(
    ({ id }) => id.toLowerCase() === KEY_PROPERTY.toLowerCase(),
  )
  return property?.value ?? undefined
}
