import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { endingRoutes } from './ending-routes.ts'
import { feedbackRoutes } from './feedback-routes.ts'
import { helpRoutes } from './help-routes.ts'
import { recordRoutes } from './record-routes.ts'
import { requestRoutes } from './request-routes.ts'
import type { Services } from './services.ts'
import { settingsRoutes } from './settings-routes.ts'

/** What a pair has beside its meetings. */
export const supportRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(requestRoutes(services))
    await app.register(feedbackRoutes(services))
    await app.register(endingRoutes(services))
    await app.register(settingsRoutes(services))
    await app.register(helpRoutes(services))
    await app.register(recordRoutes(services))
  }
