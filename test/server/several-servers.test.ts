import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyOf, proposalsFor, settled } from '../booking/book-a-series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type ServersOnDouble, startServersOnDouble } from '../start-servers.ts'

let running: ServersOnDouble
let casts: readonly [Cast, Cast]
beforeAll(async () => {
  running = await startServersOnDouble(2)
  const [one, other] = running.servers
  casts = [await castOf(one!), await castOf(other!)]
}, 180_000)
afterAll(() => running?.close())

const TIMEOUT_MS = 180_000
/** The pairs that both practice tenants book at their start come first. */
const SETTLED_MS = 90_000

test('two servers on one database show each other what people did', { timeout: TIMEOUT_MS }, async () => {
  const [one, other] = casts
  const pair = one.pairs[0]!
  const goal = { title: 'Write the case series', horizon: 'short', state: 'open' }
  const path = `/api/relationships/${pair.relationshipId}/goals`
  const put = await (await one.as(pair.mentee)).put(`${path}/${randomUUID()}`, goal)
  expect(put.status).toBe(200)
  // Sealed by one server, opened by the other: they share the service's key.
  const { body } = await (await other.as(pair.mentor)).get(path)
  expect(body.goals).toEqual([expect.objectContaining(goal)])
})

test('of bookings of the same times through two servers exactly one wins', { timeout: TIMEOUT_MS }, async () => {
  const pair = casts[0].pairs[1]!
  const callers = await Promise.all(casts.map((cast) => cast.as(pair.mentee)))
  const { proposals } = await proposalsFor(callers[0]!, pair.relationshipId)
  const body = bodyOf(proposals[0]!)
  const paths = Array.from({ length: 6 }, () => `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`)
  const answers = await Promise.all(paths.map((path, n) => callers[n % 2]!.put(path, body)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409, 409, 409, 409])
  const winner = paths[answers.findIndex(({ status }) => status === 202)]!
  // Any server may have done the work; both know that it is done.
  for (const caller of callers) expect((await settled(caller, winner, SETTLED_MS)).state).toBe('booked')
  const listed = await callers[1]!.get(`/api/relationships/${pair.relationshipId}/series`)
  const kept = listed.body.series.filter(({ seriesId }: { seriesId: string }) =>
    paths.some((path) => path.endsWith(seriesId)),
  )
  expect(kept.map(({ seriesId }: { seriesId: string }) => seriesId)).toEqual([winner.split('/').at(-1)])
})

test('the other server goes on when one is killed, also while a new primary is elected', {
  timeout: TIMEOUT_MS,
}, async () => {
  await running.servers[0]!.signal('SIGKILL')
  running.double.stepDown()
  const cast = casts[1]
  const pair = cast.pairs[2]!
  const caller = await cast.as(pair.mentee)
  const { proposals } = await proposalsFor(caller, pair.relationshipId)
  const path = `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`
  running.double.stepDown()
  expect((await caller.put(path, bodyOf(proposals[0]!))).status).toBe(202)
  expect((await settled(caller, path, SETTLED_MS)).state).toBe('booked')
})
