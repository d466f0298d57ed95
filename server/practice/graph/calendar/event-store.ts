import { randomUUID } from 'node:crypto'
import type { PracticeDocument, PracticeState } from '../../state.ts'
import { announceCalendarChange, type CalendarChange } from '../changes.ts'
import type { Entity } from '../odata-filter.ts'
import { formatItemId } from './exchange-ids.ts'
import type { Recurrence } from './recurrence.ts'
import type { Moment } from './zone-clock.ts'

export type EmailAddress = { readonly name: string; readonly address: string }
export type ResponseStatus = { readonly response: string; readonly time: string }
export type TimeSlot = { readonly start: Moment; readonly end: Moment }
export type Attendee = {
  readonly type: string
  readonly status: ResponseStatus
  readonly emailAddress: EmailAddress
  readonly proposedNewTime?: TimeSlot
}
export type OnlineMeeting = { readonly joinUrl: string; readonly conferenceId: string; readonly tollNumber: string }
/** An attachment of one item; its bytes (or embedded item) are kept once, under `content`. */
export type AttachmentRef = {
  readonly id: string
  readonly kind: 'file' | 'item'
  readonly name: string
  readonly contentType: string | null
  readonly size: number
  readonly isInline: boolean
  readonly contentId: string | null
  readonly lastModified: string
  readonly content: string
}
export type ExtendedProperty = { readonly id: string; readonly value: string }
export type MultiValueProperty = { readonly id: string; readonly value: readonly string[] }
export type OpenExtension = { readonly extensionName: string } & Entity

/** What one occurrence may hold otherwise than its series. */
export type EventContent = {
  readonly subject: string | null
  /** HTML, whole document. */
  readonly body: string
  readonly start: Moment
  readonly end: Moment
  readonly isAllDay: boolean
  readonly locations: readonly Entity[]
  readonly attendees: readonly Attendee[]
  readonly showAs: string
  readonly importance: string
  readonly sensitivity: string
  readonly categories: readonly string[]
  readonly isReminderOn: boolean
  readonly reminderMinutesBeforeStart: number
  readonly responseRequested: boolean
  readonly allowNewTimeProposals: boolean
  readonly hideAttendees: boolean
  readonly onlineMeeting: OnlineMeeting | null
  readonly onlineMeetingProvider: string
  readonly isCancelled: boolean
  readonly responseStatus: ResponseStatus
  readonly attachments: readonly AttachmentRef[]
  readonly extensions: readonly OpenExtension[]
  readonly singleValueProperties: readonly ExtendedProperty[]
  readonly multiValueProperties: readonly MultiValueProperty[]
}
/** Only what differs from the master. `start` and `end` are always there together. */
type EventException = Partial<EventContent>

/** One item of one mailbox: an appointment, a meeting's organizer copy, or an attendee's copy. Collection `events`. */
export type StoredEvent = EventContent &
  PracticeDocument & {
    readonly mailbox: string
    readonly calendarId: string
    /** Shared by all copies of one meeting. */
    readonly uid: string
    readonly isOrganizer: boolean
    readonly organizer: EmailAddress
    readonly originalStartTimeZone: string
    readonly originalEndTimeZone: string
    readonly recurrence: Recurrence | null
    /** Original wall dates of occurrences that are no more. */
    readonly cancelledDates: readonly string[]
    /** By original wall date. */
    readonly exceptions: Readonly<Record<string, EventException>>
    /** Answers of attendees to single occurrences, by original date, then by address in lower case. */
    readonly occurrenceAnswers: Readonly<
      Record<string, Readonly<Record<string, Omit<Attendee, 'type' | 'emailAddress'>>>>
    >
    /** What the organizer shows the time as; an attendee's copy takes it over when accepted. */
    readonly intendedShowAs: string
    /** On the item of somebody invited to one date of a series only. */
    readonly instanceDate?: string
    readonly transactionId?: string
    readonly transactionHash?: string
    readonly createdAt: string
    readonly modifiedAt: string
    readonly changeKey: string
    /** Version that delta queries compare: extensions change the item but not what delta reports ("Known issues"). */
    readonly syncKey: string
  }
/** An item as it is handed in to be saved: its versions are the store's. */
export type UnsavedEvent = Omit<StoredEvent, 'changeKey' | 'syncKey' | 'modifiedAt'> & { readonly syncKey?: string }

type Index = { readonly byMailbox: Map<string, Set<string>>; readonly byUid: Map<string, Set<string>> }
const indexes = new WeakMap<PracticeState, Index>()

/** The events of a practice tenant. The only way to the `events` collection: its look-ups are indexed here. */
export type EventStore = {
  get(id: string): StoredEvent | undefined
  listByMailbox(mailbox: string): StoredEvent[]
  listByUid(uid: string): StoredEvent[]
  /** Saves with a new change key and tells subscribers. */
  save(event: UnsavedEvent, now: string): StoredEvent
  /** The same for a change that delta queries do not report. */
  saveUnreported(event: StoredEvent, now: string): StoredEvent
  remove(event: StoredEvent): void
}

export function eventStore(state: PracticeState): EventStore {
  const events = state.collection<StoredEvent>('events')
  const index = indexOf(state)
  const load = (ids: ReadonlySet<string> | undefined) =>
    [...(ids ?? [])].flatMap((id) => {
      const event = events.get(id)
      return event ? [event] : []
    })
  function put(saved: StoredEvent): StoredEvent {
    const isNew = events.get(saved.id) === undefined
    events.put(saved)
    addTo(index.byMailbox, saved.mailbox, saved.id)
    addTo(index.byUid, saved.uid, saved.id)
    announceCalendarChange(state, changeOf(saved, isNew ? 'created' : 'updated'))
    return saved
  }
  return {
    get: (id) => events.get(id),
    listByMailbox: (mailbox) => load(index.byMailbox.get(mailbox)),
    listByUid: (uid) => load(index.byUid.get(uid)),
    save(event, now) {
      const changeKey = newChangeKey()
      return put({ ...event, modifiedAt: now, changeKey, syncKey: changeKey })
    },
    saveUnreported: (event, now) => put({ ...event, modifiedAt: now, changeKey: newChangeKey() }),
    remove(event) {
      events.remove(event.id)
      index.byMailbox.get(event.mailbox)?.delete(event.id)
      index.byUid.get(event.uid)?.delete(event.id)
      announceCalendarChange(state, changeOf(event, 'deleted'))
    },
  }
}

function indexOf(state: PracticeState): Index {
  const known = indexes.get(state)
  if (known) return known
  const index: Index = { byMailbox: new Map(), byUid: new Map() }
  for (const event of state.collection<StoredEvent>('events').list()) {
    addTo(index.byMailbox, event.mailbox, event.id)
    addTo(index.byUid, event.uid, event.id)
  }
  indexes.set(state, index)
  return index
}

function addTo(map: Map<string, Set<string>>, key: string, id: string): void {
  const ids = map.get(key)
  if (ids) ids.add(id)
  else map.set(key, new Set([id]))
}

function newChangeKey(): string {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64')
}

export const etagOf = (changeKey: string): string => `W/"${changeKey}"`

function changeOf(event: StoredEvent, changeType: CalendarChange['changeType']): CalendarChange {
  return {
    mailbox: event.mailbox,
    calendarId: event.calendarId,
    eventId: formatItemId({ uuid: event.id }, 'restId'),
    immutableEventId: formatItemId({ uuid: event.id }, 'restImmutableEntryId'),
    changeType,
    etag: etagOf(event.changeKey),
  }
}
