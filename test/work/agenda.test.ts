import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeetingView } from '../../shared/api/meetings.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from './practice-clock.ts'

let service: RunningService
let pair: CastPair
let mentee: Caller
let mentor: Caller
let relationship: string
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
  series = await bookBest(mentee, pair.relationshipId)
}, 60_000)
afterAll(() => service.close())

const pathOf = (index: number) => `${relationship}/meetings/${series.meetings[index]!.meetingId}`
const meetingAt = async (index: number, caller = mentee): Promise<MeetingView> => (await caller.get(pathOf(index))).body
const rankedIn = ({ agenda }: MeetingView) =>
  agenda.filter(({ rank }) => rank !== undefined).map(({ itemId }) => itemId)

test('the mentee ranks, the mentor sees the order and what is asked of them', async () => {
  const proposed = await meetingAt(0)
  expect(proposed.priorities).toMatchObject({ isRanked: false, needs: [] })
  const body = { areas: ['worklife', 'research'], needs: ['listen', 'connect'] }
  const ranked = await mentee.put(`${pathOf(0)}/priorities`, body)
  expect(ranked).toMatchObject({ status: 200, body: { priorities: { ...body, isRanked: true, revision: 1 } } })
  expect((await mentee.put(`${pathOf(0)}/priorities`, body)).body).toEqual(ranked.body)
  const seen = await meetingAt(0, mentor)
  expect(rankedIn(seen)).toEqual(['worklife', 'research'])
  expect(seen.priorities.needs).toEqual(['listen', 'connect'])
  expect(seen.agenda.reduce((sum, { minutes = 0 }) => sum + minutes, 0)).toBe(series.minutes)
  expect(await mentor.put(`${pathOf(0)}/priorities`, { ...body, revision: 1 })).toMatchObject({ status: 403 })
  expect(await mentee.put(`${pathOf(0)}/priorities`, { areas: ['worklife', 'wrap'], needs: [] })).toMatchObject({
    status: 404,
    body: { code: 'agenda-item-not-found' },
  })
})

test('open homework and goals that nobody touched stand under their headings', async () => {
  await mentor.put(`${relationship}/homework/${randomUUID()}`, { title: 'Ask the dean', owner: 'mentor', done: false })
  await mentee.put(`${relationship}/goals/${randomUUID()}`, {
    title: 'Learn to say no',
    horizon: 'short',
    state: 'open',
    dueDate: '2026-10-01',
  })
  const { agenda } = await meetingAt(0)
  const linesOf = (id: string) => agenda.find(({ itemId }) => itemId === id)?.lines
  expect(linesOf('pending')).toEqual(['Ask the dean'])
  expect(linesOf('advise')).toEqual(['Learn to say no'])
})

test('what was put off and own items that were not reached come back at the next meeting', async () => {
  const item = randomUUID()
  await mentee.put(`${pathOf(0)}/agenda/${item}`, { title: 'My parking space', done: false })
  await mentee.put(`${pathOf(0)}/agenda/worklife`, { done: true })
  await moveClockTo(service, series.meetings[0]!.endsAt)
  const second = await meetingAt(1)
  const research = second.agenda.find(({ itemId }) => itemId === 'research')
  expect(research).toMatchObject({ rank: 1, reasons: ['carried-over'] })
  expect(second.agenda.find(({ itemId }) => itemId === item)).toMatchObject({ isCarried: true, done: false })
  expect(second.agenda.at(-1)?.itemId).toBe('wrap')
  await mentor.put(`${pathOf(1)}/agenda/${item}`, { title: 'My parking space', done: true })
  expect((await meetingAt(1)).agenda.find(({ itemId }) => itemId === item)).toMatchObject({
    isCarried: false,
    done: true,
  })
})

test('the agenda stays with its meeting when somebody moves the calendar item', async () => {
  await mentee.put(`${pathOf(2)}/priorities`, { areas: ['teaching', 'clinical'], needs: ['decide'] })
  const stored = (await service.services.series.get(series.seriesId))!.series
  const meeting = stored.meetings[2]!
  const { eventId, draft } = stored.events.find(({ key }) => key === meeting.eventKey)!
  const { calendar } = service.services.graph.asPerson(mentee.accessToken)
  const date = Temporal.PlainDate.from(draft.time.date).add({ days: 3 }).toString()
  await calendar.moveEvent(pair.mentee.id, eventId!, { ...draft.time, date })
  const { body } = await mentee.get(`/api/meetings/by-event?eventId=${encodeURIComponent(eventId!)}`)
  expect(body).toMatchObject({
    meetingId: meeting.id,
    priorities: { areas: ['teaching', 'clinical'], needs: ['decide'] },
  })
})
