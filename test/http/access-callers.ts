import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pino } from 'pino'
import { buildApp } from '../../server/app.ts'
import type { Actor } from '../../server/ports/actor.ts'
import type { RunningService } from '../start-service.ts'

/** Callers whom the practice tenant does not sign in: the same service, where a token is the key of an actor. */
export async function openToActors(
  { services }: Pick<RunningService, 'services'>,
  actors: Readonly<Record<string, Actor>>,
) {
  const folder = join(import.meta.dirname, '..', '..')
  const app = await buildApp({
    services,
    validateToken: async (token) => {
      const actor = actors[token]
      if (!actor) throw new Error('A test sent a token that it did not make.')
      return actor
    },
    log: pino({ level: 'silent' }),
    pages: {
      webDir: join(folder, 'dist', 'web'),
      iconsDir: join(folder, 'server', 'packages', 'icons'),
      isPractice: false,
      signIn: () => ({ clientId: randomUUID(), authority: 'https://login.invalid', scope: 'none' }),
    },
    checkReady: async () => undefined,
    trustProxy: false,
    requestsPerMinute: 100_000,
  })
  return { address: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() }
}
