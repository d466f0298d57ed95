import type { GraphRoute } from './dispatch.ts'

/** A path that met a template, with the values of its `{…}` parts by name. */
export type RouteMatch = {
  readonly route: GraphRoute
  readonly params: Readonly<Record<string, string>>
  /** The template began with `{mailbox}`. */
  readonly needsMailbox: boolean
}
export type RouteSearch =
  | { readonly kind: 'found'; readonly match: RouteMatch }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown'; readonly segment: string }

type Leaf = { readonly route: GraphRoute; readonly names: readonly string[]; readonly needsMailbox: boolean }
type FunctionBranch = { readonly parameters: readonly string[]; readonly node: Node }
type Node = {
  readonly literals: Map<string, Node>
  readonly functions: Map<string, FunctionBranch[]>
  any: Node | undefined
  readonly leaves: Map<string, Leaf>
}

const CAST = 'microsoft.graph.'
const FUNCTION_TEMPLATE = /^([^(]+)\(([^)]+)\)$/
const FUNCTION_CALL = /^([A-Za-z.]+)\((.*)\)$/
const ARGUMENT = /\s*([A-Za-z]+)=(?:[A-Za-z.]*'((?:[^']|'')*)'|([^,']*))\s*(?:,|$)/gy
const KEY_IN_PARENTHESES = /^([A-Za-z.]+)\('((?:[^']|'')*)'\)$/

const emptyNode = (): Node => ({ literals: new Map(), functions: new Map(), any: undefined, leaves: new Map() })

/**
 * Templates as a tree, so that a look-up costs the length of the path. A literal beats a parameter.
 * `name(parameter={value})` in a template takes a function call such as `supportedTimeZones(TimeZoneStandard='Iana')`.
 * @throws Error when two routes share method and template
 */
export function buildRouteTree(routes: readonly GraphRoute[]): (method: string, path: string) => RouteSearch {
  const root = emptyNode()
  for (const route of routes) {
    const segments = route.template.split('/').filter((segment) => segment !== '')
    if (segments[0]?.toLowerCase() === '{mailbox}') {
      const rest = segments.slice(1)
      addRoute(root, ['me', ...rest], route, true)
      addRoute(root, ['users', '{mailbox}', ...rest], route, true)
    } else addRoute(root, segments, route, false)
  }
  return (method, path) => search(root, method.toUpperCase(), pathSegments(path))
}

function addRoute(root: Node, segments: readonly string[], route: GraphRoute, needsMailbox: boolean): void {
  const names: string[] = []
  let node = root
  for (const segment of segments) node = childFor(node, segment, names)
  const method = route.method.toUpperCase()
  if (node.leaves.has(method)) throw new Error(`Two handlers for ${method} ${route.template}`)
  node.leaves.set(method, { route, names, needsMailbox })
}

function childFor(node: Node, segment: string, names: string[]): Node {
  const call = FUNCTION_TEMPLATE.exec(segment)
  if (call) {
    const parameters: string[] = []
    for (const part of (call[2] ?? '').split(',')) {
      const [parameter = '', name = ''] = part.split('=')
      parameters.push(parameter.trim().toLowerCase())
      names.push(name.trim().replace(/^'?\{|\}'?$/g, ''))
    }
    const branch: FunctionBranch = { parameters, node: emptyNode() }
    const key = (call[1] ?? '').toLowerCase()
    const branches = node.functions.get(key) ?? []
    const same = branches.find((other) => other.parameters.join() === parameters.join())
    if (same) return same.node
    node.functions.set(key, [...branches, branch])
    return branch.node
  }
  if (segment.startsWith('{')) {
    names.push(segment.slice(1, -1))
    node.any ??= emptyNode()
    return node.any
  }
  const key = segment.toLowerCase()
  const child = node.literals.get(key) ?? emptyNode()
  node.literals.set(key, child)
  return child
}

/** `/users('x')/events` says the same as `/users/x/events`, and `delta()` the same as `delta`. */
function pathSegments(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .flatMap((segment) => {
      const keyed = KEY_IN_PARENTHESES.exec(segment)
      if (keyed) return [keyed[1] ?? '', (keyed[2] ?? '').replaceAll("''", "'")]
      return [segment.endsWith('()') ? segment.slice(0, -2) : segment]
    })
}

function search(root: Node, method: string, segments: readonly string[]): RouteSearch {
  let deepest = 0
  const allowed = new Set<string>()

  function walk(node: Node, index: number, values: readonly string[]): RouteMatch | undefined {
    deepest = Math.max(deepest, index)
    const segment = segments[index]
    if (segment === undefined) {
      const leaf = node.leaves.get(method)
      for (const known of node.leaves.keys()) allowed.add(known)
      if (!leaf) return undefined
      const params = Object.fromEntries(leaf.names.map((name, position) => [name, values[position] ?? '']))
      return { route: leaf.route, params, needsMailbox: leaf.needsMailbox }
    }
    const lower = segment.toLowerCase()
    const literal =
      node.literals.get(lower) ?? (lower.startsWith(CAST) ? node.literals.get(lower.slice(CAST.length)) : undefined)
    const byLiteral = literal && walk(literal, index + 1, values)
    if (byLiteral) return byLiteral
    const call = callOf(node, segment)
    const byCall = call && walk(call.node, index + 1, [...values, ...call.values])
    if (byCall) return byCall
    // A method missing on `/events/delta` must not turn `delta` into an event id.
    if (literal && allowed.size > 0) return undefined
    return node.any && walk(node.any, index + 1, [...values, segment])
  }

  const match = walk(root, 0, [])
  if (match) return { kind: 'found', match }
  if (allowed.size > 0) return { kind: 'wrong-method', allowed: [...allowed] }
  return { kind: 'unknown', segment: segments[Math.min(deepest, segments.length - 1)] ?? '' }
}

function callOf(node: Node, segment: string): { node: Node; values: readonly string[] } | undefined {
  const call = FUNCTION_CALL.exec(segment)
  if (!call) return undefined
  const name = (call[1] ?? '').toLowerCase()
  const branches = node.functions.get(name.startsWith(CAST) ? name.slice(CAST.length) : name)
  if (!branches) return undefined
  const given = new Map<string, string>()
  for (const [, parameter = '', quoted, bare] of (call[2] ?? '').matchAll(ARGUMENT)) {
    given.set(parameter.toLowerCase(), quoted?.replaceAll("''", "'") ?? bare ?? '')
  }
  const branch = branches.find(
    ({ parameters }) => parameters.length === given.size && parameters.every((parameter) => given.has(parameter)),
  )
  return branch && { node: branch.node, values: branch.parameters.map((parameter) => given.get(parameter) ?? '') }
}
