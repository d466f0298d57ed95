import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { KEY_PROPERTY } from '../../server/graph/translate.ts'
import { PRACTICE_TENANT_ID } from '../../server/practice/identity/constants.ts'
import { type Answer, send } from '../start-service.ts'
import { type Figure, informs, none } from './report.ts'

const root = join(import.meta.dirname, '..', '..')
const RUN = 'SIGKILL'
/** However little it did by then. */
const LONGEST_LIFE_MS = 10_000
const GRAPH_ROLE = 'https://graph.microsoft.com/.default'

type Acknowledged = {
  readonly seriesPath: string
  readonly seriesId: string
  readonly token: string
  readonly menteeId: string
  isCalledOff: boolean
}

/**
 * Kills the real built server again and again while people book, call off and write, starts it again on the same folder,
 * and looks at the end whether everything that was acknowledged is there, once.
 */
export async function killServer(kills: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-kills-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const start = async () => {
    const began = performance.now()
    const child = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
      env: { ...process.env, PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'silent', REQUESTS_PER_MINUTE: '100000' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await saysReady(child)
    return { child, ms: performance.now() - began }
  }
  let { child } = await start()
  const series: Acknowledged[] = []
  const goals: { readonly path: string; readonly token: string }[] = []
  const restarts: number[] = []
  let isOver = false
  try {
    const people = await signInPairs(address)
    const load = people.map(async (pair, number) => {
      for (let turn = 0; !isOver; turn++) {
        try {
          await act(address, pair, { number, turn, series, goals })
        } catch {
          // The server died before it answered: nothing was acknowledged.
          await pause(20)
        }
      }
    })
    for (let kill = 0; kill < kills; kill++) {
      await acknowledgements(randomInt(1, 12), () => series.length + goals.length)
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      const started = await start()
      child = started.child
      restarts.push(started.ms)
    }
    isOver = true
    await Promise.all(load)
    const found = await lookAtAll(address, series, goals)
    const inOrder = restarts.toSorted((a, b) => a - b)
    return [
      informs(RUN, 'kills', restarts.length),
      informs(RUN, 'bookings acknowledged', series.length),
      informs(RUN, 'cancellations acknowledged', series.filter(({ isCalledOff }) => isCalledOff).length),
      informs(RUN, 'goals acknowledged', goals.length),
      none(RUN, 'lost', found.lost),
      none(RUN, 'duplicated', found.duplicated),
      none(RUN, 'orphans', found.orphans),
      informs(RUN, 'repeat mails', found.repeatMails),
      informs(RUN, 'restart until ready, median ms', Math.round(inOrder[Math.floor(inOrder.length / 2)] ?? 0)),
      informs(RUN, 'restart until ready, longest ms', Math.round(inOrder.at(-1) ?? 0)),
    ]
  } finally {
    isOver = true
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits for so many more of them, so that each server does something before it is killed, and then a moment longer. */
async function acknowledgements(count: number, soFar: () => number): Promise<void> {
  const wanted = soFar() + count
  const began = performance.now()
  while (soFar() < wanted && performance.now() - began < LONGEST_LIFE_MS) await pause(2)
  await pause(randomInt(0, 80))
}

type SignedInPair = { readonly token: string; readonly menteeId: string; readonly relationshipId: string }

/** Mentees of the seeded department that have no series yet. */
async function signInPairs(address: string): Promise<readonly SignedInPair[]> {
  const people: { readonly id: string; readonly userPrincipalName: string; readonly appRoles: readonly string[] }[] = (
    await send('GET', `${address}/practice/people`)
  ).body
  const tokenOf = async (userPrincipalName: string): Promise<string> =>
    (await send('POST', `${address}/practice/sign-in`, { body: { userPrincipalName } })).body.accessToken
  const coordinator = people.find(({ appRoles }) => appRoles.includes('Coordinator'))
  const token = await tokenOf(coordinator?.userPrincipalName ?? '')
  const { body } = await send('GET', `${address}/api/me`, { token })
  const programme = `${address}/api/programmes/${body.programmes[0].programmeId}`
  const { pairs } = (await send('GET', `${programme}/pairs`, { token })).body
  const chosen: SignedInPair[] = []
  for (const { relationshipId, mentee } of pairs.slice(0, 8)) {
    const name = people.find(({ id }) => id === mentee.personId)?.userPrincipalName ?? ''
    chosen.push({ relationshipId, menteeId: mentee.personId, token: await tokenOf(name) })
  }
  return chosen
}

type Turn = {
  readonly number: number
  readonly turn: number
  readonly series: Acknowledged[]
  readonly goals: { readonly path: string; readonly token: string }[]
}

async function act(address: string, pair: SignedInPair, { number, turn, series, goals }: Turn): Promise<void> {
  const { token, menteeId, relationshipId } = pair
  const relationship = `${address}/api/relationships/${relationshipId}`
  const goalPath = `${relationship}/goals/${randomUUID()}`
  const goal = await send('PUT', goalPath, { token, body: { title: 'Publish', horizon: 'short', state: 'open' } })
  if (goal.status === 200) goals.push({ path: goalPath, token })
  // A weekday of its own for each turn and an hour for each pair; what is not free is refused and not acknowledged.
  const date = Temporal.Now.plainDateISO('UTC').add({ days: 3 + (turn % 300) })
  const seriesId = randomUUID()
  const seriesPath = `${relationship}/series/${seriesId}`
  const startsAt = `${date}T${String(14 + (number % 7)).padStart(2, '0')}:${turn % 2 === 0 ? '00' : '30'}:00Z`
  const body = {
    plan: { kind: 'windows', windows: [{ from: date.toString(), to: date.add({ days: 1 }).toString() }] },
    minutes: 30,
    meetings: [{ window: 0, startsAt }],
  }
  const booked = await send('PUT', seriesPath, { token, body })
  if (booked.status !== 202) return
  const one: Acknowledged = { seriesPath, seriesId, token, menteeId, isCalledOff: false }
  series.push(one)
  if (turn % 3 !== 0) return
  const called = await send('PUT', `${seriesPath}/cancellation`, { token, body: {} })
  if (called.status === 202) one.isCalledOff = true
}

async function lookAtAll(
  address: string,
  series: readonly Acknowledged[],
  goals: readonly { readonly path: string; readonly token: string }[],
) {
  const app = new URLSearchParams({
    client_id: 'practice',
    client_secret: 'practice',
    grant_type: 'client_credentials',
    scope: GRAPH_ROLE,
  })
  const answer = await fetch(`${address}/practice/identity/${PRACTICE_TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: app,
  })
  const { access_token: graphToken } = (await answer.json()) as { access_token: string }
  let lost = 0
  let duplicated = 0
  let orphans = 0
  const uids = new Set<string>()
  for (const one of series) {
    const state = await settledState(one)
    // A cancellation may have been stored although its acknowledgement was lost.
    if (one.isCalledOff ? state !== 'cancelled' : state !== 'booked' && state !== 'cancelled') lost++
    const $filter = `singleValueExtendedProperties/any(ep:ep/id eq '${KEY_PROPERTY}' and ep/value eq '${one.seriesId}:1')`
    const url = `${address}/practice/graph/v1.0/users/${one.menteeId}/events?$filter=${encodeURIComponent($filter)}`
    const events: { readonly iCalUId: string; readonly attendees: readonly unknown[] }[] = (
      await send('GET', url, { token: graphToken })
    ).body.value
    const invited = events.filter(({ attendees }) => attendees.length > 0)
    duplicated += Math.max(0, invited.length - 1)
    orphans += events.length - invited.length
    if (state === 'booked' && invited.length === 0) lost++
    if (state === 'cancelled' && invited.length > 0) orphans += invited.length
    for (const { iCalUId } of invited) uids.add(iCalUId)
  }
  for (const { path, token } of goals) {
    const { body } = await send('GET', path.replace(/\/[^/]+$/, ''), { token })
    if (!body.goals.some(({ goalId }: { readonly goalId: string }) => path.endsWith(goalId))) lost++
  }
  const mails: { readonly kind: string; readonly iCalUId?: string }[] = (
    await send('GET', `${address}/practice/outbox`)
  ).body
  const invitations = mails.filter(({ kind, iCalUId }) => kind === 'invitation' && uids.has(iCalUId ?? ''))
  return { lost, duplicated, orphans, repeatMails: invitations.length - uids.size }
}

async function settledState({ seriesPath, token }: Acknowledged): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const { status, body }: Answer = await send('GET', seriesPath, { token })
    if (status !== 200) return `status ${status}`
    if (body.state !== 'booking' && body.state !== 'cancelling') return body.state
    await pause(300)
  }
  return 'never settled'
}

async function saysReady(child: ChildProcess): Promise<void> {
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += chunk
    if (said.includes('ready after')) return
  }
  throw new Error(`The server ended before it was ready: ${said}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close()
  await once(server, 'close')
  return port
}
