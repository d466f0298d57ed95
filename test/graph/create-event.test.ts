import { describe, expect, test } from 'vitest'
import type { EventDraft } from '../../server/ports/calendar.ts'
import { anEvent, graphError, keyed, serviceOver } from './scripted-graph.ts'

const draft: EventDraft = {
  subject: 'Mentoring meeting',
  bodyHtml: '<p>Mentoring meeting</p>',
  time: { date: '2027-03-09', startTime: '13:00', minutes: 45, timeZone: 'America/New_York' },
  onlineMeeting: true,
  transactionId: 'tx-1',
  key: 'series-1:1',
}
const created = { status: 201, body: anEvent() }

describe('createEvent', () => {
  test('posts a private event without attendees, with transaction id and key, in the zone of the meeting', async () => {
    const graph = serviceOver([created])
    const event = await graph.calendar.createEvent('mentee-oid', draft)
    expect(graph.sent).toHaveLength(1)
    expect(graph.sent[0]).toMatchObject({ method: 'POST', path: '/users/mentee-oid/events' })
    expect(graph.sent[0]!.body).toEqual({
      subject: 'Mentoring meeting',
      body: { contentType: 'html', content: '<p>Mentoring meeting</p>' },
      start: { dateTime: '2027-03-09T13:00:00', timeZone: 'Eastern Standard Time' },
      end: { dateTime: '2027-03-09T13:45:00', timeZone: 'Eastern Standard Time' },
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      sensitivity: 'private',
      showAs: 'busy',
      transactionId: 'tx-1',
      singleValueExtendedProperties: [
        { id: 'String {4b6c1f0e-6f0d-4f5e-9b39-2f0c7d8a51e3} Name ProtectedTimeKey', value: 'series-1:1' },
      ],
    })
    expect(graph.sent[0]!.headers).toMatchObject({
      authorization: 'Bearer token-1',
      prefer: 'IdType="ImmutableId"',
      'content-type': 'application/json',
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(event).toEqual({
      id: 'event-1',
      iCalUId: 'ical-1',
      kind: 'single',
      period: { start: '2027-03-09T18:00:00Z', end: '2027-03-09T18:45:00Z' },
      isCancelled: false,
      isOrganizer: true,
      hasAttachments: false,
      attendees: [],
      webLink: 'https://outlook.example/event-1',
      etag: 'W/"1"',
      key: 'series-1:1',
    })
  })

  test('sends a place and leaves the online meeting out where the draft does', async () => {
    const graph = serviceOver([created])
    await graph.calendar.createEvent('m', { ...draft, onlineMeeting: false, location: 'Room 4' })
    expect(graph.sent[0]!.body).toMatchObject({ location: { displayName: 'Room 4' } })
    expect(graph.sent[0]!.body).not.toHaveProperty('isOnlineMeeting')
  })

  test.each([
    ['a reset connection', { fails: 'reset' }],
    ['an answer cut off in the middle', { fails: 'cut-off' }],
    ['half a JSON text', { status: 201, text: '{"id":"ev' }],
    ['a page of HTML', { status: 201, text: '<html>hello</html>', headers: { 'content-type': 'text/html' } }],
    ['an empty body', { status: 201 }],
    ['an event without an id', { status: 201, body: { subject: 'x' } }],
    ['a refusal without its text, which may have said that it exists', { status: 409 }],
    ['500', { status: 500, body: graphError('ErrorInternalServerError') }],
    ['502 with HTML', { status: 502, text: '<html>bad gateway</html>' }],
    ['503', { status: 503, body: graphError('serviceNotAvailable') }],
    ['504', { status: 504, text: '' }],
  ] as const)('after %s it posts the same body with the same transaction id again', async (_, step) => {
    const graph = serviceOver([step, created])
    await graph.calendar.createEvent('m', draft)
    expect(graph.isOver()).toBe(true)
    expect(graph.sent[1]!.body).toEqual(graph.sent[0]!.body)
  })

  test.each([400, 409])(
    'takes ErrorDuplicateTransactionId as %i with the id for "exists": reads it and compares the key',
    async (status) => {
      const duplicate = graphError('ErrorDuplicateTransactionId', { '@event.existingEventId': 'event-7' })
      const graph = serviceOver([
        { fails: 'reset' },
        { status, body: duplicate },
        { status: 200, body: anEvent({ id: 'event-7', ...keyed('series-1:1') }) },
      ])
      const event = await graph.calendar.createEvent('m', draft)
      expect(event.id).toBe('event-7')
      expect(graph.sent[2]!.path).toMatch(/^\/users\/m\/events\/event-7\?/)
    },
  )

  test.each([400, 409])(
    'takes ErrorDuplicateTransactionId as %i without an id for "exists": finds it by its key',
    async (status) => {
      const graph = serviceOver([
        { status, body: graphError('ErrorDuplicateTransactionId') },
        { status: 200, body: { value: [anEvent({ id: 'event-8', ...keyed('series-1:1') })] } },
      ])
      expect((await graph.calendar.createEvent('m', draft)).id).toBe('event-8')
    },
  )

  test('waits for an existing event that cannot be read yet', async () => {
    const duplicate = graphError('ErrorDuplicateTransactionId', { '@event.existingEventId': 'event-7' })
    const notYet = { status: 404, body: graphError('ErrorItemNotFound') }
    const graph = serviceOver([
      { status: 409, body: duplicate },
      notYet,
      notYet,
      { status: 200, body: anEvent({ id: 'event-7', ...keyed('series-1:1') }) },
    ])
    expect((await graph.calendar.createEvent('m', draft)).id).toBe('event-7')
    expect(graph.waits).toHaveLength(2)
  })

  test('refuses an existing event that carries another key', async () => {
    const duplicate = graphError('ErrorDuplicateTransactionId', { '@event.existingEventId': 'event-7' })
    const graph = serviceOver([
      { status: 409, body: duplicate },
      { status: 200, body: anEvent({ ...keyed('series-2:1') }) },
    ])
    await expect(graph.calendar.createEvent('m', draft)).rejects.toMatchObject({ code: 'refused' })
  })

  test('leaves the outcome open when the existing event is not to be found', async () => {
    const graph = serviceOver([
      { status: 409, body: graphError('ErrorDuplicateTransactionId') },
      { status: 200, body: { value: [] } },
    ])
    await expect(graph.calendar.createEvent('m', draft)).rejects.toMatchObject({ code: 'outcome-unknown' })
  })

  test('refuses to choose between two events with the key of one', async () => {
    const two = [anEvent({ id: 'a', ...keyed('series-1:1') }), anEvent({ id: 'b', ...keyed('series-1:1') })]
    const graph = serviceOver([
      { status: 409, body: graphError('ErrorDuplicateTransactionId') },
      { status: 200, body: { value: two } },
    ])
    await expect(graph.calendar.createEvent('m', draft)).rejects.toMatchObject({ code: 'refused' })
  })

  test('says that it may have happened when every try was cut off, and when throttling follows a reset', async () => {
    const cut = serviceOver([{ fails: 'reset' }, { fails: 'reset' }, { fails: 'reset' }, { fails: 'reset' }])
    await expect(cut.calendar.createEvent('m', draft)).rejects.toMatchObject({ code: 'outcome-unknown' })
    expect(cut.isOver()).toBe(true)
    const throttled = serviceOver([{ fails: 'reset' }, { status: 429, headers: { 'retry-after': '600' } }])
    await expect(throttled.calendar.createEvent('m', draft)).rejects.toMatchObject({
      code: 'outcome-unknown',
      retryAfterMs: 600_000,
    })
  })

  test('says that nothing happened when no connection was ever made', async () => {
    const graph = serviceOver([{ fails: 'refused' }, { fails: 'refused' }, { fails: 'refused' }, { fails: 'refused' }])
    await expect(graph.calendar.createEvent('m', draft)).rejects.toMatchObject({ code: 'outage' })
  })

  test('sends a recurring event with the fields its type needs', async () => {
    const graph = serviceOver([created, created, created])
    const range = { startDate: '2027-03-09', count: 12 }
    const drafts = [
      { kind: 'weekly', interval: 2, weekday: 2 },
      { kind: 'monthly-by-weekday', interval: 1, weekday: 2, index: 'second' },
      { kind: 'monthly-by-day', interval: 3, day: 9 },
    ] as const
    for (const pattern of drafts) await graph.calendar.createEvent('m', { ...draft, recurrence: { pattern, range } })
    const sent = graph.sent.map(({ body }) => (body as { recurrence: unknown }).recurrence)
    const graphRange = {
      type: 'numbered',
      startDate: '2027-03-09',
      numberOfOccurrences: 12,
      recurrenceTimeZone: 'Eastern Standard Time',
    }
    expect(sent).toEqual([
      {
        pattern: { type: 'weekly', interval: 2, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
        range: graphRange,
      },
      {
        pattern: {
          type: 'relativeMonthly',
          interval: 1,
          daysOfWeek: ['tuesday'],
          index: 'second',
          firstDayOfWeek: 'monday',
        },
        range: graphRange,
      },
      { pattern: { type: 'absoluteMonthly', interval: 3, dayOfMonth: 9, firstDayOfWeek: 'monday' }, range: graphRange },
    ])
  })
})
