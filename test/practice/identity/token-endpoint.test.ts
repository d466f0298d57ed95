import { createLocalJWKSet, decodeJwt, generateKeyPair, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  GRAPH_AUDIENCE,
  PRACTICE_CLIENT_ID,
  PRACTICE_GRAPH_ISSUER,
  PRACTICE_ISSUER,
  PRACTICE_TENANT_ID,
} from '../../../server/practice/identity/constants.ts'
import { ADA, BEN, CLEO, formOf, NOW, type Practice, startPractice, TOKEN_PATH } from '../start-practice.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default'
const currentDate = new Date(NOW.epochMilliseconds)

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const ask = (form: Record<string, string>, headers: Record<string, string> = {}, path = TOKEN_PATH) => {
  const { headers: type, payload } = formOf(form)
  return practice.app.inject({ method: 'POST', url: path, headers: { ...type, ...headers }, payload })
}
const client = { client_id: 'practice', client_secret: 'practice' }
const appForm = { ...client, grant_type: 'client_credentials', scope: GRAPH_DEFAULT }
const onBehalfOf = async (assertion: string, more: Record<string, string> = {}) =>
  ask({
    ...client,
    grant_type: JWT_BEARER,
    requested_token_use: 'on_behalf_of',
    scope: `${GRAPH_DEFAULT} openid profile offline_access`,
    assertion,
    ...more,
  })
async function keySet() {
  const keys = await practice.app.inject(`/practice/identity/${PRACTICE_TENANT_ID}/discovery/v2.0/keys`)
  return createLocalJWKSet(keys.json<JSONWebKeySet>())
}

test('issues an app-only Graph token for client credentials that the published keys verify', async () => {
  const answer = await ask(appForm)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['cache-control']).toBe('no-store')
  const { access_token: token, token_type, expires_in } = answer.json()
  expect({ token_type, expires_in }).toEqual({ token_type: 'Bearer', expires_in: 3599 })
  const { payload } = await jwtVerify(token, await keySet(), {
    algorithms: ['RS256'],
    audience: GRAPH_AUDIENCE,
    issuer: PRACTICE_GRAPH_ISSUER,
    currentDate,
  })
  expect(payload).toMatchObject({ idtyp: 'app', tid: PRACTICE_TENANT_ID })
  expect(payload['roles']).toContain('Calendars.ReadWrite')
  expect(payload).not.toHaveProperty('scp')
})

test('takes the client id and secret as HTTP Basic too', async () => {
  const { client_id: _, client_secret: __, ...form } = appForm
  const authorization = `Basic ${Buffer.from('practice:practice').toString('base64')}`
  expect((await ask(form, { authorization })).statusCode).toBe(200)
  const wrong = `Basic ${Buffer.from('practice:wrong').toString('base64')}`
  expect((await ask(form, { authorization: wrong })).json()).toMatchObject({ error_codes: [7000215] })
})

test('gives the product only what it asks IT for, and a rehearsal what the emulator serves', async () => {
  const rolesOf = async (clientId: string) =>
    decodeJwt((await ask({ ...appForm, client_id: clientId })).json().access_token)['roles']
  expect(await rolesOf(PRACTICE_CLIENT_ID)).not.toContain('Mail.ReadWrite')
  expect(await rolesOf('practice')).toContain('Mail.ReadWrite')
})

test('exchanges a token of our API for a delegated Graph token of the same person', async () => {
  const assertion = await practice.tenant.identity.tokens.issueApiToken(BEN)
  const answer = (await onBehalfOf(assertion)).json()
  expect(answer).toMatchObject({ token_type: 'Bearer' })
  expect(answer.scope).toContain('https://graph.microsoft.com/Calendars.ReadWrite')
  const { payload } = await jwtVerify(answer.access_token, await keySet(), { audience: GRAPH_AUDIENCE, currentDate })
  expect(payload).toMatchObject({ idtyp: 'user', oid: BEN.id, upn: BEN.userPrincipalName })
  expect(String(payload['scp']).split(' ')).toContain('Calendars.ReadWrite')
  expect(JSON.parse(Buffer.from(answer.client_info, 'base64url').toString())).toEqual({
    uid: BEN.id,
    utid: PRACTICE_TENANT_ID,
  })
  expect(decodeJwt(answer.id_token)).toMatchObject({ aud: 'practice', oid: BEN.id, ver: '2.0' })
  const renewed = await ask({
    ...client,
    grant_type: 'refresh_token',
    refresh_token: answer.refresh_token,
    scope: GRAPH_DEFAULT,
  })
  expect(decodeJwt(renewed.json().access_token)).toMatchObject({ oid: BEN.id })
})

test('narrows a delegated token to the scopes that were asked for by name', async () => {
  const assertion = await practice.tenant.identity.tokens.issueApiToken(BEN)
  const answer = (
    await onBehalfOf(assertion, { scope: 'Calendars.ReadWrite https://graph.microsoft.com/User.Read' })
  ).json()
  expect(decodeJwt(answer.access_token)['scp']).toBe('Calendars.ReadWrite User.Read')
  expect(answer).not.toHaveProperty('id_token')
  expect(answer).not.toHaveProperty('refresh_token')
})

test('refuses what Entra refuses, in its shape and with its numbers', async () => {
  const good = await practice.tenant.identity.tokens.issueApiToken(ADA)
  const graphToken = await practice.tokenOf(ADA)
  const { privateKey } = await generateKeyPair('RS256')
  const forged = await new SignJWT(decodeJwt(good)).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const old = await startPractice({ realNow: () => NOW.subtract({ hours: 3 }) })
  // Another tenant's key signs it, so this token is both expired and foreign: the signature is looked at first.
  const foreign = await old.tenant.identity.tokens.issueApiToken(ADA)
  await old.close()
  const cases: [string, Promise<{ statusCode: number; json(): unknown }>, number, string, number][] = [
    ['wrong secret', ask({ ...appForm, client_secret: 'no' }), 401, 'invalid_client', 7000215],
    ['no secret', ask({ ...appForm, client_secret: '' }), 401, 'invalid_client', 7000218],
    ['certificate', ask({ ...appForm, client_assertion: 'x' }), 401, 'invalid_client', 700027],
    ['unknown client', ask({ ...appForm, client_id: 'other' }), 400, 'unauthorized_client', 700016],
    ['unknown tenant', ask(appForm, {}, '/practice/identity/other/oauth2/v2.0/token'), 400, 'invalid_request', 90002],
    ['no grant', ask({ ...client }), 400, 'invalid_request', 900144],
    ['other grant', ask({ ...client, grant_type: 'password' }), 400, 'unsupported_grant_type', 70003],
    ['app-only scope', ask({ ...appForm, scope: 'User.Read' }), 400, 'invalid_scope', 1002012],
    ['other resource', ask({ ...appForm, scope: 'https://vault.azure.net/.default' }), 400, 'invalid_resource', 500011],
    ['no token use', onBehalfOf(good, { requested_token_use: '' }), 400, 'invalid_request', 900144],
    ['no assertion', onBehalfOf(''), 400, 'invalid_request', 900144],
    ['garbage assertion', onBehalfOf('a.b.c'), 400, 'invalid_grant', 50013],
    ['forged assertion', onBehalfOf(forged), 400, 'invalid_grant', 50013],
    ['foreign assertion', onBehalfOf(foreign), 400, 'invalid_grant', 50013],
    ['assertion for Graph', onBehalfOf(graphToken), 400, 'invalid_grant', 500131],
    ['scope nobody consented to', onBehalfOf(good, { scope: 'Files.ReadWrite.All' }), 400, 'invalid_grant', 65001],
  ]
  for (const [name, asked, status, error, number] of cases) {
    const answer = await asked
    expect.soft(answer.statusCode, name).toBe(status)
    expect.soft(answer.json(), name).toMatchObject({
      error,
      error_codes: [number],
      error_description: expect.stringMatching(new RegExp(`^AADSTS${number}: .*Trace ID: .*Correlation ID: `)),
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
    })
  }
})

test('refuses an expired assertion as out of its time', async () => {
  let now = NOW
  const later = await startPractice({ realNow: () => now })
  const assertion = await later.tenant.identity.tokens.issueApiToken(ADA)
  now = NOW.add({ hours: 2 })
  const { headers, payload } = formOf({
    ...client,
    grant_type: JWT_BEARER,
    requested_token_use: 'on_behalf_of',
    scope: GRAPH_DEFAULT,
    assertion,
  })
  const answer = await later.app.inject({ method: 'POST', url: TOKEN_PATH, headers, payload })
  expect(answer.json()).toMatchObject({ error: 'invalid_grant', error_codes: [500133] })
  await later.close()
})

test('repeats the correlation id of the caller', async () => {
  const answer = await ask({ ...appForm, client_secret: 'no' }, { 'client-request-id': 'abc' })
  expect(answer.json()).toMatchObject({ correlation_id: 'abc' })
})

test('stands in the way of one person as scripted, and of nobody else', async () => {
  const set = (hurdle: string | null) =>
    practice.app.inject({
      method: 'PUT',
      url: '/practice/consent',
      payload: { userPrincipalName: BEN.userPrincipalName, hurdle },
    })
  const assertion = await practice.tenant.identity.tokens.issueApiToken(BEN)
  expect((await set('consent-required')).statusCode).toBe(204)
  expect((await onBehalfOf(assertion)).json()).toMatchObject({
    error: 'invalid_grant',
    suberror: 'consent_required',
    error_codes: [65001],
  })
  const other = await practice.tenant.identity.tokens.issueApiToken(CLEO)
  expect((await onBehalfOf(other)).statusCode).toBe(200)
  await set('interaction-required')
  const mfa = (await onBehalfOf(assertion)).json()
  expect(mfa).toMatchObject({ error: 'interaction_required', error_codes: [50076] })
  expect(JSON.parse(mfa.claims)).toHaveProperty('access_token')
  await set(null)
  expect((await onBehalfOf(assertion)).statusCode).toBe(200)
})

test('signs people in with a v2 token of our API', async () => {
  const answer = await practice.post('/practice/sign-in', { userPrincipalName: CLEO.userPrincipalName.toUpperCase() })
  const { accessToken, expiresAt } = answer.json()
  expect(expiresAt).toBe('2026-03-02T16:00:00Z')
  const { payload, protectedHeader } = await jwtVerify(accessToken, await keySet(), {
    algorithms: ['RS256'],
    issuer: PRACTICE_ISSUER,
    audience: PRACTICE_CLIENT_ID,
    requiredClaims: ['exp', 'nbf', 'iat', 'sub'],
    currentDate,
  })
  expect(protectedHeader.kid).toEqual(expect.any(String))
  expect(payload).toMatchObject({
    tid: PRACTICE_TENANT_ID,
    oid: CLEO.id,
    ver: '2.0',
    scp: 'access_as_user',
    azp: PRACTICE_CLIENT_ID,
    roles: ['Coordinator'],
    preferred_username: CLEO.userPrincipalName,
    name: CLEO.displayName,
  })
})

test('keeps sessions when the practice clock moves', async () => {
  const token = await practice.tokenOf(ADA)
  await practice.post('/practice/clock', { now: '2027-01-01T00:00:00Z' })
  const answer = await practice.app.inject({
    url: '/practice/graph/v1.0/me',
    headers: { authorization: `Bearer ${token}` },
  })
  expect(answer.statusCode).toBe(200)
  await practice.post('/practice/clock', { now: NOW.toString() })
})

test('does not sign in strangers, rooms or with an unknown member in the body', async () => {
  expect((await practice.post('/practice/sign-in', { userPrincipalName: 'x@y.example' })).statusCode).toBe(404)
  expect((await practice.post('/practice/sign-in', { userPrincipalName: 'room@clinic.example' })).statusCode).toBe(422)
  const strict = await practice.post('/practice/sign-in', { userPrincipalName: ADA.userPrincipalName, role: 'admin' })
  expect(strict.statusCode).toBe(400)
  expect(strict.headers['content-type']).toContain('application/problem+json')
  expect(strict.json()).toMatchObject({ code: 'invalid-request', type: 'urn:problem:invalid-request' })
})

test('lists people with what a host page shows', async () => {
  const people = (await practice.app.inject('/practice/people')).json()
  expect(people.find(({ id }: { id: string }) => id === CLEO.id)).toEqual({
    id: CLEO.id,
    userPrincipalName: 'cleo@clinic.example',
    displayName: 'Cleo Prescott',
    mail: 'cleo@clinic.example',
    jobTitle: 'Physician',
    kind: 'coordinator',
    appRoles: ['Coordinator'],
    timeZone: 'Eastern Standard Time',
    hasMailbox: true,
  })
})

test('publishes metadata whose addresses are its own', async () => {
  const answer = await practice.app.inject(
    `/practice/identity/${PRACTICE_TENANT_ID}/v2.0/.well-known/openid-configuration`,
  )
  expect(answer.json()).toMatchObject({
    issuer: PRACTICE_ISSUER,
    token_endpoint: `http://practice.test${TOKEN_PATH}`,
    jwks_uri: `http://practice.test/practice/identity/${PRACTICE_TENANT_ID}/discovery/v2.0/keys`,
  })
})
