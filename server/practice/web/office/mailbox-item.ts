import type { PaneAddress, PaneItem } from './host-messages.ts'
import { toEwsId } from './mailbox-values.ts'

type Appointment = PaneItem & { readonly kind: 'appointment' }
type Message = PaneItem & { readonly kind: 'message' }
type Result = {
  readonly status: 'succeeded' | 'failed'
  readonly value?: unknown
  readonly error?: { readonly name: string; readonly code: number; readonly message: string }
  readonly asyncContext?: unknown
}
type Done = (result: Result) => void

/** `Office.context.mailbox.item`, in the shape of the form that is open: a pane tells the forms apart by it. */
export function createItem(item: PaneItem): object {
  if (item.kind === 'message') return readMessageItem(item)
  return item.form === 'read' ? readAppointment(item) : composeAppointment(item)
}

/** A meeting request in the inbox is a message with an id of its own. */
function readMessageItem({ id, isMeeting, subject, from }: Message): object {
  return {
    itemType: 'message',
    itemClass: isMeeting ? 'IPM.Schedule.Meeting.Request' : 'IPM.Note',
    itemId: toEwsId(id),
    subject,
    normalizedSubject: subject,
    from: person(from),
    sender: person(from),
  }
}

/** Read form: facts are plain properties. `seriesId` is null for a single event. */
function readAppointment(item: Appointment): object {
  return {
    itemType: 'appointment',
    itemClass: 'IPM.Appointment',
    itemId: item.id && toEwsId(item.id),
    seriesId: item.seriesId ? toEwsId(item.seriesId) : null,
    subject: item.subject,
    normalizedSubject: item.subject,
    start: new Date(item.startsAt),
    end: new Date(item.endsAt),
    location: item.location,
    organizer: person(item.organizer),
    requiredAttendees: item.attendees.map(person),
    optionalAttendees: [],
  }
}

/** Compose form: facts are objects with `getAsync`, and a new appointment has no id until it is saved. */
function composeAppointment(item: Appointment): object {
  return {
    itemType: 'appointment',
    seriesId: item.seriesId ? toEwsId(item.seriesId) : null,
    subject: field(item.subject),
    start: field(new Date(item.startsAt)),
    end: field(new Date(item.endsAt)),
    location: field(item.location),
    organizer: field(person(item.organizer)),
    requiredAttendees: field(item.attendees.map(person)),
    optionalAttendees: field([]),
    getItemIdAsync: (...args: readonly unknown[]) =>
      answer(
        args,
        item.id
          ? { status: 'succeeded', value: toEwsId(item.id) }
          : {
              status: 'failed',
              error: { name: 'ItemNotSaved', code: 9051, message: 'The item has not been saved yet.' },
            },
      ),
  }
}

const person = ({ name, address }: PaneAddress) => ({
  displayName: name,
  emailAddress: address,
  recipientType: 'user',
})

const field = (value: unknown) => ({
  getAsync: (...args: readonly unknown[]) => answer(args, { status: 'succeeded', value }),
})

/** Office calls back later, never inside the call, and hands the caller's `asyncContext` on. */
function answer(args: readonly unknown[], result: Result): void {
  const done = args.findLast((argument): argument is Done => typeof argument === 'function')
  const options = args.find((argument) => typeof argument === 'object' && argument !== null)
  const asyncContext = options && 'asyncContext' in options ? { asyncContext: options.asyncContext } : {}
  queueMicrotask(() => done?.({ ...result, ...asyncContext }))
}
