import { GraphError, type GraphReply, type GraphRoute, type RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import {
  assertQueryFits,
  type Entity,
  type ODataOptions,
  parseQuery,
  pathUrl,
  preferenceOf,
  type QueryShape,
  queryValue,
} from '../odata.ts'
import { getList, latestVersion, listLists, removedOf, tasksOf } from './todo-store.ts'
import { LIST_SHAPE, TASK_SHAPE, viewListFor, viewTaskFor } from './view-todo.ts'

const PAGE_MAX = 1000
const PAGE_DEFAULT = 100

/** Where a delta round stands: changes after `since`, up to `upTo`; pages so far ended at `after`. */
type Round = { readonly since: number; readonly upTo: number; readonly after: number }
type Change = { readonly version: number; readonly view: () => Entity }

type DeltaInput = {
  readonly shape: QueryShape
  readonly context: string
  /** Present items and, unless this is the first round, removed ones. */
  readonly changes: readonly Change[]
  readonly latest: number
}

/** One page of changes in the order they happened. Docs: "todoTask: delta", "Use delta query to track changes". */
function deltaReply({ graph, request }: RouteContext, { shape, context, changes, latest }: DeltaInput): GraphReply {
  assertQueryFits(parseQuery(withoutTokens(request.query)), shape)
  const round = readRound(request.query, latest)
  const size = Math.min(PAGE_MAX, pageSize(request.query, request.headers['prefer']))
  const due = changes
    .filter(({ version }) => version > round.after && version <= round.upTo)
    .sort((a, b) => a.version - b.version)
  const page = due.slice(0, size)
  const isLast = due.length <= size
  const link = isLast
    ? { '@odata.deltaLink': linkOf('$deltatoken', [round.upTo]) }
    : { '@odata.nextLink': linkOf('$skiptoken', [round.since, round.upTo, page.at(-1)?.version ?? round.upTo]) }
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${context}`,
      value: page.map(({ view }) => view()),
      ...link,
    },
  }

  function linkOf(name: string, numbers: readonly number[]): string {
    const token = Buffer.from(`d:${numbers.join(':')}`).toString('base64url')
    const kept = [...withoutTokens(request.query)].map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    return `${graph.baseUrl()}${pathUrl(request.path)}?${[...kept, `${name}=${token}`].join('&')}`
  }
}

/** @throws GraphError 410 for a token that this mailbox never gave out */
function readRound(query: URLSearchParams, latest: number): Round {
  const skipToken = queryValue(query, '$skiptoken')
  const deltaToken = queryValue(query, '$deltatoken')
  if (skipToken === undefined && deltaToken === undefined) return { since: 0, upTo: latest, after: 0 }
  const decoded = Buffer.from(skipToken ?? deltaToken ?? '', 'base64url').toString('utf8')
  const numbers = /^d((?::\d{1,15}){1,3})$/.exec(decoded)?.[1]?.slice(1).split(':').map(Number) ?? []
  const [since, upTo, after] = numbers
  const isKnown = since !== undefined && since <= latest && numbers.length === (skipToken === undefined ? 1 : 3)
  if (!isKnown) {
    throw new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found; start a new delta query.')
  }
  if (upTo === undefined || after === undefined) return { since, upTo: latest, after: since }
  return { since, upTo, after }
}

function pageSize(query: URLSearchParams, prefer: string | undefined): number {
  const asked = Number(preferenceOf(prefer, 'odata.maxpagesize') ?? queryValue(query, '$top') ?? PAGE_DEFAULT)
  return Number.isInteger(asked) && asked > 0 ? asked : PAGE_DEFAULT
}

function withoutTokens(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => !/^\$(skip|delta)token$/i.test(name)))
}

/** What this round answers; `since` tells whether removals matter. */
function removals(context: RouteContext, kind: 'list' | 'task', listId?: string): Change[] {
  const user = requireMailbox(context)
  const { query } = context.request
  const isFirst = readRound(query, latestVersion(context.graph, user.id)).since === 0
  if (isFirst) return []
  return removedOf(context.graph)
    .list()
    .filter((gone) => gone.userId === user.id && gone.kind === kind && (listId === undefined || gone.listId === listId))
    .map(({ id, version }) => ({ version, view: () => ({ id, '@removed': { reason: 'deleted' } }) }))
}

function listDelta(context: RouteContext): GraphReply {
  const { graph } = context
  const user = requireMailbox(context)
  const lists = listLists(graph, user)
  const options = optionsOf(context)
  const present = lists.map((item) => ({ version: item.version, view: () => viewListFor(item, options) }))
  const changes = [...present, ...removals(context, 'list')]
  const latest = latestVersion(graph, user.id)
  return deltaReply(context, {
    shape: LIST_SHAPE,
    context: 'Collection(microsoft.graph.todoTaskList)',
    changes,
    latest,
  })
}

function taskDelta(context: RouteContext): GraphReply {
  const { graph, request, params } = context
  const user = requireMailbox(context)
  const { id: listId } = getList(graph, user, params['listId'])
  const options = optionsOf(context)
  const present = tasksOf(graph)
    .list()
    .filter((task) => task.listId === listId)
    .map((task) => ({ version: task.version, view: () => viewTaskFor(request, task, options) }))
  const changes = [...present, ...removals(context, 'task', listId)]
  const latest = latestVersion(graph, user.id)
  return deltaReply(context, { shape: TASK_SHAPE, context: 'Collection(microsoft.graph.todoTask)', changes, latest })
}

function optionsOf({ request }: RouteContext): ODataOptions {
  return parseQuery(withoutTokens(request.query))
}

export const todoDeltaRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/todo/lists/delta', handler: listDelta },
  { method: 'GET', template: '{mailbox}/todo/lists/{listId}/tasks/delta', handler: taskDelta },
]
