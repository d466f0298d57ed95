import type { GraphReply, RouteContext } from '../dispatch.ts'
import { answerMeeting } from './answer-meeting.ts'
import {
  assertMayChange,
  assertVersion,
  type CalendarPlace,
  type CalendarScope,
  calendarScope,
  type EventTarget,
  getTarget,
} from './calendar-access.ts'
import { sendNotice } from './deliver-meeting.ts'
import { contentOf } from './event-instances.ts'
import { eventStore } from './event-store.ts'
import { nowText } from './meeting-mail.ts'
import { invalidRequest, nullable, readBody, record, text } from './read-body.ts'

const cancelReader = record('cancel', { comment: nullable(text) })

/**
 * POST …/events/{id}/cancel: the organizer calls off a meeting, a series or one occurrence, with a message.
 * Graph docs: "event: cancel".
 */
export function cancelEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = targetOf(context, place)
    const comment = readBody(cancelReader, context.request.body, 'cancel')['comment']
    if (!target.event.isOrganizer) throw invalidRequest('You need to be an organizer to cancel a meeting.')
    callOff(scope, target, typeof comment === 'string' ? comment : undefined)
    return { status: 202 }
  }
}

/**
 * DELETE …/events/{id}, and permanentDelete: on the organizer's item it calls off, on an attendee's it declines; what
 * was called off already just goes. Graph docs: "Delete event".
 */
export function deleteEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = targetOf(context, place)
    assertVersion(context, target.event.changeKey)
    if (target.event.isOrganizer) callOff(scope, target, undefined)
    else {
      const isCancelled = target.event.isCancelled || contentOf(target).isCancelled
      answerMeeting(scope.graph, {
        attendee: scope.owner,
        copy: target.event,
        date: target.date,
        answer: 'declined',
        sendResponse: !isCancelled,
      })
    }
    return { status: 204 }
  }
}

function targetOf(context: RouteContext, place: CalendarPlace): { scope: CalendarScope; target: EventTarget } {
  const scope = calendarScope(context, place)
  const target = getTarget(scope, context.params['eventId'] ?? '')
  assertMayChange(scope, target)
  return { scope, target }
}

function callOff({ graph, onBehalf }: CalendarScope, { event, date }: EventTarget, comment: string | undefined): void {
  const recipients = contentOf({ event, date }).attendees
  sendNotice(graph, { kind: 'cancellation', event, date, recipients, comment, onBehalf })
  const events = eventStore(graph.state)
  if (date === undefined) {
    events.remove(event)
    return
  }
  const { [date]: _exception, ...exceptions } = event.exceptions
  const { [date]: _answers, ...occurrenceAnswers } = event.occurrenceAnswers
  const cancelledDates = [...event.cancelledDates, date].sort()
  events.save({ ...event, exceptions, occurrenceAnswers, cancelledDates }, nowText(graph))
}
