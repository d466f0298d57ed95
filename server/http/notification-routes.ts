import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Problem } from '../../shared/api/common.ts'
import { type TakeNoticesDeps, takeChangeNotices, takeLifecycleNotices } from '../use-cases/sync/take-notices.ts'

/** A thousand notices with long ids; more than that nobody sends at once. */
const BODY_BYTES_MAX = 2_000_000
const NOTICES_MAX = 2_000
/** Of one sender; a calendar that sends more than ten a second is told to wait, and sends them again. */
const REQUESTS_PER_MINUTE = 600
const TOKEN_LENGTH_MAX = 2_000

// Graph adds members as it likes, so what is not named is left alone. Only what is compared or looked up is bounded.
const Sealed = {
  subscriptionId: Type.String({ minLength: 1, maxLength: 100 }),
  clientState: Type.Optional(Type.Union([Type.String({ maxLength: 300 }), Type.Null()])),
}
const ChangeNotices = Type.Object({
  value: Type.Array(
    Type.Object({
      ...Sealed,
      resourceData: Type.Optional(
        Type.Union([
          Type.Object({ id: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()])) }),
          Type.Null(),
        ]),
      ),
    }),
    { maxItems: NOTICES_MAX },
  ),
})
const LifecycleNotices = Type.Object({
  value: Type.Array(Type.Object({ ...Sealed, lifecycleEvent: Type.String({ maxLength: 100 }) }), {
    maxItems: NOTICES_MAX,
  }),
})
const Handshake = Type.Object({ validationToken: Type.Optional(Type.String({ maxLength: TOKEN_LENGTH_MAX })) })
/** Nothing in it: whoever asks learns nothing. */
const answers = { 202: Type.Unsafe<undefined>(Type.Null()), '4xx': Problem, '5xx': Problem }

/**
 * Where calendars tell that something changed. Open to anybody, because they sign in nowhere: a notice counts only with
 * the secret of its subscription, and then says no more than where to look. What does not count is answered the same.
 * Graph docs: "Receive change notifications through webhooks", "Reduce missing change notifications".
 */
export const notificationRoutes =
  (services: TakeNoticesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: '1 minute', hook: 'onRequest' })
    // The question whether this address is ours comes without a body, and is answered before one is asked for.
    app.addHook('preParsing', async (request, reply) => {
      const token = new URL(request.url, 'http://unused').searchParams.get('validationToken')
      if (token === null || token.length > TOKEN_LENGTH_MAX) return
      return reply.code(200).type('text/plain; charset=utf-8').send(token)
    })
    app.post(
      '/notifications',
      {
        bodyLimit: BODY_BYTES_MAX,
        schema: {
          tags: ['notifications'],
          summary: 'Graph tells of changed events; 202 as soon as it is noted',
          security: [],
          querystring: Handshake,
          body: ChangeNotices,
          response: answers,
        },
      },
      async ({ body, log }, reply) => {
        const notices = body.value.map(({ subscriptionId, clientState, resourceData }) => ({
          subscriptionId,
          secret: clientState ?? undefined,
          eventId: resourceData?.id ?? undefined,
        }))
        const believed = await takeChangeNotices(services, notices)
        if (believed < notices.length) log.warn({ notices: notices.length, believed }, 'notices not believed')
        return reply.code(202).send(undefined)
      },
    )
    app.post(
      '/notifications/lifecycle',
      {
        bodyLimit: BODY_BYTES_MAX,
        schema: {
          tags: ['notifications'],
          summary: 'Graph tells of the subscriptions themselves; 202 as soon as it is noted',
          security: [],
          querystring: Handshake,
          body: LifecycleNotices,
          response: answers,
        },
      },
      async ({ body, log }, reply) => {
        const notices = body.value.map(({ subscriptionId, clientState, lifecycleEvent }) => ({
          subscriptionId,
          secret: clientState ?? undefined,
          event: lifecycleEvent,
        }))
        const believed = await takeLifecycleNotices(services, notices)
        if (believed < notices.length) log.warn({ notices: notices.length, believed }, 'notices not believed')
        return reply.code(202).send(undefined)
      },
    )
  }
