/**
 * The wait that an answer asks for, in milliseconds: seconds (Graph also sends fractions, e.g. `2.128`) or an HTTP
 * date, measured against the answer's own `Date`, so that our clock does not matter. `undefined` when it asks for
 * none. Infinity when it asks for one that cannot be read: better not to try again than too early.
 */
export function retryAfterMsOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000)
  const waitMs = Date.parse(text) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(waitMs) ? Number.POSITIVE_INFINITY : Math.max(0, waitMs)
}
