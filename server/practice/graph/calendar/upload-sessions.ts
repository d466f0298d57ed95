import { randomBytes } from 'node:crypto'
import type { PracticeDocument } from '../../state.ts'
import { keepContent, readContent } from '../contents.ts'
import { GraphError, type GraphReply, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { findUser } from '../router.ts'
import { addAttachment } from './add-attachment.ts'
import { contentTypeOf } from './attachments.ts'
import { assertMayChange, type CalendarPlace, type CalendarScope, calendarScope, getTarget } from './calendar-access.ts'
import { accessDenied } from './calendar-store.ts'
import { formatItemId, type ItemCore } from './exchange-ids.ts'
import { flag, integer, invalidProperty, invalidRequest, nullable, oneOf, readBody, record, text } from './read-body.ts'

const BYTES_MIN = 3 * 1024 * 1024
const BYTES_MAX = 150 * 1024 * 1024
const RANGE_BYTES_MAX = 4 * 1024 * 1024
const HOUR_MS = 3_600_000

/** An upload under way; its ranges are kept one by one. Collection `upload-sessions`. */
type UploadSession = PracticeDocument & {
  readonly mailbox: string
  readonly core: ItemCore
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly isInline: boolean
  readonly contentId: string | null
  /** Epoch milliseconds. */
  readonly expiresAt: number
  readonly received: number
  readonly parts: readonly string[]
}

const sessionReader = record('createUploadSession', {
  attachmentItem: record('microsoft.graph.attachmentItem', {
    attachmentType: oneOf(['file', 'item', 'reference']),
    name: text,
    size: integer,
    contentType: nullable(text),
    isInline: nullable(flag),
    contentId: nullable(text),
  }),
})

/** Where uploads go. The address is the permission: such requests carry no token. `path` below `/v1.0`. */
export const isUploadPath = (path: string): boolean => /^\/attachmentSessions\//i.test(path)

/**
 * POST …/attachments/createUploadSession, for files of 3 to 150 MB; a signed-in user only in their own mailbox.
 * Graph docs: "attachment: createUploadSession", "Known issues".
 */
export function createUploadSession(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const { graph, request } = context
    if (scope.onBehalf) throw accessDenied()
    const target = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, target)
    const { attachmentItem } = readBody(sessionReader, request.body, 'createUploadSession') as {
      attachmentItem?: {
        attachmentType?: string
        name?: string
        size?: number
        contentType?: string | null
        isInline?: boolean | null
        contentId?: string | null
      }
    }
    const { attachmentType, name, size } = attachmentItem ?? {}
    if (attachmentType !== 'file' || !name || size === undefined) {
      throw invalidProperty('AttachmentItem needs attachmentType file, a name and a size.')
    }
    if (size < BYTES_MIN || size > BYTES_MAX) {
      throw invalidRequest('An upload session takes files between 3 MB and 150 MB.')
    }
    const id = randomBytes(24).toString('base64url')
    const { date } = target
    const expiresAt = graph.clock.now().epochMilliseconds + HOUR_MS
    sessionsOf(graph).put({
      id,
      mailbox: scope.owner.id,
      core: { uuid: target.event.id, ...(date === undefined ? {} : { date }) },
      name,
      contentType: attachmentItem?.contentType ?? contentTypeOf(name),
      size,
      isInline: attachmentItem?.isInline ?? false,
      contentId: attachmentItem?.contentId ?? null,
      expiresAt,
      received: 0,
      parts: [],
    })
    return {
      status: 201,
      body: {
        '@odata.context': `${graph.baseUrl()}/$metadata#microsoft.graph.uploadSession`,
        uploadUrl: `${graph.baseUrl()}/attachmentSessions/${id}`,
        expirationDateTime: new Date(expiresAt).toISOString(),
        nextExpectedRanges: ['0-'],
      },
    }
  }
}

/** PUT of one byte range, in order; the last one answers 201 with the attachment's address. */
export function putUploadRange({ graph, request, params }: RouteContext): GraphReply {
  const session = getSession(graph, params['sessionId'] ?? '')
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(request.headers['content-range'] ?? '')
  if (!match) throw invalidRequest('The Content-Range header must be `bytes {start}-{end}/{total}`.')
  const [start = 0, end = 0, total = 0] = match.slice(1).map(Number)
  const bytes = request.body instanceof Uint8Array ? Buffer.from(request.body) : Buffer.alloc(0)
  if (total !== session.size || end < start || bytes.length !== end - start + 1 || end >= total) {
    throw invalidRequest('The Content-Range header does not fit the bytes or the size of the session.')
  }
  if (bytes.length > RANGE_BYTES_MAX)
    throw new GraphError(413, 'ErrorMessageSizeExceeded', 'A range takes at most 4 MB.')
  if (start !== session.received) {
    throw new GraphError(416, 'InvalidRange', `The next expected range starts at ${session.received}.`)
  }
  const parts = [...session.parts, keepContent(graph.state, bytes.toString('base64'))]
  if (end + 1 < total) {
    sessionsOf(graph).put({ ...session, parts, received: end + 1 })
    return {
      status: 200,
      body: {
        '@odata.context': `${graph.baseUrl()}/$metadata#microsoft.graph.uploadSession`,
        expirationDateTime: new Date(session.expiresAt).toISOString(),
        nextExpectedRanges: [`${end + 1}-`],
      },
    }
  }
  return finish(graph, session, parts)
}

/** DELETE of the upload address: gives up. */
export function deleteUploadSession({ graph, params }: RouteContext): GraphReply {
  sessionsOf(graph).remove(getSession(graph, params['sessionId'] ?? '').id)
  return { status: 204 }
}

function finish(graph: PracticeGraph, session: UploadSession, parts: readonly string[]): GraphReply {
  const owner = findUser(graph, session.mailbox)
  if (!owner) throw accessDenied()
  const scope: CalendarScope = { graph, owner, calendar: undefined, role: 'owner', onBehalf: undefined }
  const eventId = formatItemId(session.core, 'restId')
  const target = getTarget(scope, eventId)
  const { name, contentType, isInline, contentId } = session
  const bytes = Buffer.concat(parts.map((key) => Buffer.from(readContent(graph.state, key), 'base64')))
  const ref = addAttachment(scope, target, { kind: 'file', name, contentType, isInline, contentId, bytes })
  sessionsOf(graph).remove(session.id)
  const attachmentId = formatItemId({ uuid: ref.id }, 'restId')
  const location = `${graph.baseUrl()}/users('${session.mailbox}')/events('${eventId}')/attachments('${attachmentId}')`
  return { status: 201, headers: { location } }
}

function getSession(graph: PracticeGraph, id: string): UploadSession {
  const session = sessionsOf(graph).get(id)
  if (!session || session.expiresAt <= graph.clock.now().epochMilliseconds) {
    throw new GraphError(404, 'ErrorItemNotFound', 'The upload session was not found or has expired.')
  }
  return session
}

const sessionsOf = (graph: PracticeGraph) => graph.state.collection<UploadSession>('upload-sessions')
