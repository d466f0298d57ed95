import { errors, type JWTPayload } from 'jose'
import type { Temporal } from 'temporal-polyfill'
import { type GraphCaller, GraphError } from '../graph/dispatch.ts'
import type { PracticeUser } from '../people.ts'
import type { PracticeState } from '../state.ts'
import { answerTokenRequest, type TokenRequest } from './answer-token-request.ts'
import { type PracticeConsent, practiceConsent } from './consent.ts'
import { openSigningKey } from './signing-key.ts'
import { type PracticeTokens, practiceTokens } from './tokens.ts'

/** Who calls Graph, and through which application: throttling counts per application and mailbox. */
export type AuthenticatedCall = { readonly caller: GraphCaller; readonly appId: string }

export type PracticeIdentity = {
  readonly tokens: PracticeTokens
  readonly consent: PracticeConsent
  /** @throws EntraError */
  answerTokenRequest(request: TokenRequest): ReturnType<typeof answerTokenRequest>
  /** Accepts Graph tokens of this tenant and nothing else. @throws GraphError 401 `InvalidAuthenticationToken` */
  authenticateGraph(authorization: string | undefined): Promise<AuthenticatedCall>
}

/** Opens the Entra look-alike on the tenant's state. @param realNow real time; tokens do not follow the practice clock */
export async function openIdentity(state: PracticeState, realNow: () => Temporal.Instant): Promise<PracticeIdentity> {
  const tokens = practiceTokens(await openSigningKey(state), realNow)
  const consent = practiceConsent(state)
  const users = state.collection<PracticeUser>('users')
  return {
    tokens,
    consent,
    answerTokenRequest: (request) => answerTokenRequest({ tokens, consent, findUser: (id) => users.get(id) }, request),
    async authenticateGraph(authorization) {
      const token = /^bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1]
      if (token === undefined) throw unauthenticated('Access token is empty.')
      return readCall(await verifyOrRefuse(() => tokens.verifyGraphToken(token)))
    },
  }
}

function readCall(claims: JWTPayload): AuthenticatedCall {
  const { appid, idtyp, oid, scp, roles } = claims
  if (typeof appid !== 'string' || typeof oid !== 'string') throw unauthenticated('Access token validation failure.')
  if (idtyp === 'app') {
    const granted = Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : []
    return { appId: appid, caller: { kind: 'app', appId: appid, roles: granted } }
  }
  const scopes = typeof scp === 'string' ? scp.split(' ') : []
  return { appId: appid, caller: { kind: 'user', userId: oid, scopes } }
}

async function verifyOrRefuse(verify: () => Promise<JWTPayload>): Promise<JWTPayload> {
  try {
    return await verify()
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw unauthenticated('Lifetime validation failed, the token is expired.')
    }
    if (error instanceof errors.JWTClaimValidationFailed && (error.claim === 'aud' || error.claim === 'iss')) {
      throw unauthenticated('Access token validation failure. Invalid audience.')
    }
    if (error instanceof errors.JOSEError) throw unauthenticated('Access token validation failure.')
    throw error
  }
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message)
}
