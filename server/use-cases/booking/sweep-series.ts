import { personInRole } from '../../../shared/domain/relationship.ts'
import { mayHaveLeftover } from '../../../shared/domain/series.ts'
import type { Calendar } from '../../ports/calendar.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'

/**
 * Removes events that carry a key of this series but are not the ones recorded: leftovers of a creation whose answer
 * was lost and that was then begun again. Nobody was invited to them, so nobody hears of it.
 */
export async function sweepSeries(
  { series: repository, calendar }: { readonly series: SeriesRepository; readonly calendar: Calendar },
  seriesId: string,
): Promise<void> {
  const read = await repository.get(seriesId)
  if (!read) return
  const mailbox = personInRole(read.series, read.series.organizer)
  for (const event of read.series.events.filter(mayHaveLeftover)) {
    for (const found of await calendar.findEventsByKey(mailbox, event.key)) {
      if (found.id !== event.eventId && found.attendees.length === 0) await calendar.deleteEvent(mailbox, found.id)
    }
  }
}
