import { join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { calendarRoutes } from './graph/calendar-routes.ts'
import { dispatchGraph } from './graph/router.ts'
import type { PracticeUser } from './people.ts'
import { practiceRoutes } from './practice-routes.ts'
import { hospitalDate, type PracticeSide, practiceSide } from './practice-side.ts'
import { openPracticeTenant, type PracticeTenant, type PracticeTenantOptions } from './practice-tenant.ts'
import { seedTenant } from './seed/seed-tenant.ts'
import { PRACTICE_FILE } from './state.ts'

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
    ...practiceSide({
      url: ownUrl,
      clock: tenant.clock,
      people: async () => tenant.state.collection<PracticeUser>('users').list(),
    }),
    routes: practiceRoutes(tenant),
    copyTo: (target) => tenant.state.copyTo(target),
    close: () => tenant.close(),
  }
}

/** The seeded hospital, without a server yet. */
export function openSeededTenant(options: Omit<PracticeTenantOptions, 'seed'>): Promise<PracticeTenant> {
  return openPracticeTenant({
    ...options,
    seed: (opened) => seedTenant(opened.state, postAs(opened), hospitalDate(opened.clock)),
  })
}

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
