import { randomUUID } from 'node:crypto'
import type { PracticeDocument, PracticeState } from '../state.ts'
import type { Entity } from './odata-filter.ts'

export type InboxAttachment = {
  readonly id: string
  readonly name: string
  readonly contentType: string | null
  readonly size: number
  /** Key for `readContent`. */
  readonly content: string
}
/** A message in somebody's mailbox. Collection `messages`. Item ids are `formatItemId({ uuid: id }, …)`. */
export type InboxMessage = PracticeDocument & {
  readonly mailbox: string
  readonly changeKey: string
  /** RFC 3339 in UTC. */
  readonly createdAt: string
  readonly modifiedAt: string
  /** Graph's message properties except ids, keys and times above; meeting messages carry `@odata.type`. */
  readonly properties: Entity
  readonly attachments: readonly InboxAttachment[]
  /** The calendar item in the same mailbox that a meeting message is about: its stored id, and the date of one occurrence. */
  readonly event?: { readonly id: string; readonly date?: string }
}

/** Puts a message into a mailbox's inbox. `now` RFC 3339 in UTC. */
export function deliverMessage(
  state: PracticeState,
  now: string,
  message: Pick<InboxMessage, 'mailbox' | 'properties' | 'attachments' | 'event'>,
): InboxMessage {
  const stored: InboxMessage = {
    ...message,
    id: randomUUID(),
    changeKey: Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64'),
    createdAt: now,
    modifiedAt: now,
  }
  state.collection<InboxMessage>('messages').put(stored)
  return stored
}
