import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastPair, type CastPerson, castOf } from '../practice-cast.ts'
import { type RunningService, send, startService } from '../start-service.ts'
import { openToActors } from './access-callers.ts'
import { registeredRoutes } from './registered-routes.ts'

let service: RunningService
let cast: Cast
/** A committee of them, so that everybody who may have to do with a pair is there. */
let pair: CastPair
let assistant: CastPerson
/** Who sits on it; the first of them is the caller. */
let memberIds: readonly string[] = []
let atActors: Awaited<ReturnType<typeof openToActors>>
/** Path of a pair of the same mentee that has ended. */
let former: string
let registered: readonly string[] = []
/** Where and with which token each caller asks. */
const identities = new Map<string, { readonly address: string; readonly token: string }>()

/** Bodies that are valid, so that only the caller decides. */
const goal = { title: 'Publish', horizon: 'short', state: 'open' }
const homework = { title: 'Read', owner: 'mentee', done: false }
const request = { title: 'Review', hours: 6, rhythm: 'once', goalIds: [], decision: 'open' }
const feedback = { kind: 'feedback', helps: '', change: 'Earlier agendas', willDo: '' }
const plan = { kind: 'template', templateId: 'plan.year1', startDate: '2026-12-07' }
const anId = '3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c3d1'

type Answers = number | readonly number[]
/**
 * Who was in this and is no more, and the same person, with every role, in another tenant: strangers to it. So is
 * leadership, which reads no pair's data.
 */
const OUTSIDERS = ['former mentor', 'former assistant', 'leadership', 'other tenant'] as const
const CALLERS = ['mentee', 'mentor', 'member', 'assistant', 'coordinator', 'stranger', ...OUTSIDERS] as const
type Outsider = (typeof OUTSIDERS)[number] | 'member'
/**
 * An outsider without an answer of their own gets the stranger’s. So does a member of the committee, but that a refusal
 * there is one, because they know of it.
 */
type Expected = Readonly<Record<Exclude<(typeof CALLERS)[number], Outsider>, Answers>> &
  Readonly<Partial<Record<Outsider, Answers>>>
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
  member: ok,
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
  // A coordinator there: here is no such programme for them.
  'other tenant': 404,
})
/** What a meeting needs: members of a committee come to it, too. */
const attending = (ok: number): Expected => ({ ...pairOnly(ok), member: ok })
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
      expected: logistics(200),
    },
    {
      method: 'PUT',
      path: `/api/relationships/${randomUUID()}`,
      body: { menteeId: pair.mentee.id, mentorId: pair.mentor.id },
      // In their own tenant they may pair themselves; under an id that is taken they may not.
      expected: { mentee: 200, mentor: 200, assistant: 403, coordinator: 200, stranger: 403, 'other tenant': 409 },
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
    { method: 'GET', path: `${relationship}/meetings/${anId}`, expected: attending(404) },
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
    { method: 'GET', path: `${relationship}/next-brief`, expected: attending(404) },
    { method: 'GET', path: `${relationship}/meetings/${anId}/brief`, expected: attending(404) },
    {
      method: 'PUT',
      path: `${relationship}/meetings/${anId}/brief`,
      body: { done: '', wentWell: '', wentNot: '', barriers: '', questions: [], isShared: true },
      expected: menteeOnly(404),
    },
    { method: 'PUT', path: `${relationship}/meetings/${anId}/note`, body: { text: 'Mine' }, expected: attending(404) },
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
    {
      method: 'DELETE',
      path: `/api/programmes/${cast.programmeId}/retention`,
      expected: coordinatorOnly(204),
    },
    { method: 'GET', path: `/api/programmes/${cast.programmeId}/settings`, expected: coordinatorOnly(200) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}/clocks`,
      body: { quietDays: 30 },
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
      method: 'GET',
      path: `/api/programmes/${cast.programmeId}/figures`,
      expected: { ...coordinatorOnly(200), leadership: 200 },
    },
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
    // The mentor's own statement; others find it in the search and in the list of mentors, as people.test.ts has it.
    { method: 'GET', path: `/api/people/${pair.mentor.id}/mentor-skills`, expected: mentorOnly(200) },
    {
      method: 'PUT',
      path: `/api/people/${pair.mentor.id}/mentor-skills`,
      body: { skills: ['research'] },
      expected: mentorOnly(200),
    },
    { method: 'GET', path: '/api/mentors?skill=research', expected: everybody(200) },
    { method: 'GET', path: `/api/people/${pair.mentor.id}/assistants`, expected: mentorOnly(200) },
    { method: 'PUT', path: `/api/people/${pair.mentor.id}/assistants/${assistant.id}`, expected: mentorOnly(200) },
    { method: 'DELETE', path: `/api/people/${pair.mentor.id}/assistants/${randomUUID()}`, expected: mentorOnly(204) },
    {
      method: 'PUT',
      path: `/api/programmes/${cast.programmeId}`,
      body: { name: 'Medicine', timeZone: 'America/New_York' },
      expected: { ...coordinatorOnly(200), 'other tenant': 409 },
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
    {
      method: 'DELETE',
      path: `${relationship}/rematch`,
      // The one who asked first takes it back; after that there is nothing to take back.
      expected: { mentee: 200, mentor: 200, assistant: 403, coordinator: 403, stranger: 404 },
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
    { method: 'PUT', path: `${relationship}/members`, body: { memberIds }, expected: pairOnly(200) },
    // Near the end, because who has left is a stranger.
    {
      method: 'DELETE',
      path: `${relationship}/members/me`,
      expected: { ...pairOnly(403), member: 204 },
    },
    // Last, because the pair moves on.
    { method: 'PUT', path: `${relationship}/ending`, expected: { ...pairOnly(200), member: 404 } },
  ]
}

beforeAll(async () => {
  registered = await registeredRoutes(async () => {
    service = await startService()
  })
  cast = await castOf(service)
  assistant = cast.people.find(({ kind }) => kind === 'assistant')!
  const principals = (await (await cast.as(assistant)).get('/api/me')).body.principals.map(
    (person: { personId: string }) => person.personId,
  )
  pair = cast.pairs.find(({ mentor }) => principals.includes(mentor.id))!
  const involved = new Set([pair.mentee.id, pair.mentor.id, assistant.id])
  const [stranger, formerAssistant, formerMentor] = cast.people.filter(
    ({ id, kind, appRoles }) => kind === 'resident' && !involved.has(id) && appRoles.length === 0,
  )
  const atService = async (person: CastPerson) => ({
    address: service.address,
    token: (await cast.as(person)).accessToken,
  })
  identities.set('mentee', await atService(pair.mentee))
  identities.set('mentor', await atService(pair.mentor))
  identities.set('assistant', await atService(assistant))
  identities.set('coordinator', { address: service.address, token: cast.coordinator.accessToken })
  identities.set('stranger', await atService(stranger!))

  const sitting = cast.pairs.map(({ mentor }) => mentor).filter(({ id }) => id !== pair.mentor.id)
  memberIds = [...new Set(sitting.map(({ id }) => id))].slice(0, 2)
  const relationshipId = randomUUID()
  const { mentee, mentor } = pair
  const committee = { menteeId: mentee.id, mentorId: mentor.id, memberIds, programmeId: cast.programmeId }
  expect(await cast.coordinator.put(`/api/relationships/${relationshipId}`, committee)).toMatchObject({ status: 200 })
  pair = { ...pair, relationshipId }
  identities.set('member', await atService(sitting.find(({ id }) => id === memberIds[0])!))

  await makeFormer(formerAssistant!, formerMentor!)
  identities.set('former assistant', await atService(formerAssistant!))
  identities.set('former mentor', await atService(formerMentor!))

  // Named by the programme, as the seed has it.
  const leader = cast.people.find(({ userPrincipalName }) => userPrincipalName.startsWith('helena'))!
  expect((await (await cast.as(leader)).get('/api/me')).body.programmes).toMatchObject([{ role: 'leadership' }])
  identities.set('leadership', await atService(leader))

  // Their own token, because the directory is asked in their name.
  const asMentee = await cast.as(pair.mentee)
  const actors = {
    [asMentee.accessToken]: { ...actorOf(pair.mentee), tenantId: randomUUID(), roles: ['Coordinator'] },
  }
  atActors = await openToActors(service, actors)
  identities.set('other tenant', { address: atActors.address, token: asMentee.accessToken })
}, 60_000)
afterAll(async () => {
  await atActors.close()
  await service.close()
})

const actorOf = ({ id, displayName, mail }: CastPerson) => ({
  tenantId: cast.tenantId,
  personId: id,
  displayName,
  email: mail,
  roles: [],
})

/** One managed the mentor's calendar, one was the mentee's mentor; both no more. */
async function makeFormer(formerAssistant: CastPerson, formerMentor: CastPerson) {
  const mentor = await cast.as(pair.mentor)
  const assistants = `/api/people/${pair.mentor.id}/assistants/${formerAssistant.id}`
  await mentor.put(assistants, undefined)
  const asAssistant = await cast.as(formerAssistant)
  expect((await asAssistant.get(`/api/relationships/${pair.relationshipId}`)).status).toBe(200)
  await mentor.delete(assistants)

  const mentee = await cast.as(pair.mentee)
  former = `/api/relationships/${randomUUID()}`
  await mentee.put(former, { menteeId: pair.mentee.id, mentorId: formerMentor.id })
  await (await cast.as(formerMentor)).put(`${former}/invitation`, { accept: true })
  await mentee.put(`${former}/goals/${randomUUID()}`, goal)
  await mentee.put(`${former}/ending`, undefined)
  const settlement = await mentee.put(`${former}/ending/settlement`, { form: 'end' })
  expect(settlement).toMatchObject({ status: 200, body: { form: 'end' } })
}

test('every route answers everybody as the table says, and nobody without a token', async () => {
  const found: Record<string, string> = {}
  const wanted: Record<string, string> = {}
  for (const { method, path, body, expected, nobody = 401 } of routes()) {
    for (const name of CALLERS) {
      const isKnown = name === 'member' && expected.stranger === 404 && path.includes(pair.relationshipId)
      const want = expected[name] ?? (isKnown ? 403 : expected.stranger)
      const { address, token } = identities.get(name)!
      const { status } = await send(method, `${address}${path}`, { token, body })
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

test('what a pair wrote stays with the two when it has ended, and is nobody else\u2019s', async () => {
  const statusOf = async (name: string) => {
    const { address, token } = identities.get(name)!
    return (await send('GET', `${address}${former}/goals`, { token })).status
  }
  const names = [...identities.keys()]
  const found = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await statusOf(name)])))
  expect(found).toEqual({
    ...Object.fromEntries(names.map((name) => [name, 404])),
    mentee: 200,
    'former mentor': 200,
  })
})

/** What tells about the API itself, and needs no sign-in. */
const isDocumentation = (route: string) => /^GET \/api\/(openapi\.json|docs(\/.*)?)$/.test(route)

test('the table names every route of the API, also those that are not described', () => {
  const described = registered
    .filter((route) => !isDocumentation(route))
    .map((route) => route.replaceAll(/:[a-zA-Z]+/g, '*'))
  const pattern = (path: string) =>
    path
      .replace(/\?.*/, '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')
      .replace(`/programmes/${cast.programmeId}`, '/programmes/*')
      .replace(/\/(agenda|rosters|clinic-sources|questions)\/[a-z]+(-[0-9])?/, '/$1/*')
  const walked = new Set(routes().map(({ method, path }) => `${method} ${pattern(path)}`))
  expect(described.length).toBeGreaterThan(80)
  expect(described.filter((route) => !walked.has(route))).toEqual([])
  expect([...walked].filter((route) => !described.includes(route))).toEqual([])
})
