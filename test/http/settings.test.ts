import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepClocks } from '../../server/use-cases/pair/keep-clocks.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
let programme: string
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  programme = `/api/programmes/${cast.programmeId}`
}, 60_000)
afterAll(() => service.close())

const settings = async () => (await cast.coordinator.get(`${programme}/settings`)).body

test('clocks are replaced whole, what is left out is as built in, and the pairs go by them', async () => {
  const clocks = { quietDays: 60, assistantDays: 3 }
  expect(await cast.coordinator.put(`${programme}/clocks`, clocks)).toMatchObject({ status: 200, body: clocks })
  expect((await settings()).clocks).toEqual(clocks)
  const { relationshipId } = cast.pairs[0]!
  const pair = { tenantId: cast.tenantId, relationshipId }
  expect((await keepClocks(service.services, pair))?.clocks).toMatchObject({ ...clocks, coordinatorDays: 14 })
  await cast.coordinator.put(`${programme}/clocks`, {})
  expect((await settings()).clocks).toEqual({})
  expect((await keepClocks(service.services, pair))?.clocks).toMatchObject({ quietDays: 30, assistantDays: 7 })
})

test('clocks out of range or out of order are refused by name, and nothing is kept of them', async () => {
  const before = await settings()
  expect((await cast.coordinator.put(`${programme}/clocks`, { quietDays: 1 })).status).toBe(400)
  expect((await cast.coordinator.put(`${programme}/clocks`, { quiteDays: 30 })).status).toBe(400)
  const unordered = await cast.coordinator.put(`${programme}/clocks`, { quietDays: 60, assistantDays: 20 })
  expect(unordered).toMatchObject({ status: 422, body: { code: 'clocks-out-of-order' } })
  expect(JSON.stringify(unordered.body)).toContain('"coordinatorDays"')
  expect(await settings()).toEqual(before)
})

test('how long text is kept can be set and set back to as built in', async () => {
  await cast.coordinator.put(`${programme}/retention`, { monthsAfterEnd: 36 })
  expect((await settings()).retention).toEqual({ monthsAfterEnd: 36 })
  expect((await cast.coordinator.delete(`${programme}/retention`)).status).toBe(204)
  expect(await settings()).not.toHaveProperty('retention')
  expect((await cast.coordinator.get('/api/programmes/none/settings')).status).toBe(404)
})
