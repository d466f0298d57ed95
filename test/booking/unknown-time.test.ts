import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Calendar, Schedule } from '../../server/ports/calendar.ts'
import { PRACTICE_TENANT_ID as tenantId } from '../../server/practice/identity/constants.ts'
import { proposeSeries } from '../../server/use-cases/booking/propose-series.ts'
import { assertWithinReach, feedPeriod } from '../../server/use-cases/clinic/feed-period.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService, TEST_NOW } from '../start-service.ts'
import { proposalsFor, YEAR_ONE } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  for (const candidate of cast.pairs) {
    mentee = await cast.as(candidate.mentee)
    pair = candidate
    if ((await proposalsFor(mentee, candidate.relationshipId)).proposals[0]?.unplaced.length === 0) return
  }
  throw new Error('no pair of the seed has a date in every window')
}, 60_000)
afterAll(() => service.close())

/** A year seen by the use case itself, with a calendar that the test changes. */
const proposeWith = (calendar: Calendar, change: object = {}) =>
  proposeSeries(
    { ...service.services, ...change, calendar },
    {
      actor: { tenantId, personId: pair.mentee.id, displayName: '', email: pair.mentee.mail, roles: [] },
      relationshipId: pair.relationshipId,
      plan: YEAR_ONE,
      minutes: 45,
      organizer: 'mentee',
    },
  )
const calendarOf = () => service.services.graph.asPerson(mentee.accessToken).calendar
const withSchedules = (change: (schedules: readonly Schedule[]) => readonly Schedule[]): Calendar => {
  const calendar = calendarOf()
  return {
    ...calendar,
    listSchedules: async (...asked) => change(await calendar.listSchedules(...asked)),
  }
}
const aSource = (change: object = {}) => ({
  tenantId,
  personId: pair.mentor.id,
  sourceId: 'test',
  label: 'Clinic 4 West',
  kind: 'csv' as const,
  state: 'loaded' as const,
  loadedAt: TEST_NOW.toString(),
  weekly: [],
  dated: [],
  entries: 0,
  unknownCodes: [],
  problems: [],
  ...change,
})
async function withSource<T>(change: object, run: () => Promise<T>): Promise<T> {
  const { programmes } = service.services
  await programmes.saveSource(aSource(change))
  try {
    return await run()
  } finally {
    await programmes.removeSource(tenantId, pair.mentor.id, 'test')
  }
}

describe('a plan out of reach', () => {
  test.each([
    ['beyond 18 months', { from: '2028-05-01', to: '2028-06-01' }, 'to'],
    ['long ago', { from: '1970-01-01', to: '2027-06-01' }, 'from'],
  ])('%s is refused by name before any calendar is read', async (_name, window, end) => {
    const plan = { kind: 'windows' as const, windows: [{ from: '2027-01-01', to: '2027-02-01' }, window] }
    let reads = 0
    const calendar = withSchedules((schedules) => {
      reads++
      return schedules
    })
    const asked = proposeSeries(
      { ...service.services, calendar },
      {
        actor: { tenantId, personId: pair.mentee.id, displayName: '', email: pair.mentee.mail, roles: [] },
        relationshipId: pair.relationshipId,
        plan,
        minutes: 45,
        organizer: 'mentee',
      },
    )
    await expect(asked).rejects.toMatchObject({
      code: 'invalid-plan',
      faults: [{ path: `windows[1].${end}`, message: expect.stringMatching(/\d{4}-\d{2}-\d{2}/) }],
    })
    expect(reads).toBe(0)
    const { status, body } = await mentee.post(`/api/relationships/${pair.relationshipId}/proposals`, {
      plan,
      minutes: 45,
    })
    expect(status, JSON.stringify(body)).toBe(422)
  })

  test('a plan that began a while ago is still planned, and its calendars are read from today', async () => {
    const plan = { ...YEAR_ONE, startDate: '2026-08-01' }
    const { windows, proposals } = await proposalsFor(mentee, pair.relationshipId, { plan })
    expect(windows[0]).toMatchObject({ possibleStarts: 0, reasons: [{ code: 'too-soon' }] })
    expect(proposals[0]?.meetings.length).toBeGreaterThan(0)
  })

  test('schedule files are always read as far as a plan may reach', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 * 365 }), fc.integer({ min: -400, max: 700 }), (day, ahead) => {
        const now = Temporal.PlainDate.from('1970-01-01').add({ days: day }).toZonedDateTime('UTC').toInstant()
        const to = now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: ahead }).toString()
        const from = Temporal.PlainDate.from(to).subtract({ days: 1 }).toString()
        const isRead = to <= feedPeriod(now).to
        try {
          assertWithinReach([{ from, to }], now)
        } catch {
          return
        }
        expect(isRead).toBe(true)
      }),
    )
  })
})

describe('time that nobody speaks of is not free', () => {
  test('beyond what a schedule file was read for', async () => {
    // Read 300 days ago: it says nothing from 250 days ahead on.
    const loadedAt = TEST_NOW.subtract({ hours: 300 * 24 }).toString()
    const { windows } = await withSource({ loadedAt }, () => proposalsFor(mentee, pair.relationshipId))
    const readTo = feedPeriod(Temporal.Instant.from(loadedAt)).to
    const beyond = windows.filter(({ from }) => from > readTo)
    expect(beyond.length).toBeGreaterThan(0)
    for (const window of beyond) expect(window.possibleStarts).toBe(0)
    const within = windows.filter(({ to }) => to < readTo)
    for (const window of within) expect(window.possibleStarts).toBeGreaterThan(0)
  })

  test('half-days that somebody typed hold until they are changed', async () => {
    const loadedAt = TEST_NOW.subtract({ hours: 5000 * 24 }).toString()
    const { proposals } = await withSource({ kind: 'weekly', loadedAt }, () =>
      proposalsFor(mentee, pair.relationshipId),
    )
    expect(proposals[0]?.unplaced).toEqual([])
  })

  test('where a file ends is told to both, its name only to its owner', async () => {
    const { people } = await withSource({ to: '2027-06-30' }, () => proposalsFor(mentee, pair.relationshipId))
    const mentor = people.find(({ role }) => role === 'mentor')!
    expect(mentor.sources).toContainEqual({ label: 'Schedule', state: 'loaded', until: '2027-06-30' })
    expect(JSON.stringify(people)).not.toContain('4 West')
  })

  test('a stored schedule that cannot be read is no fault of the caller and shows no place', async () => {
    const weekly = [{ weekday: 1 as const, start: '08:00', end: '24:30', label: 'Clinic 4 West' }]
    const answer = await withSource({ weekly }, () =>
      mentee.post(`/api/relationships/${pair.relationshipId}/proposals`, { plan: YEAR_ONE, minutes: 45 }),
    )
    expect(answer).toMatchObject({ status: 409, body: { code: 'availability-unknown' } })
    expect(answer.body.faults).toBeUndefined()
    expect(JSON.stringify(answer.body)).not.toMatch(/weekly|4 West|24:30/)
  })
})

describe('a mailbox that names no time zone', () => {
  const withoutHours = () => withSchedules((schedules) => schedules.map(({ email, ...rest }) => hoursLess(email, rest)))

  test('counts in the zone of the programme, never in the other person\u2019s', async () => {
    const loaded = await proposeWith(withoutHours())
    const programme = await service.services.programmes.find(tenantId, cast.programmeId)
    expect(loaded.people.mentee.timeZone).toBe(programme!.timeZone)
    expect(loaded.people.mentor.timeZone).toBe(programme!.timeZone)
  })

  test('is unknown when there is no programme either', async () => {
    const { programmes } = service.services
    const calendar = withSchedules(([first, second]) => [first!, hoursLess(second!.email, second!)])
    const asked = proposeWith(calendar, { programmes: { ...programmes, find: async () => undefined } })
    await expect(asked).rejects.toMatchObject({ code: 'availability-unknown', faults: [{ path: 'mentor' }] })
  })
})

const hoursLess = (email: string, schedule: object): Schedule => ({
  email,
  busy: 'busy' in schedule ? (schedule.busy as Extract<Schedule, { busy: unknown }>['busy']) : [],
})

test('the largest buffer of all sources is kept around clinic', async () => {
  const { programmes } = service.services
  await programmes.saveSource(aSource({ sourceId: 'test-2', kind: 'weekly', bufferMinutes: 50 }))
  const found = await withSource({ kind: 'weekly', bufferMinutes: 5 }, () => proposeWith(calendarOf()))
  await programmes.removeSource(tenantId, pair.mentor.id, 'test-2')
  const mentor = found.program.people.find(({ id }) => id === pair.mentor.id)
  expect(mentor?.clinic?.bufferMinutes).toBe(50)
})
