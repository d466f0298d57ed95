import type { Temporal } from 'temporal-polyfill'
import { getGraphToken } from '../graph-token.ts'
import { ask, type PracticePerson, readJson } from '../practice-api.ts'
import { type CalendarItem, type GraphEvent, readItem } from './calendar-item.ts'

export const GRAPH = '/practice/graph/v1.0'
const PAGE_SIZE = 200
/** More pages than this mean a fault, not a full calendar. */
const PAGES_MAX = 20
const FIELDS =
  'id,subject,start,end,isAllDay,isCancelled,isOrganizer,showAs,type,seriesMasterId,hasAttachments,bodyPreview,location,organizer,attendees,onlineMeeting,responseStatus'

/**
 * A person's calendar between two days (`to` exclusive), as Outlook reads it: series expanded by the mailbox, wall times
 * in the person's own zone. Graph page: "List calendarView".
 */
export async function readCalendar(
  person: PracticePerson,
  { from, to, timeZone }: { from: Temporal.PlainDate; to: Temporal.PlainDate; timeZone: string },
  signal: AbortSignal,
): Promise<readonly CalendarItem[]> {
  const instant = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).toInstant().toString()
  const query = new URLSearchParams({
    startDateTime: instant(from),
    endDateTime: instant(to),
    $select: FIELDS,
    $top: String(PAGE_SIZE),
  })
  const items: CalendarItem[] = []
  let path: string | undefined = `${GRAPH}/me/calendarView?${query}`
  for (let page = 0; path !== undefined; page++) {
    if (page === PAGES_MAX) throw new Error('This calendar has more pages than can be read.')
    const answer: GraphPage = await readJson(await askGraph(person, path, { signal, prefer: person.timeZone }))
    items.push(...answer.value.map(readItem))
    const next = answer['@odata.nextLink']
    // The token goes to this server only, whatever a link says.
    path = next === undefined ? undefined : samePlace(next)
  }
  return items
}

/** One item of a person's own calendar. Graph page: "Get event". */
export async function readCalendarItem(
  person: PracticePerson,
  eventId: string,
  signal: AbortSignal,
): Promise<CalendarItem> {
  const path = `${GRAPH}/me/events/${encodeURIComponent(eventId)}?${new URLSearchParams({ $select: FIELDS })}`
  return readItem(await readJson(await askGraph(person, path, { signal, prefer: person.timeZone })))
}

type GraphPage = { readonly value: readonly GraphEvent[]; readonly '@odata.nextLink'?: string }

export type GraphAttachment = { readonly name: string; readonly contentType: string; readonly contentBytes: string }

/** The files on one event, in the person's own copy of it. Graph page: "List attachments". */
export async function listAttachments(
  person: PracticePerson,
  eventId: string,
  signal: AbortSignal,
): Promise<readonly GraphAttachment[]> {
  const path = `${GRAPH}/me/events/${encodeURIComponent(eventId)}/attachments`
  const { value } = await readJson<{ value: readonly GraphAttachment[] }>(await askGraph(person, path, { signal }))
  return value
}

export type MeetingAnswer = 'accept' | 'tentativelyAccept' | 'decline'

/** Answers an invitation; the organizer gets a mail. Graph pages: "event: accept", "tentativelyAccept", "decline". */
export async function answerInvitation(person: PracticePerson, eventId: string, answer: MeetingAnswer): Promise<void> {
  await askGraph(person, `${GRAPH}/me/events/${encodeURIComponent(eventId)}/${answer}`, {
    method: 'POST',
    body: JSON.stringify({ sendResponse: true }),
    headers: { 'content-type': 'application/json' },
  })
}

/** A request to the person's own mailbox, with their token. */
export async function askGraph(
  person: PracticePerson,
  path: string,
  { prefer, headers, ...init }: RequestInit & { prefer?: string },
): Promise<Response> {
  const token = await getGraphToken(person.userPrincipalName)
  return ask(path, {
    ...init,
    headers: {
      ...headers,
      authorization: `Bearer ${token}`,
      ...(prefer === undefined ? {} : { prefer: `outlook.timezone="${prefer}"` }),
    },
  })
}

function samePlace(link: string): string {
  const url = new URL(link, window.location.href)
  if (!url.pathname.startsWith(GRAPH)) throw new Error('The next page of this calendar lies elsewhere.')
  return url.pathname + url.search
}
