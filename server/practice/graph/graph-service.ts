import type { Fault, FaultScope, FaultScript } from '../faults.ts'
import type { GraphReply, GraphRequest, GraphRoute, PracticeGraph } from './dispatch.ts'
import type { OutlookThrottle } from './throttle.ts'

/** What every Graph request passes through on its way to a handler. */
export type GraphService = {
  readonly graph: PracticeGraph
  readonly routes: readonly GraphRoute[]
  readonly faults: FaultScript
  readonly throttle: OutlookThrottle
  /** Tells whoever runs the tenant about a bug in a handler. */
  readonly reportBug: (error: unknown) => void
  /** Ends scripted delays when the tenant closes. */
  readonly closing: AbortSignal
}
export type GraphCall = { readonly appId: string; readonly request: GraphRequest; readonly bodyBytes: number }

/** `fault` is what the connection still has to suffer; without `reply` nothing was handled. */
export type GraphOutcome = { readonly reply?: GraphReply; readonly fault?: Fault }

export type AnswerGraphRequest = (service: GraphService, call: GraphCall, scope: FaultScope) => Promise<GraphOutcome>
