import type { Temporal } from 'temporal-polyfill'
import { DomainError, type Fault } from '../../../shared/domain/errors.ts'
import type { Window } from '../../../shared/scheduling/types.ts'

/** How far back and ahead schedule files are read, in days around today; never less than booking looks ahead. */
const DAYS_BACK = 31
const DAYS_AHEAD = 550
/** How far ahead a meeting may be, and how long ago a plan that is still going on may have begun. */
const PLAN_MONTHS = 18

/** Wall dates [from, to) within which recurring entries of a file are expanded. */
export function feedPeriod(now: Temporal.Instant): { readonly from: string; readonly to: string } {
  const today = todayAt(now)
  return { from: today.subtract({ days: DAYS_BACK }).toString(), to: today.add({ days: DAYS_AHEAD }).toString() }
}

/**
 * Refuses a plan beyond what schedule files are read for: time of which nothing is known must not count as free.
 * @throws DomainError `invalid-plan` naming each window
 */
export function assertWithinReach(windows: readonly Window[], now: Temporal.Instant): void {
  const today = todayAt(now)
  const first = today.subtract({ months: PLAN_MONTHS }).toString()
  // East of UTC it may be tomorrow already.
  const last = today.add({ months: PLAN_MONTHS }).add({ days: 1 }).toString()
  const faults: Fault[] = []
  for (const [index, { from, to }] of windows.entries()) {
    if (from < first) faults.push({ path: `windows[${index}].from`, message: `lies before ${first}` })
    if (to > last) faults.push({ path: `windows[${index}].to`, message: `lies after ${last}` })
  }
  if (faults.length > 0)
    throw new DomainError('invalid-plan', `Meetings are planned up to ${PLAN_MONTHS} months ahead.`, faults)
}

const todayAt = (now: Temporal.Instant): Temporal.PlainDate => now.toZonedDateTimeISO('UTC').toPlainDate()
