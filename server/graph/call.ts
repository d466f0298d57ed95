import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import type { CalendarError } from '../ports/calendar.ts'

/** One answer of Graph, whole. `body` is parsed JSON, `undefined` when empty, `NOT_JSON` when it is something else. */
export type GraphAnswer = { readonly status: number; readonly headers: Headers; readonly body: unknown }
export const NOT_JSON = Symbol('not JSON')

/**
 * What the middleware must know of a call beyond its HTTP request; travels with it through the SDK.
 * A class because the SDK finds options by their constructor.
 */
export class GraphCall implements MiddlewareOptions {
  /** What the call does, for error messages: never a path or a query, which hold ids, names and addresses. */
  readonly name: string
  /** Whose mailbox it loads; directory calls have none. */
  readonly mailbox: string | undefined
  /** How many of the mailbox's four places it takes: a batch is worked off in parallel. */
  readonly places: number
  /** Whether sending it twice does no more than sending it once. */
  readonly isRepeatable: boolean
  readonly isWrite: boolean
  /** Whether 404 may only mean that a fresh write is not readable yet. */
  readonly mayLag: boolean
  /** Whether a successful answer holds what the call needs. */
  readonly accepts: (body: unknown) => boolean
  /** A next link, sent character by character as Graph gave it. */
  readonly exactUrl: string | undefined
  /** A preference besides the ids', e.g. `odata.maxpagesize=100`. */
  readonly prefer: string | undefined

  /** Set by the chain: exactly one of them when it is done. */
  answer: GraphAnswer | undefined
  error: CalendarError | undefined
  /** Monotonic moment at which waiting makes no sense any more. */
  deadlineMs = Number.POSITIVE_INFINITY
  /** True once the call was sent again although an earlier try may have been carried out. */
  wasRepeatedInDoubt = false
  /** True once a byte of the present try may have left. */
  mayHaveLeft = false

  constructor(options: {
    name: string
    mailbox?: string | undefined
    places?: number
    isRepeatable: boolean
    isWrite: boolean
    mayLag?: boolean
    accepts: (body: unknown) => boolean
    exactUrl?: string | undefined
    prefer?: string | undefined
  }) {
    this.name = options.name
    this.mailbox = options.mailbox
    this.places = options.places ?? 1
    this.isRepeatable = options.isRepeatable
    this.isWrite = options.isWrite
    this.mayLag = options.mayLag ?? false
    this.accepts = options.accepts
    this.exactUrl = options.exactUrl
    this.prefer = options.prefer
  }
}

/** The call a request belongs to. */
export function callOf(context: Context): GraphCall {
  const call = context.middlewareControl?.getMiddlewareOptions(GraphCall)
  if (!(call instanceof GraphCall)) throw new Error('a Graph request was made past send.ts')
  return call
}

/** The options of the present request; the SDK always sets them. */
export function optionsOf(context: Context): NonNullable<Context['options']> {
  context.options ??= {}
  return context.options
}

export function setHeader(context: Context, name: string, value: string): void {
  const options = optionsOf(context)
  const headers = new Headers(options.headers)
  headers.set(name, value)
  options.headers = headers
}

/** A link of the SDK's middleware chain from one function. */
export function middleware(run: (context: Context, next: () => Promise<void>) => Promise<void>): Middleware {
  let following: Middleware | undefined
  return {
    setNext(next) {
      following = next
    },
    async execute(context) {
      await run(context, async () => {
        await following?.execute(context)
      })
    },
  }
}
