import { randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import { Temporal } from 'temporal-polyfill'
import { notificationRoutes } from '../../server/http/notification-routes.ts'
import { installProblems } from '../../server/http/problems.ts'
import type { CalendarWatch } from '../../server/ports/calendar-watch.ts'
import { calendarRoutes } from '../../server/practice/graph/calendar-routes.ts'
import { dispatchGraph } from '../../server/practice/graph/router.ts'
import type { PracticeUser } from '../../server/practice/people.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { jobRepository } from '../../server/store/job-repository.ts'
import { peopleRepository } from '../../server/store/people-repository.ts'
import { programmeRepository } from '../../server/store/programme-repository.ts'
import { relationshipRepository } from '../../server/store/relationship-repository.ts'
import { seriesRepository } from '../../server/store/series-repository.ts'
import { watchRepository } from '../../server/store/watch-repository.ts'
import { syncMailbox } from '../../server/use-cases/sync/sync-mailbox.ts'
import { watchMailbox } from '../../server/use-cases/sync/watch-mailbox.ts'
import { asId } from '../../shared/domain/ids.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import type { MeetingPlan } from '../../shared/scheduling/types.ts'
import { planned, RELATIONSHIP } from '../domain/builders.ts'
import { MENTEE, MENTOR, startPractice } from '../graph/practice-department.ts'

const TENANT = 'b1000000-0000-4000-8000-00000000000f'
export const MAILBOX = `${TENANT}|${MENTEE.id}`
const TIME_ZONE = 'America/New_York'

/** A notice on its way to us: where to, and what it says. */
export type Notice = { readonly path: string; readonly item: Readonly<Record<string, unknown>> }
// biome-ignore lint/suspicious/noExplicitAny: Graph answers of many shapes
type Json = any

/**
 * A practice tenant, and what follows its calendars: stores, routes and use cases as the service has them, without
 * jobs, so that a test decides when a notice arrives and when somebody looks.
 */
export async function startWatchedDepartment() {
  const practice = await startPractice()
  const { tenant } = practice
  const store = openEmbeddedStore(':memory:')
  const { calendar, watch } = practice.access.asService!
  const arrived: Notice[] = []
  const calls: string[] = []
  const counted: CalendarWatch = {
    ...watch,
    readChanges: (mailbox, since) => {
      calls.push('token' in since ? 'changes since a token' : 'changes of a period')
      return watch.readChanges(mailbox, since)
    },
  }
  let address = ''
  let movedTo: string | undefined
  const deps = {
    series: await seriesRepository(store),
    jobs: await jobRepository(store),
    watches: await watchRepository(store),
    relationships: await relationshipRepository(store),
    people: await peopleRepository(store),
    programmes: await programmeRepository(store),
    calendar,
    watch: counted,
    clock: tenant.clock,
    noticesUrl: () => movedTo ?? address,
    wakeJobs: () => {},
    signal: new AbortController().signal,
  }
  const routes = fastify()
  installProblems(routes)
  await routes.register(notificationRoutes(deps), { prefix: '/api' })

  // Stands between the calendar and us: proves the address, and holds what comes until a test lets it in.
  const gate = fastify()
  gate.removeAllContentTypeParsers()
  gate.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  gate.post('/api/*', async (request, reply) => {
    if (request.url.includes('validationToken=')) {
      const answer = await routes.inject({
        method: 'POST',
        url: request.url,
        headers: { 'content-type': 'text/plain' },
      })
      return reply.code(answer.statusCode).headers(answer.headers).send(answer.body)
    }
    const { value } = JSON.parse(String(request.body))
    arrived.push(...value.map((item: Notice['item']) => ({ path: request.url, item })))
    return reply.code(202).send()
  })
  address = await gate.listen({ port: 0, host: '127.0.0.1' })

  async function asPerson(user: PracticeUser, method: string, path: string, body?: unknown): Promise<Json> {
    const [way = '', query = ''] = path.split('?')
    const reply = await dispatchGraph(tenant.graph, calendarRoutes, {
      method,
      path: way,
      query: new URLSearchParams(query),
      headers: { 'content-type': 'application/json', prefer: 'IdType="ImmutableId"' },
      body,
      caller: { kind: 'user', userId: user.id, scopes: ['Calendars.ReadWrite'] },
    })
    tenant.state.flush()
    await tenant.notifier.deliver()
    return reply.body
  }

  async function book(plan: MeetingPlan, dates: readonly string[]): Promise<MentoringSeries> {
    const seriesId = randomUUID()
    const relationship: Relationship = {
      ...RELATIONSHIP,
      id: asId(randomUUID()),
      tenantId: asId(TENANT),
      menteeId: asId(MENTEE.id),
      mentorId: asId(MENTOR.id),
    }
    const series = planned(
      plan,
      dates.map((date) => Temporal.PlainDate.from(date)),
      {
        seriesId,
        timeZone: TIME_ZONE,
        relationship,
        participants: {
          mentee: { name: MENTEE.displayName, email: MENTEE.mail },
          mentor: { name: MENTOR.displayName, email: MENTOR.mail },
        },
      },
    )
    const events = []
    for (const event of series.events) {
      const { id, iCalUId } = await calendar.createEvent(MENTEE.id, event.draft)
      await calendar.inviteAttendees(MENTEE.id, id, [series.participants.mentor])
      events.push({ ...event, step: 'verified' as const, tries: 1, eventId: id, iCalUId })
    }
    const booked: MentoringSeries = { ...series, state: 'booked', bookedAt: '2027-01-04T14:00:00Z', events }
    await deps.relationships.add(relationship)
    if ((await deps.series.add(booked, undefined, { value: relationship, rev: 1 })) !== 'added')
      throw new Error('The series was not added.')
    return booked
  }

  return {
    ...deps,
    tenant,
    /** What the calendar was asked, besides events. */
    calls,
    book,
    /** Fortnightly on Tuesdays, one recurring event. */
    bookFortnightly: (count = 6) =>
      book(
        { kind: 'every-weeks', weeks: 2, startDate: '2027-01-11', count },
        Array.from({ length: count }, (_, index) =>
          Temporal.PlainDate.from('2027-01-12')
            .add({ weeks: 2 * index })
            .toString(),
        ),
      ),
    asMentee: (method: string, path: string, body?: unknown) => asPerson(MENTEE, method, path, body),
    asMentor: (method: string, path: string, body?: unknown) => asPerson(MENTOR, method, path, body),
    stored: async (seriesId: string) => (await deps.series.get(seriesId))!,
    /** From now on the service is reached under this name of the same machine. */
    moveService() {
      movedTo = address.replace('127.0.0.1', 'localhost')
    },
    /** What came and was not let in yet. */
    takeArrived: () => arrived.splice(0),
    /** One POST to our real route, from this machine unless told. */
    post: (path: string, body: unknown, remoteAddress = '127.0.0.1') =>
      routes.inject({
        remoteAddress,
        method: 'POST',
        url: path,
        payload: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    /** Lets notices in, one POST per address. */
    async letIn(notices: readonly Notice[]): Promise<void> {
      for (const path of new Set(notices.map((notice) => notice.path))) {
        const value = notices.filter((notice) => notice.path === path).map(({ item }) => item)
        const { statusCode } = await routes.inject({
          method: 'POST',
          url: path,
          payload: { value },
        })
        if (statusCode !== 202) throw new Error(`${path} answered ${statusCode}.`)
      }
    },
    /** What the jobs would do now. */
    async work(): Promise<void> {
      await watchMailbox(deps, MAILBOX)
      await syncMailbox(deps, MAILBOX)
    },
    async close() {
      await gate.close()
      await routes.close()
      await practice.close()
      await store.close()
    },
  }
}
export type WatchedDepartment = Awaited<ReturnType<typeof startWatchedDepartment>>
