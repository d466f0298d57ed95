import { itemNotFound } from '../calendar/calendar-store.ts'
import { formatItemId } from '../calendar/exchange-ids.ts'
import { nowText } from '../calendar/meeting-mail.ts'
import { preferencesOf } from '../calendar/preferences.ts'
import { invalidRequest } from '../calendar/read-body.ts'
import { GraphError, type GraphReply, type GraphRoute, type RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, contextSuffix, listReply, parseQuery, selectFrom } from '../odata.ts'
import { assertIfMatch, userContext } from '../resources/entity-reply.ts'
import { extensionRoutes } from '../resources/open-extensions.ts'
import { readMessage } from './message-input.ts'
import {
  addMessage,
  changeMessage,
  getMessage,
  listMessages,
  removeMessage,
  type StoredMessage,
} from './message-store.ts'
import { filterView, MESSAGE_SHAPE, viewEventOf, viewMailAttachment, viewMessageFor } from './view-message.ts'

/** What may be changed on a message that was sent or received. */
const CHANGEABLE = new Set(['categories', 'flag', 'importance', 'inferenceClassification', 'isRead'])

function messageOf(context: RouteContext): StoredMessage {
  return getMessage(context.graph, requireMailbox(context), context.params['messageId'])
}

function list(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const options = parseQuery(request.query)
  assertQueryFits(options, MESSAGE_SHAPE)
  if (options.search !== undefined) throw invalidRequest('The practice tenant does not search messages.')
  const preferences = preferencesOf(request.headers)
  const reply = listReply({
    graph,
    request,
    options,
    context: userContext(user, 'messages'),
    items: listMessages(graph, user),
    filterView: (message) => filterView(message, preferences),
    // `$select` is applied inside, so that what `$expand` brings survives it.
    view: (message) => viewMessageFor(graph, message, preferences, options),
  })
  return { ...reply, headers: preferences.applied }
}

function replyWith(context: RouteContext, message: StoredMessage, status = 200): GraphReply {
  const { graph, request } = context
  const options = parseQuery(request.query)
  assertQueryFits(options, MESSAGE_SHAPE)
  const preferences = preferencesOf(request.headers)
  const metadata = `${userContext(requireMailbox(context), 'messages')}${contextSuffix(options)}/$entity`
  return {
    status,
    headers: preferences.applied,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${metadata}`,
      ...viewMessageFor(graph, message, preferences, options),
    },
  }
}

/** A new message is a draft; whoever made it is no sender yet. */
function createDraft(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const { properties, ...parts } = readMessage(graph, request.body)
  const now = nowText(graph)
  const draft = addMessage(graph, {
    ...parts,
    mailbox: user.id,
    properties: {
      subject: '',
      bodyPreview: '',
      body: { contentType: 'html', content: '' },
      importance: 'normal',
      inferenceClassification: 'focused',
      sender: null,
      from: null,
      toRecipients: [],
      ccRecipients: [],
      bccRecipients: [],
      replyTo: [],
      ...properties,
      receivedDateTime: now,
      sentDateTime: now,
      hasAttachments: parts.attachments.length > 0,
      isRead: true,
      isDraft: true,
    },
  })
  const reply = replyWith(context, draft, 201)
  if (parts.extensions.length === 0) return reply
  // The reply to a create shows the extensions it made ("Create open extension").
  const options = parseQuery(new URLSearchParams({ $expand: 'extensions' }))
  const shown = viewMessageFor(graph, draft, preferencesOf(request.headers), options)
  return { ...reply, body: { ...(reply.body as object), extensions: shown['extensions'] } } // replyWith answers objects
}

function update(context: RouteContext): GraphReply {
  const { graph, request } = context
  const before = messageOf(context)
  assertIfMatch(request, `W/"${before.changeKey}"`)
  const { properties, singleValueProperties, multiValueProperties } = readMessage(graph, request.body)
  const fixed = Object.keys(properties).find((name) => !CHANGEABLE.has(name))
  if (fixed !== undefined && before.properties['isDraft'] !== true) {
    throw new GraphError(400, 'ErrorInvalidPropertySet', `The property '${fixed}' of a sent message cannot be changed.`)
  }
  const after = changeMessage(graph, {
    ...before,
    properties: { ...before.properties, ...properties },
    singleValueProperties: merge(before.singleValueProperties ?? [], singleValueProperties),
    multiValueProperties: merge(before.multiValueProperties ?? [], multiValueProperties),
  })
  return replyWith(context, after)
}

function merge<Property extends { readonly id: string }>(
  before: readonly Property[],
  given: readonly Property[],
): readonly Property[] {
  const ids = new Set(given.map(({ id }) => id))
  return [...before.filter(({ id }) => !ids.has(id)), ...given]
}

function remove(context: RouteContext): GraphReply {
  const message = messageOf(context)
  assertIfMatch(context.request, `W/"${message.changeKey}"`)
  removeMessage(context.graph, message)
  return { status: 204 }
}

function listAttachments(context: RouteContext): GraphReply {
  const { graph, request } = context
  const message = messageOf(context)
  const options = parseQuery(request.query)
  const metadata = `${messageContext(context, message)}/attachments${contextSuffix(options)}`
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${metadata}`,
      value: message.attachments.map((one) => selectFrom(viewMailAttachment(graph, message, one), options)),
    },
  }
}

function readAttachment(context: RouteContext): GraphReply {
  const { graph, request, params } = context
  const message = messageOf(context)
  const found = message.attachments.find(({ id }) => id === params['attachmentId'])
  if (!found) throw itemNotFound()
  const options = parseQuery(request.query)
  const metadata = `${messageContext(context, message)}/attachments${contextSuffix(options)}/$entity`
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${metadata}`,
      ...selectFrom(viewMailAttachment(graph, message, found), options),
    },
  }
}

function readEvent(context: RouteContext): GraphReply {
  const { graph, request } = context
  const message = messageOf(context)
  const event = viewEventOf(graph, message, preferencesOf(request.headers))
  if (!event) throw itemNotFound()
  const metadata = `${messageContext(context, message)}/microsoft.graph.eventMessage/event/$entity`
  return { status: 200, body: { '@odata.context': `${graph.baseUrl()}/$metadata#${metadata}`, ...event } }
}

function messageContext(context: RouteContext, message: StoredMessage): string {
  return userContext(
    requireMailbox(context),
    `messages('${encodeURIComponent(formatItemId({ uuid: message.id }, 'restId'))}')`,
  )
}

const ONE = '{mailbox}/messages/{messageId}'

/** Docs: "List messages", "Create message", "Update message", "Get eventMessage" and neighbours. */
export const messageRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/messages', handler: list },
  { method: 'POST', template: '{mailbox}/messages', handler: createDraft },
  { method: 'GET', template: ONE, handler: (context) => replyWith(context, messageOf(context)) },
  { method: 'PATCH', template: ONE, handler: update },
  { method: 'DELETE', template: ONE, handler: remove },
  { method: 'GET', template: `${ONE}/attachments`, handler: listAttachments },
  { method: 'GET', template: `${ONE}/attachments/{attachmentId}`, handler: readAttachment },
  { method: 'GET', template: `${ONE}/microsoft.graph.eventMessage/event`, handler: readEvent },
  ...extensionRoutes(ONE, (context) => {
    const message = messageOf(context)
    return {
      extensions: message.extensions ?? [],
      context: messageContext(context, message),
      save: (extensions) => {
        changeMessage(context.graph, { ...message, extensions })
      },
    }
  }),
]
