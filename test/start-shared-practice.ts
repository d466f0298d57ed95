import { fastify } from 'fastify'
import type { FaultScript } from '../server/practice/faults.ts'
import { openSeededTenant } from '../server/practice/open-practice.ts'
import { practiceRoutes } from '../server/practice/practice-routes.ts'
import type { PracticeTenant } from '../server/practice/practice-tenant.ts'

/** The seeded practice tenant without a service, for server processes that come and go. */
export type SharedPractice = {
  /** What `PRACTICE_URL` is set to. */
  readonly address: string
  readonly tenant: PracticeTenant
  close(): Promise<void>
}

/** @param faults what goes wrong with Graph requests; nothing unless told */
export async function startSharedPractice(faults?: FaultScript): Promise<SharedPractice> {
  let address = ''
  const tenant = await openSeededTenant({ file: ':memory:', baseUrl: () => address })
  const app = fastify()
  await app.register(practiceRoutes(faults ? { ...tenant, faults } : tenant))
  address = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    address,
    tenant,
    async close() {
      tenant.close()
      await app.close()
    },
  }
}
