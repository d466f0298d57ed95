import { GraphError, type GraphReply, type GraphRequest, type PracticeGraph } from '../dispatch.ts'
import {
  assertQueryFits,
  contextSuffix,
  type Entity,
  listReply,
  type ODataOptions,
  parseQuery,
  type QueryShape,
} from '../odata.ts'
import { selectDirectory } from './view-directory.ts'

const PAGE_DEFAULT = 100
const PAGE_MAX = 999

export type DirectoryList = {
  readonly graph: PracticeGraph
  readonly request: GraphRequest
  /** What follows `$metadata#`, without `$select`. */
  readonly context: string
  readonly shape: QueryShape
  readonly entities: readonly Entity[]
}

/**
 * A collection of directory objects, with the rules of "Advanced query capabilities on Microsoft Entra ID objects":
 * `$search`, `ne`, `not`, `endsWith` and sorting a filtered list need `ConsistencyLevel: eventual` (and `$count`).
 * @throws GraphError 400 `Request_UnsupportedQuery`
 */
export function listDirectory({ graph, request, context, shape, entities }: DirectoryList): GraphReply {
  const options = parseQuery(request.query)
  assertQueryFits(options, shape)
  const isAdvanced = isEventual(request)
  assertSupported(options, request, isAdvanced)
  if (options.top !== undefined && (options.top > PAGE_MAX || options.top === 0)) {
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      `Invalid page size specified: '${options.top}'. Must be between 1 and ${PAGE_MAX} inclusive.`,
    )
  }
  const found = options.search === undefined ? entities : searchDirectory(entities, options.search)
  const reply = listReply({
    graph,
    request,
    // The whole entity goes through, because the directory's own rule for `$select` follows.
    options: { ...options, select: undefined, count: options.count && isAdvanced },
    context: `${context}${contextSuffix(options)}`,
    items: found,
    filterView: (entity) => entity,
    view: (entity) => selectDirectory(entity, options),
    defaultTop: PAGE_DEFAULT,
  })
  return reply
}

/** `…/$count` answers a bare number. @throws GraphError 400 without `ConsistencyLevel: eventual` */
export function countDirectory({ request, shape, entities }: Omit<DirectoryList, 'context' | 'graph'>): GraphReply {
  if (!isEventual(request)) {
    throw new GraphError(400, 'Request_BadRequest', '$count is not currently supported.')
  }
  const options = parseQuery(request.query)
  assertQueryFits(options, shape)
  const { filter, search } = options
  const found = search === undefined ? entities : searchDirectory(entities, search)
  const count = found.filter((entity) => filter === undefined || filter.test(entity)).length
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count) }
}

function isEventual(request: GraphRequest): boolean {
  return request.headers['consistencylevel']?.trim().toLowerCase() === 'eventual'
}

function assertSupported(options: ODataOptions, request: GraphRequest, isAdvanced: boolean): void {
  if (options.skip > 0 && !request.query.has('$skiptoken')) {
    throw new GraphError(400, 'Request_BadRequest', "'$skip' is not supported by the service.")
  }
  if (isAdvanced && (options.count || options.search !== undefined)) return
  if (options.search !== undefined) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
  }
  const filter = [...request.query].find(([name]) => name.toLowerCase() === '$filter')?.[1] ?? ''
  const bare = filter.replace(/'(?:[^']|'')*'/g, "''")
  if (/\bne\b|\bnot\b|\bendswith\s*\(|\bcontains\s*\(/i.test(bare)) {
    throw unsupported('The filter needs the advanced query capabilities: $count=true and ConsistencyLevel: eventual.')
  }
  if (filter !== '' && options.orderby.length > 0) throw unsupported('Sorting not supported for current query.')
}

/** Clauses `"property:text"` joined by AND and OR; AND binds more tightly. */
function searchDirectory(entities: readonly Entity[], search: string): readonly Entity[] {
  const tokens = search.match(/"[^"]*"|\bAND\b|\bOR\b|[^\s"]+/g) ?? []
  const alternatives: ((entity: Entity) => boolean)[][] = [[]]
  for (const token of tokens) {
    if (token === 'AND') continue
    if (token === 'OR') alternatives.push([])
    else alternatives.at(-1)?.push(clause(token))
  }
  if (alternatives.some((clauses) => clauses.length === 0)) throw badSearch(search)
  return entities.filter((entity) => alternatives.some((clauses) => clauses.every((fits) => fits(entity))))

  function clause(token: string): (entity: Entity) => boolean {
    const match = /^"([a-z]+):(.+)"$/i.exec(token)
    if (!match) throw badSearch(search)
    const [, property = '', words = ''] = match
    const wanted = words.trim().toLowerCase()
    const name = property.toLowerCase()
    return (entity) => {
      const value = Object.entries(entity).find(([key]) => key.toLowerCase() === name)?.[1]
      return typeof value === 'string' && isSearchHit(name, value.toLowerCase(), wanted)
    }
  }
}

/** Names are searched by the beginnings of their words, everything else from its start ("$search on directory objects"). */
function isSearchHit(property: string, value: string, wanted: string): boolean {
  if (property !== 'displayname' && property !== 'description') return value.startsWith(wanted)
  const words = value.split(/[^\p{L}\p{N}]+/u)
  return wanted.split(/[^\p{L}\p{N}]+/u).every((part) => words.some((word) => word.startsWith(part)))
}

function badSearch(search: string): GraphError {
  return new GraphError(
    400,
    'BadRequest',
    `Syntax error: the search '${search.slice(0, 100)}' must hold clauses like "displayName:text" in double quotes.`,
  )
}

function unsupported(message: string): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message)
}
