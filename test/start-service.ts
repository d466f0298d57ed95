import { join } from 'node:path'
import { pino } from 'pino'
import { Temporal } from 'temporal-polyfill'
import { readConfig } from '../server/config.ts'
import { openService, type Service } from '../server/service.ts'

const root = join(import.meta.dirname, '..')

/** The real service with its practice tenant, on a free port, in memory unless told. */
export type RunningService = Service & {
  readonly address: string
  /** What one person's client can send; the person is signed in by name. */
  as(userPrincipalName: string): Promise<Caller>
}
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any }
export type Caller = {
  readonly accessToken: string
  get(path: string): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
}

/** A Monday, so that seeded weeks read easily. */
export const TEST_NOW = Temporal.Instant.from('2026-11-23T14:00:00Z')

export async function startService(
  env: Readonly<Record<string, string>> = {},
  realNow: () => Temporal.Instant = runningFrom(TEST_NOW),
  bookPracticePairs = false,
  logTo?: { write(line: string): void },
): Promise<RunningService> {
  const config = readConfig({ PORT: '0', DATA_DIR: ':memory:', LOG_LEVEL: 'silent', ...env })
  const service = await openService({
    config,
    log: logTo ? pino({ level: config.logLevel }, logTo) : pino({ level: config.logLevel }),
    webDir: join(root, 'dist', 'web'),
    iconsDir: join(root, 'server', 'packages', 'icons'),
    bookPracticePairs,
    realNow,
  })
  const address = await service.listen()
  return { ...service, address, as: (userPrincipalName) => signIn(address, userPrincipalName) }
}

/** Time that runs on from a fixed instant. */
export function runningFrom(start: Temporal.Instant): () => Temporal.Instant {
  const startedAt = performance.now()
  return () => start.add({ milliseconds: Math.round(performance.now() - startedAt) })
}

export async function send(
  method: string,
  url: string,
  options: { token?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text }
}

/** @param practiceAddress where the practice tenant is, when it is not the service's own */
export async function signIn(address: string, userPrincipalName: string, practiceAddress = address): Promise<Caller> {
  const { status, body } = await send('POST', `${practiceAddress}/practice/sign-in`, { body: { userPrincipalName } })
  if (status !== 200) throw new Error(`Sign-in of ${userPrincipalName} answered ${status}.`)
  const token: string = body.accessToken
  const call = (method: string) => (path: string, payload?: unknown) =>
    send(method, `${address}${path}`, { token, body: payload })
  return { accessToken: token, get: call('GET'), put: call('PUT'), post: call('POST'), delete: call('DELETE') }
}
