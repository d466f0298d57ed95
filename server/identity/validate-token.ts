import { createHash } from 'node:crypto'
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose'
import { expiringMemory } from '../expiring-memory.ts'
import type { Actor } from '../ports/actor.ts'
import type { Clock } from '../ports/clock.ts'

export type TokenRules = {
  /** The one tenant whose people may call. */
  readonly tenantId: string
  /** Our application (client) id: version 2 tokens carry it as audience. */
  readonly audience: string
  /** Exactly as in the token, e.g. `https://login.microsoftonline.com/{tenantId}/v2.0`. */
  readonly issuer: string
  /** The only place signing keys come from; what a token says of its keys is ignored. */
  readonly jwksUri: () => string
  /** Applications that may ask for our tokens: our own id and those of the Teams and Outlook clients. */
  readonly allowedClients: readonly string[]
  readonly clock: Clock
  /** Limit of one fetch of the signing keys. */
  readonly timeoutMs: number
  readonly fetch?: typeof fetch
}

/** The token is not one of ours; `code` says why and holds nothing of it. */
export class TokenRefused extends Error {
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(`token refused: ${code}`, options)
    this.name = 'TokenRefused'
    this.code = code
  }
}

/** The signing keys cannot be read, so nobody can be let in: an outage, not the caller's fault. */
export class SigningKeysUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('the signing keys cannot be read', options)
    this.name = 'SigningKeysUnavailable'
  }
}

const TOKEN_CHARS_MAX = 16 * 1024
const KEYS_BYTES_MAX = 256 * 1024
const ROLES_MAX = 100
const CLOCK_TOLERANCE_S = 60
/** Tokens with unknown key ids cannot make us fetch keys more often than this. */
const KEYS_COOLDOWN_MS = 30_000
const KEYS_AGE_MAX_MS = 24 * 3_600_000
/** How long a token that was found right is not looked at again: a panel of a page sends the same one many times. */
const REMEMBERED_MS = 5 * 60_000
/** More than have a page open at once; beyond it all are looked at anew. */
const REMEMBERED_MAX = 10_000
const SCOPE = 'access_as_user'
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Builds the check that every request passes: an RS256 signature by a key of the tenant, and issuer, audience, tenant,
 * times, scope and client as configured. A token that passed is let in for five minutes without another look, though not
 * beyond its end. Microsoft identity platform docs: "Access tokens", "Secure applications and
 * APIs by validating claims".
 * @returns the check; it throws `TokenRefused` or `SigningKeysUnavailable`
 */
export function tokenValidator(rules: TokenRules): (token: string) => Promise<Actor> {
  const allowedClients = new Set(rules.allowedClients)
  const fetchKeys = rules.fetch ?? fetch
  // Made at the first token: the practice tenant's address is known only once the server listens.
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  /** By the hash of the token; the token itself is not kept. */
  const remembered = expiringMemory<Actor>(REMEMBERED_MAX)

  return async (token) => {
    if (token.length > TOKEN_CHARS_MAX) throw new TokenRefused('too-long')
    const now = rules.clock.now().epochMilliseconds
    const hash = createHash('sha256').update(token).digest('base64')
    const known = remembered.find(hash, now)
    if (known) return known
    assertWellFormed(token)
    keys ??= createRemoteJWKSet(new URL(rules.jwksUri()), {
      timeoutDuration: rules.timeoutMs,
      cooldownDuration: KEYS_COOLDOWN_MS,
      cacheMaxAge: KEYS_AGE_MAX_MS,
      [customFetch]: (url, init) => fetchSmall(fetchKeys, url, init),
    })
    const { payload } = await verified(token, keys, rules, now)
    const actor = actorOf(payload, rules, allowedClients)
    remembered.keep(hash, actor, now, Math.min(now + REMEMBERED_MS, Number(payload.exp) * 1000))
    return actor
  }
}

/** Three parts in plain base64url: the last character of a part may not hide bits, so each token has one spelling. */
function assertWellFormed(token: string): void {
  const parts = token.split('.')
  const isPlain = (part: string) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part
  if (parts.length !== 3 || !parts.every(isPlain)) throw new TokenRefused('malformed')
}

async function verified(token: string, keys: ReturnType<typeof createRemoteJWKSet>, rules: TokenRules, now: number) {
  try {
    return await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: rules.issuer,
      audience: rules.audience,
      requiredClaims: ['exp', 'nbf', 'iat', 'tid', 'oid', 'ver', 'azp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(now),
    })
  } catch (cause) {
    const isKeysMissing =
      cause instanceof KeysFetchFailed || cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid
    if (isKeysMissing) throw new SigningKeysUnavailable({ cause })
    // jose's message may quote a claim; its code does not.
    if (cause instanceof errors.JWTClaimValidationFailed) throw new TokenRefused(`claim-${cause.claim}`)
    if (cause instanceof errors.JOSEError) throw new TokenRefused(cause.code.toLowerCase())
    throw new TokenRefused('unverifiable')
  }
}

function actorOf(payload: JWTPayload, rules: TokenRules, allowedClients: ReadonlySet<string>): Actor {
  const { tid, oid, ver, azp, scp, idtyp, iat, exp, roles, name, preferred_username: userName } = payload
  if (ver !== '2.0') throw new TokenRefused('claim-ver')
  if (tid !== rules.tenantId) throw new TokenRefused('claim-tid')
  if (typeof oid !== 'string' || !GUID.test(oid)) throw new TokenRefused('claim-oid')
  if (idtyp === 'app') throw new TokenRefused('claim-idtyp')
  if (typeof scp !== 'string' || !scp.split(' ').includes(SCOPE)) throw new TokenRefused('claim-scp')
  if (typeof azp !== 'string' || !allowedClients.has(azp)) throw new TokenRefused('claim-azp')
  if (iat === undefined || exp === undefined || iat > exp) throw new TokenRefused('claim-iat')
  return {
    tenantId: rules.tenantId,
    personId: oid.toLowerCase(),
    displayName: typeof name === 'string' ? name : '',
    email: typeof userName === 'string' ? userName : '',
    roles: rolesOf(roles),
  }
}

function rolesOf(roles: unknown): readonly string[] {
  if (roles === undefined) return []
  const isList = Array.isArray(roles) && roles.every((role): role is string => typeof role === 'string')
  if (!isList || roles.length > ROLES_MAX) throw new TokenRefused('claim-roles')
  return roles
}

class KeysFetchFailed extends Error {}

async function fetchSmall(fetchKeys: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetchKeys(url, { ...init, redirect: 'error' })
    const text = await response.text()
    if (text.length > KEYS_BYTES_MAX) throw new Error('the signing keys are too long')
    if (response.status !== 200) throw new Error(`the signing keys were answered with ${response.status}`)
    // Reading it here makes a page of HTML an outage; jose would blame the token.
    return Response.json(JSON.parse(text))
  } catch (cause) {
    throw new KeysFetchFailed('the signing keys cannot be fetched', { cause })
  }
}
