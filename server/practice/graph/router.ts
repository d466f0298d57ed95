import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../people.ts'
import { GraphError, type GraphReply, type GraphRequest, type GraphRoute, type PracticeGraph } from './dispatch.ts'
import { buildRouteTree, type RouteMatch, type RouteSearch } from './route-tree.ts'

const trees = new WeakMap<readonly GraphRoute[], (method: string, path: string) => RouteSearch>()

/**
 * Answers one Graph request: finds its route, resolves whose mailbox it names, and turns refusals into Graph's error
 * shape. The HTTP server and `$batch` both come through here. Errors that are not `GraphError` are bugs and pass.
 * @param routes the same array on every call: its look-up tree is kept
 */
export async function dispatchGraph(
  graph: PracticeGraph,
  routes: readonly GraphRoute[],
  request: GraphRequest,
): Promise<GraphReply> {
  const requestId = randomUUID()
  const clientRequestId = request.headers['client-request-id'] ?? requestId
  const headers = { 'request-id': requestId, 'client-request-id': clientRequestId }
  try {
    const { route, params, user } = resolveRoute(graph, routes, request)
    const reply = await route.handler({ graph, request, params, user })
    return { ...reply, headers: { ...headers, ...reply.headers } }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return { status: error.status, headers, body: errorBody(graph, error, requestId, clientRequestId) }
  }
}

function resolveRoute(graph: PracticeGraph, routes: readonly GraphRoute[], request: GraphRequest) {
  const find = trees.get(routes) ?? buildRouteTree(routes)
  trees.set(routes, find)
  const found = find(request.method, request.path)
  if (found.kind === 'unknown') {
    throw new GraphError(404, 'ResourceNotFound', `Resource not found for the segment '${found.segment}'.`)
  }
  if (found.kind === 'wrong-method') {
    throw new GraphError(405, 'MethodNotAllowed', `Use one of: ${found.allowed.join(', ')}.`)
  }
  return { route: found.match.route, params: found.match.params, user: userOfPath(graph, request, found.match) }
}

/** The user that `/me` or `/users/{id or userPrincipalName}` names; undefined for other paths. */
function userOfPath(graph: PracticeGraph, request: GraphRequest, match: RouteMatch): PracticeUser | undefined {
  const [first = '', second = ''] = request.path.replace(/^\//, '').split('/')
  if (first.toLowerCase() === 'me') {
    if (request.caller.kind === 'app') {
      throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
    }
    return findUser(graph, request.caller.userId) ?? unknownUser(request.caller.userId, match)
  }
  const key = match.params['mailbox'] ?? (first.toLowerCase() === 'users' ? second : '')
  if (key === '') return undefined
  const user = findUser(graph, key)
  return user ?? (match.needsMailbox ? unknownUser(key, match) : undefined)
}

function unknownUser(key: string, match: RouteMatch): never {
  // The directory and Exchange name the same fault differently.
  if (/^\/?\{mailbox\}\/?$/i.test(match.route.template)) {
    throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${key}' does not exist.`)
  }
  throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${key}' is invalid.`)
}

/** A directory user by object id or userPrincipalName (case does not matter in either). */
export function findUser(graph: PracticeGraph, idOrPrincipalName: string): PracticeUser | undefined {
  const users = graph.state.collection<PracticeUser>('users')
  const wanted = idOrPrincipalName.toLowerCase()
  return users.get(wanted) ?? users.list().find((user) => user.userPrincipalName.toLowerCase() === wanted)
}

/** A directory user by any address that reaches them. */
export function findUserByAddress(graph: PracticeGraph, address: string): PracticeUser | undefined {
  const wanted = address.trim().toLowerCase()
  return graph.state
    .collection<PracticeUser>('users')
    .list()
    .find((user) => user.mail.toLowerCase() === wanted || user.userPrincipalName.toLowerCase() === wanted)
}

function errorBody(graph: PracticeGraph, error: GraphError, requestId: string, clientRequestId: string): unknown {
  const date = graph.clock.now().toString({ fractionalSecondDigits: 0 }).replace('Z', '')
  return {
    error: {
      code: error.code,
      message: error.message,
      ...error.extra,
      innerError: { date, 'request-id': requestId, 'client-request-id': clientRequestId },
    },
  }
}
