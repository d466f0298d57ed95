import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { splitPeriod } from '../../server/graph/list-schedules.ts'
import { graphError, type SentRequest, type Step, serviceOver } from './scripted-graph.ts'

type ScheduleBody = { schedules: string[]; startTime: { dateTime: string }; endTime: { dateTime: string } }
const march = { start: '2027-03-01T00:00:00Z', end: '2027-03-08T00:00:00Z' }
const utc = (dateTime: string) => ({ dateTime, timeZone: 'UTC' })
const item = (start: string, end: string, status: string) => ({ start: utc(start), end: utc(end), status })
const entry = (scheduleId: string, more: Record<string, unknown> = {}) => ({
  scheduleId,
  availabilityView: '000',
  scheduleItems: [],
  ...more,
})
const schedules = (...value: unknown[]): Step => ({ status: 200, body: { value } })
const bodyOf = (request: SentRequest) => request.body as ScheduleBody

test('asks in UTC and answers busy times and working hours, free and working elsewhere left out', async () => {
  const graph = serviceOver([
    schedules(
      entry('Ana@example.org', {
        scheduleItems: [
          item('2027-03-02T15:00:00.0000000', '2027-03-02T16:00:00.0000000', 'Busy'),
          item('2027-03-01T15:00:00.0000000', '2027-03-01T16:00:00.0000000', 'tentative'),
          item('2027-03-03T15:00:00.0000000', '2027-03-03T16:00:00.0000000', 'free'),
          item('2027-03-04T15:00:00.0000000', '2027-03-04T16:00:00.0000000', 'workingElsewhere'),
          item('2027-03-05T00:00:00.0000000', '2027-03-06T00:00:00.0000000', 'oof'),
          item('2027-03-06T15:00:00.0000000', '2027-03-06T16:00:00.0000000', 'something new'),
        ],
        workingHours: {
          daysOfWeek: ['friday', 'Monday'],
          startTime: '08:00:00.0000000',
          endTime: '17:30:00.0000000',
          timeZone: { name: 'Eastern Standard Time' },
        },
      }),
    ),
  ])
  expect(await graph.calendar.listSchedules('m', ['ana@example.org'], march)).toEqual([
    {
      email: 'ana@example.org',
      busy: [
        { start: '2027-03-01T15:00:00Z', end: '2027-03-01T16:00:00Z', status: 'tentative' },
        { start: '2027-03-02T15:00:00Z', end: '2027-03-02T16:00:00Z', status: 'busy' },
        { start: '2027-03-05T00:00:00Z', end: '2027-03-06T00:00:00Z', status: 'oof' },
        { start: '2027-03-06T15:00:00Z', end: '2027-03-06T16:00:00Z', status: 'unknown' },
      ],
      workingHours: { weekdays: [1, 5], startTime: '08:00', endTime: '17:30', timeZone: 'America/New_York' },
    },
  ])
  expect(graph.sent[0]).toMatchObject({ method: 'POST', path: '/users/m/calendar/getSchedule' })
  expect(graph.sent[0]!.body).toEqual({
    schedules: ['ana@example.org'],
    startTime: { dateTime: '2027-03-01T00:00:00', timeZone: 'UTC' },
    endTime: { dateTime: '2027-03-08T00:00:00', timeZone: 'UTC' },
    availabilityViewInterval: 30,
  })
})

describe('fails closed', () => {
  test.each([
    [
      'an address that is nobody’s',
      entry('a@x', { error: { message: 'm', responseCode: '5009' } }),
      'mailbox-not-found',
    ],
    [
      'any other error of the entry',
      entry('a@x', { error: { responseCode: 'ErrorMailboxFailover' } }),
      'mailbox-not-reachable',
    ],
    ['an error without a code', entry('a@x', { error: {} }), 'mailbox-not-reachable'],
    ['an entry without items', entry('a@x', { scheduleItems: null }), 'mailbox-not-reachable'],
    ['an entry for somebody else', entry('b@x'), 'mailbox-not-reachable'],
    ['digits that say busy where no item does', entry('a@x', { availabilityView: '0020' }), 'mailbox-not-reachable'],
  ])('%s', async (_, answered, problem) => {
    const graph = serviceOver([schedules(answered)])
    expect(await graph.calendar.listSchedules('m', ['a@x'], march)).toEqual([{ email: 'a@x', problem }])
  })

  test('an empty answer, and a time that cannot be read', async () => {
    const empty = serviceOver([schedules()])
    expect(await empty.calendar.listSchedules('m', ['a@x'], march)).toEqual([
      { email: 'a@x', problem: 'mailbox-not-reachable' },
    ])
    const strange = entry('a@x', { scheduleItems: [item('2027-03-02T15:00:00', 'sometime', 'busy')] })
    await expect(serviceOver([schedules(strange)]).calendar.listSchedules('m', ['a@x'], march)).rejects.toMatchObject({
      code: 'outage',
    })
  })

  test('working hours in a zone with rules of its own are left out', async () => {
    const hours = {
      daysOfWeek: ['monday'],
      startTime: '08:00:00',
      endTime: '17:00:00',
      timeZone: { name: 'Customized Time Zone' },
    }
    const graph = serviceOver([schedules(entry('a@x', { workingHours: hours }))])
    expect(await graph.calendar.listSchedules('m', ['a@x'], march)).toEqual([{ email: 'a@x', busy: [] }])
  })
})

describe('many people and long times', () => {
  const year = { start: '2027-01-01T00:00:00Z', end: '2028-01-01T00:00:00Z' }
  const emails = Array.from({ length: 45 }, (_, index) => `p${index}@example.org`)
  type Batch = { requests: { id: string; url: string; body: ScheduleBody; headers: Record<string, string> }[] }

  /** Answers a batch: everybody is busy at the beginning of each asked span. */
  const answerBatch = (request: SentRequest): Step => ({
    status: 200,
    body: {
      responses: (request.body as Batch).requests.toReversed().map(({ id, body }) => ({
        id,
        status: 200,
        body: {
          value: body.schedules.map((email) =>
            entry(email, {
              scheduleItems: [item(body.startTime.dateTime, body.startTime.dateTime.replace('T00', 'T01'), 'busy')],
            }),
          ),
        },
      })),
    },
  })

  test('goes out 20 addresses and less than 42 days at a time, 20 calls in one trip, and comes back whole', async () => {
    const graph = serviceOver([answerBatch, answerBatch])
    const listed = await graph.calendar.listSchedules('m', emails, year)
    const parts = graph.sent.flatMap(({ path, body }) => {
      expect(path).toBe('/$batch')
      return (body as Batch).requests
    })
    // 45 people make 3 groups, a year makes 9 spans.
    expect(graph.sent.map(({ body }) => (body as Batch).requests.length)).toEqual([20, 7])
    expect(new Set(parts.map(({ body }) => body.schedules.length))).toEqual(new Set([20, 5]))
    expect(parts[0]!.headers).toMatchObject({ Prefer: 'IdType="ImmutableId"', 'Content-Type': 'application/json' })
    expect(listed.map(({ email }) => email)).toEqual(emails)
    expect(listed.every((schedule) => 'busy' in schedule && schedule.busy.length === 9)).toBe(true)
  })

  test('asks again alone for a part that was throttled or lost, after the wait it named', async () => {
    const calls = serviceOver([
      (request) => {
        const whole = (answerBatch(request) as { body: { responses: { id: string }[] } }).body.responses
        const left = whole.filter(({ id }) => id !== '2' && id !== '3')
        const throttled = { id: '2', status: 429, headers: { 'Retry-After': '3' }, body: graphError('TooManyRequests') }
        return { status: 200, body: { responses: [...left, throttled] } }
      },
      (request) => schedules(...bodyOf(request).schedules.map((email) => entry(email))),
      (request) => schedules(...bodyOf(request).schedules.map((email) => entry(email))),
    ])
    const [listed] = await calls.calendar.listSchedules('m', ['a@x'], year)
    expect(calls.sent.map(({ path }) => path)).toEqual([
      '/$batch',
      '/users/m/calendar/getSchedule',
      '/users/m/calendar/getSchedule',
    ])
    expect(calls.waits).toContain(3000)
    expect(listed).toMatchObject({ busy: { length: 7 } })
  })

  test('one part that is refused fails the whole answer', async () => {
    const refused = { id: '1', status: 403, body: graphError('ErrorAccessDenied') }
    const graph = serviceOver([
      (request) => {
        const whole = (answerBatch(request) as { body: { responses: { id: string }[] } }).body.responses
        return { status: 200, body: { responses: [refused, ...whole.filter(({ id }) => id !== '1')] } }
      },
    ])
    await expect(graph.calendar.listSchedules('m', ['a@x'], year)).rejects.toMatchObject({ code: 'access-denied' })
  })

  test('one part that fails for a person makes that person unknown, not free', async () => {
    const graph = serviceOver([
      (request) => {
        const { responses } = (
          answerBatch(request) as { body: { responses: { id: string; body: { value: unknown[] } }[] } }
        ).body
        const part = responses.find(({ id }) => id === '5')!
        part.body.value = [entry('a@x', { error: { responseCode: '5009' } })]
        return { status: 200, body: { responses } }
      },
    ])
    expect(await graph.calendar.listSchedules('m', ['a@x'], year)).toEqual([
      { email: 'a@x', problem: 'mailbox-not-found' },
    ])
  })

  test('what lies across two spans is listed once, what lies outside not at all', async () => {
    const inBoth = (from: string) =>
      schedules(
        entry('a@x', {
          scheduleItems: [
            item('2027-01-20T00:00:00', '2027-02-10T00:00:00', 'oof'),
            item(from, from, 'busy'),
            item('2026-12-31T00:00:00', '2027-01-01T00:00:00', 'busy'),
          ],
        }),
      )
    const period = { start: '2027-01-01T00:00:00Z', end: '2027-02-20T00:00:00Z' }
    const graph = serviceOver([
      (request) => ({
        status: 200,
        body: {
          responses: (request.body as Batch).requests.map(({ id, body }) => ({
            id,
            ...(inBoth(body.startTime.dateTime) as object),
          })),
        },
      }),
    ])
    const [listed] = await graph.calendar.listSchedules('m', ['a@x'], period)
    expect(listed).toMatchObject({
      busy: [{ start: '2027-01-20T00:00:00Z', end: '2027-02-10T00:00:00Z', status: 'oof' }, {}],
    })
  })

  test('asks for at least half an hour, and cuts the answer to what was asked', async () => {
    const graph = serviceOver([
      schedules(entry('a@x', { scheduleItems: [item('2027-03-01T10:20:00', '2027-03-01T10:30:00', 'busy')] })),
    ])
    const period = { start: '2027-03-01T10:00:00Z', end: '2027-03-01T10:15:00Z' }
    expect(await graph.calendar.listSchedules('m', ['a@x'], period)).toEqual([{ email: 'a@x', busy: [] }])
    expect(bodyOf(graph.sent[0]!).endTime.dateTime).toBe('2027-03-01T10:30:00')
  })

  test('any period is split without a gap into parts shorter than the limit', () => {
    const begin = Temporal.Instant.from('2027-01-01T00:00:00Z')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * 366 * 86_400 }), fc.integer({ min: 1, max: 61 }), (seconds, days) => {
        const period = { start: begin.toString(), end: begin.add({ seconds }).toString() }
        const parts = splitPeriod(period, days)
        expect(parts[0]!.start).toBe(period.start)
        expect(parts.at(-1)!.end).toBe(period.end)
        for (const [index, part] of parts.entries()) {
          const length = Temporal.Instant.from(part.end).since(part.start).total('seconds')
          expect(length).toBeGreaterThan(0)
          expect(length).toBeLessThan(days * 86_400)
          if (index > 0) expect(part.start).toBe(parts[index - 1]!.end)
        }
      }),
    )
    expect(splitPeriod({ start: march.start, end: march.start }, 42)).toEqual([])
  })
})
