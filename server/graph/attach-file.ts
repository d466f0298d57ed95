import type { EventId } from '../../shared/domain/ids.ts'
import { CalendarError, type FileToAttach, type Mailbox } from '../ports/calendar.ts'
import { AttachmentAnswer } from './answers.ts'
import type { FreshEvents } from './fresh-events.ts'
import type { GraphSend } from './send.ts'
import { eventPath, queryOf } from './translate.ts'

/** Above it Graph wants an upload session, which delegates may not use; our files are a hundredth of it. */
const FILE_BYTES_MAX = 3 * 1024 * 1024 - 1

/**
 * Attaches a file of less than 3 MB; does nothing when a file of that name is there. After an unknown outcome it looks
 * before it sends the file again. Attendees get the file with the next invitation or update, not by this.
 * Graph docs: "Add attachment" (event-post-attachments). Least permission: Calendars.ReadWrite.
 */
export async function attachFile(
  send: GraphSend,
  fresh: FreshEvents,
  mailbox: Mailbox,
  eventId: EventId,
  file: FileToAttach,
): Promise<void> {
  if (file.bytes.byteLength > FILE_BYTES_MAX) {
    throw new CalendarError('refused', `a file of ${file.bytes.byteLength} bytes is too large to attach (3 MB)`)
  }
  const isFresh = fresh.has(mailbox, eventId, 'attach')
  const isThere = async () => (await listAttachmentNames(send, mailbox, eventId)).includes(file.name)
  if (!isFresh && (await isThere())) return
  fresh.spend(mailbox, eventId, 'attach')
  for (let isSecond = false; ; isSecond = true) {
    try {
      await send.request({
        name: 'attach file',
        method: 'POST',
        path: `${eventPath(mailbox, eventId)}/attachments`,
        mailbox,
        body: {
          '@odata.type': '#microsoft.graph.fileAttachment',
          name: file.name,
          contentType: file.contentType,
          contentBytes: Buffer.from(file.bytes).toString('base64'),
          // Left out, the file was reported not to show.
          isInline: false,
        },
        answer: AttachmentAnswer,
        effect: 'once',
        mayLag: isFresh,
      })
      return
    } catch (error) {
      if (!(error instanceof CalendarError) || error.code !== 'outcome-unknown') throw error
      if (await isThere()) return
      if (isSecond) throw error
    }
  }
}

/** Names of all files of an event, without their contents. Graph docs: "List attachments". Least permission: Calendars.Read. */
export async function listAttachmentNames(
  send: GraphSend,
  mailbox: Mailbox,
  eventId: EventId,
): Promise<readonly string[]> {
  const attachments = await send.list({
    name: 'list attachments',
    method: 'GET',
    path: `${eventPath(mailbox, eventId)}/attachments?${queryOf({ $select: 'id,name' })}`,
    mailbox,
    answer: AttachmentAnswer,
    effect: 'read',
  })
  return attachments.map(({ name }) => name ?? '')
}
