import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PRACTICE_TENANT_ID as tenantId } from '../../server/practice/identity/constants.ts'
import type { OffersView } from '../../shared/api/meeting-changes.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import type { MeetingPlan } from '../../shared/scheduling/types.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'
import { bookBest, bookPlan, settled } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let mentor: Caller
let pairs: CastPair[]
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
  await send('DELETE', `${service.address}/practice/faults`)
})

const pathOf = ({ seriesId }: SeriesView) => `/api/relationships/${pair.relationshipId}/series/${seriesId}`
const meetingPath = (series: SeriesView, meeting: SeriesMeeting) => `${pathOf(series)}/meetings/${meeting.meetingId}`
const calendar = () => service.services.graph.asService!.calendar
const holdsOf = (personId: string) => service.services.series.listHolds(tenantId, personId, '2026-01-01', '2029-01-01')
/** Kinds of the mails that came since there were so many, oldest first; the outbox begins with the newest. */
const newMails = async (to: { readonly mail: string }, before: readonly string[]): Promise<readonly string[]> => {
  const all = await mailsTo(to)
  return all.slice(0, all.length - before.length).toReversed()
}
const mailsTo = async ({ mail }: { readonly mail: string }): Promise<readonly string[]> =>
  (await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(mail)}`)).body.map(
    ({ kind }: { kind: string }) => kind,
  )

async function offersFor(series: SeriesView, meeting: SeriesMeeting): Promise<OffersView> {
  const { status, body } = await mentee.post(`${meetingPath(series, meeting)}/offers`, {})
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
async function move(caller: Caller, series: SeriesView, meeting: SeriesMeeting, startsAt: string): Promise<SeriesView> {
  const { status, body } = await caller.put(`${meetingPath(series, meeting)}/time`, { startsAt })
  expect(status, JSON.stringify(body)).toBe(202)
  return settled(caller, pathOf(series))
}
const meetingOf = (series: SeriesView, { meetingId }: SeriesMeeting) =>
  series.meetings.find((meeting) => meeting.meetingId === meetingId)!
/** The start of a meeting's own item as the organizer's calendar has it. */
async function startInCalendar(series: SeriesView, meeting: SeriesMeeting): Promise<readonly string[]> {
  const stored = (await service.services.series.get(series.seriesId))!.series
  const { eventKey } = stored.meetings.find(({ id }) => id === meeting.meetingId)!
  const event = stored.events.find(({ key }) => key === eventKey)!
  const items =
    event.shape.kind === 'single'
      ? [await calendar().getEvent(pair.mentee.id, event.eventId!)]
      : await calendar().listOccurrences(pair.mentee.id, event.eventId!, {
          start: '2026-11-01T00:00:00Z',
          end: '2028-12-01T00:00:00Z',
        })
  return items.map(({ period }) => period.start)
}

test('a single meeting moves to an offered time: one update, old time free, new time held, the repeat changes nothing', async () => {
  const series = await bookBest(mentee, pair.relationshipId)
  const meeting = series.meetings[1]!
  const before = await mailsTo(pair.mentor)
  const { offers, inWindow } = await offersFor(series, meeting)
  expect(inWindow).toBe(true)
  expect(offers.map(({ startsAt }) => startsAt)).not.toContain(meeting.startsAt)
  const [best] = offers
  const moved = await move(mentee, series, meeting, best!.startsAt)
  expect(moved.state).toBe('booked')
  expect(meetingOf(moved, meeting)).toMatchObject({ startsAt: best!.startsAt, endsAt: best!.endsAt, state: 'booked' })
  expect(await startInCalendar(moved, meeting)).toEqual([best!.startsAt])
  expect(await newMails(pair.mentor, before)).toEqual(['update'])
  for (const { id } of [pair.mentee, pair.mentor]) {
    const starts = (await holdsOf(id)).filter(({ seriesId }) => seriesId === series.seriesId).map(({ start }) => start)
    expect(starts).toContain(best!.startsAt)
    expect(starts).not.toContain(meeting.startsAt)
  }
  await move(mentee, series, meeting, best!.startsAt)
  expect(await newMails(pair.mentor, before)).toEqual(['update'])
})

test('a meeting that is moved back is where it was', async () => {
  const series = await bookBest(mentee, pair.relationshipId)
  const meeting = series.meetings[0]!
  const { offers } = await offersFor(series, meeting)
  await move(mentee, series, meeting, offers[0]!.startsAt)
  const back = await move(mentor, series, meeting, meeting.startsAt)
  expect(meetingOf(back, meeting).startsAt).toBe(meeting.startsAt)
  expect(await startInCalendar(back, meeting)).toEqual([meeting.startsAt])
  expect((await holdsOf(pair.mentor.id)).map(({ start }) => start)).not.toContain(offers[0]!.startsAt)
})

const FORTNIGHTS: MeetingPlan = { kind: 'every-weeks', weeks: 2, count: 6, startDate: '2027-01-04' }

describe('an occurrence of a recurring series', () => {
  /** A series that became one recurring event, with the meetings that lie on its pattern. */
  async function bookRecurring(): Promise<SeriesView> {
    for (;;) {
      const series = await bookPlan(mentee, pair.relationshipId, FORTNIGHTS)
      const stored = (await service.services.series.get(series.seriesId))!.series
      if (stored.events.some(({ shape }) => shape.kind === 'recurring')) return series
      await mentee.put(`${pathOf(series)}/cancellation`, {})
      pair = pairs.shift()!
      mentee = await cast.as(pair.mentee)
      mentor = await cast.as(pair.mentor)
    }
  }
  const recurringMeetings = async (series: SeriesView) => {
    const { events, meetings } = (await service.services.series.get(series.seriesId))!.series
    const key = events.find(({ shape }) => shape.kind === 'recurring')!.key
    return series.meetings.filter(({ meetingId }) =>
      meetings.some(({ id, eventKey }) => id === meetingId && eventKey === key),
    )
  }

  test('moves between its neighbours as an exception', async () => {
    const series = await bookRecurring()
    const [, meeting] = await recurringMeetings(series)
    const { offers } = await offersFor(series, meeting!)
    const moved = await move(mentee, series, meeting!, offers[0]!.startsAt)
    expect(meetingOf(moved, meeting!)).toMatchObject({ startsAt: offers[0]!.startsAt, state: 'booked' })
    expect(await startInCalendar(moved, meeting!)).toContain(offers[0]!.startsAt)
    expect(await startInCalendar(moved, meeting!)).not.toContain(meeting!.startsAt)
  })

  test('that the calendar refuses to move past its neighbour becomes a single event, and the occurrence is called off', async () => {
    const series = await bookRecurring()
    const [first, second] = await recurringMeetings(series)
    const { offers } = await offersFor(series, first!)
    const stored = (await service.services.series.get(series.seriesId))!.series
    const master = stored.events.find(({ shape }) => shape.kind === 'recurring')!
    const before = await mailsTo(pair.mentor)
    await send('POST', `${service.address}/practice/faults`, {
      body: [
        { method: 'PATCH', path: '*/events/*', count: 1, status: 400, errorCode: 'ErrorOccurrenceCrossingBoundary' },
      ],
    })
    const moved = await move(mentee, series, first!, offers[0]!.startsAt)
    expect(meetingOf(moved, first!)).toMatchObject({ startsAt: offers[0]!.startsAt, state: 'booked' })
    expect(await startInCalendar(moved, first!)).toEqual([offers[0]!.startsAt])
    const left = await calendar().listOccurrences(pair.mentee.id, master.eventId!, {
      start: '2026-11-01T00:00:00Z',
      end: '2028-12-01T00:00:00Z',
    })
    expect(left.map(({ period }) => period.start)).not.toContain(first!.startsAt)
    expect(left.map(({ period }) => period.start)).toContain(second!.startsAt)
    expect(await newMails(pair.mentor, before)).toEqual(['invitation', 'cancellation'])
  })

  test('can be called off alone, and gets a new date as a single event', async () => {
    const series = await bookRecurring()
    const [, meeting] = await recurringMeetings(series)
    const path = `${meetingPath(series, meeting!)}/cancellation`
    expect((await mentee.put(path, { comment: 'Ward cover that day' })).status).toBe(202)
    const without = await settled(mentee, pathOf(series))
    expect(meetingOf(without, meeting!)).toMatchObject({ state: 'needs-date' })
    expect(without.state).toBe('needs-attention')
    expect(await startInCalendar(without, meeting!)).not.toContain(meeting!.startsAt)
    const { offers } = await offersFor(without, meeting!)
    const again = await move(mentee, without, meeting!, offers[0]!.startsAt)
    expect(meetingOf(again, meeting!)).toMatchObject({ state: 'booked', startsAt: offers[0]!.startsAt })
    expect(await startInCalendar(again, meeting!)).toEqual([offers[0]!.startsAt])
    expect(again.state).toBe('booked')
  })
})

describe('refuses', () => {
  test('a time that is taken, over, or past the meetings around it', async () => {
    const series = await bookBest(mentee, pair.relationshipId)
    const [first, second] = series.meetings
    const path = `${meetingPath(series, first!)}/time`
    const refusal = async (startsAt: string) => (await mentee.put(path, { startsAt })).body.code
    expect(await refusal('2026-11-20T15:00:00Z')).toBe('slot-in-the-past')
    expect(await refusal(second!.startsAt)).toBe('slot-outside-window')
    // 03:00 in New York is nobody's working hour.
    expect(await refusal(`${first!.startsAt.slice(0, 10)}T08:00:00Z`)).toBe('slot-not-free')
    expect((await mentee.get(pathOf(series))).body.state).toBe('booked')
  })

  test('to let anybody but the pair and their assistants move or call off', async () => {
    const series = await bookBest(mentee, pair.relationshipId)
    const path = meetingPath(series, series.meetings[0]!)
    for (const [place, body] of [
      ['time', { startsAt: series.meetings[0]!.startsAt }],
      ['cancellation', {}],
    ] as const) {
      expect((await cast.coordinator.put(`${path}/${place}`, body)).status).toBe(403)
    }
  })

  test('a time that another pair of the mentor took a moment ago', async () => {
    const shared = pairs.find(({ mentor, mentee }) =>
      pairs.some((other) => other.mentor.id === mentor.id && other.mentee.id !== mentee.id),
    )
    const other = pairs.find(({ mentor, mentee }) => mentor.id === shared?.mentor.id && mentee.id !== shared.mentee.id)
    if (!shared || !other) throw new Error('No mentor of the seed has two mentees left.')
    pair = shared
    mentee = await cast.as(pair.mentee)
    const otherMentee = await cast.as(other.mentee)
    const series = await bookBest(mentee, pair.relationshipId)
    const theirs = await bookBest(otherMentee, other.relationshipId)
    const path = `${meetingPath(series, series.meetings[0]!)}/time`
    const { status, body } = await mentee.put(path, { startsAt: theirs.meetings[0]!.startsAt })
    expect([status, body.code]).toEqual([409, 'slot-not-free'])
  })
})

describe('one meeting called off', () => {
  test('waits for a date, ends as excused, and that can be taken back', async () => {
    const series = await bookBest(mentee, pair.relationshipId)
    const meeting = series.meetings[2]!
    const path = `${meetingPath(series, meeting)}/cancellation`
    const before = await mailsTo(pair.mentor)
    await mentee.put(path, {})
    const without = await settled(mentee, pathOf(series))
    expect(meetingOf(without, meeting)).toMatchObject({ state: 'needs-date' })
    expect(await newMails(pair.mentor, before)).toEqual(['cancellation'])
    expect((await holdsOf(pair.mentor.id)).map(({ start }) => start)).not.toContain(meeting.startsAt)
    const end = { as: 'excused', reason: 'away' }
    expect((await mentor.put(path, { end })).status).toBe(202)
    const ended = (await mentee.get(pathOf(series))).body
    expect(meetingOf(ended, meeting)).toMatchObject({ state: 'cancelled', end })
    expect(ended.state).toBe('booked')
    await mentee.put(path, {})
    expect(meetingOf((await mentee.get(pathOf(series))).body, meeting)).toMatchObject({ state: 'needs-date' })
    const { offers } = await offersFor(series, meeting)
    const again = await move(mentee, series, meeting, offers[0]!.startsAt)
    expect(meetingOf(again, meeting)).toMatchObject({ state: 'booked', startsAt: offers[0]!.startsAt })
    expect(await newMails(pair.mentor, before)).toEqual(['cancellation', 'invitation'])
  })

  test('for good at once; repeating it sends nothing', async () => {
    const series = await bookBest(mentee, pair.relationshipId)
    const meeting = series.meetings[1]!
    const path = `${meetingPath(series, meeting)}/cancellation`
    const before = await mailsTo(pair.mentor)
    const body = { end: { as: 'none-planned', reason: 'schedule-changed' } }
    await mentee.put(path, body)
    const ended = await settled(mentee, pathOf(series))
    expect(meetingOf(ended, meeting)).toMatchObject({ state: 'cancelled', end: body.end })
    await mentee.put(path, body)
    expect(await newMails(pair.mentor, before)).toEqual(['cancellation'])
  })

  test('with its whole series ends as none planned, without anybody having to say so', async () => {
    const series = await bookBest(mentee, pair.relationshipId)
    await mentee.put(`${pathOf(series)}/cancellation`, {})
    const gone = await settled(mentee, pathOf(series))
    expect(gone.meetings.map(({ end }) => end?.reason)).toEqual(Array(5).fill('series-called-off'))
    const { body } = await mentee.put(`${meetingPath(series, series.meetings[0]!)}/time`, {
      startsAt: series.meetings[0]!.startsAt,
    })
    expect(body.code).toBe('meeting-not-changeable')
  })
})

test('while a pair is paused, times after the pause are offered and taken, also past meetings that lie in it', async () => {
  const series = await bookBest(mentee, pair.relationshipId)
  const meeting = series.meetings[0]!
  const resumeDate = '2027-06-01'
  const pause = `/api/relationships/${pair.relationshipId}/pause`
  expect((await mentor.put(pause, { resumeDate })).status).toBe(200)
  expect(series.meetings.filter(({ startsAt }) => startsAt < resumeDate).length).toBeGreaterThan(1)
  const { offers } = await offersFor(series, meeting)
  expect(offers).not.toEqual([])
  for (const { startsAt } of offers) expect(startsAt >= resumeDate).toBe(true)
  const moved = await move(mentee, series, meeting, offers[0]!.startsAt)
  expect(meetingOf(moved, meeting)).toMatchObject({ startsAt: offers[0]!.startsAt, state: 'booked' })
  // The others stay where they are until somebody moves them.
  const others = ({ meetings }: SeriesView) =>
    meetings.filter(({ meetingId }) => meetingId !== meeting.meetingId).map(({ startsAt }) => startsAt)
  expect(others(moved)).toEqual(others(series))
  await mentor.delete(pause)
})
