import type { Temporal } from 'temporal-polyfill'
import type { PracticePerson } from '../practice-api.ts'
import type { CalendarItem } from './calendar-item.ts'
import { askGraph, GRAPH } from './read-calendar.ts'

/** Wall times in the person's own zone. */
export type WallPeriod = { readonly startsAt: Temporal.PlainDateTime; readonly endsAt: Temporal.PlainDateTime }

/** Moves an item, or one date of a series, and makes it longer or shorter. Graph page: "Update event". */
export async function moveItem(person: PracticePerson, eventId: string, to: WallPeriod): Promise<void> {
  await send(person, 'PATCH', eventPath(eventId), graphTimes(person, to))
}

/** Answers "maybe" and asks for another time. Graph page: "event: tentativelyAccept". */
export async function proposeTime(person: PracticePerson, eventId: string, to: WallPeriod): Promise<void> {
  await send(person, 'POST', `${eventPath(eventId)}/tentativelyAccept`, {
    sendResponse: true,
    proposedNewTime: graphTimes(person, to),
  })
}

/** Calls off a meeting, one date of a series or all of it; an item without people is just deleted. Graph page: "event: cancel". */
export async function callOff(
  person: PracticePerson,
  { id, attendees }: Pick<CalendarItem, 'id' | 'attendees'>,
): Promise<void> {
  if (attendees?.length) await send(person, 'POST', `${eventPath(id)}/cancel`, {})
  else await send(person, 'DELETE', eventPath(id))
}

const eventPath = (eventId: string) => `${GRAPH}/me/events/${encodeURIComponent(eventId)}`
const graphTimes = ({ timeZone }: PracticePerson, { startsAt, endsAt }: WallPeriod) => ({
  start: { dateTime: startsAt.toString(), timeZone },
  end: { dateTime: endsAt.toString(), timeZone },
})

async function send(person: PracticePerson, method: string, path: string, body?: object): Promise<void> {
  await askGraph(person, path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
}
