import { createHash, randomUUID } from 'node:crypto'
import { GraphError, type GraphReply, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { assertCanWrite, type CalendarPlace, calendarScope } from './calendar-access.ts'
import { defaultCalendar } from './calendar-store.ts'
import { sendNotice } from './deliver-meeting.ts'
import { changesOf, type EventInput, eventReader, NEVER_ANSWERED } from './event-input.ts'
import { wholeInstance } from './event-instances.ts'
import { entityReplyOf } from './event-reply.ts'
import { type EventContent, eventStore, type StoredEvent } from './event-store.ts'
import { formatItemId } from './exchange-ids.ts'
import { normaliseBody } from './html-body.ts'
import { addressOf, nowText } from './meeting-mail.ts'
import { preferencesOf } from './preferences.ts'
import { invalidProperty, readBody } from './read-body.ts'
import { completeRecurrence } from './recurrence.ts'
import type { Moment } from './zone-clock.ts'

/**
 * POST …/events. Everybody on the attendee list gets an invitation at once. An `attachments` member is ignored, as
 * Graph does. Graph docs: "Create event".
 */
export function createEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { graph, request } = context
    const scope = calendarScope(context, place)
    assertCanWrite(scope)
    const preferences = preferencesOf(request.headers)
    const input: EventInput = readBody(eventReader, request.body, 'event')
    const { start, end } = input
    if (!start || !end) throw invalidProperty('Start and End are required.')
    const hash = createHash('sha256').update(canonicalJson(request.body)).digest('hex')
    const first = earlierEvent(graph, scope.owner.id, input.transactionId, hash)
    const event = first ?? newEvent(graph, scope, input, { start, end }, hash)
    if (!first) {
      sendNotice(graph, {
        kind: 'invitation',
        event,
        date: undefined,
        recipients: event.attendees,
        onBehalf: scope.onBehalf,
      })
    }
    const latest = eventStore(graph.state).get(event.id) ?? event
    return entityReplyOf({
      context,
      place,
      scope,
      instance: wholeInstance(latest),
      preferences,
      status: 201,
      // The answer to a POST keeps the zone that was sent ("Create event", examples without Prefer).
      zone: start.timeZone,
    })
  }
}

function newEvent(
  graph: PracticeGraph,
  scope: ReturnType<typeof calendarScope>,
  input: EventInput,
  { start, end }: { start: Moment; end: Moment },
  hash: string,
): StoredEvent {
  const { owner } = scope
  const now = nowText(graph)
  const uid = newUid(graph.clock.now().epochMilliseconds)
  const base: EventContent = { ...EMPTY, start, end }
  const content = { ...base, ...changesOf({ graph, uid, organizerId: owner.id }, base, input) }
  const { transactionId } = input
  const remembers = graph.switches.transactionMemory && typeof transactionId === 'string'
  return eventStore(graph.state).save(
    {
      ...content,
      id: randomUUID(),
      mailbox: owner.id,
      calendarId: (scope.calendar ?? defaultCalendar(graph, owner)).id,
      uid,
      isOrganizer: true,
      organizer: addressOf(owner),
      originalStartTimeZone: start.timeZone,
      originalEndTimeZone: end.timeZone,
      recurrence: input.recurrence ? completeRecurrence(input.recurrence, start) : null,
      cancelledDates: [],
      exceptions: {},
      occurrenceAnswers: {},
      intendedShowAs: content.showAs,
      createdAt: now,
      ...(typeof transactionId === 'string' ? { transactionId } : {}),
      ...(remembers ? { transactionHash: hash } : {}),
    },
    now,
  )
}

const EMPTY: Omit<EventContent, 'start' | 'end'> = {
  subject: '',
  body: normaliseBody('', 'html'),
  isAllDay: false,
  locations: [],
  attendees: [],
  showAs: 'busy',
  importance: 'normal',
  sensitivity: 'normal',
  categories: [],
  isReminderOn: true,
  reminderMinutesBeforeStart: 15,
  responseRequested: true,
  allowNewTimeProposals: true,
  hideAttendees: false,
  onlineMeeting: null,
  onlineMeetingProvider: 'unknown',
  isCancelled: false,
  responseStatus: { response: 'organizer', time: NEVER_ANSWERED.time },
  attachments: [],
  extensions: [],
  singleValueProperties: [],
  multiValueProperties: [],
}

/**
 * The event that this `transactionId` already made. How Graph answers a repeat is not documented; both readings are
 * switches, and another body under the same id is refused in either.
 */
function earlierEvent(
  graph: PracticeGraph,
  mailbox: string,
  transactionId: string | null | undefined,
  hash: string,
): StoredEvent | undefined {
  if (typeof transactionId !== 'string' || !graph.switches.transactionMemory) return undefined
  const earlier = eventStore(graph.state)
    .listByMailbox(mailbox)
    .find((event) => event.transactionId === transactionId && event.transactionHash !== undefined)
  if (!earlier) return undefined
  if (earlier.transactionHash === hash && graph.switches.repeatedTransaction === 'first-event') return earlier
  throw new GraphError(
    409,
    'ErrorDuplicateTransactionId',
    "Your request can't be completed. The TransactionId value in the request has already been used to create a different event.",
    { '@event.existingEventId': formatItemId({ uuid: earlier.id }, 'restId') },
  )
}

/** The same text for bodies that differ only in the order of members. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`
}

/** A global object id as Exchange builds it: class id, instance date (none), creation time, size and a GUID. */
function newUid(nowMs: number): string {
  const created = BigInt(nowMs) * 10_000n + 116_444_736_000_000_000n
  const time = created.toString(16).padStart(16, '0').toUpperCase()
  const littleEndian = time.match(/../g)?.reverse().join('') ?? time
  const guid = randomUUID().replaceAll('-', '').toUpperCase()
  return `040000008200E00074C5B7101A82E00800000000${littleEndian}000000000000000010000000${guid}`
}
