import { join } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'
import { Temporal } from 'temporal-polyfill'
import type { Services } from '../http/services.ts'
import type { Clock } from '../ports/clock.ts'
import { calendarRoutes } from './graph/calendar-routes.ts'
import { dispatchGraph } from './graph/router.ts'
import { PRACTICE_CLIENT_ID, PRACTICE_ISSUER, PRACTICE_TENANT_ID } from './identity/constants.ts'
import type { PracticeUser } from './people.ts'
import { practiceRoutes } from './practice-routes.ts'
import {
  openPracticeTenant,
  PRACTICE_GRAPH_PATH,
  type PracticeTenant,
  type PracticeTenantOptions,
} from './practice-tenant.ts'
import { type SeedPerson, seedBookings, seedService } from './seed/seed-service.ts'
import { seedTenant } from './seed/seed-tenant.ts'
import { PRACTICE_FILE } from './state.ts'

/** What the service is configured with when no real tenant is: the same addresses and tokens, only all of them here. */
export type PracticeSide = {
  readonly clock: Clock
  readonly graphUrl: () => string
  readonly identity: ReturnType<typeof practiceIdentity>
  /** Fills the service's own store for the seeded department; does nothing where that is done. */
  seed(services: Services): Promise<void>
  /** Books the year of some pairs; goes on from where it was cut short. */
  book(services: Services): Promise<void>
  close(): void
  /** What this process serves of the tenant; nothing where the tenant is another process's. */
  readonly routes?: FastifyPluginAsync
  /** Writes the state of the tenant as it is at this moment into a new file. */
  copyTo?(file: string): void
}

/** @param ownUrl address of this very server, known once it listens */
export async function openPracticeSide({
  dataDir,
  realNow,
  ownUrl,
}: {
  readonly dataDir: string
  readonly realNow: () => Temporal.Instant
  readonly ownUrl: () => string
}): Promise<PracticeSide> {
  const file = dataDir === ':memory:' ? dataDir : join(dataDir, PRACTICE_FILE)
  const tenant = await openSeededTenant({ file, baseUrl: ownUrl, realNow })
  return {
    ...sideOf({
      url: ownUrl,
      clock: tenant.clock,
      people: async () => tenant.state.collection<PracticeUser>('users').list(),
    }),
    routes: practiceRoutes(tenant),
    copyTo: (target) => tenant.state.copyTo(target),
    close: () => tenant.close(),
  }
}

/**
 * The practice tenant of another process, e.g. `http://127.0.0.1:3000`: several servers, one hospital.
 * @throws Error when nothing answers there
 */
export async function joinPracticeSide(
  url: string,
  realNow: () => Temporal.Instant,
  timeoutMs: number,
): Promise<PracticeSide> {
  const ask = async (path: string) => {
    const answer = await fetch(`${url}/practice/${path}`, { signal: AbortSignal.timeout(timeoutMs) })
    if (!answer.ok) throw new Error(`The practice tenant of PRACTICE_URL answered ${answer.status}.`)
    return answer.json()
  }
  const clock = await followClock(async () => Temporal.Instant.from((await ask('clock')).now), realNow)
  return {
    ...sideOf({ url: () => url, clock, people: () => ask('people') }),
    close: () => clock.close(),
  }
}

/** How long a clock that was moved by hand may run differently in another process. */
const FOLLOW_MS = 1_000

async function followClock(ask: () => Promise<Temporal.Instant>, realNow: () => Temporal.Instant) {
  const readOffset = async () => (await ask()).epochMilliseconds - realNow().epochMilliseconds
  let milliseconds = await readOffset()
  const timer = setInterval(() => {
    // While the other process is away, time runs on as it last did there.
    readOffset().then(
      (offset) => {
        milliseconds = offset
      },
      () => {},
    )
  }, FOLLOW_MS).unref()
  return { now: () => realNow().add({ milliseconds }), close: () => clearInterval(timer) }
}

function sideOf({
  url,
  clock,
  people,
}: {
  readonly url: () => string
  readonly clock: Clock
  readonly people: () => Promise<readonly SeedPerson[]>
}) {
  const today = () => dateOf(clock)
  return {
    clock,
    graphUrl: () => `${url()}${PRACTICE_GRAPH_PATH}`,
    identity: practiceIdentity(url),
    seed: async (services: Services) => seedService(services, await people(), today()),
    book: (services: Services) => seedBookings(services, today()),
  }
}

/** The seeded hospital, without a server yet. */
export function openSeededTenant(options: Omit<PracticeTenantOptions, 'seed'>): Promise<PracticeTenant> {
  return openPracticeTenant({
    ...options,
    seed: (opened) => seedTenant(opened.state, postAs(opened), dateOf(opened.clock)),
  })
}

const HOSPITAL_ZONE = 'America/New_York'
const dateOf = (clock: Clock) => clock.now().toZonedDateTimeISO(HOSPITAL_ZONE).toPlainDate()

/** Posts to the emulator as a person would, without HTTP between. */
function postAs({ graph }: PracticeTenant): Parameters<typeof seedTenant>[1] {
  return (userId, path, body) =>
    dispatchGraph(graph, calendarRoutes, {
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers: { 'content-type': 'application/json' },
      body,
      caller: { kind: 'user', userId, scopes: ['Calendars.ReadWrite'] },
    })
}

function practiceIdentity(url: () => string) {
  const authority = () => `${url()}/practice/identity/${PRACTICE_TENANT_ID}`
  return {
    graph: {
      tenantId: PRACTICE_TENANT_ID,
      clientId: PRACTICE_CLIENT_ID,
      credential: { kind: 'secret', secret: 'practice' } as const,
      appOnly: true,
      tokenEndpoint: () => `${authority()}/oauth2/v2.0/token`,
    },
    rules: {
      tenantId: PRACTICE_TENANT_ID,
      audience: PRACTICE_CLIENT_ID,
      issuer: PRACTICE_ISSUER,
      jwksUri: () => `${authority()}/discovery/v2.0/keys`,
      allowedClients: [PRACTICE_CLIENT_ID],
    },
    signIn: (publicUrl: () => string) => () => ({
      clientId: PRACTICE_CLIENT_ID,
      authority: `https://login.microsoftonline.com/${PRACTICE_TENANT_ID}`,
      scope: `api://${new URL(publicUrl()).host}/${PRACTICE_CLIENT_ID}/access_as_user`,
    }),
  }
}
