import type { EventDraft, EventTime } from '../../shared/domain/event-draft.ts'
import type { EventId } from '../../shared/domain/ids.ts'

export type { EventDraft, EventTime }

/** A mailbox, by Entra object id (survives renamed addresses). */
export type Mailbox = string
/** Half-open, RFC 3339 in UTC. */
export type Period = { readonly start: string; readonly end: string }
export type BusyStatus = 'tentative' | 'busy' | 'oof' | 'unknown'
export type BusyPeriod = Period & { readonly status: BusyStatus }

/** What one person's calendar says of a period; `problem` instead of `busy` when it could not be read. Fail closed. */
export type Schedule =
  | {
      readonly email: string
      readonly busy: readonly BusyPeriod[]
      readonly workingHours?: {
        readonly weekdays: readonly number[]
        readonly startTime: string
        readonly endTime: string
        /** IANA. */
        readonly timeZone: string
      }
    }
  | { readonly email: string; readonly problem: 'mailbox-not-found' | 'mailbox-not-reachable' }

export type Attendee = { readonly email: string; readonly name: string }
export type AttendeeAnswer = 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded'

/** What we read of an event; never its body. */
export type CalendarEvent = {
  readonly id: EventId
  readonly iCalUId: string
  readonly kind: 'single' | 'series' | 'occurrence' | 'exception'
  readonly seriesEventId?: EventId
  /** Instant at which this occurrence was first placed; the stable name of an occurrence. */
  readonly originalStart?: string
  readonly period: Period
  readonly isCancelled: boolean
  readonly isOrganizer: boolean
  readonly hasAttachments: boolean
  /** `proposal`: the other time that somebody asks for in their answer. */
  readonly attendees: readonly (Attendee & { readonly answer: AttendeeAnswer; readonly proposal?: Period })[]
  readonly webLink?: string
  readonly etag?: string
  readonly key?: string
  /** Of one just created: the creation was sent more than once, so a second bare one may be there or appear. */
  readonly mayHaveTwin?: boolean
}

export type FileToAttach = { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }

/**
 * People's calendars, in our words. Every method has a time limit, answers whole lists or throws, and throws
 * `CalendarError` for what the calendar refused and for outages. Writing again after an unknown outcome is safe:
 * `createEvent` by its `transactionId`, `attachFile` and `inviteAttendees` by reading first.
 */
export interface Calendar {
  /** Any number of people and any length of time: split into allowed calls inside. One entry per email, in order. */
  listSchedules(asMailbox: Mailbox, emails: readonly string[], period: Period): Promise<readonly Schedule[]>
  createEvent(mailbox: Mailbox, draft: EventDraft): Promise<CalendarEvent>
  /** Events that carry our key; more than one only after a fault. */
  findEventsByKey(mailbox: Mailbox, key: string): Promise<readonly CalendarEvent[]>
  getEvent(mailbox: Mailbox, eventId: EventId): Promise<CalendarEvent>
  /** `undefined` when it is not there (deleted, or never arrived). */
  findEvent(mailbox: Mailbox, eventId: EventId): Promise<CalendarEvent | undefined>
  listOccurrences(mailbox: Mailbox, seriesEventId: EventId, period: Period): Promise<readonly CalendarEvent[]>
  /** Does nothing when a file of that name is there. */
  attachFile(mailbox: Mailbox, eventId: EventId, file: FileToAttach): Promise<void>
  listAttachmentNames(mailbox: Mailbox, eventId: EventId): Promise<readonly string[]>
  /** One PATCH that holds only attendees: each new one gets one invitation. Answers the updated event. */
  inviteAttendees(mailbox: Mailbox, eventId: EventId, attendees: readonly Attendee[]): Promise<CalendarEvent>
  /** Moves a single event or one occurrence. */
  moveEvent(mailbox: Mailbox, eventId: EventId, time: EventTime): Promise<CalendarEvent>
  /** Calls off (attendees get a mail). Of an event without attendees nobody hears. Not there any more: does nothing. */
  cancelEvent(mailbox: Mailbox, eventId: EventId, comment?: string): Promise<void>
  /** Removes an event or occurrence; nobody hears where there are no attendees. Not there any more: does nothing. */
  deleteEvent(mailbox: Mailbox, eventId: EventId): Promise<void>
}

export type CalendarErrorCode =
  | 'mailbox-not-found'
  | 'mailbox-not-reachable'
  | 'access-denied'
  | 'consent-required'
  | 'event-not-found'
  | 'time-zone-not-supported'
  | 'occurrence-crosses-neighbour'
  | 'changed-meanwhile'
  | 'refused'
  | 'throttled'
  /** The answer never came or made no sense: it may or may not have happened. */
  | 'outcome-unknown'
  | 'outage'

/** `retryAfterMs` where the calendar named a wait. Messages hold ids and codes, never subjects or addresses. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode
  readonly retryAfterMs: number | undefined
  constructor(
    code: CalendarErrorCode,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number | undefined },
  ) {
    super(message, options)
    this.name = 'CalendarError'
    this.code = code
    this.retryAfterMs = options?.retryAfterMs
  }
}
