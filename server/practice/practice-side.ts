import type { FastifyPluginAsync } from 'fastify'
import type { Services } from '../http/services.ts'
import type { Clock } from '../ports/clock.ts'
import { PRACTICE_CLIENT_ID, PRACTICE_GRAPH_PATH, PRACTICE_ISSUER, PRACTICE_TENANT_ID } from './identity/constants.ts'
import { PROGRAMME_ID } from './seed/programme-id.ts'
import type { SeedPerson } from './seed/seed-service.ts'

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

/** What an own practice tenant and that of another process have in common. */
export function practiceSide({
  url,
  clock,
  people,
}: {
  readonly url: () => string
  readonly clock: Clock
  readonly people: () => Promise<readonly SeedPerson[]>
}): Omit<PracticeSide, 'close'> {
  const today = () => hospitalDate(clock)
  return {
    clock,
    graphUrl: () => `${url()}${PRACTICE_GRAPH_PATH}`,
    identity: practiceIdentity(url),
    async seed(services) {
      if (await services.programmes.find(PRACTICE_TENANT_ID, PROGRAMME_ID)) return
      const { seedService } = await loadSeeds()
      await seedService(services, await people(), today())
    },
    async book(services) {
      const { seedBookings } = await loadSeeds()
      await seedBookings(services, today())
    },
  }
}

// A start on a folder that is filled needs none of it.
const loadSeeds = () => import('./seed/seed-service.ts')

const HOSPITAL_ZONE = 'America/New_York'
/** Today where the seeded hospital stands. */
export const hospitalDate = (clock: Clock) => clock.now().toZonedDateTimeISO(HOSPITAL_ZONE).toPlainDate()

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
