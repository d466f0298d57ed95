import fc from 'fast-check'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { TokenRefused, type TokenRules, tokenValidator } from '../../server/identity/validate-token.ts'

const TENANT = '11111111-2222-4333-8444-555555555555'
const AUDIENCE = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'
const TEAMS_WEB = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
const ISSUER = `https://login.microsoftonline.com/${TENANT}/v2.0`
const NOW = Temporal.Instant.from('2027-03-09T15:00:00Z')
const now = NOW.epochMilliseconds / 1000

type Keys = Awaited<ReturnType<typeof generateKeyPair>>
let keys: Keys
let otherKeys: Keys
let keySet: unknown
beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true })
  otherKeys = await generateKeyPair('RS256', { extractable: true })
  keySet = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }] }
})

const claims = {
  aud: AUDIENCE,
  iss: ISSUER,
  iat: now - 60,
  nbf: now - 60,
  exp: now + 3600,
  ver: '2.0',
  tid: TENANT,
  oid: '99999999-8888-4777-8666-555555555555',
  azp: AUDIENCE,
  scp: 'openid access_as_user',
  name: 'Ana Ruiz',
  preferred_username: 'ana.ruiz@example.org',
  roles: ['Coordinator'],
}
const sign = (more: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key = keys.privateKey) =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: 'JWT', ...header })
    .sign(key)
const without = (name: string) => sign({ [name]: undefined })

/** A validator over a key endpoint that counts how often it is asked. */
function validator(
  more: Partial<TokenRules> = {},
  answer: () => Response | Promise<Response> = () => Response.json(keySet),
) {
  let asked = 0
  const rules: TokenRules = {
    tenantId: TENANT,
    audience: AUDIENCE,
    issuer: ISSUER,
    jwksUri: () => 'https://login.example/keys',
    allowedClients: [AUDIENCE, TEAMS_WEB],
    clock: { now: () => NOW },
    timeoutMs: 1000,
    fetch: async (url) => {
      expect(String(url)).toBe('https://login.example/keys')
      asked++
      return await answer()
    },
    ...more,
  }
  return { validate: tokenValidator(rules), asked: () => asked }
}
const refusal = async (token: string | Promise<string>) => {
  const error: unknown = await validator()
    .validate(await token)
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TokenRefused)
  return (error as TokenRefused).code
}

test('lets a person in with what their token says of them', async () => {
  expect(await validator().validate(await sign())).toEqual({
    tenantId: TENANT,
    personId: '99999999-8888-4777-8666-555555555555',
    displayName: 'Ana Ruiz',
    email: 'ana.ruiz@example.org',
    roles: ['Coordinator'],
  })
})

test('name, address and roles may be missing; Teams may have asked for the token; the clocks may differ by a minute', async () => {
  const token = await sign({
    name: undefined,
    preferred_username: undefined,
    roles: undefined,
    azp: TEAMS_WEB,
    nbf: now + 50,
    iat: now + 50,
    exp: now + 100,
  })
  expect(await validator().validate(token)).toMatchObject({ displayName: '', email: '', roles: [] })
})

test('a token that was let in is let in no longer than it holds, and not before it begins', async () => {
  let at = NOW
  const { validate } = validator({ clock: { now: () => at } })
  const token = await sign({ nbf: now, iat: now, exp: now + 200 })
  await validate(token)
  at = NOW.add({ seconds: 199 })
  expect(await validate(token)).toMatchObject({ displayName: 'Ana Ruiz' })
  at = NOW.add({ seconds: 261 })
  await expect(validate(token)).rejects.toMatchObject({ code: 'err_jwt_expired' })
  at = NOW.subtract({ seconds: 61 })
  await expect(validate(token)).rejects.toMatchObject({ code: 'claim-nbf' })
})

describe('refuses', () => {
  const embedded = async () => {
    const jwk = await exportJWK(otherKeys.publicKey)
    return await sign({}, { jwk, kid: 'key-1' }, otherKeys.privateKey)
  }
  const hs256 = async () => {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))
    return await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(secret)
  }
  test.each<[string, () => string | Promise<string>, string]>([
    ['another audience', () => sign({ aud: 'api://else' }), 'claim-aud'],
    ['another issuer', () => sign({ iss: 'https://login.microsoftonline.com/other/v2.0' }), 'claim-iss'],
    ['another tenant', () => sign({ tid: '00000000-2222-4333-8444-555555555555' }), 'claim-tid'],
    ['an expired token', () => sign({ exp: now - 61 }), 'err_jwt_expired'],
    ['a token from the future', () => sign({ nbf: now + 61 }), 'claim-nbf'],
    ['the key id with another key', () => sign({}, {}, otherKeys.privateKey), 'err_jws_signature_verification_failed'],
    ['algorithm none', () => new UnsecuredJWT(claims).encode(), 'malformed'],
    ['HS256 with the public key as secret', hs256, 'err_jose_alg_not_allowed'],
    ['a key that comes with the token', embedded, 'err_jws_signature_verification_failed'],
    [
      'a key address that comes with the token',
      () => sign({}, { jku: 'https://evil.test/keys', kid: 'k' }, otherKeys.privateKey),
      'err_jwks_no_matching_key',
    ],
    ['an unknown key id', () => sign({}, { kid: 'key-2' }), 'err_jwks_no_matching_key'],
    [
      'a critical header it does not know',
      async () => {
        const token = await sign()
        const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'key-1', crit: ['x'], x: 1 })).toString(
          'base64url',
        )
        return [header, ...token.split('.').slice(1)].join('.')
      },
      'err_jose_not_supported',
    ],
    ['an app-only token', () => sign({ idtyp: 'app', scp: undefined, roles: ['Any'] }), 'claim-idtyp'],
    ['an app-only token that also has a scope', () => sign({ idtyp: 'app' }), 'claim-idtyp'],
    ['no scope', () => without('scp'), 'claim-scp'],
    ['another scope', () => sign({ scp: 'access_as_user_not' }), 'claim-scp'],
    ['a version 1 token', () => sign({ ver: '1.0' }), 'claim-ver'],
    ['a client that may not ask', () => sign({ azp: '00000000-bbbb-4ccc-8ddd-eeeeeeeeeeee' }), 'claim-azp'],
    ['an object id that is none', () => sign({ oid: 'ana' }), 'claim-oid'],
    ['roles that are no list', () => sign({ roles: 'Coordinator' }), 'claim-roles'],
    ['too many roles', () => sign({ roles: Array.from({ length: 101 }, String) }), 'claim-roles'],
    ['garbage', () => 'garbage', 'malformed'],
    ['nothing', () => '', 'malformed'],
    ['a megabyte', async () => `${await sign()}${'A'.repeat(1_000_000)}`, 'too-long'],
    ['white space around it', async () => ` ${await sign()}`, 'malformed'],
    ['padding', async () => `${await sign()}==`, 'malformed'],
  ])('%s', async (_, token, code) => expect(await refusal(await token())).toBe(code))

  test.each(['exp', 'nbf', 'iat', 'tid', 'oid', 'ver', 'azp', 'aud', 'iss'])('a token without %s', async (name) =>
    expect(await refusal(without(name))).toBe(`claim-${name}`),
  )
})

test('no token that differs in one character gets in', async () => {
  const token = await sign()
  const { validate } = validator()
  await validate(token)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '
  const place = fc.integer({ min: 0, max: token.length - 1 })
  await fc.assert(
    fc.asyncProperty(place, fc.constantFrom(...alphabet), async (at, character) => {
      fc.pre(token[at] !== character)
      const mutant = token.slice(0, at) + character + token.slice(at + 1)
      await expect(validate(mutant)).rejects.toBeInstanceOf(TokenRefused)
    }),
    // The last character of each part is where base64url has bits to hide.
    { numRuns: 1000, examples: [...'AQgw'].map((character) => [token.length - 1, character] as [number, string]) },
  )
})

describe('signing keys', () => {
  test('are fetched once, and unknown key ids fetch no more within the cooldown', async () => {
    const { validate, asked } = validator()
    await validate(await sign())
    for (let index = 0; index < 20; index++) {
      await expect(validate(await sign({}, { kid: `key-${index + 2}` }))).rejects.toBeInstanceOf(TokenRefused)
    }
    expect(asked()).toBe(1)
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['the endpoint is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['it answers an error', () => new Response('', { status: 503 })],
    ['it answers HTML', () => new Response('<html>')],
    ['it answers something else', () => Response.json({ value: [] })],
    ['it answers too much', () => Response.json({ keys: [], more: 'x'.repeat(300_000) })],
  ])('nobody gets in, and it is an outage, when %s', async (_, answer) => {
    const { validate } = validator({}, answer)
    await expect(validate(await sign())).rejects.toMatchObject({ name: 'SigningKeysUnavailable' })
  })

  test('are waited for only so long', async () => {
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
    const { validate } = validator({ fetch: never, timeoutMs: 20 })
    await expect(validate(await sign())).rejects.toMatchObject({ name: 'SigningKeysUnavailable' })
  })
})
