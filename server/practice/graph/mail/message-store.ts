import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import { itemNotFound } from '../calendar/calendar-store.ts'
import type { ExtendedProperty, MultiValueProperty, OpenExtension } from '../calendar/event-store.ts'
import { formatItemId, parseItemId } from '../calendar/exchange-ids.ts'
import { nowText } from '../calendar/meeting-mail.ts'
import type { PracticeGraph } from '../dispatch.ts'
import type { InboxMessage } from '../inbox.ts'
import { announceMailboxChange } from '../mailbox-changes.ts'
import type { ChangeType } from '../subscriptions/subscription.ts'

/** A message with what only clients of this API put on it. Same collection as `InboxMessage`. */
export type StoredMessage = InboxMessage & {
  readonly extensions?: readonly OpenExtension[]
  readonly singleValueProperties?: readonly ExtendedProperty[]
  readonly multiValueProperties?: readonly MultiValueProperty[]
}

const messagesOf = (graph: PracticeGraph) => graph.state.collection<StoredMessage>('messages')

/** Newest first, as Outlook lists them. */
export function listMessages(graph: PracticeGraph, user: PracticeUser): StoredMessage[] {
  return messagesOf(graph)
    .list()
    .filter(({ mailbox }) => mailbox === user.id)
    .reverse()
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0))
}

/** @throws GraphError 404 */
export function getMessage(graph: PracticeGraph, user: PracticeUser, id: string | undefined): StoredMessage {
  const uuid = parseItemId(id ?? '')?.core.uuid
  const message = uuid === undefined ? undefined : messagesOf(graph).get(uuid)
  if (message?.mailbox !== user.id) throw itemNotFound()
  return message
}

type NewMessage = Omit<StoredMessage, 'id' | 'changeKey' | 'createdAt' | 'modifiedAt'>

export function addMessage(graph: PracticeGraph, message: NewMessage): StoredMessage {
  const now = nowText(graph)
  return save(graph, { ...message, id: randomUUID(), changeKey: '', createdAt: now, modifiedAt: now }, 'created')
}

export function changeMessage(graph: PracticeGraph, message: StoredMessage): StoredMessage {
  return save(graph, { ...message, modifiedAt: nowText(graph) }, 'updated')
}

export function removeMessage(graph: PracticeGraph, message: StoredMessage): void {
  messagesOf(graph).remove(message.id)
  announce(graph, message, 'deleted')
}

function save(graph: PracticeGraph, message: StoredMessage, changeType: ChangeType): StoredMessage {
  const changeKey = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64')
  const saved = { ...message, changeKey }
  messagesOf(graph).put(saved)
  announce(graph, saved, changeType)
  return saved
}

function announce(graph: PracticeGraph, { id, mailbox, changeKey }: StoredMessage, changeType: ChangeType): void {
  announceMailboxChange(graph.state, {
    watch: { kind: 'messages', userId: mailbox },
    changeType,
    itemId: formatItemId({ uuid: id }, 'restId'),
    immutableItemId: formatItemId({ uuid: id }, 'restImmutableEntryId'),
    etag: `W/"${changeKey}"`,
  })
}
