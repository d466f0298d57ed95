import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastPair, type CastPerson, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let assistant: CastPerson
const identities = new Map<string, Caller>()

/** Bodies that are valid, so that only the caller decides. */
const goal = { title: 'Publish', horizon: 'short', state: 'open' }
const homework = { title: 'Read', owner: 'mentee', done: false }
const request = { title: 'Review', hours: 6, rhythm: 'once', goalIds: [], decision: 'open' }
const feedback = { kind: 'feedback', helps: '', change: 'Earlier agendas', willDo: '' }
const plan = { kind: 'template', templateId: 'plan.year1', startDate: '2026-12-07' }
const anId = '3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c3d1'

type Expected = Readonly<
  Record<'mentee' | 'mentor' | 'assistant' | 'coordinator' | 'stranger', number | readonly number[]>
>
type RouteCase = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly expected: Expected
  /** Answer to a caller without a token, where that is not 401. */
  readonly nobody?: number
}
const pairOnly = (ok: number | readonly number[]): Expected => ({
  mentee: ok,
  mentor: ok,
  assistant: 403,
  coordinator: 403,
  stranger: 404,
})
const logistics = (ok: number | readonly number[]): Expected => ({
  mentee: ok,
  mentor: ok,
  assistant: ok,
  coordinator: ok,
  stranger: 404,
})
const booking = (ok: number | readonly number[]): Expected => ({
  mentee: ok,
  mentor: ok,
  assistant: ok,
  coordinator: 403,
  stranger: 404,
})
const coordinatorOnly = (ok: number): Expected => ({
  mentee: 403,
  mentor: 403,
  assistant: 403,
  coordinator: ok,
  stranger: 403,
})
const menteeOnly = (ok: number): Expected => ({ ...pairOnly(ok), mentor: 403 })
/** What only the mentor of a pair writes. */
const ofTheMentor = (ok: number): Expected => ({ ...pairOnly(ok), mentee: 403 })
/** Affairs of the pair's mentor that are nobody else's, not even their assistant's. */
const mentorOnly = (ok: number): Expected => ({
  mentee: 403,
  mentor: ok,
  assistant: 403,
  coordinator: 403,
  stranger: 403,
})
const everybody = (ok: number): Expected => ({ mentee: ok, mentor: ok, assistant: ok, coordinator: ok, stranger: ok })

/** The table of who may do what, route by route (DOMAIN section 5). */
function routes(): readonly RouteCase[] {
  const relationship = `/api/relationships/${pair.relationshipId}`
  return [
    { method: 'GET', path: '/api/me', expected: everybody(200) },
    { method: 'GET', path: '/api/me/reminders?timeZone=UTC', expected: everybody(200) },
    { method: 'GET', path: '/api/me/todo', expected: everybody(200) },
    { method: 'POST', path: '/api/me/todo/sync', expected: everybody(409) },
    { method: 'DELETE', path: '/api/me/todo', expected: everybody(204) },
    { method: 'PUT', path: '/api/me/todo', expected: everybody(200) },
    { method: 'GET', path: '/api/people?query=a', expected: everybody(200) },
    { method: 'GET', path: '/api/waiting', expected: everybody(200) },
    { method: 'GET', path: '/api/relationships', expected: everybody(200) },
    {
      method: 'GET',
      path: relationship,
      expected: { mentee: 200, mentor: 200, assistant: 200, coordinator: 200, stranger: 404 },
    },
    {
      method: 'PUT',
      path: `/api/relationships/${randomUUID()}`,
      body: { menteeId: pair.mentee.id, mentorId: pair.mentor.id },
      expected: { mentee: 200, mentor: 200, assistant: 403, coordinator: 200, stranger: 403 },
    },
    { method: 'GET', path: `${relationship}/standing`, expected: logistics(200) },
    { method: 'PUT', path: `${relationship}/invitation`, body: { accept: true }, expected: pairOnly(409) },
    { method: 'PUT', path: `${relationship}/contact`, body: { answered: true }, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/pause`, body: { resumeDate: '2026-11-20' }, expected: pairOnly(422) },
    { method: 'DELETE', path: `${relationship}/pause`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/dual-roles`, body: { dualRoles: [] }, expected: pairOnly(200) },
    { method: 'GET', path: `${relationship}/agreement`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/agreement`, body: { sections: [] }, expected: pairOnly([200, 409]) },
    {
      method: 'PUT',
      path: `${relationship}/agreement/signature`,
      body: { version: 9, revision: 1 },
      expected: pairOnly(409),
    },
    { method: 'POST', path: `${relationship}/proposals`, body: { plan, minutes: 45 }, expected: booking([200, 409]) },
    { method: 'GET', path: `${relationship}/series`, expected: logistics(200) },
    { method: 'GET', path: `${relationship}/series/${anId}`, expected: logistics(404) },
    {
      method: 'PUT',
      path: `${relationship}/series/${anId}`,
      body: { plan, minutes: 45, meetings: [{ window: 0, startsAt: '2020-01-01T00:00:00Z' }] },
      expected: booking(422),
    },
    { method: 'PUT', path: `${relationship}/series/${anId}/cancellation`, body: {}, expected: booking(404) },
    {
      method: 'POST',
      path: `${relationship}/series/${anId}/meetings/${anId}/offers`,
      body: {},
      expected: booking(404),
    },
    {
      method: 'PUT',
      path: `${relationship}/series/${anId}/meetings/${anId}/time`,
      body: { startsAt: '2027-01-05T15:00:00Z' },
      expected: booking(404),
    },
    {
      method: 'PUT',
      path: `${relationship}/series/${anId}/meetings/${anId}/cancellation`,
      body: {},
      expected: booking(404),
    },
    {
      method: 'PUT',
      path: `${relationship}/series/${anId}/meetings/${anId}/fixes/${anId}/answer`,
      body: { choice: 'keep' },
      expected: booking(404),
    },
    { method: 'GET', path: '/api/meetings/by-event?eventId=nothing', expected: everybody(404) },
    { method: 'GET', path: `${relationship}/meetings/${anId}`, expected: pairOnly(404) },
    {
      method: 'PUT',
      path: `${relationship}/meetings/${anId}/agenda/checkin`,
      body: { done: true },
      expected: pairOnly(404),
    },
    { method: 'DELETE', path: `${relationship}/meetings/${anId}/agenda/checkin`, expected: pairOnly(404) },
    {
      method: 'PUT',
      path: `${relationship}/meetings/${anId}/priorities`,
      body: { areas: ['research', 'career'], needs: ['listen'] },
      expected: menteeOnly(404),
    },
    { method: 'GET', path: `${relationship}/next-brief`, expected: pairOnly(404) },
    { method: 'GET', path: `${relationship}/meetings/${anId}/brief`, expected: pairOnly(404) },
    {
      method: 'PUT',
      path: `${relationship}/meetings/${anId}/brief`,
      body: { done: '', wentWell: '', wentNot: '', barriers: '', questions: [], isShared: true },
      expected: menteeOnly(404),
    },
    { method: 'PUT', path: `${relationship}/meetings/${anId}/note`, body: { text: 'Mine' }, expected: pairOnly(404) },
    { method: 'GET', path: `${relationship}/vision`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/vision`, body: { text: 'Teach' }, expected: menteeOnly(200) },
    { method: 'GET', path: `${relationship}/questions`, expected: pairOnly(200) },
    {
      method: 'PUT',
      path: `${relationship}/questions/role-1`,
      body: { text: 'Yes', isShared: true },
      expected: menteeOnly(200),
    },
    {
      method: 'PUT',
      path: `${relationship}/questions/mentorreadiness-1`,
      body: { text: 'To give back', isShared: false },
      expected: { ...pairOnly(200), mentee: 403 },
    },
    { method: 'GET', path: `${relationship}/priorities`, expected: pairOnly(200) },
    {
      method: 'PUT',
      path: `${relationship}/priorities/${anId}`,
      body: { kind: 'stop', text: 'Late charts' },
      expected: pairOnly(200),
    },
    { method: 'DELETE', path: `${relationship}/priorities/${randomUUID()}`, expected: pairOnly(204) },
    { method: 'GET', path: `${relationship}/wrap-ups`, expected: pairOnly(200) },
    { method: 'GET', path: `${relationship}/meetings/${anId}/wrap-up`, expected: pairOnly(404) },
    {
      method: 'PUT',
      path: `${relationship}/meetings/${anId}/decisions`,
      body: { decisions: ['Submit'] },
      expected: pairOnly(404),
    },
    { method: 'PUT', path: `${relationship}/meetings/${anId}/next-date`, body: {}, expected: pairOnly(404) },
    {
      method: 'PUT',
      path: `${relationship}/meetings/${anId}/attestation`,
      body: { met: true },
      expected: pairOnly(404),
    },
    { method: 'GET', path: `${relationship}/access-log`, expected: pairOnly(200) },
    { method: 'GET', path: `${relationship}/goals`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/goals/${anId}`, body: goal, expected: pairOnly(200) },
    { method: 'DELETE', path: `${relationship}/goals/${randomUUID()}`, expected: pairOnly(204) },
    { method: 'GET', path: `${relationship}/homework`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/homework/${anId}`, body: homework, expected: pairOnly(200) },
    { method: 'DELETE', path: `${relationship}/homework/${randomUUID()}`, expected: pairOnly(204) },
    { method: 'GET', path: `${relationship}/requests`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/requests/${anId}`, body: request, expected: menteeOnly(200) },
    {
      method: 'PUT',
      path: `${relationship}/requests/${anId}/answer`,
      body: { choice: 'discuss', mayMentionMentor: false, revision: 1 },
      expected: ofTheMentor(200),
    },
    { method: 'DELETE', path: `${relationship}/requests/${randomUUID()}`, expected: menteeOnly(204) },
    { method: 'PUT', path: `${relationship}/hours-budget`, body: { hoursPerMonth: 4 }, expected: menteeOnly(200) },
    { method: 'GET', path: `${relationship}/feedback`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/feedback/${anId}/answer`, body: feedback, expected: pairOnly(404) },
    { method: 'DELETE', path: `${relationship}/feedback/${anId}/answer`, expected: pairOnly(404) },
    { method: 'PUT', path: `${relationship}/review`, expected: pairOnly(409) },
    { method: 'DELETE', path: `${relationship}/review`, expected: pairOnly(200) },
    { method: 'GET', path: `${relationship}/ending`, expected: pairOnly(200) },
    { method: 'PUT', path: `${relationship}/ending/part`, body: { steps: [] }, expected: pairOnly(409) },
    { method: 'PUT', path: `${relationship}/ending/settlement`, body: { form: 'end' }, expected: pairOnly(409) },
    { method: 'PUT', path: `${relationship}/deletion`, expected: pairOnly(409) },
    { method: 'DELETE', path: `${relationship}/deletion`, expected: pairOnly(200) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/retention`,
      body: { monthsAfterEnd: 24 },
      expected: coordinatorOnly(200),
    },
    { method: 'GET', path: '/api/help', expected: everybody(200) },
    { method: 'GET', path: '/api/effort?from=2026-01-01&to=2026-12-31', expected: everybody(200) },
    { method: 'GET', path: `${relationship}/record`, expected: pairOnly(200) },
    {
      method: 'PUT',
      path: `${relationship}/record/${anId}`,
      body: { kind: 'resource', title: 'A course' },
      expected: pairOnly(200),
    },
    { method: 'DELETE', path: `${relationship}/record/${randomUUID()}`, expected: pairOnly(204) },
    { method: 'GET', path: `${relationship}/export`, expected: pairOnly(200) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/help`,
      body: { contacts: [] },
      expected: coordinatorOnly(200),
    },
    { method: 'GET', path: `/api/programmes/${cast.programmeId}/pairs`, expected: coordinatorOnly(200) },
    { method: 'GET', path: `/api/programmes/${cast.programmeId}/members`, expected: coordinatorOnly(200) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/members/${pair.mentor.id}`,
      body: { roles: ['mentor'] },
      expected: coordinatorOnly(200),
    },
    { method: 'GET', path: `/api/programmes/${cast.programmeId}/troubles`, expected: coordinatorOnly(200) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/troubles/${anId}/retry`,
      expected: coordinatorOnly(404),
    },
    { method: 'GET', path: `/api/people/${pair.mentor.id}/mentor-load`, expected: mentorOnly(200) },
    {
      method: 'PUT',
      path: `/api/people/${pair.mentor.id}/mentor-load`,
      body: { capacity: 6 },
      expected: mentorOnly(200),
    },
    { method: 'GET', path: `/api/people/${pair.mentor.id}/assistants`, expected: mentorOnly(200) },
    { method: 'PUT', path: `/api/people/${pair.mentor.id}/assistants/${assistant.id}`, expected: mentorOnly(200) },
    { method: 'DELETE', path: `/api/people/${pair.mentor.id}/assistants/${randomUUID()}`, expected: mentorOnly(204) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}`,
      body: { name: 'Medicine', timeZone: 'America/New_York' },
      expected: coordinatorOnly(200),
    },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/rosters/test`,
      body: { label: 'x', text: 'person,date,code\n' },
      expected: coordinatorOnly(200),
    },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/code-map`,
      body: { rules: [] },
      expected: coordinatorOnly(200),
    },
    {
      method: 'GET',
      path: `/api/people/${pair.mentor.id}/clinic-sources`,
      expected: { mentee: 403, mentor: 200, assistant: 200, coordinator: 403, stranger: 403 },
    },
    {
      method: 'PUT',
      path: `/api/people/${pair.mentor.id}/clinic-sources/test`,
      body: { kind: 'weekly', label: 'Half-days', blocks: [] },
      expected: { mentee: 403, mentor: 200, assistant: 200, coordinator: 403, stranger: 403 },
    },
    {
      method: 'DELETE',
      path: `/api/people/${pair.mentor.id}/clinic-sources/nothing`,
      expected: { mentee: 403, mentor: 204, assistant: 204, coordinator: 403, stranger: 403 },
    },
    {
      method: 'PUT',
      path: `${relationship}/rematch`,
      // The coordinator's comes after the two asked for it, and changes nothing any more.
      expected: { mentee: 200, mentor: 200, assistant: 403, coordinator: 200, stranger: 404 },
    },
    // Calendars sign in nowhere: what counts is the secret that a notice carries (test/sync/notices.test.ts).
    { method: 'POST', path: '/api/notifications', body: { value: [] }, expected: everybody(202), nobody: 202 },
    {
      method: 'POST',
      path: '/api/notifications/lifecycle',
      body: { value: [] },
      expected: everybody(202),
      nobody: 202,
    },
    // Last, because the pair moves on.
    { method: 'PUT', path: `${relationship}/ending`, expected: pairOnly(200) },
  ]
}

beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  assistant = cast.people.find(({ kind }) => kind === 'assistant')!
  const principals = (await (await cast.as(assistant)).get('/api/me')).body.principals.map(
    (person: { personId: string }) => person.personId,
  )
  pair = cast.pairs.find(({ mentor }) => principals.includes(mentor.id))!
  const involved = new Set([pair.mentee.id, pair.mentor.id, assistant.id])
  const stranger = cast.people.find(
    ({ id, kind, appRoles }) => kind === 'resident' && !involved.has(id) && appRoles.length === 0,
  )!
  identities.set('mentee', await cast.as(pair.mentee))
  identities.set('mentor', await cast.as(pair.mentor))
  identities.set('assistant', await cast.as(assistant))
  identities.set('coordinator', cast.coordinator)
  identities.set('stranger', await cast.as(stranger))
})
afterAll(() => service.close())

test('every route answers everybody as the table says, and nobody without a token', async () => {
  const found: Record<string, string> = {}
  const wanted: Record<string, string> = {}
  for (const { method, path, body, expected, nobody = 401 } of routes()) {
    for (const [name, want] of Object.entries(expected)) {
      const caller = identities.get(name)!
      const { status } = await send(method, `${service.address}${path}`, { token: caller.accessToken, body })
      const allowed = [want].flat()
      found[`${name} ${method} ${path}`] = String(status)
      wanted[`${name} ${method} ${path}`] = allowed.includes(status) ? String(status) : allowed.join(' or ')
    }
    const { status } = await send(method, `${service.address}${path}`, { body })
    found[`nobody ${method} ${path}`] = String(status)
    wanted[`nobody ${method} ${path}`] = String(nobody)
  }
  expect(found).toEqual(wanted)
}, 60_000)

test('the table names every route of the API', async () => {
  const { body } = await send('GET', `${service.address}/api/openapi.json`)
  const described = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '*')}`),
  )
  const pattern = (path: string) =>
    path
      .replace(/\?.*/, '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')
      .replace(`/programmes/${cast.programmeId}`, '/programmes/*')
      .replace(/\/(agenda|rosters|clinic-sources|questions)\/[a-z]+(-[0-9])?/, '/$1/*')
  const walked = new Set(routes().map(({ method, path }) => `${method} ${pattern(path)}`))
  expect(described.filter((route) => !walked.has(route))).toEqual([])
})
