import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QuestionView } from '../../shared/api/growth.ts'
import { QUESTIONS, questionsForCycle } from '../../shared/templates/questions.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from './practice-clock.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let mentor: Caller
let relationship: string
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
})
afterAll(() => service.close())

/** Of one set of questions, what somebody gets to see. */
async function questionsOf(caller: Caller, set: QuestionView['set'], path = relationship): Promise<QuestionView[]> {
  const { body } = await caller.get(`${path}/questions`)
  return body.questions.filter((question: QuestionView) => question.set === set)
}

test('a goal keeps its barriers and tells how it came to be what it is', async () => {
  const path = `${relationship}/goals/${randomUUID()}`
  const goal = { title: 'Publish', horizon: 'short', state: 'open', barriers: 'No statistician' }
  expect((await mentee.put(path, goal)).body).toMatchObject({ barriers: 'No statistician', history: [] })
  const pivot = { ...goal, title: 'Teach the method', horizon: 'intermediate', why: 'The data were lost', revision: 1 }
  const { body } = await mentor.put(path, pivot)
  expect(body).toMatchObject({
    title: 'Teach the method',
    revision: 2,
    history: [
      { by: 'mentor', kind: 'pivoted', was: { title: 'Publish', horizon: 'short' }, why: 'The data were lost' },
    ],
  })
  expect((await mentor.put(path, pivot)).body).toEqual(body)
})

test('the vision is the mentee\u2019s to write and the mentor\u2019s to read', async () => {
  const path = `${relationship}/vision`
  expect((await mentor.get(path)).body).toEqual({ text: '' })
  expect(await mentee.put(path, { text: 'Run a clinic for rare diseases' })).toMatchObject({
    status: 200,
    body: { revision: 1 },
  })
  expect((await mentor.get(path)).body).toMatchObject({ text: 'Run a clinic for rare diseases' })
  expect((await mentor.put(path, { text: 'Something else', revision: 1 })).status).toBe(403)
})

test('three questions until the next meeting; the mentor sees shared answers and nothing else', async () => {
  const list = (caller: Caller) => questionsOf(caller, 'bank')
  const idsOf = (questions: { questionId: string }[]) => questions.map(({ questionId }) => questionId)
  const [first, second, third] = idsOf(await list(mentee))
  expect(idsOf(await list(mentee))).toHaveLength(3)
  expect(await list(mentor)).toEqual([])

  await mentee.put(`${relationship}/questions/${first}`, { text: 'For myself', isShared: false })
  await mentee.put(`${relationship}/questions/${second}`, { text: 'For both', isShared: true })
  expect(await list(mentor)).toEqual([
    expect.objectContaining({ questionId: second, answer: { text: 'For both', isShared: true, revision: 1 } }),
  ])
  expect((await mentor.put(`${relationship}/questions/${third}`, { text: 'x', isShared: true })).status).toBe(403)
  expect(await mentee.put(`${relationship}/questions/astrology-1`, { text: 'x', isShared: true })).toMatchObject({
    status: 404,
    body: { code: 'question-not-found' },
  })

  const series = await bookBest(mentee, pair.relationshipId)
  await moveClockTo(service, series.meetings[0]!.endsAt)
  const next: { questionId: string; isDue: boolean }[] = await list(mentee)
  expect(next.filter(({ isDue }) => isDue)).toHaveLength(3)
  expect(idsOf(next.filter(({ isDue }) => !isDue))).toEqual([first, second])

  const taken = await mentee.put(`${relationship}/questions/${second}`, { text: '', isShared: true, revision: 1 })
  expect(taken.status).toBe(200)
  expect(await list(mentor)).toEqual([])
}, 60_000)

test('what one asks oneself before beginning is read by its author alone, and asked while the pair is new', async () => {
  const assistant = await cast.as(cast.people.find(({ kind }) => kind === 'assistant')!)
  const principals: { personId: string }[] = (await assistant.get('/api/me')).body.principals
  const other = cast.pairs.find(({ mentor }) => principals.some(({ personId }) => personId === mentor.id))!
  const stranger = await cast.as(
    cast.people.find(({ id, kind }) => kind === 'resident' && ![other.mentee.id, other.mentor.id].includes(id))!,
  )
  const path = `/api/relationships/${other.relationshipId}`
  const by = { mentee: await cast.as(other.mentee), mentor: await cast.as(other.mentor) }
  const readinessOf = (caller: Caller) => questionsOf(caller, 'readiness', path)
  for (const [role, another] of [
    ['mentee', 'mentor'],
    ['mentor', 'mentee'],
  ] as const) {
    const asked = await readinessOf(by[role])
    expect(asked.length).toBeGreaterThan(4)
    expect(asked.every(({ isDue, isMine, questionId }) => isDue && isMine && questionId.startsWith(role))).toBe(true)
    const answer = `${path}/questions/${asked[0]!.questionId}`
    const text = `Known to the ${role} alone`
    expect((await by[role].put(answer, { text, isShared: false })).status).toBe(200)
    expect(await by[role].put(answer, { text, isShared: true, revision: 1 })).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    })
    expect((await by[another].put(answer, { text: 'x', isShared: false, revision: 1 })).status).toBe(403)
    expect((await readinessOf(by[role]))[0]).toMatchObject({ answer: { text, isShared: false, revision: 1 } })
  }
  for (const [role, another] of [
    ['mentee', 'mentor'],
    ['mentor', 'mentee'],
  ] as const) {
    const exported = JSON.stringify((await by[role].get(`${path}/export`)).body)
    expect(exported).toContain(`Known to the ${role} alone`)
    expect(exported).not.toContain(`Known to the ${another} alone`)
    expect(JSON.stringify((await by[role].get(`${path}/questions`)).body)).not.toContain(`the ${another} alone`)
  }
  for (const [caller, status] of [
    [assistant, 403],
    [cast.coordinator, 403],
    [stranger, 404],
  ] as const) {
    const { body, ...refused } = await caller.get(`${path}/questions`)
    expect(refused.status).toBe(status)
    expect(JSON.stringify(body)).not.toContain('Known to')
  }
})

test('every question has its turn before one comes again, and no cycle asks two of one theme', () => {
  const cycles = Array.from({ length: QUESTIONS.length / 3 }, (_, cycle) => questionsForCycle(cycle))
  expect(new Set(cycles.flat().map(({ id }) => id)).size).toBe(Math.floor(QUESTIONS.length / 3) * 3)
  for (const cycle of cycles.slice(0, 3)) expect(new Set(cycle.map(({ theme }) => theme)).size).toBe(3)
})

test('what to stop, decline, start and keep can name its goal', async () => {
  const goalId = randomUUID()
  await mentee.put(`${relationship}/goals/${goalId}`, { title: 'Grant', horizon: 'long', state: 'open' })
  const path = `${relationship}/priorities/${randomUUID()}`
  const body = { kind: 'decline', text: 'The wellness committee', goalId }
  expect(await mentee.put(path, body)).toMatchObject({ status: 200, body: { ...body, revision: 1 } })
  expect((await mentor.get(`${relationship}/priorities`)).body.priorities).toEqual([expect.objectContaining(body)])
  expect((await mentee.delete(path)).status).toBe(204)
  expect((await mentor.get(`${relationship}/priorities`)).body.priorities).toEqual([])
})

test('an entry keeps standing when the request that it names is deleted', async () => {
  const requestId = randomUUID()
  const request = { title: 'A talk', hours: 4, rhythm: 'once', goalIds: [], decision: 'open' }
  await mentee.put(`${relationship}/requests/${requestId}`, request)
  const path = `${relationship}/priorities/${randomUUID()}`
  const body = { kind: 'decline', text: 'A talk', requestId }
  expect(await mentee.put(path, body)).toMatchObject({ status: 200, body: { ...body, revision: 1 } })
  const aboutIt = async () => {
    const exported = (await mentor.get(`${relationship}/export`)).body
    const section = exported.sections.find(({ title }: { title: string }) => title.startsWith('Stop, decline'))
    return section.entries[0].facts
  }
  expect(await aboutIt()).toEqual([
    { label: 'Kind', text: 'decline' },
    { label: 'About the request', text: 'A talk' },
  ])
  await mentee.delete(`${relationship}/requests/${requestId}`)
  expect((await mentor.get(`${relationship}/priorities`)).body.priorities).toEqual([expect.objectContaining(body)])
  expect(await aboutIt()).toEqual([{ label: 'Kind', text: 'decline' }])
})
