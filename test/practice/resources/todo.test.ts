import { afterAll, beforeAll, expect, test } from 'vitest'
import { graphExchangeFaults } from '../../contract/graph-schema.ts'
import { ADA, BEN, type GraphCallOptions, NORA, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

/** Sends a request and holds request and answer to Graph's schema. */
async function call(method: string, path: string, options: GraphCallOptions = {}) {
  const answer = await practice.graph(method, path, options)
  const body = answer.payload === '' ? undefined : answer.json()
  const sent = answer.statusCode < 400 ? options.body : undefined
  expect(graphExchangeFaults(method, path, sent, answer.statusCode, body)).toEqual([])
  return { status: answer.statusCode, body }
}
const aList = async (displayName = 'Homework') => (await call('POST', '/me/todo/lists', { body: { displayName } })).body
async function aTask(more: object = {}) {
  const list = await aList()
  const { body } = await call('POST', `/me/todo/lists/${list.id}/tasks`, { body: { title: 'Read a paper', ...more } })
  return { list, task: body, path: `/me/todo/lists/${list.id}/tasks/${body.id}` }
}

test('gives every mailbox its two built-in lists, which cannot be renamed or deleted', async () => {
  const { body } = await call('GET', '/me/todo/lists', { as: BEN })
  expect(body.value.map((list: { wellknownListName: string }) => list.wellknownListName).sort()).toEqual([
    'defaultList',
    'flaggedEmails',
  ])
  const path = `/me/todo/lists/${body.value[0].id}`
  expect((await call('PATCH', path, { as: BEN, body: { displayName: 'x' } })).status).toBe(400)
  expect((await call('DELETE', path, { as: BEN })).status).toBe(400)
})

test('has no lists for somebody without a mailbox', async () => {
  const answer = await practice.graph('GET', '/me/todo/lists', { as: NORA })
  expect(answer.statusCode).toBe(404)
  expect(answer.json().error.code).toBe('MailboxNotEnabledForRESTAPI')
})

test('fills in what a new task does not say', async () => {
  const { task } = await aTask()
  expect(task).toMatchObject({
    title: 'Read a paper',
    status: 'notStarted',
    importance: 'normal',
    isReminderOn: false,
    hasAttachments: false,
    categories: [],
    body: { content: '', contentType: 'text' },
  })
  expect(task).not.toHaveProperty('dueDateTime')
})

test('keeps the date a task is due, as midnight in the zone that was sent', async () => {
  const { task, path } = await aTask({
    dueDateTime: { dateTime: '2026-07-25T16:00:00', timeZone: 'Eastern Standard Time' },
  })
  expect(task.dueDateTime).toEqual({ dateTime: '2026-07-25T04:00:00.0000000', timeZone: 'UTC' })
  const local = await practice.graph('GET', path, { headers: { prefer: 'outlook.timezone="Eastern Standard Time"' } })
  expect(local.json().dueDateTime).toEqual({
    dateTime: '2026-07-25T00:00:00.0000000',
    timeZone: 'Eastern Standard Time',
  })
  const gone = await call('PATCH', path, { body: { dueDateTime: null } })
  expect(gone.body).not.toHaveProperty('dueDateTime')
  const unknown = await practice.graph('PATCH', path, {
    body: { dueDateTime: { dateTime: '2026-07-25', timeZone: 'Mars' } },
  })
  expect(unknown.json().error.code).toBe('TimeZoneNotSupportedException')
})

test('keeps the time of a reminder', async () => {
  const { task } = await aTask({
    isReminderOn: true,
    reminderDateTime: { dateTime: '2026-07-25T16:30:00', timeZone: 'Asia/Kathmandu' },
  })
  expect(task.reminderDateTime).toEqual({ dateTime: '2026-07-25T10:45:00.0000000', timeZone: 'UTC' })
})

test('says when a task was completed, and forgets it when it is taken up again', async () => {
  const { path } = await aTask()
  const done = await call('PATCH', path, { body: { status: 'completed' } })
  expect(done.body).toMatchObject({
    status: 'completed',
    completedDateTime: { dateTime: '2026-03-02T15:00:00.0000000', timeZone: 'UTC' },
  })
  const again = await call('PATCH', path, { body: { status: 'inProgress' } })
  expect(again.body).not.toHaveProperty('completedDateTime')
})

test('repeats a task by the rule it was given', async () => {
  const { task } = await aTask({
    dueDateTime: { dateTime: '2026-03-03T00:00:00', timeZone: 'UTC' },
    recurrence: {
      pattern: { type: 'weekly', interval: 2, daysOfWeek: ['tuesday'], firstDayOfWeek: 'sunday' },
      range: { type: 'noEnd', startDate: '2026-03-03' },
    },
  })
  expect(task.recurrence.pattern).toMatchObject({ type: 'weekly', interval: 2, daysOfWeek: ['tuesday'] })
})

test('refuses what a task cannot be', async () => {
  const { list, path } = await aTask()
  const tasks = `/me/todo/lists/${list.id}/tasks`
  const cases: [string, string, unknown][] = [
    ['POST', tasks, {}],
    ['POST', tasks, { title: '  ' }],
    ['POST', tasks, { title: 'x', colour: 'red' }],
    ['PATCH', path, { status: 'finished' }],
    ['PATCH', path, { importance: 7 }],
    ['PATCH', path, { title: null }],
    ['PATCH', path, { dueDateTime: { dateTime: 'tomorrow', timeZone: 'UTC' } }],
  ]
  for (const [method, url, body] of cases) {
    expect.soft((await practice.graph(method, url, { body })).statusCode, JSON.stringify(body)).toBe(400)
  }
  expect((await practice.graph('GET', path, { as: BEN })).statusCode).toBe(404)
})

test('keeps checklist items, linked resources and extensions on a task', async () => {
  const { path } = await aTask({ linkedResources: [{ applicationName: 'Protected Time', externalId: 'homework-1' }] })
  const item = (await call('POST', `${path}/checklistItems`, { body: { displayName: 'Abstract' } })).body
  const checked = await call('PATCH', `${path}/checklistItems/${item.id}`, { body: { isChecked: true } })
  expect(checked.body).toMatchObject({ displayName: 'Abstract', isChecked: true, checkedDateTime: expect.any(String) })
  const extension = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'com.example.key', key: 'k1' }
  expect((await call('POST', `${path}/extensions`, { body: extension })).status).toBe(201)
  expect((await practice.graph('POST', `${path}/extensions`, { body: extension })).statusCode).toBe(409)
  const { body } = await call('GET', `${path}?$expand=checklistItems,linkedResources,extensions`)
  expect(body).toMatchObject({
    checklistItems: [{ id: item.id, isChecked: true }],
    linkedResources: [{ applicationName: 'Protected Time', externalId: 'homework-1' }],
    extensions: [{ id: 'microsoft.graph.openTypeExtension.com.example.key', key: 'k1' }],
  })
  expect((await call('DELETE', `${path}/checklistItems/${item.id}`)).status).toBe(204)
  expect((await call('GET', `${path}/checklistItems`)).body.value).toEqual([])
})

test('finds tasks by status, title and our own key', async () => {
  const { list } = await aTask({ linkedResources: [{ externalId: 'key-7' }] })
  const tasks = `/me/todo/lists/${list.id}/tasks`
  await call('POST', tasks, { body: { title: 'Write', status: 'completed' } })
  const found = async (filter: string) => {
    const { body } = await call('GET', `${tasks}?$filter=${encodeURIComponent(filter)}&$select=title`)
    return body.value.map(({ title }: { title: string }) => title)
  }
  expect(await found("status ne 'completed'")).toEqual(['Read a paper'])
  expect(await found("startswith(title,'Wr')")).toEqual(['Write'])
  expect(await found("linkedResources/any(link: link/externalId eq 'key-7')")).toEqual(['Read a paper'])
})

test('refuses to change or delete a version that is not there any more', async () => {
  const { task, path } = await aTask()
  await call('PATCH', path, { body: { title: 'Newer' } })
  const stale = { 'if-match': task['@odata.etag'] }
  expect((await practice.graph('PATCH', path, { body: { title: 'Mine' }, headers: stale })).statusCode).toBe(412)
  expect((await practice.graph('DELETE', path, { headers: stale })).statusCode).toBe(412)
  expect((await call('GET', path)).body.title).toBe('Newer')
})

test('tells in a delta round what changed and what is gone, page by page', async () => {
  const list = await aList('Delta')
  const tasks = `/me/todo/lists/${list.id}/tasks`
  const ids: string[] = []
  for (const title of ['one', 'two', 'three']) ids.push((await call('POST', tasks, { body: { title } })).body.id)
  const rounds = async (
    start: string,
  ): Promise<{ seen: Record<string, unknown>[]; deltaLink: string; pages: number }> => {
    const seen: Record<string, unknown>[] = []
    let link = start
    for (let pages = 1; ; pages++) {
      const { body } = await call('GET', link, { headers: { prefer: 'odata.maxpagesize=2' } })
      seen.push(...body.value)
      const next = body['@odata.nextLink'] ?? body['@odata.deltaLink']
      link = next.split('/v1.0')[1]
      if (body['@odata.deltaLink']) return { seen, deltaLink: link, pages }
    }
  }
  const first = await rounds(`${tasks}/delta`)
  expect(first.seen.map(({ title }) => title)).toEqual(['one', 'two', 'three'])
  expect(first.pages).toBe(2)
  await call('PATCH', `${tasks}/${ids[1]}`, { body: { title: 'two, changed' } })
  await call('DELETE', `${tasks}/${ids[0]}`)
  const second = await rounds(first.deltaLink)
  expect(second.seen).toMatchObject([
    { id: ids[1], title: 'two, changed' },
    { id: ids[0], '@removed': { reason: 'deleted' } },
  ])
  expect((await rounds(second.deltaLink)).seen).toEqual([])
})

test('answers 410 to a delta token that it does not know', async () => {
  const forged = Buffer.from('d:999999').toString('base64url')
  for (const token of [forged, 'nonsense']) {
    const answer = await practice.graph('GET', `/me/todo/lists/delta?$deltatoken=${token}`)
    expect(answer.statusCode).toBe(410)
    expect(answer.json().error.code).toBe('SyncStateNotFound')
  }
})

test('lets the application work in anybody’s lists', async () => {
  const made = await practice.graph('POST', `/users/${ADA.id}/todo/lists`, {
    as: 'service',
    body: { displayName: 'App' },
  })
  expect(made.statusCode).toBe(201)
  expect((await call('GET', `/me/todo/lists/${made.json().id}`)).body.displayName).toBe('App')
})
