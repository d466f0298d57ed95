import type { Static } from 'typebox'
import type { Problem } from '../api/common.ts'
import type { DomainErrorCode } from '../domain/errors.ts'

/** What goes wrong before an answer of the service can be read, or with the answer itself. */
type ClientProblemCode =
  | 'offline'
  | 'not-reachable'
  | 'timed-out'
  | 'unreadable-answer'
  | 'sign-in-failed'
  | 'sign-in-cancelled'
  | 'sign-in-not-available'

/** Refusals of the service's HTTP layer and of the calendar behind it, which are no decisions of the domain. */
type ServiceProblemCode =
  | 'calendar-access-denied'
  | 'calendar-refused'
  | 'calendar-unavailable'
  | 'event-not-found'
  | 'invalid-request'
  | 'not-found'
  | 'too-many-requests'
  | 'unavailable'

/** Codes whose text the panes know; the service may name others, so `ApiProblem.code` stays a string. */
export type KnownProblemCode = DomainErrorCode | ServiceProblemCode | ClientProblemCode

type ProblemAnswer = Static<typeof Problem>
type Details = Partial<Pick<ProblemAnswer, 'status' | 'title' | 'detail' | 'faults' | 'requestId'>> & {
  readonly retryAfterSeconds?: number | undefined
}

/**
 * Every way a call to the service fails, as one error. Choose the text by `code` (`messageFor`); `status` is 0 when no
 * answer came. `requestId` is what a person can quote to whoever runs the service.
 */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string | undefined
  readonly faults: readonly { readonly path: string; readonly message: string }[]
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: KnownProblemCode | (string & {}), details: Details = {}, options?: ErrorOptions) {
    super(details.title ?? code, options)
    this.name = 'ApiProblem'
    this.code = code
    this.status = details.status ?? 0
    this.title = details.title ?? code
    this.detail = details.detail
    this.faults = details.faults ?? []
    this.requestId = details.requestId
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** Reads an answer that is not a success: problem+json as it stands, anything else (a proxy's page) by its status. */
export function problemFrom(response: Response, text: string): ApiProblem {
  const answer = parseObject(text)
  const requestId = stringIn(answer, 'requestId') ?? response.headers.get('x-request-id') ?? undefined
  const faults = answer?.['faults']
  return new ApiProblem(stringIn(answer, 'code') ?? codeForStatus(response.status), {
    status: response.status,
    title: stringIn(answer, 'title') ?? `The service answered ${response.status}`,
    ...optional('detail', stringIn(answer, 'detail')),
    ...optional('faults', Array.isArray(faults) ? faults.filter(isFault) : undefined),
    ...optional('requestId', requestId),
    retryAfterSeconds: readSeconds(response.headers.get('retry-after')),
  })
}

function codeForStatus(status: number): KnownProblemCode {
  if (status === 401) return 'not-signed-in'
  if (status === 403) return 'not-allowed'
  if (status === 413) return 'too-large'
  if (status === 429) return 'too-many-requests'
  return status >= 500 ? 'unavailable' : 'unreadable-answer'
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    // Checked on the same line to be an object with string keys.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function stringIn(answer: Record<string, unknown> | undefined, key: string): string | undefined {
  const value = answer?.[key]
  return typeof value === 'string' ? value : undefined
}

function isFault(value: unknown): value is { path: string; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}

/** Seconds of a Retry-After header; the date form is left alone, because the two clocks may differ. */
function readSeconds(header: string | null): number | undefined {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : undefined
}

const optional = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  // A property that is left out, not one that is undefined (exactOptionalPropertyTypes).
  (value === undefined ? {} : { [key]: value }) as { [key in Key]?: Value }
