import { type Static, type TSchema, Type } from 'typebox'
import { closed } from '../../shared/api/common.ts'

const DELAY_MS_MAX = 60_000
const FAULTS_MAX = 100

const match = {
  method: Type.Optional(Type.Union(['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].map((method) => Type.Literal(method)))),
  path: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 300,
      description:
        'Graph path below /v1.0, without query. `*` stands for anything, slashes included; text that begins with `^` is a regular expression. Case does not matter.',
    }),
  ),
  count: Type.Integer({ minimum: 1, maximum: 10_000, description: 'How many matching requests it hits' }),
}
const effect = <Fields extends Record<string, TSchema>>(fields: Fields) => Type.Object({ ...match, ...fields }, closed)

/** What goes wrong, how often, and for which Graph requests. Exactly one effect each. */
export const Fault = Type.Union([
  effect({
    status: Type.Integer({ minimum: 400, maximum: 599, description: 'Refuse with this status, without handling' }),
    retryAfter: Type.Optional(
      Type.Union([Type.Number({ minimum: 0, maximum: 3600 }), Type.String({ minLength: 1, maxLength: 40 })], {
        description: 'Retry-After: seconds (fractions allowed), or the header as text, e.g. an HTTP date',
      }),
    ),
    errorCode: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  }),
  effect({ resetBefore: Type.Literal(true, { description: 'Cut the connection; nothing was handled' }) }),
  effect({ resetAfter: Type.Literal(true, { description: 'Handle, then cut the connection instead of answering' }) }),
  effect({
    delayMs: Type.Integer({
      minimum: 1,
      maximum: DELAY_MS_MAX,
      description: 'Wait, then handle and answer, even when the client has given up meanwhile',
    }),
  }),
  effect({ truncate: Type.Literal(true, { description: 'Handle, then send half of the answer' }) }),
  effect({ emptyBody: Type.Literal(true, { description: 'Handle, then send the status without a body' }) }),
  effect({ html: Type.Literal(true, { description: 'Handle, then send the status with a page of HTML' }) }),
])
export type Fault = Static<typeof Fault>
export const Faults = Type.Array(Fault, { minItems: 1, maxItems: FAULTS_MAX })

/** Which faults fit where: a request inside `$batch` has no connection of its own to cut. */
export type FaultScope = 'request' | 'batch-item'

export type FaultScript = {
  /** @throws SyntaxError for a `path` that is no regular expression */
  add(faults: readonly Fault[]): void
  remaining(): readonly Fault[]
  clear(): void
  /** Uses up and answers the oldest fault that fits. */
  take(method: string, path: string, scope: FaultScope): Fault | undefined
}

/** The faults still to happen, in memory: a restart of the service ends a rehearsal of faults. */
export function faultScript(): FaultScript {
  let pending: { readonly fault: Fault; readonly pattern: RegExp; left: number }[] = []
  return {
    add(faults) {
      const added = faults.map((fault) => ({ fault, pattern: patternOf(fault.path), left: fault.count }))
      pending = [...pending, ...added]
    },
    remaining: () => pending.map(({ fault, left }) => ({ ...fault, count: left })),
    clear() {
      pending = []
    },
    take(method, path, scope) {
      const hit = pending.find(
        ({ fault, pattern }) =>
          (fault.method === undefined || fault.method === method) &&
          (scope === 'request' || 'status' in fault || 'delayMs' in fault) &&
          pattern.test(path),
      )
      if (!hit) return undefined
      hit.left -= 1
      if (hit.left === 0) pending = pending.filter((other) => other !== hit)
      return hit.fault
    },
  }
}

function patternOf(path: string | undefined): RegExp {
  if (path === undefined) return /^/
  if (path.startsWith('^')) return new RegExp(path, 'i')
  const below = path.replace(/^\/?v1\.0(?=\/)/, '')
  const literal = below.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}/?$`, 'i')
}

/** Graph's usual code for a status, where the script names none. */
export function usualErrorCode(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    400: 'BadRequest',
    401: 'InvalidAuthenticationToken',
    403: 'ErrorAccessDenied',
    404: 'ErrorItemNotFound',
    409: 'Conflict',
    410: 'SyncStateNotFound',
    412: 'ErrorIrresolvableConflict',
    423: 'Locked',
    429: 'TooManyRequests',
    500: 'InternalServerError',
    502: 'BadGateway',
    503: 'ServiceUnavailable',
    504: 'GatewayTimeout',
    507: 'InsufficientStorage',
    509: 'ActivityLimitReached',
  }
  return codes[status] ?? (status < 500 ? 'BadRequest' : 'InternalServerError')
}
