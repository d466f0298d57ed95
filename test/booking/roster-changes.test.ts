import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { PRACTICE_TENANT_ID as tenantId } from '../../server/practice/identity/constants.ts'
import { checkMeetings } from '../../server/use-cases/booking/check-meetings.ts'
import type { FixView } from '../../shared/api/meeting-changes.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'
import { bookBest, settled } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let mentor: Caller
let pairs: CastPair[]
let series: SeriesView
let meeting: SeriesMeeting
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  pairs = cast.pairs.filter(({ mentee: { userPrincipalName } }) => !/^(joaquin|aisling)/.test(userPrincipalName))
}, 60_000)
afterAll(() => service.close())
beforeEach(async () => {
  pair = pairs.shift()!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  series = await bookBest(mentee, pair.relationshipId)
  meeting = series.meetings[1]!
})

const seriesPath = () => `/api/relationships/${pair.relationshipId}/series/${series.seriesId}`
const meetingPath = () => `${seriesPath()}/meetings/${meeting.meetingId}`
const seenBy = async (caller: Caller): Promise<SeriesMeeting> => {
  const { body } = await caller.get(seriesPath())
  return body.meetings.find(({ meetingId }: SeriesMeeting) => meetingId === meeting.meetingId)
}
const answer = (caller: Caller, { fixId }: FixView, body: object) =>
  caller.put(`${meetingPath()}/fixes/${fixId}/answer`, body)
const moveClockTo = (now: Temporal.Instant) =>
  send('POST', `${service.address}/practice/clock`, { body: { now: now.toString() } })

const icsTime = (instant: Temporal.Instant) =>
  instant.toString({ smallestUnit: 'second' }).replaceAll('-', '').replaceAll(':', '')
/** A schedule file with one duty around each of some times. */
const dutyAt = (times: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//Test//EN',
    ...times.flatMap((at, index) => [
      'BEGIN:VEVENT',
      `UID:duty-${index}`,
      'DTSTAMP:20261101T000000Z',
      `DTSTART:${icsTime(Temporal.Instant.from(at).subtract({ hours: 1 }))}`,
      `DTEND:${icsTime(Temporal.Instant.from(at).add({ hours: 2 }))}`,
      'SUMMARY:Ward Zeta',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

async function giveDuty(times: readonly string[]): Promise<void> {
  const { status, body } = await mentor.put(`/api/people/${pair.mentor.id}/clinic-sources/duty`, {
    kind: 'ics',
    label: 'Ward roster',
    text: dutyAt(times),
  })
  expect(status, JSON.stringify(body)).toBe(200)
}
/** What the pair is asked, once the background has looked. */
const asked = (state: FixView['state'] = 'asking'): Promise<FixView> =>
  vi.waitFor(
    async () => {
      const { fix } = await seenBy(mentee)
      expect(fix?.state).toBe(state)
      return fix!
    },
    { timeout: 30_000, interval: 100 },
  )
const waitingOf = async (caller: Caller): Promise<readonly string[]> =>
  (await caller.get('/api/waiting')).body.meetings
    .filter(({ relationshipId }: { relationshipId: string }) => relationshipId === pair.relationshipId)
    .map(({ kind, meetingId }: { kind: string; meetingId: string }) => `${kind} ${meetingId}`)

test('duty on a booked meeting asks the two; it moves when both accept the same date, and not before', async () => {
  await giveDuty([meeting.startsAt])
  const fix = await asked()
  expect(fix.options.length).toBeGreaterThan(0)
  expect(fix.options.length).toBeLessThanOrEqual(2)
  // Each sees their own reasons, the other "not available", and the coordinator the state alone.
  expect(fix.reasons.map(({ text }) => text)).toEqual([`${pair.mentor.displayName} is not available`])
  expect(JSON.stringify((await seenBy(mentor)).fix?.reasons)).toContain('Ward Zeta')
  expect((await seenBy(cast.coordinator)).fix).toMatchObject({ state: 'asking', reasons: [], options: [] })
  expect(await waitingOf(mentee)).toEqual([`asked ${meeting.meetingId}`])

  const { startsAt } = fix.options[0]!
  expect((await answer(mentor, fix, { choice: 'accept', startsAt })).status).toBe(202)
  expect((await seenBy(mentee)).startsAt).toBe(meeting.startsAt)
  expect((await seenBy(mentee)).fix?.options[0]?.acceptedBy).toEqual(['mentor'])
  expect(await waitingOf(mentor)).toEqual([])
  expect((await answer(mentee, fix, { choice: 'accept', startsAt })).status).toBe(202)
  await settled(mentee, seriesPath())
  expect(await seenBy(mentee)).toMatchObject({ startsAt, state: 'booked', fix: { state: 'moved' } })
  // Sent again, as after a lost answer.
  expect((await answer(mentee, fix, { choice: 'accept', startsAt })).status).toBe(202)
})

test('one "keep" is enough, and the same duty is not asked about again', async () => {
  await giveDuty([meeting.startsAt])
  const fix = await asked()
  await answer(mentee, fix, { choice: 'keep' })
  expect((await seenBy(mentor)).fix?.state).toBe('kept')
  expect((await answer(mentor, fix, { choice: 'accept', startsAt: fix.options[0]!.startsAt })).body.code).toBe(
    'question-closed',
  )
  await giveDuty([meeting.startsAt])
  await checkMeetings(
    { ...service.services, calendar: service.services.graph.asService!.calendar },
    { tenantId, relationshipId: pair.relationshipId },
  )
  expect((await seenBy(mentee)).fix).toMatchObject({ fixId: fix.fixId, state: 'kept' })
})

test('a roster that is put right again takes the question back', async () => {
  await giveDuty([meeting.startsAt])
  await asked()
  expect((await mentor.delete(`/api/people/${pair.mentor.id}/clinic-sources/duty`)).status).toBe(204)
  await asked('resolved')
})

test('dates that nobody wants leave it to the two; never are more than two proposed', async () => {
  await giveDuty([meeting.startsAt])
  const fix = await asked()
  await answer(mentor, fix, { choice: 'none-of-these' })
  expect((await seenBy(mentee)).fix).toMatchObject({ state: 'ask-people', why: 'declined', options: [] })
  const { body: offered } = await mentee.post(`${meetingPath()}/offers`, {})
  expect(offered.offers.length).toBeGreaterThan(0)
  const { startsAt } = offered.offers[0]
  await mentee.put(`${meetingPath()}/time`, { startsAt })
  await settled(mentee, seriesPath())
  expect(await seenBy(mentee)).toMatchObject({ startsAt, fix: { state: 'overtaken' } })
  // The new time breaks, too: dates were proposed twice already, so people are asked without any.
  await giveDuty([meeting.startsAt, startsAt])
  expect(await asked('ask-people')).toMatchObject({ why: 'asked-twice', options: [] })
  const stored = (await service.services.series.get(series.seriesId))!.series
  expect(stored.meetings.find(({ id }) => id === meeting.meetingId)!.proposed).toHaveLength(2)
})

test('a proposed date that was taken meanwhile is refused and offered no more', async () => {
  await giveDuty([meeting.startsAt])
  const fix = await asked()
  const [first, second] = fix.options
  await answer(mentor, fix, { choice: 'accept', startsAt: first!.startsAt })
  const { calendar } = service.services.graph.asService!
  const stored = (await service.services.series.get(series.seriesId))!.series
  await calendar.createEvent(pair.mentee.id, {
    ...stored.events[0]!.draft,
    time: {
      date: first!.startsAt.slice(0, 10),
      startTime: first!.startsAt.slice(11, 16),
      minutes: 45,
      timeZone: 'UTC',
    },
    transactionId: 'something-else',
    key: 'not-ours',
  })
  expect((await answer(mentee, fix, { choice: 'accept', startsAt: first!.startsAt })).body.code).toBe('slot-not-free')
  const { fix: left, startsAt } = await seenBy(mentee)
  expect(startsAt).toBe(meeting.startsAt)
  expect(left?.options.map((option) => option.startsAt)).toEqual(second ? [second.startsAt] : [])
})

describe('near the meeting', () => {
  test('a question that nobody answered ends a day before, and nothing has moved', async () => {
    await giveDuty([meeting.startsAt])
    await asked()
    await moveClockTo(Temporal.Instant.from(meeting.startsAt).subtract({ hours: 23 }))
    expect((await seenBy(mentee)).fix).toMatchObject({ state: 'ask-people', why: 'expired', options: [] })
    expect((await seenBy(mentee)).startsAt).toBe(meeting.startsAt)
  })

  test('inside 24 hours a move asks the other first, and moves only when they accept', async () => {
    const start = Temporal.Instant.from(meeting.startsAt)
    await moveClockTo(start.subtract({ hours: 48 }))
    const { body: offered } = await mentee.post(`${meetingPath()}/offers`, { limit: 20 })
    const isLater = (option: { startsAt: string }) => Date.parse(option.startsAt) > Date.parse(meeting.startsAt)
    const { startsAt } = offered.offers.find(isLater)
    await moveClockTo(start.subtract({ hours: 20 }))
    expect((await mentee.put(`${meetingPath()}/time`, { startsAt })).status).toBe(202)
    const mine = await seenBy(mentee)
    expect(mine).toMatchObject({
      startsAt: meeting.startsAt,
      fix: { cause: 'person', state: 'asking', waitsForMe: false },
    })
    const { fix } = await seenBy(mentor)
    expect(fix).toMatchObject({ waitsForMe: true, answeredBy: ['mentee'] })
    await answer(mentor, fix!, { choice: 'accept', startsAt })
    await settled(mentee, seriesPath())
    expect((await seenBy(mentee)).startsAt).toBe(startsAt)
  })
})
