import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { GraphError, type GraphReply } from './dispatch.ts'
import type { AnswerGraphRequest, GraphCall, GraphService } from './graph-service.ts'
import { readGraphUrl } from './read-graph-request.ts'
import { viewGraphError } from './view-graph-error.ts'

const ITEMS_MAX = 20
/** Outlook works on this many items of one batch at a time. */
const PARALLEL_ITEMS = 4

const BatchItem = Type.Object({
  id: Type.String({ minLength: 1 }),
  method: Type.String({
    pattern: '^([gG][eE][tT]|[pP][oO][sS][tT]|[pP][aA][tT][cC][hH]|[pP][uU][tT]|[dD][eE][lL][eE][tT][eE])$',
  }),
  url: Type.String({ minLength: 1 }),
  dependsOn: Type.Optional(Type.Array(Type.String())),
  headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  body: Type.Optional(Type.Unknown()),
})
type BatchItem = Static<typeof BatchItem>
const BatchBody = Type.Object({ requests: Type.Array(BatchItem, { minItems: 1 }) })
type BatchAnswer = {
  readonly id: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * Answers `POST /$batch`: 200 with one answer per item, whatever became of the items. Each item is throttled, faulted
 * and permitted by itself. Docs: "Combine multiple HTTP requests using JSON batching".
 * @param answer what answers one request; handed in, because it leads here
 * @throws GraphError 400 for a batch that Graph would not begin
 */
export async function answerBatch(
  answer: AnswerGraphRequest,
  service: GraphService,
  call: GraphCall,
): Promise<GraphReply> {
  if (call.request.method !== 'POST') throw new GraphError(405, 'MethodNotAllowed', 'Use POST.')
  const items = readItems(call.request.body)
  const inside = slots(PARALLEL_ITEMS)
  const answers = new Map<string, Promise<BatchAnswer>>()
  for (const item of items) {
    const earlier = (item.dependsOn ?? []).map((id) => answers.get(id.toLowerCase()))
    answers.set(item.id.toLowerCase(), answerAfter(earlier, item))
  }
  return { status: 200, body: { responses: await Promise.all(answers.values()) } }

  async function answerAfter(earlier: readonly (Promise<BatchAnswer> | undefined)[], item: BatchItem) {
    const outcomes = await Promise.all(earlier)
    const hasFailed = outcomes.some((outcome) => outcome === undefined || outcome.status >= 400)
    return hasFailed ? failDependent(service, call, item) : inside(() => answerItem(answer, service, call, item))
  }
}

function readItems(body: unknown): readonly BatchItem[] {
  if (!Value.Check(BatchBody, body)) throw badBatch('The batch is not valid: each request needs id, method and url.')
  const { requests } = body
  if (requests.length > ITEMS_MAX) {
    throw new GraphError(
      400,
      'MaximumValueExceeded',
      `Number of batch request steps exceeds the maximum value of ${ITEMS_MAX}.`,
    )
  }
  const ids = new Set(requests.map(({ id }) => id.toLowerCase()))
  if (ids.size !== requests.length) throw badBatch('The id of every request in a batch must be unique.')
  for (const { id, url, body: itemBody, headers } of requests) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//')) {
      throw badBatch(`The url of request ${id} must be relative.`)
    }
    const hasContentType = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type')
    if (itemBody !== undefined && itemBody !== null && !hasContentType) {
      throw badBatch(`Write request id : ${id} does not contain Content-Type header or body.`)
    }
  }
  assertOrder(requests)
  return requests
}

/** No dependencies, each on the one before it, or all on the same one: nothing else is documented. */
function assertOrder(requests: readonly BatchItem[]): void {
  const stated = requests.filter(({ dependsOn }) => dependsOn !== undefined && dependsOn.length > 0)
  if (stated.length === 0) return
  const position = new Map(requests.map(({ id }, index) => [id.toLowerCase(), index]))
  for (const [index, { id, dependsOn }] of requests.entries()) {
    for (const other of dependsOn ?? []) {
      const at = position.get(other.toLowerCase())
      if (at === undefined || at >= index) throw badBatch(`Request ${id} depends on a request that is not before it.`)
    }
  }
  const lists = new Set(
    stated.map(({ dependsOn }) =>
      (dependsOn ?? [])
        .map((id) => id.toLowerCase())
        .sort()
        .join(),
    ),
  )
  const isSame = lists.size === 1
  const isSerial = requests.every(({ dependsOn }, index) => {
    const previous = requests[index - 1]
    if (!previous) return (dependsOn ?? []).length === 0
    return dependsOn?.length === 1 && dependsOn[0]?.toLowerCase() === previous.id.toLowerCase()
  })
  if (!isSame && !isSerial) {
    throw badBatch('Dependencies must be fully sequential, or the same for every request that states one.')
  }
}

async function answerItem(
  answer: AnswerGraphRequest,
  service: GraphService,
  call: GraphCall,
  item: BatchItem,
): Promise<BatchAnswer> {
  const headers = Object.fromEntries(
    Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  try {
    const { path, query } = readGraphUrl(item.url.startsWith('/') ? item.url : `/${item.url}`)
    if (/^\/\$batch/i.test(path)) throw badBatch('A batch cannot hold another batch.')
    const request = {
      method: item.method.toUpperCase(),
      path,
      query,
      headers,
      body: item.body ?? undefined,
      caller: call.request.caller,
    }
    const bodyBytes = item.body === undefined ? 0 : Buffer.byteLength(JSON.stringify(item.body))
    const { reply } = await answer(service, { appId: call.appId, request, bodyBytes }, 'batch-item')
    if (!reply) throw new Error('A fault that cuts the connection reached a batch item.')
    return viewItem(item, reply)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return viewItem(item, viewGraphError(error, headers, service.graph.clock.now()))
  }
}

function failDependent(service: GraphService, call: GraphCall, item: BatchItem): BatchAnswer {
  const error = new GraphError(424, 'FailedDependency', 'A request that this one depends on has failed.')
  return viewItem(item, viewGraphError(error, call.request.headers, service.graph.clock.now()))
}

function viewItem({ id }: BatchItem, { status, headers, body }: GraphReply): BatchAnswer {
  if (body === undefined) return { id, status, headers: headers ?? {} }
  const isBytes = body instanceof Uint8Array
  return {
    id,
    status,
    headers: { 'Content-Type': isBytes ? 'application/octet-stream' : 'application/json', ...headers },
    body: isBytes ? Buffer.from(body).toString('base64') : body,
  }
}

/** Runs at most `free` of the tasks given to it at a time. */
function slots(free: number) {
  let left = free
  const waiting: (() => void)[] = []
  return async function run<T>(task: () => Promise<T>): Promise<T> {
    if (left === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else left -= 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else left += 1
    }
  }
}

function badBatch(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message)
}
