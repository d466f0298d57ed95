import { Temporal } from 'temporal-polyfill'
import type { EventId } from '../../../shared/domain/ids.ts'
import { wallTime } from '../../../shared/domain/plan-series.ts'
import type { MentoringSeries } from '../../../shared/domain/series.ts'
import type { EventShape } from '../../../shared/scheduling/types.ts'
import type { Calendar, CalendarEvent, Mailbox } from '../../ports/calendar.ts'

/** Occurrences may be moved, so look a little past both ends of the series. */
const MARGIN_DAYS = 7

/**
 * Removes and moves the occurrences of a series that nobody is invited to yet, in the order that never touches a
 * neighbour's day. Occurrences are read from the calendar and named by their original date; done ones are left alone.
 */
export async function shapeRecurringEvent(
  calendar: Calendar,
  mailbox: Mailbox,
  {
    series,
    shape,
    eventId,
  }: {
    readonly series: MentoringSeries
    readonly shape: Extract<EventShape, { kind: 'recurring' }>
    readonly eventId: EventId
  },
): Promise<void> {
  if (shape.occurrences.every(({ change }) => change === 'none')) return
  const byDate = new Map<string, CalendarEvent>()
  for (const occurrence of await calendar.listOccurrences(mailbox, eventId, periodOf(shape))) {
    byDate.set(originalDate(occurrence, shape.timeZone), occurrence)
  }
  for (const { date, change } of shape.occurrences) {
    const occurrence = byDate.get(date)
    if (change === 'dropped' && occurrence) await calendar.deleteEvent(mailbox, occurrence.id)
  }
  for (const index of shape.moves) {
    const planned = shape.occurrences[index]
    const occurrence = planned && byDate.get(planned.date)
    const meeting = planned?.meeting === undefined ? undefined : series.meetings[planned.meeting]
    if (!occurrence || !meeting)
      throw new Error(`Occurrence ${index} of the series ${series.id} is not in the calendar.`)
    if (Temporal.Instant.compare(occurrence.period.start, meeting.startsAt) === 0) continue
    await calendar.moveEvent(mailbox, occurrence.id, wallTime(meeting.startsAt, shape.minutes, shape.timeZone))
  }
}

function periodOf(shape: Extract<EventShape, { kind: 'recurring' }>): { readonly start: string; readonly end: string } {
  const dates = shape.occurrences.map(({ date }) => date).toSorted()
  const at = (date: string | undefined, days: number) =>
    Temporal.PlainDate.from(date ?? shape.range.startDate)
      .add({ days })
      .toZonedDateTime(shape.timeZone)
      .toInstant()
      .toString()
  return { start: at(dates[0], -MARGIN_DAYS), end: at(dates.at(-1), MARGIN_DAYS) }
}

function originalDate(occurrence: CalendarEvent, timeZone: string): string {
  const start = occurrence.originalStart ?? occurrence.period.start
  return Temporal.Instant.from(start).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
