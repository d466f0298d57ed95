import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import type { PracticeGraph } from '../dispatch.ts'
import { defaultCalendar } from './calendar-store.ts'
import { NEVER_ANSWERED } from './event-input.ts'
import { contentOf } from './event-instances.ts'
import {
  type AttachmentRef,
  type Attendee,
  type EventContent,
  eventStore,
  type StoredEvent,
  type UnsavedEvent,
} from './event-store.ts'
import { instanceOf, isAddressOf, nowText } from './meeting-mail.ts'
import { samePattern } from './recurrence.ts'
import { momentAt } from './zone-clock.ts'

const NOT_RESPONDED = { response: 'notResponded', time: '0001-01-01T00:00:00Z' }

/** The attendee's item of a meeting; of a series, not the single date they may have been invited to besides. */
export function findCopy(graph: PracticeGraph, uid: string, mailbox: string, date?: string): StoredEvent | undefined {
  const copies = eventStore(graph.state)
    .listByUid(uid)
    .filter((event) => event.mailbox === mailbox && !event.isOrganizer)
  const series = copies.find(({ instanceDate }) => instanceDate === undefined)
  return series ?? (date === undefined ? undefined : copies.find(({ instanceDate }) => instanceDate === date))
}

/** Puts a meeting (or its latest version) into an attendee's calendar, tentatively; an answer to an unmoved meeting stays. */
export function placeCopy(graph: PracticeGraph, attendee: PracticeUser, event: StoredEvent): StoredEvent {
  // The series takes the place of single dates.
  for (const single of singleDates(graph, event.uid, attendee.id)) eventStore(graph.state).remove(single)
  const copy = findCopy(graph, event.uid, attendee.id)
  const isMoved = copy !== undefined && !sameTime(copy, event)
  const answered = copy !== undefined && !isMoved && !copy.isCancelled ? copy : undefined
  const status = answered?.responseStatus ?? NOT_RESPONDED
  const saved = {
    ...newItem(graph, attendee, event),
    ...(copy ? personalOf(copy) : {}),
    ...shared(event, attendee, status),
    recurrence: event.recurrence,
    cancelledDates: [...new Set([...event.cancelledDates, ...(isMoved ? [] : (copy?.cancelledDates ?? []))])],
    // Changed dates come again, each with a notice of its own.
    exceptions: isMoved || !copy || copy.isCancelled ? {} : copy.exceptions,
    responseStatus: status,
    showAs: shownAs(answered, status.response, event.showAs),
    intendedShowAs: event.showAs,
    isCancelled: false,
  }
  return eventStore(graph.state).save(saved, nowText(graph))
}

/** The same for one occurrence: an exception in the copy of the series, or a single item for somebody invited to this date only. */
export function placeOccurrence(
  graph: PracticeGraph,
  attendee: PracticeUser,
  event: StoredEvent,
  date: string,
): StoredEvent {
  const copy = findCopy(graph, event.uid, attendee.id, date)
  const content = contentOf({ event, date })
  const events = eventStore(graph.state)
  const before = copy && contentOf({ event: copy, date: copy.recurrence ? date : undefined })
  const isMoved =
    before !== undefined && JSON.stringify([before.start, before.end]) !== JSON.stringify([content.start, content.end])
  const answered = before !== undefined && !isMoved && !before.isCancelled ? before : undefined
  const status = answered?.responseStatus ?? NOT_RESPONDED
  const placed = {
    ...shared(content, attendee, status, event),
    responseStatus: status,
    showAs: shownAs(answered, status.response, content.showAs),
    isCancelled: false,
  }
  if (copy?.recurrence) {
    const moved = event.exceptions[date]?.start ? {} : { start: undefined, end: undefined }
    const exception = withoutUndefined({ ...copy.exceptions[date], ...placed, ...moved })
    const cancelledDates = copy.cancelledDates.filter((other) => other !== date)
    return events.save(
      { ...copy, cancelledDates, exceptions: { ...copy.exceptions, [date]: exception } },
      nowText(graph),
    )
  }
  const item = copy ?? { ...newItem(graph, attendee, event), instanceDate: date }
  const { startMs, endMs } = instanceOf(event, date)
  const zone = content.start.timeZone
  const times = { start: momentAt(startMs, zone), end: momentAt(endMs, zone) }
  return events.save({ ...item, ...placed, ...times, intendedShowAs: content.showAs }, nowText(graph))
}

/** Marks an attendee's item (or one date of it) as called off; it stays in their calendar, free, until they remove it. */
export function cancelCopy(
  graph: PracticeGraph,
  attendee: PracticeUser,
  uid: string,
  date: string | undefined,
): StoredEvent | undefined {
  if (date === undefined) {
    for (const single of singleDates(graph, uid, attendee.id)) cancelWhole(graph, single)
  }
  const copy = findCopy(graph, uid, attendee.id, date)
  if (!copy) return undefined
  if (date === undefined || !copy.recurrence) return cancelWhole(graph, copy)
  if (copy.cancelledDates.includes(date)) return copy
  const exception = { ...copy.exceptions[date], ...cancelled(contentOf({ event: copy, date })) }
  return eventStore(graph.state).save(
    { ...copy, exceptions: { ...copy.exceptions, [date]: exception } },
    nowText(graph),
  )
}

function cancelWhole(graph: PracticeGraph, copy: StoredEvent): StoredEvent {
  const exceptions = Object.fromEntries(
    Object.entries(copy.exceptions).map(([day, exception]) => [
      day,
      { ...exception, ...cancelled(contentOf({ event: copy, date: day })) },
    ]),
  )
  return eventStore(graph.state).save({ ...copy, ...cancelled(copy), exceptions }, nowText(graph))
}

function cancelled(content: EventContent): Pick<EventContent, 'isCancelled' | 'subject' | 'showAs'> {
  const subject = content.isCancelled ? content.subject : `Canceled: ${content.subject ?? ''}`
  return { isCancelled: true, subject, showAs: 'free' }
}

/** Items of somebody who has single dates of a series instead of the series. */
function singleDates(graph: PracticeGraph, uid: string, mailbox: string): StoredEvent[] {
  return eventStore(graph.state)
    .listByUid(uid)
    .filter((event) => event.mailbox === mailbox && event.instanceDate !== undefined)
}

function shownAs(answered: EventContent | undefined, response: string, intended: string): string {
  if (!answered) return 'tentative'
  return response === 'accepted' ? intended : answered.showAs
}

function sameTime(copy: StoredEvent, event: StoredEvent): boolean {
  const rules = [copy.recurrence, event.recurrence] as const
  const sameRule = rules[0] && rules[1] ? samePattern(rules[0], rules[1]) : rules[0] === rules[1]
  return sameRule && JSON.stringify([copy.start, copy.end]) === JSON.stringify([event.start, event.end])
}

/** What travels with an invitation. */
function shared(
  content: EventContent,
  attendee: PracticeUser,
  status: Attendee['status'],
  event = content as StoredEvent,
) {
  const organizer: Attendee = { type: 'required', status: NEVER_ANSWERED, emailAddress: event.organizer }
  const others = content.attendees.map(({ type, emailAddress }) => ({
    type,
    status: isAddressOf(attendee, emailAddress.address) && status.response !== 'notResponded' ? status : NEVER_ANSWERED,
    emailAddress,
  }))
  const visible = content.hideAttendees
    ? others.filter(({ emailAddress }) => isAddressOf(attendee, emailAddress.address))
    : others
  return {
    subject: content.subject,
    body: content.body,
    start: content.start,
    end: content.end,
    isAllDay: content.isAllDay,
    locations: content.locations,
    attendees: [organizer, ...visible],
    importance: content.importance,
    sensitivity: content.sensitivity,
    responseRequested: content.responseRequested,
    allowNewTimeProposals: content.allowNewTimeProposals,
    hideAttendees: content.hideAttendees,
    onlineMeeting: content.onlineMeeting,
    onlineMeetingProvider: content.onlineMeetingProvider,
    attachments: content.attachments.map((attachment): AttachmentRef => ({ ...attachment, id: randomUUID() })),
  }
}

/** What belongs to the attendee alone and outlives updates. */
function personalOf(copy: StoredEvent) {
  const { id, calendarId, createdAt, categories, isReminderOn, reminderMinutesBeforeStart } = copy
  const { extensions, singleValueProperties, multiValueProperties } = copy
  const reminder = { isReminderOn, reminderMinutesBeforeStart }
  return { id, calendarId, createdAt, categories, ...reminder, extensions, singleValueProperties, multiValueProperties }
}

/** Organizer-only data (extensions, extended properties, categories) does not travel. */
function newItem(graph: PracticeGraph, attendee: PracticeUser, event: StoredEvent): UnsavedEvent {
  const { transactionId: _id, transactionHash: _hash, ...rest } = event
  return {
    ...rest,
    id: randomUUID(),
    mailbox: attendee.id,
    calendarId: defaultCalendar(graph, attendee).id,
    isOrganizer: false,
    recurrence: null,
    cancelledDates: [],
    exceptions: {},
    occurrenceAnswers: {},
    categories: [],
    extensions: [],
    singleValueProperties: [],
    multiValueProperties: [],
    isReminderOn: event.isReminderOn,
    createdAt: nowText(graph),
  }
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
