import type { PracticeUser } from '../../people.ts'
import { addressOf, mailboxOf, nowText } from '../calendar/meeting-mail.ts'
import { anything, flag, invalidRequest, readBody, record } from '../calendar/read-body.ts'
import { readContent } from '../contents.ts'
import type { GraphReply, GraphRoute, PracticeGraph, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import type { Entity } from '../odata-filter.ts'
import { recordMails } from '../outbox.ts'
import { isEntity } from '../resources/entity-reply.ts'
import { type MessageInput, readMessage } from './message-input.ts'
import { addMessage } from './message-store.ts'

const BODY = record('sendMail', { Message: anything, SaveToSentItems: flag })

/** Docs: "user: sendMail". 202: the mail is in the outbox, in the inbox of colleagues, and among the sent items. */
function sendMail(context: RouteContext): GraphReply {
  const { graph, request } = context
  const sender = requireMailbox(context)
  const { Message, SaveToSentItems } = readBody(BODY, request.body)
  if (!isEntity(Message)) throw invalidRequest('A message is required.')
  const input = readMessage(graph, Message)
  const recipients = ['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap((name) =>
    addressesOf(input.properties[name]),
  )
  if (recipients.length === 0) throw invalidRequest("At least one recipient isn't valid. A message needs a recipient.")
  recordMails(graph.state, {
    sentAt: nowText(graph),
    from: sender.mail,
    to: recipients,
    subject: String(input.properties['subject'] ?? ''),
    kind: 'message',
    body: bodyOf(input),
    attachments: input.attachments.map(({ name, contentType, content }) => ({
      name,
      contentType: contentType ?? 'application/octet-stream',
      contentBytes: readContent(graph.state, content),
    })),
  })
  for (const mailbox of mailboxesOf(graph, recipients)) keepCopy(graph, sender, mailbox, input, false)
  if (SaveToSentItems !== false) keepCopy(graph, sender, sender, input, true)
  return { status: 202 }
}

function keepCopy(
  graph: PracticeGraph,
  sender: PracticeUser,
  mailbox: PracticeUser,
  { properties, attachments }: MessageInput,
  isSentItem: boolean,
): void {
  const now = nowText(graph)
  const from = { emailAddress: addressOf(sender) }
  addMessage(graph, {
    mailbox: mailbox.id,
    attachments,
    properties: {
      subject: '',
      bodyPreview: '',
      body: { contentType: 'html', content: '' },
      importance: 'normal',
      inferenceClassification: 'focused',
      toRecipients: [],
      ccRecipients: [],
      replyTo: [],
      ...properties,
      // Nobody but the sender sees who got a blind copy.
      bccRecipients: isSentItem ? (properties['bccRecipients'] ?? []) : [],
      categories: isSentItem ? (properties['categories'] ?? []) : [],
      from,
      sender: from,
      receivedDateTime: now,
      sentDateTime: now,
      hasAttachments: attachments.length > 0,
      isRead: isSentItem,
      isDraft: false,
    },
  })
}

function mailboxesOf(graph: PracticeGraph, addresses: readonly string[]): PracticeUser[] {
  const found = addresses.flatMap((address) => mailboxOf(graph, address) ?? [])
  return [...new Map(found.map((user) => [user.id, user])).values()]
}

function addressesOf(recipients: unknown): string[] {
  if (!Array.isArray(recipients)) return []
  return recipients.flatMap((recipient: Entity) => {
    const { emailAddress } = recipient
    return isEntity(emailAddress) && typeof emailAddress['address'] === 'string' ? [emailAddress['address']] : []
  })
}

function bodyOf({ properties }: MessageInput): string {
  const { body } = properties
  return isEntity(body) && typeof body['content'] === 'string' ? body['content'] : ''
}

export const sendMailRoutes: readonly GraphRoute[] = [
  { method: 'POST', template: '{mailbox}/sendMail', handler: sendMail },
]
