import type { Middleware } from '@microsoft/microsoft-graph-client'
import type { TokenRequest } from '../identity/graph-tokens.ts'
import { isInsideGraph } from './base-address.ts'
import { callOf, middleware, setHeader } from './call.ts'

/**
 * Puts the caller's Graph token on a request. One 401 is answered with a fresh token and, where Graph sent a claims
 * challenge, with its claims: a token may be revoked before it expires. Graph docs: "Continuous access evaluation".
 */
export function attachToken(baseUrl: () => string, getToken: (request: TokenRequest) => Promise<string>): Middleware {
  return middleware(async (context, next) => {
    const call = callOf(context)
    if (typeof context.request !== 'string' || !isInsideGraph(baseUrl(), context.request)) {
      throw new Error('a Graph token was about to go to another address')
    }
    setHeader(context, 'Authorization', `Bearer ${await getToken({})}`)
    await next()
    if (call.answer?.status !== 401) return
    const claims = readClaimsChallenge(call.answer.headers.get('www-authenticate'))
    call.mayHaveLeft = false
    call.answer = undefined
    setHeader(context, 'Authorization', `Bearer ${await getToken({ isFresh: true, ...(claims && { claims }) })}`)
    await next()
  })
}

function readClaimsChallenge(header: string | null): string | undefined {
  const encoded = /\bclaims="([A-Za-z0-9+/=_-]{1,8000})"/.exec(header ?? '')?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
}
