import type { RunningService } from '../start-service.ts'
import type { JsonSchema } from './random-body.ts'

export type ApiRoute = { readonly method: string; readonly path: string; readonly body: JsonSchema | undefined }

/** Every route that the API describes of itself, with the schema of its body. */
export async function apiRoutes(service: RunningService): Promise<readonly ApiRoute[]> {
  const { paths } = (await service.app.inject('/api/openapi.json')).json()
  return Object.entries<object>(paths).flatMap(([path, operations]) =>
    Object.entries<{ requestBody?: { content: Record<string, { schema: JsonSchema }> } }>(operations as never).map(
      ([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        body: requestBody?.content['application/json']?.schema,
      }),
    ),
  )
}

/**
 * Routes below a relationship that say something about logistics on purpose: who is paired, when they meet, whether they
 * met, where the relationship stands. Whatever else is written below a relationship is content.
 */
const LOGISTICS: readonly RegExp[] = [
  /^\/api\/relationships\/\{relationshipId\}$/,
  /\/proposals$/,
  /\/series\/\{seriesId\}/,
  /\/meetings\/\{meetingId\}\/(attestation|next-date)$/,
  // The state of the pair, and that an agreement waits for signatures or has them.
  /\/\{relationshipId\}\/(invitation|contact|pause|rematch|dual-roles|review|ending|ending\/settlement)$/,
  /\/agreement(\/signature)?$/,
  // Destroys what was written.
  /\/deletion$/,
]

export const isContent = ({ method, path }: ApiRoute): boolean =>
  method !== 'GET' &&
  path.startsWith('/api/relationships/{relationshipId}/') &&
  !LOGISTICS.some((logistics) => logistics.test(path))
