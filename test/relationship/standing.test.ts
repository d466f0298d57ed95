import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
})
afterAll(() => service.close())

const standing = async (caller: Caller, { relationshipId }: Pick<CastPair, 'relationshipId'>) =>
  (await caller.get(`/api/relationships/${relationshipId}/standing`)).body
const both = async ({ mentee, mentor }: CastPair) => ({ mentee: await cast.as(mentee), mentor: await cast.as(mentor) })
const named = (name: string) => cast.pairs.find(({ mentee }) => mentee.userPrincipalName.startsWith(name))!
const moveClock = (now: string) => send('POST', `${service.address}/practice/clock`, { body: { now } })

test('whoever asks somebody waits for the answer, which needs no reason, and a no calls off what was booked', async () => {
  const { mentee, mentor } = named('amara')
  const [asking, asked] = [await cast.as(mentee), await cast.as(mentor)]
  const ask = async () => {
    const relationshipId = randomUUID()
    await asking.put(`/api/relationships/${relationshipId}`, { menteeId: mentee.id, mentorId: mentor.id })
    return { relationshipId, path: `/api/relationships/${relationshipId}/invitation` }
  }
  const first = await ask()
  expect(await standing(asking, first)).not.toHaveProperty('load')
  expect(await standing(asking, first)).toMatchObject({
    state: 'invited',
    may: ['withdraw'],
    nextSteps: [{ id: 'await-answer' }],
  })
  expect(await standing(asked, first)).toMatchObject({
    state: 'invited',
    may: ['accept', 'decline'],
    // Of the seeded mentors this one has the most mentees; a year with one is five meetings of 4.5 hours in all.
    load: {
      mentees: cast.pairs.filter((pair) => pair.mentor.id === mentor.id).length,
      capacity: 6,
      hoursPerMentee: 4.5,
    },
    nextSteps: [{ id: 'answer-invitation' }],
  })
  expect((await asking.put(first.path, { accept: true })).body.code).toBe('not-allowed')
  expect((await asked.put(first.path, { accept: true })).body.state).toBe('assigned')
  expect((await asked.put(first.path, { accept: true })).body.state).toBe('assigned')
  expect((await asked.put(first.path, { accept: false })).body.code).toBe('not-in-this-state')

  const second = await ask()
  const { seriesId } = await bookBest(asking, second.relationshipId)
  expect((await standing(asked, second)).state).toBe('invited')
  expect((await asked.put(second.path, { accept: false })).body).toMatchObject({ state: 'ended', may: [] })
  await vi.waitFor(
    async () => {
      const { body } = await asking.get(`/api/relationships/${second.relationshipId}/series/${seriesId}`)
      expect(body.state).toBe('cancelled')
    },
    { timeout: 15_000, interval: 50 },
  )
  expect((await asked.put(second.path, { accept: false })).body.state).toBe('ended')
}, 60_000)

test('a mentor without room is asked by no further mentee, and opts out or in by a number alone', async () => {
  const { mentee } = named('kwabena')
  const { mentor } = named('soledad')
  const [asking, own] = [await cast.as(mentee), await cast.as(mentor)]
  const path = `/api/people/${mentor.id}/mentor-load`
  const ask = () => asking.put(`/api/relationships/${randomUUID()}`, { menteeId: mentee.id, mentorId: mentor.id })
  expect((await own.get(path)).body).toEqual({ mentees: 1, capacity: 2, hoursPerMentee: 4.5 })
  expect((await own.put(path, { capacity: 0 })).body.capacity).toBe(0)
  expect(await ask()).toMatchObject({ status: 409, body: { code: 'mentor-has-no-room' } })
  await own.put(path, { capacity: 2 })
  expect((await ask()).body.state).toBe('invited')
})

test('a booked series lets the pair take shape; project meetings do not', async () => {
  const pair = named('soledad')
  const { mentee, mentor } = await both(pair)
  const project = { plan: { kind: 'template', templateId: 'project-monthly-30', startDate: '2026-12-07' }, minutes: 30 }
  await bookBest(mentee, pair.relationshipId, project)
  expect(await standing(mentor, pair)).toMatchObject({ state: 'assigned' })
  expect((await standing(mentor, pair)).nextMeetingAt).toBeUndefined()
  await bookBest(mentee, pair.relationshipId)
  expect(await standing(mentor, pair)).toMatchObject({ state: 'forming', nextMeetingAt: expect.any(String) })
}, 60_000)

test('a dual role is told to the two alone', async () => {
  const pair = named('kwabena')
  const { mentee, mentor } = await both(pair)
  const path = `/api/relationships/${pair.relationshipId}/dual-roles`
  expect((await mentor.put(path, { dualRoles: ['evaluates'] })).body.dualRoles).toEqual(['evaluates'])
  expect((await standing(mentee, pair)).dualRoles).toEqual(['evaluates'])
  expect(await standing(cast.coordinator, pair)).not.toHaveProperty('dualRoles')
})

test('a pause is either’s to begin and to end, and the other and the coordinator see its date', async () => {
  const pair = named('ingrid')
  const { mentee, mentor } = await both(pair)
  const path = `/api/relationships/${pair.relationshipId}/pause`
  expect((await mentor.put(path, { resumeDate: '2026-11-01' })).body.code).toBe('resume-date-out-of-range')
  expect((await mentor.put(path, { resumeDate: '2027-02-01' })).body).toMatchObject({ state: 'paused' })
  expect(await standing(mentee, pair)).toMatchObject({
    state: 'paused',
    nextSteps: [{ id: 'go-on', dueOn: '2027-02-01' }],
    dates: [{ id: 'resume', on: '2027-02-01' }],
    may: ['declare', 'pause', 'resume', 'ask-rematch'],
  })
  expect(await standing(cast.coordinator, pair)).toMatchObject({ state: 'paused', nextSteps: [], may: [] })
  expect((await mentee.delete(path)).body.state).toBe('assigned')
  expect((await mentee.delete(path)).body.state).toBe('assigned')
})

test('a mentor opts out without a reason, the coordinator finds another, and the first pair is over with its meetings', async () => {
  const pair = named('yuki')
  const { mentee, mentor } = await both(pair)
  const { seriesId } = await bookBest(mentee, pair.relationshipId)
  const path = `/api/relationships/${pair.relationshipId}/rematch`
  expect((await cast.coordinator.put(path, undefined)).body.code).toBe('not-allowed')
  expect((await mentor.put(path, undefined)).body.state).toBe('rematch')
  expect((await standing(mentee, pair)).nextSteps).toEqual([{ id: 'await-another-mentor' }])
  expect((await standing(cast.coordinator, pair)).nextSteps).toEqual([{ id: 'find-another-mentor' }])
  const next = `/api/relationships/${randomUUID()}`
  const people = { menteeId: pair.mentee.id, mentorId: named('samuel').mentor.id, programmeId: cast.programmeId }
  const { status, body } = await cast.coordinator.put(next, people)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.state).toBe('assigned')
  expect((await standing(mentee, pair)).state).toBe('ended')
  await vi.waitFor(
    async () => {
      const series = await mentee.get(`/api/relationships/${pair.relationshipId}/series/${seriesId}`)
      expect(series.body.state).toBe('cancelled')
    },
    { timeout: 15_000, interval: 50 },
  )
})

test('whoever asked for another mentor may take it back, and nobody else', async () => {
  const pair = named('zainab')
  const { mentee, mentor } = await both(pair)
  const path = `/api/relationships/${pair.relationshipId}/rematch`
  expect((await mentee.put(path, undefined)).body.may).toEqual(['declare', 'withdraw-rematch'])
  expect((await standing(mentor, pair)).may).toEqual(['declare'])
  expect((await mentor.delete(path)).body.code).toBe('not-allowed')
  expect((await mentee.delete(path)).body.state).toBe('assigned')
  expect((await mentee.delete(path)).body.state).toBe('assigned')
})

test('a repeated pairing leaves alone who asked for another mentor since', async () => {
  const pair = named('fatima')
  const { mentor } = await both(pair)
  const path = `/api/relationships/${randomUUID()}`
  const people = { menteeId: pair.mentee.id, mentorId: named('samuel').mentor.id, programmeId: cast.programmeId }
  expect((await cast.coordinator.put(path, people)).status).toBe(200)
  await mentor.put(`/api/relationships/${pair.relationshipId}/rematch`, undefined)
  expect((await cast.coordinator.put(path, people)).status).toBe(200)
  expect((await standing(mentor, pair)).state).toBe('rematch')
})

// Last: it moves the practice clock.
test('whom nobody looks at goes quiet by itself, and help is offered step by step until a date is found', async () => {
  const pair = named('hana')
  const { mentee } = await both(pair)
  const stored = () => service.services.relationships.find(cast.tenantId, pair.relationshipId)
  await moveClock('2026-12-24T15:00:00Z')
  await service.services.jobs.ensure({
    id: `keep-clocks|${pair.relationshipId}`,
    kind: 'keep-clocks',
    subjectId: `${cast.tenantId}|${pair.relationshipId}`,
    state: 'due',
    dueAt: 0,
    tries: 0,
  })
  service.services.wakeJobs()
  await vi.waitFor(async () => expect((await stored())?.state).toBe('stalled'), { timeout: 10_000, interval: 50 })
  expect(await stored()).toMatchObject({ checkOn: '2026-12-25', course: { quiet: 'nothing-booked' } })
  expect((await standing(mentee, pair)).nextSteps).toEqual([{ id: 'find-a-date' }])
  expect(await standing(cast.coordinator, pair)).toMatchObject({ state: 'stalled', nextSteps: [], may: [] })
  await moveClock('2027-01-08T15:00:00Z')
  expect(await standing(cast.coordinator, pair)).toMatchObject({
    nextSteps: [{ id: 'offer-help' }],
    may: ['ask-rematch'],
  })
  await bookBest(mentee, pair.relationshipId, {
    plan: { kind: 'template', templateId: 'plan.year1', startDate: '2027-01-18' },
  })
  expect((await standing(mentee, pair)).state).toBe('forming')
}, 60_000)
