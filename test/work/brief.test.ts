import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from './practice-clock.ts'

let service: RunningService
let mentee: Caller
let mentor: Caller
let relationship: string
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
  expect(await mentee.get(`${relationship}/next-brief`)).toMatchObject({ status: 404 })
  series = await bookBest(mentee, pair.relationshipId)
}, 60_000)
afterAll(() => service.close())

const pathOf = (index: number) => `${relationship}/meetings/${series.meetings[index]!.meetingId}`
const text = {
  done: 'Paper submitted',
  wentWell: 'Protected mornings',
  wentNot: 'Two calls in a row',
  barriers: '',
  questions: ['Which journal next?', 'Should I join the committee?'],
}

test('the mentor sees that a brief is to come, and its text only once it is shared', async () => {
  const draft = await mentee.put(`${pathOf(0)}/brief`, { ...text, isShared: false })
  expect(draft).toMatchObject({ status: 200, body: { text, revision: 1 } })
  const before = (await mentor.get(`${pathOf(0)}/brief`)).body
  expect(before).not.toHaveProperty('text')
  expect(before).not.toHaveProperty('revision')
  expect(JSON.stringify(before)).not.toContain('Protected mornings')

  const shared = await mentee.put(`${pathOf(0)}/brief`, { ...text, isShared: true, revision: 1 })
  expect(shared.body.sharedAt).toEqual(expect.any(String))
  expect((await mentor.get(`${pathOf(0)}/brief`)).body).toMatchObject({ text, sharedAt: shared.body.sharedAt })
  const edited = await mentee.put(`${pathOf(0)}/brief`, { ...text, barriers: 'Time', isShared: true, revision: 2 })
  expect(edited.body.sharedAt).toBe(shared.body.sharedAt)
  expect((await mentor.put(`${pathOf(0)}/brief`, { ...text, isShared: true, revision: 3 })).status).toBe(403)
})

test('nobody is shown the other one\u2019s private note', async () => {
  await mentee.put(`${pathOf(0)}/note`, { text: 'Ask about leaving' })
  await mentor.put(`${pathOf(0)}/note`, { text: 'Seems tired' })
  expect((await mentee.get(`${pathOf(0)}/brief`)).body.note).toEqual({ text: 'Ask about leaving', revision: 1 })
  const seen = (await mentor.get(`${pathOf(0)}/brief`)).body
  expect(seen.note).toEqual({ text: 'Seems tired', revision: 1 })
  expect(JSON.stringify(seen)).not.toContain('leaving')
})

test('the first meeting\u2019s brief is due fourteen days ahead, the second\u2019s three, and the pair alone sees the rate', async () => {
  const days = async (index: number) => {
    const { startsAt, dueAt } = (await mentee.get(`${pathOf(index)}/brief`)).body
    return Temporal.Instant.from(dueAt).until(startsAt).total('hours') / 24
  }
  expect(await days(1)).toBe(3)
  expect(await days(0)).toBeLessThanOrEqual(14)

  await moveClockTo(service, series.meetings[1]!.endsAt)
  const second = await mentee.put(`${pathOf(1)}/brief`, { ...text, isShared: true })
  expect(second.body.prep).toEqual({ onTime: 1, due: 2 })
})

test('the next brief is assembled from what was done since the last meeting', async () => {
  const task = { title: 'Draft the aims', owner: 'mentee' }
  const path = `${relationship}/homework/${randomUUID()}`
  await mentee.put(path, { ...task, done: false })
  await mentee.put(path, { ...task, done: true, revision: 1 })
  await mentee.put(`${relationship}/homework/${randomUUID()}`, { title: 'Call the dean', owner: 'mentor', done: false })
  await mentee.put(`${relationship}/goals/${randomUUID()}`, {
    title: 'Grant',
    horizon: 'long',
    state: 'open',
    barriers: 'No statistician',
  })
  const { body } = await mentee.get(`${relationship}/next-brief`)
  expect(body).toMatchObject({
    meetingId: series.meetings[2]!.meetingId,
    suggestion: { done: 'Draft the aims', barriers: 'Grant: No statistician' },
    goals: [{ title: 'Grant', horizon: 'long', state: 'open' }],
    openHomework: [{ title: 'Call the dean', owner: 'mentor' }],
  })
  expect((await mentor.get(`${relationship}/next-brief`)).body).not.toHaveProperty('suggestion')
})
