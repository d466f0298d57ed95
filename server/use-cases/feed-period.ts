import type { Temporal } from 'temporal-polyfill'

/** How far back and ahead schedule files are read, in days around today; booking looks ahead 18 months at most. */
const DAYS_BACK = 31
const DAYS_AHEAD = 550

/** Wall dates [from, to) within which recurring entries of a file are expanded. */
export function feedPeriod(now: Temporal.Instant): { readonly from: string; readonly to: string } {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  return { from: today.subtract({ days: DAYS_BACK }).toString(), to: today.add({ days: DAYS_AHEAD }).toString() }
}
