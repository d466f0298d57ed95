import { createHash } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import { GraphError, type GraphReply, type GraphRequest, type PracticeGraph } from '../dispatch.ts'
import { assertQueryFits, contextSuffix, type Entity, parseQuery, type QueryShape, selectFrom } from '../odata.ts'

export type EntityReply = {
  readonly graph: PracticeGraph
  readonly request: GraphRequest
  /** What follows `$metadata#`, without `$select` and `/$entity`. */
  readonly context: string
  readonly shape: QueryShape
  readonly entity: Entity
  readonly status?: number
}

/** One entity as an answer, cut down by `$select`. @throws GraphError 400 for a query that does not fit its type */
export function entityReply({ graph, request, context, shape, entity, status = 200 }: EntityReply): GraphReply {
  const options = parseQuery(request.query)
  assertQueryFits(options, shape)
  return {
    status,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${context}${contextSuffix(options)}/$entity`,
      ...selectFrom(entity, options),
    },
  }
}

/** A shape with these properties and nothing to expand, unless named. */
export function shapeOf(
  typeName: string,
  properties: readonly string[],
  expandable: readonly string[] = [],
): QueryShape {
  return { typeName, properties: new Set(properties), expandable: new Set(expandable) }
}

/** How Graph writes a user in `@odata.context`, e.g. `users('8ae6f565-…')/todo/lists`. */
export function userContext(user: PracticeUser, rest: string): string {
  return `users('${user.id}')/${rest}`
}

/** Weak entity tag of a version of a document. */
export function etagOf(...parts: readonly (string | number)[]): string {
  return `W/"${createHash('sha256').update(parts.join('|')).digest('base64').slice(0, 28)}"`
}

/** @throws GraphError 412 when the caller's `If-Match` names another version */
export function assertIfMatch(request: GraphRequest, etag: string): void {
  const wanted = request.headers['if-match']
  if (wanted === undefined || wanted.trim() === '*' || wanted.trim() === etag) return
  throw new GraphError(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  )
}

export function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
