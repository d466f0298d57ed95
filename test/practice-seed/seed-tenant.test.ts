import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { calendarRoutes } from '../../server/practice/graph/calendar-routes.ts'
import type { GraphReply, PracticeGraph } from '../../server/practice/graph/dispatch.ts'
import { dispatchGraph } from '../../server/practice/graph/router.ts'
import type { PracticeUser } from '../../server/practice/people.ts'
import { personIdOf, practiceUsers, principalNameOf } from '../../server/practice/seed/people.ts'
import { type PostAs, seedTenant } from '../../server/practice/seed/seed-tenant.ts'
import { openPracticeState } from '../../server/practice/state.ts'
import { readSeededFeeds } from './free-time.ts'

const today = Temporal.PlainDate.from('2027-01-04')

function openTenant() {
  const state = openPracticeState(':memory:')
  const now = Temporal.Instant.from('2027-01-04T14:00:00Z')
  const graph: PracticeGraph = {
    state,
    clock: { now: () => now },
    switches: {
      repeatedTransaction: 'first-event',
      transactionMemory: true,
      exceptionsInheritAttachments: true,
      iCalUIdPerOccurrence: true,
    },
    baseUrl: () => 'http://127.0.0.1:3000/practice/graph/v1.0',
  }
  let posts = 0
  const send = (userId: string, method: string, path: string, body?: unknown, query = '') =>
    dispatchGraph(graph, calendarRoutes, {
      method,
      path,
      query: new URLSearchParams(query),
      headers: { prefer: 'outlook.timezone="America/New_York"' },
      body,
      caller: { kind: 'user', userId, scopes: ['Calendars.ReadWrite', 'Calendars.ReadWrite.Shared'] },
    })
  const post: PostAs = (userId, path, body) => {
    posts++
    return send(userId, 'POST', path, body)
  }
  return { state, send, post, posts: () => posts }
}
const valuesOf = ({ status, body }: GraphReply) => {
  expect(status).toBe(200)
  return (body as { value: Record<string, unknown>[] }).value
}

test('fills directory, mailboxes and sharing through Graph, mails nobody, and does nothing a second time', async () => {
  const { state, send, post, posts } = openTenant()
  await seedTenant(state, post, today)
  expect(state.collection<PracticeUser>('users').list()).toEqual(practiceUsers())
  expect(state.collection('outbox').list()).toEqual([])

  const range = 'startDateTime=2027-03-08T00:00:00-05:00&endDateTime=2027-03-20T00:00:00-04:00&$top=100'
  const view = valuesOf(await send(personIdOf('priya'), 'GET', '/me/calendarView', undefined, range))
  const rounds = view
    .filter(({ subject }) => subject === 'Grand rounds')
    .map(({ start }) => (start as { dateTime: string }).dateTime)
  expect(rounds).toEqual(['2027-03-11T12:00:00.0000000', '2027-03-18T12:00:00.0000000'])

  const shared = valuesOf(await send(personIdOf('margaret'), 'GET', '/me/calendar/calendarPermissions'))
  expect(shared).toContainEqual(
    expect.objectContaining({
      role: 'delegateWithoutPrivateEventAccess',
      emailAddress: expect.objectContaining({ address: principalNameOf('dolores') }),
    }),
  )
  const booked = await send(personIdOf('dolores'), 'POST', `/users/${personIdOf('margaret')}/events`, {
    subject: 'Mentoring meeting',
    start: { dateTime: '2027-03-12T10:00:00', timeZone: 'Eastern Standard Time' },
    end: { dateTime: '2027-03-12T10:45:00', timeZone: 'Eastern Standard Time' },
  })
  expect(booked.status).toBe(201)

  const before = posts()
  await seedTenant(state, post, today.add({ days: 30 }))
  expect(posts()).toBe(before)
})

test('a seed that was cut short goes on without a second copy of anything', async () => {
  const whole = openTenant()
  await seedTenant(whole.state, whole.post, today)
  const cut = openTenant()
  let left = 200
  const failing: PostAs = async (userId, path, body) => {
    if (left-- === 0) throw new Error('The power went.')
    return cut.post(userId, path, body)
  }
  await expect(seedTenant(cut.state, failing, today)).rejects.toThrow('The power went.')
  await seedTenant(cut.state, cut.post, today.add({ days: 1 }))
  const count = async (tenant: ReturnType<typeof openTenant>) => {
    const counts = new Map<string, number>()
    for (const { id, displayName, hasMailbox } of practiceUsers()) {
      if (!hasMailbox) continue
      counts.set(
        displayName,
        valuesOf(await tenant.send(id, 'GET', '/me/events', undefined, '$top=100&$select=subject')).length,
      )
    }
    return counts
  }
  expect(await count(cut)).toEqual(await count(whole))
})

test('says what Graph refused, without the item’s subject', async () => {
  const { state } = openTenant()
  const refusing: PostAs = async () => ({
    status: 400,
    body: { error: { code: 'ErrorInvalidRequest', message: 'No.' } },
  })
  await expect(seedTenant(state, refusing, today)).rejects.toThrow(
    'Graph refused a seeded item: 400 ErrorInvalidRequest No.',
  )
})

test('Outlook and the schedule system agree on an attending’s weeks away', async () => {
  const { state, send, post } = openTenant()
  await seedTenant(state, post, today)
  const away = valuesOf(await send(personIdOf('ruth'), 'GET', '/me/events', undefined, '$top=100'))
    .filter(({ subject }) => subject === 'Vacation')
    .map(({ start }) => (start as { dateTime: string }).dateTime.slice(0, 10))
    .filter((date) => date > '2026-12-10')
  const inFeed = readSeededFeeds(today)
    .get('ruth')!
    .blocks.filter(({ label }) => label === 'Vacation')
    .map(({ start }) => start)
  expect(away.length).toBeGreaterThanOrEqual(2)
  expect(away.sort()).toEqual(inFeed.sort())
})
