import { randomUUID } from 'node:crypto'
import { recipient } from '../calendar/event-input.ts'
import type { ExtendedProperty, MultiValueProperty, OpenExtension } from '../calendar/event-store.ts'
import { canonicalPropertyId } from '../calendar/extended-properties.ts'
import { bodyPreview, normaliseBody } from '../calendar/html-body.ts'
import {
  anything,
  flag,
  ignored,
  invalidRequest,
  listOf,
  nullable,
  oneOf,
  readBody,
  record,
  text,
} from '../calendar/read-body.ts'
import { keepContent } from '../contents.ts'
import type { PracticeGraph } from '../dispatch.ts'
import type { InboxAttachment } from '../inbox.ts'
import type { Entity } from '../odata-filter.ts'
import { readExtensions } from '../resources/open-extensions.ts'
import { findUserByAddress } from '../router.ts'

const ATTACHMENT_BYTES_MAX = 3 * 1024 * 1024

/** A small file. */
export const attachmentReader = record('microsoft.graph.fileAttachment', {
  name: text,
  contentType: nullable(text),
  contentBytes: text,
  contentId: nullable(text),
  isInline: nullable(flag),
  contentLocation: ignored,
  id: ignored,
  lastModifiedDateTime: ignored,
  size: ignored,
})

const MESSAGE = record('microsoft.graph.message', {
  subject: nullable(text),
  body: nullable(
    record('microsoft.graph.itemBody', { contentType: nullable(oneOf(['text', 'html'])), content: nullable(text) }),
  ),
  toRecipients: listOf(recipient),
  ccRecipients: listOf(recipient),
  bccRecipients: listOf(recipient),
  replyTo: listOf(recipient),
  from: nullable(recipient),
  sender: nullable(recipient),
  importance: nullable(oneOf(['low', 'normal', 'high'])),
  categories: listOf(text),
  isRead: nullable(flag),
  isReadReceiptRequested: nullable(flag),
  isDeliveryReceiptRequested: nullable(flag),
  inferenceClassification: nullable(oneOf(['focused', 'other'])),
  flag: nullable(record('microsoft.graph.followupFlag', { flagStatus: oneOf(['notFlagged', 'complete', 'flagged']) })),
  attachments: listOf(attachmentReader),
  extensions: listOf(anything),
  singleValueExtendedProperties: listOf(record('property', { id: text, value: nullable(text) })),
  multiValueExtendedProperties: listOf(record('property', { id: text, value: listOf(text) })),
  internetMessageHeaders: ignored,
  id: ignored,
  isDraft: ignored,
})

type Recipient = { readonly emailAddress?: { readonly name?: string | null; readonly address?: string | null } }
type GivenAttachment = { readonly name?: string; readonly contentType?: string | null; readonly contentBytes?: string }
type MessageFields = Entity & {
  readonly body?: { readonly contentType?: string | null; readonly content?: string | null } | null
  readonly attachments?: readonly GivenAttachment[]
  readonly singleValueExtendedProperties?: readonly { readonly id?: string; readonly value?: string | null }[]
  readonly multiValueExtendedProperties?: readonly { readonly id?: string; readonly value?: readonly string[] }[]
}

/** What a client says of a message, in the form in which messages are kept. */
export type MessageInput = {
  readonly properties: Entity
  readonly attachments: readonly InboxAttachment[]
  readonly extensions: readonly OpenExtension[]
  readonly singleValueProperties: readonly ExtendedProperty[]
  readonly multiValueProperties: readonly MultiValueProperty[]
}

/** @throws GraphError 400 for an unknown property, a recipient without address, or attachments that are no small files */
export function readMessage(graph: PracticeGraph, body: unknown): MessageInput {
  const fields = readBody(MESSAGE, body) as MessageFields // the reader's own shape
  const {
    body: content,
    attachments,
    extensions,
    singleValueExtendedProperties,
    multiValueExtendedProperties,
    ...plain
  } = fields
  const html = content ? normaliseBody(content.content ?? '', content.contentType ?? 'text') : undefined
  return {
    properties: {
      ...Object.fromEntries(
        Object.entries(plain).map(([name, value]) => [name, completeRecipients(graph, name, value)]),
      ),
      ...(html === undefined ? {} : { body: { contentType: 'html', content: html }, bodyPreview: bodyPreview(html) }),
    },
    attachments: (attachments ?? []).map((given) => readAttachment(graph, given)),
    extensions: readExtensions(extensions),
    singleValueProperties: (singleValueExtendedProperties ?? []).map(({ id = '', value }) => ({
      id: canonicalPropertyId(id),
      value: value ?? '',
    })),
    multiValueProperties: (multiValueExtendedProperties ?? []).map(({ id = '', value = [] }) => ({
      id: canonicalPropertyId(id),
      value,
    })),
  }
}

/** Exchange fills in the names of people it knows. */
function completeRecipients(graph: PracticeGraph, name: string, value: unknown): unknown {
  if (['from', 'sender'].includes(name)) return value === null ? null : completeRecipient(graph, value as Recipient) // read above
  if (!Array.isArray(value) || !/(recipients|replyTo)$/i.test(name)) return value
  return value.map((item: Recipient) => completeRecipient(graph, item))
}

function completeRecipient(graph: PracticeGraph, { emailAddress }: Recipient): Entity {
  const address = emailAddress?.address?.trim() ?? ''
  if (!/^[^@\s]+@[^@\s]+$/.test(address)) {
    throw invalidRequest("At least one recipient isn't valid.")
  }
  const known = findUserByAddress(graph, address)
  return { emailAddress: { address, name: emailAddress?.name ?? known?.displayName ?? address } }
}

/** @throws GraphError 400 for a file without name or bytes, or above 3 MB */
export function readAttachment(
  graph: PracticeGraph,
  { name, contentType, contentBytes }: GivenAttachment,
): InboxAttachment {
  if (!name || contentBytes === undefined) throw invalidRequest('An attachment needs name and contentBytes.')
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(contentBytes)) throw invalidRequest('contentBytes must be base64.')
  const bytes = Buffer.from(contentBytes, 'base64')
  if (bytes.length > ATTACHMENT_BYTES_MAX) throw invalidRequest('An attachment of a message is at most 3 MB.')
  return {
    id: newAttachmentId(),
    name,
    contentType: contentType ?? 'application/octet-stream',
    size: bytes.length,
    content: keepContent(graph.state, bytes.toString('base64')),
  }
}

export function newAttachmentId(): string {
  return `AAMkAEF0${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')}AAA=`
}
