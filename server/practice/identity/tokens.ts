import { createHash, randomUUID } from 'node:crypto'
import { createLocalJWKSet, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { Temporal } from 'temporal-polyfill'
import type { PracticeUser } from '../people.ts'
import {
  GRAPH_AUDIENCE,
  GRAPH_RESOURCE_ID,
  PRACTICE_CLIENT_ID,
  PRACTICE_GRAPH_ISSUER,
  PRACTICE_ISSUER,
  PRACTICE_SERVICE_PRINCIPAL_ID,
  PRACTICE_TENANT_ID,
  TOKEN_LIFETIME_SECONDS,
} from './constants.ts'
import type { Registration } from './registrations.ts'
import type { SigningKey } from './signing-key.ts'

const REFRESH_AUDIENCE = 'practice-refresh'
/** Skew that Entra's own services allow. */
const CLOCK_TOLERANCE_SECONDS = 60

/**
 * Issues and checks the practice tenant's tokens. Times are real time, not the practice clock: moving that clock must
 * not end anybody's session.
 */
export type PracticeTokens = ReturnType<typeof practiceTokens>

export function practiceTokens(key: SigningKey, realNow: () => Temporal.Instant) {
  const keySet = { keys: [key.publicJwk] }
  const findKey = createLocalJWKSet(keySet)

  function sign(claims: JWTPayload, lifetimeSeconds = TOKEN_LIFETIME_SECONDS): Promise<string> {
    const issuedAt = Math.floor(realNow().epochMilliseconds / 1000)
    return new SignJWT({ ...claims, tid: PRACTICE_TENANT_ID, uti: randomUUID().replaceAll('-', '') })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid })
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(key.privateKey)
  }
  async function verify(token: string, issuer: string, audience: string | string[]): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, findKey, {
      algorithms: ['RS256'],
      issuer,
      audience,
      requiredClaims: ['exp', 'nbf', 'iat', 'tid'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(realNow().epochMilliseconds),
    })
    return payload
  }

  return {
    keySet,
    /** A v2 access token for our API (scope `access_as_user`), as a pane or tab gets it from Entra. */
    issueApiToken: (user: PracticeUser) =>
      sign({
        iss: PRACTICE_ISSUER,
        aud: PRACTICE_CLIENT_ID,
        azp: PRACTICE_CLIENT_ID,
        azpacr: '0',
        ...person(user, PRACTICE_CLIENT_ID),
        scp: 'access_as_user',
        ...(user.appRoles.length > 0 ? { roles: user.appRoles } : {}),
        ver: '2.0',
      }),
    issueIdToken: (user: PracticeUser, registration: Registration) =>
      sign({ iss: PRACTICE_ISSUER, aud: registration.clientId, ...person(user, registration.clientId), ver: '2.0' }),
    issueDelegatedGraphToken: (user: PracticeUser, registration: Registration, scopes: readonly string[]) =>
      sign({
        ...graphToken(registration),
        idtyp: 'user',
        oid: user.id,
        sub: pairwiseSubject(user.id, GRAPH_RESOURCE_ID),
        upn: user.userPrincipalName,
        name: user.displayName,
        scp: scopes.join(' '),
      }),
    issueAppGraphToken: (registration: Registration) =>
      sign({
        ...graphToken(registration),
        idtyp: 'app',
        oid: PRACTICE_SERVICE_PRINCIPAL_ID,
        sub: PRACTICE_SERVICE_PRINCIPAL_ID,
        roles: [...registration.application],
      }),
    issueRefreshToken: (user: PracticeUser, registration: Registration) =>
      sign(
        { iss: PRACTICE_ISSUER, aud: REFRESH_AUDIENCE, oid: user.id, azp: registration.clientId },
        24 * TOKEN_LIFETIME_SECONDS,
      ),
    verifyApiToken: (token: string) => verify(token, PRACTICE_ISSUER, PRACTICE_CLIENT_ID),
    verifyGraphToken: (token: string) => verify(token, PRACTICE_GRAPH_ISSUER, [GRAPH_AUDIENCE, GRAPH_RESOURCE_ID]),
    verifyRefreshToken: (token: string) => verify(token, PRACTICE_ISSUER, REFRESH_AUDIENCE),
  }
}

function person(user: PracticeUser, audience: string) {
  return {
    oid: user.id,
    sub: pairwiseSubject(user.id, audience),
    name: user.displayName,
    preferred_username: user.userPrincipalName,
  }
}

function graphToken(registration: Registration) {
  return {
    iss: PRACTICE_GRAPH_ISSUER,
    aud: GRAPH_AUDIENCE,
    app_displayname: registration.displayName,
    appid: registration.clientId,
    appidacr: '1',
    ver: '1.0',
  }
}

/** `sub` differs per application in Entra, so nobody can key a person by it across applications. */
function pairwiseSubject(id: string, audience: string): string {
  return createHash('sha256').update(`${id}|${audience}`).digest('base64url')
}
