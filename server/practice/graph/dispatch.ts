import type { Clock } from '../../ports/clock.ts'
import type { PracticeUser } from '../people.ts'
import type { PracticeState } from '../state.ts'

/** Who calls: a signed-in user (delegated token) or the application itself (app-only token), with the token's scopes or roles. */
export type GraphCaller =
  | { readonly kind: 'user'; readonly userId: string; readonly scopes: readonly string[] }
  | { readonly kind: 'app'; readonly appId: string; readonly roles: readonly string[] }

/** Readings of Graph where its behaviour is not documented; tests run both. */
export type GraphSwitches = {
  /** Repeated POST with the same transactionId and body: answer 201 with the first event, or refuse with ErrorDuplicateTransactionId. */
  readonly repeatedTransaction: 'first-event' | 'refuse'
  /** Whether transactionIds are remembered at all (a duplicate is then really made). */
  readonly transactionMemory: boolean
  /** Whether an occurrence that becomes an exception keeps the master's attachments. */
  readonly exceptionsInheritAttachments: boolean
  /** Whether attendees' copies of a series share the master's iCalUId per series or carry one per occurrence. */
  readonly iCalUIdPerOccurrence: boolean
}

/** What every handler may use. */
export type PracticeGraph = {
  readonly state: PracticeState
  readonly clock: Clock
  readonly switches: GraphSwitches
  /** Base address of this emulator, for `@odata.context`, next links and webhooks, e.g. `http://127.0.0.1:3000/practice/graph/v1.0`. */
  readonly baseUrl: () => string
}

export type GraphRequest = {
  readonly method: string
  /** Path below `/v1.0`, percent-decoded per segment, without query, e.g. `/me/events/AAMk…`. */
  readonly path: string
  readonly query: URLSearchParams
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly caller: GraphCaller
}
export type GraphReply = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON value, or bytes for `$value`. */
  readonly body?: unknown
}

/** Thrown by handlers; becomes Graph's error shape with request ids. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  /** Extra members of `error`, such as `@event.existingEventId`. */
  readonly extra: Readonly<Record<string, unknown>>
  constructor(status: number, code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.extra = extra
  }
}

/** The mailbox a path names: `/me` is the caller's, `/users/{id or userPrincipalName}` anybody's. */
export type RouteContext = {
  readonly graph: PracticeGraph
  readonly request: GraphRequest
  readonly params: Readonly<Record<string, string>>
  /** Present for paths under `/me` and `/users/{…}`. */
  readonly user: PracticeUser | undefined
}
export type GraphHandler = (context: RouteContext) => GraphReply | Promise<GraphReply>

/**
 * `template` is written without its owner: `{mailbox}/events/{eventId}` serves `/me/events/…` and `/users/{…}/events/…`.
 * Literal segments match without regard to case; `{name}` takes one segment.
 */
export type GraphRoute = { readonly method: string; readonly template: string; readonly handler: GraphHandler }
