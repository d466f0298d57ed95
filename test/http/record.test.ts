import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asId, type MeetingId, type RelationshipId, type TenantId } from '../../shared/domain/ids.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

let service: RunningService
let pair: CastPair
let mentee: Caller
let mentor: Caller
let relationship: string
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
})
afterAll(() => service.close())

const aPath = () => `${relationship}/record/${randomUUID()}`
const paper = { kind: 'achievement', type: 'paper', title: 'First paper', date: '2026-11-01' }
const hours = { kind: 'effort', activity: 'letter', date: '2026-11-02', minutes: 90, note: 'Canary-effort' }

async function wordText(caller: Caller, path: string): Promise<string> {
  const response = await fetch(`${service.address}${path}`, {
    headers: { authorization: `Bearer ${caller.accessToken}` },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z-]+\.docx"$/)
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  return strFromU8(files['word/document.xml']!)
}

test('both keep achievements, support and resources; each their own hours', async () => {
  const mine = aPath()
  expect(await mentor.put(mine, hours)).toMatchObject({
    status: 200,
    body: { ...hours, author: 'mentor', revision: 1 },
  })
  const shared = await mentee.put(aPath(), paper)
  expect((await mentor.get(`${relationship}/record`)).body.entries).toEqual(
    expect.arrayContaining([shared.body, expect.objectContaining(hours)]),
  )
  expect(JSON.stringify((await mentee.get(`${relationship}/record`)).body)).not.toContain('Canary-effort')
  // Neither can the mentee change, replace or remove it.
  expect(await mentee.put(mine, { ...hours, revision: 1 })).toMatchObject({
    status: 409,
    body: { code: 'id-already-used' },
  })
  expect((await mentee.delete(mine)).status).toBe(204)
  expect(JSON.stringify((await mentor.get(`${relationship}/record`)).body)).toContain('Canary-effort')
})

test('a web address leads to the web and nowhere else', async () => {
  const resource = { kind: 'resource', title: 'A course' }
  expect((await mentee.put(aPath(), { ...resource, url: 'https://learn.example/a' })).status).toBe(200)
  for (const url of ['javascript:alert(1)', 'http://learn.example', 'data:text/html,x', 'learn.example'])
    expect((await mentee.put(aPath(), { ...resource, url })).status, url).toBe(400)
})

test('the export holds what is mine to read and nothing else, in JSON and in Word', async () => {
  await mentee.put(`${relationship}/goals/${randomUUID()}`, {
    title: 'Canary-goal & <co>',
    horizon: 'short',
    state: 'open',
  })
  const { roundId } = (await mentee.get(`${relationship}/feedback`)).body.feedback
  const feedback = { kind: 'feedback', helps: 'Canary-unrevealed', change: '', willDo: '' }
  await mentor.put(`${relationship}/feedback/${roundId}/answer`, feedback)
  await mentor.put(aPath(), hours)
  const read = async (who: Caller) => [
    JSON.stringify((await who.get(`${relationship}/export`)).body),
    await wordText(who, `${relationship}/export?format=docx`),
  ]
  for (const text of await read(mentee)) {
    expect(text).toMatch(/Canary-goal (&|&amp;) (<|&lt;)co(>|&gt;)/)
    expect(text).not.toContain('Canary-unrevealed')
    expect(text).not.toContain('Canary-effort')
  }
  for (const text of await read(mentor)) {
    expect(text).toContain('Canary-goal')
    expect(text).toContain('Canary-unrevealed')
    expect(text).toContain('Canary-effort')
  }
})

test('the effort of a mentor counts meetings that both confirmed, and what they noted', async () => {
  const { mentee: owner } = pair
  const series = await bookBest(mentee, pair.relationshipId)
  const [first, second] = series.meetings
  const outcomes = service.services.outcomes
  const of = (id: string) => ({
    id: asId<MeetingId>(id),
    tenantId: asId<TenantId>(JSON.parse(atob(mentor.accessToken.split('.')[1]!)).tid),
    relationshipId: asId<RelationshipId>(pair.relationshipId),
  })
  const said = { met: true, minutes: 40, date: '2026-12-01', at: '2026-12-01T17:00:00Z' }
  await outcomes.update(of(first!.meetingId), (outcome) => ({ ...outcome, statements: { mentee: said, mentor: said } }))
  await outcomes.update(of(second!.meetingId), (outcome) => ({
    ...outcome,
    statements: { mentee: said, mentor: { ...said, met: false } },
  }))
  const { body } = await mentor.get('/api/effort?from=2026-12-01&to=2026-12-31')
  expect(body.rows).toEqual([{ date: '2026-12-01', mentee: owner.displayName, activity: 'meeting', minutes: 40 }])
  expect((await mentor.get('/api/effort?from=2026-11-02&to=2026-11-02')).body.rows[0]).toMatchObject({
    activity: 'letter',
    minutes: 90,
  })
  expect((await mentee.get('/api/effort?from=2026-01-01&to=2026-12-31')).body.rows).toEqual([])
  expect(await wordText(mentor, '/api/effort?from=2026-12-01&to=2026-12-31&format=docx')).toContain('0.7 hours in all')
})
