import { randomUUID } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import apiReference from '@scalar/fastify-api-reference'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify'
import helmet from 'helmet'
import { accessLogRoutes } from './http/access-log-routes.ts'
import { agreementRoutes } from './http/agreement-routes.ts'
import { installAudit } from './http/audit-hooks.ts'
import { briefRoutes } from './http/brief-routes.ts'
import { clinicRoutes } from './http/clinic-routes.ts'
import { compileOnUse } from './http/compile-on-use.ts'
import { growthRoutes } from './http/growth-routes.ts'
import { installHealth } from './http/health.ts'
import { lifecycleRoutes } from './http/lifecycle-routes.ts'
import { meetingRoutes } from './http/meeting-routes.ts'
import { notificationRoutes } from './http/notification-routes.ts'
import { installPages, type PagesOptions } from './http/pages.ts'
import { refusePatientData } from './http/patient-data.ts'
import { peopleRoutes } from './http/people-routes.ts'
import { installProblems, refuseUnreadableAddress } from './http/problems.ts'
import { relationshipRoutes } from './http/relationship-routes.ts'
import { reminderRoutes } from './http/reminder-routes.ts'
import type { Services } from './http/services.ts'
import { requireSignIn } from './http/sign-in.ts'
import { supportRoutes } from './http/support-routes.ts'
import { todoRoutes } from './http/todo-routes.ts'
import { troubleRoutes } from './http/trouble-routes.ts'
import { workRoutes } from './http/work-routes.ts'
import { wrapUpRoutes } from './http/wrap-up-routes.ts'
import { installPublicPages } from './packages/public-pages.ts'
import type { Actor } from './ports/actor.ts'

export type AppOptions = {
  readonly services: Services
  readonly validateToken: (token: string) => Promise<Actor>
  readonly log: FastifyBaseLogger
  readonly pages: PagesOptions
  /** Whether a request can be served; throws when not. */
  readonly checkReady: () => Promise<void>
  /** Routes of the practice tenant; absent when a real one is configured. */
  readonly practice?: FastifyPluginAsync | undefined
  readonly trustProxy: boolean
  /** Of one person, to each route of the API. */
  readonly requestsPerMinute: number
  /** Lets its bearer read `/metrics` from elsewhere. */
  readonly metricsToken?: string | undefined
}

const BODY_BYTES_MAX = 6_000_000

/** Builds the whole service without listening, so that tests load it as it is. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { services, validateToken, log, pages, checkReady, practice, trustProxy, requestsPerMinute, metricsToken } =
    options
  const app = Fastify({
    loggerInstance: log,
    // One line per request with ids and codes; see http/health.ts. URLs hold ids only, but queries may hold names.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: 2048 },
    frameworkErrors: refuseUnreadableAddress,
  }).withTypeProvider<TypeBoxTypeProvider>()

  compileOnUse(app)
  installProblems(app)
  // Not by its Fastify plugin, which puts the headers together anew for every answer.
  const setHeaders = helmet(HEADERS)
  app.addHook('onRequest', (request, reply, done) => setHeaders(request.raw, reply.raw, () => done()))
  // The practice tenant is a whole organisation on the same loop; it is never turned away.
  if (!practice) await app.register(underPressure, { maxEventLoopDelay: 2_000, retryAfter: 5 })
  installHealth(app, { checkReady, metricsToken })
  await installPages(app, pages)
  installPublicPages(app)

  await app.register(
    async (api) => {
      await api.register(swagger, OPENAPI)
      let description: string | undefined
      api.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
        // Half a megabyte that never changes, for anybody who asks.
        description ??= JSON.stringify(api.swagger())
        return reply.type('application/json; charset=utf-8').send(description)
      })
      await api.register(async (docs) => {
        docs.addHook('onSend', async (_request, reply) => {
          reply.header('content-security-policy', DOCS_POLICY)
        })
        await docs.register(apiReference, {
          routePrefix: '/docs',
          configuration: {
            url: '/api/openapi.json',
            withDefaultFonts: false,
            telemetry: false,
            hideClientButton: true,
          },
        })
      })
      await api.register(notificationRoutes(services))
      await api.register(async (signedIn) => {
        await signedIn.register(rateLimit, {
          max: requestsPerMinute,
          timeWindow: '1 minute',
          // Of each route, and so after the sign-in below: known by person, and counted before anything is validated.
          hook: 'onRequest',
          keyGenerator: (request) => request.actor?.personId ?? request.ip,
        })
        requireSignIn(signedIn, validateToken)
        signedIn.addHook('onSend', (_request, reply, payload, done) => {
          reply.header('cache-control', 'no-store')
          done(null, payload)
        })
        installAudit(signedIn, services.auditTrail)
        refusePatientData(signedIn)
        await signedIn.register(peopleRoutes(services))
        await signedIn.register(relationshipRoutes(services))
        await signedIn.register(lifecycleRoutes(services))
        await signedIn.register(meetingRoutes(services))
        await signedIn.register(agreementRoutes(services))
        await signedIn.register(workRoutes(services))
        await signedIn.register(growthRoutes(services))
        await signedIn.register(briefRoutes(services))
        await signedIn.register(reminderRoutes(services))
        await signedIn.register(todoRoutes(services))
        await signedIn.register(wrapUpRoutes(services))
        await signedIn.register(clinicRoutes(services))
        await signedIn.register(troubleRoutes(services))
        await signedIn.register(accessLogRoutes(services))
        await signedIn.register(supportRoutes(services))
      })
    },
    { prefix: '/api' },
  )
  if (practice) await app.register(practice)
  return app
}

/** Set by hand: the defaults (X-Frame-Options, same-origin resource and opener policies) break panes inside Office hosts. */
const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  frameguard: false,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' as const },
  referrerPolicy: { policy: 'no-referrer' as const },
}

/** The API reference page carries its own inline script and style; it shows documentation only and signs nobody in. */
const DOCS_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

const OPENAPI = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Protected Time',
      version: '1.0.0',
      description:
        'Books mentoring meetings away from clinic and keeps agenda, goals and homework for the pair. Ids are UUIDs that the client mints; every PUT can be repeated. Errors are RFC 9457 problem details. Text of a pair that looks as if it told of a patient is refused with `patient-data-suspected`; a client whose writer says that it does not, sends it again with the header `X-No-Patient-Data: confirmed`.',
    },
    components: { securitySchemes: { entra: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ entra: [] }],
  },
}
