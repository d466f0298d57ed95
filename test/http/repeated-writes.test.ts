import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Job } from '../../server/store/job-repository.ts'
import { bodyOf, proposalsFor, settled } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Answer, type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from '../work/practice-clock.ts'
import { lifecycleWrites } from './lifecycle-writes.ts'
import { registeredRoutes } from './registered-routes.ts'
import type { Write } from './write.ts'

/** Writes of the API, repeated: one after the other, fifty at once, and with another body under the same id. */
const AT_ONCE = 50

let service: RunningService
let cast: Cast
let folder: string
let registered: readonly string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'repeated-'))
  // One person sends more here in a minute than people do.
  registered = await registeredRoutes(async () => {
    service = await startService({ DATA_DIR: folder, REQUESTS_PER_MINUTE: '100000' })
  })
  cast = await castOf(service)
}, 60_000)
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A pair of its own for each write, so that requests per person stay few. */
async function writes(): Promise<readonly Write[]> {
  const pairs = cast.pairs.filter(({ mentee }) => !/^(joaquin|aisling)/.test(mentee.userPrincipalName))
  const next = () => pairs.shift()!
  const of = async (pair: CastPair) => ({ pair, by: await cast.as(pair.mentee), path: pathOf(pair) })
  const pathOf = ({ relationshipId }: CastPair) => `/api/relationships/${relationshipId}`
  const programme = `/api/programmes/${cast.programmeId}`
  const { coordinator } = cast

  const seats = [...new Map(cast.pairs.map(({ mentor }) => [mentor.id, mentor])).values()]
  const seated = next()
  const memberIds = seats.map(({ id }) => id).filter((id) => id !== seated.mentor.id)
  const committee = {
    by: await cast.as(seated.mentee),
    path: `/api/relationships/${randomUUID()}`,
  }
  const { mentee, mentor } = seated
  const made = { menteeId: mentee.id, mentorId: mentor.id, memberIds: memberIds.slice(0, 2) }
  expect(await committee.by.put(committee.path, made)).toMatchObject({ status: 200 })

  const called = await of(next())
  const calledPath = `${called.path}/series/${randomUUID()}`
  const [calledBest] = (await proposalsFor(called.by, called.pair.relationshipId)).proposals
  await called.by.put(calledPath, bodyOf(calledBest!))
  await settled(called.by, calledPath)
  const ticked = await of(next())
  const tickedPath = `${ticked.path}/series/${randomUUID()}`
  const [tickedBest] = (await proposalsFor(ticked.by, ticked.pair.relationshipId)).proposals
  await ticked.by.put(tickedPath, bodyOf(tickedBest!))
  const [meeting] = (await settled(ticked.by, tickedPath)).meetings
  const tickedMeeting = `${ticked.path}/meetings/${meeting!.meetingId}`
  const agenda = `${tickedMeeting}/agenda`
  const brief = { done: '', wentWell: 'Much', wentNot: '', barriers: '', questions: ['Where to?'] }
  const booked = await of(next())
  const seriesPath = `${booked.path}/series/${randomUUID()}`
  const [best, second] = (await proposalsFor(booked.by, booked.pair.relationshipId)).proposals
  const work = await of(next())
  const goal = { title: 'Publish', horizon: 'short', state: 'open' }
  const homework = { title: 'Read', owner: 'mentee', done: false }
  const request = { title: 'Review', hours: 6, rhythm: 'once', goalIds: [], decision: 'open' }
  const oldGoal = `${work.path}/goals/${randomUUID()}`
  const oldHomework = `${work.path}/homework/${randomUUID()}`
  await work.by.put(oldGoal, goal)
  const priority = { kind: 'stop', text: 'Late charts' }
  const oldPriority = `${work.path}/priorities/${randomUUID()}`
  await work.by.put(oldPriority, priority)
  await work.by.put(oldHomework, homework)
  const oldRequest = `${work.path}/requests/${randomUUID()}`
  await work.by.put(oldRequest, request)
  const clinic = await of(next())
  const sources = `/api/people/${clinic.pair.mentee.id}/clinic-sources`
  const halfDays = { kind: 'weekly', label: 'Half-days', blocks: [{ weekday: 2, start: '08:00', end: '12:00' }] }
  await clinic.by.put(`${sources}/old`, halfDays)
  const helped = await of(next())
  const assistants = `/api/people/${helped.pair.mentee.id}/assistants`
  const [first, other] = cast.people.filter(({ id }) => id !== helped.pair.mentee.id)
  await helped.by.put(`${assistants}/${other!.id}`, undefined)
  const stuck = `book-series|${randomUUID()}`
  await service.services.jobs.ensure({
    id: stuck,
    kind: 'book-series',
    subjectId: 'nothing',
    state: 'dead',
    dueAt: 0,
    tries: 30,
  })
  const paired = await of(next())
  const stranger = next().mentor
  const people = { menteeId: paired.pair.mentee.id, mentorId: stranger.id }

  return [
    {
      route: 'PUT /relationships/*',
      path: `/api/relationships/${randomUUID()}`,
      body: people,
      otherBody: { ...people, domains: ['research'] },
      by: paired.by,
    },
    {
      route: 'PUT /relationships/*/series/*',
      path: seriesPath,
      body: bodyOf(best!),
      otherBody: bodyOf(second!),
      by: booked.by,
      settle: () => settled(booked.by, seriesPath),
    },
    {
      route: 'PUT /relationships/*/series/*/cancellation',
      path: `${calledPath}/cancellation`,
      body: { comment: 'On leave' },
      by: called.by,
      settle: () => settled(called.by, calledPath),
    },
    {
      route: 'PUT /relationships/*/meetings/*/agenda/*',
      path: `${agenda}/checkin`,
      body: { done: true },
      by: ticked.by,
    },
    {
      route: 'PUT /relationships/*/meetings/*/priorities',
      path: `${tickedMeeting}/priorities`,
      body: { areas: ['career', 'research'], needs: ['listen'] },
      otherBody: { areas: ['research', 'career'], needs: [] },
      by: ticked.by,
    },
    {
      route: 'PUT /relationships/*/meetings/*/brief',
      path: `${tickedMeeting}/brief`,
      body: { ...brief, isShared: true },
      otherBody: { ...brief, isShared: false },
      by: ticked.by,
    },
    {
      route: 'PUT /relationships/*/meetings/*/note',
      path: `${tickedMeeting}/note`,
      body: { text: 'Mine' },
      otherBody: { text: 'Also mine' },
      by: ticked.by,
    },
    {
      route: 'PUT /relationships/*/meetings/*/decisions',
      path: `${tickedMeeting}/decisions`,
      body: { decisions: ['Submit'] },
      otherBody: { decisions: ['Wait'] },
      by: ticked.by,
    },
    // A reason is replaced, not edited: the last one said counts.
    {
      route: 'PUT /relationships/*/meetings/*/next-date',
      path: `${tickedMeeting}/next-date`,
      body: { reason: 'later' },
      by: ticked.by,
    },
    {
      route: 'PUT /relationships/*/vision',
      path: `${work.path}/vision`,
      body: { text: 'Teach' },
      otherBody: { text: 'Research' },
      by: work.by,
    },
    {
      route: 'PUT /relationships/*/questions/*',
      path: `${work.path}/questions/role-1`,
      body: { text: 'Yes', isShared: false },
      otherBody: { text: 'No', isShared: false },
      by: work.by,
    },
    {
      route: 'PUT /relationships/*/priorities/*',
      path: `${work.path}/priorities/${randomUUID()}`,
      body: priority,
      otherBody: { ...priority, kind: 'keep' },
      by: work.by,
    },
    { route: 'PUT /me/todo', path: '/api/me/todo', by: work.by },
    { route: 'DELETE /me/todo', path: '/api/me/todo', by: work.by },
    { route: 'DELETE /relationships/*/priorities/*', path: oldPriority, by: work.by },
    { route: 'DELETE /relationships/*/meetings/*/agenda/*', path: `${agenda}/checkin`, by: ticked.by },
    {
      route: 'PUT /relationships/*/goals/*',
      path: `${work.path}/goals/${randomUUID()}`,
      body: goal,
      otherBody: { ...goal, title: 'Teach' },
      by: work.by,
    },
    { route: 'DELETE /relationships/*/goals/*', path: oldGoal, by: work.by },
    {
      route: 'PUT /relationships/*/homework/*',
      path: `${work.path}/homework/${randomUUID()}`,
      body: homework,
      otherBody: { ...homework, title: 'Write' },
      by: work.by,
    },
    { route: 'DELETE /relationships/*/homework/*', path: oldHomework, by: work.by },
    {
      route: 'PUT /relationships/*/requests/*',
      path: `${work.path}/requests/${randomUUID()}`,
      body: request,
      otherBody: { ...request, hours: 9 },
      by: work.by,
    },
    {
      route: 'PUT /relationships/*/requests/*/answer',
      path: `${oldRequest}/answer`,
      body: { choice: 'discuss', mayMentionMentor: false, revision: 1 },
      otherBody: { choice: 'accept', mayMentionMentor: false, revision: 1 },
      by: await cast.as(work.pair.mentor),
    },
    { route: 'DELETE /relationships/*/requests/*', path: oldRequest, by: work.by },
    {
      route: 'PUT /relationships/*/hours-budget',
      path: `${work.path}/hours-budget`,
      body: { hoursPerMonth: 4 },
      otherBody: { hoursPerMonth: 5 },
      by: work.by,
    },
    { route: 'PUT /people/*/clinic-sources/*', path: `${sources}/new`, body: halfDays, by: clinic.by },
    { route: 'DELETE /people/*/clinic-sources/*', path: `${sources}/old`, by: clinic.by },
    { route: 'PUT /people/*/assistants/*', path: `${assistants}/${first!.id}`, by: helped.by },
    { route: 'DELETE /people/*/assistants/*', path: `${assistants}/${other!.id}`, by: helped.by },
    {
      route: 'PUT /relationships/*/members',
      path: `${committee.path}/members`,
      body: { memberIds: memberIds.slice(1, 4) },
      by: committee.by,
    },
    {
      route: 'PUT /programmes/*',
      path: '/api/programmes/new',
      body: { name: 'Surgery', timeZone: 'Asia/Kathmandu' },
      by: coordinator,
    },
    { route: 'PUT /programmes/*/code-map', path: `${programme}/code-map`, body: { rules: [] }, by: coordinator },
    {
      route: 'PUT /programmes/*/rosters/*',
      path: `${programme}/rosters/ward`,
      body: { label: 'Ward', text: `person,date,code\n${paired.pair.mentee.mail},2026-12-08,ZZ\n` },
      by: coordinator,
    },
    {
      route: 'PUT /programmes/*/members/*',
      path: `${programme}/members/${stranger.id}`,
      body: { roles: ['mentor'], capacity: 3 },
      by: coordinator,
    },
    {
      route: 'PUT /programmes/*/troubles/*/retry',
      path: `${programme}/troubles/${encodeURIComponent(stuck)}/retry`,
      by: coordinator,
    },
    ...(await lifecycleWrites(cast, next)),
    // Last, because it takes the clock to the meeting. What one says of it may be corrected.
    {
      route: 'PUT /relationships/*/meetings/*/attestation',
      path: `${tickedMeeting}/attestation`,
      body: { met: true, minutes: 45 },
      by: ticked.by,
      prepare: () => moveClockTo(service, meeting!.startsAt),
    },
  ]
}

/** Bookkeeping that moves on by itself. */
const OF_THE_SERVICE = new Set(
  ['jobs', 'watchedMailboxes', 'watchSweeps', 'calendarChanges', 'auditEntries', 'auditHeads'].map(
    (name) => `c_${name}`,
  ),
)

/** Waits a while for background work to come to rest: it moves things on by itself. */
async function atRest(): Promise<void> {
  const db = new Database(join(folder, 'protected-time.db'), { readonly: true })
  try {
    const rest = vi.waitFor(
      () => {
        const jobs = db.prepare('SELECT json FROM c_jobs').all() as { readonly json: string }[]
        const isBusy = ({ state, dueAt }: Job) => state === 'leased' || (state === 'due' && dueAt <= Date.now())
        expect(jobs.map(({ json }): Job => JSON.parse(json)).filter(isBusy)).toEqual([])
      },
      { timeout: 10_000, interval: 50 },
    )
    // Work that is due again and again is no reason to stop here: what matters is compared below.
    await rest.catch(() => undefined)
  } finally {
    db.close()
  }
}

/**
 * Everything that is kept, but for wake-ups, the record of the service's own work, the moment at which a file was loaded,
 * and the day of the next look at a pair, which comes when it comes.
 */
function kept(): Record<string, unknown> {
  const db = new Database(join(folder, 'protected-time.db'), { readonly: true })
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'c_%'").all()
    return Object.fromEntries(
      (tables as { readonly name: string }[])
        .filter(({ name }) => !OF_THE_SERVICE.has(name))
        .map(({ name }) => [
          name,
          db.prepare(`SELECT id, rev, json FROM ${name} ORDER BY id`).all().map(withoutOwnWork),
        ]),
    )
  } finally {
    db.close()
  }
}
const withoutOwnWork = (row: unknown) => {
  const { id, rev, json } = row as { readonly id: string; readonly rev: number; readonly json: string }
  const { loadedAt, checkOn, ...document } = JSON.parse(json)
  const movesByItself = loadedAt !== undefined || checkOn !== undefined
  return { id, document, ...(movesByItself ? {} : { rev }) }
}

/** An answer without what moves on by itself: how far a booking is, and the moment of loading. */
const settledPart = ({ status, body }: Answer) => ({
  status,
  body: JSON.parse(JSON.stringify(body ?? null), (key, value) =>
    ['state', 'step', 'progress', 'bookedAt', 'loadedAt', 'webLink', 'since'].includes(key) ? undefined : value,
  ),
})

const walked = new Set<string>()
/** Writes that need a past of their own, and where that past is made. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'PUT /relationships/*/series/*/meetings/*/time': 'test/booking/move-meeting.test.ts',
  'PUT /relationships/*/series/*/meetings/*/cancellation': 'test/booking/move-meeting.test.ts',
  'PUT /relationships/*/series/*/meetings/*/fixes/*/answer': 'test/booking/roster-changes.test.ts',
  'PUT /relationships/*/review': 'test/http/feedback.test.ts',
  'DELETE /relationships/*/members/me': 'test/relationship/committee.test.ts',
}

test('repeating a write, once or fifty times at once, changes nothing and answers the same', async () => {
  const all = await writes()
  for (const { route } of all) walked.add(route)
  for (const { route, path, body, otherBody, by, prepare, settle } of all) {
    await prepare?.()
    const send = () => (route.startsWith('PUT') ? by.put(path, body) : by.delete(path))
    const together = await Promise.all(Array.from({ length: AT_ONCE }, send))
    const [first] = together
    expect.soft(first!.status, `${route}: ${JSON.stringify(first!.body)}`).toBeLessThan(300)
    for (const one of together) expect.soft(settledPart(one), route).toEqual(settledPart(first!))
    await settle?.()
    await atRest()
    const before = kept()
    expect.soft(settledPart(await send()), route).toEqual(settledPart(first!))
    await settle?.()
    await atRest()
    expect.soft(JSON.stringify(kept(), null, 1), route).toEqual(JSON.stringify(before, null, 1))
    if (otherBody === undefined) continue
    expect.soft((await by.put(path, otherBody)).status, `${route} with another body`).toBe(409)
    expect.soft(kept(), route).toEqual(before)
  }
}, 300_000)

test('every write that can be repeated has a row', () => {
  const ofApi = registered
    .filter((route) => /^(PUT|PATCH|DELETE) /.test(route))
    .map((route) => route.replace('/api', '').replaceAll(/:[a-zA-Z]+/g, '*'))
  const rows = new Set([...walked, ...Object.keys(ELSEWHERE)])
  expect.soft(ofApi.filter((route) => !rows.has(route))).toEqual([])
  expect
    .soft(
      [...rows].filter((route) => !ofApi.includes(route)),
      'rows of routes that are no more',
    )
    .toEqual([])
})
