import { randomUUID } from 'node:crypto'
import { keepContent } from '../contents.ts'
import type { CalendarScope, EventTarget } from './calendar-access.ts'
import { contentOf } from './event-instances.ts'
import { type AttachmentRef, eventStore } from './event-store.ts'
import { nowText } from './meeting-mail.ts'
import { newException } from './update-event.ts'

export type NewAttachment = Pick<AttachmentRef, 'kind' | 'name' | 'contentType' | 'isInline' | 'contentId'> & {
  readonly bytes: Buffer
}

/** Adds a file or item to an event. On one occurrence it makes an exception with a list of its own; nobody is told. */
export function addAttachment(
  { graph }: CalendarScope,
  { event, date }: EventTarget,
  added: NewAttachment,
): AttachmentRef {
  const { bytes, ...rest } = added
  const ref: AttachmentRef = {
    ...rest,
    id: randomUUID(),
    size: bytes.length,
    lastModified: nowText(graph),
    content: keepContent(graph.state, bytes.toString('base64')),
  }
  const events = eventStore(graph.state)
  if (date === undefined) {
    events.save({ ...event, attachments: [...event.attachments, ref] }, nowText(graph))
    return ref
  }
  const exception = newException(graph, event, date)
  const attachments = [...(exception.attachments ?? contentOf({ event, date }).attachments), ref]
  const exceptions = { ...event.exceptions, [date]: { ...exception, attachments } }
  events.save({ ...event, exceptions }, nowText(graph))
  return ref
}
