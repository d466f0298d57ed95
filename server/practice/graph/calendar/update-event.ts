import type { GraphReply, PracticeGraph, RouteContext } from '../dispatch.ts'
import {
  assertMayChange,
  assertVersion,
  type CalendarPlace,
  type CalendarScope,
  calendarScope,
  getTarget,
} from './calendar-access.ts'
import { sendNotice, sendSeriesNotice } from './deliver-meeting.ts'
import { changesOf, type EventInput, eventReader } from './event-input.ts'
import { contentOf } from './event-instances.ts'
import { entityReplyOf } from './event-reply.ts'
import { type Attendee, type EventContent, eventStore, type StoredEvent } from './event-store.ts'
import { occurrenceOn } from './expand-series.ts'
import { instanceOf, nowText } from './meeting-mail.ts'
import { assertBetweenNeighbours } from './move-occurrence.ts'
import { preferencesOf } from './preferences.ts'
import { invalidRequest, readBody } from './read-body.ts'
import { completeRecurrence, moveRange, type Recurrence, samePattern } from './recurrence.ts'
import { momentAt } from './zone-clock.ts'

/** How Exchange marks an answer that a new time made void ("Propose new meeting times in Outlook", example). */
const ASKED_AGAIN = { response: 'notResponded', time: '4501-01-01T00:00:00Z' }

/**
 * PATCH …/events/{id}: a single event, a series, or one occurrence, which becomes an exception. On the organizer's item
 * every update mails the attendees; one that holds only `attendees` mails those that changed. Graph docs: "Update event".
 */
export function updateEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const { graph } = context
    const target = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, target)
    assertVersion(context, target.event.changeKey)
    const preferences = preferencesOf(context.request.headers)
    const input: EventInput = readBody(eventReader, context.request.body, 'event')
    if (Object.keys(input).length > 0) {
      if (target.date === undefined) updateWhole(scope, target.event, input)
      else updateOccurrence(scope, target.event, target.date, input)
    }
    const latest = eventStore(graph.state).get(target.event.id) ?? target.event
    return entityReplyOf({ context, place, scope, instance: instanceOf(latest, target.date), preferences, status: 200 })
  }
}

function updateWhole(scope: CalendarScope, event: StoredEvent, input: EventInput): void {
  const { graph } = scope
  const changes = changesOf({ graph, uid: event.uid, organizerId: scope.owner.id }, event, input)
  const recurrence = recurrenceAfter(event, input, changes)
  const startMoved = differs(event.start, changes.start ?? event.start)
  const timeMoved = startMoved || differs(event.end, changes.end ?? event.end) || differs(event.recurrence, recurrence)
  const next = { ...event, ...changes, recurrence }
  const dates = datesAfter(event, next, startMoved)
  const asked = event.isOrganizer && timeMoved ? { attendees: next.attendees.map(askAgain) } : {}
  const shown = event.isOrganizer ? { intendedShowAs: next.showAs } : {}
  const saved = eventStore(graph.state).save({ ...next, ...dates, ...asked, ...shown }, nowText(graph))
  if (saved.isOrganizer)
    notify(scope, { before: event.attendees, after: saved.attendees, event: saved, date: undefined, input })
}

function recurrenceAfter(event: StoredEvent, input: EventInput, changes: Partial<EventContent>): Recurrence | null {
  const start = changes.start ?? event.start
  if (input.recurrence === null) return null
  if (input.recurrence !== undefined) return completeRecurrence(input.recurrence, start)
  return event.recurrence && moveRange(event.recurrence, start)
}

/** A new pattern or start forgets moved and cancelled dates; a range that ends earlier or later keeps those inside it. */
function datesAfter(
  event: StoredEvent,
  next: StoredEvent,
  startMoved: boolean,
): Pick<StoredEvent, 'cancelledDates' | 'exceptions' | 'occurrenceAnswers'> {
  const isSame = event.recurrence && next.recurrence && !startMoved && samePattern(event.recurrence, next.recurrence)
  if (!isSame) return { cancelledDates: [], exceptions: {}, occurrenceAnswers: {} }
  const { cancelledDates, exceptions, occurrenceAnswers } = event
  if (!differs(event.recurrence, next.recurrence)) return { cancelledDates, exceptions, occurrenceAnswers }
  const remains = (date: string) => occurrenceOn(next, date) !== undefined
  const kept = <T>(byDate: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(byDate).filter(([date]) => remains(date)))
  return {
    cancelledDates: cancelledDates.filter(remains),
    exceptions: kept(exceptions),
    occurrenceAnswers: kept(occurrenceAnswers),
  }
}

function updateOccurrence(scope: CalendarScope, event: StoredEvent, date: string, input: EventInput): void {
  const { graph } = scope
  if (input.recurrence) throw invalidRequest('The recurrence of a single occurrence cannot be set.')
  const base = occurrenceContent(event, date)
  const changes = changesOf({ graph, uid: event.uid, organizerId: scope.owner.id }, base, input)
  const timeMoved = differs(base.start, changes.start ?? base.start) || differs(base.end, changes.end ?? base.end)
  if (timeMoved && changes.start && changes.end) assertBetweenNeighbours(event, date, changes.start, changes.end)
  const exceptions = { ...event.exceptions, [date]: { ...newException(graph, event, date), ...changes } }
  const occurrenceAnswers =
    event.isOrganizer && timeMoved
      ? { ...event.occurrenceAnswers, [date]: answersAskedAgain(contentOf({ event, date }).attendees) }
      : event.occurrenceAnswers
  const saved = eventStore(graph.state).save({ ...event, exceptions, occurrenceAnswers }, nowText(graph))
  const after = contentOf({ event: saved, date }).attendees
  if (saved.isOrganizer) notify(scope, { before: base.attendees, after, event: saved, date, input })
}

/** Content of one occurrence with its own times. */
function occurrenceContent(event: StoredEvent, date: string): EventContent {
  const { startMs, endMs } = instanceOf(event, date)
  const content = contentOf({ event, date })
  const { start, end } = content
  return { ...content, start: momentAt(startMs, start.timeZone), end: momentAt(endMs, end.timeZone) }
}

/** What an occurrence holds by itself from the moment it becomes an exception; whether files come along is a switch. */
export function newException(graph: PracticeGraph, event: StoredEvent, date: string): Partial<EventContent> {
  const attachments = graph.switches.exceptionsInheritAttachments ? event.attachments : []
  return event.exceptions[date] ?? { attachments }
}

type Update = {
  readonly before: readonly Attendee[]
  readonly after: readonly Attendee[]
  readonly event: StoredEvent
  readonly date: string | undefined
  readonly input: EventInput
}

function notify(scope: CalendarScope, { before, after, event, date, input }: Update): void {
  const onlyAttendees = Object.keys(input).join() === 'attendees'
  const added = after.filter((attendee) => !includes(before, attendee))
  const kept = after.filter((attendee) => includes(before, attendee))
  const removed = before.filter((attendee) => !includes(after, attendee))
  const told = onlyAttendees ? kept.filter((attendee) => !before.some((other) => sameEntry(other, attendee))) : kept
  const { graph, onBehalf } = scope
  const send = (kind: 'invitation' | 'update', recipients: readonly Attendee[]) => {
    if (recipients.length === 0) return
    const notice = { kind, event, recipients, onBehalf }
    if (date === undefined) sendSeriesNotice(graph, notice)
    else sendNotice(graph, { ...notice, date })
  }
  send('update', told)
  send('invitation', added)
  sendNotice(graph, { kind: 'cancellation', event, date, recipients: removed, onBehalf })
}

const addressKey = ({ emailAddress }: Attendee): string => emailAddress.address.toLowerCase()
const includes = (list: readonly Attendee[], attendee: Attendee): boolean =>
  list.some((other) => addressKey(other) === addressKey(attendee))
const sameEntry = (left: Attendee, right: Attendee): boolean =>
  addressKey(left) === addressKey(right) &&
  left.type === right.type &&
  left.emailAddress.name === right.emailAddress.name

function askAgain({ type, status, emailAddress }: Attendee): Attendee {
  return { type, emailAddress, status: status.response === 'none' ? status : ASKED_AGAIN }
}
function answersAskedAgain(attendees: readonly Attendee[]): StoredEvent['occurrenceAnswers'][string] {
  const answered = attendees.filter(({ status }) => status.response !== 'none')
  return Object.fromEntries(answered.map((attendee) => [addressKey(attendee), { status: ASKED_AGAIN }]))
}

const differs = (left: unknown, right: unknown): boolean => JSON.stringify(left) !== JSON.stringify(right)
