import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { Temporal } from 'temporal-polyfill'
import { closed } from '../../shared/api/common.ts'
import { Faults } from './faults.ts'
import { htmlToText } from './graph/calendar/html-body.ts'
import { listMails } from './graph/outbox.ts'
import { listActivityNotices } from './graph/resources/activity-feed.ts'
import type { Subscription } from './graph/subscriptions/subscription.ts'
import type { PracticeTenant } from './practice-tenant.ts'
import { PracticeProblem } from './problem.ts'

const Switches = Type.Object(
  {
    repeatedTransaction: Type.Optional(Type.Union([Type.Literal('first-event'), Type.Literal('refuse')])),
    transactionMemory: Type.Optional(Type.Boolean()),
    exceptionsInheritAttachments: Type.Optional(Type.Boolean()),
    iCalUIdPerOccurrence: Type.Optional(Type.Boolean()),
  },
  { ...closed, minProperties: 1 },
)
const LifecycleNotice = Type.Object(
  {
    subscriptionId: Type.String({ format: 'uuid' }),
    lifecycleEvent: Type.Union([
      Type.Literal('reauthorizationRequired'),
      Type.Literal('subscriptionRemoved'),
      Type.Literal('missed'),
    ]),
  },
  closed,
)

/** What a rehearsal or a test does to the tenant from outside: faults, clock, switches; and what it looks at: mails, notices. */
export function rehearsalRoutes(tenant: PracticeTenant): FastifyPluginAsyncTypebox {
  const { state, clock, faults, graph, notifier } = tenant
  return async (app) => {
    app.get('/faults', async () => faults.remaining())
    app.post('/faults', { schema: { body: Faults } }, async ({ body }) => {
      try {
        faults.add(body)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw new PracticeProblem(400, 'invalid-request', 'A path is no regular expression.')
      }
      return faults.remaining()
    })
    app.delete('/faults', async (_request, reply) => {
      faults.clear()
      return reply.code(204).send()
    })

    app.get('/clock', async () => ({ now: clock.now().toString() }))
    app.post(
      '/clock',
      { schema: { body: Type.Object({ now: Type.String({ format: 'date-time', maxLength: 64 }) }, closed) } },
      async ({ body }) => {
        clock.moveTo(readInstant(body.now))
        notifier.sweep()
        state.flush()
        void notifier.deliver()
        return { now: clock.now().toString() }
      },
    )

    app.get('/switches', async () => graph.switches)
    app.put('/switches', { schema: { body: Switches } }, async ({ body }) => {
      const switches = tenant.setSwitches(body)
      state.flush()
      return switches
    })

    const Recipient = Type.Object({ to: Type.Optional(Type.String({ minLength: 1, maxLength: 254 })) }, closed)
    // Newest first, as one reads a mailbox.
    app.get('/outbox', { schema: { querystring: Recipient } }, async ({ query }) =>
      listMails(state, query.to === undefined ? {} : { to: query.to })
        .map(({ start, end, ...mail }) => ({
          ...mail,
          bodyText: htmlToText(mail.body),
          ...(start === undefined ? {} : { startsAt: start }),
          ...(end === undefined ? {} : { endsAt: end }),
        }))
        .reverse(),
    )
    app.get('/activity', { schema: { querystring: Recipient } }, async ({ query }) =>
      listActivityNotices(state, query.to).reverse(),
    )

    app.post('/lifecycle-notices', { schema: { body: LifecycleNotice } }, async ({ body }, reply) => {
      const subscriptions = state.collection<Subscription>('subscriptions')
      const subscription = subscriptions.get(body.subscriptionId.toLowerCase())
      if (!subscription) throw new PracticeProblem(404, 'subscription-not-found', 'No subscription has this id.')
      if (subscription.lifecycleNotificationUrl === null) {
        throw new PracticeProblem(409, 'no-lifecycle-address', 'The subscription has no lifecycleNotificationUrl.')
      }
      if (body.lifecycleEvent === 'subscriptionRemoved') subscriptions.remove(subscription.id)
      notifier.notifyLifecycle(subscription, body.lifecycleEvent)
      state.flush()
      void notifier.deliver()
      return reply.code(202).send()
    })
  }
}

function readInstant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new PracticeProblem(400, 'invalid-request', 'The time is no instant.', [
      { path: 'now', message: 'must be an instant, RFC 3339 with an offset' },
    ])
  }
}
