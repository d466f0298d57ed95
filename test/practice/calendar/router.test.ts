import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import {
  GraphError,
  type GraphRequest,
  type GraphRoute,
  type PracticeGraph,
} from '../../../server/practice/graph/dispatch.ts'
import { dispatchGraph } from '../../../server/practice/graph/router.ts'
import type { PracticeUser } from '../../../server/practice/people.ts'
import { openPracticeState } from '../../../server/practice/state.ts'

const ADA = {
  id: '00000000-0000-4000-8000-00000000000a',
  userPrincipalName: 'Ada@clinic.example',
  mail: 'ada@clinic.example',
}

function graphWithAda(): PracticeGraph {
  const state = openPracticeState(':memory:')
  state.collection<PracticeUser>('users').put(ADA as PracticeUser)
  return {
    state,
    clock: { now: () => Temporal.Instant.from('2026-03-01T10:00:00Z') },
    switches: {
      repeatedTransaction: 'first-event',
      transactionMemory: true,
      exceptionsInheritAttachments: true,
      iCalUIdPerOccurrence: false,
    },
    baseUrl: () => 'http://practice/v1.0',
  }
}

const echo = (method: string, template: string): GraphRoute => ({
  method,
  template,
  handler: ({ params, user }) => ({ status: 200, body: { template, params, user: user?.id } }),
})
const routes: readonly GraphRoute[] = [
  echo('GET', '{mailbox}'),
  echo('GET', '{mailbox}/events'),
  echo('POST', '{mailbox}/events'),
  echo('GET', '{mailbox}/events/{eventId}'),
  echo('PATCH', '{mailbox}/events/{eventId}'),
  echo('GET', '{mailbox}/events/delta'),
  echo('POST', '{mailbox}/events/{eventId}/cancel'),
  echo('GET', '{mailbox}/outlook/supportedTimeZones'),
  echo('GET', '{mailbox}/outlook/supportedTimeZones(TimeZoneStandard={standard})'),
  echo('GET', '{mailbox}/settings/occurrencesView(startDateTime={start},endDateTime={end})'),
  echo('GET', 'places/{placeId}'),
  echo('GET', 'places/microsoft.graph.room'),
  {
    method: 'POST',
    template: 'refusing',
    handler: () => {
      throw new GraphError(409, 'Taken', 'Taken.', { '@event.existingEventId': 'x' })
    },
  },
]

const call = (method: string, path: string, more: Partial<GraphRequest> = {}) =>
  dispatchGraph(graphWithAda(), routes, {
    method,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: undefined,
    caller: { kind: 'user', userId: ADA.id, scopes: [] },
    ...more,
  })
const app: GraphRequest['caller'] = { kind: 'app', appId: 'app', roles: [] }

test('serves /me, /users by id, by principal name and by quoted key alike', async () => {
  const paths = [
    '/me/events/E1',
    `/users/${ADA.id}/events/E1`,
    '/users/ADA@clinic.example/EVENTS/E1',
    "/users('ada@clinic.example')/events('E1')",
  ]
  for (const path of paths) {
    const { status, body } = await call('GET', path)
    expect([status, body]).toMatchObject([200, { params: { eventId: 'E1' }, user: ADA.id }])
  }
})

test('a literal segment beats a parameter, and (), casts and namespaced actions mean the same', async () => {
  expect((await call('GET', '/me/events/delta')).body).toMatchObject({ template: '{mailbox}/events/delta' })
  expect((await call('GET', '/me/events/delta()')).body).toMatchObject({ template: '{mailbox}/events/delta' })
  expect((await call('GET', '/me/events/microsoft.graph.delta()')).body).toMatchObject({
    template: '{mailbox}/events/delta',
  })
  expect((await call('POST', '/me/events/E1/microsoft.graph.cancel')).body).toMatchObject({ params: { eventId: 'E1' } })
  expect((await call('GET', '/places/microsoft.graph.room')).body).toMatchObject({
    template: 'places/microsoft.graph.room',
  })
  expect((await call('GET', '/places/room')).body).toMatchObject({ params: { placeId: 'room' } })
})

test('function calls give their arguments, quoted, typed or bare, in any order', async () => {
  for (const argument of ["'Iana'", "microsoft.graph.timeZoneStandard'Iana'", 'Iana']) {
    const { body } = await call('GET', `/me/outlook/supportedTimeZones(timezonestandard=${argument})`)
    expect(body).toMatchObject({ params: { standard: 'Iana' } })
  }
  const { body } = await call('GET', "/me/settings/occurrencesView(endDateTime='b',startDateTime='a')")
  expect(body).toMatchObject({ params: { start: 'a', end: 'b' } })
  expect((await call('GET', "/me/outlook/supportedTimeZones(Other='x')")).status).toBe(404)
})

test('unknown paths answer 404 and wrong methods 405, in Graph shape with request ids', async () => {
  const unknown = await call('GET', '/me/nowhere', { headers: { 'client-request-id': 'mine' } })
  expect(unknown.status).toBe(404)
  expect(unknown.body).toMatchObject({
    error: {
      message: "Resource not found for the segment 'nowhere'.",
      innerError: { date: '2026-03-01T10:00:00', 'client-request-id': 'mine' },
    },
  })
  expect(unknown.headers).toMatchObject({ 'client-request-id': 'mine', 'request-id': expect.any(String) })
  expect((await call('DELETE', '/me/events')).status).toBe(405)
  expect((await call('PATCH', '/me/events/delta')).status).toBe(405)
})

test('an unknown user is named differently by the directory and by Exchange', async () => {
  expect((await call('GET', '/users/nobody@clinic.example')).body).toMatchObject({
    error: { code: 'Request_ResourceNotFound' },
  })
  expect(await call('GET', '/users/nobody@clinic.example/events')).toMatchObject({
    status: 404,
    body: { error: { code: 'ErrorInvalidUser' } },
  })
})

test('/me needs a signed-in user; the application names a mailbox', async () => {
  expect(await call('GET', '/me/events', { caller: app })).toMatchObject({
    status: 400,
    body: { error: { code: 'BadRequest' } },
  })
  expect((await call('GET', `/users/${ADA.id}/events`, { caller: app })).status).toBe(200)
})

test('a refusal keeps its extra members', async () => {
  expect(await call('POST', '/refusing')).toMatchObject({
    status: 409,
    body: { error: { code: 'Taken', '@event.existingEventId': 'x' } },
  })
})

test('two handlers for one template are a bug that shows at once', async () => {
  const twice = [echo('GET', 'places/{a}'), echo('GET', '/places/{b}')]
  const request: GraphRequest = {
    method: 'GET',
    path: '/places/x',
    query: new URLSearchParams(),
    headers: {},
    body: undefined,
    caller: app,
  }
  await expect(dispatchGraph(graphWithAda(), twice, request)).rejects.toThrow('Two handlers')
})
