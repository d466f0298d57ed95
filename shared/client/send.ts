import { ApiProblem, problemFrom } from './problem.ts'
import type { ReviewedBody } from './text-review.ts'

/** What the service said about a token it refused: get another one, with these claims if it names any. */
export type TokenRequest = {
  readonly refresh: boolean
  readonly claims?: string
  /** Permissions of Microsoft Graph that the person is asked for now, because they chose what needs them. */
  readonly consentTo?: readonly string[]
}

/** Hands out an access token for our API. Hosts keep the token; nothing here stores it. */
export type TokenProvider = (request: TokenRequest) => Promise<string>

type SendOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly query?: Readonly<Record<string, string | boolean | undefined>>
  readonly body?: unknown
  /** Ends the call early, e.g. because the pane no longer shows what it asks for. */
  readonly signal?: AbortSignal | undefined
  readonly timeLimitMs?: number
  /** The answer is a `Blob`. */
  readonly isFile?: boolean
  /** Asked of the person when the service says that it may not. */
  readonly consentTo?: readonly string[]
}

/** Sends one request to the service and reads its JSON. @throws ApiProblem; the signal's reason when it was aborted. */
export type Send = <Answer>(path: string, options?: SendOptions) => Promise<Answer>

export type SendSetup = {
  readonly getToken: TokenProvider
  /** Origin of the service; the page's own unless told. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  readonly timeLimitMs?: number
  /** Looks at a body before it leaves the device; may change it, or throw. */
  readonly review?: (body: unknown) => Promise<ReviewedBody>
}

const TIME_LIMIT_MS = 20_000
/** Browsers refuse kept-alive bodies over 64 KiB, counted over all that are under way. Source: Fetch standard. */
const KEPT_BODY_BYTES_MAX = 60_000

/**
 * Makes the one function through which panes speak to the service: bearer token, JSON, a time limit on each try that
 * covers the body too. A 401 is answered once with a fresh token (with the claims it asks for); a second one is final.
 */
export function createSend(setup: SendSetup): Send {
  const { getToken, baseUrl = '', fetch = globalThis.fetch, timeLimitMs, review } = setup
  return async <Answer>(path: string, options: SendOptions = {}): Promise<Answer> => {
    const url = `${baseUrl}${path}${queryText(options.query)}`
    const limit = options.timeLimitMs ?? timeLimitMs ?? TIME_LIMIT_MS
    const reviewed = options.body === undefined ? undefined : await review?.(options.body)
    const content = reviewed?.body ?? options.body
    const body = content === undefined ? undefined : JSON.stringify(content)
    const attempt = async (request: TokenRequest) => {
      const token = await getToken(request)
      return answerWithin({ limitMs: limit, outer: options.signal, isFile: options.isFile ?? false }, (signal) =>
        fetch(url, {
          method: options.method ?? 'GET',
          headers: {
            accept: 'application/json, application/problem+json',
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(reviewed?.isConfirmed ? { 'x-no-patient-data': 'confirmed' } : {}),
          },
          ...(body === undefined ? {} : { body }),
          keepalive: outlivesPane(options.method, body),
          signal,
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
        }),
      )
    }

    const first = await attempt({ refresh: false })
    if (first.response.status !== 401) return read<Answer>(first)
    const claims = claimsIn(first.response.headers.get('www-authenticate'))
    const { consentTo } = options
    return read<Answer>(
      await attempt({ refresh: true, ...(claims ? { claims } : {}), ...(consentTo ? { consentTo } : {}) }),
    )
  }
}

/** A tick or goal saved just before the pane closes still arrives. */
function outlivesPane(method: SendOptions['method'], body = ''): boolean {
  const isChange = method === 'PUT' || method === 'DELETE'
  return isChange && new TextEncoder().encode(body).byteLength < KEPT_BODY_BYTES_MAX
}

/** A file that was asked for comes as it is; everything else, problems too, as text. */
type Answered = { readonly response: Response; readonly content: string | Blob }

function read<Answer>({ response, content: text }: Answered): Answer {
  // Whoever asks for a file says that Answer is a Blob.
  if (typeof text !== 'string') return text as Answer
  if (!response.ok) throw problemFrom(response, text)
  // The service serialises every answer by the schema that Answer is inferred from; an empty one belongs to a 204.
  if (text === '') return undefined as Answer
  try {
    return JSON.parse(text) as Answer
  } catch (cause) {
    throw new ApiProblem('unreadable-answer', { status: response.status }, { cause })
  }
}

const TIMED_OUT = Symbol('timed out')

// Not AbortSignal.any and .timeout: Outlook on older macOS runs panes in a WebKit that lacks the former.
async function answerWithin(
  {
    limitMs,
    outer,
    isFile,
  }: { readonly limitMs: number; readonly outer: AbortSignal | undefined; readonly isFile: boolean },
  ask: (signal: AbortSignal) => Promise<Response>,
): Promise<Answered> {
  outer?.throwIfAborted()
  const inner = new AbortController()
  const timer = setTimeout(() => inner.abort(TIMED_OUT), limitMs)
  const abort = () => inner.abort(outer?.reason)
  outer?.addEventListener('abort', abort)
  try {
    const response = await ask(inner.signal)
    return { response, content: isFile && response.ok ? await response.blob() : await response.text() }
  } catch (cause) {
    outer?.throwIfAborted()
    if (inner.signal.aborted) throw new ApiProblem('timed-out', {}, { cause })
    throw new ApiProblem(isOffline() ? 'offline' : 'not-reachable', {}, { cause })
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', abort)
  }
}

const isOffline = () => typeof navigator !== 'undefined' && navigator.onLine === false

function queryText(query: SendOptions['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  const text = search.toString()
  return text && `?${text}`
}

/**
 * The claims challenge of a `WWW-Authenticate` header as the JSON text that the sign-in library wants. Entra sends it
 * in base64; plain (escaped) JSON is read too. Source: Microsoft identity platform, "Claims challenges".
 */
export function claimsIn(header: string | null): string | undefined {
  const quoted = header?.match(/\bclaims="((?:[^"\\]|\\.)*)"/)?.[1]?.replaceAll(/\\(.)/g, '$1')
  if (!quoted) return undefined
  if (quoted.startsWith('{')) return quoted
  try {
    const text = atob(quoted.replaceAll('-', '+').replaceAll('_', '/'))
    return text.startsWith('{') ? text : undefined
  } catch {
    return undefined
  }
}
