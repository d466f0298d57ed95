import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
}, 60_000)
afterAll(() => service.close())

test('the two of a pair see who read, changed and was refused what they write, and nobody else does', async () => {
  const pair = cast.pairs[0]!
  const mentee = await cast.as(pair.mentee)
  const mentor = await cast.as(pair.mentor)
  const path = `/api/relationships/${pair.relationshipId}`
  const canary = 'A title that nobody finds in a log'
  await mentee.put(`${path}/goals/${randomUUID()}`, { title: canary, horizon: 'short', state: 'open' })
  await mentor.get(`${path}/goals`)
  await cast.coordinator.get(`${path}/goals`)
  const { status, body } = await mentee.get(`${path}/access-log`)
  expect(status).toBe(200)
  // The service's own work on the pair is there, too.
  const ofPeople = body.entries.filter(({ by }: { by?: unknown }) => by !== undefined)
  const said = ofPeople.map(
    ({ by, outcome, things }: { by: { displayName: string }; outcome: string; things: string[] }) => [
      by.displayName,
      outcome,
      ...things,
    ],
  )
  expect(said.slice(0, 3)).toEqual([
    [expect.stringMatching(/\w/), 'refused'],
    [pair.mentor.displayName, 'read', 'goals'],
    [pair.mentee.displayName, 'changed', 'goals'],
  ])
  expect(JSON.stringify(body)).not.toContain(canary)
  expect((await cast.coordinator.get(`${path}/access-log`)).status).toBe(403)
  expect(await service.services.auditTrail.verify()).toMatchObject({ flaws: [] })
})
