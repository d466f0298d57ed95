import type { Middleware } from '@microsoft/microsoft-graph-client'
import { callOf, middleware, setHeader } from './call.ts'

export const IMMUTABLE_IDS = 'IdType="ImmutableId"'

/**
 * Asks for ids that survive a move to another folder. The header counts per request, so it goes on every one:
 * an id got without it would not be found with it. Graph docs: "Obtain immutable identifiers for Outlook resources".
 */
export function immutableIds(): Middleware {
  return middleware(async (context, next) => {
    const { prefer } = callOf(context)
    setHeader(context, 'Prefer', prefer === undefined ? IMMUTABLE_IDS : `${IMMUTABLE_IDS}, ${prefer}`)
    await next()
  })
}
