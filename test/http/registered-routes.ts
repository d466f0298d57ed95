import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'

/** `METHOD /path/:param` of every route under `/api` that is registered while `open` runs, described or hidden. */
export async function registeredRoutes(open: () => Promise<unknown>): Promise<readonly string[]> {
  const routes = new Set<string>()
  const listen = (message: unknown) => {
    const { fastify } = message as { readonly fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url }) => {
      if (!url.startsWith('/api/')) return
      for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.add(`${one} ${url}`)
    })
  }
  subscribe('fastify.initialization', listen)
  try {
    await open()
  } finally {
    unsubscribe('fastify.initialization', listen)
  }
  return [...routes]
}
