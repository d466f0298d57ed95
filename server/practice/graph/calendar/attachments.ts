import { randomUUID } from 'node:crypto'
import { readContent } from '../contents.ts'
import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import {
  assertQueryFits,
  contextSuffix,
  type Entity,
  listReply,
  type ODataOptions,
  parseQuery,
  selectFrom,
} from '../odata.ts'
import { addAttachment, type NewAttachment } from './add-attachment.ts'
import { viewAttachment } from './attachment-view.ts'
import {
  assertCanRead,
  assertMayChange,
  type CalendarPlace,
  type CalendarScope,
  calendarScope,
  type EventTarget,
  getTarget,
  sightOf,
} from './calendar-access.ts'
import { accessDenied, itemNotFound } from './calendar-store.ts'
import { eventReader } from './event-input.ts'
import { contentOf } from './event-instances.ts'
import { eventsContext } from './event-reply.ts'
import { type AttachmentRef, eventStore } from './event-store.ts'
import { parseItemId } from './exchange-ids.ts'
import { nowText } from './meeting-mail.ts'
import { preferencesOf } from './preferences.ts'
import { anything, flag, ignored, integer, invalidProperty, nullable, readBody, record, text } from './read-body.ts'
import { newException } from './update-event.ts'

/** A single POST takes files under 3 MB ("Attach large files to Outlook messages or events"). */
const SMALL_BYTES_MAX = 3 * 1024 * 1024

const SHAPE = {
  typeName: 'Microsoft.OutlookServices.Attachment',
  properties: new Set(
    'id lastModifiedDateTime name contentType size isInline contentId contentLocation contentBytes'.split(' '),
  ),
  expandable: new Set(['microsoft.graph.itemAttachment/item', 'item']),
}

const common = {
  id: ignored,
  lastModifiedDateTime: ignored,
  name: nullable(text),
  contentType: nullable(text),
  isInline: nullable(flag),
  size: nullable(integer),
}
const fileReader = record('microsoft.graph.fileAttachment', {
  ...common,
  contentBytes: nullable(text),
  contentId: nullable(text),
  contentLocation: nullable(text),
})
const itemReader = record('microsoft.graph.itemAttachment', { ...common, item: anything })

/** GET …/attachments. Graph docs: "List attachments". */
export function listAttachments(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = readable(context, place)
    const options = attachmentQuery(context)
    const preferences = preferencesOf(context.request.headers)
    const view = (ref: AttachmentRef) => withItem(scope, ref, viewAttachment(scope.graph, ref, preferences), options)
    const reply = listReply({
      graph: scope.graph,
      request: context.request,
      options,
      context: attachmentsContext(scope, place, context),
      items: contentOf(target).attachments,
      filterView: view,
      view,
      defaultTop: 1000,
    })
    return { ...reply, headers: preferences.applied }
  }
}

/** GET …/attachments/{id}. Graph docs: "Get attachment". */
export function getAttachment(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = readable(context, place)
    const options = attachmentQuery(context)
    const preferences = preferencesOf(context.request.headers)
    const ref = findAttachment(target, context)
    const view = withItem(scope, ref, viewAttachment(scope.graph, ref, preferences), options)
    return {
      status: 200,
      headers: preferences.applied,
      body: {
        '@odata.context': `${scope.graph.baseUrl()}/$metadata#${attachmentsContext(scope, place, context)}${contextSuffix(options)}/$entity`,
        ...selectFrom(view, options),
      },
    }
  }
}

/** GET …/attachments/{id}/$value: the bytes. */
export function getAttachmentBytes(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = readable(context, place)
    const ref = findAttachment(target, context)
    const bytes = Buffer.from(readContent(scope.graph.state, ref.content), 'base64')
    return { status: 200, headers: { 'content-type': ref.contentType ?? 'application/octet-stream' }, body: bytes }
  }
}

/**
 * POST …/attachments: a file under 3 MB or an item. Attendees get it with the next invitation or update, not before.
 * Graph docs: "Add attachment".
 */
export function postAttachment(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const target = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, target)
    const ref = addAttachment(scope, target, newAttachment(context.request.body))
    const preferences = preferencesOf(context.request.headers)
    return {
      status: 201,
      headers: preferences.applied,
      body: {
        '@odata.context': `${scope.graph.baseUrl()}/$metadata#${attachmentsContext(scope, place, context)}/$entity`,
        ...viewAttachment(scope.graph, ref, preferences),
      },
    }
  }
}

/** DELETE …/attachments/{id}. Mails that carried it keep it. Graph docs: "Delete attachment". */
export function deleteAttachment(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    const target = getTarget(scope, context.params['eventId'] ?? '')
    assertMayChange(scope, target)
    const ref = findAttachment(target, context)
    const { event, date } = target
    const attachments = contentOf(target).attachments.filter((other) => other !== ref)
    const changed =
      date === undefined
        ? { ...event, attachments }
        : {
            ...event,
            exceptions: { ...event.exceptions, [date]: { ...newException(scope.graph, event, date), attachments } },
          }
    eventStore(scope.graph.state).save(changed, nowText(scope.graph))
    return { status: 204 }
  }
}

function newAttachment(body: unknown): NewAttachment {
  const type = String((body as Entity | undefined)?.['@odata.type'] ?? '').replace(/^#/, '')
  if (type === 'microsoft.graph.itemAttachment') {
    const { name, item } = readBody(itemReader, body, 'attachment') as { name?: string; item?: Entity }
    if (!item || typeof item !== 'object') throw invalidProperty('An item attachment needs an item.')
    if (/event$/i.test(String(item['@odata.type'] ?? ''))) readBody(eventReader, item, 'attachment.item')
    const json = Buffer.from(JSON.stringify({ id: randomUUID(), ...item }))
    const subject = typeof item['subject'] === 'string' ? item['subject'] : ''
    return { kind: 'item', name: name ?? subject, contentType: null, bytes: json, isInline: false, contentId: null }
  }
  if (type !== 'microsoft.graph.fileAttachment') {
    throw new GraphError(
      400,
      'RequestBodyRead',
      "Specify '@odata.type' of the attachment: fileAttachment or itemAttachment.",
    )
  }
  const given = readBody(fileReader, body, 'attachment') as {
    name?: string | null
    contentBytes?: string | null
    contentType?: string | null
    contentId?: string | null
    isInline?: boolean | null
  }
  if (!given.name) throw invalidProperty('A file attachment needs a name.')
  const bytes = readBase64(given.contentBytes ?? '')
  if (bytes.length >= SMALL_BYTES_MAX) {
    throw new GraphError(413, 'ErrorAttachmentSizeLimitExceeded', 'Use an upload session for files of 3 MB and more.')
  }
  const { name, contentType, contentId, isInline } = given
  return {
    kind: 'file',
    name,
    contentType: contentType ?? contentTypeOf(name),
    bytes,
    isInline: isInline ?? false,
    contentId: contentId ?? null,
  }
}

function readBase64(given: string): Buffer {
  // Graph's own example of a file attachment writes the word before the value.
  const encoded = given.length % 4 !== 0 && given.startsWith('base64') ? given.slice('base64'.length) : given
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.length % 4 !== 0) {
    throw new GraphError(400, 'RequestBodyRead', "Cannot read the value of 'contentBytes' as 'Edm.Binary'.")
  }
  return Buffer.from(encoded, 'base64')
}

const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  html: 'text/html',
  csv: 'text/csv',
  ics: 'text/calendar',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}
/** What Exchange makes of a file name when the client names no type. */
export function contentTypeOf(name: string): string {
  return TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

function readable(context: RouteContext, place: CalendarPlace): { scope: CalendarScope; target: EventTarget } {
  const scope = calendarScope(context, place)
  assertCanRead(scope)
  const target = getTarget(scope, context.params['eventId'] ?? '')
  if (sightOf(scope, contentOf(target)) !== 'full') throw accessDenied()
  return { scope, target }
}

function findAttachment(target: EventTarget, { params }: RouteContext): AttachmentRef {
  const uuid = parseItemId(params['attachmentId'] ?? '')?.core.uuid
  const ref = contentOf(target).attachments.find(({ id }) => id === uuid)
  if (!ref) throw itemNotFound()
  return ref
}

function attachmentQuery({ request }: RouteContext): ODataOptions {
  const options = parseQuery(request.query)
  assertQueryFits(options, SHAPE)
  return options
}

function attachmentsContext(scope: CalendarScope, place: CalendarPlace, context: RouteContext): string {
  const eventId = encodeURIComponent(context.params['eventId'] ?? '')
  return `${eventsContext(scope, place, context)}('${eventId}')/attachments`
}

function withItem({ graph }: CalendarScope, ref: AttachmentRef, view: Entity, { expand }: ODataOptions): Entity {
  if (ref.kind !== 'item' || expand.length === 0) return view
  const json = Buffer.from(readContent(graph.state, ref.content), 'base64').toString('utf8')
  const item: Entity = JSON.parse(json)
  const type = String(item['@odata.type'] ?? 'microsoft.graph.event').replace(/^#?/, '#')
  return { ...view, item: { ...item, '@odata.type': type } }
}
