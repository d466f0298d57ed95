import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'
import { moveClockTo } from './practice-clock.ts'

let service: RunningService
let cast: Cast
let mentee: Caller
let mentor: Caller
let relationship: string
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  const [pair] = cast.pairs
  mentee = await cast.as(pair!.mentee)
  mentor = await cast.as(pair!.mentor)
  relationship = `/api/relationships/${pair!.relationshipId}`
  series = await bookBest(mentee, pair!.relationshipId)
}, 60_000)
afterAll(() => service.close())

const meetingPath = (index: number) => `${relationship}/meetings/${series.meetings[index]!.meetingId}`
const rowOf = async () => {
  const { body } = await cast.coordinator.get(`/api/programmes/${cast.programmeId}/pairs`)
  return body.pairs.find(({ relationshipId }: { relationshipId: string }) => relationship.endsWith(relationshipId))
}

test('nothing can be said of a meeting before it begins', async () => {
  expect(await mentee.get(`${meetingPath(0)}/wrap-up`)).toMatchObject({
    status: 200,
    body: { isOpen: false, decisions: [], held: { state: 'open' }, statements: {} },
  })
  expect(await mentee.put(`${meetingPath(0)}/attestation`, { met: true })).toMatchObject({
    status: 409,
    body: { code: 'attestation-not-open' },
  })
  expect((await mentee.get(`${relationship}/wrap-ups`)).body).toEqual({ wrapUps: [] })
})

describe('after the first meeting', () => {
  beforeAll(() => moveClockTo(service, series.meetings[0]!.endsAt))

  test('the next booked meeting is shown and kept', async () => {
    const { body } = await mentor.get(`${meetingPath(0)}/wrap-up`)
    expect(body).toMatchObject({ isOpen: true, nextMeeting: { meetingId: series.meetings[1]!.meetingId } })
  })

  test('decisions are the same for both, and nobody overwrites what they did not see', async () => {
    const decisions = ['Submit by March', 'Ask for a statistician']
    const first = await mentee.put(`${meetingPath(0)}/decisions`, { decisions })
    expect(first).toMatchObject({ status: 200, body: { decisions, revision: 1 } })
    expect((await mentee.put(`${meetingPath(0)}/decisions`, { decisions })).body).toEqual(first.body)
    expect(await mentor.put(`${meetingPath(0)}/decisions`, { decisions: ['Something else'] })).toMatchObject({
      status: 409,
      body: { code: 'edited-meanwhile' },
    })
    expect((await mentor.get(`${meetingPath(0)}/wrap-up`)).body.decisions).toEqual(decisions)
  })

  test('one says that they met; it counts for the programme when the other confirms', async () => {
    const date = series.meetings[0]!.startsAt.slice(0, 10)
    const said = await mentee.put(`${meetingPath(0)}/attestation`, { met: true, date, minutes: 50 })
    expect(said.body.held).toMatchObject({ state: 'awaiting', minutes: 50 })
    expect(await rowOf()).toMatchObject({ held: 0, state: 'forming' })
    const confirmed = await mentor.put(`${meetingPath(0)}/attestation`, { met: true, date, minutes: 40 })
    expect(confirmed.body.held).toEqual({ state: 'held', minutes: 40 })
    const row = await rowOf()
    // A meeting that both confirmed makes a relationship active.
    expect(row).toMatchObject({ held: 1, state: 'active' })
    expect(row.meetings[0]).toMatchObject({ held: true, heldMinutes: 40 })
    expect(row.meetings[1]).not.toHaveProperty('held')
  })

  test('no mail holds what was decided', async () => {
    const mails = await send('GET', `${service.address}/practice/outbox`)
    expect(JSON.stringify(mails.body)).not.toContain('statistician')
  })
})

describe('after the second meeting', () => {
  beforeAll(() => moveClockTo(service, series.meetings[1]!.endsAt))

  test('the other one can say that they did not meet, and the programme sees neither', async () => {
    await mentor.put(`${meetingPath(1)}/attestation`, { met: true, minutes: 45 })
    const { body } = await mentee.put(`${meetingPath(1)}/attestation`, { met: false })
    expect(body.held).toEqual({ state: 'differing' })
    expect((await rowOf()).meetings[1]).not.toHaveProperty('held')
  })

  test('meetings are listed newest first', async () => {
    const { body } = await mentee.get(`${relationship}/wrap-ups`)
    expect(body.wrapUps.map(({ meetingId }: { meetingId: string }) => meetingId)).toEqual([
      series.meetings[1]!.meetingId,
      series.meetings[0]!.meetingId,
    ])
  })
})

describe('after the last meeting', () => {
  beforeAll(() => moveClockTo(service, series.meetings.at(-1)!.endsAt))
  const last = () => `${meetingPath(series.meetings.length - 1)}`

  test('silence for 14 days counts as a yes', async () => {
    await mentor.put(`${last()}/attestation`, { met: true, minutes: 45 })
    expect((await rowOf()).meetings.at(-1)).not.toHaveProperty('held')
    await moveClockTo(
      service,
      new Date(Date.parse(series.meetings.at(-1)!.endsAt) + 14 * 86_400_000 + 60_000).toISOString(),
    )
    expect((await rowOf()).meetings.at(-1)).toMatchObject({ held: true, heldMinutes: 45 })
    expect(await mentee.put(`${last()}/attestation`, { met: false })).toMatchObject({
      status: 409,
      body: { code: 'attestation-not-open' },
    })
  })

  test('no next date is planned, for a reason that can be taken back, or one of the offered dates is booked', async () => {
    expect((await mentee.get(`${last()}/wrap-up`)).body).not.toHaveProperty('nextMeeting')
    const none = await mentee.put(`${last()}/next-date`, { reason: 'away' })
    expect(none).toMatchObject({ status: 200, body: { nonePlanned: 'away' } })
    expect((await mentee.put(`${last()}/next-date`, {})).body).not.toHaveProperty('nonePlanned')

    const plan = { kind: 'windows', windows: [{ from: '2028-01-10', to: '2028-03-06' }] }
    const { body } = await mentee.post(`${relationship}/proposals`, { plan, minutes: 45, limit: 20 })
    const { startsAt } = body.proposals[0].meetings[0]
    const booked = await mentee.put(`${relationship}/series/${randomUUID()}`, {
      plan,
      minutes: 45,
      meetings: [{ window: 0, startsAt }],
    })
    expect(booked.status).toBe(202)
    expect((await mentee.get(`${last()}/wrap-up`)).body.nextMeeting).toMatchObject({ startsAt })
  })
})
