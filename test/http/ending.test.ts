import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addWhilePairGoesOn } from '../../server/use-cases/booking/book-series.ts'
import { storeMove } from '../../server/use-cases/booking/store-move.ts'
import { expireText, listExpired } from '../../server/use-cases/privacy/expire-text.ts'
import { bookBest, settled } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

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
beforeEach(async () => {
  pair = cast.pairs[used++]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
})

const state = async () => (await mentee.get(relationship)).body.state
const settle = (who: Caller, form: string) => who.put(`${relationship}/ending/settlement`, { form })
const wish = (who: Caller, form: string) => who.put(`${relationship}/ending/part`, { wish: form, steps: ['tell'] })

test('either side begins it without a reason, and again without effect', async () => {
  expect((await mentor.put(`${relationship}/ending`, undefined)).status).toBe(200)
  expect(await state()).toBe('transition')
  const again = await mentee.put(`${relationship}/ending`, undefined)
  expect(again.status).toBe(200)
  // Who began it is nowhere.
  expect(again.body).toEqual((await mentor.get(`${relationship}/ending`)).body)
})

test('thanks and wishes are for the other; what one learned and whom one thinks of is one\u2019s own', async () => {
  await mentee.put(`${relationship}/ending`, undefined)
  const part = { wish: 'end', steps: ['tell'], thanks: 'For the honesty', learned: 'Secret-1', nextMentors: 'Secret-2' }
  expect((await mentee.put(`${relationship}/ending/part`, part)).body.mine).toEqual(part)
  const seen = await mentor.get(`${relationship}/ending`)
  expect(seen.body.theirs).toEqual({ wish: 'end', thanks: 'For the honesty' })
  expect(JSON.stringify(seen.body)).not.toContain('Secret')
})

test('two parts written at once are both kept', async () => {
  await mentee.put(`${relationship}/ending`, undefined)
  const answers = await Promise.all([wish(mentee, 'peers'), wish(mentor, 'end')])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect((await mentee.get(`${relationship}/ending`)).body).toMatchObject({
    mine: { wish: 'peers' },
    theirs: { wish: 'end' },
  })
})

test('one of them can end it, once homework is settled', async () => {
  const homework = `${relationship}/homework/${randomUUID()}`
  await mentee.put(homework, { title: 'Write the abstract', owner: 'mentee', done: false })
  expect(await settle(mentor, 'end')).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } })
  await mentor.put(`${relationship}/ending`, undefined)
  expect(await settle(mentor, 'end')).toMatchObject({ status: 409, body: { code: 'homework-still-open' } })
  await mentee.delete(homework)
  const settled = await settle(mentor, 'end')
  expect(settled).toMatchObject({ status: 200, body: { form: 'end' } })
  expect(await state()).toBe('ended')
  expect((await settle(mentor, 'end')).body).toEqual(settled.body)
  expect(await wish(mentee, 'peers')).toMatchObject({ status: 409, body: { code: 'not-in-this-state' } })
})

const booked = async () => {
  const { seriesId, meetings } = await bookBest(mentee, pair.relationshipId)
  return { path: `${relationship}/series/${seriesId}`, ahead: meetings.length }
}

test('an end calls off what lies ahead, once, and says before how many', async () => {
  const { path, ahead } = await booked()
  await mentor.put(`${relationship}/ending`, undefined)
  expect((await mentor.get(`${relationship}/ending`)).body.meetingsAhead).toBe(ahead)
  const first = await settle(mentor, 'end')
  expect(first).toMatchObject({ status: 200, body: { form: 'end', meetingsAhead: 0 } })
  expect((await settled(mentee, path)).state).toBe('cancelled')
  const stored = await service.services.series.listOf(cast.tenantId, pair.relationshipId)
  expect((await settle(mentee, 'end')).status).toBe(200)
  expect(await service.services.series.listOf(cast.tenantId, pair.relationshipId)).toEqual(stored)
})

test('an ended pair plans nothing any more, nor moves what was called off', async () => {
  const { path } = await booked()
  const booking = await settled(mentee, path)
  await mentor.put(`${relationship}/ending`, undefined)
  await settle(mentor, 'end')
  const { services } = service
  const refused = { code: 'not-in-this-state' }
  const [series] = await services.series.listOf(cast.tenantId, pair.relationshipId)
  await expect(addWhilePairGoesOn({ ...services, backgroundWork: false }, series!)).rejects.toMatchObject(refused)
  const [meeting] = series!.meetings
  const move = { series: series!, rev: 1, meeting: meeting!, startsAt: meeting!.startsAt }
  await expect(storeMove(services, move)).rejects.toMatchObject(refused)
  expect(booking.state).toBe('booked')
})

test('who stays in touch informally keeps the meetings', async () => {
  const { path, ahead } = await booked()
  await mentee.put(`${relationship}/ending`, undefined)
  await wish(mentee, 'informal-mentor')
  await wish(mentor, 'informal-mentor')
  expect((await settle(mentee, 'informal-mentor')).body.meetingsAhead).toBe(ahead)
  expect((await settled(mentee, path)).state).toBe('booked')
})

test.each([
  ['informal-mentor', 'informal'],
  ['peers', 'informal'],
])('to go on as %s both choose it', async (form, after) => {
  await mentee.put(`${relationship}/ending`, undefined)
  await wish(mentee, form)
  expect(await settle(mentee, form)).toMatchObject({ status: 409, body: { code: 'not-agreed' } })
  await wish(mentor, form)
  expect((await settle(mentee, form)).status).toBe(200)
  expect(await state()).toBe(after)
})

test('a redefined pair goes on, and a later ending begins with nobody\u2019s old wish', async () => {
  await mentee.put(`${relationship}/ending`, undefined)
  await wish(mentee, 'change-of-focus')
  await wish(mentor, 'change-of-focus')
  expect((await settle(mentor, 'change-of-focus')).status).toBe(200)
  expect(await state()).toBe('assigned')
  expect((await settle(mentor, 'change-of-focus')).status).toBe(200)
  await mentor.put(`${relationship}/ending`, undefined)
  expect((await mentee.get(`${relationship}/ending`)).body).toMatchObject({ mine: { steps: [] }, theirs: {} })
})

test('an ending that was decided and not carried out is finished at the next look', async () => {
  await mentee.put(`${relationship}/ending`, undefined)
  await wish(mentee, 'end')
  const [stored] = await service.services.endings.list(pair.relationshipId)
  const settledAt = service.services.clock.now().toString()
  await service.services.endings.replace({ ...stored!.value, form: 'end', settledAt }, stored!.rev)
  expect(await state()).toBe('transition')
  expect((await mentor.get(`${relationship}/ending`)).body).toMatchObject({ form: 'end', settledAt })
  expect(await state()).toBe('ended')
})

test('text is destroyed when both agree after the end, and logistics stay', async () => {
  const goal = { title: 'Publish', horizon: 'short', state: 'open' }
  await mentee.put(`${relationship}/goals/${randomUUID()}`, goal)
  expect(await mentee.put(`${relationship}/deletion`, undefined)).toMatchObject({ status: 409 })
  await mentee.put(`${relationship}/ending`, undefined)
  await settle(mentee, 'end')
  const one = await mentee.put(`${relationship}/deletion`, undefined)
  expect(one.body.deletion).toEqual({ iAgree: true, theyAgree: false })
  expect((await mentee.delete(`${relationship}/deletion`)).body.deletion.iAgree).toBe(false)
  await mentor.put(`${relationship}/deletion`, undefined)
  expect((await mentee.get(`${relationship}/goals`)).body.goals).toHaveLength(1)
  const both = await mentee.put(`${relationship}/deletion`, undefined)
  expect(both.body.deletion).toMatchObject({ iAgree: true, theyAgree: true, deletedAt: expect.any(String) })
  expect((await mentee.put(`${relationship}/deletion`, undefined)).body).toEqual(both.body)
  const gone = { status: 410, body: { code: 'content-deleted' } }
  expect(await mentor.delete(`${relationship}/deletion`)).toMatchObject(gone)
  expect(await mentee.get(`${relationship}/goals`)).toMatchObject(gone)
  expect(await mentor.put(`${relationship}/goals/${randomUUID()}`, goal)).toMatchObject(gone)
  expect((await mentee.get(relationship)).body).toMatchObject({ state: 'ended' })
  expect((await mentor.get('/api/relationships')).status).toBe(200)
})

test('text that has been kept as long as the programme says is destroyed, and no other', async () => {
  await mentee.put(`${relationship}/goals/${randomUUID()}`, { title: 'Publish', horizon: 'short', state: 'open' })
  const retention = `/api/programmes/${cast.programmeId}/retention`
  expect((await cast.coordinator.put(retention, { monthsAfterEnd: 3 })).body).toEqual({ monthsAfterEnd: 3 })
  await mentee.put(`${relationship}/ending`, undefined)
  await settle(mentee, 'end')
  const { clock } = service.services
  const lost = async (days: number) => {
    const later = { ...service.services, clock: { now: () => clock.now().add({ hours: 24 * days }) } }
    const found = await listExpired(later)
    for (const { id, tenantId } of found) await expireText(later, { tenantId, relationshipId: id })
    return found.map(({ id }) => id as string)
  }
  expect(await lost(80)).toEqual([])
  expect((await mentee.get(`${relationship}/goals`)).status).toBe(200)
  expect(await lost(100)).toContain(pair.relationshipId)
  expect(await mentee.get(`${relationship}/goals`)).toMatchObject({ status: 410, body: { code: 'content-deleted' } })
  expect((await mentee.get(`${relationship}/ending`)).body.deletion.deletedAt).toBeDefined()
  expect(await lost(100)).toEqual([])
  // A pair that goes on keeps everything.
  const going = cast.pairs.at(-1)!
  const other = await cast.as(going.mentee)
  expect((await other.get(`/api/relationships/${going.relationshipId}/goals`)).status).toBe(200)
})
