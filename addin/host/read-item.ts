import { HostTimeout, within } from '../../shared/client/within.ts'
import { isSupported } from './start-office.ts'

/** What is open in Outlook beside the pane. `eventId` is the REST id in the viewer's own mailbox; `startsAt` RFC 3339 in UTC. */
export type OpenItem =
  | { readonly kind: 'none' }
  /** An appointment that was never saved: nothing on the server belongs to it. */
  | { readonly kind: 'new-appointment' }
  | {
      readonly kind: 'appointment'
      readonly as: 'organizer' | 'attendee'
      readonly eventId: string
      readonly startsAt?: string
    }
  /** A message. Of a meeting request we cannot tell the meeting: its id is another one. */
  | { readonly kind: 'message'; readonly isMeeting: boolean; readonly subject: string; readonly from: string }

const CALL_LIMIT_MS = 10_000

/**
 * Tells what is open, by the shape of the item rather than by the button that was pressed: clients differ in which form
 * they open for an own meeting. An occurrence is named by its series and its start, because Outlook's ids of occurrences
 * are the series' own in some clients and missing in others.
 * Office docs: "Get or set Outlook item data", "Get and set recurrence".
 */
export async function readItem(): Promise<OpenItem> {
  const { mailbox } = Office.context as Partial<Office.Context>
  const item = mailbox?.item
  if (!mailbox || !item) return { kind: 'none' }
  if (item.itemType !== Office.MailboxEnums.ItemType.Appointment) return readMessage(item)
  return readAppointment(mailbox, item)
}

type Message = Office.MessageRead | Office.MessageCompose

/** The manifest opens the pane on messages that are read only; one that is being written asks nothing of its writer. */
function readMessage(item: Message): OpenItem {
  const { subject, from, itemClass } = item as Partial<Office.MessageRead>
  return {
    kind: 'message',
    isMeeting: itemClass?.startsWith('IPM.Schedule.Meeting') ?? false,
    subject: typeof subject === 'string' ? subject : '',
    from: from?.displayName || from?.emailAddress || '',
  }
}

type Appointment = Office.AppointmentRead | Office.AppointmentCompose

// In a form that can be written, the subject is an object with getAsync; in one that is only read, it is the text.
const isRead = (item: Appointment): item is Office.AppointmentRead => typeof item.subject === 'string'

async function readAppointment(mailbox: Office.Mailbox, item: Appointment): Promise<OpenItem> {
  if (isRead(item)) {
    const id = item.seriesId || item.itemId
    if (!id) return { kind: 'none' }
    return { kind: 'appointment', as: 'attendee', eventId: toRestId(mailbox, id), ...startOf(item.start) }
  }
  const id = item.seriesId || (await findOwnId(item))
  if (!id) return { kind: 'new-appointment' }
  const start = await result<Date>((done) => item.start.getAsync(done))
  return { kind: 'appointment', as: 'organizer', eventId: toRestId(mailbox, id), ...startOf(start) }
}

/** Id of the appointment being written; nothing while it was never saved. */
async function findOwnId(item: Office.AppointmentCompose): Promise<string | undefined> {
  if (!isSupported('Mailbox', '1.8')) return undefined
  try {
    return await result<string>((done) => item.getItemIdAsync(done))
  } catch (error) {
    if (error instanceof HostTimeout) throw error
    // ItemNotSaved; whatever else may stand here, there is no id to ask the service about.
    return undefined
  }
}

/** Mobile Outlook hands out REST ids itself and does not know the conversion. */
function toRestId(mailbox: Office.Mailbox, id: string): string {
  const { hostName } = mailbox.diagnostics
  if (hostName === 'OutlookIOS' || hostName === 'OutlookAndroid') return id
  return mailbox.convertToRestId(id, Office.MailboxEnums.RestVersion.v2_0)
}

const startOf = (start: Date | undefined) =>
  start && !Number.isNaN(start.getTime()) ? { startsAt: start.toISOString().replace('.000Z', 'Z') } : {}

/** An Office callback as a promise with a time limit. */
function result<Value>(call: (done: (result: Office.AsyncResult<Value>) => void) => void): Promise<Value> {
  return within(
    CALL_LIMIT_MS,
    new Promise<Value>((resolve, reject) =>
      call(({ status, value, error }) =>
        status === Office.AsyncResultStatus.Succeeded ? resolve(value) : reject(new Error(error.name)),
      ),
    ),
  )
}
