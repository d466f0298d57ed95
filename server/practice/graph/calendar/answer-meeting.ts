import type { PracticeUser } from '../../people.ts'
import type { PracticeGraph } from '../dispatch.ts'
import { contentOf } from './event-instances.ts'
import { type Attendee, eventStore, type ResponseStatus, type StoredEvent, type TimeSlot } from './event-store.ts'
import {
  addressOf,
  deliverMeetingMessage,
  isAddressOf,
  type MeetingMail,
  mailboxOf,
  mailMeeting,
  nowText,
} from './meeting-mail.ts'

export type Answer = 'accepted' | 'tentativelyAccepted' | 'declined'
export type MeetingAnswer = {
  readonly attendee: PracticeUser
  /** The attendee's copy. */
  readonly copy: StoredEvent
  /** One occurrence of it; undefined for the meeting or series as a whole. */
  readonly date: string | undefined
  readonly answer: Answer
  readonly comment?: string | undefined
  /** False: the attendee's own calendar changes and nobody hears. */
  readonly sendResponse: boolean
  readonly proposedNewTime?: TimeSlot | undefined
}

const SUBJECTS: Readonly<Record<Answer, string>> = {
  accepted: 'Accepted',
  tentativelyAccepted: 'Tentative',
  declined: 'Declined',
}
/** The schema's spelling of the second one. */
const MESSAGE_TYPES: Readonly<Record<Answer, string>> = {
  accepted: 'meetingAccepted',
  tentativelyAccepted: 'meetingTenativelyAccepted',
  declined: 'meetingDeclined',
}

/** Records an attendee's answer in their copy and, when it is sent, in the organizer's tracking, outbox and inbox. */
export function answerMeeting(graph: PracticeGraph, given: MeetingAnswer): void {
  const status: ResponseStatus = { response: given.answer, time: nowText(graph) }
  const { copy, date } = given
  if (given.sendResponse) tellOrganizer(graph, given, status)
  if (given.answer === 'declined') leave(graph, copy, date)
  else markCopy(graph, given, status)
}

/** A declined meeting leaves the attendee's calendar. */
function leave(graph: PracticeGraph, copy: StoredEvent, date: string | undefined): void {
  const events = eventStore(graph.state)
  if (date === undefined || !copy.recurrence) {
    events.remove(copy)
    return
  }
  const { [date]: _gone, ...exceptions } = copy.exceptions
  events.save({ ...copy, exceptions, cancelledDates: [...copy.cancelledDates, date] }, nowText(graph))
}

function markCopy(graph: PracticeGraph, { attendee, copy, date, answer }: MeetingAnswer, status: ResponseStatus): void {
  const events = eventStore(graph.state)
  const showAs = answer === 'accepted' ? copy.intendedShowAs : 'tentative'
  const withStatus = (attendees: readonly Attendee[]) =>
    attendees.map((other) => (isAddressOf(attendee, other.emailAddress.address) ? { ...other, status } : other))
  if (date === undefined || !copy.recurrence) {
    // An answer to the series is one to its changed dates too, unless they were called off.
    const exceptions = Object.fromEntries(
      Object.entries(copy.exceptions).map(([day, exception]) => {
        if (exception.isCancelled) return [day, exception]
        const attendees = withStatus(contentOf({ event: copy, date: day }).attendees)
        return [day, { ...exception, attendees, showAs, responseStatus: status }]
      }),
    )
    const attendees = withStatus(copy.attendees)
    events.save({ ...copy, attendees, exceptions, showAs, responseStatus: status }, nowText(graph))
    return
  }
  const attendees = withStatus(contentOf({ event: copy, date }).attendees)
  const exception = { ...copy.exceptions[date], attendees, showAs, responseStatus: status }
  events.save({ ...copy, exceptions: { ...copy.exceptions, [date]: exception } }, nowText(graph))
}

function tellOrganizer(graph: PracticeGraph, given: MeetingAnswer, status: ResponseStatus): void {
  const { attendee, copy, answer, comment, proposedNewTime } = given
  const date = given.date ?? copy.instanceDate
  const subject = contentOf({ event: copy, date: given.date }).subject ?? ''
  const mail: MeetingMail = {
    kind: 'response',
    event: copy,
    date: given.date,
    from: addressOf(attendee),
    to: [copy.organizer],
    subject: `${proposedNewTime ? 'New Time Proposed' : SUBJECTS[answer]}: ${subject}`,
    comment,
    withAttachments: false,
    message: {
      '@odata.type': '#microsoft.graph.eventMessageResponse',
      meetingMessageType: MESSAGE_TYPES[answer],
      responseType: answer,
      proposedNewTime: proposedNewTime ?? null,
    },
  }
  const organizer = mailboxOf(graph, copy.organizer.address)
  const original = eventStore(graph.state)
    .listByUid(copy.uid)
    .find((event) => event.isOrganizer && event.mailbox === organizer?.id)
  mailMeeting(graph, original ? { ...mail, event: original, date } : mail)
  if (!organizer) return
  if (original) trackAnswer(graph, original, { attendee, date, status, proposedNewTime })
  const about = original && { id: original.id, ...(date === undefined ? {} : { date }) }
  deliverMeetingMessage(graph, organizer, original ? { ...mail, event: original, date } : mail, about)
}

type Tracked = {
  readonly attendee: PracticeUser
  readonly date: string | undefined
  readonly status: ResponseStatus
  readonly proposedNewTime: TimeSlot | undefined
}

/** The answer in the organizer's item; somebody who was not invited (a forwarded invitation) joins the list. */
function trackAnswer(
  graph: PracticeGraph,
  event: StoredEvent,
  { attendee, date, status, proposedNewTime }: Tracked,
): void {
  const events = eventStore(graph.state)
  const answer = { status, ...(proposedNewTime ? { proposedNewTime } : {}) }
  const known = event.attendees.find(({ emailAddress }) => isAddressOf(attendee, emailAddress.address))
  const key = (known?.emailAddress.address ?? attendee.mail).toLowerCase()
  if (date !== undefined && event.recurrence) {
    const answers = { ...event.occurrenceAnswers[date], [key]: answer }
    events.save({ ...event, occurrenceAnswers: { ...event.occurrenceAnswers, [date]: answers } }, nowText(graph))
    return
  }
  const attendees = known
    ? event.attendees.map((other) =>
        other === known ? { type: other.type, emailAddress: other.emailAddress, ...answer } : other,
      )
    : [...event.attendees, { type: 'optional', emailAddress: addressOf(attendee), ...answer }]
  // An answer to the series replaces earlier ones to single dates.
  const occurrenceAnswers = Object.fromEntries(
    Object.entries(event.occurrenceAnswers).map(([day, { [key]: _older, ...others }]) => [day, others]),
  )
  events.save({ ...event, attendees, occurrenceAnswers }, nowText(graph))
}
