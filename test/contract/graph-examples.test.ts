import { expect, test } from 'vitest'
import { type Json, openPractice, type Reply } from '../practice/calendar/practice.ts'
import { documentedDifferences } from './compare-documented.ts'
import { adele, below, CASES, create, example, examples, PEOPLE, pacific, samantha } from './graph-example-scenes.ts'

const lowerNames = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

test.each(Object.keys(CASES))('documented example %s', async (id) => {
  const found = example(id)
  const { as, scene, known } = CASES[id]!
  const practice = openPractice(PEOPLE)
  const set = await scene?.(practice, found)
  const headers = lowerNames(found.request.headers)
  const body = set?.body ?? found.request.body
  const reply: Reply = await practice.as(as)(`${found.request.method} ${set?.path ?? below(found)}`, {
    ...(body === undefined ? {} : { body }),
    headers,
    unchecked: true,
  })
  expect(reply.status).toBe(found.response.status)
  if (found.response.body === undefined) expect(reply.body).toBeUndefined()
  else expect(documentedDifferences(found.response.body, reply.body, known)).toEqual([])
  const applied = lowerNames(found.response.headers)['preference-applied']
  if (applied !== undefined) expect(reply.headers['preference-applied']).toBe(applied)
})

test('documented delta rounds: two pages of two, then a deletion and a new event', async () => {
  const practice = openPractice(PEOPLE)
  const asSamantha = practice.as(samantha)
  const pages = ['g131', 'g132'].map((id) => example(id).response.body as Json)
  const make = ({ subject, start, end, location }: Json) =>
    create(practice, samantha, { subject, start, end, ...(location ? { location } : {}) })
  const known = { 'value[].body.content': 'left out on the page', '@odata.nextLink': 'address' }
  const made: Json[] = []
  for (const page of pages) for (const event of page.value) made.push(await make(event))
  const headers = { prefer: 'odata.maxpagesize=2' }
  let reply = await asSamantha(`GET ${below(example('g131'))}`, { headers })
  expect(documentedDifferences({ ...pages[0], '@odata.nextLink': undefined }, reply.body, known)).toEqual([])
  reply = await asSamantha(`GET ${reply.body['@odata.nextLink']}`, { headers })
  expect(documentedDifferences({ value: pages[1].value }, reply.body, known)).toEqual([])
  const later = example('g134').response.body as Json
  await asSamantha(`DELETE /me/events/${made[0].id}`)
  await make(later.value[1])
  reply = await asSamantha(`GET ${reply.body['@odata.deltaLink']}`, { headers })
  expect(documentedDifferences({ value: later.value }, reply.body, known)).toEqual([])
  expect(reply.body['@odata.deltaLink']).toContain('$deltatoken=')
})

test('documented refusal: an occurrence moved past its neighbour', async () => {
  const practice = openPractice(PEOPLE)
  const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }
  const range = { type: 'noEnd', startDate: '2019-04-08' }
  const { id } = await create(
    practice,
    adele,
    pacific('2019-04-08T09:00', '2019-04-08T10:00', { recurrence: { pattern, range } }),
  )
  const list = await practice.as(adele)(
    `GET /me/events/${id}/instances?startDateTime=2019-04-15&endDateTime=2019-04-17`,
  )
  const { start, end } = pacific('2019-04-22T08:00', '2019-04-22T08:30')
  const reply = await practice.as(adele)(`PATCH /me/events/${list.body.value[0].id}`, { body: { start, end } })
  expect(reply.status).toBe(example('g157').response.status)
  expect(documentedDifferences(example('g157').response.body, reply.body)).toEqual([])
})

test('every documented calendar example is replayed', () => {
  const elsewhere = /\/(messages|\$batch)|^\*$|^\{/
  const calendar = [...examples.values()].filter(
    ({ kind, request }) =>
      kind !== 'notification' &&
      /event|calendar|findMeetingTimes|translateExchangeIds/i.test(request.path) &&
      !elsewhere.test(request.path.replace('/v1.0', '')),
  )
  const apart = ['g131', 'g132', 'g134', 'g157']
  expect(calendar.map(({ id }) => id).filter((id) => !CASES[id] && !apart.includes(id))).toEqual([])
})
