import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADA, type Practice, startPractice } from '../start-practice.ts'

type Answer = {
  id: string
  status: number
  headers: Record<string, string>
  body: { error?: { code: string } } & Record<string, unknown>
}
let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const json = { 'Content-Type': 'application/json' }
const send = (requests: unknown) => practice.graph('POST', '/$batch', { body: { requests } })
async function batch(requests: unknown): Promise<Record<string, Answer>> {
  const answer = await send(requests)
  expect(answer.statusCode).toBe(200)
  return Object.fromEntries(answer.json<{ responses: Answer[] }>().responses.map((one) => [one.id, one]))
}

test('answers each request by itself, whatever becomes of the others', async () => {
  const answers = await batch([
    { id: '1', method: 'GET', url: '/me?$select=displayName' },
    { id: '2', method: 'GET', url: '/me/todo/lists/none' },
    { id: '3', method: 'POST', url: 'me/todo/lists', headers: json, body: { displayName: 'Batch' } },
    { id: '4', method: 'get', url: `/users/${ADA.id}/mailboxSettings/timeZone` },
    { id: '5', method: 'GET', url: '/nowhere' },
  ])
  expect(Object.fromEntries(Object.values(answers).map(({ id, status }) => [id, status]))).toEqual({
    '1': 200,
    '2': 404,
    '3': 201,
    '4': 200,
    '5': 404,
  })
  expect(answers['1']?.body).toMatchObject({ displayName: ADA.displayName })
  expect(answers['2']?.body.error?.code).toBe('ErrorItemNotFound')
  const ids = Object.values(answers).map(({ headers }) => headers['request-id'])
  expect(new Set(ids).size).toBe(5)
})

test('leaves out the body where there is none', async () => {
  const made = (await practice.graph('POST', '/me/todo/lists', { body: { displayName: 'Short-lived' } })).json()
  const answers = await batch([{ id: 'a', method: 'DELETE', url: `/me/todo/lists/${made.id}` }])
  expect(answers['a']).toMatchObject({ id: 'a', status: 204 })
  expect(answers['a']).not.toHaveProperty('body')
})

test('fails what depends on a failure, and runs what depends on a success', async () => {
  const answers = await batch([
    { id: '1', method: 'GET', url: '/me/todo/lists/none' },
    { id: '2', method: 'POST', url: '/me/todo/lists', headers: json, body: { displayName: 'Never' }, dependsOn: ['1'] },
    { id: '3', method: 'GET', url: '/me', dependsOn: ['2'] },
  ])
  expect([answers['1']?.status, answers['2']?.status, answers['3']?.status]).toEqual([404, 424, 424])
  expect(answers['2']?.body.error?.code).toBe('FailedDependency')
  const { value } = (await practice.graph('GET', '/me/todo/lists')).json()
  expect(value.map(({ displayName }: { displayName: string }) => displayName)).not.toContain('Never')
  const good = await batch([
    { id: '1', method: 'GET', url: '/me' },
    { id: 'A', method: 'GET', url: '/me', dependsOn: ['1'] },
    { id: 'b', method: 'GET', url: '/me', dependsOn: ['1'] },
  ])
  expect(Object.values(good).map(({ status }) => status)).toEqual([200, 200, 200])
})

test('refuses a batch that Graph would not begin', async () => {
  const get = (id: string, more: object = {}) => ({ id, method: 'GET', url: '/me', ...more })
  const cases: [string, unknown][] = [
    ['21 requests', Array.from({ length: 21 }, (_, index) => get(String(index)))],
    ['the same id in another case', [get('a'), get('A')]],
    ['an absolute url', [get('1', { url: 'https://graph.microsoft.com/v1.0/me' })]],
    ['a body without Content-Type', [{ id: '1', method: 'POST', url: '/me/todo/lists', body: { displayName: 'x' } }]],
    ['an unknown dependency', [get('1', { dependsOn: ['9'] })]],
    ['a dependency on itself', [get('1', { dependsOn: ['1'] })]],
    [
      'mixed dependencies',
      [get('1'), get('2', { dependsOn: ['1'] }), get('3', { dependsOn: ['2'] }), get('4', { dependsOn: ['1'] })],
    ],
    ['no requests', []],
    ['no id', [{ method: 'GET', url: '/me' }]],
  ]
  for (const [name, requests] of cases) {
    const answer = await send(requests)
    expect.soft(answer.statusCode, name).toBe(400)
    expect.soft(answer.json(), name).toMatchObject({ error: { code: expect.any(String) } })
  }
})

test('does not nest', async () => {
  const answers = await batch([{ id: '1', method: 'POST', url: '/$batch', headers: json, body: { requests: [] } }])
  expect(answers['1']?.status).toBe(400)
})

test('throttles and faults each request by itself, inside a batch that succeeds', async () => {
  await practice.post('/practice/faults', [{ path: '/me/mailboxSettings', count: 1, status: 429, retryAfter: 7 }])
  const answers = await batch([
    { id: '1', method: 'GET', url: '/me/mailboxSettings' },
    { id: '2', method: 'GET', url: '/me/mailboxSettings' },
  ])
  expect([answers['1']?.status, answers['2']?.status]).toEqual([429, 200])
  expect(answers['1']?.headers['retry-after']).toBe('7')
})

test('runs twenty requests on one mailbox without throttling itself', async () => {
  const requests = Array.from({ length: 20 }, (_, index) => ({
    id: String(index),
    method: 'GET',
    url: '/me/todo/lists',
  }))
  const answers = await batch(requests)
  expect(Object.values(answers).every(({ status }) => status === 200)).toBe(true)
})
