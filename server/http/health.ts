import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/**
 * What pairs write: everything of a pair but its booking. Counts by route and method would tell an operator or
 * coordinator when somebody writes.
 */
const CONTENT_ROUTE = /\/meetings\/|\/effort$|\/:relationshipId\/(?!series\b|proposals\b)/
/** Looking for help leaves no trace: neither who, nor when, nor how often. */
const UNTRACED_ROUTE = '/api/help'

/**
 * `/health/live` (the process answers), `/health/ready` (it can serve), `/metrics` (Prometheus), and one log line per
 * request with ids, codes and durations. Route patterns, never addresses with values in them. Metrics are for callers on
 * the same machine and for whoever knows `metricsToken`; for everybody else they do not exist.
 */
export function installHealth(
  app: FastifyInstance,
  {
    checkReady,
    metricsToken,
  }: { readonly checkReady: () => Promise<void>; readonly metricsToken?: string | undefined },
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const note = (request: FastifyRequest, reply: FastifyReply): void => {
    const route = request.routeOptions.url ?? 'none'
    if (route === UNTRACED_ROUTE) return
    const labels = CONTENT_ROUTE.test(route) ? { method: 'any', route: 'content' } : { method: request.method, route }
    durations.observe({ ...labels, status: reply.statusCode }, reply.elapsedTime / 1000)
    // The practice tenant's own Graph is as chatty as the real one.
    const level = route.startsWith('/practice') || route.startsWith('/health') ? 'debug' : 'info'
    request.log[level](
      {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        personId: request.actor?.personId,
      },
      'request',
    )
  }
  app.addHook('onResponse', (request, reply, done) => {
    note(request, reply)
    done()
  })
  app.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'live' }))
  app.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await within(READY_MS, checkReady())
      return { status: 'ready' }
    } catch (error) {
      app.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'not ready' })
    }
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isOnThisMachine(request) && !isBearerOf(request, metricsToken)) return reply.callNotFound()
    reply.type(registry.contentType)
    return registry.metrics()
  })
}

/** A probe waits for less than a request: a database that elects a primary is not ready. */
const READY_MS = 2_000

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms.`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/** The connection itself, not what a proxy says of it: behind a proxy on this machine everybody looks local. */
function isOnThisMachine({ socket, headers }: FastifyRequest): boolean {
  const isForwarded = [
    'forwarded',
    'via',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-real-ip',
  ].some((name) => headers[name] !== undefined)
  return !isForwarded && LOOPBACK.test(socket.remoteAddress ?? '')
}

function isBearerOf({ headers }: FastifyRequest, token: string | undefined): boolean {
  const [scheme, given, ...rest] = (headers.authorization ?? '').split(' ')
  if (token === undefined || scheme?.toLowerCase() !== 'bearer' || !given || rest.length > 0) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
