import type { EventId } from '../../shared/domain/ids.ts'
import type { CalendarEvent, Mailbox, Period } from '../ports/calendar.ts'
import { EventAnswer } from './answers.ts'
import type { GraphSend } from './send.ts'
import { calendarEventOf, EVENT_SELECT, eventPath, queryOf } from './translate.ts'

/**
 * Lists the occurrences and exceptions of a series in a period, in order of start; cancelled ones are not among them.
 * Graph docs: "List instances" (event-list-instances); both bounds are required. Least permission: Calendars.Read.
 */
export async function listOccurrences(
  send: GraphSend,
  mailbox: Mailbox,
  seriesEventId: EventId,
  period: Period,
): Promise<readonly CalendarEvent[]> {
  const query = { startDateTime: period.start, endDateTime: period.end, $select: EVENT_SELECT, $top: '100' }
  const answers = await send.list({
    name: 'list occurrences',
    method: 'GET',
    path: `${eventPath(mailbox, seriesEventId)}/instances?${queryOf(query)}`,
    mailbox,
    answer: EventAnswer,
    effect: 'read',
  })
  return answers.map(calendarEventOf).toSorted((a, b) => Date.parse(a.period.start) - Date.parse(b.period.start))
}
