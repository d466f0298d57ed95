import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import { asId, type EventId } from '../../../shared/domain/ids.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import { mayAttend, standingIn } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Calendar, CalendarEvent } from '../../ports/calendar.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { RelationshipDeps } from '../pair/load-relationship.ts'

export type FindMeetingByEventDeps = RelationshipDeps & {
  readonly series: SeriesRepository
  readonly calendar: Calendar
}
type ByEvent = { readonly actor: Actor; readonly eventId: string; readonly startsAt?: string | undefined }

/**
 * Which meeting is the calendar item that the actor looks at? The item is read from the actor's own mailbox, its series
 * followed there, and its iCalUId compared with what was stored when it was booked: ids differ between mailboxes, the
 * iCalUId does not. Graph docs: "event resource type".
 * @throws DomainError `meeting-not-found` when it is not one of the actor's mentoring meetings
 */
export async function findMeetingByEvent(
  { relationships, people, series: seriesRepository, calendar }: FindMeetingByEventDeps,
  { actor, eventId, startsAt }: ByEvent,
): Promise<{ readonly series: MentoringSeries; readonly meeting: Meeting }> {
  const event = await calendar.findEvent(actor.personId, asId<EventId>(eventId))
  if (!event) throw notOurs()
  const master = event.seriesEventId ? await calendar.findEvent(actor.personId, event.seriesEventId) : event
  const iCalUIds = new Set([event.iCalUId, master?.iCalUId])
  const principalIds = await people.listPrincipals(actor.tenantId, actor.personId)
  for (const relationship of await relationships.listOf(actor.tenantId, actor.personId)) {
    const standing = standingIn(actor, relationship, principalIds)
    if (!standing || !mayAttend(standing)) continue
    for (const series of await seriesRepository.listOf(actor.tenantId, relationship.id)) {
      const ours = series.events.find(({ iCalUId }) => iCalUId !== undefined && iCalUIds.has(iCalUId))
      if (!ours) continue
      const meetings = series.meetings.filter(({ eventKey }) => eventKey === ours.key)
      const meeting = closest(meetings, event, startsAt)
      if (meeting) return { series, meeting }
    }
  }
  throw notOurs()
}

/** The meeting at the occurrence's start; the nearest one when the calendar moved it or the host named only the series. */
function closest(
  meetings: readonly Meeting[],
  event: CalendarEvent,
  startsAt: string | undefined,
): Meeting | undefined {
  const start = startsAt ?? event.originalStart ?? event.period.start
  const distance = (meeting: Meeting) =>
    Math.abs(Temporal.Instant.from(meeting.startsAt).epochMilliseconds - Temporal.Instant.from(start).epochMilliseconds)
  return meetings.toSorted((a, b) => distance(a) - distance(b))[0]
}

const notOurs = () => new DomainError('meeting-not-found', 'This calendar item is not one of your mentoring meetings.')
