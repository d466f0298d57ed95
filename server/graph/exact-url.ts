import type { Middleware } from '@microsoft/microsoft-graph-client'
import { callOf, middleware } from './call.ts'

/** Sends a next link as Graph gave it: the SDK would take it apart and put it together in its own order. */
export function exactUrls(): Middleware {
  return middleware(async (context, next) => {
    context.request = callOf(context).exactUrl ?? context.request
    await next()
  })
}
