import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Problem } from '../../shared/api/common.ts'
import { bookBest } from '../booking/book-a-series.ts'
import type { ApiRoute } from '../confidentiality/api-routes.ts'
import { fillPath, type Scene, setScene, writeContent } from '../confidentiality/write-content.ts'
import { type RunningService, startService } from '../start-service.ts'
import { type RawRequest, requestsTo } from './broken-requests.ts'
import { type StoredChanges, watchStored } from './stored-changes.ts'

// Whatever anybody sends to any route: an answer of the route's own or a refusal that says no more than it must, and a
// refused request leaves nothing behind.

/** More of them: FUZZ_REQUESTS=10000; the same again: FUZZ_SEED, as printed. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 500)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_007)
/** Requests until the next pair is asked about: what a pair has gone through closes ever more of its routes. */
const PER_PAIR = 1_500
const MARK = 'ZQX7FUZZED'
const CONTENT = 'ZQX7CANARY'
const KNOWN_MAX = 6
/** What ends a pair is asked late, so that the rest is asked of one that goes on. */
const ENDS = /\/(ending|ending\/settlement|rematch|deletion|pause|invitation)$/
const LATE = 0.7

let service: RunningService
let scene: Scene
let stored: StoredChanges
const folder = mkdtempSync(join(tmpdir(), 'protected-time-fuzz-'))
beforeAll(async () => {
  service = await startService({ DATA_DIR: folder, REQUESTS_PER_MINUTE: '1000000' })
  scene = await setScene(service)
  await writeContent(scene, { mark: CONTENT, count: 60, seed: SEED })
  for (const { mentee, relationshipId } of laterPairs()) await bookBest(await scene.cast.as(mentee), relationshipId)
  stored = watchStored(folder)
  // From here on nobody works off jobs, so that whatever is written, a request wrote.
  Object.assign(service.services.jobs, { lease: async () => undefined })
  await vi.waitFor(() => expect(stored.jobsUnderWay()).toBe(0), { timeout: 30_000 })
}, 180_000)
afterAll(async () => {
  stored.close()
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const laterPairs = () => scene.cast.pairs.slice(1, Math.ceil(REQUESTS / PER_PAIR))

/** Ids and tokens around one pair. */
type Around = { readonly known: Record<string, readonly string[]>; readonly tokens: Readonly<Record<string, string>> }
async function around(number: number): Promise<Around> {
  const { cast } = scene
  const pair = cast.pairs[number]!
  const path = `/api/relationships/${pair.relationshipId}/series`
  const mentee = await cast.as(pair.mentee)
  const { series } = (await mentee.get(path)).body as {
    series: { seriesId: string; meetings: { meetingId: string }[] }[]
  }
  const involved = new Set([pair.mentee.id, pair.mentor.id])
  const ofKind = async (kind: string) =>
    (await cast.as(cast.people.find((person) => person.kind === kind && !involved.has(person.id))!)).accessToken
  return {
    known: {
      ...scene.known,
      relationshipId: [pair.relationshipId],
      seriesId: series.map(({ seriesId }) => seriesId),
      meetingId: series.flatMap(({ meetings }) => meetings.slice(0, 4).map(({ meetingId }) => meetingId)),
      personId: [...involved],
    },
    tokens: {
      mentee: mentee.accessToken,
      mentor: (await cast.as(pair.mentor)).accessToken,
      coordinator: cast.coordinator.accessToken,
      assistant: await ofKind('assistant'),
      stranger: await ofKind('resident'),
      nobody: '',
      forger: `${mentee.accessToken.slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`,
    },
  }
}

const CALLERS = [
  'mentee',
  'mentee',
  'mentee',
  'mentor',
  'mentor',
  'coordinator',
  'assistant',
  'stranger',
  'nobody',
  'forger',
]

test('whatever is sent is answered as documented, and what is refused changes nothing', async () => {
  const wrongs: string[] = []
  const statuses = new Map<number, number>()
  const reached = new Set<string>()
  const milliseconds: number[] = []
  let here = await around(0)
  for (let n = 0; n < REQUESTS; n++) {
    if (n > 0 && n % PER_PAIR === 0) here = await around(n / PER_PAIR)
    const { known, tokens } = here
    const isLate = (n % PER_PAIR) / Math.min(PER_PAIR, REQUESTS) > LATE
    const [drawn] = fc.sample(
      attempts(
        scene.routes.filter(({ path }) => isLate || !ENDS.test(path)),
        known,
      ),
      {
        numRuns: 1,
        seed: SEED + n,
      },
    )
    const { route, caller, request } = drawn!
    stored.since()
    const began = performance.now()
    const answer = await sendRaw(service.app, route.method, request, tokens[caller] ?? '')
    milliseconds.push(performance.now() - began)
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
    const changed = stored.since()
    const name = `${caller} ${route.method} ${route.path}`
    for (const fault of faultsOf(answer, changed, mayRepeat(route, request))) {
      wrongs.push(
        `${fault}: ${name} ${JSON.stringify(request).slice(0, 1_500)} -> ${answer.statusCode} ${answer.body.slice(0, 300)}`,
      )
    }
    if (answer.statusCode < 300) {
      reached.add(`${route.method} ${route.path}`)
      keepIds(known, route.path, request.pathname)
    }
  }
  const inOrder = milliseconds.toSorted((a, b) => a - b)
  const byStatus = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${count} x ${status}`)
  process.stdout.write(
    `  ${REQUESTS} requests (seed ${SEED}) to ${scene.routes.length} routes, ${reached.size} of them reached with success; ${byStatus.join(', ')}; ${wrongs.length} wrong; p99 ${inOrder[Math.floor(inOrder.length * 0.99)]?.toFixed(0)} ms\n`,
  )
  expect(wrongs).toEqual([])
  expect(reached.size).toBeGreaterThan(10)
  expect({}).not.toHaveProperty('isAdmin')
}, 3_600_000)

function attempts(routes: readonly ApiRoute[], known: Around['known']) {
  const ids = Object.values(known).flat()
  return fc
    .record({ route: fc.constantFrom(...routes), caller: fc.constantFrom(...CALLERS), seed: fc.nat() })
    .chain(({ route, caller, seed }) => {
      const path = fillPath({ known }, route.path, (from) => from[seed % from.length]!)
      return requestsTo(route, path, { mark: MARK, ids }).map((request) => ({ route, caller, request }))
    })
}

/** What was made under a fresh id is asked for again. */
function keepIds(known: Around['known'], shape: string, pathname: string): void {
  const parts = pathname.split('/')
  for (const [index, part] of shape.split('/').entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    const id = parts[index]
    if (!name || !id || scene.known[name] || known[name]?.includes(id)) continue
    known[name] = [id, ...(known[name] ?? [])].slice(0, KNOWN_MAX)
  }
}

type Reply = { readonly statusCode: number; readonly contentType: string; readonly body: string }
async function sendRaw(
  app: FastifyInstance,
  method: string,
  { pathname, search, contentType, payload }: RawRequest,
  token: string,
): Promise<Reply> {
  const { statusCode, headers, body } = await app.inject({
    method: method as 'GET',
    url: `${pathname}${search}`,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    ...(payload === undefined ? {} : { payload }),
  })
  return { statusCode, contentType: String(headers['content-type'] ?? ''), body }
}

/** Who sends a roster or a time zone is told what of it could not be read. What a pair writes is never repeated. */
const mayRepeat = ({ path }: ApiRoute, { payload, search }: RawRequest): boolean =>
  !path.startsWith('/api/relationships/') && `${payload}${search}`.includes(MARK)

function faultsOf(
  { statusCode, contentType, body }: Reply,
  changed: readonly string[],
  ownMayBeRepeated: boolean,
): readonly string[] {
  if (statusCode >= 500) return ['failed']
  if (statusCode < 300) return []
  const faults: string[] = []
  if (statusCode < 400) faults.push('neither done nor refused')
  if (!contentType.includes('application/problem+json')) faults.push('no problem details')
  else if (!Value.Check(Problem, JSON.parse(body))) faults.push('problem details of another form')
  if (/node_modules|\.[cm]?[jt]s:\d|\n\s+at |file:\/\/|SQLITE|Mongo/.test(body)) faults.push('tells of its inside')
  if (body.includes(CONTENT) || (body.includes(MARK) && !ownMayBeRepeated)) faults.push('content in a refusal')
  if (changed.length > 0) faults.push(`changed ${changed.join(', ')}`)
  return faults
}
