import { InteractionRequired } from '../identity/interaction-required.ts'
import { CalendarError, type CalendarErrorCode } from '../ports/calendar.ts'
import { type GraphAnswer, type GraphCall, NOT_JSON } from './call.ts'

/** A definite "no" of Graph, with what the calls of this folder decide by. Graph docs: "Microsoft Graph error responses". */
export class GraphRefusal extends CalendarError {
  readonly status: number
  /** `code` of the error and of every inner error, outermost first. */
  readonly graphCodes: readonly string[]
  /** The event that an already used `transactionId` made, where Graph names it. */
  readonly existingEventId: string | undefined

  constructor(
    code: CalendarErrorCode,
    message: string,
    graph: { status: number; graphCodes: readonly string[]; existingEventId: string | undefined },
    options?: ErrorOptions & { retryAfterMs?: number | undefined },
  ) {
    super(code, message, options)
    this.status = graph.status
    this.graphCodes = graph.graphCodes
    this.existingEventId = graph.existingEventId
  }
}

/** What an error answer means to us. Its own text is left out: it may hold addresses and subjects. */
export function refusalOf(call: GraphCall, answer: GraphAnswer, retryAfterMs?: number): GraphRefusal {
  const error = memberOf(answer.body, 'error')
  const graphCodes = codesOf(error)
  const existing = memberOf(error, '@event.existingEventId')
  const ids = [idOf(answer, 'client-request-id'), idOf(answer, 'request-id')].filter((id) => id !== undefined)
  const said = answer.body === NOT_JSON ? 'something that is not JSON' : graphCodes.join(' > ') || 'no code'
  return new GraphRefusal(
    meaningOf(answer.status, graphCodes),
    `Graph, ${call.name}: ${answer.status}, ${said}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`,
    { status: answer.status, graphCodes, existingEventId: typeof existing === 'string' ? existing : undefined },
    { retryAfterMs },
  )
}

/** Codes that say more than the status, wherever in the nesting they stand. Sources: graph facts, section "Errors". */
const MEANING_OF_CODE: Readonly<Record<string, CalendarErrorCode>> = {
  erroroccurrencecrossingboundary: 'occurrence-crosses-neighbour',
  timezonenotsupportedexception: 'time-zone-not-supported',
  errorirresolvableconflict: 'changed-meanwhile',
  mailboxnotenabledforrestapi: 'mailbox-not-reachable',
  mailboxnotsupportedforrestapi: 'mailbox-not-reachable',
  errormailboxmoveinprogress: 'mailbox-not-reachable',
  errornonexistentmailbox: 'mailbox-not-found',
  errorinvaliduser: 'mailbox-not-found',
  request_resourcenotfound: 'mailbox-not-found',
  resourcenotfound: 'mailbox-not-found',
  erroraccessdenied: 'access-denied',
  authorization_requestdenied: 'access-denied',
}

function meaningOf(status: number, graphCodes: readonly string[]): CalendarErrorCode {
  for (const code of graphCodes.toReversed()) {
    const meaning = MEANING_OF_CODE[code.toLowerCase()]
    if (meaning !== undefined) return meaning
  }
  if (status === 401 || status === 403) return 'access-denied'
  if (status === 404 || status === 410) return 'event-not-found'
  if (status === 409 || status === 412 || status === 423) return 'changed-meanwhile'
  if (status === 429 || status === 509) return 'throttled'
  if (status >= 500 && status !== 507) return 'outage'
  return 'refused'
}

/** Of a try without a usable answer: sign-in, time limit, connection. A write that may have left is `outcome-unknown`. */
export function failureOf(call: GraphCall, cause: unknown): CalendarError {
  if (cause instanceof CalendarError) return cause
  if (cause instanceof InteractionRequired) {
    return new CalendarError('consent-required', `Graph, ${call.name}: the person must sign in or consent again`, {
      cause,
    })
  }
  const code = call.isWrite && call.mayHaveLeft ? 'outcome-unknown' : 'outage'
  return new CalendarError(code, `Graph, ${call.name}: ${networkCodeOf(cause)}`, { cause })
}

/** Whether a connection was never made, so that nothing can have happened. */
export function neverArrived(cause: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(networkCodeOf(cause))
}

/** `ECONNRESET` and the like; fetch hides it in the cause. */
function networkCodeOf(cause: unknown): string {
  for (let error = cause, depth = 0; depth < 5; depth++) {
    const code = memberOf(error, 'code')
    if (typeof code === 'string') return code
    error = memberOf(error, 'cause')
  }
  return cause instanceof Error ? cause.name : 'no answer'
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let at = error, depth = 0; depth < 10 && at !== undefined && at !== null; depth++) {
    const code = memberOf(at, 'code')
    // Anything longer or stranger is not a code and might be content.
    if (typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code)) codes.push(code)
    at = memberOf(at, 'innerError') ?? memberOf(at, 'innererror')
  }
  return codes
}

function idOf(answer: GraphAnswer, name: string): string | undefined {
  const inner = memberOf(memberOf(answer.body, 'error'), 'innerError')
  const id = answer.headers.get(name) ?? memberOf(inner, name)
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? `${name} ${id}` : undefined
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  // Checked above; an index signature says no more than "unknown".
  return (value as Record<string, unknown>)[name]
}
