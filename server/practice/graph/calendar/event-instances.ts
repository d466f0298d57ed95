import type { EventContent, StoredEvent } from './event-store.ts'
import { firstIndexAtOrAfter, occurrenceOn, occurrencesBefore } from './expand-series.ts'
import { instantOf } from './zone-clock.ts'

/** A clock change can make an occurrence this much longer than the others. */
const CLOCK_CHANGE_MS = 3 * 3_600_000

type InstanceType = 'singleInstance' | 'seriesMaster' | 'occurrence' | 'exception'
/** An event at a time: a single event, a series as a whole, or one occurrence (with its original date). */
export type Instance = {
  readonly event: StoredEvent
  readonly type: InstanceType
  readonly date: string | undefined
  readonly startMs: number
  readonly endMs: number
}

const spans = new WeakMap<StoredEvent, readonly [number, number]>()
function spanOf(event: StoredEvent): readonly [number, number] {
  const known = spans.get(event)
  if (known) return known
  const span = [instantOf(event.start), instantOf(event.end)] as const
  spans.set(event, span)
  return span
}

/** A stored item as a whole: single event or series master. */
export function wholeInstance(event: StoredEvent): Instance {
  const [startMs, endMs] = spanOf(event)
  return { event, type: event.recurrence ? 'seriesMaster' : 'singleInstance', date: undefined, startMs, endMs }
}

/** One occurrence by original date; it must exist. */
export function instanceOn(event: StoredEvent, date: string): Instance | undefined {
  const found = occurrenceOn(event, date)
  if (!found || event.cancelledDates.includes(date)) return undefined
  const exception = event.exceptions[date]
  if (!exception) return { event, type: 'occurrence', date, ...pick(found.occurrence) }
  return { event, type: 'exception', date, ...(exceptionSpan(event, date) ?? pick(found.occurrence)) }
}

const pick = ({ startMs, endMs }: { startMs: number; endMs: number }) => ({ startMs, endMs })

function exceptionSpan({ exceptions }: StoredEvent, date: string): { startMs: number; endMs: number } | undefined {
  const exception = exceptions[date]
  if (!exception?.start || !exception.end) return undefined
  return { startMs: instantOf(exception.start), endMs: instantOf(exception.end) }
}

/**
 * What of an event lies in `[from, to)`: the single event, or the occurrences and exceptions of a series, cancelled
 * ones left out. An event that ends exactly at `from` is outside, one without length at `from` is inside.
 */
export function instancesBetween(event: StoredEvent, from: number, to: number): Instance[] {
  const overlaps = (startMs: number, endMs: number) =>
    startMs < to && (endMs > from || (startMs === endMs && startMs === from))
  if (!event.recurrence) {
    const whole = wholeInstance(event)
    return overlaps(whole.startMs, whole.endMs) ? [whole] : []
  }
  const instances: Instance[] = []
  const [startMs, endMs] = spanOf(event)
  const found = occurrencesBefore(event, to)
  const first = firstIndexAtOrAfter(found, from - (endMs - startMs) - CLOCK_CHANGE_MS)
  for (let index = first; index < found.length; index++) {
    const occurrence = found[index]
    if (!occurrence || occurrence.startMs >= to) break
    const { date } = occurrence
    if (!overlaps(occurrence.startMs, occurrence.endMs) || event.exceptions[date]) continue
    if (event.cancelledDates.includes(date)) continue
    instances.push({ event, type: 'occurrence', date, ...pick(occurrence) })
  }
  for (const date of Object.keys(event.exceptions)) {
    const instance = instanceOn(event, date)
    if (instance && overlaps(instance.startMs, instance.endMs)) instances.push(instance)
  }
  return instances
}

/** Content of an instance: the series' own, with what its exception holds otherwise. Times are the instance's own only for exceptions that moved. */
export function contentOf({ event, date }: Pick<Instance, 'event' | 'date'>): EventContent {
  const exception = date === undefined ? undefined : event.exceptions[date]
  return exception ? { ...event, ...exception } : event
}
