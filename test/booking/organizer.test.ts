import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { organizerFor } from '../../server/policies.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type RunningService, send, startService } from '../start-service.ts'
import { bodyOf, bookBest, proposalsFor, YEAR_ONE } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pairs: CastPair[]
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  pairs = []
  for (const pair of cast.pairs) {
    const { body } = await (await cast.as(pair.mentee)).post(`/api/relationships/${pair.relationshipId}/proposals`, {
      plan: YEAR_ONE,
      minutes: 45,
    })
    const isFresh = !pairs.some(({ mentor, mentee }) => mentor.id === pair.mentor.id || mentee.id === pair.mentee.id)
    if (body.proposals?.[0]?.unplaced.length === 0 && isFresh) pairs.push(pair)
    if (pairs.length === 2) break
  }
}, 60_000)
afterAll(() => service.close())

test.each([
  [['mentee'], undefined, 'mentee'],
  [['mentor'], undefined, 'mentor'],
  [['mentee', 'mentor'], undefined, 'mentee'],
  [['mentee', 'mentor'], 'mentor', 'mentor'],
] as const)('whoever acts for %j and asks for %s organizes as the %s', (ownRoles, asked, organizer) => {
  expect(organizerFor(ownRoles, asked)).toBe(organizer)
})

test.each([
  [['mentee'], 'mentor'],
  [['mentor'], 'mentee'],
  [[], undefined],
  [[], 'mentee'],
] as const)('whoever acts for %j may not book into the calendar of the %s', (ownRoles, asked) => {
  expect(() => organizerFor(ownRoles, asked)).toThrow(
    expect.objectContaining({ code: 'not-allowed', faults: [expect.objectContaining({ path: 'organizer' })] }),
  )
})

test('nothing is put into the calendar of somebody who was merely paired, and no mail goes out in their name', async () => {
  const [pair] = pairs
  const mentee = await cast.as(pair!.mentee)
  const relationship = `/api/relationships/${pair!.relationshipId}`
  const [best] = (await proposalsFor(mentee, pair!.relationshipId)).proposals
  const refused = { status: 403, body: { code: 'not-allowed', faults: [{ path: 'organizer' }] } }
  const asked = { plan: YEAR_ONE, minutes: 45, organizer: 'mentor' }
  expect(await mentee.post(`${relationship}/proposals`, asked)).toMatchObject(refused)
  const series = `${relationship}/series/${randomUUID()}`
  expect(await mentee.put(series, bodyOf(best!, { organizer: 'mentor' }))).toMatchObject(refused)
  expect((await mentee.get(series)).status).toBe(404)
  const outbox = await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(pair!.mentee.mail)}`)
  expect(outbox.body).toEqual([])
})

test('a mentor who books without saying so organizes it', async () => {
  const pair = pairs[1]!
  const mentor = await cast.as(pair.mentor)
  expect(await bookBest(mentor, pair.relationshipId)).toMatchObject({ state: 'booked', organizer: 'mentor' })
})
