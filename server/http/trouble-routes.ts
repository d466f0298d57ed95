import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem } from '../../shared/api/common.ts'
import { TroubleList, TroubleView } from '../../shared/api/troubles.ts'
import { listTroubles, retryTrouble, type Trouble } from '../use-cases/programme/troubles.ts'
import { ProgrammeParams } from './params.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewPerson } from './view-person.ts'

const TroubleParams = Type.Object(
  { ...ProgrammeParams.properties, troubleId: Type.String({ pattern: '^[A-Za-z0-9:|-]{1,200}$' }) },
  closed,
)
const problems = { '4xx': Problem, '5xx': Problem }

/** Background work that was given up, for whoever looks after a programme. */
export const troubleRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/programmes/:programmeId/troubles',
      {
        schema: {
          tags: ['programme'],
          summary: 'Background work that was given up after many tries',
          params: ProgrammeParams,
          response: { 200: TroubleList, ...problems },
        },
      },
      async (request) => {
        const troubles = await listTroubles(services, { actor: actorOf(request).actor, ...request.params })
        return { troubles: troubles.map(viewTrouble) }
      },
    )

    app.put(
      '/programmes/:programmeId/troubles/:troubleId/retry',
      {
        schema: {
          tags: ['programme'],
          summary: 'Try that work again; repeating it changes nothing',
          params: TroubleParams,
          response: { 202: TroubleView, ...problems },
        },
      },
      async (request, reply) => {
        const trouble = await retryTrouble(services, { actor: actorOf(request).actor, ...request.params })
        services.wakeJobs()
        return reply.code(202).send(viewTrouble(trouble))
      },
    )
  }

const STATES = { dead: 'given-up', due: 'trying', leased: 'trying', done: 'done' } as const

const viewTrouble = ({ job, pair }: Trouble): TroubleView => ({
  troubleId: job.id,
  kind: job.kind,
  problem: job.problem ?? 'failed',
  since: new Date(job.dueAt).toISOString(),
  state: STATES[job.state],
  ...(pair && {
    pair: {
      relationshipId: pair.relationship.id,
      mentee: viewPerson(pair.mentee),
      mentor: viewPerson(pair.mentor),
    },
  }),
})
