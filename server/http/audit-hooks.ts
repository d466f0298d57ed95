import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AuditContext, auditContext, withAudit } from '../audit/audit-context.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { actorOf } from './sign-in.ts'

/**
 * Puts on record who does what on every route registered on `app` after this: changes within their own atomic write,
 * reads of content before the answer leaves, and refusals. What cannot be put on record is not answered.
 */
export function installAudit(app: FastifyInstance, trail: AuditTrail): void {
  const contexts = new WeakMap<FastifyRequest, AuditContext>()
  app.addHook('onRequest', (request, _reply, done) => {
    const { tenantId, personId } = actorOf(request).actor
    const what = `${request.method} ${request.routeOptions.url ?? ''}`
    withAudit({ tenantId, who: personId, what, requestId: request.id }, () => {
      const context = auditContext()
      if (context) contexts.set(request, context)
      done()
    })
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const context = contexts.get(request)
    if (!context) return payload
    const { who, what, requestId = request.id, opened } = context
    const base = { who, what, requestId }
    if (request.method === 'GET' && reply.statusCode < 300) {
      for (const [chain, collections] of opened) {
        await trail.append({ ...base, chain, outcome: 'read', things: [...collections].toSorted() })
      }
    }
    if (reply.statusCode === 403) {
      const chain = refusedIn(request) ?? `tenant|${context.tenantId}`
      await trail.append({ ...base, chain, outcome: 'refused', things: [] })
    }
    return payload
  })
}

/** The pair of a refused request; a 403 is answered only where it exists. */
function refusedIn({ params }: FastifyRequest): string | undefined {
  if (typeof params !== 'object' || params === null || !('relationshipId' in params)) return undefined
  return typeof params.relationshipId === 'string' ? params.relationshipId : undefined
}
