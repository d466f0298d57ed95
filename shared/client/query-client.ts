import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './message-for.ts'
import { ApiProblem } from './problem.ts'

const TRIES = 3
const LONGEST_WAIT_MS = 30_000

/** Cache of server data with one retry rule for reads and writes: passing faults only, since every call may be repeated. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // 'always': a webview's idea of being offline is often wrong; a failed call says it better.
      queries: { retry: shouldRetry, retryDelay, staleTime: 15_000, networkMode: 'always' },
      mutations: { retry: shouldRetry, retryDelay, networkMode: 'always' },
    },
  })
}

export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= TRIES - 1 || !isPassing(error) || !(error instanceof ApiProblem)) return false
  // Whoever waited out one time limit is asked before waiting out another; a long Retry-After is never undercut.
  return error.code !== 'timed-out' && (error.retryAfterSeconds ?? 0) * 1000 <= LONGEST_WAIT_MS
}

/** Milliseconds until the next try: what the service asks for, else doubling from half a second. */
export function retryDelay(failures: number, error: unknown): number {
  const asked = error instanceof ApiProblem ? error.retryAfterSeconds : undefined
  return asked === undefined ? Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures) : asked * 1000
}
