import { Temporal } from 'temporal-polyfill'

/** An address as Graph writes it. */
export type GraphAddress = { readonly emailAddress: { readonly name?: string; readonly address?: string } }

/** The parts of a Graph event that a calendar shows. `dateTime` is wall time in the zone that was asked for. */
export type GraphEvent = {
  readonly id: string
  readonly subject: string | null
  readonly start: { readonly dateTime: string }
  readonly end: { readonly dateTime: string }
  readonly isAllDay: boolean
  readonly isCancelled: boolean
  readonly isOrganizer: boolean
  readonly showAs: string
  readonly type: string
  readonly seriesMasterId?: string | null
  readonly hasAttachments: boolean
  readonly bodyPreview: string
  readonly location?: { readonly displayName?: string }
  readonly organizer?: GraphAddress
  readonly attendees?: readonly (GraphAddress & { readonly status?: { readonly response?: string } })[]
  readonly onlineMeeting?: { readonly joinUrl?: string } | null
  readonly responseStatus?: { readonly response?: string }
}

/** A calendar item with its wall times in the viewer's zone. Half-open; an all-day item ends at a midnight. */
export type CalendarItem = GraphEvent & {
  readonly startsAt: Temporal.PlainDateTime
  readonly endsAt: Temporal.PlainDateTime
}

export function readItem(event: GraphEvent): CalendarItem {
  return {
    ...event,
    startsAt: Temporal.PlainDateTime.from(event.start.dateTime),
    endsAt: Temporal.PlainDateTime.from(event.end.dateTime),
  }
}

/** The instants of an item, RFC 3339 in UTC. A wall time that a clock change doubles counts as the earlier one. */
export function instantsOf(
  item: CalendarItem,
  timeZone: string,
): { readonly startsAt: string; readonly endsAt: string } {
  const instant = (at: Temporal.PlainDateTime) => at.toZonedDateTime(timeZone).toInstant().toString()
  return { startsAt: instant(item.startsAt), endsAt: instant(item.endsAt) }
}

/** Whether the item lasts into that day. */
export function isOn(item: CalendarItem, date: Temporal.PlainDate): boolean {
  const begins = Temporal.PlainDate.compare(item.startsAt.toPlainDate(), date) <= 0
  const dayStart = date.toPlainDateTime()
  const isLater = Temporal.PlainDateTime.compare(item.endsAt, dayStart) > 0
  // A moment without length belongs to its own day.
  return begins && (isLater || item.startsAt.toPlainDate().equals(date))
}

/** Our invitations all carry this subject, and nothing else: calendars are read by more people than the two. */
export const isMentoring = (item: GraphEvent): boolean => /^(canceled: )?mentoring meeting/i.test(item.subject ?? '')
