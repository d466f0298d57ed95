import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
let mentee: Caller
let relationship: string
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  mentee = await cast.as(cast.pairs[0]!.mentee)
  relationship = `/api/relationships/${cast.pairs[0]!.relationshipId}`
})
afterAll(() => service.close())

const plan = { kind: 'template', templateId: 'plan.year1', startDate: '2026-12-07' }

describe('a body is right or it is refused, with the place of the fault', () => {
  const cases: readonly (readonly [name: string, body: unknown, path: string])[] = [
    ['a number as text is not turned into a number', { plan, minutes: '45' }, 'minutes'],
    ['null is not turned into a number', { plan, minutes: null }, 'minutes'],
    ['an unknown property is not dropped', { plan, minutes: 45, role: 'admin' }, 'role'],
    ['a missing property is not filled in', { plan }, ''],
    ['a length that is too long', { plan, minutes: 1000 }, 'minutes'],
    ['an operator instead of a text', { plan: { ...plan, startDate: { $ne: null } }, minutes: 45 }, 'plan'],
    ['a date that does not exist', { plan: { ...plan, startDate: '2027-02-30' }, minutes: 45 }, 'plan'],
    ['a date beyond the years that are planned', { plan: { ...plan, startDate: '9999-12-31' }, minutes: 45 }, 'plan'],
    [
      'a window in the year 0',
      { plan: { kind: 'windows', windows: [{ from: '0000-01-01', to: '0000-02-01' }] }, minutes: 45 },
      'plan',
    ],
    [
      'too many months',
      { plan: { kind: 'named-months', months: Array(99).fill(1), startDate: '2026-12-07' }, minutes: 45 },
      'plan',
    ],
  ]
  test.each(cases)('%s', async (_name, body, path) => {
    const { status, headers, body: problem } = await mentee.post(`${relationship}/proposals`, body)
    expect(status).toBe(400)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(problem.code).toBe('invalid-request')
    expect(problem.faults.some((fault: { path: string }) => fault.path.startsWith(path))).toBe(true)
  })

  test.each([
    '2026-12-08T15:00:00.1234567890Z',
    '2026-12-08\t15:00:00Z',
    '2026-12-08\n15:00:00Z',
    '2026-12-08T15:00:00+01:00',
    '2026-12-08T15:00:60Z',
    '9999-12-31T23:00:00Z',
  ])('an instant that is not written as agreed: %j', async (startsAt) => {
    const body = { plan, minutes: 45, meetings: [{ window: 0, startsAt }] }
    expect(await mentee.put(`${relationship}/series/${randomUUID()}`, body)).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', faults: [{ path: 'meetings[0].startsAt' }] },
    })
    const query = new URLSearchParams({ eventId: 'any', startsAt })
    expect((await mentee.get(`/api/meetings/by-event?${query}`)).status).toBe(400)
  })

  test('a wall time that no day has', async () => {
    const { mentee: person } = cast.pairs[0]!
    const put = (start: string, end: string) =>
      mentee.put(`/api/people/${person.id}/clinic-sources/half-days`, {
        kind: 'weekly',
        label: 'Half-days',
        blocks: [{ weekday: 1, start, end }],
      })
    for (const time of ['24:30', '24:01', '25:00', '7:00']) expect((await put('08:00', time)).status, time).toBe(400)
    expect((await put('13:00', '24:00')).status).toBe(200)
    await mentee.delete(`/api/people/${person.id}/clinic-sources/half-days`)
  })

  test('a body that is not JSON', async () => {
    const response = await fetch(`${service.address}${relationship}/proposals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${mentee.accessToken}`, 'content-type': 'application/json' },
      body: '{"plan":',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid-request' })
  })

  test('a body in another format', async () => {
    const response = await fetch(`${service.address}${relationship}/proposals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${mentee.accessToken}`, 'content-type': 'text/xml' },
      body: '<plan/>',
    })
    expect(response.status).toBe(415)
  })

  test('a prototype in the body', async () => {
    const response = await fetch(`${service.address}${relationship}/proposals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${mentee.accessToken}`, 'content-type': 'application/json' },
      body: '{"__proto__": {"isAdmin": true}, "minutes": 45}',
    })
    expect(response.status).toBe(400)
  })

  test('text beyond its limit, and a file beyond its limit', async () => {
    const goal = { title: 'x'.repeat(501), horizon: 'short', state: 'open' }
    const refused = await mentee.put(`${relationship}/goals/${randomUUID()}`, goal)
    expect(refused).toMatchObject({ status: 400, body: { faults: [{ path: 'title' }] } })
    const { mentee: person } = cast.pairs[0]!
    const file = { kind: 'ics', label: 'Roster', text: 'x'.repeat(7_000_000) }
    expect((await mentee.put(`/api/people/${person.id}/clinic-sources/huge`, file)).status).toBe(413)
  })

  test('a body that the route does not take, nested without end', async () => {
    const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    const { statusCode } = await service.app.inject({
      method: 'DELETE',
      url: `${relationship}/homework/${randomUUID()}`,
      headers: { authorization: `Bearer ${mentee.accessToken}`, 'content-type': 'application/json' },
      payload: nested,
    })
    expect(statusCode).toBe(204)
  })

  test('an address that cannot be read, without repeating it', async () => {
    for (const [address, status] of [
      ['/api/people/%ff?query=Somebody', 400],
      [`/api/relationships/${'x'.repeat(3_000)}`, 414],
    ] as const) {
      const { headers, body, ...answer } = await mentee.get(address)
      expect(answer.status).toBe(status)
      expect(headers.get('content-type')).toContain('application/problem+json')
      expect(Object.keys(body).toSorted()).toEqual(['code', 'requestId', 'status', 'title', 'type'])
    }
  })

  test('an id that is not a UUID', async () => {
    expect((await mentee.get('/api/relationships/1')).status).toBe(400)
    expect((await mentee.put('/api/relationships/..%2F..%2Fetc', {})).status).toBe(400)
  })
})

test('what does not exist is a problem, too, and tells nothing else', async () => {
  const { status, body } = await mentee.get('/api/nothing-here')
  expect(status).toBe(404)
  expect(Object.keys(body).toSorted()).toEqual(['code', 'requestId', 'status', 'title', 'type'])
})

test('describes itself in OpenAPI 3.1, every route with its problems', async () => {
  const { status, body } = await send('GET', `${service.address}/api/openapi.json`)
  expect(status).toBe(200)
  expect(body.openapi).toBe('3.1.0')
  const paths = Object.keys(body.paths)
  for (const path of [
    '/api/relationships/{relationshipId}',
    '/api/relationships/{relationshipId}/proposals',
    '/api/relationships/{relationshipId}/series/{seriesId}',
  ]) {
    expect(paths).toContain(path)
  }
  for (const [path, operations] of Object.entries<Record<string, { summary?: string; responses: object }>>(
    body.paths,
  )) {
    for (const [method, operation] of Object.entries(operations)) {
      expect(operation.summary, `${method} ${path}`).toBeTruthy()
      expect(Object.keys(operation.responses), `${method} ${path}`).toEqual(expect.arrayContaining(['4XX', '5XX']))
    }
  }
  expect((await fetch(`${service.address}/api/docs/`)).status).toBe(200)
})

test('every answer carries its security headers, and only panes may be framed', async () => {
  const api = await mentee.get('/api/me')
  expect(api.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(api.headers.get('cache-control')).toBe('no-store')
  expect(api.headers.get('x-content-type-options')).toBe('nosniff')
  const pane = await fetch(`${service.address}/addin/`)
  expect(pane.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  expect(pane.headers.get('x-frame-options')).toBeNull()
  const nonces = new Set<string>()
  for (let n = 0; n < 3; n++) {
    const page = await fetch(`${service.address}/addin/`)
    nonces.add(/'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')![1]!)
  }
  expect(nonces.size).toBe(3)
})
