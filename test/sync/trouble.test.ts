import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobDeps } from '../../server/jobs/job-kind.ts'
import { syncMailboxKind } from '../../server/jobs/sync-mailbox.ts'
import { watchMailboxKind } from '../../server/jobs/watch-mailbox.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { RELATIONSHIP } from '../domain/builders.ts'
import { MENTEE, MENTOR } from '../graph/practice-department.ts'
import { MAILBOX, startWatchedDepartment, type WatchedDepartment } from './watched-department.ts'

let department: WatchedDepartment
let series: MentoringSeries
beforeEach(async () => {
  department = await startWatchedDepartment()
  series = await department.bookFortnightly(3)
  await department.work()
  department.takeArrived()
})
afterEach(() => department.close())

const lookAtEverything = async () => {
  await department.watches.noteChanges(MAILBOX, 'everything')
  await department.work()
}
const stored = async () => (await department.stored(series.id)).series

test.each([
  ['ErrorInvalidUser', 404, 'mailbox-not-found'],
  ['MailboxNotEnabledForRESTAPI', 404, 'mailbox-not-reachable'],
  ['ErrorAccessDenied', 403, 'access-denied'],
])(
  'a mailbox that answers %s is said to be so, keeps its meetings, and comes back',
  async (errorCode, status, code) => {
    department.tenant.faults.add([{ path: '*/events/*', count: 1, status, errorCode }])
    await lookAtEverything()
    expect(await stored()).toMatchObject({ state: 'needs-attention', calendarProblem: { code } })
    expect((await stored()).meetings).toEqual(series.meetings)
    await lookAtEverything()
    expect(await stored()).toEqual(series)
  },
)

test('an outage while looking forgets nothing: the next try finds it all', async () => {
  const [date] = (
    await department.asMentee(
      'GET',
      '/me/calendarView?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z',
    )
  ).value
  await department.asMentee('POST', `/me/events/${date.id}/cancel`, {})
  await department.letIn(department.takeArrived())
  department.tenant.faults.add([{ path: '*/events/*', count: 4, status: 503 }])
  await expect(department.work()).rejects.toMatchObject({ code: 'outage' })
  expect(await department.watches.findChanges(MAILBOX)).toBeDefined()
  await department.work()
  expect((await stored()).meetings[0]?.dateless).toMatchObject({ reason: 'cancelled' })
})

test('a meeting moved onto another one is told so, and takes none of its time', async () => {
  const other = await department.book({ kind: 'windows', windows: [{ from: '2027-01-11', to: '2027-01-15' }] }, [
    '2027-01-13',
  ])
  const [first] = series.meetings
  const [taken] = other.meetings
  const dates = (
    await department.asMentee(
      'GET',
      '/me/calendarView?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z',
    )
  ).value
  const at = (instant: string) => ({ dateTime: instant.slice(0, 19), timeZone: 'UTC' })
  const half = (instant: string) => new Date(Date.parse(instant) + 30 * 60_000).toISOString().slice(0, 19)
  const { relationshipId: id, tenantId, menteeId, mentorId } = series
  await department.relationships.add({ ...RELATIONSHIP, id, tenantId, menteeId, mentorId })
  for (const user of [MENTEE, MENTOR])
    await department.people.remember({ tenantId, id: user.id, displayName: user.displayName, email: user.mail })
  await department.asMentee('PATCH', `/me/events/${dates[0].id}`, {
    start: at(half(taken!.startsAt)),
    end: at(half(taken!.endsAt)),
  })
  await lookAtEverything()
  const moved = (await stored()).meetings[0]
  expect(moved).toMatchObject({ startsAt: `${half(taken!.startsAt)}Z`, clash: 'meeting' })
  const holds = await department.series.listHolds(series.tenantId, MENTOR.id, taken!.startsAt, '2027-01-13T21:00:00Z')
  expect(holds).toEqual([
    { start: taken!.startsAt, end: taken!.endsAt, seriesId: other.id },
    { start: taken!.endsAt, end: `${half(taken!.endsAt)}Z`, seriesId: series.id },
  ])
  const old = await department.series.listHolds(series.tenantId, MENTOR.id, first!.startsAt, first!.endsAt)
  expect(old).toEqual([])
})

test('a service that moved to another address subscribes anew, and only once', async () => {
  const subscriptions = () =>
    department.tenant.state.collection<{ id: string; notificationUrl: string }>('subscriptions').list()
  const deps = { ...department, nowMs: () => 0 } as unknown as JobDeps
  await watchMailboxKind.listLost!(deps)
  await department.work()
  const [old] = subscriptions()
  department.moveService()
  await watchMailboxKind.listLost!(deps)
  expect(await department.jobs.find(`watch-mailbox|${MAILBOX}`)).toMatchObject({ state: 'due' })
  await department.work()
  const [made, ...more] = subscriptions()
  expect(more).toEqual([])
  expect(made?.id).not.toBe(old?.id)
  expect(made?.notificationUrl).toMatch(/^http:\/\/localhost:/)
  await watchMailboxKind.listLost!(deps)
  await department.work()
  expect(subscriptions()).toMatchObject([{ id: made?.id }])
})

test('every six hours everything is looked at, by one server, whatever notices say', async () => {
  const deps = { ...department, nowMs: () => 0 } as unknown as JobDeps
  const later = (hours: number) => department.tenant.clock.moveTo(department.clock.now().add({ hours }))
  await watchMailboxKind.listLost!(deps)
  await department.work()
  later(5)
  await watchMailboxKind.listLost!(deps)
  expect(await department.watches.listPending()).toEqual([])
  later(1)
  await Promise.all([watchMailboxKind.listLost!(deps), watchMailboxKind.listLost!(deps)])
  expect(await department.watches.findChanges(MAILBOX)).toMatchObject({ isEverything: true, rev: 1 })
  expect(await syncMailboxKind.listLost!(deps)).toMatchObject([{ kind: 'sync-mailbox', subjectId: MAILBOX }])
})
