import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { draft, openPractice, person, starts } from './practice.ts'

const ada = person('Ada')
const practice = openPractice([ada])
const asAda = practice.as(ada)

const weekly = { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'sunday' }
const numbered = (startDate: string, numberOfOccurrences: number) => ({
  type: 'numbered',
  startDate,
  numberOfOccurrences,
})

async function createSeries(start: string, pattern: object, range: object, timeZone = 'Eastern Standard Time') {
  const end = Temporal.PlainDateTime.from(start).add({ minutes: 30 }).toString()
  const made = await asAda('POST /me/events', {
    body: draft(start, end, { recurrence: { pattern, range } }, timeZone),
    unchecked: /"[A-Z]/.test(JSON.stringify(pattern)),
  })
  expect(made.status).toBe(201)
  return made.body
}
async function dates(
  start: string,
  pattern: object,
  range: object,
  timeZone = 'Eastern Standard Time',
  until = '2029-12-30',
) {
  const { id } = await createSeries(start, pattern, range, timeZone)
  const from = start.slice(0, 10)
  const view = await asAda(`GET /me/events/${id}/instances?startDateTime=${from}&endDateTime=${until}&$top=1000`, {
    prefer: `outlook.timezone="${timeZone}"`,
  })
  expect(view.status).toBe(200)
  return starts(view)
}

test('keeps the wall time of the zone it is anchored in over both clock changes', async () => {
  const made = await createSeries('2026-03-03T15:00', weekly, numbered('2026-03-03', 36))
  const view = await asAda(
    `GET /me/events/${made.id}/instances?startDateTime=2026-03-01&endDateTime=2027-01-01&$top=100`,
  )
  const utc = starts(view)
  expect(utc).toHaveLength(36)
  expect(utc.slice(0, 2)).toEqual(['2026-03-03T20:00', '2026-03-10T19:00'])
  expect(utc.slice(34)).toEqual(['2026-10-27T19:00', '2026-11-03T20:00'])
  expect(view.body.value[0].start.timeZone).toBe('UTC')
})

test('a series anchored in UTC drifts against local time', async () => {
  const made = await createSeries('2026-03-03T20:00', weekly, numbered('2026-03-03', 2), 'UTC')
  const view = await asAda(`GET /me/events/${made.id}/instances?startDateTime=2026-03-01&endDateTime=2027-01-01`, {
    prefer: 'outlook.timezone="Eastern Standard Time"',
  })
  expect(starts(view)).toEqual(['2026-03-03T15:00', '2026-03-10T16:00'])
})

test('moves a wall time that the clock change skips by the gap, and takes the first of a doubled one', async () => {
  const spring = await createSeries(
    '2026-03-01T02:30',
    { type: 'weekly', interval: 1, daysOfWeek: ['sunday'] },
    numbered('2026-03-01', 2),
  )
  const autumn = await createSeries(
    '2026-10-25T01:30',
    { type: 'weekly', interval: 1, daysOfWeek: ['sunday'] },
    numbered('2026-10-25', 2),
  )
  const utcStarts = async (id: string) =>
    starts(await asAda(`GET /me/events/${id}/instances?startDateTime=2026-01-01&endDateTime=2027-01-01`))
  expect(await utcStarts(spring.id)).toEqual(['2026-03-01T07:30', '2026-03-08T07:30'])
  expect(await utcStarts(autumn.id)).toEqual(['2026-10-25T05:30', '2026-11-01T05:30'])
})

test.each([
  ['daily', { type: 'daily', interval: 3 }, numbered('2026-03-03', 4), ['03-03', '03-06', '03-09', '03-12']],
  [
    'weekly on several days, every second week, weeks from Sunday',
    { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'tuesday', 'friday'] },
    numbered('2026-03-03', 5),
    ['03-03', '03-06', '03-15', '03-17', '03-20'],
  ],
  [
    'weekly on several days, every second week, weeks from Monday',
    { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'tuesday', 'friday'], firstDayOfWeek: 'monday' },
    numbered('2026-03-03', 5),
    ['03-03', '03-06', '03-08', '03-17', '03-20'],
  ],
  [
    'day 31 is the last day of shorter months',
    { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
    numbered('2026-01-31', 4),
    ['01-31', '02-28', '03-31', '04-30'],
  ],
  [
    'every third month',
    { type: 'absoluteMonthly', interval: 3, dayOfMonth: 15 },
    numbered('2026-01-15', 3),
    ['01-15', '04-15', '07-15'],
  ],
  [
    'second Tuesday of the month',
    { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'second' },
    numbered('2026-03-10', 3),
    ['03-10', '04-14', '05-12'],
  ],
  [
    'last Friday of the month, index in capitals',
    { type: 'RelativeMonthly', interval: 1, daysOfWeek: ['Friday'], index: 'Last' },
    numbered('2026-01-30', 3),
    ['01-30', '02-27', '03-27'],
  ],
  [
    'first weekday of the month among several days',
    {
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      index: 'first',
    },
    numbered('2026-05-01', 2),
    ['05-01', '06-01'],
  ],
  [
    'a start that does not fit the pattern comes later',
    { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] },
    numbered('2026-03-04', 2),
    ['03-10', '03-17'],
  ],
  [
    'an end date that fits is included',
    { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] },
    { type: 'endDate', startDate: '2026-03-03', endDate: '2026-03-17' },
    ['03-03', '03-10', '03-17'],
  ],
])('%s', async (_name, pattern, range, expected) => {
  const found = await dates(`${range.startDate}T15:00`, pattern, range)
  expect(found.map((start) => start.slice(5, 10))).toEqual(expected)
})

test('yearly patterns, also 29 February', async () => {
  const leap = await dates(
    '2024-02-29T09:00',
    { type: 'absoluteYearly', interval: 1, dayOfMonth: 29, month: 2 },
    numbered('2024-02-29', 5),
    'UTC',
    '2028-12-31',
  )
  expect(leap.map((start) => start.slice(0, 10))).toEqual([
    '2024-02-29',
    '2025-02-28',
    '2026-02-28',
    '2027-02-28',
    '2028-02-29',
  ])
  const thanksgiving = await dates(
    '2025-11-27T09:00',
    { type: 'relativeYearly', interval: 1, daysOfWeek: ['thursday'], index: 'fourth', month: 11 },
    numbered('2025-11-27', 3),
  )
  expect(thanksgiving.map((start) => start.slice(0, 10))).toEqual(['2025-11-27', '2026-11-26', '2027-11-25'])
})

test('a series without end goes on in any later window', async () => {
  const { id } = await createSeries('2026-03-03T15:00', weekly, { type: 'noEnd', startDate: '2026-03-03' })
  const view = await asAda(
    `GET /me/events/${id}/instances?startDateTime=2031-03-01T00:00:00Z&endDateTime=2031-03-09T00:00:00Z`,
  )
  expect(starts(view)).toEqual(['2031-03-04T20:00'])
})

test.each([
  ['Asia/Kathmandu', '2026-03-03T03:15', '2026-03-02T21:30'],
  ['Nepal Standard Time', '2026-03-03T03:15', '2026-03-02T21:30'],
  ['Newfoundland Standard Time', '2026-03-03T03:15', '2026-03-03T06:45'],
  ['america/st_johns', '2026-07-03T03:15', '2026-07-03T05:45'],
])('knows the zone %s', async (zone, wall, utc) => {
  const made = await asAda('POST /me/events', { body: draft(wall, wall, {}, zone) })
  const read = await asAda(`GET /me/events/${made.body.id}`)
  expect(read.body.start).toEqual({ dateTime: `${utc}:00.0000000`, timeZone: 'UTC' })
})

test.each(['Greenwich Mean Time', 'Europe/Atlantis', 'EST5', ''])('refuses the zone %j', async (zone) => {
  const refused = await asAda('POST /me/events', { body: draft('2026-03-03T15:00', '2026-03-03T15:30', {}, zone) })
  expect(refused.status).toBe(400)
  expect(refused.body.error).toMatchObject({
    code: 'TimeZoneNotSupportedException',
    message: `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${zone}'.`,
  })
})

test.each([
  ['weekly without days', { type: 'weekly', interval: 1 }, numbered('2026-03-03', 3)],
  ['no interval', { type: 'daily' }, numbered('2026-03-03', 3)],
  ['interval 0', { type: 'daily', interval: 0 }, numbered('2026-03-03', 3)],
  ['absoluteMonthly without day', { type: 'absoluteMonthly', interval: 1 }, numbered('2026-03-03', 3)],
  [
    'relativeMonthly without weekday',
    { type: 'relativeMonthly', interval: 1, index: 'first' },
    numbered('2026-03-03', 3),
  ],
  ['absoluteYearly without month', { type: 'absoluteYearly', interval: 1, dayOfMonth: 3 }, numbered('2026-03-03', 3)],
  [
    'a bad value in a field that the type ignores',
    { type: 'daily', interval: 1, dayOfMonth: 32 },
    numbered('2026-03-03', 3),
  ],
  [
    'an unknown weekday in a field that the type ignores',
    { type: 'daily', interval: 1, daysOfWeek: ['someday'] },
    numbered('2026-03-03', 3),
  ],
  ['an unknown pattern', { type: 'hourly', interval: 1 }, numbered('2026-03-03', 3)],
  ['startDate that is not the date of start', weekly, numbered('2026-03-10', 3)],
  ['no startDate', weekly, { type: 'noEnd' }],
  ['endDate missing', weekly, { type: 'endDate', startDate: '2026-03-03' }],
  ['endDate before startDate', weekly, { type: 'endDate', startDate: '2026-03-03', endDate: '2026-03-02' }],
  ['numbered without a number', weekly, { type: 'numbered', startDate: '2026-03-03' }],
  ['a negative number', weekly, numbered('2026-03-03', -1)],
  ['more than 999', weekly, numbered('2026-03-03', 1000)],
  ['range missing', weekly, undefined],
])('refuses a recurrence with %s', async (_name, pattern, range) => {
  const body = draft('2026-03-03T15:00', '2026-03-03T15:30', { recurrence: { pattern, range } })
  const refused = await asAda('POST /me/events', { body })
  expect(refused.status).toBe(400)
  expect(refused.body.error.message).not.toBe('')
})

test('answers the whole rule, in schema case, with the documented defaults', async () => {
  const made = await createSeries(
    '2017-09-04T12:00',
    { type: 'Weekly', interval: 1, daysOfWeek: ['Monday'] },
    { type: 'EndDate', startDate: '2017-09-04', endDate: '2017-12-31' },
    'Pacific Standard Time',
  )
  expect(made).toMatchObject({ type: 'seriesMaster', seriesMasterId: null })
  expect(made.recurrence).toEqual({
    pattern: {
      type: 'weekly',
      interval: 1,
      month: 0,
      dayOfMonth: 0,
      daysOfWeek: ['monday'],
      firstDayOfWeek: 'sunday',
      index: 'first',
    },
    range: {
      type: 'endDate',
      startDate: '2017-09-04',
      endDate: '2017-12-31',
      recurrenceTimeZone: 'Pacific Standard Time',
      numberOfOccurrences: 0,
    },
  })
})

test('weekly dates are those that a plain walk over the days finds', async () => {
  const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 700 }),
      fc.subarray(names, { minLength: 1 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(...names),
      async (offset, daysOfWeek, interval, firstDayOfWeek) => {
        const first = Temporal.PlainDate.from('2026-01-01').add({ days: offset })
        const weekOf = (date: Temporal.PlainDate) => {
          const back = (date.dayOfWeek - names.indexOf(firstDayOfWeek) + 7) % 7
          return date.subtract({ days: back })
        }
        const expected: string[] = []
        for (let date = first; expected.length < 8; date = date.add({ days: 1 })) {
          const weeks = weekOf(first).until(weekOf(date)).days / 7
          if (weeks % interval === 0 && daysOfWeek.includes(names[date.dayOfWeek % 7]!)) expected.push(date.toString())
        }
        const found = await dates(
          `${first}T23:45`,
          { type: 'weekly', interval, daysOfWeek, firstDayOfWeek },
          numbered(first.toString(), 8),
        )
        expect(found.map((start) => start.slice(0, 10))).toEqual(expected)
      },
    ),
    { numRuns: 60 },
  )
})
