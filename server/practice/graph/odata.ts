import { GraphError, type GraphReply, type GraphRequest, type PracticeGraph } from './dispatch.ts'
import { compare, type Entity, type Filter, follow, parseFilter } from './odata-filter.ts'

export type { Entity } from './odata-filter.ts'

type OrderBy = { readonly path: readonly string[]; readonly descending: boolean }
export type ExpandItem = { readonly name: string; readonly options: ODataOptions }
/** The system query options of one request, or of one nested `$expand(...)`. */
export type ODataOptions = {
  readonly select: readonly string[] | undefined
  readonly filter: Filter | undefined
  readonly orderby: readonly OrderBy[]
  readonly expand: readonly ExpandItem[]
  readonly top: number | undefined
  readonly skip: number
  readonly count: boolean
  readonly search: string | undefined
}

const KNOWN_OPTIONS = new Set(
  ['select', 'filter', 'orderby', 'expand', 'top', 'skip', 'count', 'search', 'skiptoken', 'deltatoken', 'format'].map(
    (name) => `$${name}`,
  ),
)
const MAX_TOP = 1000
const DEFAULT_TOP = 10

/**
 * Reads `$select`, `$filter`, `$orderby`, `$expand` (nested options too), `$top`, `$skip`, `$count`, `$search` and a
 * `$skiptoken` of our own.
 * @throws GraphError 400 for an option that does not exist or cannot be parsed
 */
export function parseQuery(query: URLSearchParams): ODataOptions {
  const values = new Map<string, string>()
  for (const [name, value] of query) {
    const lower = name.toLowerCase()
    if (!lower.startsWith('$')) continue
    if (!KNOWN_OPTIONS.has(lower)) throw badQuery(`The query parameter '${name}' is not supported.`)
    if (values.has(lower)) throw badQuery(`Query option '${name}' was specified more than once.`)
    values.set(lower, value)
  }
  const options = optionsOf(values)
  const skipToken = values.get('$skiptoken')
  return skipToken === undefined ? options : { ...options, skip: readSkipToken(skipToken) }
}

function optionsOf(values: ReadonlyMap<string, string>): ODataOptions {
  const select = values.get('$select')
  const filter = values.get('$filter')
  const top = values.get('$top')
  return {
    select: select === undefined ? undefined : splitOutside(select, ','),
    filter: filter === undefined ? undefined : parseFilter(filter),
    orderby: splitOutside(values.get('$orderby') ?? '', ',').map(orderByOf),
    expand: splitOutside(values.get('$expand') ?? '', ',').map(expandOf),
    top: top === undefined ? undefined : wholeNumber('$top', top),
    skip: wholeNumber('$skip', values.get('$skip') ?? '0'),
    count: flag('$count', values.get('$count') ?? 'false'),
    search: values.get('$search'),
  }
}

function orderByOf(text: string): OrderBy {
  const match = /^([\w/.]+)(?:\s+(asc|desc))?$/i.exec(text)
  if (!match) throw badQuery(`Syntax error in $orderby '${text}'.`)
  return { path: (match[1] ?? '').split('/'), descending: match[2]?.toLowerCase() === 'desc' }
}

function expandOf(text: string): ExpandItem {
  const match = /^([\w./]+)(?:\((.*)\))?$/s.exec(text)
  if (!match) throw badQuery(`Syntax error in $expand '${text}'.`)
  const nested = new Map<string, string>()
  for (const part of splitOutside(match[2] ?? '', ';')) {
    const at = part.indexOf('=')
    const name = part.slice(0, at).trim().toLowerCase()
    if (at < 0 || !KNOWN_OPTIONS.has(name)) throw badQuery(`Syntax error in $expand '${text}'.`)
    nested.set(name, part.slice(at + 1).trim())
  }
  return { name: match[1] ?? '', options: optionsOf(nested) }
}

/** Splits at a mark that stands outside quotes and parentheses; empty parts drop out. */
function splitOutside(text: string, mark: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === "'") quoted = !quoted
    else if (!quoted && char === '(') depth++
    else if (!quoted && char === ')') depth--
    else if (!quoted && depth === 0 && char === mark) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) throw badQuery(`Invalid value '${text}' for ${name} query option found.`)
  return Number(text)
}

function flag(name: string, text: string): boolean {
  if (!/^(true|false)$/i.test(text)) throw badQuery(`Invalid value '${text}' for ${name} query option found.`)
  return text.toLowerCase() === 'true'
}

/** What a type offers to queries; names compare without regard to case. */
export type QueryShape = {
  /** As error messages name it, e.g. `Microsoft.OutlookServices.Event`. */
  readonly typeName: string
  readonly properties: ReadonlySet<string>
  readonly expandable: ReadonlySet<string>
}

/** @throws GraphError 400 when a query names a property that the type does not have */
export function assertQueryFits(options: ODataOptions, shape: QueryShape): void {
  const known = new Set([...shape.properties, ...shape.expandable].map((name) => name.toLowerCase()))
  const named = [
    ...(options.select ?? []).map((name) => name.split('/')[0] ?? ''),
    ...(options.filter?.properties ?? []),
    ...options.orderby.map(({ path }) => path[0] ?? ''),
  ]
  for (const name of named) {
    if (name !== '*' && !known.has(name.toLowerCase())) {
      throw new GraphError(
        400,
        'RequestBroker--ParseUri',
        `Could not find a property named '${name}' on type '${shape.typeName}'.`,
      )
    }
  }
  const expandable = new Set([...shape.expandable].map((name) => name.toLowerCase()))
  for (const { name } of options.expand) {
    if (!expandable.has(name.toLowerCase())) {
      throw new GraphError(400, 'RequestBroker--ParseUri', `Property '${name}' cannot be expanded.`)
    }
  }
}

/** The entity with only what `$select` names; annotations, the id and what `$expand` brought always stay. */
export function selectFrom(entity: Entity, options: Pick<ODataOptions, 'select' | 'expand'>): Entity {
  const { select, expand } = options
  if (!select || select.includes('*')) return entity
  const wanted = new Set(['id', ...select, ...expand.map(({ name }) => name)].map((name) => name.toLowerCase()))
  return Object.fromEntries(
    Object.entries(entity).filter(([name]) => {
      const at = name.indexOf('@')
      return at === 0 || wanted.has((at > 0 ? name.slice(0, at) : name).toLowerCase())
    }),
  )
}

/** `$select` as it appears in `@odata.context`. */
export function contextSuffix(options: Pick<ODataOptions, 'select'>): string {
  return options.select ? `(${options.select.join(',')})` : ''
}

export type ListInput<T> = {
  readonly graph: PracticeGraph
  readonly request: GraphRequest
  readonly options: ODataOptions
  /** What follows `$metadata#`, without `$select`. */
  readonly context: string
  readonly items: readonly T[]
  /** What `$filter` and `$orderby` look at: all properties, times in UTC. */
  readonly filterView: (item: T) => Entity
  /** What goes out, before `$select`. */
  readonly view: (item: T) => Entity
  /** Page size where the client names none. */
  readonly defaultTop?: number
}

/**
 * A collection answer: filtered, ordered, cut to one page, with an opaque `@odata.nextLink` while there is more.
 * The page size is `$top`, else `Prefer: odata.maxpagesize`, else 10; at most 1,000.
 */
export function listReply<T>(input: ListInput<T>): GraphReply {
  const { options, request } = input
  const size = options.top ?? preferredSize(request) ?? input.defaultTop ?? DEFAULT_TOP
  if (size > MAX_TOP) {
    throw badQuery(
      `The limit of '${MAX_TOP}' for Top query has been exceeded. The value from the incoming request is '${size}'.`,
    )
  }
  const { filter } = options
  let items = filter ? input.items.filter((item) => filter.test(input.filterView(item))) : input.items
  if (options.orderby.length > 0) items = ordered(items, options.orderby, input.filterView)
  const page = items.slice(options.skip, options.skip + size)
  const more = size > 0 && items.length > options.skip + size
  return {
    status: 200,
    body: {
      '@odata.context': `${input.graph.baseUrl()}/$metadata#${input.context}${contextSuffix(options)}`,
      ...(options.count ? { '@odata.count': items.length } : {}),
      value: page.map((item) => selectFrom(input.view(item), options)),
      ...(more ? { '@odata.nextLink': nextLink(input.graph, request, options.skip + size) } : {}),
    },
  }
}

/** A preference is only a wish: what is too large becomes the largest page. */
function preferredSize(request: GraphRequest): number | undefined {
  const text = preferenceOf(request.headers['prefer'], 'odata.maxpagesize')
  if (text === undefined) return undefined
  return Math.min(Math.max(wholeNumber('odata.maxpagesize', text), 1), MAX_TOP)
}

function ordered<T>(items: readonly T[], orderby: readonly OrderBy[], view: (item: T) => Entity): T[] {
  const keyed = items.map((item) => {
    const entity = view(item)
    return { item, keys: orderby.map(({ path }) => follow(entity, path) ?? null) }
  })
  keyed.sort((a, b) => {
    for (const [index, { descending }] of orderby.entries()) {
      const [x, y] = [a.keys[index], b.keys[index]]
      const order = x === null || y === null ? Number(x !== null) - Number(y !== null) : (compare(x, y) ?? 0)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
  return keyed.map(({ item }) => item)
}

function nextLink(graph: PracticeGraph, request: GraphRequest, skip: number): string {
  const kept = [...request.query].filter(([name]) => !['$skip', '$skiptoken'].includes(name.toLowerCase()))
  const query = [...kept, ['$skiptoken', Buffer.from(`s:${skip}`).toString('base64url')]]
  return `${graph.baseUrl()}${pathUrl(request.path)}?${query.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}

/** A request path as it may stand in a link. */
export function pathUrl(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function readSkipToken(token: string): number {
  const match = /^s:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('utf8'))
  if (!match) throw badQuery('The $skiptoken is not valid.')
  return Number(match[1])
}

/** One preference of a `Prefer` header, without quotes: `outlook.timezone`, `IdType`, `odata.maxpagesize` … */
export function preferenceOf(header: string | undefined, name: string): string | undefined {
  for (const [, key = '', quoted, bare] of (header ?? '').matchAll(/([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s]*)))?/g)) {
    if (key.toLowerCase() === name.toLowerCase()) return quoted ?? bare ?? ''
  }
  return undefined
}

/** A query parameter that is not an OData option; names compare without regard to case. */
export function queryValue(query: URLSearchParams, name: string): string | undefined {
  for (const [key, value] of query) if (key.toLowerCase() === name.toLowerCase()) return value
  return undefined
}

function badQuery(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message)
}
