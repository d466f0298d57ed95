import { setImmediate as settle } from 'node:timers/promises'
import { addWhilePairGoesOn, bookingJob, changeJob } from '../../server/use-cases/booking/book-series.ts'
import { cancelSeries } from '../../server/use-cases/booking/cancel-series.ts'
import { storeMove } from '../../server/use-cases/booking/store-move.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import { assertChangeable } from '../../shared/domain/meeting-change.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { MENTEE, MENTOR } from '../graph/practice-department.ts'
import { aPlannedSeries, movedMeeting, TENANT, theOtherPair, thePair } from './a-series.ts'
import { endPair, findAheadOfEnded, pairBefore } from './end-pair.ts'
import { fits, type MoveTo, type Schedule, type SeriesPlan } from './fault-plan.ts'
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
  let waiting: { readonly at: number; readonly goOn: () => void }[] = []
  const afterPoint = (at: number) => new Promise<void>((goOn) => waiting.push({ at, goOn }))
  const looks: Promise<readonly string[]>[] = []
  const world: World = await openWorld({
    ...schedule,
    graph,
    fate,
    pairs: [pairBefore(schedule.end?.by), theOtherPair],
    onPoint: (count) => {
      if (schedule.end) looks.push(findAheadOfEnded(world, new Date().toISOString()))
      for (const { goOn } of waiting.filter(({ at }) => at <= count)) goOn()
      waiting = waiting.filter(({ at }) => at > count)
    },
  })
  try {
    const wanted = schedule.series.map((plan, index) => ({
      plan,
      series: aPlannedSeries(index, plan.isRecurring, plan.ofOtherPair ? theOtherPair : thePair),
    }))
    const booked = new Set<string>()
    const clients = wanted.map(async ({ series }, index) => {
      if (await book(world, series, index)) booked.add(series.id)
    })
    const { end } = schedule
    const ends = end
      ? [afterPoint(end.after + 1).then(() => untilAnswered(world, 0, (one) => endPair(one, end.by).then(() => true)))]
      : []
    const callOffs = wanted.flatMap(({ plan: { cancelAfter }, series }, index) => {
      if (cancelAfter === undefined) return []
      const answered = afterPoint(cancelAfter + 1).then(() => clients[index])
      return [answered.then(async () => booked.has(series.id) && callOff(world, series, index))]
    })
    const moved = new Map<string, string>()
    const moves = wanted.flatMap(({ plan, series }, index) => {
      if (!plan.move) return []
      const { after, to } = plan.move
      const answered = afterPoint(after + 1).then(() => clients[index])
      return [
        answered.then(async () => {
          if (booked.has(series.id) && (await move(world, series, to, index)))
            moved.set(series.id, movedMeeting(series, to).startsAt)
        }),
      ]
    })
    await world.drain()
    for (const { goOn } of waiting) goOn()
    await world.drain()
    const answered = Promise.all([...clients, ...ends, ...callOffs, ...moves]).then(() => true)
    if (!(await Promise.race([answered, settle(false)])))
      return { ...NOTHING, wrongs: ['lost: a client got no answer'] }
    looks.push(findAheadOfEnded(world, new Date().toISOString()))
    const wrongs = [...new Set((await Promise.all(looks)).flat())]
    let repeatMails = 0
    const isCalledOff = ({ cancelAfter, ofOtherPair }: SeriesPlan) =>
      cancelAfter !== undefined || (end !== undefined && !ofOtherPair)
    if (
      end &&
      (await world.store.get<Relationship & { rev: number }>('relationships', thePair.id))?.state !== 'ended'
    ) {
      wrongs.push('lost: the pair is not over')
    }
    for (const { plan, series } of wanted) {
      // Nothing is planned for a pair that is over.
      if (end && !plan.ofOtherPair && !booked.has(series.id)) continue
      const { found, repeats } = await inspect(world, graph, series, {
        isCalledOff: isCalledOff(plan),
        isMoved: moved.has(series.id),
      })
      wrongs.push(...found)
      repeatMails += repeats
    }
    const kept = wanted.filter(({ plan }) => !isCalledOff(plan))
    wrongs.push(
      ...(await compareCalendars(
        graph,
        kept.flatMap(({ plan, series }) => datesOf(series, plan, moved)),
      )),
    )
    return {
      points: world.points(),
      faults: next,
      crashes,
      acknowledged: booked.size + ends.length + callOffs.length + moved.size,
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

/** As the API books what is planned; answers whether it was taken. A pair that is over plans nothing. */
async function book(world: World, series: MentoringSeries, place: number): Promise<boolean> {
  return untilAnswered(world, place, async ({ deps, wake }) => {
    if (await deps.series.get(series.id)) return true
    try {
      await addWhilePairGoesOn({ ...deps, backgroundWork: true }, series)
    } catch (error) {
      if (isOfState(error)) return false
      throw error
    }
    wake()
    return true
  })
}

const isOfState = (error: unknown) => error instanceof DomainError && error.code === 'not-in-this-state'

async function callOff(world: World, { id, relationshipId }: MentoringSeries, place: number): Promise<void> {
  await untilAnswered(world, place, async ({ deps, wake }) => {
    const asked = { actor: ACTOR, relationshipId, seriesId: id, comment: 'On leave' }
    const called = await cancelSeries({ ...deps, backgroundWork: true }, asked)
    await deps.jobs.ensure(bookingJob(id), { revive: true })
    wake()
    return called
  })
}

/** Decides a move as the API does; answers whether it was taken. What is still being booked cannot be moved. */
async function move(world: World, planned: MentoringSeries, to: MoveTo, place: number): Promise<boolean> {
  const { id } = planned
  const wanted = movedMeeting(planned, to)
  return untilAnswered(world, place, async ({ deps, wake }) => {
    const read = await deps.series.get(id)
    if (!read) throw new Error('an acknowledged series is not stored')
    const meeting = read.series.meetings.find((one) => one.id === wanted.meeting.id)
    if (!meeting) throw new Error('a meeting of an acknowledged series is not stored')
    const { startsAt } = wanted
    // Its client was not told that it was taken before, and asks for the same again.
    if (meeting.startsAt === startsAt) return true
    if (meeting.change) {
      await deps.jobs.ensure(changeJob(id, meeting.id), { revive: true })
      return meeting.change.kind !== 'call-off'
    }
    try {
      assertChangeable(read.series, meeting, deps.clock.now())
    } catch (error) {
      if (error instanceof DomainError) return false
      throw error
    }
    const moving = { ...read, meeting, startsAt }
    const stored = await storeMove({ ...deps, publicUrl: () => 'http://service.test' }, moving).catch((error) => {
      if (isOfState(error)) return 'pair-is-over' as const
      throw error
    })
    if (stored === 'pair-is-over') return false
    if (!stored) throw new DomainError('edited-meanwhile', 'The series was written meanwhile.')
    await deps.jobs.ensure(changeJob(id, meeting.id), { revive: true })
    wake()
    return true
  })
}

/** When the meetings of a series have to be, by what was acknowledged. */
function datesOf(series: MentoringSeries, { move: moves }: SeriesPlan, moved: ReadonlyMap<string, string>): string[] {
  const to = moved.get(series.id)
  const id = moves && to && movedMeeting(series, moves.to).meeting.id
  return series.meetings.map((meeting) => (meeting.id === id && to ? to : meeting.startsAt))
}

/** What both calendars show, date by date, against what they have to show. */
async function compareCalendars(graph: InProcessGraph, dates: readonly string[]): Promise<readonly string[]> {
  const inOrder = (starts: readonly string[]) => starts.map((start) => Date.parse(start)).toSorted((a, b) => a - b)
  const expected = inOrder(dates).join()
  const wrongs: string[] = []
  for (const user of [MENTEE, MENTOR]) {
    const shown = inOrder(await graph.datesIn(user)).join()
    if (shown !== expected) wrongs.push(`wrong: ${user.kind} shows ${shown} instead of ${expected}`)
  }
  return wrongs
}

async function inspect(
  world: World,
  graph: InProcessGraph,
  { id, meetings: planned }: MentoringSeries,
  { isCalledOff, isMoved }: { readonly isCalledOff: boolean; readonly isMoved: boolean },
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
    const isGone = isCalledOff || !series.meetings.some(({ eventKey }) => eventKey === event.key)
    if (invited.length > (isGone ? 0 : 1)) found.push(`duplicate: ${invited.length} invited events`)
    if (own.length > invited.length) found.push(`orphan: ${own.length - invited.length} bare events`)
    if (!isGone && invited.length === 1) {
      if (invited[0]?.attachments.length === 0) found.push('wrong: no agenda')
      const copies = graph.eventsIn(MENTOR).filter(({ uid }) => uid === invited[0]?.uid)
      if (copies.length !== 1) found.push(`wrong: ${copies.length} copies at the attendee`)
    }
  }
  const starts = new Set([...planned, ...series.meetings].map(({ startsAt }) => Date.parse(startsAt)))
  const mails = graph.mailsTo(MENTOR).filter(({ start }) => start !== undefined && starts.has(Date.parse(start)))
  const invitations = mails.filter(({ kind }) => kind === 'invitation')
  const told = new Set(invitations.map(({ iCalUId }) => iCalUId))
  if (told.size > series.events.length) found.push(`duplicate: ${told.size} events were invited to`)
  const isReplaced = isMoved && series.events.length > 1
  const exceptions = series.events.some(({ shape }) => shape.kind === 'recurring') ? 1 : 0
  const due = {
    invitation: told.size,
    // Exchange tells of a date that was moved, within the series from the start or later, by an update of its own.
    update: exceptions + (isMoved && !isReplaced ? 1 : 0),
    cancellation: (isCalledOff ? told.size : 0) + (isReplaced ? 1 : 0),
  }
  for (const [kind, most] of Object.entries(due)) {
    repeats += Math.max(0, mails.filter((mail) => mail.kind === kind).length - most)
  }
  return { found, repeats }
}
