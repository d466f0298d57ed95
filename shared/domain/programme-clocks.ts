import { DomainError, type Fault } from './errors.ts'
import { DEFAULT_CLOCKS, type LifecycleClocks } from './lifecycle-clocks.ts'

export type ClockName = keyof LifecycleClocks
/** The clocks that a programme set itself; the others are as built in. */
export type OwnClocks = Readonly<Partial<LifecycleClocks>>
type Limits = { readonly min: number; readonly max: number }

/** What a programme may choose, both included: short enough to help in time, long enough not to press anybody. */
export const CLOCK_LIMITS: Readonly<Record<ClockName, Limits>> = {
  firstContactDays: { min: 1, max: 60 },
  firstMeetingDays: { min: 7, max: 180 },
  agreementDays: { min: 7, max: 180 },
  quietDays: { min: 7, max: 180 },
  unansweredContactsMax: { min: 1, max: 6 },
  missedWindowsMax: { min: 1, max: 6 },
  assistantDays: { min: 1, max: 60 },
  coordinatorDays: { min: 2, max: 120 },
  reviewDays: { min: 7, max: 90 },
  termNoticeDays: { min: 7, max: 120 },
}

/** Clocks of which the second runs after the first. */
const IN_ORDER: readonly (readonly [earlier: ClockName, later: ClockName])[] = [
  ['firstContactDays', 'firstMeetingDays'],
  ['assistantDays', 'coordinatorDays'],
]

export const clocksOf = (own: OwnClocks = {}): LifecycleClocks => ({ ...DEFAULT_CLOCKS, ...own })

/** What is wrong with a programme's clocks, by name of the clock; the built-in ones that go with them count too. */
export function clockFaults(own: OwnClocks): readonly Fault[] {
  const all = clocksOf(own)
  // `Object.entries` forgets that the keys are the clocks.
  const outside = (Object.entries(CLOCK_LIMITS) as [ClockName, Limits][])
    .filter(([name, { min, max }]) => !Number.isInteger(all[name]) || all[name] < min || all[name] > max)
    .map(([path, { min, max }]) => ({ path, message: `is a whole number from ${min} to ${max}` }))
  const unordered = IN_ORDER.filter(([earlier, later]) => all[later] <= all[earlier]).map(([earlier, later]) => ({
    path: later,
    message: `is more than ${all[earlier]}, which comes before it`,
  }))
  return [...outside, ...unordered]
}

/** @throws DomainError `clocks-out-of-order` with a fault for each clock that cannot be as it is */
export function assertClocks(own: OwnClocks): void {
  const faults = clockFaults(own)
  if (faults.length > 0) throw new DomainError('clocks-out-of-order', 'These clocks do not go together.', faults)
}
