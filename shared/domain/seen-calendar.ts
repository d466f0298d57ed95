import type { EventId, PersonId } from './ids.ts'
import type { CalendarProblem, Placed } from './series.ts'

/** What the organizer's calendar holds of one date. Of a single event there is one, of a series one per occurrence. */
export type SeenDate = Placed & {
  readonly eventId: EventId
  /** Instant at which an occurrence's series first placed it. */
  readonly originalStart?: string
  readonly isCancelled: boolean
  /** What the other person said to this date; `not-invited` when they are not on it any more. */
  readonly answer: 'open' | 'declined' | 'not-invited'
  readonly proposal?: Placed
  /** Members of a committee who said no to this date. */
  readonly absent?: readonly PersonId[]
}

/** One calendar item that is ours, with its dates in order; occurrences that were taken out are not among them. */
export type SeenItem = {
  /** Key of the stored item; of an item that carries the key of another one, that one's. */
  readonly key: string
  readonly eventId: EventId
  readonly iCalUId: string
  readonly webLink?: string
  readonly dates: readonly SeenDate[]
}

export type SeenCalendar =
  /** Every stored item that was looked for and found, and others that carry our keys. */
  | { readonly kind: 'read'; readonly items: readonly SeenItem[] }
  | { readonly kind: 'unreadable'; readonly problem: CalendarProblem }
