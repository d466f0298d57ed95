import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, type Practice, startPractice } from './start-practice.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const put = (path: string, payload: object) => practice.app.inject({ method: 'PUT', url: path, payload })

test('moves the practice clock, which then runs on', async () => {
  expect((await practice.app.inject('/practice/clock')).json()).toEqual({ now: NOW.toString() })
  const moved = await practice.post('/practice/clock', { now: '2026-07-01T08:00:00-04:00' })
  expect(moved.json()).toEqual({ now: '2026-07-01T12:00:00Z' })
  const list = await practice.graph('POST', '/me/todo/lists', { body: { displayName: 'x' } })
  const task = await practice.graph('POST', `/me/todo/lists/${list.json().id}/tasks`, { body: { title: 'x' } })
  expect(task.json().createdDateTime).toBe('2026-07-01T12:00:00.0000000Z')
  for (const body of [
    {},
    { now: 'tomorrow' },
    { now: '2026-07-01T12:00:00' },
    { now: '2026-07-01T12:00:00Z', zone: 'UTC' },
  ]) {
    const refused = await practice.post('/practice/clock', body)
    expect.soft(refused.statusCode, JSON.stringify(body)).toBe(400)
    expect.soft(refused.headers['content-type']).toContain('application/problem+json')
  }
})

test('turns the switches where Graph can be read in two ways', async () => {
  const before = (await practice.app.inject('/practice/switches')).json()
  const changed = (await put('/practice/switches', { transactionMemory: false })).json()
  expect(changed).toEqual({ ...before, transactionMemory: false })
  expect(practice.tenant.graph.switches.transactionMemory).toBe(false)
  for (const body of [{}, { transactionMemory: 'no' }, { gravity: false }, { repeatedTransaction: 'maybe' }]) {
    expect.soft((await put('/practice/switches', body)).statusCode, JSON.stringify(body)).toBe(400)
  }
})

test('refuses what it cannot read with a problem that names the place', async () => {
  const refused = await practice.post('/practice/sign-in', { userPrincipalName: 5 })
  expect(refused.json()).toMatchObject({
    type: 'urn:problem:invalid-request',
    status: 400,
    code: 'invalid-request',
    faults: [{ path: 'userPrincipalName' }],
  })
  const broken = await practice.app.inject({
    method: 'POST',
    url: '/practice/sign-in',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  })
  expect(broken.statusCode).toBe(400)
  expect(broken.json()).toMatchObject({ code: 'invalid-request' })
  const unknown = await put('/practice/consent', { userPrincipalName: 'x@y.example', hurdle: null })
  expect(unknown.json()).toMatchObject({ status: 404, code: 'person-not-found' })
})
