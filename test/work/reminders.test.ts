import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castOf } from '../practice-cast.ts'
import { type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

test('people are reminded in the panes of what is theirs, and no mail is sent', async () => {
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  const mentee = await cast.as(pair.mentee)
  const mentor = await cast.as(pair.mentor)
  const work = `/api/relationships/${pair.relationshipId}/homework`
  const [own, theirs] = [randomUUID(), randomUUID()]
  // The tests' day is 2026-11-23.
  await mentor.put(`${work}/${own}`, { title: 'Call the dean', owner: 'mentor', done: false, dueDate: '2026-11-24' })
  await mentor.put(`${work}/${theirs}`, { title: 'Read', owner: 'mentee', done: false, dueDate: '2026-11-20' })
  const remindersOf = async (caller: typeof mentee) =>
    (await caller.get('/api/me/reminders?timeZone=America%2FNew_York')).body.reminders
  expect(await remindersOf(mentor)).toEqual([
    expect.objectContaining({ kind: 'homework', title: 'Call the dean', homeworkId: own, isOver: false }),
  ])
  expect(await remindersOf(mentee)).toEqual([
    expect.objectContaining({
      title: 'Read',
      isOver: true,
      with: expect.objectContaining({ personId: pair.mentor.id }),
    }),
  ])
  expect(await remindersOf(cast.coordinator)).toEqual([])
  expect(await mentee.get('/api/me/reminders?timeZone=Mars%2FBase')).toMatchObject({
    status: 422,
    body: { code: 'unknown-time-zone' },
  })
  const mails = await send('GET', `${service.address}/practice/outbox`)
  expect(JSON.stringify(mails.body)).not.toContain('Call the dean')
})
