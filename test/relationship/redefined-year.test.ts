import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from '../work/practice-clock.ts'

let service: RunningService
let cast: Cast
let mentee: Caller
let mentor: Caller
let relationship: string
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  const pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
  series = await bookBest(mentee, pair.relationshipId)
}, 60_000)
afterAll(() => service.close())

const put = async (by: Caller, path: string, body?: object) => {
  const answer = await by.put(`${relationship}${path}`, body)
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
const state = async () => (await mentee.get(relationship)).body.state
/** The year goes on to the end of a meeting, and both say that they met. */
const meet = async (index: number) => {
  const { meetingId, endsAt } = series.meetings[index]!
  await moveClockTo(service, endsAt)
  for (const by of [mentee, mentor]) await put(by, `/meetings/${meetingId}/attestation`, { met: true, minutes: 40 })
}
const review = async (decisions: readonly [string, string]) => {
  const { review: round } = await put(mentor, '/review')
  const answers = { kind: 'review', works: 'Canary-works', worksNot: 'Canary-not', challenges: 'Canary-left' }
  const path = `/feedback/${round.roundId}/answer`
  await put(mentee, path, { ...answers, decision: decisions[0] })
  await put(mentor, path, { ...answers, decision: decisions[1] })
}

test('a year with a no, two reviews and feedback ends in another focus, and the programme learns dates alone', async () => {
  await meet(0)
  expect(await state()).toBe('active')

  // Somebody asks for too much, and the mentor lends a no.
  const request = `/requests/${randomUUID()}`
  const asked = { title: 'Canary-chapter', hours: 40, rhythm: 'once', goalIds: [], decision: 'open' }
  await put(mentee, request, asked)
  await put(mentor, `${request}/answer`, { choice: 'decline', mayMentionMentor: true, revision: 1 })
  await put(mentee, request, { ...asked, decision: 'declined', revision: 2 })

  await meet(1)
  await meet(2)
  await review(['continue', 'modify'])
  expect(await state()).toBe('active')

  await meet(3)
  const { feedback } = (await mentee.get(`${relationship}/feedback`)).body
  const answer = `/feedback/${feedback.roundId}/answer`
  await put(mentor, answer, { kind: 'feedback', helps: 'Canary-helps', change: '', willDo: '' })
  const { past } = await put(mentee, answer, { kind: 'feedback', helps: '', change: 'Canary-change', willDo: '' })
  expect(past[0]).toMatchObject({ theirs: { helps: 'Canary-helps' } })
  const paper = { kind: 'achievement', type: 'paper', title: 'Canary-paper', date: '2027-09-01' }
  await put(mentee, `/record/${randomUUID()}`, paper)

  await meet(4)
  await review(['continue', 'continue'])
  expect(await state()).toBe('active')

  // The first aims are reached; both want to go on with something else.
  const homework = `/homework/${randomUUID()}`
  await put(mentee, homework, { title: 'Canary-homework', owner: 'mentee', done: false })
  await put(mentor, '/ending')
  expect(await state()).toBe('transition')
  for (const by of [mentee, mentor]) {
    await put(by, '/ending/part', { wish: 'change-of-focus', steps: ['tell'], thanks: 'Canary-thanks' })
  }
  const early = await mentee.put(`${relationship}/ending/settlement`, { form: 'change-of-focus' })
  expect(early).toMatchObject({ status: 409, body: { code: 'homework-still-open' } })
  await put(mentee, homework, { title: 'Canary-homework', owner: 'mentee', done: true, revision: 1 })
  await put(mentee, '/ending/settlement', { form: 'change-of-focus' })
  expect(await state()).toBe('active')

  // Each takes along what is theirs to read, and a mentor the hours.
  const record = JSON.stringify((await mentor.get(`${relationship}/export`)).body)
  for (const text of ['chapter', 'works', 'helps', 'change', 'paper', 'homework', 'thanks'])
    expect(record).toContain(`Canary-${text}`)
  const effort = (await mentor.get('/api/effort?from=2026-01-01&to=2028-12-31')).body.rows
  expect(effort.map(({ minutes }: { minutes: number }) => minutes)).toEqual([40, 40, 40, 40, 40])

  const seen = await cast.coordinator.get(`/api/programmes/${cast.programmeId}/pairs`)
  expect(JSON.stringify(seen.body)).not.toContain('Canary')
  const opened = (await mentee.get(`${relationship}/feedback`)).body
  expect(opened.review).toBeUndefined()
}, 60_000)
