import { expect, test } from 'vitest'
import { parseFilter } from '../../../server/practice/graph/odata-filter.ts'
import { BASE, draft, type Json, openPractice, person, starts } from './practice.ts'

const ada = person('Ada')

async function week() {
  const asAda = openPractice([ada]).as(ada)
  for (const [day, subject, showAs] of [
    ['02', 'Clinic', 'busy'],
    ['03', 'Mentoring', 'tentative'],
    ['04', "Ward's round", 'busy'],
    ['05', 'clinic late', 'free'],
  ]) {
    const body = draft(`2026-03-${day}T15:00`, `2026-03-${day}T16:00`, { subject, showAs })
    expect((await asAda('POST /me/events', { body })).status).toBe(201)
  }
  return asAda
}
const subjects = (reply: { body: Json }) => reply.body.value.map((event: Json) => event.subject)

test.each([
  ["subject eq 'clinic'", ['Clinic']],
  ["startswith(subject,'Clin')", ['Clinic', 'clinic late']],
  ["contains(subject, 'o')", ['Mentoring', "Ward's round"]],
  ["subject eq 'Ward''s round'", ["Ward's round"]],
  ["start/dateTime ge '2026-03-04T20:00:00Z'", ["Ward's round", 'clinic late']],
  ["start/dateTime gt '2026-03-04T20:00'", ['clinic late']],
  ["start/dateTime lt '2026-03-03T00:00' or end/dateTime gt '2026-03-05T20:30:00.0000000'", ['Clinic', 'clinic late']],
  ["showAs eq 'busy' and not (subject eq 'Clinic')", ["Ward's round"]],
  ["showAs ne 'busy'", ['Mentoring', 'clinic late']],
  ['isAllDay eq false and hasAttachments ne true', ['Clinic', 'Mentoring', "Ward's round", 'clinic late']],
  ['reminderMinutesBeforeStart le 14', []],
  ["showAs in ('free','tentative')", ['Mentoring', 'clinic late']],
  ["sensitivity eq microsoft.graph.sensitivity'normal' and contains(subject,'late')", ['clinic late']],
  ['seriesMasterId eq null', ['Clinic', 'Mentoring', "Ward's round", 'clinic late']],
  ['createdDateTime ge 2026-01-05T12:00:00Z', ['Clinic', 'Mentoring', "Ward's round", 'clinic late']],
  ['attendees/any()', []],
  ["not attendees/any(a:a/type eq 'required')", ['Clinic', 'Mentoring', "Ward's round", 'clinic late']],
])('$filter=%s', async (filter, expected) => {
  const asAda = await week()
  expect(subjects(await asAda(`GET /me/events?$filter=${encodeURIComponent(filter)}&$top=50`))).toEqual(expected)
})

test('a filter on times looks at UTC whatever zone the answer is in', async () => {
  const asAda = await week()
  const filter = encodeURIComponent("start/dateTime eq '2026-03-02T20:00:00'")
  const found = await asAda(`GET /me/events?$filter=${filter}`, { prefer: 'outlook.timezone="Tokyo Standard Time"' })
  expect(starts(found)).toEqual(['2026-03-03T05:00'])
})

test.each([
  '$filter=subject eq',
  "$filter=(subject eq 'x'",
  '$filter=nosuch eq 1',
  "$filter=subject like 'x'",
  '$filter=',
  '$orderby=nosuch',
  '$orderby=subject sideways',
  '$select=nosuch',
  '$expand=nosuch',
  '$expand=attachments($nosuch=1)',
  '$top=-1',
  '$top=many',
  '$top=1001',
  '$skip=x',
  '$count=perhaps',
  '$skiptoken=nonsense',
  '$apply=aggregate',
  '$top=1&$top=2',
])('refuses %s with 400', async (query) => {
  const asAda = await week()
  const encoded = query.replaceAll(/=(.*?)(?=&|$)/g, (_all, value) => `=${encodeURIComponent(value)}`)
  const refused = await asAda(`GET /me/events?${encoded}`)
  expect([refused.status, typeof refused.body.error?.code]).toEqual([400, 'string'])
})

test('refuses $search on events by its own code', async () => {
  const refused = await (await week())('GET /me/events?$search="clinic"')
  expect([refused.status, refused.body.error.code]).toEqual([400, 'SearchEvents'])
})

test('$select keeps id and etag and names itself in the context', async () => {
  const asAda = await week()
  const reply = await asAda('GET /me/events?$select=subject,start&$top=1')
  expect(Object.keys(reply.body.value[0]).sort()).toEqual(['@odata.etag', 'id', 'start', 'subject'])
  expect(reply.body['@odata.context']).toBe(`${BASE}/$metadata#users('${ada.id}')/events(subject,start)`)
})

test('pages by an opaque next link that keeps the query, and counts when asked', async () => {
  const asAda = await week()
  const filter = encodeURIComponent("subject ne 'Mentoring'")
  const first = await asAda(`GET /me/events?$top=2&$orderby=subject desc&$count=true&$filter=${filter}`)
  expect([first.body['@odata.count'], subjects(first)]).toEqual([3, ["Ward's round", 'clinic late']])
  const next = first.body['@odata.nextLink']
  expect(next).toMatch(/\$skiptoken=/)
  const second = await asAda(`GET ${next}`)
  expect([subjects(second), second.body['@odata.nextLink']]).toEqual([['Clinic'], undefined])
})

test('ten events make a page where the client names no size, also in a view', async () => {
  const asAda = openPractice([ada]).as(ada)
  const pattern = { type: 'daily', interval: 1 }
  const range = { type: 'numbered', startDate: '2026-03-01', numberOfOccurrences: 23 }
  await asAda('POST /me/events', {
    body: draft('2026-03-01T09:00', '2026-03-01T10:00', { recurrence: { pattern, range } }),
  })
  const seen: string[] = []
  let call: string | undefined = 'GET /me/calendarView?startDateTime=2026-03-01&endDateTime=2026-04-01'
  const sizes: number[] = []
  while (call) {
    const reply = await asAda(call)
    seen.push(...starts(reply))
    sizes.push(reply.body.value.length)
    call = reply.body['@odata.nextLink'] && `GET ${reply.body['@odata.nextLink']}`
  }
  expect(sizes).toEqual([10, 10, 3])
  expect(seen).toEqual([...new Set(seen)].sort())
  const preferred = await asAda('GET /me/calendarView?startDateTime=2026-03-01&endDateTime=2026-04-01', {
    prefer: 'odata.maxpagesize=20',
  })
  expect(preferred.body.value).toHaveLength(20)
  const wished = await asAda('GET /me/events', { prefer: 'odata.maxpagesize=5000' })
  expect(wished.status).toBe(200)
})

test.each([
  ['GET /me/calendarView', 400, 'ErrorInvalidParameter'],
  ['GET /me/calendarView?startDateTime=2026-03-01', 400, 'ErrorInvalidParameter'],
  ['GET /me/calendarView?startDateTime=soon&endDateTime=2026-03-01', 400, 'ErrorInvalidParameter'],
  ['GET /me/calendarView?startDateTime=2026-03-02&endDateTime=2026-03-01', 400, 'ErrorInvalidRequest'],
  ['GET /me/calendarView?startDateTime=2026-03-02&endDateTime=2031-03-02', 400, 'ErrorInvalidRequest'],
  [
    'GET /me/calendarView?startDateTime=2026-03-01&endDateTime=2026-03-02&$select=createdDateTime',
    400,
    'ErrorInvalidRequest',
  ],
])('%s is refused', async (call, status, code) => {
  const refused = await (await week())(call)
  expect([refused.status, refused.body.error.code]).toEqual([status, code])
})

test('bounds of a view: offsets, any case, half-open', async () => {
  const asAda = await week()
  const view = async (query: string) => subjects(await asAda(`GET /me/calendarView?${query}`))
  expect(await view('startdatetime=2026-03-02T15:00:00-05:00&ENDDATETIME=2026-03-02T16:00:00-05:00')).toEqual([
    'Clinic',
  ])
  expect(await view('startDateTime=2026-03-02T21:00:00Z&endDateTime=2026-03-03T20:00:00Z')).toEqual([])
  expect(await view('startDateTime=2026-03-02T20:59:00Z&endDateTime=2026-03-03T20:01:00Z')).toEqual([
    'Clinic',
    'Mentoring',
  ])
  expect(await view('startDateTime=2026-03-03T05:30:00+09:00&endDateTime=2026-03-03T05:40:00+09:00')).toEqual([
    'Clinic',
  ])
})

test('$expand takes nested options and a list', async () => {
  const asAda = await week()
  const [first] = (await asAda('GET /me/events')).body.value
  const body = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'YQ==' }
  await asAda(`POST /me/events/${first.id}/attachments`, { body })
  const reply = await asAda(
    `GET /me/events/${first.id}?$select=subject&$expand=attachments($select=name,size),calendar`,
  )
  expect(Object.keys(reply.body).sort()).toEqual([
    '@odata.context',
    '@odata.etag',
    'attachments',
    'calendar',
    'id',
    'subject',
  ])
  expect(reply.body.attachments[0]).toMatchObject({ name: 'a.txt', size: 1 })
  expect(reply.body.attachments[0]).not.toHaveProperty('contentBytes')
})

test('extended properties do not come with a calendar view', async () => {
  const asAda = openPractice([ada]).as(ada)
  const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name MentorKey'
  await asAda('POST /me/events', {
    body: draft('2026-03-03T15:00', '2026-03-03T16:00', { singleValueExtendedProperties: [{ id, value: 'k' }] }),
  })
  const expand = encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${id}')`)
  const view = await asAda(`GET /me/calendarView?startDateTime=2026-03-01&endDateTime=2026-04-01&$expand=${expand}`)
  expect(view.body.value[0]).not.toHaveProperty('singleValueExtendedProperties')
})

test('counts events, filtered or all', async () => {
  const asAda = await week()
  expect((await asAda('GET /me/events/$count')).body).toBe('4')
  expect((await asAda(`GET /me/calendar/events/$count?$filter=${encodeURIComponent("showAs eq 'busy'")}`)).body).toBe(
    '2',
  )
})

test('all() and nested any() read variables of the outer level', () => {
  const entity = {
    tags: [
      { name: 'a', sub: [{ x: 1 }] },
      { name: 'b', sub: [] },
    ],
  }
  expect(parseFilter("tags/all(t:t/name ne 'c')").test(entity)).toBe(true)
  expect(parseFilter("tags/any(t:t/name eq 'a' and t/sub/any(s:s/x eq 1))").test(entity)).toBe(true)
  expect(parseFilter("tags/any(t:t/name eq 'b' and t/sub/any(s:s/x eq 1))").test(entity)).toBe(false)
})
