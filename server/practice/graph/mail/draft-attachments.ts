import { randomBytes } from 'node:crypto'
import type { PracticeDocument } from '../../state.ts'
import { itemNotFound } from '../calendar/calendar-store.ts'
import { formatItemId } from '../calendar/exchange-ids.ts'
import {
  integer,
  invalidProperty,
  invalidRequest,
  nullable,
  oneOf,
  readBody,
  record,
  text,
} from '../calendar/read-body.ts'
import { keepContent, readContent } from '../contents.ts'
import { GraphError, type GraphReply, type GraphRoute, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import type { InboxAttachment } from '../inbox.ts'
import { requireMailbox } from '../mailbox.ts'
import { attachmentReader, newAttachmentId, readAttachment } from './message-input.ts'
import { changeMessage, getMessage, type StoredMessage } from './message-store.ts'
import { viewMailAttachment } from './view-message.ts'

const BYTES_MIN = 3 * 1024 * 1024
const BYTES_MAX = 150 * 1024 * 1024
const SESSION_MS = 3_600_000

/** A large file on its way to a draft. Collection `message-uploads`. */
type MessageUpload = PracticeDocument & {
  readonly userId: string
  readonly messageId: string
  readonly name: string
  readonly contentType: string
  readonly size: number
  /** Epoch milliseconds by the practice clock. */
  readonly expiresAtMs: number
  readonly received: number
  /** Keys of the ranges, in order. */
  readonly parts: readonly string[]
}
const uploadsOf = (graph: PracticeGraph) => graph.state.collection<MessageUpload>('message-uploads')

/** Where such uploads go: the address is the permission, no token comes along. `path` below `/v1.0`. */
export const isMessageUploadPath = (path: string): boolean => /^\/messageAttachmentSessions\//i.test(path)

const SESSION = record('createUploadSession', {
  AttachmentItem: record('microsoft.graph.attachmentItem', {
    attachmentType: oneOf(['file', 'item', 'reference']),
    name: text,
    size: integer,
    contentType: nullable(text),
  }),
})
type SessionInput = {
  readonly AttachmentItem?: {
    readonly attachmentType?: string
    readonly name?: string
    readonly size?: number
    readonly contentType?: string | null
  }
}

function draftOf(context: RouteContext): StoredMessage {
  const message = getMessage(context.graph, requireMailbox(context), context.params['messageId'])
  if (message.properties['isDraft'] !== true) throw invalidRequest('Attachments can be added to drafts only.')
  return message
}

function attach(graph: PracticeGraph, message: StoredMessage, attachment: InboxAttachment): StoredMessage {
  return changeMessage(graph, {
    ...message,
    attachments: [...message.attachments, attachment],
    properties: { ...message.properties, hasAttachments: true },
  })
}

function addSmall(context: RouteContext): GraphReply {
  const { graph, request } = context
  const draft = draftOf(context)
  const attachment = readAttachment(graph, readBody(attachmentReader, request.body))
  const saved = attach(graph, draft, attachment)
  const metadata = `users('${saved.mailbox}')/messages('${formatItemId({ uuid: saved.id }, 'restId')}')/attachments/$entity`
  return {
    status: 201,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${metadata}`,
      ...viewMailAttachment(graph, saved, attachment),
    },
  }
}

/** Docs: "attachment: createUploadSession". */
function openSession(context: RouteContext): GraphReply {
  const { graph, request } = context
  const draft = draftOf(context)
  const { AttachmentItem: item } = readBody(SESSION, request.body) as SessionInput // the reader's own shape
  if (item?.attachmentType !== 'file' || !item.name || item.size === undefined) {
    throw invalidProperty('AttachmentItem needs attachmentType file, a name and a size.')
  }
  if (item.size < BYTES_MIN || item.size > BYTES_MAX) {
    throw invalidRequest('An upload session takes files between 3 MB and 150 MB.')
  }
  const upload: MessageUpload = {
    id: randomBytes(24).toString('base64url'),
    userId: draft.mailbox,
    messageId: draft.id,
    name: item.name,
    contentType: item.contentType ?? 'application/octet-stream',
    size: item.size,
    expiresAtMs: graph.clock.now().epochMilliseconds + SESSION_MS,
    received: 0,
    parts: [],
  }
  uploadsOf(graph).put(upload)
  const uploadUrl = `${graph.baseUrl()}/messageAttachmentSessions/${upload.id}`
  return { status: 201, body: viewSession(graph, upload, { uploadUrl }) }
}

function viewSession(graph: PracticeGraph, { expiresAtMs, received }: MessageUpload, more: object = {}) {
  return {
    '@odata.context': `${graph.baseUrl()}/$metadata#microsoft.graph.uploadSession`,
    ...more,
    expirationDateTime: new Date(expiresAtMs).toISOString(),
    nextExpectedRanges: [`${received}-`],
  }
}

/** One range, in order; the last one answers 201 with the attachment's address. */
function putRange({ graph, request, params }: RouteContext): GraphReply {
  const upload = uploadsOf(graph).get(params['sessionId'] ?? '')
  if (!upload || upload.expiresAtMs <= graph.clock.now().epochMilliseconds) throw itemNotFound()
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(request.headers['content-range'] ?? '')
  const [start = 0, end = 0, total = 0] = range?.slice(1).map(Number) ?? []
  const bytes = request.body instanceof Uint8Array ? Buffer.from(request.body) : Buffer.alloc(0)
  if (!range || total !== upload.size || end >= total || bytes.length !== end - start + 1) {
    throw invalidRequest('The Content-Range header does not fit the bytes or the size of the session.')
  }
  if (start !== upload.received) {
    throw new GraphError(416, 'InvalidRange', `The next expected range starts at ${upload.received}.`)
  }
  const parts = [...upload.parts, keepContent(graph.state, bytes.toString('base64'))]
  const after = { ...upload, parts, received: end + 1 }
  if (after.received < total) {
    uploadsOf(graph).put(after)
    return { status: 200, body: viewSession(graph, after) }
  }
  return finish(graph, after)
}

function finish(graph: PracticeGraph, upload: MessageUpload): GraphReply {
  const { userId, messageId, name, contentType, size } = upload
  const message = graph.state.collection<StoredMessage>('messages').get(messageId)
  if (!message) throw itemNotFound()
  const bytes = Buffer.concat(upload.parts.map((key) => Buffer.from(readContent(graph.state, key), 'base64')))
  const attachment = {
    id: newAttachmentId(),
    name,
    contentType,
    size,
    content: keepContent(graph.state, bytes.toString('base64')),
  }
  attach(graph, message, attachment)
  uploadsOf(graph).remove(upload.id)
  const item = `users('${userId}')/messages('${formatItemId({ uuid: messageId }, 'restId')}')`
  return { status: 201, headers: { location: `${graph.baseUrl()}/${item}/attachments('${attachment.id}')` } }
}

/** Files on drafts: small ones in one call, larger ones in ranges. */
export const draftAttachmentRoutes: readonly GraphRoute[] = [
  { method: 'POST', template: '{mailbox}/messages/{messageId}/attachments', handler: addSmall },
  { method: 'POST', template: '{mailbox}/messages/{messageId}/attachments/createUploadSession', handler: openSession },
  { method: 'PUT', template: 'messageAttachmentSessions/{sessionId}', handler: putRange },
]
