import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

let service: RunningService
let mentee: Caller
let mentor: Caller
let relationship: string
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  const [pair] = cast.pairs
  mentee = await cast.as(pair!.mentee)
  mentor = await cast.as(pair!.mentor)
  relationship = `/api/relationships/${pair!.relationshipId}`
})
afterAll(() => service.close())

const asked = { title: 'Review for the journal', hours: 6, rhythm: 'once', goalIds: [], decision: 'open' }
const aPath = () => `${relationship}/requests/${randomUUID()}`
const advice = { choice: 'decline', note: 'Not this quarter', mayMentionMentor: true }

test('the mentee asks, the mentor advises, the mentee decides', async () => {
  const path = aPath()
  expect(await mentee.put(path, asked)).toMatchObject({ status: 200, body: { ...asked, revision: 1 } })
  const answered = await mentor.put(`${path}/answer`, { ...advice, revision: 1 })
  expect(answered).toMatchObject({ status: 200, body: { answer: advice, revision: 2 } })
  const decided = await mentee.put(path, { ...asked, decision: 'declined', revision: 2 })
  expect(decided).toMatchObject({ status: 200, body: { decision: 'declined', answer: advice, revision: 3 } })
  const { body } = await mentor.get(`${relationship}/requests`)
  expect(body.requests).toContainEqual(decided.body)
})

test('each writes their own part only', async () => {
  const path = aPath()
  expect((await mentor.put(path, asked)).status).toBe(403)
  await mentee.put(path, asked)
  expect((await mentee.put(`${path}/answer`, { ...advice, revision: 1 })).status).toBe(403)
  expect((await mentor.delete(path)).status).toBe(403)
  expect((await mentor.put(`${relationship}/hours-budget`, { hoursPerMonth: 4 })).status).toBe(403)
})

test('advice and consent do not pass on to something else that is asked', async () => {
  const path = aPath()
  await mentee.put(path, asked)
  await mentor.put(`${path}/answer`, { ...advice, revision: 1 })
  const edited = await mentee.put(path, { ...asked, hours: 60, revision: 2 })
  expect(edited).toMatchObject({ status: 200, body: { hours: 60 } })
  expect(edited.body).not.toHaveProperty('answer')
})

test('nobody advises on what they have not seen', async () => {
  const path = aPath()
  await mentee.put(path, asked)
  await mentee.put(path, { ...asked, hours: 60, revision: 1 })
  const late = await mentor.put(`${path}/answer`, { ...advice, revision: 1 })
  expect(late).toMatchObject({ status: 409, body: { code: 'edited-meanwhile' } })
  const none = await mentor.put(`${aPath()}/answer`, { ...advice, revision: 1 })
  expect(none).toMatchObject({ status: 404, body: { code: 'request-not-found' } })
})

test('an answer and a budget can be sent again', async () => {
  const path = aPath()
  await mentee.put(path, asked)
  const first = await mentor.put(`${path}/answer`, { ...advice, revision: 1 })
  expect((await mentor.put(`${path}/answer`, { ...advice, revision: 1 })).body).toEqual(first.body)
  const budget = await mentee.put(`${relationship}/hours-budget`, { hoursPerMonth: 4.5 })
  expect((await mentee.put(`${relationship}/hours-budget`, { hoursPerMonth: 4.5 })).body).toEqual(budget.body)
  expect((await mentor.get(`${relationship}/requests`)).body.budget).toEqual({ hoursPerMonth: 4.5, revision: 1 })
})

test('refuses hours that nobody has', async () => {
  for (const hours of [-1, 1000.25, 0.1, '6'])
    expect((await mentee.put(aPath(), { ...asked, hours })).status, String(hours)).toBe(400)
})
