import type { Temporal } from 'temporal-polyfill'
import type { PaneAddress, PaneFacts, PaneItem, PaneTheme } from '../office/host-messages.ts'
import type { OutboxMail, PracticePerson } from '../practice-api.ts'
import { type CalendarItem, type GraphAddress, instantsOf } from './calendar-item.ts'

/** What is open beside the pane. */
export type OpenThing =
  | { readonly kind: 'new' }
  | { readonly kind: 'item'; readonly item: CalendarItem }
  | { readonly kind: 'mail'; readonly mail: OutboxMail }

/** Names the open thing, so that another one gets a pane of its own. */
export function keyOf(open: OpenThing): string {
  if (open.kind === 'item') return open.item.id
  return open.kind === 'mail' ? open.mail.id : 'new'
}

export type PaneSituation = {
  readonly person: PracticePerson
  readonly theme: PaneTheme
  readonly timeZone: string
  /** The practice clock's instant. */
  readonly now: Temporal.Instant
}

/** What Outlook would tell the add-in about the open thing. */
export function factsFor(open: OpenThing, { person, theme, timeZone, now }: PaneSituation): PaneFacts {
  const { userPrincipalName, displayName } = person
  return {
    theme,
    user: { userPrincipalName, displayName, timeZone: person.timeZone },
    item: paneItem(open, { person, timeZone, now }),
  }
}

function paneItem(open: OpenThing, { person, timeZone, now }: Omit<PaneSituation, 'theme'>): PaneItem {
  switch (open.kind) {
    case 'new': {
      const nextHour = now.toZonedDateTimeISO(timeZone).round({ smallestUnit: 'hour', roundingMode: 'ceil' })
      return {
        kind: 'appointment',
        form: 'compose',
        subject: '',
        startsAt: nextHour.toInstant().toString(),
        endsAt: nextHour.add({ minutes: 30 }).toInstant().toString(),
        location: '',
        organizer: { name: person.displayName, address: person.mail },
        attendees: [],
      }
    }
    case 'item':
      return {
        kind: 'appointment',
        // Whoever organizes gets the form that can be written, whoever was invited the one to read.
        form: open.item.isOrganizer ? 'compose' : 'read',
        id: open.item.id,
        ...(open.item.seriesMasterId ? { seriesId: open.item.seriesMasterId } : {}),
        subject: open.item.subject ?? '',
        ...instantsOf(open.item, timeZone),
        location: open.item.location?.displayName ?? '',
        organizer: address(open.item.organizer),
        attendees: (open.item.attendees ?? []).map(address),
      }
    case 'mail':
      return {
        kind: 'message',
        isMeeting: open.mail.kind !== 'message',
        id: open.mail.id,
        subject: open.mail.subject,
        from: { name: open.mail.from, address: open.mail.from },
      }
  }
}

const address = (graph: GraphAddress | undefined): PaneAddress => ({
  name: graph?.emailAddress.name ?? '',
  address: graph?.emailAddress.address ?? '',
})
