import type { Middleware } from '@microsoft/microsoft-graph-client'
import { callOf, middleware, NOT_JSON, optionsOf } from './call.ts'

const ANSWER_BYTES_MAX = 16 * 1024 * 1024

/**
 * The last link: sends one request and takes in the whole answer while the time limit still runs, so that a reply
 * cut off in the middle is a failure of the call and not of whoever reads it later. Follows no redirect: the token
 * would go along.
 */
export function fetchAnswer(fetchFrom: typeof fetch): Middleware {
  return middleware(async (context) => {
    const call = callOf(context)
    const { method, headers, body, signal } = optionsOf(context)
    if (typeof context.request !== 'string') throw new Error('the Graph SDK passed no address')
    call.mayHaveLeft = true
    const response = await fetchFrom(context.request, {
      method: method ?? 'GET',
      headers: headers ?? {},
      body: body ?? null,
      signal: signal ?? null,
      redirect: 'manual',
    })
    const text = await readText(response)
    call.answer = { status: response.status, headers: response.headers, body: parse(text) }
  })
}

async function readText(response: Response): Promise<string> {
  if (!response.body) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > ANSWER_BYTES_MAX) throw new Error(`an answer of Graph is longer than ${ANSWER_BYTES_MAX} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return NOT_JSON
  }
}
