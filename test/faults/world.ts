import { setImmediate as settle } from 'node:timers/promises'
import { pino } from 'pino'
import { Temporal } from 'temporal-polyfill'
import { vi } from 'vitest'
import { graphAccess } from '../../server/graph/graph-access.ts'
import { bookSeriesKind } from '../../server/jobs/book-series.ts'
import type { JobDeps } from '../../server/jobs/job-kind.ts'
import { runJobs } from '../../server/jobs/run-jobs.ts'
import { sweepSeriesKind } from '../../server/jobs/sweep-series.ts'
import type { Directory } from '../../server/ports/directory.ts'
import type { GraphReply } from '../../server/practice/graph/dispatch.ts'
import type { DocumentStore, StoredDocument } from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { JOBS, type Job, jobRepository } from '../../server/store/job-repository.ts'
import { outcomeRepository } from '../../server/store/outcome-repository.ts'
import { peopleRepository } from '../../server/store/people-repository.ts'
import { programmeRepository } from '../../server/store/programme-repository.ts'
import { relationshipRepository } from '../../server/store/relationship-repository.ts'
import { seriesRepository } from '../../server/store/series-repository.ts'
import { supportRepositories } from '../../server/store/support-repositories.ts'
import { openTextVault } from '../../server/store/text-vault.ts'
import { homeworkRepository } from '../../server/store/work-repository.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import { FAULTS_NOW } from './a-series.ts'
import type { FaultKind, Point } from './fault-plan.ts'
import { GRAPH_URL, type InProcessGraph } from './practice-graph.ts'

/** Says what goes wrong at a point, and is told of every point in the order in which they happen. */
export type Fate = (point: Point) => FaultKind | undefined

/** What jobs work with, and what ends a pair. */
type WorldDeps = JobDeps & { readonly directory: Directory }
export type Process = {
  readonly deps: WorldDeps
  wake(): void
  /** Settles when the process dies. */
  readonly death: Promise<void>
}

/**
 * Server processes on one store and one Graph, in virtual time. They run the real job runner, use cases, repositories
 * and Graph adapter; every durable write and every Graph request is a point at which only one process goes on, and at
 * which a fault may happen. A process that dies is followed by a new one.
 */
export type World = {
  processes(): readonly Process[]
  store: DocumentStore
  points(): number
  /** Goes on until nothing is left to do, jumping over the time that jobs wait. */
  drain(): Promise<void>
  close(): Promise<void>
}

const GRAPH_TIMEOUT_MS = 15_000
const ROUNDS_MAX = 5_000
/** How often a server looks for work that waits. */
const SCAN_MS = 60_000
const silent = pino({ level: 'silent' })

export async function openWorld({
  workers,
  graph,
  fate,
  turns,
  onPoint,
  pairs,
}: {
  readonly workers: number
  readonly pairs: readonly Relationship[]
  readonly graph: InProcessGraph
  readonly fate: Fate
  readonly turns: readonly number[]
  /** Told before each point. */
  readonly onPoint?: (count: number) => void
}): Promise<World> {
  const store = openEmbeddedStore(':memory:')
  const waiting: { readonly process: LiveProcess; readonly goOn: () => void }[] = []
  let late: (() => Promise<unknown>)[] = []
  let points = 0
  let turn = 0
  const processes: LiveProcess[] = []

  type LiveProcess = Process & { isDead: boolean; die(): void }
  const never = () => new Promise<never>(() => {})

  /** Waits until it is this process's turn, then says what goes wrong. A dead process waits for ever. */
  async function reach(process: LiveProcess, point: Point): Promise<FaultKind | undefined> {
    if (process.isDead) return never()
    await new Promise<void>((goOn) => waiting.push({ process, goOn }))
    if (process.isDead) return never()
    points++
    onPoint?.(points)
    const fault = fate(point)
    if (fault === 'crash-before') {
      process.die()
      return never()
    }
    return fault
  }

  async function write<T>(process: LiveProcess, act: () => Promise<T>): Promise<T> {
    const fault = await reach(process, { kind: 'write' })
    const outcome = act()
    if (fault !== 'crash-after') return outcome
    await outcome.catch(() => undefined)
    process.die()
    return never()
  }

  function storeOf(process: LiveProcess): DocumentStore {
    const read = <T>(act: () => Promise<T>) => (process.isDead ? never() : act())
    return {
      define: (name, indexes) => store.define(name, indexes),
      insert: <T extends StoredDocument>(name: string, document: Omit<T, 'rev'>) =>
        write(process, () => store.insert<T>(name, document)),
      get: <T extends StoredDocument>(name: string, id: string) => read(() => store.get<T>(name, id)),
      replaceIf: (name, rev, document) => write(process, () => store.replaceIf(name, rev, document)),
      removeIf: (name, id, rev) => write(process, () => store.removeIf(name, id, rev)),
      find: <T extends StoredDocument>(...[name, conditions, options]: Parameters<DocumentStore['find']>) =>
        read(() => store.find<T>(name, conditions, options)),
      atomically: (writes) => write(process, () => store.atomically(writes)),
      close: () => Promise.resolve(),
    }
  }

  async function request(process: LiveProcess, url: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? 'GET'
    const body = typeof init.body === 'string' ? init.body : undefined
    // The adapter puts nothing but reads into a batch.
    const isRead = method === 'GET' || /getSchedule|\$batch/.test(url)
    const fault = await reach(process, { kind: 'call', isRead })
    const carryOut = () => graph.answer(method, url, body, fault === 'stale')
    switch (fault) {
      case '429':
        return answerOf({ status: 429, headers: { 'retry-after': '1' }, body: { error: { code: 'TooManyRequests' } } })
      case '503':
        return answerOf({ status: 503, body: { error: { code: 'ServiceUnavailable' } } })
      case 'reset-before':
        throw connectionLost()
      case 'reset-after':
        await carryOut()
        throw connectionLost()
      case 'truncated':
        await carryOut()
        return answerOf({ status: 200, body: undefined }, '{"id": "AA')
      case 'late':
        late.push(carryOut)
        pass(GRAPH_TIMEOUT_MS)
        throw connectionLost()
      case 'crash-late':
        late.push(carryOut)
        process.die()
        return never()
      case 'crash-after':
        await carryOut()
        process.die()
        return never()
      default:
        return answerOf(await carryOut())
    }
  }

  const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

  async function startProcess(place: number): Promise<void> {
    let die = () => {}
    const death = new Promise<void>((resolve) => {
      die = resolve
    })
    const access = graphAccess({
      baseUrl: () => GRAPH_URL,
      tokens: { forPerson: async () => 'token', forService: async () => 'token' },
      timeoutMs: GRAPH_TIMEOUT_MS,
      // The adapter reads no more of an answer than status, headers and body.
      fetch: ((url: string, init: RequestInit) => request(process, url, init)) as typeof fetch,
      pace: { nowMs: Date.now, wait: async (ms) => void pass(ms), spread: () => 0 },
    })
    const process: LiveProcess = {
      isDead: false,
      death,
      die() {
        process.isDead = true
        die()
        void startProcess(place)
      },
      // Set below, when the repositories of this very process are there.
      deps: undefined as unknown as WorldDeps,
      wake() {},
    }
    const own = storeOf(process)
    const vault = await openTextVault(own, new Uint8Array(32))
    const deps = {
      jobs: await jobRepository(own),
      series: await seriesRepository(own),
      relationships: await relationshipRepository(own),
      people: await peopleRepository(own),
      programmes: await programmeRepository(own),
      homework: await homeworkRepository(own, vault),
      outcomes: await outcomeRepository(own),
      ...(await supportRepositories(own, vault)),
      directory: {
        findPerson: async (id: string) => ({ id, displayName: 'A person', email: `${id}@department.test` }),
      },
      graph: access,
      calendar: access.asService?.calendar,
      clock: { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) },
      nowMs: Date.now,
      writeChecklist: async () => new TextEncoder().encode('agenda'),
      wakeJobs: () => process.wake(),
    } as unknown as WorldDeps
    Object.assign(process, { deps })
    const runner = runJobs({
      jobs: deps.jobs,
      leaseMs: 120_000,
      log: silent,
      random: () => 1,
      knows: () => true,
      async run(kind, subjectId, signal) {
        if (kind === 'book-series') await bookSeriesKind.run({ ...deps, signal }, subjectId)
        if (kind === 'sweep-series') await sweepSeriesKind.run({ ...deps, signal }, subjectId)
      },
    })
    process.wake = runner.wake
    processes[place] = process
    for (const job of (await bookSeriesKind.listLost?.(deps)) ?? []) await deps.jobs.ensure(job)
    runner.wake()
  }

  /** Nothing else is under way then, so it is done without points; whoever takes the work up has them again. */
  async function findLost(): Promise<boolean> {
    const jobs = await jobRepository(store)
    const lost = await bookSeriesKind.listLost?.({ series: await seriesRepository(store) } as unknown as JobDeps)
    for (const job of lost ?? []) await jobs.ensure(job)
    return (lost ?? []).length > 0
  }

  async function drain(): Promise<void> {
    for (let rounds = 0; rounds < ROUNDS_MAX; rounds++) {
      await settle()
      const alive = waiting.filter(({ process }) => !process.isDead)
      if (alive.length > 0) {
        const next = alive[(turns[turn++ % turns.length] ?? 0) % alive.length]
        waiting.splice(0, waiting.length, ...alive.filter((one) => one !== next))
        // What was given up is carried out when others have gone on a little.
        if (late.length > 0 && turn % 5 === 0) await carryOutLate()
        next?.goOn()
        continue
      }
      if (late.length > 0) {
        await carryOutLate()
        continue
      }
      const due = await nextDue()
      if (due === undefined) {
        // As every minute: work whose wake-up was lost is looked for.
        vi.setSystemTime(Date.now() + SCAN_MS)
        if (!(await findLost())) return
        continue
      }
      vi.setSystemTime(Math.max(Date.now(), due))
      for (const process of processes) process.wake()
    }
    const left = [
      ...(await store.find<Job>(JOBS, { state: 'due' })),
      ...(await store.find<Job>(JOBS, { state: 'leased' })),
    ]
    throw new Error(`the world does not come to rest: ${JSON.stringify(left)}`)
  }

  async function carryOutLate(): Promise<void> {
    const requests = late
    late = []
    for (const carryOut of requests) await carryOut()
  }

  async function nextDue(): Promise<number | undefined> {
    const [due] = await store.find<Job>(JOBS, { state: 'due' }, { sort: ['dueAt'], limit: 1 })
    const [leased] = await store.find<Job>(JOBS, { state: 'leased' }, { sort: ['dueAt'], limit: 1 })
    const times = [due, leased].flatMap((job) => (job ? [job.dueAt] : []))
    return times.length === 0 ? undefined : Math.min(...times)
  }

  vi.setSystemTime(FAULTS_NOW.epochMilliseconds)
  for (let place = 0; place < workers; place++) await startProcess(place)
  for (const pair of pairs) await store.insert('relationships', pair)
  return {
    processes: () => processes,
    store,
    points: () => points,
    drain,
    async close() {
      vi.clearAllTimers()
      await store.close()
    },
  }
}

const connectionLost = () => Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })

function answerOf({ status, headers, body }: GraphReply, text?: string): Response {
  const bytes = text ?? (body === undefined ? '' : JSON.stringify(body))
  const chunks = bytes === '' ? null : [Buffer.from(bytes)]
  return { status, headers: new Headers(headers), body: chunks } as unknown as Response
}
