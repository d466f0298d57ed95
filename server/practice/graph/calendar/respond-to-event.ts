import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import { type Answer, answerMeeting } from './answer-meeting.ts'
import { findCopy, placeCopy, placeOccurrence } from './attendee-copy.ts'
import { assertMayChange, type CalendarPlace, calendarScope, getTarget } from './calendar-access.ts'
import { moment, recipient, timeSlot } from './event-input.ts'
import { contentOf } from './event-instances.ts'
import { type EmailAddress, eventStore, type StoredEvent, type TimeSlot } from './event-store.ts'
import { addressOf, deliverMeetingMessage, type MeetingMail, mailboxOf, mailMeeting, nowText } from './meeting-mail.ts'
import { flag, invalidProperty, invalidRequest, listOf, nullable, readBody, record, text } from './read-body.ts'

const responseReader = record('respond', {
  comment: nullable(text),
  sendResponse: nullable(flag),
  proposedNewTime: nullable(timeSlot),
})
const acceptReader = record('accept', { comment: nullable(text), sendResponse: nullable(flag) })
const forwardReader = record('forward', { comment: nullable(text), toRecipients: listOf(recipient) })
const snoozeReader = record('snoozeReminder', { newReminderTime: moment })

const CODES: Readonly<Record<Answer, string>> = {
  accepted: 'Accept',
  tentativelyAccepted: 'Tentative',
  declined: 'Decline',
}

/**
 * POST …/events/{id}/accept, tentativelyAccept and decline. Only the latter two may propose a new time, and only where
 * the organizer allows it and the response is sent. Graph docs: "event: accept" and its siblings.
 */
export function respondToEvent(place: CalendarPlace, answer: Answer) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const target = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, target)
    const reader = answer === 'accepted' ? acceptReader : responseReader
    const input = readBody(reader, context.request.body, answer) as {
      comment?: string | null
      sendResponse?: boolean | null
      proposedNewTime?: TimeSlot | null
    }
    const content = contentOf(target)
    if (target.event.isOrganizer) {
      throw new GraphError(
        400,
        `ErrorCalendarIsOrganizerFor${CODES[answer]}`,
        "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
      )
    }
    if (content.isCancelled) {
      throw new GraphError(400, `ErrorCalendarIsCancelledFor${CODES[answer]}`, 'The meeting has been canceled.')
    }
    const sendResponse = input.sendResponse ?? true
    const proposedNewTime = input.proposedNewTime ?? undefined
    if (proposedNewTime && !content.allowNewTimeProposals) {
      throw invalidRequest('The organizer does not allow new time proposals for this meeting.')
    }
    if (proposedNewTime && !sendResponse) {
      throw invalidRequest('A new time can be proposed only when the response is sent.')
    }
    if (proposedNewTime && (!proposedNewTime.start || !proposedNewTime.end)) {
      throw invalidProperty('A proposed time needs a start and an end.')
    }
    answerMeeting(scope.graph, {
      attendee: scope.owner,
      copy: target.event,
      date: target.date,
      answer,
      comment: input.comment ?? undefined,
      sendResponse,
      proposedNewTime,
    })
    return { status: 202 }
  }
}

/**
 * POST …/events/{id}/forward: the meeting request goes to somebody else; from an attendee, the organizer hears of it and
 * gets them on the list. Graph docs: "event: forward".
 */
export function forwardEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const { graph, owner } = scope
    const { event, date } = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, { event, date })
    const input = readBody(forwardReader, context.request.body, 'forward') as {
      comment?: string | null
      toRecipients?: readonly { emailAddress?: { name?: string | null; address?: string | null } }[]
    }
    const to = (input.toRecipients ?? []).map(({ emailAddress }): EmailAddress => {
      const address = emailAddress?.address
      if (!address) throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.')
      return { name: emailAddress.name ?? address, address }
    })
    if (to.length === 0) throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is required.')
    const original = organizerItem(scope.graph, event) ?? event
    const mail: MeetingMail = {
      kind: 'forward',
      event: original,
      date,
      from: addressOf(owner),
      to,
      subject: `FW: ${contentOf({ event, date }).subject ?? ''}`,
      comment: input.comment ?? undefined,
      withAttachments: true,
      message: {
        '@odata.type': '#microsoft.graph.eventMessageRequest',
        meetingMessageType: 'meetingRequest',
        meetingRequestType: 'newMeetingRequest',
        responseRequested: event.responseRequested,
        allowNewTimeProposals: event.allowNewTimeProposals,
      },
    }
    mailMeeting(graph, mail)
    if (!event.isOrganizer) tellOrganizerOfForward(graph, original, mail)
    for (const { address } of to) {
      const colleague = mailboxOf(graph, address)
      if (!colleague || colleague.id === original.mailbox) continue
      const latest = organizerItem(graph, event) ?? original
      const copy =
        findCopy(graph, event.uid, colleague.id, date) ??
        (date === undefined ? placeCopy(graph, colleague, latest) : placeOccurrence(graph, colleague, latest, date))
      deliverMeetingMessage(graph, colleague, mail, { id: copy.id })
    }
    return { status: 202 }
  }
}

function organizerItem(graph: RouteContext['graph'], event: StoredEvent): StoredEvent | undefined {
  return event.isOrganizer
    ? event
    : eventStore(graph.state)
        .listByUid(event.uid)
        .find((other) => other.isOrganizer)
}

function tellOrganizerOfForward(graph: RouteContext['graph'], original: StoredEvent, forward: MeetingMail): void {
  const notice: MeetingMail = {
    ...forward,
    kind: 'message',
    to: [original.organizer],
    subject: `Meeting Forward Notification: ${original.subject ?? ''}`,
    comment: `${forward.from.name} has forwarded your meeting request to additional recipients.`,
    withAttachments: false,
    message: { '@odata.type': '#microsoft.graph.eventMessage', meetingMessageType: 'none' },
  }
  mailMeeting(graph, notice)
  const organizer = mailboxOf(graph, original.organizer.address)
  if (!organizer || !original.isOrganizer) return
  deliverMeetingMessage(graph, organizer, notice, { id: original.id })
  const known = original.attendees.map(({ emailAddress }) => emailAddress.address.toLowerCase())
  const added = forward.to
    .filter(({ address }) => !known.includes(address.toLowerCase()))
    .map((emailAddress) => ({
      type: 'optional',
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
      emailAddress,
    }))
  const attendees = [...original.attendees, ...added]
  if (added.length > 0) eventStore(graph.state).save({ ...original, attendees }, nowText(graph))
}

/** POST …/events/{id}/snoozeReminder: nobody is reminded here; the request is only checked. Graph docs: "event: snoozeReminder". */
export function snoozeReminder(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertMayChange(scope, getTarget(scope, context.params['eventId'] ?? ''))
    const { newReminderTime } = readBody(snoozeReader, context.request.body, 'snoozeReminder')
    if (newReminderTime === undefined) throw invalidProperty('NewReminderTime is required.')
    return { status: 200 }
  }
}

/** POST …/events/{id}/dismissReminder: the event reminds no more. Graph docs: "event: dismissReminder". */
export function dismissReminder(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const { event, date } = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, { event, date })
    const events = eventStore(scope.graph.state)
    if (date === undefined) events.save({ ...event, isReminderOn: false }, nowText(scope.graph))
    return { status: 200 }
  }
}
