import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { AccessLog, AccessLogQuery } from '../../shared/api/access-log.ts'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { listAccesses } from '../use-cases/privacy/list-accesses.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewPerson } from './view-person.ts'

export const accessLogRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/access-log',
      {
        schema: {
          tags: ['relationships'],
          summary: 'Who read or changed what the pair wrote, newest first',
          params: Type.Object({ relationshipId: Uuid }, closed),
          querystring: AccessLogQuery,
          response: { 200: AccessLog, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request) => {
        const before = request.query.before === undefined ? {} : { before: Number(request.query.before) }
        const found = await listAccesses(services, { actor: actorOf(request).actor, ...request.params, ...before })
        return {
          entries: found.accesses.map(({ entry, person }) => ({
            // Without its place in the trail, which would tell of entries that are left out.
            at: entry.at,
            ...(person ? { by: viewPerson(person) } : {}),
            outcome: entry.outcome,
            // Kinds only: which goal it was is on record, and none of the reader's business once it is gone.
            things: [...new Set(entry.things.map((thing) => thing.split('/')[0] ?? thing))],
          })),
          ...(found.before === undefined ? {} : { before: found.before }),
        }
      },
    )
  }
