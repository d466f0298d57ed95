import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { AGREEMENT_SECTIONS } from '../../shared/templates/agreement.ts'
import { bookBest, YEAR_ONE } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

// Whole lives of a pair, told month by month through the API on the practice clock.

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let mentor: Caller
let relationship: string
beforeEach(async () => {
  service = await startService()
  cast = await castOf(service)
  pair = cast.pairs.find(({ mentee: { userPrincipalName } }) => userPrincipalName.startsWith('amara'))!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
})
afterEach(() => service.close())

const arrive = (now: string) => send('POST', `${service.address}/practice/clock`, { body: { now } })
/** Where it stands for both of them and the coordinator: the same state, each with their own next steps. */
async function standing() {
  const [own, mentors, coordinators] = await Promise.all(
    [mentee, mentor, cast.coordinator].map(async (caller) => (await caller.get(`${relationship}/standing`)).body),
  )
  expect([mentors.state, coordinators.state]).toEqual([own.state, own.state])
  const steps = (view: { nextSteps: { id: string }[] }) => view.nextSteps.map(({ id }) => id).join(' ')
  return { state: own.state, mentee: steps(own), mentor: steps(mentors), coordinator: steps(coordinators) }
}
async function ok(answer: Promise<{ readonly status: number; readonly body: unknown }>) {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBe(200)
}
/** The hour after a meeting, and both say that they met. */
async function meet({ meetings }: SeriesView, number: number) {
  const { meetingId, endsAt } = meetings[number - 1]!
  await arrive(endsAt)
  const attestation = `${relationship}/meetings/${meetingId}/attestation`
  await ok(mentee.put(attestation, { met: true }))
  await ok(mentor.put(attestation, { met: true }))
}
async function signByBoth() {
  for (const caller of [mentee, mentor]) {
    const { version, revision } = (await caller.get(`${relationship}/agreement`)).body.current
    await ok(caller.put(`${relationship}/agreement/signature`, { version, revision }))
  }
}
async function review(menteeDecision: string, mentorDecision: string) {
  const { roundId } = (await mentee.get(`${relationship}/feedback`)).body.review
  const answer = (decision: string) => ({ kind: 'review', works: 'Much', worksNot: '', challenges: '', decision })
  await ok(mentee.put(`${relationship}/feedback/${roundId}/answer`, answer(menteeDecision)))
  await ok(mentor.put(`${relationship}/feedback/${roundId}/answer`, answer(mentorDecision)))
}

test('a year: five meetings, an agreement, a break and two reviews, after which the two go on with another focus', async () => {
  expect(await standing()).toEqual({
    state: 'assigned',
    mentee: 'say-hello book-first-meeting',
    mentor: 'say-hello',
    coordinator: '',
  })
  await ok(mentor.put(`${relationship}/contact`, { answered: true }))
  expect((await standing()).mentor).toBe('')

  // Month 1
  const series = await bookBest(mentee, pair.relationshipId)
  expect(series.meetings).toHaveLength(5)
  expect((await standing()).state).toBe('forming')
  await meet(series, 1)
  expect(await standing()).toEqual({
    state: 'active',
    mentee: 'sign-agreement',
    mentor: 'sign-agreement',
    coordinator: '',
  })
  const sections = AGREEMENT_SECTIONS.map(({ id, clauses }) => ({ id, clauses: clauses.map((clause) => clause.id) }))
  await ok(mentee.put(`${relationship}/agreement`, { sections }))
  await signByBoth()
  expect((await standing()).mentee).toBe('')
  const { agreement, dates } = (await cast.coordinator.get(`${relationship}/standing`)).body
  expect(agreement).toEqual({ isSigned: true, isOpen: false, signedAt: expect.any(String) })
  const on = (id: string): string => dates.find((date: { id: string }) => date.id === id).on

  // Months 3 and 6
  await meet(series, 2)
  expect((await standing()).state).toBe('active')
  await meet(series, 3)
  await arrive(`${on('review')}T15:00:00Z`)
  expect(await standing()).toMatchObject({ state: 'reviewing', mentee: 'review', mentor: 'review', coordinator: '' })
  await review('continue', 'continue')
  expect((await standing()).state).toBe('active')

  // Month 7: a break, which ends by itself.
  await ok(mentee.put(`${relationship}/pause`, { resumeDate: '2027-08-16' }))
  await arrive('2027-08-10T15:00:00Z')
  expect(await standing()).toMatchObject({ state: 'paused', mentee: 'go-on', mentor: 'go-on' })
  await arrive('2027-08-16T15:00:00Z')
  expect((await standing()).state).toBe('active')

  // Months 9 and 12
  await meet(series, 4)
  await meet(series, 5)
  await arrive(`${on('term-end')}T15:00:00Z`)
  expect(await standing()).toMatchObject({ state: 'reviewing', mentee: 'review' })
  await review('end', 'continue')
  expect(await standing()).toEqual({ state: 'transition', mentee: 'close', mentor: 'close', coordinator: '' })
  for (const caller of [mentee, mentor]) {
    await ok(caller.put(`${relationship}/ending/part`, { wish: 'change-of-focus', steps: ['tell'] }))
  }
  await ok(mentee.put(`${relationship}/ending/settlement`, { form: 'change-of-focus' }))
  expect(await standing()).toMatchObject({
    state: 'active',
    mentee: 'book-next-meeting sign-agreement',
    mentor: 'sign-agreement',
  })
  // The agreement is read again: as it is, it becomes a version of its own to sign.
  const { current } = (await mentee.get(`${relationship}/agreement`)).body
  await ok(mentee.put(`${relationship}/agreement`, { sections, version: current.version, revision: current.revision }))
  await signByBoth()
  expect((await mentor.get(`${relationship}/agreement`)).body).toMatchObject({ isOpen: false, current: { version: 2 } })
}, 120_000)

test('one that stalls: nobody is blamed, help comes step by step, and another mentor is found', async () => {
  await ok(mentee.put(`${relationship}/contact`, { answered: false }))
  await arrive('2026-12-01T15:00:00Z')
  expect((await standing()).state).toBe('assigned')
  await ok(mentee.put(`${relationship}/contact`, { answered: false }))
  expect(await standing()).toEqual({ state: 'stalled', mentee: 'find-a-date', mentor: '', coordinator: '' })
  await arrive('2026-12-08T15:00:00Z')
  expect(await standing()).toMatchObject({ mentee: 'find-a-date', mentor: 'find-a-date', coordinator: '' })
  expect((await cast.coordinator.put(`${relationship}/rematch`, undefined)).status).toBe(403)
  await arrive('2026-12-15T15:00:00Z')
  expect((await standing()).coordinator).toBe('offer-help')
  await ok(cast.coordinator.put(`${relationship}/rematch`, undefined))
  expect(await standing()).toEqual({
    state: 'rematch',
    mentee: 'await-another-mentor',
    mentor: '',
    coordinator: 'find-another-mentor',
  })
  const another = cast.pairs.find((other) => other.mentor.id !== pair.mentor.id && other.mentee.id !== pair.mentee.id)!
  await ok(
    cast.coordinator.put(`/api/relationships/${randomUUID()}`, {
      menteeId: pair.mentee.id,
      mentorId: another.mentor.id,
      programmeId: cast.programmeId,
    }),
  )
  expect(await standing()).toEqual({ state: 'ended', mentee: '', mentor: '', coordinator: '' })
}, 60_000)

test('one that is ended early: by either, without a reason, once homework is settled', async () => {
  const monthly = { plan: { ...YEAR_ONE, templateId: 'quarterly-45' } }
  const series = await bookBest(mentee, pair.relationshipId, monthly)
  await meet(series, 1)
  const homework = `${relationship}/homework/${randomUUID()}`
  const task = { title: 'Read the grant call', owner: 'mentor' }
  await ok(mentor.put(homework, { ...task, done: false }))
  await arrive('2027-02-20T15:00:00Z')
  await ok(mentor.put(`${relationship}/ending`, undefined))
  expect((await standing()).state).toBe('transition')
  expect((await mentor.put(`${relationship}/ending/settlement`, { form: 'end' })).body.code).toBe('homework-still-open')
  await ok(mentor.put(homework, { ...task, done: true, revision: 1 }))
  await ok(mentor.put(`${relationship}/ending/settlement`, { form: 'end' }))
  expect(await standing()).toEqual({ state: 'ended', mentee: '', mentor: '', coordinator: '' })
  // Nothing brings it back by itself, and nobody is reminded of it any more.
  await arrive('2028-02-20T15:00:00Z')
  expect((await standing()).state).toBe('ended')
  expect((await mentee.put(`${relationship}/pause`, { resumeDate: '2028-03-01' })).body.code).toBe('not-in-this-state')
}, 60_000)
