import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Calendar } from '../../server/ports/calendar.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { peopleRepository } from '../../server/store/people-repository.ts'
import { loadMe } from '../../server/use-cases/people/load-me.ts'
import { mailboxZones } from '../../server/use-cases/people/mailbox-zones.ts'
import { type Cast, type CastPair, type CastPerson, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService, TEST_NOW } from '../start-service.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let outsider: CastPerson
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  const { body } = await cast.coordinator.get(members())
  const inside = new Set(body.members.map(({ personId }: { personId: string }) => personId))
  const kinds = ['resident', 'fellow', 'attending', 'other']
  outsider = cast.people.find(({ id, kind, appRoles }) => kinds.includes(kind) && !inside.has(id) && !appRoles.length)!
})
afterAll(() => service.close())

const newPath = () => `/api/relationships/${randomUUID()}`
const members = () => `/api/programmes/${cast.programmeId}/members`

describe('a pair is stored under the ids of the directory', () => {
  test('whatever letters the caller typed', async () => {
    const path = newPath()
    const typed = { menteeId: pair.mentee.id.toUpperCase(), mentorId: pair.mentor.id.toUpperCase() }
    const expected = {
      status: 200,
      body: { mentee: { personId: pair.mentee.id }, mentor: { personId: pair.mentor.id }, myRole: 'mentee' },
    }
    expect(await mentee.put(path, typed)).toMatchObject(expected)
    expect(await mentee.put(path, { menteeId: pair.mentee.id, mentorId: pair.mentor.id })).toMatchObject(expected)
    expect(await (await cast.as(pair.mentor)).get(path)).toMatchObject({ status: 200, body: { myRole: 'mentor' } })
  })
  test('and a sign-in name is no id', async () => {
    const body = { menteeId: pair.mentee.id, mentorId: pair.mentor.userPrincipalName }
    expect(await mentee.put(newPath(), body)).toMatchObject({ status: 400, body: { faults: [{ path: 'mentorId' }] } })
  })
  test('so that nobody is paired with themselves in other letters', async () => {
    const body = { menteeId: pair.mentee.id, mentorId: pair.mentee.id.toUpperCase() }
    expect(await mentee.put(newPath(), body)).toMatchObject({ status: 422, body: { code: 'same-person' } })
  })
})

test('pairing again answers as the list of pairs does', async () => {
  const { mentee: a, mentor: b } = pair
  const path = `/api/relationships/${pair.relationshipId}`
  expect((await mentee.put(path, { menteeId: a.id, mentorId: b.id })).body).toEqual((await mentee.get(path)).body)
})

test('people pair up in a programme only when both belong to it; a coordinator may pair anybody', async () => {
  const body = { menteeId: pair.mentee.id, mentorId: outsider.id, programmeId: cast.programmeId }
  expect(await mentee.put(newPath(), body)).toMatchObject({
    status: 403,
    body: { code: 'not-allowed', faults: [{ path: 'programmeId' }] },
  })
  expect((await cast.coordinator.put(newPath(), body)).status).toBe(200)
  expect((await mentee.put(newPath(), { ...body, mentorId: pair.mentor.id })).status).toBe(200)
})

test('what the directory says of a person outlives their sign-in', async () => {
  const people = await peopleRepository(await openEmbeddedStore(':memory:'))
  const asked: string[] = []
  const actor = { tenantId: 't', personId: 'p', displayName: '', email: 'sign-in@lakeside.example', roles: [] }
  const deps = {
    people,
    programmes: { list: async () => [] },
    calendar: {
      async listSchedules(_mailbox: string, emails: readonly string[]) {
        asked.push(...emails)
        return []
      },
    },
    clock: { now: () => TEST_NOW },
    findMailboxZone: mailboxZones(),
  } as unknown as Parameters<typeof loadMe>[0]

  await loadMe(deps, actor)
  expect(await people.find('t', 'p')).toBeUndefined()
  await loadMe(deps, { ...actor, displayName: 'From the token' })
  expect(await people.find('t', 'p')).toMatchObject({ displayName: 'From the token' })
  const known = { id: 'p', tenantId: 't', displayName: 'Priya Raman', email: 'mail@lakeside.example' }
  await people.remember(known)
  expect((await loadMe(deps, actor)).person).toEqual(known)
  expect(await people.find('t', 'p')).toEqual(known)
  expect(asked.at(-1)).toBe(known.email)
})

test('the zone of a mailbox is asked for once in ten minutes, and again where it could not be read', async () => {
  const answers = ['unreadable', 'Europe/Vienna', 'America/Denver']
  const calendar = {
    async listSchedules() {
      const timeZone = answers.shift()
      return timeZone === 'unreadable'
        ? [{ problem: 'mailbox-not-reachable' }]
        : [{ busy: [], workingHours: { timeZone } }]
    },
  } as unknown as Calendar
  const person = { id: 'p', tenantId: 't', displayName: 'Priya Raman', email: 'mail@lakeside.example' }
  const findMailboxZone = mailboxZones()
  const zoneAfter = (minutes: number) => findMailboxZone(calendar, person, TEST_NOW.add({ minutes }))

  expect(await zoneAfter(0)).toBeUndefined()
  expect(await zoneAfter(1)).toBe('Europe/Vienna')
  expect(await zoneAfter(10)).toBe('Europe/Vienna')
  expect(await zoneAfter(11)).toBe('America/Denver')
})

describe('a search', () => {
  const find = async (caller: Caller, { displayName, id }: CastPerson) => {
    const { body } = await caller.get(`/api/people?query=${encodeURIComponent(displayName)}`)
    return body.people.find((person: { personId: string }) => person.personId === id)
  }
  test('tells whether a mentor has room, and neither how many they have nor take', async () => {
    const found = await find(mentee, pair.mentor)
    expect(found.programmeIds).toEqual([cast.programmeId])
    expect(Object.keys(found.mentor)).toEqual(['hasRoom', 'skills'])
    const capacity = (capacity: number) =>
      cast.coordinator.put(`${members()}/${pair.mentor.id}`, { roles: ['mentor'], capacity })
    expect((await capacity(0)).body).toMatchObject({ capacity: 0 })
    expect((await find(mentee, pair.mentor)).mentor).toMatchObject({ hasRoom: false })
    await capacity(100)
    expect((await find(mentee, pair.mentor)).mentor).toMatchObject({ hasRoom: true })
  })
  test('tells people outside a programme nothing of who mentors in it', async () => {
    const found = await find(await cast.as(outsider), pair.mentor)
    expect(found).toMatchObject({ personId: pair.mentor.id, programmeIds: [] })
    expect(found.mentor).toBeUndefined()
  })
})

describe('what a mentor says they offer', () => {
  const idsOf = (answer: { readonly body: { readonly people: readonly { personId: string }[] } }) =>
    answer.body.people.map(({ personId }) => personId)
  const offering = async (caller: Caller, query = '') =>
    idsOf(await caller.get(`/api/mentors?skill=negotiation${query === '' ? '' : `&query=${query}`}`))
  const state = async (skills: readonly string[]) =>
    (await cast.as(pair.mentor)).put(`/api/people/${pair.mentor.id}/mentor-skills`, { skills })

  test('is seen by mentees and coordinators of the programme, and by nobody outside', async () => {
    expect(await state(['research', 'negotiation'])).toMatchObject({
      status: 200,
      body: { skills: ['negotiation', 'research'] },
    })
    for (const caller of [mentee, cast.coordinator]) expect(await offering(caller)).toContain(pair.mentor.id)
    const path = `/api/people?query=${encodeURIComponent(pair.mentor.displayName)}`
    expect((await mentee.get(path)).body.people[0].mentor.skills).toEqual(['negotiation', 'research'])
    expect((await cast.coordinator.get(path)).body.people[0].mentor.skills).toEqual(['negotiation', 'research'])
    const outside = await cast.as(outsider)
    expect(await offering(outside)).toEqual([])
    expect(JSON.stringify((await outside.get(path)).body)).not.toContain('negotiation')
  })
  test('narrows the search, also by the beginning of a name, until it is taken back', async () => {
    const family = encodeURIComponent(pair.mentor.displayName.split(' ').at(-1)!.slice(0, 4))
    expect(await offering(mentee, family)).toEqual([pair.mentor.id])
    expect(await offering(mentee, 'zzzz')).toEqual([])
    await state([])
    expect(await offering(mentee)).not.toContain(pair.mentor.id)
  })
  test('is chosen from the list', async () => {
    expect((await state(['astrology'])).status).toBe(400)
    expect((await mentee.get('/api/mentors?skill=astrology')).status).toBe(400)
    expect((await mentee.get('/api/mentors')).status).toBe(400)
  })
})

describe('members of a programme', () => {
  const rolesOf = async (personId: string) =>
    (await cast.coordinator.get(members())).body.members.find(
      (member: { personId: string }) => member.personId === personId,
    )?.roles
  test('come, change and go as the coordinator says, under the directory\u2019s name', async () => {
    expect(await rolesOf(outsider.id)).toBeUndefined()
    const put = (roles: string[]) => cast.coordinator.put(`${members()}/${outsider.id.toUpperCase()}`, { roles })
    expect(await put(['mentor', 'leadership'])).toMatchObject({
      status: 200,
      body: { personId: outsider.id, displayName: outsider.displayName, roles: ['mentor', 'leadership'] },
    })
    expect((await rolesOf(outsider.id)).toSorted()).toEqual(['leadership', 'mentor'])
    const { body } = await (await cast.as(outsider)).get('/api/me')
    expect(body.programmes).toMatchObject([{ programmeId: cast.programmeId, role: 'leadership' }])
    await put(['mentee'])
    expect(await rolesOf(outsider.id)).toEqual(['mentee'])
    await put([])
    expect(await rolesOf(outsider.id)).toBeUndefined()
  })
  test('must be in the directory', async () => {
    expect(await cast.coordinator.put(`${members()}/${randomUUID()}`, { roles: ['mentor'] })).toMatchObject({
      status: 422,
      body: { code: 'person-not-found', faults: [{ path: 'personId' }] },
    })
    expect((await cast.coordinator.get(`/api/programmes/${randomUUID()}/members`)).status).toBe(404)
  })
})

test('an assistant whom a person names sees their pairs until they are dismissed', async () => {
  const mine = `/api/people/${pair.mentee.id}/assistants`
  const assistant = await cast.as(outsider)
  const relationship = `/api/relationships/${pair.relationshipId}`
  expect((await assistant.get(relationship)).status).toBe(404)
  expect(await mentee.put(`${mine}/${outsider.id}`, undefined)).toMatchObject({
    status: 200,
    body: { personId: outsider.id },
  })
  expect(await assistant.get(relationship)).toMatchObject({ status: 200, body: { myRole: 'assistant' } })
  expect((await assistant.get(`${relationship}/goals`)).status).toBe(403)
  expect((await mentee.get(mine)).body.assistants.map((one: { personId: string }) => one.personId)).toContain(
    outsider.id,
  )
  expect((await mentee.delete(`${mine}/${outsider.id}`)).status).toBe(204)
  expect((await assistant.get(relationship)).status).toBe(404)
  expect(await mentee.put(`${mine}/${pair.mentee.id}`, undefined)).toMatchObject({ body: { code: 'same-person' } })
})
