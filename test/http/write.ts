import type { Caller } from '../start-service.ts'

/** One write of the API that is repeated. */
export type Write = {
  readonly route: string
  readonly path: string
  readonly body?: unknown
  /** Refused under the same id; absent where a PUT replaces what is there. */
  readonly otherBody?: unknown
  readonly by: Caller
  /** Makes it possible, as late as that. */
  readonly prepare?: () => Promise<unknown>
  /** Waits for what goes on by itself. */
  readonly settle?: () => Promise<unknown>
}
