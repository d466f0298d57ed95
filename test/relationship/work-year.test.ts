import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeetingView } from '../../shared/api/meetings.ts'
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
let relationshipId: string
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  const pair = cast.pairs[0]!
  relationshipId = pair.relationshipId
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${relationshipId}`
  series = await bookBest(mentee, relationshipId)
}, 60_000)
afterAll(() => service.close())

/** What the mentee puts first at each meeting, and which of it the two get to. */
const YEAR = [
  { first: ['career', 'worklife'], reached: ['career', 'worklife'] },
  { first: ['advise', 'research'], reached: ['advise'] },
  { first: ['research', 'clinical'], reached: ['research', 'clinical'] },
  { first: ['opps', 'teaching'], reached: ['opps', 'teaching'] },
  { first: ['advise', 'advocate'], reached: ['advise', 'advocate'] },
] as const

const put = async (by: Caller, path: string, body: object) => {
  const answer = await by.put(path, body)
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}

test('a year of five meetings, each prepared, ranked, held, wrapped up and followed up', async () => {
  const homework: string[] = []
  for (const [index, { first, reached }] of YEAR.entries()) {
    const { meetingId, startsAt, endsAt } = series.meetings[index]!
    const meeting = `${relationship}/meetings/${meetingId}`

    // Before: a week ahead of the date on which it is due, the brief is mentioned; then it is shared.
    const { dueAt } = (await mentee.get(`${meeting}/brief`)).body
    const aDayBefore = Temporal.Instant.from(dueAt).subtract({ hours: 24 })
    if (index > 0) await moveClockTo(service, aDayBefore.toString())
    const { reminders } = (await mentee.get('/api/me/reminders?timeZone=UTC')).body
    expect(reminders.some((one: { meetingId?: string }) => one.meetingId === meetingId)).toBe(index > 0)
    const brief = await put(mentee, `${meeting}/brief`, {
      done: '',
      wentWell: `Quarter ${index + 1}`,
      wentNot: '',
      barriers: '',
      questions: ['What next?'],
      isShared: true,
    })
    // Homework of the last meeting was done, and the assembled brief says so.
    if (index > 0) expect((await mentee.get(`${meeting}/brief`)).body.openHomework).toEqual([])
    expect(brief.sharedAt).toBeDefined()

    const proposed: MeetingView = (await mentee.get(meeting)).body
    if (index === 2) {
      // Research was put off at the second meeting.
      expect(proposed.priorities.areas[0]).toBe('research')
    }
    await put(mentee, `${meeting}/priorities`, { areas: [...first], needs: ['advise'] })

    // In the meeting.
    await moveClockTo(service, startsAt)
    const seen: MeetingView = (await mentor.get(meeting)).body
    expect(seen.agenda.filter(({ rank }) => rank !== undefined).map(({ itemId }) => itemId)).toEqual([...first])
    for (const area of reached) await put(mentor, `${meeting}/agenda/${area}`, { done: true })

    // After it: homework for both, decisions, and that they met.
    await moveClockTo(service, endsAt)
    for (const owner of ['mentee', 'mentor'] as const) {
      const id = randomUUID()
      homework.push(id)
      await put(mentee, `${relationship}/homework/${id}`, { title: `Task ${index}`, owner, done: false, meetingId })
    }
    await put(mentor, `${meeting}/decisions`, { decisions: [`Decision ${index + 1}`] })
    const wrapUp = await put(mentee, `${meeting}/attestation`, { met: true, minutes: 45 })
    expect(wrapUp.nextMeeting?.meetingId).toBe(series.meetings[index + 1]?.meetingId)
    await put(mentor, `${meeting}/attestation`, { met: true, minutes: 45 })
    expect((await mentee.get(relationship)).body.state).toBe('active')
    const open: { homeworkId: string; revision: number; title: string; owner: string }[] = (
      await mentee.get(`${relationship}/homework`)
    ).body.homework.filter(({ done }: { done: boolean }) => !done)
    for (const { homeworkId, revision, title, owner } of open) {
      const by = owner === 'mentee' ? mentee : mentor
      await put(by, `${relationship}/homework/${homeworkId}`, { title, owner, done: true, revision, meetingId })
    }
  }

  const { wrapUps } = (await mentor.get(`${relationship}/wrap-ups`)).body
  expect(wrapUps.map(({ decisions }: { decisions: string[] }) => decisions[0])).toEqual(
    [5, 4, 3, 2, 1].map((number) => `Decision ${number}`),
  )
  const last = `${relationship}/meetings/${series.meetings[4]!.meetingId}`
  expect((await mentor.get(`${last}/brief`)).body.prep).toEqual({ onTime: 5, due: 5 })
  expect((await mentee.put(`${last}/next-date`, { reason: 'term-over' })).body).toMatchObject({
    nonePlanned: 'term-over',
  })
  expect(homework).toHaveLength(10)

  // The coordinator sees that five meetings were held, and nothing of what is in them.
  const { body } = await cast.coordinator.get(`/api/programmes/${cast.programmeId}/pairs`)
  const row = body.pairs.find((one: { relationshipId: string }) => one.relationshipId === relationshipId)
  expect(row).toMatchObject({ held: 5 })
  expect(JSON.stringify(body)).not.toMatch(/Decision|Quarter|Task \d|term-over/)
}, 120_000)
