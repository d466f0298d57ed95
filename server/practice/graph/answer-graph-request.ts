import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, type FaultScope, usualErrorCode } from '../faults.ts'
import { assertPermission } from './assert-permission.ts'
import { answerBatch } from './batch.ts'
import { type GraphCaller, GraphError, type GraphReply, type GraphRequest, type PracticeGraph } from './dispatch.ts'
import type { GraphCall, GraphOutcome, GraphService } from './graph-service.ts'
import { dispatchGraph, findUser } from './router.ts'
import { viewGraphError } from './view-graph-error.ts'

/** Throttles, lets scripted faults happen, checks the token's permissions and dispatches; `$batch` comes back for each item. */
export async function answerGraphRequest(
  service: GraphService,
  call: GraphCall,
  scope: FaultScope,
): Promise<GraphOutcome> {
  const { graph, throttle, faults } = service
  const { request } = call
  const mailboxId = mailboxOf(graph, request.path, request.caller)
  const isOutlook = mailboxId !== undefined && /^\/(me|users\/[^/]+|users\('[^']*'\))\/./i.test(request.path)
  const admission = isOutlook ? throttle.enter(call.appId, mailboxId, call.bodyBytes) : undefined
  if (admission?.admitted === false) {
    const refusal = new GraphError(429, 'ApplicationThrottled', admission.message)
    return { reply: refuse(service, request, refusal, { 'retry-after': String(admission.retryAfterSeconds) }) }
  }
  try {
    const fault = faults.take(request.method, request.path, scope)
    if (fault && 'resetBefore' in fault) return { fault }
    if (fault && 'status' in fault) return { reply: scriptedRefusal(service, request, fault) }
    if (fault && 'delayMs' in fault) await wait(fault.delayMs, undefined, { signal: service.closing, ref: false })
    const reply = await handle(service, call, mailboxId)
    return fault ? { reply, fault } : { reply }
  } finally {
    if (admission?.admitted) admission.leave()
  }
}

async function handle(service: GraphService, call: GraphCall, mailboxId: string | undefined): Promise<GraphReply> {
  const { request } = call
  try {
    const { method, path, caller } = request
    assertPermission({ method, path, caller, mailboxId })
    if (/^\/\$batch\/?$/i.test(path)) return await answerBatch(answerGraphRequest, service, call)
    return await dispatchGraph(service.graph, service.routes, request)
  } catch (error) {
    if (error instanceof GraphError) return refuse(service, request, error)
    service.reportBug(error)
    return refuse(service, request, new GraphError(500, 'InternalServerError', 'The practice tenant failed.'))
  }
}

function refuse(
  { graph }: GraphService,
  request: GraphRequest,
  error: GraphError,
  headers?: Readonly<Record<string, string>>,
): GraphReply {
  return viewGraphError(error, request.headers, graph.clock.now(), headers)
}

function scriptedRefusal(service: GraphService, request: GraphRequest, fault: Extract<Fault, { status: number }>) {
  const code = fault.errorCode ?? usualErrorCode(fault.status)
  const error = new GraphError(fault.status, code, 'This answer was scripted in the practice tenant.')
  const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
  return refuse(service, request, error, headers)
}

/** Object id of the user that a path names; undefined for other paths and for unknown users. */
function mailboxOf(graph: PracticeGraph, path: string, caller: GraphCaller): string | undefined {
  const [first = '', second = ''] = path.replace(/^\//, '').split('/')
  if (first.toLowerCase() === 'me') return caller.kind === 'user' ? caller.userId : undefined
  const keyed = /^users\('(.*)'\)$/i.exec(first)?.[1]
  const key = keyed ?? (first.toLowerCase() === 'users' ? second : '')
  return key === '' ? undefined : findUser(graph, key)?.id
}
