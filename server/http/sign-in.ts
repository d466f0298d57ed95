import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../shared/domain/errors.ts'
import type { Actor } from '../ports/actor.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireSignIn`; read it through `actorOf`. */
    actor: Actor | undefined
    accessToken: string | undefined
  }
}

/** Every route registered on `app` after this needs a valid bearer token. */
export function requireSignIn(app: FastifyInstance, validateToken: (token: string) => Promise<Actor>): void {
  app.decorateRequest('actor', undefined)
  app.decorateRequest('accessToken', undefined)
  app.addHook('onRequest', async (request) => {
    const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0)
      throw new DomainError('not-signed-in', 'Sign in first.')
    request.actor = await validateToken(token)
    request.accessToken = token
  })
}

/** Who asks. @throws DomainError `not-signed-in` on a route that was not put behind `requireSignIn` */
export function actorOf(request: FastifyRequest): { readonly actor: Actor; readonly accessToken: string } {
  if (!request.actor || !request.accessToken) throw new DomainError('not-signed-in', 'Sign in first.')
  return { actor: request.actor, accessToken: request.accessToken }
}
