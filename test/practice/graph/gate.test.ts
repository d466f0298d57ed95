import { decodeJwt, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PRACTICE_CLIENT_ID } from '../../../server/practice/identity/constants.ts'
import { ADA, BEN, NOW, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const ask = (url: string, headers: Record<string, string> = {}) =>
  practice.app.inject({ url: `/practice/graph/v1.0${url}`, headers })
const withToken = (token: string) => ({ authorization: `Bearer ${token}` })

test('answers Graph tokens of this tenant and no others', async () => {
  const good = await practice.tokenOf(ADA)
  expect((await ask('/me', withToken(good))).statusCode).toBe(200)
  const { privateKey } = await generateKeyPair('RS256')
  const forged = await new SignJWT(decodeJwt(good)).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`
  const refused: [string, Record<string, string>][] = [
    ['none', {}],
    ['another scheme', { authorization: `Basic ${good}` }],
    ['a token for our API', withToken(await practice.tenant.identity.tokens.issueApiToken(ADA))],
    ['a forged token', withToken(forged)],
    ['an unsigned token', withToken(unsigned)],
    ['garbage', withToken('x')],
  ]
  for (const [name, headers] of refused) {
    const answer = await ask('/me', headers)
    expect.soft(answer.statusCode, name).toBe(401)
    expect.soft(answer.headers['www-authenticate'], name).toContain('Bearer')
    expect.soft(answer.json(), name).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } })
  }
})

test('refuses an expired token', async () => {
  let now = NOW
  const later = await startPractice({ realNow: () => now })
  const token = await later.tokenOf(ADA)
  now = NOW.add({ hours: 2 })
  const answer = await later.app.inject({ url: '/practice/graph/v1.0/me', headers: withToken(token) })
  expect(answer.statusCode).toBe(401)
  expect(answer.json().error.message).toContain('expired')
  await later.close()
})

test('echoes the client request id and gives one of its own', async () => {
  const answer = await practice.graph('GET', '/me', { headers: { 'client-request-id': 'mine' } })
  expect(answer.headers['client-request-id']).toBe('mine')
  expect(answer.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/)
  const refused = await practice.graph('GET', '/nowhere', { headers: { 'client-request-id': 'mine' } })
  expect(refused.json().error.innerError).toMatchObject({
    'client-request-id': 'mine',
    'request-id': expect.any(String),
  })
})

test('refuses in the shape of Graph whatever is wrong with the request', async () => {
  const cases: [string, Parameters<Practice['graph']>, number, string][] = [
    ['unknown path', ['GET', '/nowhere'], 404, 'ResourceNotFound'],
    ['wrong method', ['DELETE', '/me'], 405, 'MethodNotAllowed'],
    ['broken JSON', ['POST', '/me/messages', { body: '{"subject":' }], 400, 'BadRequest'],
    ['JSON that is no object', ['POST', '/me/messages', { body: '[]' }], 400, 'BadRequest'],
    ['a reserved name', ['POST', '/me/messages', { body: '{"__proto__":{"x":1}}' }], 400, 'BadRequest'],
    ['unknown property', ['POST', '/me/messages', { body: { colour: 'red' } }], 400, 'RequestBodyRead'],
    ['unknown query option', ['GET', '/me/messages?$page=2'], 400, 'BadRequest'],
    [
      'too much',
      ['POST', '/me/messages', { body: { subject: 'x'.repeat(4 * 1024 * 1024) } }],
      413,
      'RequestEntityTooLarge',
    ],
    ['/me of an application', ['GET', '/me', { as: 'service' }], 400, 'BadRequest'],
  ]
  for (const [name, call, status, code] of cases) {
    const answer = await practice.graph(...call)
    expect.soft(answer.statusCode, name).toBe(status)
    expect.soft(answer.json(), name).toMatchObject({
      error: { code, message: expect.any(String), innerError: { date: expect.any(String) } },
    })
  }
})

test('refuses a body that does not say what it is', async () => {
  const answer = await practice.app.inject({
    method: 'POST',
    url: '/practice/graph/v1.0/me/messages',
    headers: withToken(await practice.tokenOf(ADA)),
    payload: '{}',
  })
  expect(answer.json().error.message).toContain('Content-Type')
})

test('understands encoded characters in paths', async () => {
  for (const path of [
    `/users('${ADA.id}')/mailboxSettings`,
    `/users(%27${ADA.id}%27)/mailboxSettings`,
    `/users/${ADA.userPrincipalName.replace('@', '%40')}/mailboxSettings`,
    `/me/outlook/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard%27Iana%27)`,
    `/me/outlook/supportedTimeZones%28TimeZoneStandard='Iana'%29`,
  ]) {
    expect.soft((await practice.graph('GET', path)).statusCode, path).toBe(200)
  }
  expect(
    (await practice.graph('POST', '/%24batch', { body: { requests: [{ id: '1', method: 'GET', url: '/me' }] } }))
      .statusCode,
  ).toBe(200)
})

test('lets a token do only what its permissions say', async () => {
  const cases: [string, 'GET' | 'POST' | 'PATCH', string, string, number][] = [
    ['User.Read', 'GET', '/me', 'own profile', 200],
    ['User.Read', 'GET', `/users/${BEN.id}`, "a colleague's profile", 403],
    ['User.ReadBasic.All', 'GET', `/users/${BEN.id}`, "a colleague's basic profile", 200],
    ['User.Read', 'GET', '/users', 'the directory', 403],
    ['User.Read', 'GET', '/me/mailboxSettings', 'settings', 403],
    ['MailboxSettings.Read', 'GET', '/me/mailboxSettings', 'settings', 200],
    ['MailboxSettings.Read', 'PATCH', '/me/mailboxSettings', 'changing settings', 403],
    ['MailboxSettings.Read', 'GET', `/users/${BEN.id}/mailboxSettings`, "a colleague's settings", 403],
    ['Tasks.ReadWrite', 'GET', '/me/todo/lists', 'own lists', 200],
    ['Tasks.ReadWrite', 'GET', `/users/${BEN.id}/todo/lists`, "a colleague's lists", 403],
    ['Calendars.ReadWrite', 'GET', '/me/messages', 'mail', 403],
    ['Calendars.ReadWrite', 'POST', '/me/sendMail', 'sending mail', 403],
    ['Calendars.ReadWrite', 'GET', `/users/${BEN.id}/events`, "a colleague's calendar", 403],
  ]
  for (const [scope, method, path, what, status] of cases) {
    const headers = withToken(await practice.tokenOf(ADA, 'practice', scope))
    const answer = await practice.app.inject({ method, url: `/practice/graph/v1.0${path}`, headers })
    expect.soft(answer.statusCode, `${scope}: ${what}`).toBe(status)
    if (status === 403)
      expect.soft(answer.json().error.code, what).toMatch(/^(ErrorAccessDenied|Authorization_RequestDenied)$/)
  }
})

test('does not show the product mail, with or without a user', async () => {
  for (const [who, path] of [
    [ADA, '/me/messages'],
    ['service', `/users/${ADA.id}/messages`],
  ] as const) {
    const headers = withToken(await practice.tokenOf(who, PRACTICE_CLIENT_ID))
    expect((await ask(path, headers)).statusCode).toBe(403)
  }
})

test('shows strangers a short profile where the token opens no more', async () => {
  const basic = withToken(await practice.tokenOf(ADA, 'practice', 'User.ReadBasic.All'))
  const seen = (await ask(`/users/${BEN.id}?$select=displayName,jobTitle`, basic)).json()
  expect(seen).toMatchObject({ displayName: BEN.displayName, jobTitle: null })
  const whole = withToken(await practice.tokenOf(ADA, 'practice', 'User.Read.All'))
  expect((await ask(`/users/${BEN.id}?$select=jobTitle`, whole)).json()).toMatchObject({ jobTitle: BEN.jobTitle })
})

test('keeps what it answered over a restart', async () => {
  const { mkdtemp, rm } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const folder = await mkdtemp(join(tmpdir(), 'practice-'))
  const file = join(folder, 'tenant.db')
  const first = await startPractice({ file })
  const token = await first.tokenOf(ADA)
  const made = await first.graph('POST', '/me/todo/lists', { body: { displayName: 'Kept' } })
  await first.app.close()
  // Not closed: a process that dies does not close its tenant either, only what was flushed is there.
  const second = await startPractice({ file, seed: () => Promise.reject(new Error('must not seed twice')) })
  const answer = await second.app.inject({
    url: `/practice/graph/v1.0/me/todo/lists/${made.json().id}`,
    headers: withToken(token),
  })
  expect(answer.json()).toMatchObject({ displayName: 'Kept' })
  first.tenant.close()
  await second.close()
  await rm(folder, { recursive: true })
})
