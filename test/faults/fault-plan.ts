import fc from 'fast-check'

/**
 * What goes wrong at a point where the service touches the outside: a request to Graph or a durable write.
 * late: the client gives up, the request is carried out afterwards · crash: the process dies there
 */
export type FaultKind =
  | '429'
  | '503'
  | 'reset-before'
  | 'reset-after'
  | 'late'
  | 'truncated'
  | 'stale'
  | 'crash-before'
  | 'crash-after'
  | 'crash-late'
/** A fault and how many points pass by unharmed before it is due; it waits for the next point that it fits. */
export type PlannedFault = { readonly skip: number; readonly kind: FaultKind }

export type Point = { readonly kind: 'write' } | { readonly kind: 'call'; readonly isRead: boolean }

export function fits(fault: FaultKind, point: Point): boolean {
  if (fault === 'crash-before' || fault === 'crash-after') return true
  if (point.kind === 'write') return false
  if (fault === 'stale') return point.isRead
  return point.isRead ? fault === '429' || fault === '503' || fault === 'reset-before' : true
}

export type SeriesPlan = {
  readonly isRecurring: boolean
  /** Of another pair, which goes on whatever becomes of the first. */
  readonly ofOtherPair?: boolean
  /** Called off once this many points have passed. */
  readonly cancelAfter?: number
  /** Its second meeting, or the only one, gets another time once this many points have passed. */
  readonly move?: { readonly after: number; readonly to: MoveTo }
}
/** beside: a day later, where the calendar moves the item · past-neighbour: past the next date of the series, where it does not */
export type MoveTo = 'beside' | 'past-neighbour'
/** settled: one of the two ends it · declined: the invited one says no · rematched: another mentor was found */
export type PairEnd = 'settled' | 'declined' | 'rematched'
export type Schedule = {
  readonly workers: number
  readonly dedupe: boolean
  readonly repeatedTransaction: 'first-event' | 'refuse'
  readonly series: readonly SeriesPlan[]
  /** How the first pair ends once this many points have passed. */
  readonly end?: { readonly by: PairEnd; readonly after: number }
  readonly faults: readonly PlannedFault[]
  /** Who goes on next, where several could. */
  readonly turns: readonly number[]
}

const KINDS: readonly FaultKind[] = [
  '429',
  '503',
  'reset-before',
  'reset-after',
  'late',
  'truncated',
  'stale',
  'crash-before',
  'crash-after',
  'crash-late',
]

/** At most 40 faults on 1 to 4 series and 1 to 3 workers. */
export const anySchedule: fc.Arbitrary<Schedule> = fc.record(
  {
    workers: fc.integer({ min: 1, max: 3 }),
    dedupe: fc.boolean(),
    repeatedTransaction: fc.constantFrom('first-event' as const, 'refuse' as const),
    series: fc.array(
      fc.record(
        {
          isRecurring: fc.boolean(),
          ofOtherPair: fc.boolean(),
          cancelAfter: fc.integer({ min: 0, max: 60 }),
          move: fc.record({
            // Nothing moves before it is booked, which takes about twenty points.
            after: fc.integer({ min: 10, max: 80 }),
            to: fc.constantFrom('beside' as const, 'past-neighbour' as const),
          }),
        },
        { requiredKeys: ['isRecurring'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    end: fc.record({
      by: fc.constantFrom('settled' as const, 'declined' as const, 'rematched' as const),
      after: fc.integer({ min: 0, max: 80 }),
    }),
    faults: fc.array(fc.record({ skip: fc.nat(6), kind: fc.constantFrom(...KINDS) }), { maxLength: 40, size: 'max' }),
    turns: fc.array(fc.nat(7), { minLength: 1, maxLength: 20 }),
  },
  { requiredKeys: ['workers', 'dedupe', 'repeatedTransaction', 'series', 'faults', 'turns'] },
)
