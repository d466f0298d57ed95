import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { JOBS, type Job, jobRepository } from '../../server/store/job-repository.ts'
import { freePort } from '../free-port.ts'
import { castOf } from '../practice-cast.ts'
import { type ServerProcess, startServerProcess } from '../start-servers.ts'
import type { Caller } from '../start-service.ts'
import { startSharedPractice } from '../start-shared-practice.ts'
import { freeTimes } from './free-times.ts'
import { type BookedSeries, type Goal, lookAtAll } from './look-at-all.ts'
import { randomFaults } from './random-faults.ts'
import { atMost, type Figure, informs, none } from './report.ts'
import { until } from './until.ts'

const RUN = 'SIGKILL'
const SEED = 11
/** Of all Graph requests. */
const GRAPH_FAULTS = 0.05
const PAIRS = 8
/** Then a fresh folder: a pair with hundreds of series is nobody's. */
const KILLS_PER_FOLDER = 50
/** However little it did by then. */
const LONGEST_LIFE_MS = 10_000
const SWEEP_MS = 60_000
/** Between what one person does and does next. */
const BETWEEN_ACTS_MS = 20
/** Restarts are to take less, in the median: the machine does other things too. */
const RESTART_MS = 2_000

type Told = { readonly series: BookedSeries[]; readonly goals: Goal[] }

/**
 * Kills the real built server again and again while people book, call off and write, starts it again on the same folder,
 * and looks at the end whether everything that was acknowledged is there, once. Graph outlives it, and fails now and then.
 */
export async function killServer(kills: number): Promise<readonly Figure[]> {
  const sums = {
    booked: 0,
    calledOff: 0,
    goals: 0,
    faults: 0,
    lost: 0,
    duplicated: 0,
    leftovers: 0,
    orphans: 0,
    repeatMails: 0,
  }
  const restarts: number[] = []
  for (let done = 0; done < kills; done += KILLS_PER_FOLDER) {
    const outcome = await killOnFolder(Math.min(KILLS_PER_FOLDER, kills - done), SEED + done)
    restarts.push(...outcome.restarts)
    sums.booked += outcome.series.length
    sums.calledOff += outcome.series.filter(({ isCalledOff }) => isCalledOff).length
    sums.goals += outcome.goals.length
    for (const what of ['faults', 'lost', 'duplicated', 'leftovers', 'orphans', 'repeatMails'] as const)
      sums[what] += outcome[what]
    process.stdout.write(`  ${restarts.length} kills\n`)
  }
  restarts.sort((a, b) => a - b)
  return [
    informs(RUN, 'kills', restarts.length),
    informs(RUN, 'Graph requests that went wrong', sums.faults),
    informs(RUN, 'bookings acknowledged', sums.booked),
    informs(RUN, 'cancellations acknowledged', sums.calledOff),
    informs(RUN, 'goals acknowledged', sums.goals),
    none(RUN, 'lost', sums.lost),
    none(RUN, 'duplicated', sums.duplicated),
    informs(RUN, 'left by cut-off creations until the sweep', sums.leftovers),
    none(RUN, 'orphans', sums.orphans),
    atMost(RUN, 'repeat mails', sums.repeatMails, Math.floor(sums.booked * 0.05)),
    atMost(RUN, 'restart until ready, median ms', Math.round(restarts[restarts.length >> 1] ?? 0), RESTART_MS),
    informs(RUN, 'restart until ready, longest ms', Math.round(restarts.at(-1) ?? 0)),
  ]
}

type Outcome = Told &
  Awaited<ReturnType<typeof lookAtAll>> & {
    readonly restarts: readonly number[]
    readonly faults: number
    /** Orphans before the sweeps that the server had planned. */
    readonly leftovers: number
  }

async function killOnFolder(kills: number, seed: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-kills-'))
  const faults = randomFaults(GRAPH_FAULTS, seed)
  const practice = await startSharedPractice(faults)
  const env = {
    PORT: String(await freePort()),
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    REQUESTS_PER_MINUTE: '100000',
  }
  let server: ServerProcess = await startServerProcess(practice, env)
  const told: Told = { series: [], goals: [] }
  const restarts: number[] = []
  let isOver = false
  try {
    const work = await queueWork(server, kills)
    const load = work.map(async ({ caller, relationshipId, organizerId, bodies }) => {
      for (let turn = 0; !isOver; turn++) {
        try {
          await act(caller, { relationshipId, organizerId, bodies, turn, told })
        } catch {
          // The server died before it answered: nothing was acknowledged.
        }
        await pause(BETWEEN_ACTS_MS)
      }
    })
    for (let kill = 0; kill < kills; kill++) {
      await acknowledgements(randomInt(1, 4), () => told.series.length)
      await server.signal('SIGKILL')
      const began = performance.now()
      server = await startServerProcess(practice, env)
      restarts.push(performance.now() - began)
    }
    isOver = true
    await Promise.all(load)
    let found = await lookAtAll(practice, told)
    const leftovers = found.orphans
    if (leftovers > 0) {
      await server.signal('SIGTERM')
      await bringSweepsForward(folder)
      server = await startServerProcess(practice, env)
      const isSwept = async () => {
        found = await lookAtAll(practice, told)
        return found.orphans === 0
      }
      await until(isSwept, { withinMs: SWEEP_MS, everyMs: 500 })
    }
    return { ...told, ...found, leftovers, restarts, faults: faults.count() }
  } finally {
    isOver = true
    await server.signal('SIGKILL')
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A sweep comes a quarter of an hour after the booking, when a late request can have left nothing more; here at once. */
async function bringSweepsForward(folder: string): Promise<void> {
  const store = openEmbeddedStore(folder)
  await jobRepository(store)
  const due = await store.find<Job>(JOBS, { state: 'due' })
  for (const { rev, ...job } of due.filter(({ kind }) => kind === 'sweep-series')) {
    await store.replaceIf<Job>(JOBS, rev, { ...job, dueAt: 0 })
  }
  await store.close()
}

/** Waits for so many more of them, so that each server does something before it is killed, and then a moment longer. */
async function acknowledgements(count: number, soFar: () => number): Promise<void> {
  const wanted = soFar() + count
  await until(() => soFar() >= wanted, { withinMs: LONGEST_LIFE_MS, everyMs: 2 })
  await pause(randomInt(0, 80))
}

/** What each pair will book, looked up ahead, so that a kill meets bookings under way and not the search for times. */
async function queueWork(server: ServerProcess, kills: number) {
  const cast = await castOf(server)
  // Three bookings for each kill, where a pair meets once a week.
  const days = Math.min(500, 40 + Math.ceil((kills * 3 * 7) / PAIRS))
  return Promise.all(
    cast.pairs.slice(0, PAIRS).map(async ({ relationshipId, mentee }) => {
      const caller = await cast.as(mentee)
      const bodies = [...(await freeTimes(caller, relationshipId, days))]
      return { caller, relationshipId, organizerId: mentee.id, bodies }
    }),
  )
}

type Turn = {
  readonly relationshipId: string
  readonly organizerId: string
  /** Times to book, next one first; those that were tried and are free come back to the end. */
  readonly bodies: object[]
  readonly turn: number
  readonly told: Told
}

async function act(caller: Caller, { relationshipId, organizerId, bodies, turn, told }: Turn): Promise<void> {
  const body = bodies.shift()
  if (!body) return
  // Whatever comes of it, another turn may try it again.
  bodies.push(body)
  const relationship = `/api/relationships/${relationshipId}`
  const goalPath = `${relationship}/goals/${randomUUID()}`
  const goal = await caller.put(goalPath, { title: 'Publish', horizon: 'short', state: 'open' })
  if (goal.status === 200) told.goals.push({ caller, path: goalPath })
  const seriesId = randomUUID()
  const path = `${relationship}/series/${seriesId}`
  const booked = await caller.put(path, body)
  // Somebody else's, or called off and not given back yet.
  if (booked.status !== 202) return
  const one: BookedSeries = { caller, path, seriesId, organizerId, isCalledOff: false }
  told.series.push(one)
  if (turn % 2 === 0 && (await caller.put(`${path}/cancellation`, {})).status === 202) one.isCalledOff = true
  else bodies.splice(bodies.indexOf(body), 1)
}
