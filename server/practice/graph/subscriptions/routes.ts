import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { PRACTICE_CLIENT_ID, PRACTICE_SERVICE_PRINCIPAL_ID } from '../../identity/constants.ts'
import { ignored, nullable, readBody, record, text, unreadable } from '../calendar/read-body.ts'
import { type GraphCaller, GraphError, type GraphReply, type GraphRoute, type RouteContext } from '../dispatch.ts'
import { type Entity, parseQuery, preferenceOf } from '../odata.ts'
import { isLoopbackUrl } from './loopback-url.ts'
import { readWatch } from './read-watch.ts'
import type { ChangeType, Subscription } from './subscription.ts'
import { validateEndpoint } from './validate-endpoint.ts'

const LIFETIME_MINUTES_MAX = 10_080
const LIFETIME_MINUTES_MIN = 45
const PER_MAILBOX_MAX = 1_000
const CLIENT_STATE_CHARACTERS_MAX = 128
const CHANGE_TYPES: readonly ChangeType[] = ['created', 'updated', 'deleted']

const BODY = record('microsoft.graph.subscription', {
  changeType: text,
  notificationUrl: text,
  lifecycleNotificationUrl: nullable(text),
  resource: text,
  expirationDateTime: text,
  clientState: nullable(text),
  latestSupportedTlsVersion: nullable(text),
  includeResourceData: (value, path) => {
    if (value === false || value === null) return false
    throw value === true
      ? badSubscription('The practice tenant sends notifications without resource data only.')
      : unreadable(path, 'Edm.Boolean')
  },
  id: ignored,
  applicationId: ignored,
  creatorId: ignored,
  encryptionCertificate: ignored,
  encryptionCertificateId: ignored,
  notificationQueryOptions: ignored,
  notificationUrlAppId: ignored,
})

/**
 * Docs: "Create subscription", "Update subscription", "subscription: reauthorize" and neighbours. An application sees
 * its own subscriptions, a user those they made.
 * @param closing ends validation calls when the tenant closes
 */
export function subscriptionRoutes(closing: AbortSignal): readonly GraphRoute[] {
  return [
    { method: 'GET', template: 'subscriptions', handler: list },
    { method: 'POST', template: 'subscriptions', handler: (context) => create(context, closing) },
    {
      method: 'GET',
      template: 'subscriptions/{subscriptionId}',
      handler: (context) => reply(context, 200, getSubscription(context), { clientState: null }),
    },
    { method: 'PATCH', template: 'subscriptions/{subscriptionId}', handler: renew },
    { method: 'DELETE', template: 'subscriptions/{subscriptionId}', handler: remove },
    { method: 'POST', template: 'subscriptions/{subscriptionId}/reauthorize', handler: reauthorize },
  ]
}

const subscriptionsOf = ({ graph }: RouteContext) => graph.state.collection<Subscription>('subscriptions')

function listOwn(context: RouteContext): Subscription[] {
  const { caller } = context.request
  const now = context.graph.clock.now()
  return subscriptionsOf(context)
    .list()
    .filter(({ creatorId }) => caller.kind === 'app' || creatorId === caller.userId)
    .filter(({ expirationDateTime }) => Temporal.Instant.compare(Temporal.Instant.from(expirationDateTime), now) > 0)
}

function getSubscription(context: RouteContext): Subscription {
  const wanted = context.params['subscriptionId']?.toLowerCase()
  const found = listOwn(context).find(({ id }) => id === wanted)
  if (!found) throw new GraphError(404, 'ResourceNotFound', 'The object was not found.')
  return found
}

function list(context: RouteContext): GraphReply {
  parseQuery(context.request.query)
  return {
    status: 200,
    body: {
      '@odata.context': `${context.graph.baseUrl()}/$metadata#subscriptions`,
      value: listOwn(context).map((subscription) => ({ ...view(subscription), clientState: null })),
    },
  }
}

async function create(context: RouteContext, closing: AbortSignal): Promise<GraphReply> {
  const { graph, request } = context
  const fields = readBody(BODY, request.body)
  const notificationUrl = getAddress(fields, 'notificationUrl')
  const lifecycleUrl =
    typeof fields['lifecycleNotificationUrl'] === 'string' ? getAddress(fields, 'lifecycleNotificationUrl') : null
  const resource = getText(fields, 'resource')
  const changeTypes = readChangeTypes(getText(fields, 'changeType'))
  const clientState = fields['clientState']
  if (typeof clientState === 'string' && clientState.length > CLIENT_STATE_CHARACTERS_MAX) {
    throw badSubscription(`clientState has at most ${CLIENT_STATE_CHARACTERS_MAX} characters.`)
  }
  const watch = readWatch(graph, request.caller, resource)
  const expirationDateTime = readExpiration(context, getText(fields, 'expirationDateTime'))
  const sameMailbox = subscriptionsOf(context)
    .list()
    .filter((other) => other.watch.userId === watch.userId)
  if (sameMailbox.length >= PER_MAILBOX_MAX) {
    throw new GraphError(403, 'ExtensionError', `A mailbox has at most ${PER_MAILBOX_MAX} subscriptions.`)
  }
  // Both addresses are asked, even when they are the same one.
  for (const address of [notificationUrl, ...(lifecycleUrl === null ? [] : [lifecycleUrl])]) {
    await validateEndpoint(address, closing)
  }
  const subscription: Subscription = {
    id: randomUUID(),
    watch,
    resource,
    changeTypes,
    clientState: typeof clientState === 'string' ? clientState : null,
    notificationUrl,
    lifecycleNotificationUrl: lifecycleUrl,
    expirationDateTime,
    authorizedAt: graph.clock.now().toString(),
    wasAskedToReauthorize: false,
    applicationId: PRACTICE_CLIENT_ID,
    creatorId: creatorOf(request.caller),
    latestSupportedTlsVersion:
      typeof fields['latestSupportedTlsVersion'] === 'string' ? fields['latestSupportedTlsVersion'] : 'v1_2',
    usesImmutableIds: preferenceOf(request.headers['prefer'], 'IdType')?.toLowerCase() === 'immutableid',
  }
  subscriptionsOf(context).put(subscription)
  return reply(context, 201, subscription)
}

function renew(context: RouteContext): GraphReply {
  const subscription = getSubscription(context)
  const fields = readBody(BODY, context.request.body)
  const unexpected = Object.keys(fields).find((name) => name !== 'expirationDateTime')
  if (unexpected !== undefined) throw badSubscription(`The property '${unexpected}' cannot be changed.`)
  const renewed = {
    ...subscription,
    expirationDateTime: readExpiration(context, getText(fields, 'expirationDateTime')),
    authorizedAt: context.graph.clock.now().toString(),
    wasAskedToReauthorize: false,
  }
  subscriptionsOf(context).put(renewed)
  return reply(context, 200, renewed)
}

function reauthorize(context: RouteContext): GraphReply {
  subscriptionsOf(context).put({
    ...getSubscription(context),
    authorizedAt: context.graph.clock.now().toString(),
    wasAskedToReauthorize: false,
  })
  return { status: 204 }
}

function remove(context: RouteContext): GraphReply {
  subscriptionsOf(context).remove(getSubscription(context).id)
  return { status: 204 }
}

function reply({ graph }: RouteContext, status: number, subscription: Subscription, masked: Entity = {}): GraphReply {
  const context = `${graph.baseUrl()}/$metadata#subscriptions/$entity`
  return { status, body: { '@odata.context': context, ...view(subscription), ...masked } }
}

function view(subscription: Subscription) {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: subscription.changeTypes.join(','),
    clientState: subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: subscription.expirationDateTime,
    creatorId: subscription.creatorId,
    includeResourceData: null,
    latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  }
}

function creatorOf(caller: GraphCaller): string {
  return caller.kind === 'app' ? PRACTICE_SERVICE_PRINCIPAL_ID : caller.userId
}

function readChangeTypes(given: string): readonly ChangeType[] {
  const asked = given.split(',').map((name) => name.trim().toLowerCase())
  const known = CHANGE_TYPES.filter((type) => asked.includes(type))
  if (known.length !== new Set(asked).size) throw badSubscription(`The changeType '${given}' is not supported.`)
  return known
}

/** At most 10,080 minutes ahead; anything under 45 minutes becomes 45 ("subscription resource type"). */
function readExpiration({ graph }: RouteContext, given: string): string {
  let asked: Temporal.Instant
  try {
    asked = Temporal.Instant.from(given)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw unreadable('subscription.expirationDateTime', 'Edm.DateTimeOffset')
  }
  const now = graph.clock.now()
  const minutes = asked.since(now).total('minutes')
  if (minutes <= 0) throw badSubscription('Subscription expiration must be in the future.')
  if (minutes > LIFETIME_MINUTES_MAX) {
    throw badSubscription(`Subscription expiration can only be ${LIFETIME_MINUTES_MAX} minutes in the future.`)
  }
  const least = now.add({ minutes: LIFETIME_MINUTES_MIN })
  return (minutes < LIFETIME_MINUTES_MIN ? least : asked).toString({ fractionalSecondDigits: 7 })
}

function getText(fields: Entity, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value.trim() === '') throw badSubscription(`The property '${name}' is required.`)
  return value
}

function getAddress(fields: Entity, name: string): string {
  const address = getText(fields, name)
  if (!isLoopbackUrl(address)) {
    throw badSubscription(
      `${name} must be a loopback address (http://127.0.0.1, http://localhost or http://[::1]): the practice tenant sends nothing beyond this machine.`,
    )
  }
  return address
}

function badSubscription(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', message)
}
