import { timingSafeEqual } from 'node:crypto'
import { errors, type JWTPayload } from 'jose'
import type { PracticeUser } from '../people.ts'
import type { PracticeConsent } from './consent.ts'
import { PRACTICE_TENANT_ID, TOKEN_LIFETIME_SECONDS } from './constants.ts'
import { EntraError } from './entra-error.ts'
import { assertAppOnlyScope, consentRequired, grantDelegatedScopes, missingParameter } from './grant-scopes.ts'
import { findRegistration, type Registration } from './registrations.ts'
import type { PracticeTokens } from './tokens.ts'

const ON_BEHALF_OF = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export type TokenRequest = {
  readonly tenantId: string
  readonly form: URLSearchParams
  /** The `Authorization` header, which may hold the client's id and secret (HTTP Basic). */
  readonly authorization: string | undefined
}
export type TokenEndpointDeps = {
  readonly tokens: PracticeTokens
  readonly consent: PracticeConsent
  readonly findUser: (id: string) => PracticeUser | undefined
}

/**
 * Answers a token request as Entra's v2 endpoint does: client credentials, on-behalf-of, and the refresh tokens that
 * the latter hands out. Docs: "OAuth 2.0 client credentials flow", "OAuth 2.0 On-Behalf-Of flow".
 * @throws EntraError
 */
export async function answerTokenRequest(deps: TokenEndpointDeps, { tenantId, form, authorization }: TokenRequest) {
  if (tenantId.toLowerCase() !== PRACTICE_TENANT_ID) {
    throw new EntraError(
      'invalid_request',
      90002,
      `Tenant '${tenantId}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    )
  }
  const grant = form.get('grant_type')
  if (!grant) throw missingParameter('grant_type')
  if (grant !== 'client_credentials' && grant !== ON_BEHALF_OF && grant !== 'refresh_token') {
    throw new EntraError('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`)
  }
  const registration = authenticateClient(form, authorization)
  if (grant === 'client_credentials') return answerClientCredentials(deps, registration, form)
  const userId =
    grant === ON_BEHALF_OF ? await readAssertion(deps, form) : await readRefreshToken(deps, registration, form)
  return answerForUser(deps, registration, userId, form)
}

function authenticateClient(form: URLSearchParams, authorization: string | undefined): Registration {
  const basic = authorization === undefined ? undefined : readBasic(authorization)
  const clientId = basic?.id ?? form.get('client_id')
  if (!clientId) throw missingParameter('client_id')
  const registration = findRegistration(clientId)
  if (!registration) {
    throw new EntraError(
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory 'practice'.`,
    )
  }
  if (form.has('client_assertion')) {
    throw new EntraError(
      'invalid_client',
      700027,
      'The certificate with which the client assertion was signed is not registered on the application.',
    )
  }
  const secret = basic?.secret ?? form.get('client_secret')
  if (!secret) {
    throw new EntraError(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    )
  }
  if (!isSame(secret, registration.secret)) {
    throw new EntraError('invalid_client', 7000215, `Invalid client secret provided for app '${clientId}'.`)
  }
  return registration
}

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
function readBasic(authorization: string): { id: string; secret: string } | undefined {
  const encoded = /^basic\s+([a-z0-9+/=]+)$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const [id, secret, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  if (id === undefined || secret === undefined || rest.length > 0) return undefined
  const pair = new URLSearchParams(`id=${id}&secret=${secret}`)
  return { id: pair.get('id') ?? '', secret: pair.get('secret') ?? '' }
}

async function answerClientCredentials(deps: TokenEndpointDeps, registration: Registration, form: URLSearchParams) {
  assertAppOnlyScope(form.get('scope') ?? undefined)
  return {
    token_type: 'Bearer',
    expires_in: TOKEN_LIFETIME_SECONDS - 1,
    ext_expires_in: TOKEN_LIFETIME_SECONDS - 1,
    access_token: await deps.tokens.issueAppGraphToken(registration),
  }
}

async function answerForUser(
  deps: TokenEndpointDeps,
  registration: Registration,
  userId: string,
  form: URLSearchParams,
) {
  const user = deps.findUser(userId)
  if (!user) {
    throw new EntraError('invalid_grant', 50034, 'The user account does not exist in the practice directory.')
  }
  refuseAtHurdle(deps.consent, user, registration)
  const granted = grantDelegatedScopes(form.get('scope') ?? undefined, registration)
  const openid = granted.openid ? ['openid', 'profile', 'email'] : []
  return {
    token_type: 'Bearer',
    scope: [...granted.graph.map((name) => `https://graph.microsoft.com/${name}`), ...openid].join(' '),
    expires_in: TOKEN_LIFETIME_SECONDS - 1,
    ext_expires_in: TOKEN_LIFETIME_SECONDS - 1,
    access_token: await deps.tokens.issueDelegatedGraphToken(user, registration, granted.graph),
    ...(granted.offline ? { refresh_token: await deps.tokens.issueRefreshToken(user, registration) } : {}),
    ...(granted.openid ? { id_token: await deps.tokens.issueIdToken(user, registration) } : {}),
    client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: PRACTICE_TENANT_ID })).toString('base64url'),
  }
}

function refuseAtHurdle(consent: PracticeConsent, user: PracticeUser, registration: Registration): void {
  const hurdle = consent.find(user.id)
  if (hurdle === 'consent-required') throw consentRequired(registration.clientId)
  if (hurdle === 'interaction-required') {
    throw new EntraError(
      'interaction_required',
      50076,
      'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access Microsoft Graph.',
      {
        suberror: 'basic_action',
        claims: '{"access_token":{"capolids":{"essential":true,"values":["practice-mfa"]}}}',
      },
    )
  }
}

/** The user whom a token for our API names. */
async function readAssertion({ tokens }: TokenEndpointDeps, form: URLSearchParams): Promise<string> {
  if (!form.get('requested_token_use')) throw missingParameter('requested_token_use')
  if (form.get('requested_token_use') !== 'on_behalf_of') {
    throw new EntraError('invalid_request', 900023, "The value of 'requested_token_use' must be 'on_behalf_of'.")
  }
  const assertion = form.get('assertion')
  if (!assertion) throw missingParameter('assertion')
  const claims = await verifyGrant(() => tokens.verifyApiToken(assertion))
  if (typeof claims['oid'] !== 'string' || claims['idtyp'] === 'app') {
    throw new EntraError('invalid_grant', 50013, 'The assertion does not name a user.')
  }
  return claims['oid']
}

async function readRefreshToken({ tokens }: TokenEndpointDeps, registration: Registration, form: URLSearchParams) {
  const refreshToken = form.get('refresh_token')
  if (!refreshToken) throw missingParameter('refresh_token')
  const claims = await verifyGrant(() => tokens.verifyRefreshToken(refreshToken))
  if (claims['azp'] !== registration.clientId || typeof claims['oid'] !== 'string') {
    throw new EntraError('invalid_grant', 70000, 'The refresh token was issued to another client.')
  }
  return claims['oid']
}

async function verifyGrant(verify: () => Promise<JWTPayload>): Promise<JWTPayload> {
  try {
    return await verify()
  } catch (error) {
    const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : undefined
    if (error instanceof errors.JWTExpired || claim === 'nbf') {
      throw new EntraError('invalid_grant', 500133, 'Assertion is not within its valid time range.')
    }
    // Properly signed, but meant for somebody else: Graph's tokens differ in issuer too.
    if (claim === 'aud' || claim === 'iss') {
      throw new EntraError(
        'invalid_grant',
        500131,
        'Assertion audience does not match the Client app presenting the assertion.',
      )
    }
    if (error instanceof errors.JOSEError) {
      throw new EntraError('invalid_grant', 50013, 'Assertion failed signature validation.')
    }
    throw error
  }
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
