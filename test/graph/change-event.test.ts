import { describe, expect, test } from 'vitest'
import type { EventDraft, EventTime } from '../../server/ports/calendar.ts'
import { asId, type EventId } from '../../shared/domain/ids.ts'
import { anAttendee, anEvent, graphError, type Step, serviceOver } from './scripted-graph.ts'

const id = asId<EventId>('event-1')
const mentor = { email: 'mentor@example.org', name: 'The Mentor' }
const invited = anEvent({ attendees: [anAttendee('Mentor@example.org')] })
const ok = (body: unknown): Step => ({ status: 200, body })
const pathsOf = (sent: readonly { method: string; path: string }[]) =>
  sent.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
const EVENT = '/users/m/events/event-1'

describe('inviteAttendees', () => {
  test('reads, then sends one PATCH that holds only attendees', async () => {
    const graph = serviceOver([ok(anEvent()), ok(invited)])
    const event = await graph.calendar.inviteAttendees('m', id, [mentor])
    expect(pathsOf(graph.sent)).toEqual([`GET ${EVENT}`, `PATCH ${EVENT}`])
    expect(graph.sent[1]!.body).toEqual({
      attendees: [{ emailAddress: { address: 'mentor@example.org', name: 'The Mentor' }, type: 'required' }],
    })
    expect(event.attendees).toEqual([{ email: 'Mentor@example.org', name: 'Name', answer: 'none' }])
  })

  test('does nothing when everybody is invited already, whatever the case of the address', async () => {
    const graph = serviceOver([ok(invited)])
    await graph.calendar.inviteAttendees('m', id, [mentor])
    expect(graph.isOver()).toBe(true)
  })

  test('keeps people whom somebody added by hand, with their kind', async () => {
    const room = { ...anAttendee('room@example.org'), type: 'resource' }
    const graph = serviceOver([
      ok(anEvent({ attendees: [room] })),
      ok(anEvent({ attendees: [room, anAttendee(mentor.email)] })),
    ])
    await graph.calendar.inviteAttendees('m', id, [mentor])
    expect((graph.sent[1]!.body as { attendees: unknown[] }).attendees).toEqual([
      { emailAddress: { name: 'Name', address: 'room@example.org' }, type: 'resource' },
      { emailAddress: { address: 'mentor@example.org', name: 'The Mentor' }, type: 'required' },
    ])
  })

  test.each<[string, Step]>([
    ['a reset', { fails: 'reset' }],
    ['500', { status: 500 }],
    ['half an answer', { status: 200, text: '{"id"' }],
    ['a conflict', { status: 412, body: graphError('ErrorIrresolvableConflict') }],
  ])('after %s looks first, and sends nothing more when the invitation went out', async (_, step) => {
    const graph = serviceOver([ok(anEvent()), step, ok(invited)])
    await graph.calendar.inviteAttendees('m', id, [mentor])
    expect(pathsOf(graph.sent)).toEqual([`GET ${EVENT}`, `PATCH ${EVENT}`, `GET ${EVENT}`])
  })

  test('sends it once more when the event shows that it did not arrive, and then leaves the outcome open', async () => {
    const arrives = serviceOver([ok(anEvent()), { fails: 'reset' }, ok(anEvent()), ok(invited)])
    await arrives.calendar.inviteAttendees('m', id, [mentor])
    expect(arrives.isOver()).toBe(true)
    const never = serviceOver([ok(anEvent()), { fails: 'reset' }, ok(anEvent()), { fails: 'reset' }, ok(anEvent())])
    await expect(never.calendar.inviteAttendees('m', id, [mentor])).rejects.toMatchObject({ code: 'outcome-unknown' })
    expect(never.isOver()).toBe(true)
  })

  test('repeats without looking where Graph surely did nothing: 429, and 503 that names a wait', async () => {
    const graph = serviceOver([
      ok(anEvent()),
      { status: 429 },
      { status: 503, headers: { 'retry-after': '1' } },
      ok(invited),
    ])
    await graph.calendar.inviteAttendees('m', id, [mentor])
    expect(pathsOf(graph.sent).filter((path) => path.startsWith('GET'))).toHaveLength(1)
  })

  test('refuses more than 500 attendees before asking anybody', async () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ email: `a${index}@example.org`, name: 'A' }))
    const graph = serviceOver([ok(anEvent())])
    await expect(graph.calendar.inviteAttendees('m', id, many)).rejects.toMatchObject({ code: 'refused' })
    expect(pathsOf(graph.sent)).toEqual([`GET ${EVENT}`])
  })
})

describe('attachFile', () => {
  const file = { name: 'Agenda checklist.docx', contentType: 'application/test', bytes: new Uint8Array([1, 2, 255]) }
  const names = (...list: string[]) => ok({ value: list.map((name) => ({ id: name, name })) })
  const attached: Step = { status: 201, body: { id: 'file-1', name: file.name } }

  test('looks for the name, then attaches the bytes', async () => {
    const graph = serviceOver([names('other.docx'), attached])
    await graph.calendar.attachFile('m', id, file)
    expect(graph.sent[0]!.path).toBe(`${EVENT}/attachments?$select=id,name`)
    expect(graph.sent[1]).toMatchObject({ method: 'POST', path: `${EVENT}/attachments` })
    expect(graph.sent[1]!.body).toEqual({
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'Agenda checklist.docx',
      contentType: 'application/test',
      contentBytes: 'AQL/',
      isInline: false,
    })
  })

  test('does nothing when a file of that name is there', async () => {
    const graph = serviceOver([names(file.name)])
    await graph.calendar.attachFile('m', id, file)
    expect(graph.isOver()).toBe(true)
  })

  test('after an unknown outcome looks before it attaches again', async () => {
    const there = serviceOver([names(), { fails: 'reset' }, names(file.name)])
    await there.calendar.attachFile('m', id, file)
    expect(there.isOver()).toBe(true)
    const missing = serviceOver([names(), { status: 201 }, names(), attached])
    await missing.calendar.attachFile('m', id, file)
    expect(missing.isOver()).toBe(true)
    const never = serviceOver([names(), { fails: 'reset' }, names(), { fails: 'reset' }, names()])
    await expect(never.calendar.attachFile('m', id, file)).rejects.toMatchObject({ code: 'outcome-unknown' })
  })

  test('refuses a file of 3 MB before asking anybody', async () => {
    const graph = serviceOver([])
    const large = { ...file, bytes: new Uint8Array(3 * 1024 * 1024) }
    await expect(graph.calendar.attachFile('m', id, large)).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a booking in one go', () => {
  const draft: EventDraft = {
    subject: 'Mentoring meeting',
    bodyHtml: '<p></p>',
    time: { date: '2027-03-09', startTime: '13:00', minutes: 45, timeZone: 'America/New_York' },
    onlineMeeting: false,
    transactionId: 'tx-1',
    key: 'k',
  }
  const file = { name: 'a.docx', contentType: 'application/test', bytes: new Uint8Array([1]) }

  test('takes three requests: what was just made need not be read', async () => {
    const graph = serviceOver([{ status: 201, body: anEvent() }, { status: 201, body: { id: 'f' } }, ok(invited)])
    const event = await graph.calendar.createEvent('m', draft)
    await graph.calendar.attachFile('m', event.id, file)
    await graph.calendar.inviteAttendees('m', event.id, [mentor])
    expect(pathsOf(graph.sent)).toEqual(['POST /users/m/events', `POST ${EVENT}/attachments`, `PATCH ${EVENT}`])
  })

  test('waits for an event that cannot be read yet', async () => {
    const notYet = { status: 404, body: graphError('ErrorItemNotFound') }
    const graph = serviceOver([
      { status: 201, body: anEvent() },
      notYet,
      { status: 201, body: { id: 'f' } },
      notYet,
      ok(invited),
    ])
    const event = await graph.calendar.createEvent('m', draft)
    await graph.calendar.attachFile('m', event.id, file)
    await graph.calendar.inviteAttendees('m', event.id, [mentor])
    expect(graph.isOver()).toBe(true)
  })

  test.each([
    ['half a minute later', 30_000, anEvent()],
    ['when the answer shows that others were at it', 0, anEvent({ hasAttachments: true })],
  ])('reads first %s', async (_, ms, answer) => {
    const graph = serviceOver([
      { status: 201, body: answer },
      ok({ value: [{ id: 'f', name: 'a.docx' }] }),
      ok(invited),
    ])
    const event = await graph.calendar.createEvent('m', draft)
    graph.pass(ms)
    await graph.calendar.attachFile('m', event.id, file)
    await graph.calendar.inviteAttendees('m', event.id, [mentor])
    expect(pathsOf(graph.sent).slice(1)).toEqual([`GET ${EVENT}/attachments`, `GET ${EVENT}`])
  })

  test('reads first the second time', async () => {
    const graph = serviceOver([
      { status: 201, body: anEvent() },
      { status: 403 },
      ok({ value: [] }),
      { status: 201, body: { id: 'f' } },
    ])
    const event = await graph.calendar.createEvent('m', draft)
    await expect(graph.calendar.attachFile('m', event.id, file)).rejects.toMatchObject({ code: 'access-denied' })
    await graph.calendar.attachFile('m', event.id, file)
    expect(pathsOf(graph.sent).slice(1)).toEqual([
      `POST ${EVENT}/attachments`,
      `GET ${EVENT}/attachments`,
      `POST ${EVENT}/attachments`,
    ])
  })
})

describe('moveEvent', () => {
  const time: EventTime = { date: '2027-03-16', startTime: '09:30', minutes: 60, timeZone: 'Europe/Berlin' }
  const moved = anEvent({
    start: { dateTime: '2027-03-16T08:30:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2027-03-16T09:30:00.0000000', timeZone: 'UTC' },
  })

  test('sends start and end only', async () => {
    const graph = serviceOver([ok(moved)])
    const event = await graph.calendar.moveEvent('m', id, time)
    expect(graph.sent[0]!.body).toEqual({
      start: { dateTime: '2027-03-16T09:30:00', timeZone: 'W. Europe Standard Time' },
      end: { dateTime: '2027-03-16T10:30:00', timeZone: 'W. Europe Standard Time' },
    })
    expect(event.period).toEqual({ start: '2027-03-16T08:30:00Z', end: '2027-03-16T09:30:00Z' })
  })

  test('after an unknown outcome looks whether it moved', async () => {
    const there = serviceOver([{ fails: 'reset' }, ok(moved)])
    await there.calendar.moveEvent('m', id, time)
    expect(there.isOver()).toBe(true)
    const notThere = serviceOver([{ fails: 'reset' }, ok(anEvent()), ok(moved)])
    await notThere.calendar.moveEvent('m', id, time)
    expect(pathsOf(notThere.sent)).toEqual([`PATCH ${EVENT}`, `GET ${EVENT}`, `PATCH ${EVENT}`])
  })

  test('says when an occurrence would cross its neighbour', async () => {
    const graph = serviceOver([{ status: 400, body: graphError('ErrorOccurrenceCrossingBoundary') }])
    await expect(graph.calendar.moveEvent('m', id, time)).rejects.toMatchObject({
      code: 'occurrence-crosses-neighbour',
    })
  })
})

describe('cancelEvent and deleteEvent', () => {
  test('cancels with the comment, or without one', async () => {
    const graph = serviceOver([{ status: 202 }, { status: 202 }])
    await graph.calendar.cancelEvent('m', id, 'Moved to June')
    await graph.calendar.cancelEvent('m', id)
    expect(graph.sent.map(({ body }) => body)).toEqual([{ comment: 'Moved to June' }, {}])
    expect(graph.sent[0]!.path).toBe(`${EVENT}/cancel`)
  })

  test('what is not there any more needs no cancelling, also after a reset', async () => {
    const gone: Step = { status: 404, body: graphError('ErrorItemNotFound') }
    const graph = serviceOver([gone, { fails: 'reset' }, gone, gone, { status: 204 }])
    await graph.calendar.cancelEvent('m', id)
    await graph.calendar.cancelEvent('m', id)
    await graph.calendar.deleteEvent('m', id)
    await graph.calendar.deleteEvent('m', id)
    expect(graph.isOver()).toBe(true)
  })

  test('a mailbox that is gone is an error', async () => {
    const graph = serviceOver([{ status: 404, body: graphError('ErrorInvalidUser') }])
    await expect(graph.calendar.deleteEvent('m', id)).rejects.toMatchObject({ code: 'mailbox-not-found' })
  })

  test('removes an event without attendees that Graph will not cancel', async () => {
    const refused: Step = { status: 400, body: graphError('ErrorInvalidRequest') }
    const graph = serviceOver([refused, ok(anEvent()), { status: 204 }])
    await graph.calendar.cancelEvent('m', id)
    expect(pathsOf(graph.sent)).toEqual([`POST ${EVENT}/cancel`, `GET ${EVENT}`, `DELETE ${EVENT}`])
    const cancelled = serviceOver([refused, ok(anEvent({ isCancelled: true }))])
    await cancelled.calendar.cancelEvent('m', id)
    expect(cancelled.isOver()).toBe(true)
  })

  test('does not remove a meeting that somebody else organizes', async () => {
    const refused: Step = { status: 400, body: graphError('ErrorInvalidRequest') }
    const graph = serviceOver([refused, ok(anEvent({ isOrganizer: false, attendees: [anAttendee(mentor.email)] }))])
    await expect(graph.calendar.cancelEvent('m', id)).rejects.toMatchObject({ code: 'refused' })
  })
})

test('lists occurrences of both pages in order of start, with their original start', async () => {
  const occurrence = (day: string, more: Record<string, unknown>) =>
    anEvent({
      id: `occurrence-${day}`,
      seriesMasterId: 'series-1',
      start: { dateTime: `2027-${day}T18:00:00.0000000`, timeZone: 'UTC' },
      end: { dateTime: `2027-${day}T18:45:00.0000000`, timeZone: 'UTC' },
      ...more,
    })
  const next = 'https://graph.example/v1.0/users/m/events/event-1/instances?$skip=1'
  const graph = serviceOver([
    ok({
      value: [occurrence('05-11', { type: 'exception', originalStart: '2027-05-04T18:00:00Z' })],
      '@odata.nextLink': next,
    }),
    ok({ value: [occurrence('04-06', { type: 'occurrence', originalStart: '2027-04-06T18:00:00' })] }),
  ])
  const period = { start: '2027-03-01T05:00:00Z', end: '2027-06-01T04:00:00Z' }
  const listed = await graph.calendar.listOccurrences('m', id, period)
  const { pathname, searchParams } = new URL(`https://graph.example${graph.sent[0]!.path}`)
  expect(pathname).toBe(`${EVENT}/instances`)
  expect(searchParams.get('startDateTime')).toBe('2027-03-01T05:00:00Z')
  expect(searchParams.get('endDateTime')).toBe('2027-06-01T04:00:00Z')
  expect(listed.map(({ kind, originalStart, seriesEventId }) => [kind, originalStart, seriesEventId])).toEqual([
    ['occurrence', '2027-04-06T18:00:00Z', 'series-1'],
    ['exception', '2027-05-04T18:00:00Z', 'series-1'],
  ])
})
