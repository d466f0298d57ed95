import type { PracticeUser } from '../../people.ts'
import { readContent } from '../contents.ts'
import type { PracticeGraph } from '../dispatch.ts'
import { deliverMessage, type InboxMessage } from '../inbox.ts'
import type { Entity } from '../odata-filter.ts'
import { type MailKind, recordMails } from '../outbox.ts'
import { findUserByAddress } from '../router.ts'
import { contentOf, type Instance, instanceOn, wholeInstance } from './event-instances.ts'
import type { EmailAddress, StoredEvent } from './event-store.ts'
import { formatItemId } from './exchange-ids.ts'
import { bodyPreview, normaliseBody } from './html-body.ts'
import { recurrenceSummary } from './recurrence.ts'
import { iCalUIdOf } from './view-event.ts'
import { graphWall } from './zone-clock.ts'

/** A mail about a meeting, or about one occurrence of it. */
export type MeetingMail = {
  readonly kind: MailKind
  /** The item whose times and content the mail shows. */
  readonly event: StoredEvent
  readonly date: string | undefined
  readonly from: EmailAddress
  /** Who really sent it, when somebody acts for `from`. */
  readonly sender?: EmailAddress | undefined
  readonly to: readonly EmailAddress[]
  readonly subject: string
  readonly comment?: string | undefined
  readonly withAttachments: boolean
  /** Members of Graph's eventMessage that differ by kind of mail. */
  readonly message: Entity
}

export const addressOf = (user: PracticeUser): EmailAddress => ({ name: user.displayName, address: user.mail })

/** Whether two addresses are the same person's. */
export function isAddressOf(user: PracticeUser, address: string): boolean {
  return [user.mail, user.userPrincipalName].some((own) => own.toLowerCase() === address.toLowerCase())
}

export function instanceOf(event: StoredEvent, date: string | undefined): Instance {
  return (date === undefined ? undefined : instanceOn(event, date)) ?? { ...wholeInstance(event), date }
}

/** The tenant's mailbox behind an address; undefined for outsiders and people without a mailbox. */
export function mailboxOf(graph: PracticeGraph, address: string): PracticeUser | undefined {
  const user = findUserByAddress(graph, address)
  return user?.hasMailbox ? user : undefined
}

/** One mail per recipient in the outbox. What colleagues find in their inbox is a separate step: it names their own copy. */
export function mailMeeting(graph: PracticeGraph, mail: MeetingMail): void {
  const { event, date } = mail
  const instance = instanceOf(event, date)
  const content = contentOf(instance)
  const attachments = mail.withAttachments ? content.attachments : []
  recordMails(graph.state, {
    sentAt: nowText(graph),
    from: mail.from.address,
    to: mail.to.map(({ address }) => address),
    subject: mail.subject,
    kind: mail.kind,
    body: bodyOf(mail, content.body),
    eventId: formatItemId(date === undefined ? { uuid: event.id } : { uuid: event.id, date }, 'restId'),
    iCalUId: iCalUIdOf(graph, event.uid, date),
    start: new Date(instance.startMs).toISOString(),
    end: new Date(instance.endMs).toISOString(),
    ...(event.recurrence && date === undefined ? { recurrence: recurrenceSummary(event.recurrence) } : {}),
    attachments: attachments.map(({ name, contentType, content: key }) => ({
      name,
      contentType: contentType ?? 'application/octet-stream',
      contentBytes: readContent(graph.state, key),
    })),
  })
}

/** Puts the mail into a colleague's inbox as an eventMessage. @param about their own calendar item, if they have one */
export function deliverMeetingMessage(
  graph: PracticeGraph,
  mailbox: PracticeUser,
  mail: MeetingMail,
  about: InboxMessage['event'],
): void {
  const instance = instanceOf(mail.event, mail.date)
  const content = contentOf(instance)
  const html = bodyOf(mail, content.body)
  const now = nowText(graph)
  const attachments = mail.withAttachments ? content.attachments : []
  deliverMessage(graph.state, now, {
    mailbox: mailbox.id,
    ...(about ? { event: about } : {}),
    attachments: attachments.map(({ id, name, contentType, size, content: key }) => ({
      id,
      name,
      contentType,
      size,
      content: key,
    })),
    properties: {
      ...mail.message,
      receivedDateTime: now,
      sentDateTime: now,
      hasAttachments: attachments.length > 0,
      subject: mail.subject,
      bodyPreview: bodyPreview(html),
      body: { contentType: 'html', content: html },
      importance: content.importance,
      inferenceClassification: 'focused',
      isRead: false,
      isDraft: false,
      from: { emailAddress: mail.from },
      sender: { emailAddress: mail.sender ?? mail.from },
      toRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
      ccRecipients: [],
      bccRecipients: [],
      replyTo: [],
      isOutOfDate: false,
      isAllDay: content.isAllDay,
      isDelegated: false,
      type: instance.type,
      startDateTime: utc(instance.startMs),
      endDateTime: utc(instance.endMs),
      location: content.locations[0] ?? null,
      recurrence: mail.date === undefined ? mail.event.recurrence : null,
    },
  })
}

const utc = (ms: number) => ({ dateTime: graphWall(ms), timeZone: 'UTC' })

function bodyOf({ comment, kind }: MeetingMail, eventBody: string): string {
  if (kind === 'response' || kind === 'message') return normaliseBody(comment ?? '', 'text')
  if (!comment) return eventBody
  const note = normaliseBody(comment, 'text').replace(/^[\s\S]*<body>\s*|\s*<\/body>[\s\S]*$/g, '')
  return eventBody.replace(/<body>/, `<body>\r\n${note}`)
}

/** Now, as Graph writes it on items. */
export function nowText(graph: PracticeGraph): string {
  return graph.clock.now().toString({ fractionalSecondDigits: 7 })
}
