import { randomUUID } from 'node:crypto'
import { GraphError } from '../dispatch.ts'

const VALIDATION_TIMEOUT_MS = 10_000
const ANSWER_CHARACTERS_MAX = 2_000

/**
 * Asks a notification endpoint to repeat a token, in plain text and within 10 seconds, before anything is sent there.
 * Docs: "Receive change notifications through webhooks", notificationUrl validation. @throws GraphError 400
 */
export async function validateEndpoint(address: string, closing: AbortSignal): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`
  const url = new URL(address)
  url.searchParams.set('validationToken', token)
  const answer = await post(url, closing)
  const isText = answer?.contentType.toLowerCase().startsWith('text/plain') ?? false
  if (answer?.status === 200 && isText && answer.text === token) return
  const reason =
    answer === undefined
      ? 'Subscription validation request timed out or could not connect.'
      : 'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.'
  throw new GraphError(400, 'ValidationError', reason)
}

async function post(url: URL, closing: AbortSignal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(VALIDATION_TIMEOUT_MS), closing]),
    })
    const text = (await response.text()).slice(0, ANSWER_CHARACTERS_MAX)
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', text }
  } catch {
    // Refused, cut off or too slow: to whoever subscribes it is all the same.
    return undefined
  }
}
