import { expect, test } from 'vitest'
import { assertGraphExchange, graphExchangeFaults } from './graph-schema.ts'

const faults = (method: string, path: string, request: unknown, status: number, answer: unknown) =>
  graphExchangeFaults(method, path, request, status, answer)

test('an exchange that fits passes, with the version, a host and a query in the path or without', () => {
  const body = {
    subject: 'x',
    start: { dateTime: '2026-03-03T10:00:00', timeZone: 'UTC' },
    '@odata.type': '#microsoft.graph.event',
  }
  for (const path of ['/me/events', '/v1.0/me/events?$top=1', 'https://graph.microsoft.com/v1.0/me/events']) {
    expect(() => assertGraphExchange('POST', path, body, 201, { ...body, id: 'x' })).not.toThrow()
  }
})

test.each([
  ['an unknown name', { colour: 'red' }, 'request.colour: is unknown'],
  ['an unknown name inside', { start: { when: 'now' } }, 'request.start.when: is unknown'],
  ['a wrong type', { subject: 1 }, 'request.subject: 1 must be string or null'],
  ['an enum in capitals', { showAs: 'Busy' }, 'request.showAs: "Busy" is none of'],
  ['null where it may not be', { attendees: null }, 'request.attendees: must not be null'],
  ['a list that is none', { attendees: {} }, 'request.attendees: must be a list'],
  ['a bad member of a list', { categories: [1] }, 'request.categories[0]: 1 must be string'],
  [
    'a number out of range',
    { reminderMinutesBeforeStart: 2 ** 31 },
    'request.reminderMinutesBeforeStart: 2147483648 is out of range',
  ],
  ['a fraction', { reminderMinutesBeforeStart: 1.5 }, 'request.reminderMinutesBeforeStart: 1.5 must be a whole number'],
  [
    'a date of no such form',
    { recurrence: { range: { startDate: '3 March' } } },
    'request.recurrence.range.startDate: "3 March" does not fit',
  ],
])('a request with %s is told', (_name, body, fault) => {
  expect(faults('POST', '/me/events', body, 201, {}).join()).toContain(fault)
  expect(() => assertGraphExchange('POST', '/me/events', body, 201, {})).toThrow('POST /me/events')
})

test('answers are held to the schema too, open types and annotations aside', () => {
  expect(faults('GET', '/me/events/x', undefined, 200, { showAs: 'Busy' })).toHaveLength(1)
  expect(faults('GET', '/me/events/x', undefined, 200, { occurrenceId: 'x', '@odata.etag': 'x' })).toEqual([])
  expect(faults('GET', '/me/calendar', undefined, 200, { isShared: true })).toEqual(['answer.isShared: is unknown'])
  expect(faults('GET', '/me/events', undefined, 200, {})).toEqual(['answer.value: is missing'])
  expect(faults('GET', '/me/events', undefined, 200, undefined)).toEqual(['answer: a body is missing'])
})

test('@odata.type chooses the derived type', () => {
  const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a', contentBytes: 'YQ==' }
  expect(faults('POST', '/me/events/x/attachments', file, 201, file)).toEqual([])
  expect(faults('POST', '/me/events/x/attachments', { name: 'a', contentBytes: 'YQ==' }, 201, {})).toEqual([
    'request.contentBytes: is unknown',
  ])
  expect(faults('POST', '/me/events/x/attachments', { ...file, contentBytes: 'nö' }, 201, {})).toEqual([
    'request.contentBytes: is not base64',
  ])
})

test('parameter names of actions match in any case, those of types do not', () => {
  const body = { schedules: ['a@x.example'], startTime: { dateTime: '2026-03-03T10:00:00', timeZone: 'UTC' } }
  expect(faults('POST', '/me/calendar/getSchedule', body, 200, { value: [] })).toEqual([])
  expect(faults('POST', '/me/events', { Subject: 'x' }, 201, {})).toEqual(['request.Subject: is unknown'])
})

test('paths, methods and statuses that do not exist are told', () => {
  expect(faults('GET', '/me/nowhere', undefined, 200, {})).toEqual(['no such operation in the subset: GET /me/nowhere'])
  expect(faults('PUT', '/me/events/x', {}, 200, {})).toHaveLength(1)
  expect(faults('DELETE', '/me/events/x', undefined, 200, undefined)).toEqual([
    'status 200 is not one of 204, 4XX, 5XX',
  ])
  expect(faults('DELETE', '/me/events/x', undefined, 204, undefined)).toEqual([])
  expect(faults('DELETE', '/me/events/x', undefined, 204, { a: 1 })).toEqual(['answer: no body is expected'])
})

test('events below any calendar are held to the same operations', () => {
  expect(faults('POST', '/me/calendars/x/events/y/accept', { comment: 'x' }, 202, undefined)).toEqual([])
  expect(faults('GET', '/me/calendar/events/y/extensions', undefined, 200, { value: [] })).toEqual([])
  expect(
    faults('GET', '/users/a@x.example/calendarView/delta()', undefined, 200, {
      value: [{ id: 'x', '@removed': { reason: 'deleted' } }],
    }),
  ).toEqual([])
})

test('refusals have Graph’s error shape', () => {
  expect(faults('GET', '/me/nowhere', undefined, 404, { error: { code: 'x', message: 'y' } })).toEqual([])
  expect(faults('GET', '/me/events', undefined, 404, { error: 'x' })).toEqual(['error.error: must be an object'])
  expect(faults('GET', '/me/events', undefined, 404, {})).toEqual(['error.error: is missing'])
})
