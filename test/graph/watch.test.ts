import { describe, expect, test } from 'vitest'
import { CalendarError } from '../../server/ports/calendar.ts'
import { assertGraphExchange } from '../contract/graph-schema.ts'
import { MENTEE, startPractice } from './practice-department.ts'
import { anAttendee, anEvent, BASE, graphError, keyed, serviceOver } from './scripted-graph.ts'

const NOTICES = { changes: 'https://x.example/a', lifecycle: 'https://x.example/b', secret: 's3cret' }
const PERIOD = { start: '2027-01-01T00:00:00Z', end: '2028-01-01T00:00:00Z' }
const DELTA = `${BASE}/users/m/calendarView/delta`
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof CalendarError ? error.code : error),
  )

describe('subscriptions', () => {
  test('ask for ids only, of changes and deletions, with both addresses and the secret', async () => {
    const made = { id: 'sub-1', expirationDateTime: '2027-01-10T12:00:00.0000000Z' }
    const graph = serviceOver([{ status: 201, body: made }])
    const answer = await graph.watch.subscribe('m', NOTICES, '2027-01-10T12:00:00Z')
    expect(answer).toEqual({ id: 'sub-1', expiresAt: made.expirationDateTime })
    expect(graph.sent).toMatchObject([
      {
        method: 'POST',
        path: '/subscriptions',
        headers: { prefer: 'IdType="ImmutableId"' },
        body: {
          changeType: 'updated,deleted',
          notificationUrl: NOTICES.changes,
          lifecycleNotificationUrl: NOTICES.lifecycle,
          resource: 'users/m/events',
          expirationDateTime: '2027-01-10T12:00:00Z',
          clientState: 's3cret',
        },
      },
    ])
    expect(JSON.stringify(graph.sent)).not.toContain('includeResourceData')
  })
  test('are not made twice after a lost answer', async () => {
    const graph = serviceOver([{ fails: 'cut-off' }])
    expect(await codeOf(graph.watch.subscribe('m', NOTICES, '2027-01-10T12:00:00Z'))).toBe('outcome-unknown')
    expect(graph.isOver()).toBe(true)
  })
  test('are renewed, and known to be gone', async () => {
    const renewed = { id: 'sub-1', expirationDateTime: '2027-01-12T12:00:00Z' }
    const graph = serviceOver([
      { status: 503, body: graphError('serviceNotAvailable') },
      { status: 200, body: renewed },
      { status: 404, body: graphError('ResourceNotFound') },
      { status: 204 },
      { status: 404, body: graphError('ResourceNotFound') },
    ])
    expect(await graph.watch.renew('sub-1', '2027-01-12T12:00:00Z')).toEqual({
      id: 'sub-1',
      expiresAt: renewed.expirationDateTime,
    })
    expect(graph.sent[1]).toMatchObject({
      method: 'PATCH',
      path: '/subscriptions/sub-1',
      body: { expirationDateTime: '2027-01-12T12:00:00Z' },
    })
    expect(await graph.watch.renew('sub-1', '2027-01-12T12:00:00Z')).toBeUndefined()
    await graph.watch.unsubscribe('sub-1')
    await graph.watch.unsubscribe('sub-1')
    expect(graph.isOver()).toBe(true)
  })
  test('that are refused for good are told apart from an outage', async () => {
    const graph = serviceOver([{ status: 403, body: graphError('ExtensionError', {}) }])
    expect(await codeOf(graph.watch.subscribe('m', NOTICES, '2027-01-10T12:00:00Z'))).toBe('access-denied')
  })
})

describe('changes', () => {
  test('are read page by page; stubs stand for their series, and removals only name an id', async () => {
    const graph = serviceOver([
      {
        status: 200,
        body: {
          value: [
            anEvent({ id: 'master', type: 'seriesMaster' }),
            { id: 'stub-1', type: 'occurrence', seriesMasterId: 'master' },
          ],
          '@odata.nextLink': `${DELTA}?$skiptoken=a%20b`,
        },
      },
      {
        status: 200,
        body: {
          value: [
            { id: 'stub-2', type: 'occurrence', seriesMasterId: 'master' },
            { id: 'gone', '@removed': { reason: 'deleted' } },
            { id: 'single', type: 'singleInstance' },
          ],
          '@odata.deltaLink': `${DELTA}?$deltatoken=1`,
        },
      },
    ])
    expect(await graph.watch.readChanges('m', { period: PERIOD })).toEqual({
      kind: 'changes',
      changed: ['master', 'single'],
      removed: ['gone'],
      token: `${DELTA}?$deltatoken=1`,
    })
    expect(graph.sent.map(({ path, headers }) => [path, headers['prefer']])).toEqual([
      [
        '/users/m/calendarView/delta?startDateTime=2027-01-01T00:00:00Z&endDateTime=2028-01-01T00:00:00Z',
        'IdType="ImmutableId", odata.maxpagesize=200',
      ],
      ['/users/m/calendarView/delta?$skiptoken=a b', 'IdType="ImmutableId", odata.maxpagesize=200'],
    ])
  })
  test('go on from the last token, sent as it was given', async () => {
    const graph = serviceOver([{ status: 200, body: { value: [], '@odata.deltaLink': `${DELTA}?$deltatoken=2` } }])
    const token = `${DELTA}?$deltatoken=x%2By`
    expect(await graph.watch.readChanges('m', { token })).toMatchObject({
      kind: 'changes',
      token: `${DELTA}?$deltatoken=2`,
    })
    expect(graph.sent).toHaveLength(1)
  })
  test.each([
    ['410 SyncStateNotFound', 410, 'SyncStateNotFound'],
    ['410 resyncRequired', 410, 'resyncRequired'],
    ['400 SyncStateInvalid', 400, 'SyncStateInvalid'],
    ['404 syncStateNotFound', 404, 'syncStateNotFound'],
  ])('begin anew after %s', async (_name, status, code) => {
    const graph = serviceOver([{ status, body: graphError(code) }])
    expect(await graph.watch.readChanges('m', { token: `${DELTA}?$deltatoken=1` })).toEqual({ kind: 'expired' })
  })
  test('of another Graph are not asked for: the token would leave ours', async () => {
    const graph = serviceOver([])
    const token = 'https://elsewhere.example/v1.0/users/m/calendarView/delta?$deltatoken=1'
    expect(await graph.watch.readChanges('m', { token })).toEqual({ kind: 'expired' })
    const lured = serviceOver([{ status: 200, body: { value: [], '@odata.nextLink': token } }])
    expect(await codeOf(lured.watch.readChanges('m', { period: PERIOD }))).toBe('refused')
  })
  test('without a link for the next time are no answer', async () => {
    const graph = serviceOver([{ status: 200, body: { value: [] } }])
    expect(await codeOf(graph.watch.readChanges('m', { period: PERIOD }))).toBe('outage')
  })
})

test('a time that somebody asks for comes with their answer', async () => {
  const asked = {
    start: { dateTime: '2027-03-09T14:00:00.0000000', timeZone: 'Eastern Standard Time' },
    end: { dateTime: '2027-03-09T14:45:00.0000000', timeZone: 'Eastern Standard Time' },
  }
  const attendees = [
    { ...anAttendee('a@x.example', 'tentativelyAccepted'), proposedNewTime: asked },
    { ...anAttendee('b@x.example'), proposedNewTime: null },
  ]
  const graph = serviceOver([{ status: 200, body: { value: [anEvent({ attendees, ...keyed('k') })] } }])
  expect((await graph.calendar.findEventsByKey('m', 'k'))[0]?.attendees).toEqual([
    {
      email: 'a@x.example',
      name: 'Name',
      answer: 'tentativelyAccepted',
      proposal: { start: '2027-03-09T19:00:00Z', end: '2027-03-09T19:45:00Z' },
    },
    { email: 'b@x.example', name: 'Name', answer: 'none' },
  ])
})

test('what is asked of the practice tenant is as Graph’s own description has it', async () => {
  const practice = await startPractice()
  try {
    const { watch } = practice.access.asService!
    const refused = await codeOf(
      watch.subscribe(
        MENTEE.id,
        { ...NOTICES, changes: 'http://127.0.0.1:9/a', lifecycle: 'http://127.0.0.1:9/b' },
        '2027-01-05T12:00:00Z',
      ),
    )
    // Nobody answers there: the address does not prove itself.
    expect(refused).toBe('refused')
    const whole = await watch.readChanges(MENTEE.id, { period: PERIOD })
    expect(whole).toMatchObject({ kind: 'changes', changed: [], removed: [] })
    for (const { request, response } of practice.exchanges) {
      assertGraphExchange(request.method, request.path, request.body, response.status, response.body)
    }
  } finally {
    await practice.close()
  }
})
