import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'
import { castOf } from '../practice-cast.ts'
import { startServerProcess } from '../start-servers.ts'
import type { Answer, Caller } from '../start-service.ts'
import { startSharedPractice } from '../start-shared-practice.ts'
import { freeTimes } from './free-times.ts'
import { type BookedSeries, type Goal, lookAtAll } from './look-at-all.ts'
import { randomFaults } from './random-faults.ts'
import { atMost, type Figure, informs, none } from './report.ts'

const RUN = 'load'
const SEED = 5
const USERS = 200
const GRAPH_FAULTS = 0.05
/** Between two clicks of one person. */
const THINK_MS = { least: 2_000, most: 10_000 }
const P95_MS = 300
const GROWTH_PERCENT = 10
const FREE_DAYS = 60
const MEMORY_EVERY_MS = 1_000
/** Of the whole time: until then what is loaded when it is first needed makes memory grow. */
const WARM = 1 / 3
const WARM_MINUTES = 5

/**
 * Two hundred people of the department at work on one real server, while Graph fails now and then: they look at pairs,
 * meetings, goals and homework, write, look for times and book.
 */
export async function loadServer(minutes: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-load-'))
  const faults = randomFaults(GRAPH_FAULTS, SEED)
  const practice = await startSharedPractice(faults)
  const settings = { DATA_DIR: folder, SERVICE_KEY: randomBytes(32).toString('base64'), LOG_LEVEL: 'silent' }
  const server = await startServerProcess(practice, { ...settings, REQUESTS_PER_MINUTE: '100000' })
  try {
    const cast = await castOf(server)
    const pairs = await Promise.all(
      cast.pairs.map(async ({ relationshipId, mentee, mentor }) => ({
        relationshipId,
        users: await Promise.all(
          [mentee, mentor].map(async (person) => ({ organizerId: person.id, caller: await cast.as(person) })),
        ),
        free: [...(await freeTimes(await cast.as(mentee), relationshipId, FREE_DAYS))],
      })),
    )
    const told = { series: [] as BookedSeries[], goals: [] as Goal[] }
    const took: number[] = []
    const failed = new Map<string, number>()
    const memory: number[] = []
    const ends = performance.now() + minutes * 60_000
    const timed = async (ask: () => Promise<Answer>): Promise<Answer> => {
      const began = performance.now()
      const answer = await ask()
      took.push(performance.now() - began)
      if (answer.status >= 500) failed.set(String(answer.status), (failed.get(String(answer.status)) ?? 0) + 1)
      return answer
    }
    const users = Array.from({ length: USERS }, async (_, number) => {
      const draw = drawsFrom(SEED + number)
      const pair = pairs[number % pairs.length]
      const user = pair?.users[number % 2]
      if (!pair || !user) return
      while (performance.now() < ends) {
        await pause(THINK_MS.least + draw() * (THINK_MS.most - THINK_MS.least))
        await click({ ...pair, ...user, kind: draw(), timed, told })
      }
    })
    const watching = (async () => {
      while (performance.now() < ends) {
        memory.push(server.residentMegabytes())
        await pause(MEMORY_EVERY_MS)
      }
    })()
    await Promise.all([...users, watching])
    const found = await lookAtAll(practice, told)
    const warm = memory.slice(Math.floor(memory.length * WARM))
    const tenth = Math.max(1, Math.floor(warm.length / 10))
    const [before, after] = [median(warm.slice(0, tenth)), median(warm.slice(-tenth))]
    return [
      informs(RUN, 'people', USERS),
      informs(RUN, 'minutes', minutes),
      informs(RUN, 'requests', took.length),
      informs(RUN, 'Graph requests that went wrong', faults.count()),
      informs(RUN, 'bookings acknowledged', told.series.length),
      informs(RUN, 'median ms', Math.round(quantile(took, 0.5))),
      atMost(RUN, '95 of 100 within ms', Math.round(quantile(took, 0.95)), P95_MS),
      informs(
        RUN,
        'answers 5xx, by status',
        [...failed].map(([status, count]) => `${status}: ${count}`).join(' ') || 0,
      ),
      informs(RUN, 'resident MB, warm and at the end', `${Math.round(before)}, ${Math.round(after)}`),
      // A minute is all warming up.
      (minutes < WARM_MINUTES ? informs : atMost)(
        RUN,
        'growth in percent',
        Math.round((after / before - 1) * 100),
        GROWTH_PERCENT,
      ),
      none(RUN, 'lost', found.lost),
      none(RUN, 'duplicated', found.duplicated),
      none(RUN, 'orphans', found.orphans),
    ]
  } finally {
    await server.signal('SIGKILL')
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Click = {
  readonly caller: Caller
  readonly relationshipId: string
  readonly organizerId: string
  readonly free: object[]
  /** [0, 1): what is done. */
  readonly kind: number
  readonly timed: (ask: () => Promise<Answer>) => Promise<Answer>
  readonly told: { readonly series: BookedSeries[]; readonly goals: Goal[] }
}

/** One screen opened, or one thing written: mostly people look. */
async function click({ caller, relationshipId, organizerId, free, kind, timed, told }: Click): Promise<void> {
  const pair = `/api/relationships/${relationshipId}`
  const read = (paths: readonly string[]) => Promise.all(paths.map((path) => timed(() => caller.get(path))))
  if (kind < 0.3) await read(['/api/me', '/api/relationships', '/api/me/reminders'])
  else if (kind < 0.6) await read([`${pair}/series`, `${pair}/goals`, `${pair}/homework`])
  else if (kind < 0.8) await read([`${pair}/standing`, `${pair}/agreement`])
  else if (kind < 0.95) {
    const path = `${pair}/goals/${randomUUID()}`
    const goal = { title: 'Publish the case series', horizon: 'short', state: 'open' }
    const { status } = await timed(() => caller.put(path, goal))
    if (status === 200) told.goals.push({ caller, path })
  } else if (kind < 0.98) {
    const body = free.shift()
    if (!body) return
    const seriesId = randomUUID()
    const path = `${pair}/series/${seriesId}`
    const { status } = await timed(() => caller.put(path, { ...body }))
    if (status === 202) told.series.push({ caller, path, seriesId, organizerId, isCalledOff: false })
  } else await timed(() => caller.post(`${pair}/proposals`, { plan: YEAR, minutes: 45 }))
}
const startDate = Temporal.Now.plainDateISO('UTC').add({ days: 14 }).toString()
const YEAR = { kind: 'template', templateId: 'plan.year1', startDate }

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
const median = (values: readonly number[]): number => quantile(values, 0.5)
