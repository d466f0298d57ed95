import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bodyOf, proposalsFor, settled } from '../booking/book-a-series.ts'
import { type Cast, type CastPerson, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'
import { handsOf, untilWatched } from '../sync/by-hand.ts'

const PLAN = { kind: 'template', templateId: 'committee-every-6-months-60', startDate: '2026-12-07' } as const
const CHANGE = { plan: PLAN, minutes: 60 }

let service: RunningService
let cast: Cast
let [mentee, chair, one, two, spare]: CastPerson[] = []
let series: SeriesView
const relationshipId = randomUUID()
const path = `/api/relationships/${relationshipId}`
const as = (person: CastPerson | undefined): Promise<Caller> => cast.as(person!)
const invitationsTo = async (person: CastPerson | undefined) =>
  (await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(person!.mail)}`)).body.filter(
    ({ kind }: { kind: string }) => kind === 'invitation',
  )
const committeeOf = (...members: (CastPerson | undefined)[]) => ({
  menteeId: mentee!.id,
  mentorId: chair!.id,
  programmeId: cast.programmeId,
  memberIds: members.map((member) => member!.id),
})

beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  // A mentee who is nobody's mentor, and mentors in one zone, so that there is time in common.
  const first = cast.pairs.find(({ mentee: { userPrincipalName } }) => userPrincipalName.startsWith('amara'))!
  const mentors = new Map(
    cast.pairs
      .filter(({ mentor }) => mentor.timeZone === first.mentor.timeZone)
      .map(({ mentor }) => [mentor.id, mentor] as const),
  )
  mentee = first.mentee
  ;[chair, one, two, spare] = [...mentors.values()]
}, 60_000)
afterAll(() => service.close())

describe('a committee is set up', () => {
  test.each([
    ['with one member', () => committeeOf(one), 400],
    ['with the mentee on it', () => committeeOf(one, mentee), 422],
    ['with its chair twice', () => committeeOf(one, chair), 422],
    ['with somebody unknown', () => ({ ...committeeOf(one, two), memberIds: [one!.id, randomUUID()] }), 422],
  ])('%s: refused, with the place of the fault', async (_, body, status) => {
    const answer = await (await as(mentee)).put(`/api/relationships/${randomUUID()}`, body())
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect(answer.body.faults[0].path).toMatch(/^\/?memberIds/)
  })

  test('by its mentee, answered by its chair, and found by everybody on it', async () => {
    const body = committeeOf(one, two)
    const made = await (await as(mentee)).put(path, body)
    expect(made).toMatchObject({ status: 200, body: { state: 'invited', myRole: 'mentee' } })
    expect(made.body.members.map(({ personId }: { personId: string }) => personId)).toEqual(body.memberIds)
    expect((await (await as(mentee)).put(path, body)).body).toEqual(made.body)
    expect(await (await as(mentee)).put(path, committeeOf(one, spare))).toMatchObject({ status: 409 })
    expect(await (await as(chair)).put(`${path}/invitation`, { accept: true })).toMatchObject({ status: 200 })
    for (const [person, myRole] of [
      [chair, 'mentor'],
      [one, 'member'],
      [two, 'member'],
    ] as const) {
      const { body: mine } = await (await as(person)).get('/api/relationships')
      const found = mine.relationships.find((own: { relationshipId: string }) => own.relationshipId === relationshipId)
      expect(found).toMatchObject({ myRole, state: 'assigned' })
    }
  })

  test('and counts as no further mentee of its chair', async () => {
    const others = cast.pairs.filter(({ mentor }) => mentor.id === chair!.id).length
    const { body } = await (await as(chair)).get(`/api/people/${chair!.id}/mentor-load`)
    expect(body.mentees).toBe(others)
  })
})

describe('its meetings', () => {
  test('are proposed at times that suit all of them, without a word on why somebody cannot', async () => {
    const proposals = await proposalsFor(await as(mentee), relationshipId, CHANGE)
    expect(proposals.people.map(({ role }) => role)).toEqual(['mentee', 'mentor', 'member', 'member'])
    expect(proposals.proposals[0]?.unplaced).toEqual([])
    const told = proposals.windows.flatMap(({ reasons }) => reasons)
    const ofMembers = told.filter(({ text }) => text.includes(one!.displayName) || text.includes(two!.displayName))
    expect(ofMembers.length).toBeGreaterThan(0)
    for (const { code } of ofMembers) expect(['not-available', 'suitable', 'less-suitable']).toContain(code)
  })

  test('invite everybody once and take the time of all of them', async () => {
    const before = await Promise.all([chair, one, two].map(async (person) => (await invitationsTo(person)).length))
    const caller = await as(mentee)
    const [best] = (await proposalsFor(caller, relationshipId, CHANGE)).proposals
    const seriesPath = `${path}/series/${randomUUID()}`
    expect(await caller.put(seriesPath, bodyOf(best!, CHANGE))).toMatchObject({ status: 202 })
    series = await settled(caller, seriesPath)
    expect(series).toMatchObject({ state: 'booked', progress: { done: 2, total: 2 } })
    const after = await Promise.all([chair, one, two].map(async (person) => (await invitationsTo(person)).length))
    const items = new Set(series.meetings.map(({ webLink }) => webLink)).size
    expect(after).toEqual(before.map((count) => count + items))

    // What a member's time is taken by is taken for their own pairs, too.
    const own = cast.pairs.find(({ mentor }) => mentor.id === one!.id)!
    const windows = [{ from: series.meetings[0]!.startsAt.slice(0, 10), to: plusDay(series.meetings[0]!.startsAt) }]
    const clash = {
      plan: { kind: 'windows', windows },
      minutes: 60,
      meetings: [{ window: 0, startsAt: series.meetings[0]!.startsAt }],
    }
    const taken = await (await as(own.mentee)).put(
      `/api/relationships/${own.relationshipId}/series/${randomUUID()}`,
      clash,
    )
    expect(taken).toMatchObject({ status: 409, body: { code: 'slot-not-free' } })
  })

  test('stand when a member says no to one in Outlook, and tell who is missing', async () => {
    const [first] = series.meetings
    const hands = await handsOf(service, two!)
    await untilWatched(service, cast.tenantId, mentee!.id)
    await hands.decline(first!.startsAt)
    const seen = async () => (await (await as(chair)).get(`${path}/series/${series.seriesId}`)).body.meetings[0]
    await vi.waitFor(async () => expect((await seen()).absent).toMatchObject([{ personId: two!.id }]), {
      timeout: 30_000,
    })
    expect(await seen()).toMatchObject({ state: 'booked', startsAt: first!.startsAt })
  })

  test('are asked about when a member’s duty comes to lie on one: the mentee and the chair, not the member', async () => {
    const meeting = series.meetings[1]!
    const member = await as(one)
    const given = await member.put(`/api/people/${one!.id}/clinic-sources/duty`, {
      kind: 'ics',
      label: 'Ward roster',
      text: dutyAt(meeting.startsAt),
    })
    expect(given.status).toBe(200)
    const seen = async (person: CastPerson | undefined) =>
      (await (await as(person)).get(`${path}/series/${series.seriesId}`)).body.meetings[1]
    await vi.waitFor(async () => expect((await seen(mentee)).fix?.state).toBe('asking'), { timeout: 30_000 })
    const { fix } = await seen(mentee)
    expect(fix.options.length).toBeGreaterThan(0)
    expect(JSON.stringify(fix)).not.toMatch(/Ward/)
    expect((await seen(one)).fix).toMatchObject({ waitsForMe: false, options: [] })
    const waiting = async (person: CastPerson | undefined) =>
      (await (await as(person)).get('/api/waiting')).body.meetings.filter(
        (one: { relationshipId: string }) => one.relationshipId === relationshipId,
      )
    expect(await waiting(chair)).toHaveLength(1)
    expect(await waiting(one)).toEqual([])
  })
})

describe('a member', () => {
  const meetingPath = () => `${path}/meetings/${series.meetings[0]!.meetingId}`

  test('reads the agenda, and the brief once it is shared, and keeps a note of their own', async () => {
    const member = await as(one)
    expect(await member.get(meetingPath())).toMatchObject({ status: 200, body: { myRole: 'mentor', asMember: true } })
    const goal = { title: 'Lead a ward round', horizon: 'short', state: 'open' }
    expect(await (await as(mentee)).put(`${path}/goals/${randomUUID()}`, goal)).toMatchObject({ status: 200 })
    const brief = { done: 'Two talks', wentWell: '', wentNot: '', barriers: '', questions: [] }
    const write = async (isShared: boolean, revision?: number) =>
      (
        await (
          await as(mentee)
        ).put(`${meetingPath()}/brief`, { ...brief, isShared, ...(revision ? { revision } : {}) })
      ).body
    const { revision } = await write(false)
    const early = (await member.get(`${meetingPath()}/brief`)).body
    expect(early).toMatchObject({ goals: [], openHomework: [], needs: [] })
    expect(early.text).toBeUndefined()
    await write(true, revision)
    const shared = (await member.get(`${meetingPath()}/brief`)).body
    expect(shared).toMatchObject({ text: { done: 'Two talks' }, goals: [{ title: goal.title }], prep: { due: 0 } })

    const note = async (person: CastPerson | undefined, text: string) =>
      (await (await as(person)).put(`${meetingPath()}/note`, { text })).status
    expect(await note(chair, 'Chair’s own')).toBe(200)
    expect(await note(one, 'Member’s own')).toBe(200)
    const noteOf = async (person: CastPerson | undefined) =>
      (await (await as(person)).get(`${meetingPath()}/brief`)).body.note.text
    expect(await Promise.all([chair, one, two, mentee].map(noteOf))).toEqual(['Chair’s own', 'Member’s own', '', ''])
    const record = JSON.stringify((await (await as(chair)).get(`${path}/export?format=json`)).body)
    expect(record).not.toContain('Member’s own')
  })

  test('has nothing else of what the two work on, and changes nothing', async () => {
    const member = await as(one)
    const at = meetingPath()
    const dated = `${path}/series/${series.seriesId}/meetings/${series.meetings[0]!.meetingId}`
    const startsAt = series.meetings[0]!.startsAt
    const answers = await Promise.all([
      member.get(`${path}/goals`),
      member.get(`${path}/homework`),
      member.get(`${path}/agreement`),
      member.get(`${path}/feedback`),
      member.get(`${path}/record`),
      member.get(`${path}/access-log`),
      member.get(`${path}/wrap-ups`),
      member.put(`${at}/agenda/checkin`, { done: true }),
      member.delete(`${at}/agenda/checkin`),
      member.put(`${at}/brief`, { done: '', wentWell: '', wentNot: '', barriers: '', questions: [], isShared: true }),
      member.post(`${path}/proposals`, CHANGE),
      member.put(`${dated}/time`, { startsAt }),
      member.put(`${dated}/cancellation`, {}),
      member.put(`${path}/series/${series.seriesId}/cancellation`, {}),
      member.put(`${path}/pause`, { resumeDate: '2027-02-01' }),
      member.put(`${path}/rematch`, undefined),
      member.put(`${path}/members`, { memberIds: [one!.id, spare!.id] }),
    ])
    expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(403))
  })

  test('leaves without a reason and is a stranger then; the others go on and name somebody else', async () => {
    const member = await as(one)
    expect(await (await as(chair)).delete(`${path}/members/me`)).toMatchObject({ status: 403 })
    expect(await member.delete(`${path}/members/me`)).toMatchObject({ status: 204 })
    expect(await member.delete(`${path}/members/me`)).toMatchObject({ status: 404 })
    expect(await member.get(path)).toMatchObject({ status: 404 })
    expect(await member.get(meetingPath())).toMatchObject({ status: 404 })
    const mine = (await member.get('/api/relationships')).body.relationships
    expect(mine.some((own: { relationshipId: string }) => own.relationshipId === relationshipId)).toBe(false)
    const named = await (await as(chair)).put(`${path}/members`, { memberIds: [two!.id, spare!.id] })
    expect(named.body.members.map(({ personId }: { personId: string }) => personId)).toEqual([two!.id, spare!.id])
    expect(await (await as(spare)).get(path)).toMatchObject({ status: 200, body: { myRole: 'member' } })
    expect(await (await as(two)).get(meetingPath())).toMatchObject({ status: 200 })
  })
})

test('a coordinator sees who is on a committee, and nothing of what it talks about', async () => {
  const { body } = await cast.coordinator.get(`/api/programmes/${cast.programmeId}/pairs`)
  const row = body.pairs.find((pair: { relationshipId: string }) => pair.relationshipId === relationshipId)
  expect(row).toMatchObject({ booked: expect.any(Number), members: [{ personId: two!.id }, { personId: spare!.id }] })
  expect(await cast.coordinator.put(`${path}/members`, { memberIds: [one!.id, two!.id] })).toMatchObject({
    status: 403,
  })
})

const plusDay = (at: string) => Temporal.PlainDate.from(at.slice(0, 10)).add({ days: 1 }).toString()
const icsTime = (instant: Temporal.Instant) =>
  instant.toString({ smallestUnit: 'second' }).replaceAll('-', '').replaceAll(':', '')
const dutyAt = (startsAt: string) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//Test//EN',
    'BEGIN:VEVENT',
    'UID:duty',
    'DTSTAMP:20261101T000000Z',
    `DTSTART:${icsTime(Temporal.Instant.from(startsAt).subtract({ hours: 1 }))}`,
    `DTEND:${icsTime(Temporal.Instant.from(startsAt).add({ hours: 2 }))}`,
    'SUMMARY:Ward Zeta',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
