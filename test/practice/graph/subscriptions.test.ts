import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PRACTICE_TENANT_ID } from '../../../server/practice/identity/constants.ts'
import { ADA, BEN, NOW, type Practice, startPractice } from '../start-practice.ts'

type Received = { readonly path: string; readonly body: { value: Record<string, unknown>[] } }
let practice: Practice
let server: Server
let url: string
let validations: string[]
let received: Received[]
/** How the subscriber answers: validation by default, notifications with 202. */
let answer: (request: IncomingMessage, response: ServerResponse, token: string | null) => void

beforeEach(async () => {
  validations = []
  received = []
  answer = (_request, response, token) => {
    if (token === null) response.writeHead(202).end()
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(token)
  }
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://subscriber')
    const token = searchParams.get('validationToken')
    let text = ''
    for await (const chunk of request) text += String(chunk)
    if (token !== null) validations.push(pathname)
    answer(request, response, token)
    if (token === null) received.push({ path: pathname, body: JSON.parse(text) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // listening on TCP, so not a pipe's name
  practice = await startPractice({ notificationRetryDelaysMs: [0, 0] })
})
afterEach(async () => {
  await practice.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const inMinutes = (minutes: number) => practice.tenant.clock.now().add({ minutes }).toString()
const aSubscription = (more: object = {}) => ({
  changeType: 'created,updated,deleted',
  notificationUrl: `${url}/notify`,
  lifecycleNotificationUrl: `${url}/lifecycle`,
  resource: `users/${ADA.id}/events`,
  expirationDateTime: inMinutes(600),
  clientState: 'secret',
  ...more,
})
const subscribe = (more: object = {}, as: 'service' | typeof ADA = 'service') =>
  practice.graph('POST', '/subscriptions', { as, body: aSubscription(more) })
const anEvent = (subject: string) => ({
  subject,
  start: { dateTime: '2026-03-10T10:00:00', timeZone: 'UTC' },
  end: { dateTime: '2026-03-10T11:00:00', timeZone: 'UTC' },
})
const bookEvent = (user = ADA) => practice.graph('POST', '/me/events', { as: user, body: anEvent('Mentoring meeting') })
type Notice = Record<string, unknown> & { readonly path: string }
const notices = () => received.flatMap(({ path, body }) => body.value.map((item): Notice => ({ ...item, path })))

test('makes a subscription only after both addresses repeated their token', async () => {
  const made = await subscribe()
  expect(made.statusCode).toBe(201)
  expect(validations).toEqual(['/notify', '/lifecycle'])
  expect(made.json()).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    resource: `users/${ADA.id}/events`,
    changeType: 'created,updated,deleted',
    clientState: 'secret',
    notificationUrl: `${url}/notify`,
    lifecycleNotificationUrl: `${url}/lifecycle`,
  })
  const seen = (await practice.graph('GET', '/subscriptions', { as: 'service' })).json()
  expect(seen.value).toMatchObject([{ id: made.json().id, clientState: null }])
})

test('makes no subscription when the address does not prove itself', async () => {
  const wrong: [string, typeof answer][] = [
    ['another text', (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('x')],
    ['JSON', (_request, response, token) => response.writeHead(200, { 'content-type': 'application/json' }).end(token)],
    ['202', (_request, response, token) => response.writeHead(202, { 'content-type': 'text/plain' }).end(token)],
    ['a redirect', (_request, response) => response.writeHead(307, { location: `${url}/other` }).end()],
    ['a cut connection', (request) => request.socket.destroy()],
  ]
  for (const [name, broken] of wrong) {
    answer = broken
    const refused = await subscribe()
    expect.soft(refused.statusCode, name).toBe(400)
    expect.soft(refused.json().error.code, name).toBe('ValidationError')
  }
  expect((await practice.graph('GET', '/subscriptions', { as: 'service' })).json().value).toEqual([])
})

test('sends nothing beyond this machine', async () => {
  for (const address of [
    'https://webhook.example.com/notify',
    'http://10.0.0.1/notify',
    'http://127.0.0.1.example.com/notify',
    'http://user@127.0.0.1/notify',
    'ftp://127.0.0.1/notify',
    'http://[::ffff:10.0.0.1]/notify',
    'not an address',
  ]) {
    for (const field of ['notificationUrl', 'lifecycleNotificationUrl']) {
      const refused = await subscribe({ [field]: address })
      expect.soft(refused.statusCode, address).toBe(400)
      expect.soft(refused.json().error.message, address).toContain('loopback')
    }
  }
  expect(validations).toEqual([])
})

test('refuses subscriptions that Graph refuses', async () => {
  const cases: [string, object, 'service' | typeof ADA, number][] = [
    ['longer than 10,080 minutes', { expirationDateTime: inMinutes(10_081) }, 'service', 400],
    ['already over', { expirationDateTime: inMinutes(-1) }, 'service', 400],
    ['no time at all', { expirationDateTime: 'soon' }, 'service', 400],
    ['an unknown change', { changeType: 'created,moved' }, 'service', 400],
    ['an unknown resource', { resource: 'users/x/drive' }, 'service', 400],
    ['an unknown mailbox', { resource: 'users/nobody/events' }, 'service', 404],
    ['/me of an application', { resource: 'me/events' }, 'service', 400],
    ['a long clientState', { clientState: 'x'.repeat(129) }, 'service', 400],
    ['resource data', { includeResourceData: true }, 'service', 400],
    ["somebody else's mailbox", { resource: `users/${BEN.id}/events` }, ADA, 403],
    ['To Do without a user', { resource: `users/${ADA.id}/todo/lists/x/tasks` }, 'service', 403],
    ['no address', { notificationUrl: '' }, 'service', 400],
  ]
  for (const [name, more, as, status] of cases) {
    expect.soft((await subscribe(more, as)).statusCode, name).toBe(status)
  }
})

test('raises a short life to 45 minutes and renews it by PATCH', async () => {
  const short = (await subscribe({ expirationDateTime: inMinutes(5) })).json()
  expect(short.expirationDateTime).toBe('2026-03-02T15:45:00.0000000Z')
  const renewed = await practice.graph('PATCH', `/subscriptions/${short.id}`, {
    as: 'service',
    body: { expirationDateTime: inMinutes(10_080) },
  })
  expect(renewed.json()).toMatchObject({ id: short.id, expirationDateTime: '2026-03-09T15:00:00.0000000Z' })
  const moved = await practice.graph('PATCH', `/subscriptions/${short.id}`, {
    as: 'service',
    body: { lifecycleNotificationUrl: `${url}/other`, expirationDateTime: inMinutes(60) },
  })
  expect(moved.statusCode).toBe(400)
})

test('notifies of created, changed and deleted events, with ids only', async () => {
  const { id } = (await subscribe()).json()
  const event = (await bookEvent()).json()
  await practice.graph('PATCH', `/me/events/${event.id}`, { body: { subject: 'Other' } })
  await practice.graph('DELETE', `/me/events/${event.id}`)
  await expect.poll(() => notices().length).toBe(3)
  expect(notices().map((notice) => notice['changeType'])).toEqual(['created', 'updated', 'deleted'])
  expect(notices()[0]).toEqual({
    path: '/notify',
    subscriptionId: id,
    subscriptionExpirationDateTime: '2026-03-03T01:00:00.0000000Z',
    tenantId: PRACTICE_TENANT_ID,
    clientState: 'secret',
    changeType: 'created',
    resource: `Users/${ADA.id}/Events/${event.id}`,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Event',
      '@odata.id': `Users/${ADA.id}/Events/${event.id}`,
      '@odata.etag': event['@odata.etag'],
      id: event.id,
    },
  })
})

test('notifies only of what was asked for', async () => {
  await subscribe({ changeType: 'deleted' })
  const other = (await bookEvent(BEN)).json()
  const event = (await bookEvent()).json()
  await practice.graph('DELETE', `/me/events/${other.id}`, { as: BEN })
  await practice.graph('DELETE', `/me/events/${event.id}`)
  await expect.poll(() => notices().length).toBe(1)
  expect(notices()).toMatchObject([{ changeType: 'deleted', resourceData: { id: event.id } }])
})

test('watches one calendar where the subscription names one', async () => {
  const other = (await practice.graph('POST', '/me/calendars', { body: { name: 'Clinic' } })).json()
  await subscribe({ resource: `/users/${ADA.id}/calendars/${other.id}/events` })
  await bookEvent()
  const event = await practice.graph('POST', `/me/calendars/${other.id}/events`, { body: anEvent('Clinic') })
  await expect.poll(() => notices().length).toBe(1)
  expect(notices()).toMatchObject([{ resourceData: { id: event.json().id } }])
  const unknown = await subscribe({ resource: `/users/${ADA.id}/calendars/none/events` })
  expect(unknown.statusCode).toBe(404)
})

test('uses immutable ids where the subscription was made with them', async () => {
  const prefer = { prefer: 'IdType="ImmutableId"' }
  await practice.graph('POST', '/subscriptions', { as: 'service', body: aSubscription(), headers: prefer })
  const event = (await practice.graph('POST', '/me/events', { body: anEvent('x'), headers: prefer })).json()
  await expect.poll(() => notices().length).toBe(1)
  expect(notices()[0]).toMatchObject({ resourceData: { id: event.id } })
})

test('tries again until the subscriber takes it', async () => {
  await subscribe()
  let tries = 0
  answer = (_request, response) => {
    tries += 1
    response.writeHead(tries < 3 ? 503 : 202).end()
  }
  await bookEvent()
  await expect.poll(() => tries).toBe(3)
  expect(new Set(notices().map((notice) => notice['resource'])).size).toBe(1)
})

test('says `missed` to the lifecycle address when it has to give up', async () => {
  const { id } = (await subscribe()).json()
  answer = (request, response) => {
    response.writeHead(request.url?.startsWith('/lifecycle') ? 202 : 500).end()
  }
  await bookEvent()
  await expect
    .poll(() => notices().filter(({ path }) => path === '/lifecycle'))
    .toMatchObject([
      { subscriptionId: id, lifecycleEvent: 'missed', clientState: 'secret', tenantId: PRACTICE_TENANT_ID },
    ])
  expect(notices().filter(({ path }) => path === '/notify')).toHaveLength(3)
})

test('asks for reauthorization late in the life of a subscription, once, and ends it when it expires', async () => {
  const { id } = (await subscribe()).json()
  const asked = () => notices().filter((notice) => notice['lifecycleEvent'] === 'reauthorizationRequired')
  await practice.post('/practice/clock', { now: NOW.add({ minutes: 500 }).toString() })
  await practice.post('/practice/clock', { now: NOW.add({ minutes: 510 }).toString() })
  await expect.poll(() => asked().length).toBe(1)
  const reauthorized = await practice.graph('POST', `/subscriptions/${id}/reauthorize`, { as: 'service' })
  expect(reauthorized.statusCode).toBe(204)
  await practice.post('/practice/clock', { now: NOW.add({ minutes: 590 }).toString() })
  await expect.poll(() => asked().length).toBe(2)
  await practice.post('/practice/clock', { now: NOW.add({ minutes: 601 }).toString() })
  expect((await practice.graph('GET', `/subscriptions/${id}`, { as: 'service' })).statusCode).toBe(404)
  await bookEvent()
  await practice.tenant.notifier.deliver()
  expect(notices().filter(({ path }) => path === '/notify')).toEqual([])
})

test('sends lifecycle notices on demand, so that a rehearsal can lose a subscription', async () => {
  const { id } = (await subscribe()).json()
  const send = (lifecycleEvent: string) =>
    practice.post('/practice/lifecycle-notices', { subscriptionId: id, lifecycleEvent })
  expect((await send('missed')).statusCode).toBe(202)
  expect((await send('subscriptionRemoved')).statusCode).toBe(202)
  await expect
    .poll(() => notices().map((notice) => notice['lifecycleEvent']))
    .toEqual(['missed', 'subscriptionRemoved'])
  expect((await practice.graph('GET', `/subscriptions/${id}`, { as: 'service' })).statusCode).toBe(404)
  expect((await send('missed')).statusCode).toBe(404)
})

test('shows people their own subscriptions and ends them by DELETE', async () => {
  const mine = (await subscribe({ resource: 'me/events' }, ADA)).json()
  expect((await practice.graph('GET', `/subscriptions/${mine.id}`, { as: BEN })).statusCode).toBe(404)
  expect((await practice.graph('DELETE', `/subscriptions/${mine.id}`, { as: ADA })).statusCode).toBe(204)
  expect((await practice.graph('GET', `/subscriptions/${mine.id}`, { as: ADA })).statusCode).toBe(404)
})

test('tells people of their To Do tasks', async () => {
  const { value } = (await practice.graph('GET', '/me/todo/lists')).json()
  const listId = value[0].id
  await subscribe({ resource: `/me/todo/lists/${listId}/tasks`, changeType: 'created' }, ADA)
  const task = (await practice.graph('POST', `/me/todo/lists/${listId}/tasks`, { body: { title: 'Read' } })).json()
  await expect
    .poll(() => notices())
    .toMatchObject([
      {
        changeType: 'created',
        resourceData: { id: task.id },
        resource: `Users/${ADA.id}/todo/lists/${listId}/tasks/${task.id}`,
      },
    ])
})
