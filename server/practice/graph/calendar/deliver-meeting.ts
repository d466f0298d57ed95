import type { PracticeUser } from '../../people.ts'
import type { PracticeGraph } from '../dispatch.ts'
import { answerMeeting } from './answer-meeting.ts'
import { cancelCopy, findCopy, placeCopy, placeOccurrence } from './attendee-copy.ts'
import { contentOf, instancesBetween } from './event-instances.ts'
import { type Attendee, eventStore, type StoredEvent } from './event-store.ts'
import {
  addressOf,
  deliverMeetingMessage,
  instanceOf,
  type MeetingMail,
  mailboxOf,
  mailMeeting,
} from './meeting-mail.ts'

const YEAR_MS = 366 * 86_400_000

/** What the organizer's calendar sends out. */
export type MeetingNotice = {
  readonly kind: 'invitation' | 'update' | 'cancellation'
  readonly event: StoredEvent
  /** One occurrence; undefined for the meeting or series as a whole. */
  readonly date: string | undefined
  readonly recipients: readonly Attendee[]
  readonly comment?: string | undefined
  /** Somebody who acts for the organizer. */
  readonly onBehalf: PracticeUser | undefined
}

/** Sends one mail per recipient and brings colleagues' calendars up to date; the organizer gets nothing. */
export function sendNotice(graph: PracticeGraph, notice: MeetingNotice): void {
  const { event, date } = notice
  const recipients = notice.recipients.filter(
    ({ emailAddress }) => mailboxOf(graph, emailAddress.address)?.id !== event.mailbox,
  )
  if (recipients.length === 0) return
  const mail = mailOf({ ...notice, recipients })
  mailMeeting(graph, mail)
  for (const { emailAddress } of recipients) {
    const colleague = mailboxOf(graph, emailAddress.address)
    if (!colleague) continue
    const copy = placeFor(graph, colleague, notice)
    const hasDate = date !== undefined && copy?.recurrence
    deliverMeetingMessage(graph, colleague, mail, copy && (hasDate ? { id: copy.id, date } : { id: copy.id }))
    if (colleague.kind === 'room' && copy && notice.kind !== 'cancellation') answerForRoom(graph, colleague, copy, date)
  }
}

/**
 * A notice about a whole series, and one more for each occurrence that was changed by itself ("Update event": one for
 * the master series and one per instance that has been updated).
 */
export function sendSeriesNotice(graph: PracticeGraph, notice: Omit<MeetingNotice, 'date'>): void {
  sendNotice(graph, { ...notice, date: undefined })
  for (const date of Object.keys(notice.event.exceptions).sort()) {
    sendNotice(graph, { ...notice, kind: 'update', date })
  }
}

function placeFor(graph: PracticeGraph, colleague: PracticeUser, { kind, event, date }: MeetingNotice) {
  if (kind === 'cancellation') return cancelCopy(graph, colleague, event.uid, date)
  return date === undefined ? placeCopy(graph, colleague, event) : placeOccurrence(graph, colleague, event, date)
}

function mailOf({ kind, event, date, recipients, comment, onBehalf }: MeetingNotice): MeetingMail {
  const content = contentOf({ event, date })
  const isCancellation = kind === 'cancellation'
  return {
    kind,
    event,
    date,
    from: event.organizer,
    sender: onBehalf && addressOf(onBehalf),
    to: recipients.map(({ emailAddress }) => emailAddress),
    subject: isCancellation ? `Canceled: ${content.subject ?? ''}` : (content.subject ?? ''),
    comment,
    withAttachments: !isCancellation,
    message: isCancellation
      ? { '@odata.type': '#microsoft.graph.eventMessage', meetingMessageType: 'meetingCancelled' }
      : {
          '@odata.type': '#microsoft.graph.eventMessageRequest',
          meetingMessageType: 'meetingRequest',
          meetingRequestType: kind === 'invitation' ? 'newMeetingRequest' : 'fullUpdate',
          responseRequested: content.responseRequested,
          allowNewTimeProposals: content.allowNewTimeProposals,
        },
  }
}

/** A room takes what does not overlap anything it has taken, for at most a year ahead of a series' start. */
function answerForRoom(graph: PracticeGraph, room: PracticeUser, copy: StoredEvent, date: string | undefined): void {
  const only = date === undefined ? undefined : instanceOf(copy, copy.recurrence ? date : undefined)
  const { startMs } = instanceOf(copy, undefined)
  const wanted = only ? [only] : instancesBetween(copy, startMs, startMs + YEAR_MS)
  const taken = eventStore(graph.state)
    .listByMailbox(room.id)
    .filter(({ uid }) => uid !== copy.uid)
  const isTaken = wanted.some(({ startMs: from, endMs: to }) =>
    taken.some((event) =>
      instancesBetween(event, from, to).some((instance) => {
        const { showAs, isCancelled } = contentOf(instance)
        return showAs !== 'free' && !isCancelled && instance.endMs > from
      }),
    ),
  )
  const current = findCopy(graph, copy.uid, room.id, date) ?? copy
  answerMeeting(graph, {
    attendee: room,
    copy: current,
    date: current.recurrence ? date : undefined,
    answer: isTaken ? 'declined' : 'accepted',
    sendResponse: true,
  })
}
