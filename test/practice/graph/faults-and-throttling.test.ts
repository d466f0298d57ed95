import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ADA, BEN, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
let address: string
beforeAll(async () => {
  practice = await startPractice()
  address = await practice.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => practice.close())
afterEach(() => practice.app.inject({ method: 'DELETE', url: '/practice/faults' }))

const script = (...faults: unknown[]) => practice.post('/practice/faults', faults)
const left = async () => (await practice.app.inject('/practice/faults')).json()
async function call(path: string, init: RequestInit = {}, who = ADA) {
  const authorization = `Bearer ${await practice.tokenOf(who)}`
  const headers = { authorization, ...(init.body ? { 'content-type': 'application/json' } : {}) }
  return fetch(`${address}/practice/graph/v1.0${path}`, { ...init, headers, signal: AbortSignal.timeout(5_000) })
}
const lists = async (who = ADA): Promise<string[]> => {
  const { value } = await (await call('/me/todo/lists', {}, who)).json()
  return value.map(({ displayName }: { displayName: string }) => displayName)
}
const makeList = (displayName: string) =>
  call('/me/todo/lists', { method: 'POST', body: JSON.stringify({ displayName }) })

test('refuses as often as scripted, with the status, code and wait that were asked for', async () => {
  await script({
    method: 'GET',
    path: '/me/todo/*',
    count: 2,
    status: 429,
    retryAfter: 2.128,
    errorCode: 'TooManyRequests',
  })
  expect(await left()).toEqual([
    { method: 'GET', path: '/me/todo/*', count: 2, status: 429, retryAfter: 2.128, errorCode: 'TooManyRequests' },
  ])
  const first = await call('/me/todo/lists')
  expect(first.status).toBe(429)
  expect(first.headers.get('retry-after')).toBe('2.128')
  expect(await first.json()).toMatchObject({ error: { code: 'TooManyRequests' } })
  expect((await call('/me')).status).toBe(200)
  expect((await call('/me/todo/lists')).status).toBe(429)
  expect((await call('/me/todo/lists')).status).toBe(200)
  expect(await left()).toEqual([])
})

test('takes a date as Retry-After, and a regular expression as path', async () => {
  await script({
    path: '^/users/[^/]+/mailboxSettings$',
    count: 1,
    status: 503,
    retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT',
  })
  const answer = await call(`/users/${ADA.id}/mailboxSettings`)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('Wed, 21 Oct 2026 07:28:00 GMT')
})

test('cuts the connection before handling: nothing happened', async () => {
  await script({ method: 'POST', count: 1, resetBefore: true })
  await expect(makeList('Before')).rejects.toThrow()
  expect(await lists()).not.toContain('Before')
})

test('cuts the connection after handling: it happened all the same', async () => {
  await script({ method: 'POST', count: 1, resetAfter: true })
  await expect(makeList('After')).rejects.toThrow()
  expect(await lists()).toContain('After')
})

test('handles late even when the client has given up', async () => {
  await script({ method: 'POST', count: 1, delayMs: 50 })
  const given = new AbortController()
  const call = fetch(`${address}/practice/graph/v1.0/me/todo/lists`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await practice.tokenOf(ADA)}`, 'content-type': 'application/json' },
    body: '{"displayName":"Late"}',
    signal: given.signal,
  })
  await expect.poll(left).toEqual([])
  given.abort()
  await expect(call).rejects.toThrow()
  await expect.poll(() => lists()).toContain('Late')
})

test('spoils the answer of what it handled', async () => {
  await script({ count: 1, truncate: true }, { count: 1, emptyBody: true }, { count: 1, html: true })
  const truncated = await call('/me')
  expect(truncated.status).toBe(200)
  await expect(truncated.json()).rejects.toThrow(SyntaxError)
  const empty = await makeList('Empty')
  expect(empty.status).toBe(201)
  expect(await empty.text()).toBe('')
  const page = await makeList('Page')
  expect(page.status).toBe(201)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(await lists()).toEqual(expect.arrayContaining(['Empty', 'Page']))
})

test('refuses a script it does not understand, and keeps none of it', async () => {
  for (const faults of [
    [],
    {},
    [{ count: 1 }],
    [{ count: 0, resetBefore: true }],
    [{ count: 1, status: 200 }],
    [{ count: 1, delayMs: 60_001 }],
    [{ count: 1, resetBefore: true, resetAfter: true }],
    [{ count: 1, html: false }],
    [{ count: '1', html: true }],
    [{ count: 1, html: true, colour: 'red' }],
    [{ count: 1, html: true, path: '^(' }],
    [{ count: 1, html: true, method: 'TRACE' }],
  ]) {
    const answer = await practice.post('/practice/faults', faults)
    expect.soft(answer.statusCode, JSON.stringify(faults)).toBe(400)
  }
  expect(await left()).toEqual([])
})

test('lets four calls run at once per mailbox, and answers a fifth with 429', async () => {
  await script({ path: '/me/mailboxSettings', count: 4, delayMs: 300 })
  const slow = Array.from({ length: 4 }, () => call('/me/mailboxSettings'))
  await expect.poll(left).toEqual([])
  const fifth = await call('/me/todo/lists')
  expect(fifth.status).toBe(429)
  expect(Number(fifth.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await fifth.json()).toMatchObject({ error: { code: 'ApplicationThrottled' } })
  expect((await call('/me/todo/lists', {}, BEN)).status).toBe(200)
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect((await call('/me/todo/lists')).status).toBe(200)
})
