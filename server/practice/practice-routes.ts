import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { calendarRoutes } from './graph/calendar-routes.ts'
import type { GraphService } from './graph/graph-service.ts'
import { graphRoutes } from './graph/http.ts'
import { otherRoutes } from './graph/resources/other-routes.ts'
import { outlookThrottle } from './graph/throttle.ts'
import { identityRoutes, peopleRoutes } from './identity/routes.ts'
import type { PracticeTenant } from './practice-tenant.ts'
import { renderProblems } from './problem.ts'
import { rehearsalRoutes } from './rehearsal-routes.ts'

/**
 * Mounts the practice tenant under `/practice`: Graph, the identity service, and what a rehearsal needs. Ends the
 * tenant's background work when the server closes; closing the tenant stays with whoever opened it.
 */
export function practiceRoutes(tenant: PracticeTenant): FastifyPluginAsync {
  return async (app) => {
    const service: GraphService = {
      graph: tenant.graph,
      routes: [...calendarRoutes, ...otherRoutes(tenant.closing)],
      faults: tenant.faults,
      throttle: outlookThrottle(() => tenant.realNow().epochMilliseconds),
      reportBug: (error) => app.log.error({ err: error }, 'practice graph handler failed'),
      closing: tenant.closing,
    }
    await app.register(graphRoutes(tenant, service), { prefix: '/practice' })
    await app.register(identityRoutes(tenant), { prefix: '/practice/identity' })
    await app.register(
      async (scope) => {
        // Bodies are taken as they are, never coerced; unknown members are refused.
        scope.setValidatorCompiler(TypeBoxValidatorCompiler)
        renderProblems(scope)
        await scope.register(peopleRoutes(tenant))
        await scope.register(rehearsalRoutes(tenant))
      },
      { prefix: '/practice' },
    )
  }
}
