import { join } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'
import type { Temporal } from 'temporal-polyfill'
import type { Services } from '../http/services.ts'
import type { Clock } from '../ports/clock.ts'
import { calendarRoutes } from './graph/calendar-routes.ts'
import { dispatchGraph } from './graph/router.ts'
import { PRACTICE_CLIENT_ID, PRACTICE_ISSUER, PRACTICE_TENANT_ID } from './identity/constants.ts'
import type { PracticeUser } from './people.ts'
import { practiceRoutes } from './practice-routes.ts'
import { openPracticeTenant, type PracticeTenant } from './practice-tenant.ts'
import { seedBookings, seedService } from './seed/seed-service.ts'
import { seedTenant } from './seed/seed-tenant.ts'
import { PRACTICE_FILE } from './state.ts'

/** What the service is configured with when no real tenant is: the same addresses and tokens, only all of them here. */
export type PracticeSide = {
  readonly clock: Clock
  readonly graphUrl: () => string
  readonly routes: FastifyPluginAsync
  readonly identity: ReturnType<typeof practiceIdentity>
  /** Fills the service's own store for the seeded department; does nothing where that is done. */
  seed(services: Services): Promise<void>
  /** Books the year of some pairs; goes on from where it was cut short. */
  book(services: Services): Promise<void>
  /** Writes the state of the tenant as it is at this moment into a new file. */
  copyTo(file: string): void
  close(): void
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
  const today = () => tenant.clock.now().toZonedDateTimeISO(HOSPITAL_ZONE).toPlainDate()
  const tenant = await openPracticeTenant({
    file,
    baseUrl: ownUrl,
    realNow,
    seed: (opened) =>
      seedTenant(opened.state, postAs(opened), opened.clock.now().toZonedDateTimeISO(HOSPITAL_ZONE).toPlainDate()),
  })
  return {
    clock: tenant.clock,
    graphUrl: tenant.graph.baseUrl,
    routes: practiceRoutes(tenant),
    identity: practiceIdentity(ownUrl),
    seed: (services) => seedService(services, tenant.state.collection<PracticeUser>('users').list(), today()),
    book: (services) => seedBookings(services, today()),
    copyTo: (target) => tenant.state.copyTo(target),
    close: () => tenant.close(),
  }
}

const HOSPITAL_ZONE = 'America/New_York'

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

function practiceIdentity(ownUrl: () => string) {
  const authority = () => `${ownUrl()}/practice/identity/${PRACTICE_TENANT_ID}`
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
