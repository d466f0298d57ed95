import { expect, test } from 'vitest'
import type { GraphSwitches } from '../../../server/practice/graph/dispatch.ts'
import { listMails } from '../../../server/practice/graph/outbox.ts'
import type { PracticeUser } from '../../../server/practice/people.ts'
import { draft, invite, type Json, openPractice, type Practice, person, starts } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const ZONE = 'Eastern Standard Time'
const WINDOW = 'startDateTime=2026-03-01&endDateTime=2026-06-01'
const SERIES = {
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'sunday' },
    range: { type: 'numbered', startDate: '2026-03-03', numberOfOccurrences: 5 },
  },
}
const at = (dateTime: string) => ({ dateTime, timeZone: ZONE })
const moved = (date: string, from = '15:00', to = '16:00') => ({
  start: at(`${date}T${from}`),
  end: at(`${date}T${to}`),
})

async function series(more: Readonly<Record<string, unknown>> = {}, switches: Partial<GraphSwitches> = {}) {
  const practice = openPractice([ada, ben], switches)
  const asAda = practice.as(ada)
  const made = (
    await asAda('POST /me/events', { body: draft('2026-03-03T15:00', '2026-03-03T16:00', { ...SERIES, ...more }) })
  ).body
  return { practice, asAda, master: made }
}
const instances = async (practice: Practice, who: PracticeUser, masterId: string): Promise<Json[]> =>
  (await practice.as(who)(`GET /me/events/${masterId}/instances?${WINDOW}`, { prefer: `outlook.timezone="${ZONE}"` }))
    .body.value
const masterOf = async (practice: Practice, who: PracticeUser): Promise<Json> =>
  (await practice.as(who)('GET /me/events')).body.value[0]
const mails = (practice: Practice) =>
  listMails(practice.state).map(
    ({ kind, start, recurrence }) => `${kind} ${recurrence ? 'series' : start!.slice(0, 10)}`,
  )

test('/events lists masters only; calendarView and instances expand with stable ids', async () => {
  const { practice, asAda, master } = await series()
  expect((await asAda('GET /me/events')).body.value.map((event: Json) => event.type)).toEqual(['seriesMaster'])
  const view = await asAda(`GET /me/calendarView?${WINDOW}`)
  expect(view.body.value).toHaveLength(5)
  const again = await instances(practice, ada, master.id)
  expect(again.map(({ id }) => id)).toEqual(view.body.value.map(({ id }: Json) => id))
  expect(view.body.value[1]).toMatchObject({
    type: 'occurrence',
    seriesMasterId: master.id,
    recurrence: null,
    originalStart: '2026-03-10T19:00:00Z',
    occurrenceId: `OID.${master.id}.2026-03-10`,
    subject: 'Mentoring meeting',
  })
  const single = await asAda(`GET /me/events/${view.body.value[1].id}`)
  expect(single.body).toMatchObject({ id: view.body.value[1].id, type: 'occurrence' })
  expect(master).not.toHaveProperty('originalStart')
  expect((await asAda(`GET /me/events/${single.body.id}/instances?${WINDOW}`)).status).toBe(400)
})

test('a changed occurrence becomes an exception that keeps its id and original start', async () => {
  const { practice, asAda, master } = await series()
  const [, second] = await instances(practice, ada, master.id)
  const patched = await asAda(`PATCH /me/events/${second.id}`, { body: { ...moved('2026-03-12'), subject: 'Moved' } })
  expect(patched.body).toMatchObject({
    id: second.id,
    type: 'exception',
    subject: 'Moved',
    originalStart: second.originalStart,
    seriesMasterId: master.id,
  })
  const list = await instances(practice, ada, master.id)
  expect(list.map(({ start, type }) => `${start.dateTime.slice(5, 10)} ${type}`)).toEqual([
    '03-03 occurrence',
    '03-12 exception',
    '03-17 occurrence',
    '03-24 occurrence',
    '03-31 occurrence',
  ])
  await asAda(`PATCH /me/events/${master.id}`, { body: { subject: 'Series', location: { displayName: 'Room' } } })
  const after = await instances(practice, ada, master.id)
  expect([after[0].subject, after[1].subject, after[1].location.displayName]).toEqual(['Series', 'Moved', 'Room'])
  const expanded = await asAda(`GET /me/events/${master.id}?$expand=exceptionOccurrences($select=subject)`)
  expect(expanded.body.exceptionOccurrences).toEqual([expect.objectContaining({ id: second.id, subject: 'Moved' })])
  expect(expanded.body.exceptionOccurrences[0]).not.toHaveProperty('start')
})

test('calendarView finds an exception by where it is now', async () => {
  const { practice, asAda, master } = await series()
  const list = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${list[4].id}`, { body: moved('2026-05-20') })
  const view = async (from: string, to: string) =>
    starts(await asAda(`GET /me/calendarView?startDateTime=${from}&endDateTime=${to}`))
  expect(await view('2026-03-30', '2026-04-02')).toEqual([])
  expect(await view('2026-05-20', '2026-05-21')).toEqual(['2026-05-20T19:00'])
})

test.each([
  ['the day of the one before', '2026-03-03', '17:00', '18:00', 400],
  ['a day before that', '2026-03-02', '15:00', '16:00', 400],
  ['the day after the one before', '2026-03-04', '00:00', '01:00', 200],
  ['the day before the next', '2026-03-16', '23:00', '23:30', 200],
  ['over midnight into the next one’s day but not the next one', '2026-03-16', '23:00', '23:59', 200],
  ['the day of the next', '2026-03-17', '08:00', '09:00', 400],
  ['a day after the next', '2026-03-18', '15:00', '16:00', 400],
])('moving an occurrence to %s', async (_name, date, from, to, status) => {
  const { practice, asAda, master } = await series()
  const [, second] = await instances(practice, ada, master.id)
  const reply = await asAda(`PATCH /me/events/${second.id}`, { body: moved(date, from, to) })
  expect(reply.status).toBe(status)
  if (status === 400) {
    expect(reply.body.error).toMatchObject({
      code: 'ErrorOccurrenceCrossingBoundary',
      message: 'Modified occurrence is crossing or overlapping adjacent occurrence.',
    })
    expect((await asAda(`GET /me/events/${second.id}`)).body.type).toBe('occurrence')
  }
})

test('neighbours count where they lie now, and cancelled ones do not count', async () => {
  const { practice, asAda, master } = await series()
  const list = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${list[2].id}`, { body: moved('2026-03-20') })
  expect((await asAda(`PATCH /me/events/${list[1].id}`, { body: moved('2026-03-19') })).status).toBe(200)
  await asAda(`POST /me/events/${list[3].id}/cancel`, { body: {} })
  expect((await asAda(`PATCH /me/events/${list[2].id}`, { body: moved('2026-03-27') })).status).toBe(200)
})

test('cancelling one occurrence leaves the others; the master names it only when selected', async () => {
  const { practice, asAda, master } = await series({ attendees: invite(ben) })
  const [, second] = await instances(practice, ada, master.id)
  expect((await asAda(`POST /me/events/${second.id}/cancel`, { body: { comment: 'Clinic' } })).status).toBe(202)
  expect(await instances(practice, ada, master.id)).toHaveLength(4)
  expect((await asAda(`GET /me/events/${second.id}`)).body.error.code).toBe('ErrorItemNotFound')
  expect((await asAda(`GET /me/events/${master.id}`)).body).not.toHaveProperty('cancelledOccurrences')
  const selected = await asAda(`GET /me/events/${master.id}?$select=cancelledOccurrences`)
  expect(selected.body.cancelledOccurrences).toEqual([`OID.${master.id}.2026-03-10`])
  expect(mails(practice)).toEqual(['invitation series', 'cancellation 2026-03-10'])
  const copy = await masterOf(practice, ben)
  const theirs = await instances(practice, ben, copy.id)
  expect(theirs[1]).toMatchObject({ isCancelled: true, showAs: 'free', type: 'exception' })
})

test('calling off or answering a series covers its changed dates too', async () => {
  const { practice, asAda, master } = await series({ attendees: invite(ben) })
  const [, second] = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${second.id}`, { body: moved('2026-03-12') })
  const copy = await masterOf(practice, ben)
  await practice.as(ben)(`POST /me/events/${copy.id}/accept`, { body: {} })
  const answers = (await instances(practice, ben, copy.id)).map(({ responseStatus }) => responseStatus.response)
  expect(new Set(answers)).toEqual(new Set(['accepted']))
  await asAda(`POST /me/events/${master.id}/cancel`, { body: {} })
  const after = await instances(practice, ben, copy.id)
  expect(after.map(({ isCancelled, showAs }) => [isCancelled, showAs])).toEqual(Array(5).fill([true, 'free']))
})

test('deleting one occurrence works alike', async () => {
  const { practice, asAda, master } = await series()
  const [first] = await instances(practice, ada, master.id)
  expect((await asAda(`DELETE /me/events/${first.id}`)).status).toBe(204)
  expect(await instances(practice, ada, master.id)).toHaveLength(4)
})

test('a series is one invitation; moving one date sends one update; later updates send one more per changed date', async () => {
  const { practice, asAda, master } = await series({ attendees: invite(ben) })
  const list = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${list[1].id}`, { body: moved('2026-03-12') })
  expect(mails(practice)).toEqual(['invitation series', 'update 2026-03-12'])
  await asAda(`PATCH /me/events/${master.id}`, { body: { subject: 'New' } })
  expect(mails(practice).slice(2)).toEqual(['update series', 'update 2026-03-12'])
  const copy = await masterOf(practice, ben)
  const theirs = await instances(practice, ben, copy.id)
  expect(theirs.map(({ start }) => start.dateTime.slice(5, 10))).toEqual(['03-03', '03-12', '03-17', '03-24', '03-31'])
  expect(theirs[1].originalStart).toBe(list[1].originalStart)
})

test('two-phase booking of a series: dates shaped and file attached first, then one invitation with the file', async () => {
  const { practice, asAda, master } = await series()
  const list = await instances(practice, ada, master.id)
  await asAda(`DELETE /me/events/${list[3].id}`)
  const body = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'agenda.docx', contentBytes: 'YWdlbmRh' }
  await asAda(`POST /me/events/${master.id}/attachments`, { body })
  expect(mails(practice)).toEqual([])
  await asAda(`PATCH /me/events/${master.id}`, { body: { attendees: invite(ben) } })
  expect(mails(practice)).toEqual(['invitation series'])
  expect(listMails(practice.state)[0]!.attachments.map(({ name }) => name)).toEqual(['agenda.docx'])
  const copy = await masterOf(practice, ben)
  expect((await instances(practice, ben, copy.id)).map(({ start }) => start.dateTime.slice(5, 10))).toEqual([
    '03-03',
    '03-10',
    '03-17',
    '03-31',
  ])
})

test('an answer to one occurrence is tracked for that date only; one to the series for all', async () => {
  const { practice, asAda, master } = await series({ attendees: invite(ben) })
  const copy = await masterOf(practice, ben)
  const theirs = await instances(practice, ben, copy.id)
  await practice.as(ben)(`POST /me/events/${theirs[1].id}/decline`, { body: { comment: 'Away' } })
  expect(await instances(practice, ben, copy.id)).toHaveLength(4)
  const responses = async () =>
    (await instances(practice, ada, master.id)).map(({ attendees }) => attendees[0].status.response)
  expect(await responses()).toEqual(['none', 'declined', 'none', 'none', 'none'])
  expect((await instances(practice, ada, master.id))[1].type).toBe('occurrence')
  await practice.as(ben)(`POST /me/events/${copy.id}/accept`, { body: {} })
  expect(await responses()).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'accepted'])
  await practice.as(ben)(`POST /me/events/${theirs[2].id}/tentativelyAccept`, { body: {} })
  expect((await responses())[2]).toBe('tentativelyAccepted')
  const [, , third] = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${third.id}`, { body: moved('2026-03-18') })
  expect((await responses()).slice(1, 4)).toEqual(['accepted', 'notResponded', 'accepted'])
})

test('somebody added to one occurrence gets only that date', async () => {
  const { practice, asAda, master } = await series()
  const [, second] = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${second.id}`, { body: { attendees: invite(ben) } })
  expect(mails(practice)).toEqual(['invitation 2026-03-10'])
  const copy = await masterOf(practice, ben)
  expect(copy).toMatchObject({
    type: 'singleInstance',
    start: { dateTime: '2026-03-10T19:00:00.0000000' },
    iCalUId: second.iCalUId,
  })
  await practice.as(ben)(`POST /me/events/${copy.id}/accept`, { body: {} })
  const [first, answered] = await instances(practice, ada, master.id)
  expect([first.attendees, answered.attendees[0].status.response]).toEqual([[], 'accepted'])
})

test('a series takes the place of single dates, and calling it off reaches those who have only a date', async () => {
  const { practice, asAda, master } = await series()
  const [, second] = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${second.id}`, { body: { attendees: invite(ben) } })
  await asAda(`PATCH /me/events/${master.id}`, { body: { attendees: invite(ben) } })
  const theirs = (await practice.as(ben)('GET /me/events')).body.value
  expect(theirs.map(({ type }: Json) => type)).toEqual(['seriesMaster'])
  await practice.as(ben)(`DELETE /me/events/${theirs[0].id}`)
  await asAda(`PATCH /me/events/${second.id}`, { body: { subject: 'Come after all' } })
  expect(await masterOf(practice, ben)).toMatchObject({ type: 'singleInstance', isCancelled: false })
  await asAda(`DELETE /me/events/${master.id}`)
  expect((await masterOf(practice, ben)).isCancelled).toBe(true)
})

test('a new pattern or start forgets moved and cancelled dates; another end keeps those inside it', async () => {
  const { practice, asAda, master } = await series()
  const list = await instances(practice, ada, master.id)
  await asAda(`PATCH /me/events/${list[1].id}`, { body: moved('2026-03-12') })
  await asAda(`DELETE /me/events/${list[2].id}`)
  const recurrence = (range: object, pattern: object = SERIES.recurrence.pattern) => ({
    body: { recurrence: { pattern, range } },
  })
  await asAda(
    `PATCH /me/events/${master.id}`,
    recurrence({ type: 'endDate', startDate: '2026-03-03', endDate: '2026-03-24' }),
  )
  const days = async () => (await instances(practice, ada, master.id)).map(({ start }) => start.dateTime.slice(5, 10))
  expect(await days()).toEqual(['03-03', '03-12', '03-24'])
  await asAda(`PATCH /me/events/${master.id}`, { body: { end: at('2026-03-03T17:00') } })
  expect(await days()).toEqual(['03-03', '03-12', '03-24'])
  await asAda(`PATCH /me/events/${master.id}`, { body: moved('2026-03-03', '14:00', '15:00') })
  expect(await days()).toEqual(['03-03', '03-10', '03-17', '03-24'])
  await asAda(`PATCH /me/events/${master.id}`, { body: { recurrence: null } })
  expect((await asAda(`GET /me/events/${master.id}`)).body).toMatchObject({ type: 'singleInstance', recurrence: null })
})

test('a series start that moves to another date takes the range along', async () => {
  const { asAda, master } = await series()
  const patched = (await asAda(`PATCH /me/events/${master.id}`, { body: moved('2026-03-10') })).body
  expect(patched.recurrence.range.startDate).toBe('2026-03-10')
})

test('a single event can become a series, an occurrence cannot', async () => {
  const { practice, asAda, master } = await series()
  const [first] = await instances(practice, ada, master.id)
  expect((await asAda(`PATCH /me/events/${first.id}`, { body: SERIES })).status).toBe(400)
  const single = (await asAda('POST /me/events', { body: draft('2026-03-03T09:00', '2026-03-03T10:00') })).body
  expect((await asAda(`PATCH /me/events/${single.id}`, { body: SERIES })).body.type).toBe('seriesMaster')
})

test.each([true, false])(
  'exceptions keep the master’s files (%s), and later files of either stay apart',
  async (exceptionsInheritAttachments) => {
    const { practice, asAda, master } = await series({}, { exceptionsInheritAttachments })
    const attach = (id: string, name: string) =>
      asAda(`POST /me/events/${id}/attachments`, {
        body: { '@odata.type': '#microsoft.graph.fileAttachment', name, contentBytes: 'YQ==' },
      })
    const names = async (id: string) =>
      (await asAda(`GET /me/events/${id}/attachments`)).body.value.map(({ name }: Json) => name)
    await attach(master.id, 'before.txt')
    const [first, second] = await instances(practice, ada, master.id)
    await asAda(`PATCH /me/events/${second.id}`, { body: { subject: 'Exception' } })
    await attach(master.id, 'after.txt')
    expect(await names(first.id)).toEqual(['before.txt', 'after.txt'])
    expect(await names(second.id)).toEqual(exceptionsInheritAttachments ? ['before.txt'] : [])
    await attach(second.id, 'own.txt')
    expect(await names(second.id)).toEqual(exceptionsInheritAttachments ? ['before.txt', 'own.txt'] : ['own.txt'])
    expect(await names(master.id)).toEqual(['before.txt', 'after.txt'])
  },
)

test('a file on one occurrence makes it an exception', async () => {
  const { practice, asAda, master } = await series()
  const [first] = await instances(practice, ada, master.id)
  const body = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'YQ==' }
  expect((await asAda(`POST /me/events/${first.id}/attachments`, { body })).status).toBe(201)
  expect(
    (await instances(practice, ada, master.id)).map(({ type, hasAttachments }) => [type, hasAttachments]).slice(0, 2),
  ).toEqual([
    ['exception', true],
    ['occurrence', false],
  ])
})

test.each([true, false])('iCalUId per occurrence: %s', async (iCalUIdPerOccurrence) => {
  const { practice, master } = await series({ attendees: invite(ben) }, { iCalUIdPerOccurrence })
  const mine = await instances(practice, ada, master.id)
  const copy = await masterOf(practice, ben)
  const theirs = await instances(practice, ben, copy.id)
  expect(copy.iCalUId).toBe(master.iCalUId)
  expect(theirs.map(({ iCalUId }) => iCalUId)).toEqual(mine.map(({ iCalUId }) => iCalUId))
  expect(new Set(mine.map(({ iCalUId }) => iCalUId)).size).toBe(iCalUIdPerOccurrence ? 5 : 1)
  expect(mine.some(({ iCalUId }) => iCalUId === master.iCalUId)).toBe(!iCalUIdPerOccurrence)
})

test('all instances of a series share its version', async () => {
  const { practice, asAda, master } = await series()
  const [first, second] = await instances(practice, ada, master.id)
  const patched = await asAda(`PATCH /me/events/${first.id}`, {
    body: { subject: 'x' },
    headers: { 'if-match': second['@odata.etag'] },
  })
  expect(patched.status).toBe(200)
  const stale = await asAda(`PATCH /me/events/${second.id}`, {
    body: { subject: 'x' },
    headers: { 'if-match': second['@odata.etag'] },
  })
  expect(stale.status).toBe(412)
})
