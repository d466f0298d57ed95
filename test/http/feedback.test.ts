import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { advanceRelationship } from '../../server/use-cases/pair/advance-relationship.ts'
import type { QuestionView } from '../../shared/api/growth.ts'
import type { LifecycleEvent } from '../../shared/domain/lifecycle.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let mentor: Caller
let relationship: string
let used = 0
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
})
afterAll(() => service.close())
// A pair of their own for each test, after its first meeting.
beforeEach(async () => {
  pair = cast.pairs[used++]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
  await happen({ kind: 'meeting-held', at: '2026-11-20T17:00:00Z' })
})

async function happen(event: LifecycleEvent) {
  const [known] = await service.services.relationships.listOf(await tenantId(), pair.mentee.id)
  await advanceRelationship(service.services, { tenantId: known!.tenantId, relationshipId: pair.relationshipId }, event)
}
const tenantId = async () => JSON.parse(atob(mentee.accessToken.split('.')[1]!)).tid as string
const state = async () => (await mentee.get(relationship)).body.state
const overview = async (caller: Caller) => (await caller.get(`${relationship}/feedback`)).body
const review = (decision: string, works = 'The pace') => ({
  kind: 'review',
  works,
  worksNot: 'The hours',
  challenges: 'Time',
  decision,
})
const feedback = (helps: string) => ({ kind: 'feedback', helps, change: 'Earlier agendas', willDo: 'Come prepared' })

/** Everything that reaches somebody, but the request's own number and the moment. */
async function received(caller: Caller, path: string) {
  const { status, headers, body } = await caller.get(path)
  const fixed = [...headers].filter(([name]) => !/^(date|x-ratelimit-.*|content-security-policy)$/.test(name))
  return JSON.stringify({ status, headers: fixed, body })
}

test('nothing that the other or a coordinator receives changes with what an unmatched answer says', async () => {
  const { feedback: round } = await overview(mentee)
  const answer = `${relationship}/feedback/${round.roundId}/answer`
  const looks = async () => [
    await received(mentor, `${relationship}/feedback`),
    await received(mentor, relationship),
    await received(mentor, '/api/relationships'),
    await received(cast.coordinator, `/api/programmes/${cast.programmeId}/members`),
    JSON.stringify((await cast.coordinator.get(`/api/programmes/${cast.programmeId}/pairs`)).body.pairs),
  ]
  await mentee.put(answer, feedback('Short'))
  const first = await looks()
  for (const text of ['', 'x'.repeat(4000), 'Canary 7f3a', '\u202e{}"\\u0000<b>', 'end', '漢字'.repeat(200)]) {
    expect((await mentee.put(answer, feedback(text))).status).toBe(200)
    expect(await looks()).toEqual(first)
  }
  expect(first.join()).not.toContain('Canary')
  expect((await overview(mentor)).feedback).toEqual({
    roundId: round.roundId,
    kind: 'feedback',
    hasOtherAnswered: true,
  })
})

test('the list of who changed what does not tell the other that or when somebody answered', async () => {
  const { feedback: round } = await overview(mentee)
  const changes = async (caller: Caller) =>
    (await caller.get(`${relationship}/access-log`)).body.entries.filter(
      ({ outcome, things }: { outcome: string; things: string[] }) =>
        outcome === 'changed' && things.includes('feedbackRounds'),
    )
  await mentee.put(`${relationship}/feedback/${round.roundId}/answer`, feedback('Short'))
  expect(await changes(mentor)).toEqual([])
  expect(await changes(mentee)).toEqual([
    { at: expect.any(String), by: expect.anything(), outcome: 'changed', things: ['feedbackRounds'] },
  ])
})

test('both answers are shown when the second is in; then they stay, and a next round is open', async () => {
  const { roundId } = (await overview(mentee)).feedback
  const answer = `${relationship}/feedback/${roundId}/answer`
  await mentee.put(answer, feedback('Honesty'))
  const shown = await mentor.put(answer, feedback('Preparation'))
  expect(shown.body.past[0]).toMatchObject({ roundId, mine: { helps: 'Preparation' }, theirs: { helps: 'Honesty' } })
  expect((await overview(mentee)).past[0]).toMatchObject({ theirs: { helps: 'Preparation' } })
  expect((await overview(mentee)).feedback.roundId).not.toBe(roundId)
  // A repeat after a lost answer is no change; anything else is refused.
  expect(await mentor.put(answer, feedback('Preparation'))).toMatchObject({ status: 200, body: shown.body })
  const refused = { status: 409, body: { code: 'already-revealed' } }
  expect(await mentor.put(answer, feedback('Another'))).toMatchObject(refused)
  expect(await mentee.delete(answer)).toMatchObject(refused)
})

test('an answer can be taken back while it is alone', async () => {
  const { roundId } = (await overview(mentee)).feedback
  const answer = `${relationship}/feedback/${roundId}/answer`
  await mentee.put(answer, feedback('Too frank'))
  expect((await mentee.delete(answer)).body.feedback).toEqual({ roundId, kind: 'feedback', hasOtherAnswered: false })
  expect((await mentee.delete(answer)).status).toBe(200)
  const mine = await mentor.put(answer, feedback('Mine'))
  expect(mine.body).toMatchObject({ feedback: { hasOtherAnswered: false }, past: [] })
})

test('two answers at the same moment are both there and both shown', async () => {
  const { roundId } = (await overview(mentee)).feedback
  const answer = `${relationship}/feedback/${roundId}/answer`
  const answers = await Promise.all([mentee.put(answer, feedback('A')), mentor.put(answer, feedback('B'))])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await overview(mentee)).past).toMatchObject([{ mine: { helps: 'A' }, theirs: { helps: 'B' } }])
})

test.each([
  ['continue', 'continue', 'active', false],
  ['continue', 'modify', 'active', true],
  ['end', 'continue', 'transition', false],
])('a review with %s and %s leads to %s', async (one, another, after, reopens) => {
  await happen({ kind: 'agreement-signed' })
  const started = await mentor.put(`${relationship}/review`, undefined)
  expect(started).toMatchObject({ status: 200, body: { review: { kind: 'review', hasOtherAnswered: false } } })
  expect((await mentee.put(`${relationship}/review`, undefined)).body.review).toEqual(started.body.review)
  const answer = `${relationship}/feedback/${started.body.review.roundId}/answer`
  await mentee.put(answer, review(one))
  expect(await state()).toBe('reviewing')
  expect((await overview(mentor)).review).not.toHaveProperty('theirs')
  await mentor.put(answer, review(another))
  expect(await state()).toBe(after)
  expect((await overview(mentee)).review).toBeUndefined()
  const [known] = await service.services.relationships.listOf(await tenantId(), pair.mentee.id)
  expect(known!.course.agreement?.openedAt !== undefined).toBe(reopens)
})

test('a review that is called off shows nothing, and both go on', async () => {
  const { body } = await mentee.put(`${relationship}/review`, undefined)
  await mentee.put(`${relationship}/feedback/${body.review.roundId}/answer`, review('end', 'Nothing any more'))
  expect((await mentor.delete(`${relationship}/review`)).status).toBe(200)
  expect(await state()).toBe('active')
  expect(JSON.stringify(await overview(mentor))).not.toContain('Nothing any more')
  expect((await overview(mentee)).past[0]).toMatchObject({ mine: { works: 'Nothing any more' } })
  expect((await mentor.delete(`${relationship}/review`)).status).toBe(200)
  expect(await state()).toBe('active')
  // The next review is a new one.
  const next = await mentor.put(`${relationship}/review`, undefined)
  expect(next.body.review).toMatchObject({ hasOtherAnswered: false })
})

test('an answer to a review that lapsed does not meet one of the next review', async () => {
  const { body } = await mentee.put(`${relationship}/review`, undefined)
  await mentee.put(`${relationship}/feedback/${body.review.roundId}/answer`, review('end', 'Half a year ago'))
  await happen({ kind: 'review-withdrawn' })
  expect((await overview(mentee)).past[0]).toMatchObject({ mine: { works: 'Half a year ago' } })
  const next = await mentor.put(`${relationship}/review`, undefined)
  expect(next.body.review).toEqual({ roundId: expect.any(String), kind: 'review', hasOtherAnswered: false })
  await mentor.put(`${relationship}/feedback/${next.body.review.roundId}/answer`, review('continue'))
  expect(await state()).toBe('reviewing')
  expect(JSON.stringify(await overview(mentor))).not.toContain('Half a year ago')
})

test('at a review both look back, each for themselves and with the other only what they share', async () => {
  const path = `${relationship}/questions`
  const reflectionOf = async (caller: Caller): Promise<QuestionView[]> =>
    (await caller.get(path)).body.questions.filter(({ set }: QuestionView) => set === 'reflection')
  expect(await reflectionOf(mentee)).toEqual([])

  await mentor.put(`${relationship}/review`, undefined)
  const asked = { mentee: await reflectionOf(mentee), mentor: await reflectionOf(mentor) }
  expect(asked.mentee.map(({ text }) => text)).toEqual(asked.mentor.map(({ text }) => text))
  expect(asked.mentee).toHaveLength(4)
  const [kept, shared] = asked.mentor.map(({ questionId }) => `${path}/${questionId}`)
  await mentor.put(kept!, { text: 'Kept to myself', isShared: false })
  await mentor.put(shared!, { text: 'Said to both', isShared: true })
  expect((await mentee.put(shared!, { text: 'x', isShared: true, revision: 1 })).status).toBe(403)
  const seen = (await reflectionOf(mentee)).filter(({ isMine }) => !isMine)
  expect(seen.map(({ answer }) => answer?.text)).toEqual(['Said to both'])
  expect(JSON.stringify((await mentee.get(path)).body)).not.toContain('Kept to myself')
  const exported = JSON.stringify((await mentee.get(`${relationship}/export`)).body)
  expect(exported).toContain('Said to both')
  expect(exported).not.toContain('Kept to myself')
  expect((await cast.coordinator.get(path)).status).toBe(403)

  // Over, nobody is asked any more, and what was written is still there.
  await mentor.delete(`${relationship}/review`)
  expect((await reflectionOf(mentor)).map(({ isDue, answer }) => [isDue, answer?.text])).toEqual([
    [false, 'Kept to myself'],
    [false, 'Said to both'],
  ])
})

test('a review that both answered moves the pair on although the move was interrupted', async () => {
  const { body } = await mentee.put(`${relationship}/review`, undefined)
  const { roundId } = body.review
  await mentee.put(`${relationship}/feedback/${roundId}/answer`, review('modify'))
  const stored = (await service.services.feedbackRounds.find(pair.relationshipId, roundId))!
  const answers = { ...stored.value.answers, mentor: stored.value.answers.mentee! }
  const revealedAt = service.services.clock.now().toString()
  await service.services.feedbackRounds.replace({ ...stored.value, answers, revealedAt }, stored.rev)
  expect(await state()).toBe('reviewing')
  expect((await overview(mentor)).review).toBeUndefined()
  expect(await state()).toBe('active')
})

test('a round takes only answers to its own questions', async () => {
  const { roundId } = (await overview(mentee)).feedback
  const wrong = await mentee.put(`${relationship}/feedback/${roundId}/answer`, review('end'))
  expect(wrong).toMatchObject({ status: 404, body: { code: 'round-not-found' } })
  const half = { kind: 'review', works: '', worksNot: '', challenges: '' }
  const { status } = await send('PUT', `${service.address}${relationship}/feedback/${roundId}/answer`, {
    token: mentee.accessToken,
    body: half,
  })
  expect(status).toBe(400)
})
