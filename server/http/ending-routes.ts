import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { EndingPart, EndingView, SettlementBody } from '../../shared/api/endings.ts'
import { NO_PART, type EndingPart as Part } from '../../shared/domain/ending.ts'
import { putEndingPart, settleEnding, startEnding } from '../use-cases/pair/end-pair.ts'
import { type EndingDetail, loadEnding } from '../use-cases/pair/load-ending.ts'
import { agreeToDeletion, refuseDeletion } from '../use-cases/privacy/delete-text.ts'
import { type Services, withBackgroundWork } from './services.ts'
import { actorOf } from './sign-in.ts'

const params = Type.Object({ relationshipId: Uuid }, closed)
const response = { 200: EndingView, '4xx': Problem, '5xx': Problem }
const tags = ['ending']

/** Parting, or going on as something else: open to the two of them and to nobody else. */
export const endingRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    const deps = withBackgroundWork(services)
    app.get(
      '/relationships/:relationshipId/ending',
      { schema: { tags, summary: 'How far the ending is', params, response } },
      async (request) => viewEnding(await loadEnding(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      '/relationships/:relationshipId/ending',
      { schema: { tags, summary: 'Begin to end or redefine; repeating it changes nothing', params, response } },
      async (request) => viewEnding(await startEnding(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      '/relationships/:relationshipId/ending/part',
      { schema: { tags, summary: 'One\u2019s own part of the ending', params, body: EndingPart, response } },
      async (request) =>
        viewEnding(await putEndingPart(deps, { actor: actorOf(request).actor, ...request.params, part: request.body })),
    )
    app.put(
      '/relationships/:relationshipId/ending/settlement',
      { schema: { tags, summary: 'Close the ending in one of its forms', params, body: SettlementBody, response } },
      async (request) => {
        const { actor } = actorOf(request)
        const ending = await settleEnding(deps, { actor, ...request.params, ...request.body })
        services.wakeJobs()
        return viewEnding(ending)
      },
    )
    app.put(
      '/relationships/:relationshipId/deletion',
      { schema: { tags, summary: 'Agree to delete everything that the two wrote', params, response } },
      async (request) => viewEnding(await agreeToDeletion(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.delete(
      '/relationships/:relationshipId/deletion',
      { schema: { tags, summary: 'Take that agreement back', params, response } },
      async (request) => viewEnding(await refuseDeletion(deps, { actor: actorOf(request).actor, ...request.params })),
    )
  }

function viewEnding({ role, ending, openHomework, meetingsAhead, deletion }: EndingDetail): EndingView {
  const other = role === 'mentee' ? 'mentor' : 'mentee'
  const theirs = ending.parts[other] ?? NO_PART
  const agreed = deletion?.value.agreed ?? {}
  const deletedAt = deletion?.value.deletedAt
  return {
    mine: viewPart(ending.parts[role] ?? NO_PART),
    theirs: {
      ...(theirs.wish === undefined ? {} : { wish: theirs.wish }),
      ...(theirs.thanks === undefined ? {} : { thanks: theirs.thanks }),
    },
    openHomework,
    meetingsAhead,
    ...(ending.settledAt === undefined ? {} : { settledAt: ending.settledAt }),
    ...(ending.form === undefined ? {} : { form: ending.form }),
    deletion: {
      iAgree: agreed[role] !== undefined,
      theyAgree: agreed[other] !== undefined,
      ...(deletedAt === undefined ? {} : { deletedAt }),
    },
  }
}

const viewPart = ({ wish, steps, thanks, learned, nextMentors }: Part): EndingPart => ({
  ...(wish === undefined ? {} : { wish }),
  steps: [...steps],
  ...(thanks === undefined ? {} : { thanks }),
  ...(learned === undefined ? {} : { learned }),
  ...(nextMentors === undefined ? {} : { nextMentors }),
})
