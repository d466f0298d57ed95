import type { PracticeUser } from '../../people.ts'
import { GraphError, type GraphReply, type GraphRoute, type RouteContext } from '../dispatch.ts'
import { assertQueryFits, contextSuffix, parseQuery } from '../odata.ts'
import { countDirectory, listDirectory } from './list-directory.ts'
import { selectDirectory, USER_SHAPE, viewUserFor } from './view-directory.ts'

function getUser({ graph, request, user, params }: RouteContext): GraphReply {
  if (!user) {
    throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${params['mailbox'] ?? ''}' does not exist.`)
  }
  const options = parseQuery(request.query)
  assertQueryFits(options, USER_SHAPE)
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#users${contextSuffix(options)}/$entity`,
      ...selectDirectory(viewUserFor(request.caller, user), options),
    },
  }
}

function directoryOf({ graph, request }: RouteContext) {
  const users = graph.state.collection<PracticeUser>('users').list()
  const entities = users.map((user) => viewUserFor(request.caller, user))
  return { graph, request, context: 'users', shape: USER_SHAPE, entities }
}

/** Docs: "Get a user", "List users". */
export const userRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}', handler: getUser },
  { method: 'GET', template: 'users', handler: (context) => listDirectory(directoryOf(context)) },
  { method: 'GET', template: 'users/$count', handler: (context) => countDirectory(directoryOf(context)) },
]
