import { randomUUID } from 'node:crypto'
import type { Middleware } from '@microsoft/microsoft-graph-client'
import { middleware, setHeader } from './call.ts'

/** Gives each try its own `client-request-id`, by which Microsoft finds it. Graph docs: "Microsoft Graph error responses". */
export function requestIds(): Middleware {
  return middleware(async (context, next) => {
    setHeader(context, 'client-request-id', randomUUID())
    setHeader(context, 'return-client-request-id', 'true')
    await next()
  })
}
