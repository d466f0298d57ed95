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

test.each([
  ['clocks', { quietDays: 50 }, { quietDays: 70 }],
  ['retention', { monthsAfterEnd: 12 }, { monthsAfterEnd: 24 }],
  ['help', { contacts: [], emergency: 'Dial 1.' }, { contacts: [], emergency: 'Dial 2.' }],
] as const)('%s set on an old reading are refused, and what was set meanwhile stays', async (name, theirs, mine) => {
  const { revisions } = await settings()
  const seen = revisions[name]
  expect((await cast.coordinator.put(`${programme}/${name}?revision=${seen}`, theirs)).status).toBe(200)
  const after = await settings()
  expect(after.revisions[name]).toBe(seen + 1)
  const refused = await cast.coordinator.put(`${programme}/${name}?revision=${seen}`, mine)
  expect(refused).toMatchObject({ status: 409, body: { code: 'edited-meanwhile' } })
  expect(await settings()).toEqual(after)
  // The same again is no conflict: its answer may have been lost.
  expect((await cast.coordinator.put(`${programme}/${name}?revision=${seen}`, theirs)).status).toBe(200)
  expect((await cast.coordinator.put(`${programme}/${name}?revision=${seen + 1}`, mine)).status).toBe(200)
})

test('a setting that was set back is not taken for one that was never set', async () => {
  const path = `${programme}/retention`
  await cast.coordinator.put(path, { monthsAfterEnd: 12 })
  const old = (await settings()).revisions.retention
  expect((await cast.coordinator.delete(`${path}?revision=${old - 1}`)).status).toBe(409)
  expect((await cast.coordinator.delete(`${path}?revision=${old}`)).status).toBe(204)
  expect((await cast.coordinator.delete(`${path}?revision=${old}`)).status).toBe(204)
  await cast.coordinator.put(path, { monthsAfterEnd: 36 })
  for (const revision of [0, 1, old]) {
    const refused = await cast.coordinator.put(`${path}?revision=${revision}`, { monthsAfterEnd: 48 })
    expect(refused.status).toBe(409)
  }
  expect((await settings()).retention).toEqual({ monthsAfterEnd: 36 })
})
