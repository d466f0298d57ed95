import { randomUUID } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'

/** OAuth error names that Entra's token endpoint uses. */
export type EntraErrorName =
  | 'consent_required'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_resource'
  | 'invalid_scope'
  | 'server_error'
  | 'unauthorized_client'
  | 'unsupported_grant_type'

/** A refusal of the token endpoint. `number` is Entra's AADSTS code, which clients branch on. */
export class EntraError extends Error {
  readonly status: number
  readonly error: EntraErrorName
  readonly number: number
  readonly suberror: string | undefined
  /** Claims challenge (JSON text) that the client must send back to get past the refusal. */
  readonly claims: string | undefined

  constructor(
    error: EntraErrorName,
    number: number,
    message: string,
    options: { readonly status?: number; readonly suberror?: string; readonly claims?: string } = {},
  ) {
    super(message)
    this.name = 'EntraError'
    this.error = error
    this.number = number
    this.status = options.status ?? (error === 'invalid_client' ? 401 : 400)
    this.suberror = options.suberror
    this.claims = options.claims
  }
}

/** Entra's error body ("Microsoft identity platform: error handling", fields of the token endpoint's error response). */
export function viewEntraError(refusal: EntraError, now: Temporal.Instant, correlationId: string) {
  const traceId = randomUUID()
  const timestamp = now.toString({ smallestUnit: 'second' }).replace('T', ' ')
  return {
    error: refusal.error,
    error_description: `AADSTS${refusal.number}: ${refusal.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [refusal.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${refusal.number}`,
    ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
    ...(refusal.claims === undefined ? {} : { claims: refusal.claims }),
  }
}
