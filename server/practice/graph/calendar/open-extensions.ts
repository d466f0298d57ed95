import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import { listReply, parseQuery } from '../odata.ts'
import {
  assertCanRead,
  assertMayChange,
  type CalendarPlace,
  type CalendarScope,
  calendarScope,
  type EventTarget,
  getTarget,
  sightOf,
} from './calendar-access.ts'
import { accessDenied, itemNotFound } from './calendar-store.ts'
import { contentOf } from './event-instances.ts'
import { eventsContext } from './event-reply.ts'
import { eventStore, type OpenExtension } from './event-store.ts'
import { extensionNameOf, viewExtension } from './extensions-view.ts'
import { nowText } from './meeting-mail.ts'
import { checkExtension } from './open-extension-body.ts'
import { newException } from './update-event.ts'

/** GET …/extensions. */
export function listExtensions(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = readable(context, place)
    const items = contentOf(target).extensions.map(viewExtension)
    return listReply({
      graph: scope.graph,
      request: context.request,
      options: parseQuery(context.request.query),
      context: extensionsContext(scope, place, context),
      items,
      filterView: (item) => item,
      view: (item) => item,
    })
  }
}

/** POST …/extensions. Graph docs: "Create open extension". */
export function postExtension(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = changeable(context, place)
    const added = checkExtension(context.request.body)
    if (findExtension(target, added.extensionName)) {
      throw new GraphError(409, 'ErrorItemAlreadyExists', 'An extension with this name exists already on the item.')
    }
    save(scope, target, [...contentOf(target).extensions, added])
    return reply(scope, place, context, added, 201)
  }
}

/** GET …/extensions/{id}, by bare or full name. Graph docs: "Get open extension". */
export function getExtension(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = readable(context, place)
    return reply(scope, place, context, named(target, context), 200)
  }
}

/** PATCH …/extensions/{id}: members in the body replace, null removes, others stay. Graph docs: "Update open extension". */
export function patchExtension(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = changeable(context, place)
    const before = named(target, context)
    const given = checkExtension({
      extensionName: before.extensionName,
      ...(context.request.body as object | undefined),
    })
    const merged = Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null))
    const after: OpenExtension = { ...merged, extensionName: before.extensionName }
    save(
      scope,
      target,
      contentOf(target).extensions.map((other) => (other === before ? after : other)),
    )
    return reply(scope, place, context, after, 200)
  }
}

/** DELETE …/extensions/{id}. Graph docs: "Delete open extension". */
export function deleteExtension(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, target } = changeable(context, place)
    const gone = named(target, context)
    save(
      scope,
      target,
      contentOf(target).extensions.filter((other) => other !== gone),
    )
    return { status: 204 }
  }
}

function readable(context: RouteContext, place: CalendarPlace) {
  const scope = calendarScope(context, place)
  assertCanRead(scope)
  const target = getTarget(scope, context.params['eventId'] ?? '')
  if (sightOf(scope, contentOf(target)) !== 'full') throw accessDenied()
  return { scope, target }
}
function changeable(context: RouteContext, place: CalendarPlace) {
  const scope = calendarScope(context, place)
  const target = getTarget(scope, context.params['eventId'] ?? '')
  assertMayChange(scope, target)
  return { scope, target }
}

function findExtension(target: EventTarget, id: string): OpenExtension | undefined {
  const name = extensionNameOf(id).toLowerCase()
  return contentOf(target).extensions.find(({ extensionName }) => extensionName.toLowerCase() === name)
}
function named(target: EventTarget, { params }: RouteContext): OpenExtension {
  const found = findExtension(target, params['extensionId'] ?? '')
  if (!found) throw itemNotFound()
  return found
}

function save({ graph }: CalendarScope, { event, date }: EventTarget, extensions: readonly OpenExtension[]): void {
  const changed =
    date === undefined
      ? { ...event, extensions }
      : { ...event, exceptions: { ...event.exceptions, [date]: { ...newException(graph, event, date), extensions } } }
  eventStore(graph.state).saveUnreported(changed, nowText(graph))
}

function extensionsContext(scope: CalendarScope, place: CalendarPlace, context: RouteContext): string {
  const eventId = encodeURIComponent(context.params['eventId'] ?? '')
  return `${eventsContext(scope, place, context)}('${eventId}')/extensions`
}

function reply(
  scope: CalendarScope,
  place: CalendarPlace,
  context: RouteContext,
  extension: OpenExtension,
  status: number,
): GraphReply {
  const metadata = `${scope.graph.baseUrl()}/$metadata#${extensionsContext(scope, place, context)}/$entity`
  return { status, body: { '@odata.context': metadata, ...viewExtension(extension) } }
}
