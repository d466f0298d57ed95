import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

const TOKEN = 'c2NyYXBlci10b2tlbi0x'
let service: RunningService
let mentee: Caller
let relationship: string
beforeAll(async () => {
  service = await startService({ METRICS_TOKEN: TOKEN })
  const cast = await castOf(service)
  const [pair] = cast.pairs
  mentee = await cast.as(pair!.mentee)
  relationship = `/api/relationships/${pair!.relationshipId}`
})
afterAll(() => service.close())

const statusFor = async (remoteAddress: string, headers: Record<string, string> = {}, at = service) =>
  (await at.app.inject({ method: 'GET', url: '/metrics', remoteAddress, headers })).statusCode

test('metrics are read on the same machine', async () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(await statusFor(address), address).toBe(200)
})

test('from elsewhere metrics do not exist, also through a proxy on this machine', async () => {
  expect(await statusFor('10.1.2.3')).toBe(404)
  expect(await statusFor('10.1.2.3', { 'x-forwarded-for': '127.0.0.1' })).toBe(404)
  expect(await statusFor('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(404)
  expect(await statusFor('127.0.0.1', { forwarded: 'for=10.1.2.3' })).toBe(404)
})

test('from elsewhere the token opens them, and nothing else does', async () => {
  expect(await statusFor('10.1.2.3', { authorization: `Bearer ${TOKEN}` })).toBe(200)
  for (const wrong of [`Bearer ${TOKEN}x`, `Basic ${TOKEN}`, 'Bearer', 'Bearer undefined', TOKEN])
    expect(await statusFor('10.1.2.3', { authorization: wrong }), wrong).toBe(404)
})

test('without a configured token no bearer opens them', async () => {
  const tokenless = await startService()
  try {
    expect(await statusFor('10.1.2.3', { authorization: 'Bearer undefined' }, tokenless)).toBe(404)
    expect(await statusFor('127.0.0.1', {}, tokenless)).toBe(200)
  } finally {
    await tokenless.close()
  }
})

test('metrics do not tell when a pair writes: its content is one label', async () => {
  await mentee.get(`${relationship}/goals`)
  await mentee.put(`${relationship}/goals/${randomUUID()}`, { title: 'Publish', horizon: 'short', state: 'open' })
  await mentee.get(`${relationship}/homework`)
  await mentee.get(`${relationship}/meetings/${randomUUID()}`)
  await mentee.get('/api/meetings/by-event?eventId=nothing')
  await mentee.get('/api/me')
  const text = await (await fetch(`${service.address}/metrics`)).text()
  expect(text).toMatch(/http_request_duration_seconds_count\{method="any",route="content",status="200"\} 3/)
  expect(text).toContain('route="/api/me"')
  expect(text).not.toMatch(/route="[^"]*(goals|homework|agenda|meetings)/)
})

test('requests that fail validation count towards the limit, those of nobody do not', async () => {
  const remaining = async (answer: Promise<{ headers: Headers }>) =>
    Number((await answer).headers.get('x-ratelimit-remaining'))
  const before = await remaining(mentee.get('/api/me'))
  const refused = mentee.get('/api/relationships/not-a-uuid')
  expect((await refused).status).toBe(400)
  expect(await remaining(refused)).toBe(before - 1)
  expect((await fetch(`${service.address}/api/me`)).headers.get('x-ratelimit-remaining')).toBeNull()
  expect(await remaining(mentee.get('/api/me'))).toBe(before - 2)
})
