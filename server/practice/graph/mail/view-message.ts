import { instanceOn, wholeInstance } from '../calendar/event-instances.ts'
import { eventStore } from '../calendar/event-store.ts'
import { formatItemId } from '../calendar/exchange-ids.ts'
import { htmlToText, safeHtml } from '../calendar/html-body.ts'
import type { Preferences } from '../calendar/preferences.ts'
import { invalidRequest } from '../calendar/read-body.ts'
import { viewEvent } from '../calendar/view-event.ts'
import { readContent } from '../contents.ts'
import type { PracticeGraph } from '../dispatch.ts'
import type { InboxAttachment } from '../inbox.ts'
import { type Entity, type ExpandItem, type ODataOptions, selectFrom } from '../odata.ts'
import { isEntity, shapeOf } from '../resources/entity-reply.ts'
import { viewExtension } from '../resources/open-extensions.ts'
import type { StoredMessage } from './message-store.ts'

const EVENT = 'microsoft.graph.eventmessage/event'

export const MESSAGE_SHAPE = shapeOf(
  'Microsoft.OutlookServices.Message',
  'id createdDateTime lastModifiedDateTime changeKey categories receivedDateTime sentDateTime hasAttachments internetMessageId subject bodyPreview body importance parentFolderId sender from toRecipients ccRecipients bccRecipients replyTo conversationId conversationIndex isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink inferenceClassification flag internetMessageHeaders uniqueBody meetingMessageType meetingRequestType responseType proposedNewTime startDateTime endDateTime location recurrence isAllDay isDelegated isOutOfDate type allowNewTimeProposals responseRequested previousStartDateTime previousEndDateTime previousLocation'.split(
    ' ',
  ),
  [
    'attachments',
    'extensions',
    'singleValueExtendedProperties',
    'multiValueExtendedProperties',
    'microsoft.graph.eventMessage/event',
  ],
)

/** A message as Graph answers it, without what `$expand` brings. */
function viewMessage(message: StoredMessage, preferences: Preferences): Entity {
  const id = formatItemId({ uuid: message.id }, preferences.idFormat)
  const { body, '@odata.type': type, ...properties } = message.properties
  return {
    ...(typeof type === 'string' ? { '@odata.type': type.startsWith('#') ? type : `#${type}` } : {}),
    '@odata.etag': `W/"${message.changeKey}"`,
    id,
    createdDateTime: message.createdAt,
    lastModifiedDateTime: message.modifiedAt,
    changeKey: message.changeKey,
    categories: [],
    internetMessageId: `<${message.id}@practice.example>`,
    parentFolderId: `AQMkADFm${Buffer.from(message.mailbox.replaceAll('-', ''), 'hex').toString('base64url')}AAA=`,
    conversationId: `AAQkADFm${Buffer.from(message.id.replaceAll('-', ''), 'hex').toString('base64url')}AAA=`,
    conversationIndex: conversationIndex(message),
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    flag: { flagStatus: 'notFlagged' },
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}&exvsurl=1&viewmodel=ReadMessageItem`,
    ...properties,
    body: viewBody(body, preferences),
  }
}

/** 22 bytes, as the first message of a conversation carries: a mark, the time, and a GUID. */
function conversationIndex({ id, createdAt }: StoredMessage): string {
  const seconds = Buffer.alloc(5)
  seconds.writeUIntBE(Math.floor(Date.parse(createdAt) / 1000), 0, 5)
  return Buffer.concat([Buffer.from([1]), seconds, Buffer.from(id.replaceAll('-', ''), 'hex')]).toString('base64')
}

function viewBody(body: unknown, { bodyAsText, unsafeHtml }: Preferences): Entity {
  const html = isEntity(body) && typeof body['content'] === 'string' ? body['content'] : ''
  if (bodyAsText) return { contentType: 'text', content: htmlToText(html) }
  return { contentType: 'html', content: unsafeHtml ? html : safeHtml(html) }
}

/** What `$filter` may look into beside the message itself. */
export function filterView(message: StoredMessage, preferences: Preferences): Entity {
  return {
    ...viewMessage(message, preferences),
    extensions: (message.extensions ?? []).map((extension) => ({ ...extension, id: extension.extensionName })),
    singleValueExtendedProperties: message.singleValueProperties ?? [],
    multiValueExtendedProperties: message.multiValueProperties ?? [],
  }
}

/** With `$select` and `$expand` as asked. */
export function viewMessageFor(
  graph: PracticeGraph,
  message: StoredMessage,
  preferences: Preferences,
  options: ODataOptions,
): Entity {
  const expanded = options.expand.flatMap((item) => expansion(graph, message, preferences, item))
  return { ...selectFrom(viewMessage(message, preferences), options), ...Object.fromEntries(expanded) }
}

function expansion(
  graph: PracticeGraph,
  message: StoredMessage,
  preferences: Preferences,
  { name, options }: ExpandItem,
): [string, unknown][] {
  const { filter } = options
  const part = name.toLowerCase()
  if (part === EVENT) return [['event', viewEventOf(graph, message, preferences) ?? null]]
  if (part === 'attachments') {
    const all = message.attachments.map((attachment) => viewMailAttachment(graph, message, attachment))
    return [['attachments', all.map((attachment) => selectFrom(attachment, options))]]
  }
  if (part === 'extensions') {
    const all = message.extensions ?? []
    const found = all.filter((extension) => !filter || filter.test({ ...extension, id: extension.extensionName }))
    return [['extensions', found.map(viewExtension)]]
  }
  if (!filter) throw invalidRequest(`$expand of ${name} needs a $filter by id.`)
  const isSingle = part.startsWith('single')
  const all: readonly Entity[] = (isSingle ? message.singleValueProperties : message.multiValueProperties) ?? []
  const found = all.filter((property) => filter.test(property))
  const property = isSingle ? 'singleValueExtendedProperties' : 'multiValueExtendedProperties'
  return found.length > 0 ? [[property, found]] : []
}

/** The calendar item that a meeting message is about; undefined when it is gone or there never was one. */
export function viewEventOf(
  graph: PracticeGraph,
  message: StoredMessage,
  preferences: Preferences,
): Entity | undefined {
  if (!message.event) return undefined
  const event = eventStore(graph.state).get(message.event.id)
  if (event?.mailbox !== message.mailbox) return undefined
  const { date } = message.event
  const instance = date === undefined ? wholeInstance(event) : instanceOn(event, date)
  if (!instance) return undefined
  return viewEvent(instance, { graph, preferences, sight: 'full' })
}

export function viewMailAttachment(graph: PracticeGraph, message: StoredMessage, attachment: InboxAttachment): Entity {
  const { id, name, contentType, size, content } = attachment
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    '@odata.mediaContentType': contentType,
    id,
    lastModifiedDateTime: message.createdAt,
    name,
    contentType,
    size,
    isInline: false,
    contentId: null,
    contentLocation: null,
    contentBytes: readContent(graph.state, content),
  }
}
