import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { MAILBOX, type Notice, startWatchedDepartment, type WatchedDepartment } from './watched-department.ts'

// biome-ignore lint/suspicious/noExplicitAny: Graph answers of many shapes
type Json = any

const target = fc.nat(20)
const minutes = fc.integer({ min: -40, max: 40 }).map((value) => value * 45)
/** Wall hour in New York. */
const hour = fc.integer({ min: 8, max: 18 })
/** What people do in Outlook, each to one of their mentoring dates. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), target, minutes }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('resize' as const), target, minutes: fc.constantFrom(15, 30, 90) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('decline' as const, 'accept' as const), target }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('propose' as const), target, minutes }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'delete' as const), target }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decline-all' as const), target }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete-all' as const), target }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('shift-all' as const), target, hour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('split' as const), target, hour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('something-else' as const), target }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never
/** What becomes of the notices of a deed. */
const fate = fc.constantFrom('comes', 'comes', 'is held back', 'comes five times', 'is lost')
const step = fc.record({
  deed,
  fate,
  isForgotten: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  looks: fc.boolean(),
})

const wall = (instantMs: number) => ({ dateTime: new Date(instantMs).toISOString().slice(0, 19), timeZone: 'UTC' })
const msOf = (time: { dateTime: string }) => Date.parse(`${time.dateTime.slice(0, 19)}Z`)
const isOurs = ({ subject, isCancelled }: Json) => subject === 'Mentoring meeting' && !isCancelled

/** The people of a department at work on their calendars; what Graph refuses, they leave. */
function peopleOf(department: WatchedDepartment) {
  const { asMentee, asMentor } = department
  const view = '/me/calendarView?startDateTime=2026-12-01T00:00:00Z&endDateTime=2028-12-01T00:00:00Z&$top=500'
  const look = async (as: typeof asMentee): Promise<Json[]> => (await as('GET', view)).value.filter(isOurs)
  const leaveIfRefused = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Error) || !('status' in error) || Number(error.status) >= 500) throw error
    }
  }
  async function doIt(wanted: Deed): Promise<void> {
    const dates = await look(asMentee)
    const date = dates[wanted.target % Math.max(1, dates.length)]
    const [invitedTo] = (await look(asMentor)).filter((copy) => date && msOf(copy.start) === msOf(date.start))
    if (wanted.kind === 'something-else') {
      const { id } = await asMentee('POST', '/me/events', {
        subject: 'Dentist',
        start: wall(Date.parse('2027-02-01T10:00:00Z') + wanted.target * 86_400_000),
        end: wall(Date.parse('2027-02-01T11:00:00Z') + wanted.target * 86_400_000),
      })
      if (wanted.target % 2 === 0) await asMentee('DELETE', `/me/events/${id}`)
      return
    }
    if (!date) return
    const path = `/me/events/${date.id}`
    const [start, end] = [msOf(date.start), msOf(date.end)]
    const moved = (by: number) => ({ start: wall(start + by * 60_000), end: wall(end + by * 60_000) })
    switch (wanted.kind) {
      case 'move':
        await asMentee('PATCH', path, moved(wanted.minutes))
        return
      case 'resize':
        await asMentee('PATCH', path, { start: wall(start), end: wall(start + wanted.minutes * 60_000) })
        return
      case 'decline':
      case 'accept':
        if (invitedTo) await asMentor('POST', `/me/events/${invitedTo.id}/${wanted.kind}`, { sendResponse: true })
        return
      case 'decline-all':
        if (invitedTo)
          await asMentor('POST', `/me/events/${invitedTo.seriesMasterId ?? invitedTo.id}/decline`, {
            sendResponse: true,
          })
        return
      case 'propose':
        if (invitedTo)
          await asMentor('POST', `/me/events/${invitedTo.id}/tentativelyAccept`, {
            sendResponse: true,
            proposedNewTime: moved(wanted.minutes),
          })
        return
      case 'cancel':
        await asMentee('POST', `${path}/cancel`, { comment: 'Away' })
        return
      case 'delete':
        await asMentee('DELETE', path)
        return
      case 'delete-all':
        await asMentee('DELETE', `/me/events/${date.seriesMasterId ?? date.id}`)
        return
      case 'shift-all':
      case 'split':
        if (date.seriesMasterId) await editSeries(wanted, date.seriesMasterId)
    }
  }
  /** Edits a whole series, or as Outlook does "this and following": the old one ends, a copy with all it carries goes on. */
  async function editSeries(wanted: Extract<Deed, { hour: number }>, masterId: string): Promise<void> {
    const key =
      "singleValueExtendedProperties($filter=id eq 'String {4b6c1f0e-6f0d-4f5e-9b39-2f0c7d8a51e3} Name ProtectedTimeKey')"
    const master = await asMentee('GET', `/me/events/${masterId}?$expand=${key}`)
    const { pattern, range } = master.recurrence
    const length = msOf(master.end) - msOf(master.start)
    const timesOn = (date: string) => {
      const startMs = Date.parse(`${date}T00:00:00Z`) + wanted.hour * 3_600_000
      const inNewYork = (ms: number) => ({ ...wall(ms), timeZone: 'Eastern Standard Time' })
      return { start: inNewYork(startMs), end: inNewYork(startMs + length) }
    }
    if (wanted.kind === 'shift-all') {
      await asMentee('PATCH', `/me/events/${masterId}`, timesOn(range.startDate))
      return
    }
    const left = 1 + (wanted.target % Math.max(1, range.numberOfOccurrences - 1))
    if (left >= range.numberOfOccurrences) return
    await asMentee('PATCH', `/me/events/${masterId}`, {
      recurrence: { pattern, range: { ...range, numberOfOccurrences: left } },
    })
    const startMs = Date.parse(range.startDate) + left * pattern.interval * 7 * 86_400_000
    const startDate = new Date(startMs).toISOString().slice(0, 10)
    await asMentee('POST', '/me/events', {
      subject: 'Mentoring meeting',
      ...timesOn(startDate),
      recurrence: { pattern, range: { ...range, startDate, numberOfOccurrences: range.numberOfOccurrences - left } },
      attendees: master.attendees.map(({ emailAddress, type }: Json) => ({ emailAddress, type })),
      singleValueExtendedProperties: master.singleValueExtendedProperties.map(({ id, value }: Json) => ({ id, value })),
    })
  }
  return { doIt: (wanted: Deed) => leaveIfRefused(() => doIt(wanted)), look: () => look(asMentee) }
}

/** Every date as the calendar has it. */
const inCalendar = (dates: readonly Json[]) =>
  dates
    .map(({ start, end, attendees }) => {
      const [invited] = attendees
      return [
        wall(msOf(start)).dateTime,
        wall(msOf(end)).dateTime,
        invited.status.response === 'declined' ? 'declined' : 'stands',
        invited.proposedNewTime ? invited.proposedNewTime.start.dateTime.slice(0, 19) : '',
      ].join(' ')
    })
    .toSorted()
/** The same as we have it. */
const inStore = (all: readonly MentoringSeries[]) =>
  all
    .flatMap(({ meetings }) => meetings)
    .filter(({ dateless }) => dateless?.reason !== 'cancelled')
    .map(({ startsAt, endsAt, dateless, proposal }) =>
      [
        startsAt.slice(0, 19),
        endsAt.slice(0, 19),
        dateless ? 'declined' : 'stands',
        proposal ? proposal.startsAt.slice(0, 19) : '',
      ].join(' '),
    )
    .toSorted()

test('whatever people do and whatever becomes of the notices, in the end we have what the calendar has', async () => {
  let meetings = 0
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 10 }), async (isRecurring, steps) => {
      const department = await startWatchedDepartment()
      try {
        const { id } = isRecurring ? await department.bookFortnightly() : await bookSingles(department)
        await department.work()
        department.takeArrived()
        const people = peopleOf(department)
        const held: Notice[] = []
        let isLost = false
        for (const { deed: wanted, fate: what, isForgotten, looks } of steps) {
          await people.doIt(wanted)
          const arrived = department.takeArrived()
          if (what === 'is held back') held.unshift(...arrived)
          else if (what === 'is lost') isLost ||= arrived.length > 0
          else for (let time = 0; time < (what === 'comes' ? 1 : 5); time++) await department.letIn(arrived)
          if (isForgotten) forgetRounds(department)
          if (looks) await department.work()
        }
        await department.letIn([...held, ...held])
        // Whoever loses notices says so, sooner or later.
        if (isLost) await department.watches.noteChanges(MAILBOX, 'everything')
        await department.work()
        const { series, rev } = await department.stored(id)
        expect(inStore([series])).toEqual(inCalendar(await people.look()))
        // Looking at everything once more finds nothing more.
        await department.watches.noteChanges(MAILBOX, 'everything')
        await department.work()
        expect((await department.stored(id)).rev).toBe(rev)
        meetings += series.meetings.length
      } finally {
        await department.close()
      }
    }),
    { numRuns: Number(process.env['SYNC_RUNS'] ?? 10), endOnFailure: process.env['SYNC_SHRINK'] === undefined },
  )
  expect(meetings).toBeGreaterThan(0)
}, 600_000)

const bookSingles = (department: WatchedDepartment) =>
  department.book(
    {
      kind: 'windows',
      windows: [
        { from: '2027-01-11', to: '2027-02-01' },
        { from: '2027-02-01', to: '2027-03-01' },
        { from: '2027-03-01', to: '2027-04-01' },
      ],
    },
    ['2027-01-13', '2027-02-09', '2027-03-16'],
  )

function forgetRounds({ tenant }: WatchedDepartment): void {
  const rounds = tenant.state.collection<{ id: string }>('delta-rounds')
  for (const { id } of rounds.list()) rounds.remove(id)
}
