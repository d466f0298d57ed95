import { randomUUID } from 'node:crypto'
import type { PracticeDocument, PracticeState } from '../state.ts'
import { keepContent, readContent } from './contents.ts'

export type MailKind = 'invitation' | 'update' | 'cancellation' | 'response' | 'forward' | 'message'
type MailAttachment = {
  readonly name: string
  readonly contentType: string
  /** Base64. */
  readonly contentBytes: string
}
/** One mail to one person, as Exchange would have sent it. */
export type OutboxMail = {
  readonly id: string
  /** RFC 3339 in UTC. */
  readonly sentAt: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly kind: MailKind
  /** HTML. */
  readonly body: string
  /** The organizer's event (default id) and its iCalUId; absent on ordinary mail. */
  readonly eventId?: string
  readonly iCalUId?: string
  /** RFC 3339 in UTC. */
  readonly start?: string
  readonly end?: string
  /** In words, e.g. `weekly, interval 2, tuesday, from 2026-03-03, 6 times`. */
  readonly recurrence?: string
  readonly attachments: readonly MailAttachment[]
}
type KeptAttachment = Omit<MailAttachment, 'contentBytes'> & { readonly content: string }
/** Mails in the order of sending; `number` keeps it over restarts. */
type StoredMail = PracticeDocument &
  Omit<OutboxMail, 'attachments'> & { readonly number: number; readonly attachments: readonly KeptAttachment[] }

const counts = new WeakMap<PracticeState, number>()

/** Puts one mail per recipient into the outbox; somebody named twice gets it once. */
export function recordMails(
  state: PracticeState,
  mail: Omit<OutboxMail, 'id' | 'to'> & { readonly to: readonly string[] },
): void {
  const mails = state.collection<StoredMail>('mails')
  const attachments = mail.attachments.map(({ name, contentType, contentBytes }) => ({
    name,
    contentType,
    content: keepContent(state, contentBytes),
  }))
  const recipients = new Map(mail.to.map((address) => [address.toLowerCase(), address]))
  for (const to of recipients.values()) {
    const number = (counts.get(state) ?? mails.list().length) + 1
    counts.set(state, number)
    mails.put({ ...mail, id: randomUUID(), number, to, attachments })
  }
}

/** Every mail sent so far, oldest first, with its attachments; only those to one address when `to` is given. */
export function listMails(state: PracticeState, { to }: { readonly to?: string } = {}): OutboxMail[] {
  const wanted = to?.toLowerCase()
  return state
    .collection<StoredMail>('mails')
    .list()
    .filter((mail) => wanted === undefined || mail.to.toLowerCase() === wanted)
    .sort((a, b) => a.number - b.number)
    .map(({ number: _number, attachments, ...mail }) => ({
      ...mail,
      attachments: attachments.map(({ name, contentType, content }) => ({
        name,
        contentType,
        contentBytes: readContent(state, content),
      })),
    }))
}
