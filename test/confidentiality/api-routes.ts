import type { RunningService } from '../start-service.ts'
import type { JsonSchema } from './random-body.ts'

export type ApiRoute = {
  readonly method: string
  readonly path: string
  readonly body: JsonSchema | undefined
  readonly query: JsonSchema | undefined
}
type Operation = {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly parameters?: readonly {
    readonly in: string
    readonly name: string
    readonly required?: boolean
    readonly schema: JsonSchema
  }[]
}

/** Every route that the API describes of itself, with the schemas of its body and of its query. */
export async function apiRoutes(service: RunningService): Promise<readonly ApiRoute[]> {
  const { paths } = (await service.app.inject('/api/openapi.json')).json()
  return Object.entries<object>(paths).flatMap(([path, operations]) =>
    Object.entries<Operation>(operations as never).map(([method, { requestBody, parameters = [] }]) => ({
      method: method.toUpperCase(),
      path,
      body: requestBody?.content['application/json']?.schema,
      query: queryOf(parameters.filter((parameter) => parameter.in === 'query')),
    })),
  )
}

function queryOf(parameters: NonNullable<Operation['parameters']>): JsonSchema | undefined {
  if (parameters.length === 0) return undefined
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  }
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
