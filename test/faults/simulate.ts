import { setImmediate as settle } from 'node:timers/promises'
import { bookingJob } from '../../server/use-cases/book-series.ts'
import { cancelSeries } from '../../server/use-cases/cancel-series.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { MENTEE, MENTOR } from '../graph/practice-department.ts'
import { aPlannedSeries, TENANT, thePair } from './a-series.ts'
import { fits, type Schedule } from './fault-plan.ts'
import { type InProcessGraph, inProcessGraph, keyOf } from './practice-graph.ts'
import { type Fate, openWorld, type Process, type World } from './world.ts'

export type Outcome = {
  readonly points: number
  readonly faults: number
  readonly crashes: number
  readonly acknowledged: number
  /** Sentences about what must never be; empty in a right run. */
  readonly wrongs: readonly string[]
  /** Further mails to one person about one event. */
  readonly repeatMails: number
}

const NOTHING = { points: 0, faults: 0, crashes: 0, acknowledged: 0, repeatMails: 0 }
const ACTOR = { tenantId: TENANT, personId: MENTEE.id, displayName: MENTEE.displayName, email: MENTEE.mail, roles: [] }

/** Runs one schedule to its end and says what came of it. */
export async function simulate(schedule: Schedule): Promise<Outcome> {
  let skip = schedule.faults[0]?.skip ?? 0
  let next = 0
  let crashes = 0
  const fate: Fate = (point) => {
    const fault = schedule.faults[next]
    if (!fault || skip-- > 0 || !fits(fault.kind, point)) return undefined
    next++
    skip = schedule.faults[next]?.skip ?? 0
    if (fault.kind.startsWith('crash')) crashes++
    return fault.kind
  }
  const graph = inProcessGraph({ nowMs: Date.now, ...schedule })
  let cancellations: { readonly at: number; readonly call: () => void }[] = []
  const world = await openWorld({
    ...schedule,
    graph,
    fate,
    onPoint: (count) => {
      for (const { call } of cancellations.filter(({ at }) => at <= count)) call()
      cancellations = cancellations.filter(({ at }) => at > count)
    },
  })
  try {
    const wanted = schedule.series.map((plan, index) => ({ plan, series: aPlannedSeries(index, plan.isRecurring) }))
    const clients = wanted.map(({ series }, index) => book(world, series, index))
    const callOffs = wanted.flatMap(({ plan: { cancelAfter }, series }, index) => {
      if (cancelAfter === undefined) return []
      const called = new Promise<void>((call) => cancellations.push({ at: cancelAfter + 1, call }))
      return [called.then(() => clients[index]).then(() => callOff(world, series, index))]
    })
    await world.drain()
    for (const { call } of cancellations) call()
    await world.drain()
    const answered = Promise.all([...clients, ...callOffs]).then(() => true)
    if (!(await Promise.race([answered, settle(false)])))
      return { ...NOTHING, wrongs: ['lost: a client got no answer'] }
    const wrongs: string[] = []
    let repeatMails = 0
    for (const { plan, series } of wanted) {
      const { found, repeats } = await inspect(world, graph, series, plan.cancelAfter !== undefined)
      wrongs.push(...found)
      repeatMails += repeats
    }
    return {
      points: world.points(),
      faults: next,
      crashes,
      acknowledged: wanted.length + callOffs.length,
      wrongs,
      repeatMails,
    }
  } finally {
    await world.close()
  }
}

/** A client: sends its request to one server after another until one answers. */
async function untilAnswered<T>(world: World, first: number, ask: (process: Process) => Promise<T>): Promise<T> {
  for (let place = first; ; place++) {
    const processes = world.processes()
    const process = processes[place % processes.length]
    if (!process) throw new Error('no server is there')
    const died = process.death.then(() => ({ answer: undefined }))
    const asked = await Promise.race([died, ask(process).then((answer) => ({ answer }), toldToTryAgain)])
    if (asked.answer !== undefined) return asked.answer
  }
}

/** The booking kept writing first; nothing was acknowledged, and the client asks again. */
function toldToTryAgain(error: unknown): { readonly answer: undefined } {
  if (error instanceof DomainError && error.code === 'edited-meanwhile') return { answer: undefined }
  throw error
}

async function book(world: World, series: MentoringSeries, place: number): Promise<void> {
  await untilAnswered(world, place, async ({ deps, wake }) => {
    const outcome = await deps.series.add(series, bookingJob(series.id))
    wake()
    return outcome
  })
}

async function callOff(world: World, { id }: MentoringSeries, place: number): Promise<void> {
  await untilAnswered(world, place, async ({ deps, wake }) => {
    const asked = { actor: ACTOR, relationshipId: thePair.id, seriesId: id, comment: 'On leave' }
    const called = await cancelSeries({ ...deps, backgroundWork: true }, asked)
    await deps.jobs.ensure(bookingJob(id), { revive: true })
    wake()
    return called
  })
}

async function inspect(
  world: World,
  graph: InProcessGraph,
  { id }: MentoringSeries,
  isCalledOff: boolean,
): Promise<{ readonly found: readonly string[]; readonly repeats: number }> {
  const series = await world.store.get<MentoringSeries & { id: string; rev: number }>('series', id)
  if (!series) return { found: ['lost: an acknowledged series is not stored'], repeats: 0 }
  const found: string[] = []
  let repeats = 0
  const expected = isCalledOff ? 'cancelled' : 'booked'
  const problems = series.events.map(({ step, problem }) => `${step} ${problem ?? ''}`).join(', ')
  if (series.state !== expected) found.push(`lost: ${series.state} instead of ${expected} (${problems})`)
  for (const event of series.events) {
    const own = graph.eventsIn(MENTEE).filter((one) => keyOf(one) === event.key)
    const invited = own.filter(({ attendees }) => attendees.length > 0)
    if (invited.length > (isCalledOff ? 0 : 1)) found.push(`duplicate: ${invited.length} invited events`)
    if (own.length > invited.length) found.push(`orphan: ${own.length - invited.length} bare events`)
    if (!isCalledOff && invited.length === 1) {
      if (invited[0]?.attachments.length === 0) found.push('wrong: no agenda')
      const copies = graph.eventsIn(MENTOR).filter(({ uid }) => uid === invited[0]?.uid)
      if (copies.length !== 1) found.push(`wrong: ${copies.length} copies at the attendee`)
      if (event.shape.kind === 'recurring' && Object.keys(invited[0]?.exceptions ?? {}).length !== 1) {
        found.push('wrong: the moved date is not moved')
      }
    }
  }
  const starts = new Set(series.meetings.map(({ startsAt }) => Date.parse(startsAt)))
  const mails = graph.mailsTo(MENTOR).filter(({ start }) => start !== undefined && starts.has(Date.parse(start)))
  const invitations = mails.filter(({ kind }) => kind === 'invitation')
  const told = new Set(invitations.map(({ iCalUId }) => iCalUId))
  if (told.size > series.events.length) found.push(`duplicate: ${told.size} events were invited to`)
  repeats += invitations.length - told.size + mails.filter(({ kind }) => kind === 'update').length
  const cancellations = mails.filter(({ kind }) => kind === 'cancellation')
  if (cancellations.length > told.size) repeats += cancellations.length - told.size
  return { found, repeats }
}
