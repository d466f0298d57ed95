import { setTimeout as sleep } from 'node:timers/promises'

/** Time as waiting needs it: a clock that never jumps, waits that end with their call, and a spread so that callers do not wait in step. */
export type Pace = {
  /** Milliseconds since some moment; only differences mean something. */
  nowMs(): number
  /** Rejects as soon as the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** 0 to 1. */
  spread(): number
}

export const realPace: Pace = {
  nowMs: () => performance.now(),
  wait: async (ms, signal) => {
    await sleep(ms, undefined, { signal })
  },
  spread: () => Math.random(),
}
