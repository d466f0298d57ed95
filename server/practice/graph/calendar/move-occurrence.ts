import { GraphError } from '../dispatch.ts'
import { instanceOn } from './event-instances.ts'
import type { StoredEvent } from './event-store.ts'
import { occurrenceOn, occurrencesBefore } from './expand-series.ts'
import { dayOf, instantOf, instantToWall, type Moment } from './zone-clock.ts'

const YEARS_MS = 12 * 366 * 86_400_000

/**
 * An occurrence stays between its neighbours: not on or before the day of the one before, not on or after the day of
 * the next, days in the series' own zone ("Update event").
 * @throws GraphError 400 `ErrorOccurrenceCrossingBoundary`
 */
export function assertBetweenNeighbours(event: StoredEvent, date: string, start: Moment, end: Moment): void {
  const zone = event.start.timeZone
  const dayIn = (instantMs: number) => dayOf(instantToWall(instantMs, zone))
  const [startMs, endMs] = [instantOf(start), instantOf(end)]
  const before = neighbour(event, date, -1)
  const after = neighbour(event, date, 1)
  const crosses =
    (before && (dayIn(startMs) <= dayIn(before.startMs) || startMs < before.endMs)) ||
    (after && (dayIn(startMs) >= dayIn(after.startMs) || endMs > after.startMs))
  if (!crosses) return
  throw new GraphError(
    400,
    'ErrorOccurrenceCrossingBoundary',
    'Modified occurrence is crossing or overlapping adjacent occurrence.',
  )
}

/** The nearest date before (-1) or after (1) that was not cancelled, where it lies now. */
function neighbour(event: StoredEvent, date: string, direction: -1 | 1) {
  const found = occurrenceOn(event, date)
  if (!found) return undefined
  const all = occurrencesBefore(event, found.occurrence.startMs + YEARS_MS)
  for (let index = found.index + direction; index >= 0 && index < all.length; index += direction) {
    const other = all[index]
    const instance = other && instanceOn(event, other.date)
    if (instance) return instance
  }
  return undefined
}
