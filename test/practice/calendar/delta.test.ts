import { expect, test } from 'vitest'
import { draft, type Json, openPractice, type Practice, person, type Reply } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const FIRST = 'GET /me/calendarView/delta?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z'
const SERIES = {
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] },
    range: { type: 'numbered', startDate: '2026-03-03', numberOfOccurrences: 3 },
  },
}

/** Follows next links to the end. */
async function round(practice: Practice, call: string, prefer = 'odata.maxpagesize=100') {
  const asAda = practice.as(ada)
  const items: Json[] = []
  const sizes: number[] = []
  let reply: Reply = await asAda(call, { prefer })
  for (;;) {
    expect(reply.status).toBe(200)
    items.push(...reply.body.value)
    sizes.push(reply.body.value.length)
    const next = reply.body['@odata.nextLink']
    if (!next) return { items, sizes, link: `GET ${reply.body['@odata.deltaLink']}` }
    reply = await asAda(`GET ${next}`, { prefer })
  }
}
const single = (practice: Practice, day: string) =>
  practice.as(ada)('POST /me/events', { body: draft(`2026-03-${day}T15:00`, `2026-03-${day}T16:00`) })

test('the first round gives events in full, and of a series the master in full with bare stubs', async () => {
  const practice = openPractice([ada])
  await single(practice, '10')
  await practice.as(ada)('POST /me/events', { body: draft('2026-03-03T15:00', '2026-03-03T16:00', SERIES) })
  const { items } = await round(practice, FIRST)
  expect(items.map(({ type }) => type)).toEqual([
    'singleInstance',
    'seriesMaster',
    'occurrence',
    'occurrence',
    'occurrence',
  ])
  expect(items[0].subject).toBe('Mentoring meeting')
  expect(Object.keys(items[2]).sort()).toEqual([
    '@odata.etag',
    '@odata.type',
    'end',
    'id',
    'seriesMasterId',
    'start',
    'type',
  ])
  expect(items[2].seriesMasterId).toBe(items[1].id)
})

test('later rounds give only changes; nothing when nothing changed', async () => {
  const practice = openPractice([ada])
  const kept = (await single(practice, '10')).body
  const gone = (await single(practice, '11')).body
  const first = await round(practice, FIRST)
  const second = await round(practice, first.link)
  expect(second.items).toEqual([])
  const added = (await single(practice, '12')).body
  await practice.as(ada)(`PATCH /me/events/${kept.id}`, { body: { subject: 'New' } })
  await practice.as(ada)(`DELETE /me/events/${gone.id}`)
  const third = await round(practice, second.link)
  expect(third.items.map((item) => item['@removed']?.reason ?? item.id)).toEqual(['deleted', kept.id, added.id])
  expect(third.items[0]).toEqual({
    '@odata.type': '#microsoft.graph.event',
    id: gone.id,
    '@removed': { reason: 'deleted' },
  })
  const replayed = await round(practice, second.link)
  expect(replayed.items.map(({ id }) => id)).toEqual(third.items.map(({ id }) => id))
})

test('what moves out of the window comes as removed though it still exists', async () => {
  const practice = openPractice([ada])
  const { id } = (await single(practice, '10')).body
  const { link } = await round(practice, FIRST)
  const at = (dateTime: string) => ({ dateTime, timeZone: 'UTC' })
  await practice.as(ada)(`PATCH /me/events/${id}`, {
    body: { start: at('2026-05-01T10:00'), end: at('2026-05-01T11:00') },
  })
  expect((await round(practice, link)).items).toEqual([
    expect.objectContaining({ id, '@removed': { reason: 'deleted' } }),
  ])
  expect((await practice.as(ada)(`GET /me/events/${id}`)).status).toBe(200)
})

test('a cancelled occurrence is removed and its series reported', async () => {
  const practice = openPractice([ada])
  await practice.as(ada)('POST /me/events', { body: draft('2026-03-03T15:00', '2026-03-03T16:00', SERIES) })
  const first = await round(practice, FIRST)
  const second = first.items[2]
  await practice.as(ada)(`POST /me/events/${second.id}/cancel`, { body: {} })
  const { items } = await round(practice, first.link)
  expect(items[0]).toMatchObject({ id: second.id, '@removed': { reason: 'deleted' } })
  expect(items.slice(1).map(({ type }) => type)).toEqual(['seriesMaster', 'occurrence', 'occurrence'])
})

test('pages hold as many as preferred, but never split a series', async () => {
  const practice = openPractice([ada])
  await single(practice, '10')
  await practice.as(ada)('POST /me/events', { body: draft('2026-03-03T15:00', '2026-03-03T16:00', SERIES) })
  await single(practice, '11')
  const { sizes, items } = await round(practice, FIRST, 'odata.maxpagesize=2')
  expect(sizes).toEqual([5, 1])
  expect(new Set(items.map(({ id }) => id)).size).toBe(6)
})

test('an exception comes in full', async () => {
  const practice = openPractice([ada])
  await practice.as(ada)('POST /me/events', { body: draft('2026-03-03T15:00', '2026-03-03T16:00', SERIES) })
  const first = await round(practice, FIRST)
  await practice.as(ada)(`PATCH /me/events/${first.items[1].id}`, { body: { subject: 'Changed' } })
  const { items } = await round(practice, first.link)
  expect(items.find(({ type }) => type === 'exception')).toMatchObject({
    subject: 'Changed',
    originalStart: expect.any(String),
  })
})

test('changes of open extensions are not reported', async () => {
  const practice = openPractice([ada])
  const { id } = (await single(practice, '10')).body
  const { link } = await round(practice, FIRST)
  const body = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'a.b.c', value: 1 }
  const added = await practice.as(ada)(`POST /me/events/${id}/extensions`, { body })
  expect(added.status).toBe(201)
  expect((await round(practice, link)).items).toEqual([])
})

test('tokens work with either id format', async () => {
  const practice = openPractice([ada])
  const { id } = (await single(practice, '10')).body
  const first = await round(practice, FIRST, 'IdType="ImmutableId"')
  expect(first.items[0].id).not.toBe(id)
  await practice.as(ada)(`PATCH /me/events/${id}`, { body: { subject: 'New' } })
  expect((await round(practice, first.link)).items[0].id).toBe(id)
})

test('an old, foreign or invented token is gone: 410', async () => {
  const practice = openPractice([ada, ben])
  const { link } = await round(practice, FIRST)
  const refused = async (who: typeof ada, call: string) => {
    const { status, body } = await practice.as(who)(call)
    return [status, body.error.code]
  }
  expect(await refused(ben, link)).toEqual([410, 'SyncStateNotFound'])
  expect(await refused(ada, 'GET /me/calendarView/delta?$deltatoken=invented')).toEqual([410, 'SyncStateNotFound'])
  expect(await refused(ada, 'GET /me/calendarView/delta?$skiptoken=invented')).toEqual([410, 'SyncStateNotFound'])
  practice.moveTo('2026-01-20T12:00:00Z')
  expect(await refused(ada, link)).toEqual([410, 'SyncStateNotFound'])
})

test('needs a window first, and takes no $select', async () => {
  const asAda = openPractice([ada]).as(ada)
  expect((await asAda('GET /me/calendarView/delta')).status).toBe(400)
  expect((await asAda(`${FIRST}&$select=subject`)).status).toBe(400)
})
