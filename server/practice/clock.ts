import type { Temporal } from 'temporal-polyfill'
import type { Clock } from '../ports/clock.ts'
import type { PracticeDocument, PracticeState } from './state.ts'

type ClockSetting = PracticeDocument & { readonly offsetMs: number }

/** The practice tenant's clock runs like the real one, from wherever it was moved to. */
export interface PracticeClock extends Clock {
  moveTo(instant: Temporal.Instant): void
}

/** @param realNow where real time comes from; tests pass a fixed instant */
export function practiceClock(state: PracticeState, realNow: () => Temporal.Instant): PracticeClock {
  const settings = state.collection<ClockSetting>('clock')
  const offsetMs = () => settings.get('clock')?.offsetMs ?? 0
  return {
    now: () => realNow().add({ milliseconds: offsetMs() }),
    moveTo: (instant) =>
      settings.put({ id: 'clock', offsetMs: instant.epochMilliseconds - realNow().epochMilliseconds }),
  }
}
