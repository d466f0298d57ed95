import { useEffect, useState } from 'react'
import { Temporal } from 'temporal-polyfill'
import { useClock } from './practice-queries.ts'

const TICK_MS = 30_000

/** The practice clock on the wall of a zone, moving on; real time until the practice clock is known. */
export function usePracticeNow(timeZone: string): Temporal.ZonedDateTime {
  const clock = useClock()
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  // The clock runs on after it was read.
  const elapsed = clock.data === undefined ? 0 : Date.now() - clock.dataUpdatedAt
  const instant = clock.data === undefined ? Temporal.Now.instant() : Temporal.Instant.from(clock.data)
  return instant.add({ milliseconds: elapsed }).toZonedDateTimeISO(timeZone)
}
