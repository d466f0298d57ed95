import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { AuthenticatedCall } from '../identity/open-identity.ts'
import type { PracticeTenant } from '../practice-tenant.ts'
import { answerGraphRequest } from './answer-graph-request.ts'
import { isUploadPath } from './calendar/upload-sessions.ts'
import { GraphError, type GraphReply } from './dispatch.ts'
import type { GraphOutcome, GraphService } from './graph-service.ts'
import { isMessageUploadPath } from './mail/draft-attachments.ts'
import { readGraphBody, readGraphUrl } from './read-graph-request.ts'
import { viewGraphError } from './view-graph-error.ts'

/** Graph takes requests of at most 4 MB; upload sessions take ranges below that. */
const BODY_BYTES_MAX = 4 * 1024 * 1024
const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'
/** The address of an upload is its own permission: no token comes along, and none is needed. */
const UPLOADER: AuthenticatedCall = { appId: 'upload', caller: { kind: 'app', appId: 'upload', roles: [] } }
const HTML_PAGE = '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body>Try later.</body></html>'

/** Graph under `/graph/v1.0`: any method, JSON or bytes, every refusal in Graph's error shape. */
export function graphRoutes(tenant: PracticeTenant, service: GraphService): FastifyPluginAsync {
  return async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const refusal = readFailure(error)
      if (refusal.status >= 500) request.log.error({ err: error }, 'practice graph failed')
      return send(reply, viewGraphError(refusal, headersOf(request), tenant.clock.now()))
    })
    app.all('/graph/v1.0/*', async (request, reply) => {
      const outcome = await answer(tenant, service, request)
      tenant.state.flush()
      tenant.notifier.deliver()
      return finish(request, reply, outcome)
    })
  }
}

async function answer(tenant: PracticeTenant, service: GraphService, request: FastifyRequest): Promise<GraphOutcome> {
  const headers = headersOf(request)
  try {
    const { path, query } = readGraphUrl((request.raw.url ?? '').replace(/^.*?\/graph\/v1\.0/, ''))
    const bytes = Buffer.isBuffer(request.body) ? request.body : undefined
    const isUpload = isUploadPath(path) || isMessageUploadPath(path)
    const { caller, appId } = isUpload ? UPLOADER : await tenant.identity.authenticateGraph(headers['authorization'])
    const body = isUpload ? bytes : readGraphBody(bytes, headers['content-type'])
    const { method } = request
    return await answerGraphRequest(
      service,
      { appId, request: { method, path, query, headers, body, caller }, bodyBytes: bytes?.length ?? 0 },
      'request',
    )
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    const challenge = error.status === 401 ? { 'www-authenticate': 'Bearer realm="", error="invalid_token"' } : {}
    return { reply: viewGraphError(error, headers, tenant.clock.now(), challenge) }
  }
}

/** Sends the answer as it is, or as the fault leaves it. */
function finish(request: FastifyRequest, reply: FastifyReply, { reply: answered, fault }: GraphOutcome) {
  if (!answered || (fault && 'resetAfter' in fault)) {
    reply.hijack()
    request.raw.socket.destroy()
    return reply
  }
  if (fault && 'emptyBody' in fault) return send(reply, { ...answered, body: undefined })
  if (fault && 'html' in fault) {
    reply.code(answered.status).headers(answered.headers ?? {})
    return reply.type('text/html; charset=utf-8').send(HTML_PAGE)
  }
  if (fault && 'truncate' in fault && answered.body !== undefined) {
    const whole = JSON.stringify(answered.body)
    reply.code(answered.status).headers(answered.headers ?? {})
    return reply.type(JSON_TYPE).send(whole.slice(0, Math.floor(whole.length / 2)))
  }
  return send(reply, answered)
}

function send(reply: FastifyReply, { status, headers, body }: GraphReply) {
  reply
    .code(status)
    .header('odata-version', '4.0')
    .header('cache-control', 'private')
    .headers(headers ?? {})
  if (body === undefined) return reply.removeHeader('content-type').send()
  if (body instanceof Uint8Array) {
    if (!reply.hasHeader('content-type')) reply.type('application/octet-stream')
    return reply.send(Buffer.from(body))
  }
  if (typeof body === 'string') return reply.type('text/plain').send(body)
  return reply.type(JSON_TYPE).send(JSON.stringify(body))
}

function headersOf(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

function readFailure(error: Error & { statusCode?: number }): GraphError {
  if (error.statusCode === 413) {
    return new GraphError(413, 'RequestEntityTooLarge', 'The maximum request length supported is 4MB.')
  }
  const status = error.statusCode ?? 500
  return status < 500
    ? new GraphError(status, 'BadRequest', 'The request could not be read.')
    : new GraphError(500, 'InternalServerError', 'The practice tenant failed.')
}
