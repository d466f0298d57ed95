import { randomUUID } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import type { GraphError, GraphReply } from './dispatch.ts'

/**
 * A refusal made before any route was found (token, permission, throttling, unreadable body), in the same shape as the
 * router's ("Microsoft Graph error responses and resource types").
 */
export function viewGraphError(
  error: GraphError,
  requestHeaders: Readonly<Record<string, string>>,
  now: Temporal.Instant,
  headers: Readonly<Record<string, string>> = {},
): GraphReply {
  const requestId = randomUUID()
  const clientRequestId = requestHeaders['client-request-id'] ?? requestId
  const date = now.toString({ fractionalSecondDigits: 0 }).replace('Z', '')
  return {
    status: error.status,
    headers: { 'request-id': requestId, 'client-request-id': clientRequestId, ...headers },
    body: {
      error: {
        code: error.code,
        message: error.message,
        ...error.extra,
        innerError: { date, 'request-id': requestId, 'client-request-id': clientRequestId },
      },
    },
  }
}
