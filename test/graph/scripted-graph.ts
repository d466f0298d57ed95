import { type GraphAccessOptions, graphAccess } from '../../server/graph/graph-access.ts'
import type { Pace } from '../../server/graph/pace.ts'
import type { GraphTokens, TokenRequest } from '../../server/identity/graph-tokens.ts'

/** A request as it left us, in the words of a test. */
export type SentRequest = {
  readonly method: string
  /** Below the base address, query decoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** What the double does with one request: an answer, or a failure of the connection. */
export type Step =
  | {
      readonly status: number
      readonly body?: unknown
      readonly text?: string
      readonly headers?: Record<string, string>
    }
  | { readonly fails: 'reset' | 'refused' | 'cut-off' | 'never' }

export const BASE = 'https://graph.example/v1.0'

/** Answers requests in the order of a script; asking past its end is a failure of the test. */
export function scriptedGraph(steps: readonly (Step | ((request: SentRequest) => Step))[]) {
  const sent: SentRequest[] = []
  const fetchDouble: typeof fetch = async (input, init) => {
    const url = new URL(String(input))
    const request: SentRequest = {
      method: init?.method ?? 'GET',
      path: decodeURIComponent(url.href.replace(BASE, '')),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    }
    const script = steps[sent.length]
    sent.push(request)
    if (script === undefined) throw new Error(`no step ${sent.length}: ${request.method} ${request.path}`)
    const step = typeof script === 'function' ? script(request) : script
    if ('fails' in step) return await failing(step.fails, init?.signal ?? undefined)
    const headers = { 'content-type': 'application/json', ...step.headers }
    const text = step.text ?? (step.body === undefined ? null : JSON.stringify(step.body))
    return new Response(text, { status: step.status, headers })
  }
  return { sent, fetch: fetchDouble, isOver: () => sent.length === steps.length }
}

async function failing(
  how: 'reset' | 'refused' | 'cut-off' | 'never',
  signal: AbortSignal | undefined,
): Promise<Response> {
  if (how === 'never') {
    return await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  if (how === 'cut-off') {
    const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"id":'))
        controller.error(Object.assign(new TypeError('terminated'), { cause }))
      },
    })
    return new Response(body, { status: 201, headers: { 'content-type': 'application/json' } })
  }
  const code = how === 'reset' ? 'ECONNRESET' : 'ECONNREFUSED'
  throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) })
}

/** Time that passes only by waiting. */
export function fixedPace() {
  const waits: number[] = []
  let now = 0
  const pace: Pace = {
    nowMs: () => now,
    wait: async (ms, signal) => {
      signal.throwIfAborted()
      waits.push(ms)
      now += ms
    },
    spread: () => 0,
  }
  return { pace, waits, pass: (ms: number) => (now += ms) }
}

/** Graph access of the service itself over a script, and what it did. */
export function serviceOver(
  steps: readonly (Step | ((request: SentRequest) => Step))[],
  options: Partial<GraphAccessOptions> = {},
) {
  const graph = scriptedGraph(steps)
  const time = fixedPace()
  const tokenRequests: TokenRequest[] = []
  const forService = async (request: TokenRequest = {}) => {
    tokenRequests.push(request)
    return `token-${tokenRequests.length}`
  }
  const tokens: GraphTokens = { forPerson: (_, request) => forService(request), forService }
  const access = graphAccess({
    baseUrl: () => BASE,
    tokens,
    timeoutMs: 30_000,
    fetch: graph.fetch,
    pace: time.pace,
    ...options,
  })
  const { calendar, directory, watch } = access.asService!
  return { ...graph, ...time, tokenRequests, access, calendar, directory, watch }
}

/** An event as Graph answers it; a test names what matters. */
export function anEvent(more: Record<string, unknown> = {}) {
  return {
    '@odata.etag': 'W/"1"',
    id: 'event-1',
    iCalUId: 'ical-1',
    type: 'singleInstance',
    seriesMasterId: null,
    originalStart: null,
    start: { dateTime: '2027-03-09T18:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2027-03-09T18:45:00.0000000', timeZone: 'UTC' },
    isCancelled: false,
    isOrganizer: true,
    hasAttachments: false,
    attendees: [],
    webLink: 'https://outlook.example/event-1',
    ...more,
  }
}

export function anAttendee(address: string, response = 'none') {
  return {
    type: 'required',
    status: { response, time: '0001-01-01T00:00:00Z' },
    emailAddress: { name: 'Name', address },
  }
}

export const keyed = (value: string) => ({
  singleValueExtendedProperties: [{ id: 'String {4b6c1f0e-6f0d-4f5e-9b39-2f0c7d8a51e3} Name ProtectedTimeKey', value }],
})

/** An error in Graph's shape. */
export function graphError(code: string, more: Record<string, unknown> = {}) {
  return {
    error: {
      code,
      message: 'A text that may name ana.ruiz@example.org.',
      innerError: { date: '2027-01-01T00:00:00', 'request-id': 'r-1', 'client-request-id': 'c-1' },
      ...more,
    },
  }
}
