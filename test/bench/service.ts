import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { Temporal } from 'temporal-polyfill'
import type { StoredDocument } from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { peopleRepository } from '../../server/store/people-repository.ts'
import { relationshipRepository } from '../../server/store/relationship-repository.ts'
import { seriesRepository } from '../../server/store/series-repository.ts'
import { asId, type PersonId, type RelationshipId } from '../../shared/domain/ids.ts'
import { planSeries } from '../../shared/domain/plan-series.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type ServerProcess, startServerProcess } from '../start-servers.ts'
import { startSharedPractice } from '../start-shared-practice.ts'
import { atLeast, atMost, type BenchFigure, type BenchReport, middle } from './bench-report.ts'

const RELATIONSHIPS = 1_000
const MEETINGS = 12
const STARTS = 5
const READY_MS = 3_000
const MEMORY_MB = 300
const SHARE_PERCENT = 50
/** Clients that ask at once, each again as soon as it has its answer. */
const CLIENTS = 20
const TURNS = 3
const TURN_SECONDS = 3

/**
 * The built service as people start it: how soon it is ready, what it holds of a thousand pairs in memory, and how many
 * reads it answers beside a bare Fastify route with the same bytes. The practice tenant runs in this process, as
 * Microsoft's is elsewhere, but for the starts.
 */
export async function run(): Promise<BenchReport> {
  return { name: 'service', figures: [...(await startFigures()), ...(await loadFigures())] }
}

async function startFigures(): Promise<readonly BenchFigure[]> {
  const fresh: number[] = []
  const again: number[] = []
  for (let start = 0; start < STARTS; start++) {
    const folder = mkdtempSync(join(tmpdir(), 'protected-time-bench-'))
    fresh.push(await readyAfter(folder))
    again.push(await readyAfter(folder))
    rmSync(folder, { recursive: true, force: true })
  }
  return [
    atMost({ what: 'start to ready, seeded', value: middle(fresh), unit: 'ms' }, READY_MS),
    { what: 'start to ready, again', value: middle(again), unit: 'ms' },
  ]
}

/** Of the process, from its being asked for to its saying where to go. */
async function readyAfter(folder: string): Promise<number> {
  const began = performance.now()
  const server = await startServerProcess(undefined, { DATA_DIR: folder, LOG_LEVEL: 'silent' })
  const took = performance.now() - began
  await server.signal('SIGKILL')
  return took
}

async function loadFigures(): Promise<readonly BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-bench-'))
  const practice = await startSharedPractice()
  const settings = {
    DATA_DIR: folder,
    SERVICE_KEY: randomBytes(32).toString('base64'),
    REQUESTS_PER_MINUTE: '1000000',
  }
  const start = () => startServerProcess(practice, settings)
  let server = await start()
  try {
    const cast = await castOf(server)
    await server.signal('SIGTERM')
    await addRelationships(folder, cast)
    server = await start()
    const memory = await memoryFigures(server, cast.programmeId)
    return [...memory, ...(await readFigures(server))]
  } finally {
    await server.signal('SIGKILL')
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As many pairs as are missing, of new mentees, each with a year of meetings that were called off: nothing to tend. */
async function addRelationships(folder: string, { pairs, tenantId, programmeId }: Cast): Promise<void> {
  const store = openEmbeddedStore(folder)
  const people = await peopleRepository(store)
  const relationships = await relationshipRepository(store)
  await seriesRepository(store)
  const [model] = await relationships.listOfProgramme(tenantId, programmeId)
  if (!model) throw new Error('the seeded programme has no pairs')
  for (let number = pairs.length; number < RELATIONSHIPS; number++) {
    const menteeId = randomUUID()
    const name = `Resident ${number}`
    const email = `resident.${number}@lakeside.example`
    await people.remember({ id: menteeId, tenantId, displayName: name, email, jobTitle: 'Resident' })
    await people.join({ tenantId, programmeId, personId: menteeId, role: 'mentee' })
    const relationship = { ...model, id: asId<RelationshipId>(randomUUID()), menteeId: asId<PersonId>(menteeId) }
    await relationships.add(relationship)
    await store.insert<StoredDocument>('series', calledOffYear(relationship))
  }
  await store.close()
}

function calledOffYear(relationship: Relationship): MentoringSeries {
  const windows = Array.from({ length: MEETINGS }, (_, index) => {
    const month = `2026-${String(index + 1).padStart(2, '0')}`
    return { from: `${month}-01`, to: `${month}-28` }
  })
  const planned = planSeries(
    {
      seriesId: randomUUID(),
      plan: { kind: 'windows', windows },
      minutes: 45,
      organizer: 'mentee',
      onlineMeeting: false,
      meetings: windows.map(({ from }, window) => ({ window, startsAt: `${from}T15:00:00Z` })),
    },
    {
      relationship,
      participants: { mentee: { name: 'Resident', email: '' }, mentor: { name: 'Mentor', email: '' } },
      windows,
      timeZone: 'America/New_York',
      requestHash: '',
      now: Temporal.Instant.from('2026-01-01T15:00:00Z'),
      idFor: () => randomUUID(),
      bodyFor: () => '',
    },
  )
  return {
    ...planned,
    state: 'cancelled',
    meetings: planned.meetings.map((meeting) => ({ ...meeting, cancelled: true })),
    events: planned.events.map((event) => ({ ...event, step: 'cancelled' })),
  }
}

/** After the coordinator has looked at all, and at each pair. */
async function memoryFigures(server: ServerProcess, programmeId: string): Promise<readonly BenchFigure[]> {
  const { coordinator } = await castOf(server)
  const path = `/api/programmes/${programmeId}/pairs`
  const list = await coordinator.get(path)
  const ids: readonly string[] = list.body.pairs.map(({ relationshipId }: { relationshipId: string }) => relationshipId)
  if (ids.length < RELATIONSHIPS) throw new Error(`the programme has ${ids.length} pairs`)
  let most = 0
  const took: number[] = []
  for (const [index, id] of ids.entries()) {
    const { status } = await coordinator.get(`/api/relationships/${id}/series`)
    if (status !== 200) throw new Error(`a pair's meetings were answered with ${status}`)
    if (index % 100 === 0) {
      const began = performance.now()
      await coordinator.get(path)
      took.push(performance.now() - began)
    }
    most = Math.max(most, server.residentMegabytes())
  }
  return [
    { what: 'pairs of a programme', value: ids.length, unit: 'pairs' },
    { what: "the coordinator's list of them", value: Math.round(middle(took)), unit: 'ms' },
    atMost({ what: 'memory of the service, a coordinator looking at all of them', value: most, unit: 'MB' }, MEMORY_MB),
  ]
}

/** What a mentee's page reads, each beside the bare route. */
async function readFigures(server: ServerProcess): Promise<readonly BenchFigure[]> {
  const cast = await castOf(server)
  const [pair] = cast.pairs
  if (!pair) throw new Error('the seeded programme has no pair')
  const mentee = await cast.as(pair.mentee)
  const goals = `/api/relationships/${pair.relationshipId}/goals`
  const goal = { title: 'Publish the case series', horizon: 'short', state: 'open' }
  await mentee.put(`${goals}/${randomUUID()}`, goal)
  const figures: BenchFigure[] = []
  for (const [what, path] of [
    ['who one is', '/api/me'],
    ["one's pairs", '/api/relationships'],
    ["a pair's meetings", `/api/relationships/${pair.relationshipId}/series`],
    ["a pair's goals, put on record", goals],
  ] as const) {
    const headers = { authorization: `Bearer ${mentee.accessToken}` }
    const answer = await fetch(`${server.address}${path}`, { headers })
    const bare = await startBareRoute(await answer.text())
    try {
      const ours: number[] = []
      const theirs: number[] = []
      for (let turn = 0; turn < TURNS; turn++) {
        theirs.push(await answersPerSecond(bare.address, headers))
        ours.push(await answersPerSecond(`${server.address}${path}`, headers))
      }
      figures.push(
        { what: `${what}: answers a second`, value: Math.round(middle(ours)), unit: '1/s' },
        atLeast(
          { what: `${what}: of what a bare route answers`, value: (100 * middle(ours)) / middle(theirs), unit: '%' },
          SHARE_PERCENT,
        ),
      )
    } finally {
      await bare.close()
    }
  }
  return figures
}

async function answersPerSecond(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, headers, connections: CLIENTS, duration: TURN_SECONDS })
  if (non2xx + errors > 0)
    throw new Error(`${url}: ${non2xx + errors} requests were not answered with what was asked for`)
  return requests.average
}

/** Fastify with one route and nothing else, in a process of its own as the service is. */
async function startBareRoute(body: string): Promise<{ readonly address: string; close(): Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', BARE_ROUTE], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(body)
  const exit = once(child, 'exit')
  const endedSooner = exit.then(() => {
    throw new Error('The bare route ended before it listened.')
  })
  const [said] = await Promise.race([once(child.stdout, 'data'), endedSooner])
  return {
    address: String(said).trim(),
    async close() {
      child.kill('SIGKILL')
      await exit
    },
  }
}
const BARE_ROUTE = `
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
const body = await text(process.stdin)
const app = fastify()
app.get('/', async (_request, reply) => reply.type('application/json; charset=utf-8').send(body))
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
`
