import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import {
  assertQueryFits,
  contextSuffix,
  type Entity,
  type ExpandItem,
  listReply,
  type ODataOptions,
  parseQuery,
  selectFrom,
} from '../odata.ts'
import { viewAttachment } from './attachment-view.ts'
import { type CalendarPlace, type CalendarScope, sightOf } from './calendar-access.ts'
import { viewCalendar } from './calendar-view.ts'
import { contentOf, type Instance, instanceOn } from './event-instances.ts'
import { expandProperties } from './extended-properties.ts'
import { findExtensions } from './extensions-view.ts'
import { type Preferences, preferencesOf } from './preferences.ts'
import { invalidRequest } from './read-body.ts'
import { EVENT_SHAPE, viewCancelledOccurrences, viewEvent } from './view-event.ts'

const IN_UTC: Preferences = preferencesOf({})

export type EventReplyInput = {
  readonly context: RouteContext
  readonly place: CalendarPlace
  readonly scope: CalendarScope
  readonly preferences: Preferences
}

/** One event as an answer, with `$select` and `$expand`. */
export function entityReplyOf(
  input: EventReplyInput & { readonly instance: Instance; readonly status: number; readonly zone?: string },
): GraphReply {
  const { context, place, preferences, instance, status } = input
  const options = eventQuery(context.request.query)
  const entity = expandedEvent(input, instance, options, input.zone)
  return {
    status,
    headers: preferences.applied,
    body: {
      '@odata.context': `${context.graph.baseUrl()}/$metadata#${eventsContext(input.scope, place, context)}${contextSuffix(options)}/$entity`,
      ...selectFrom(entity, options),
    },
  }
}

/** A collection of events; `rest` names what kind, e.g. `calendarView`. */
export function collectionReplyOf(
  input: EventReplyInput & {
    readonly instances: readonly Instance[]
    readonly collection: string
    readonly options: ODataOptions
  },
): GraphReply {
  const { context, preferences, scope, options } = input
  const { graph } = context
  const reply = listReply({
    graph,
    request: context.request,
    options,
    context: input.collection,
    items: input.instances,
    filterView: (instance) => filterView(scope, instance),
    view: (instance) => expandedEvent(input, instance, options, undefined),
  })
  return { ...reply, headers: preferences.applied }
}

/** Reads the query of an event request. @throws GraphError 400; `$search` is not supported on events */
export function eventQuery(query: URLSearchParams): ODataOptions {
  const options = parseQuery(query)
  if (options.search !== undefined) {
    throw new GraphError(400, 'SearchEvents', 'The query parameter $search is not supported on events.')
  }
  assertQueryFits(options, EVENT_SHAPE)
  return options
}

/** The `$metadata#` path of the collection that a request addresses. */
export function eventsContext({ owner }: CalendarScope, place: CalendarPlace, { params, user }: RouteContext): string {
  const mailbox = `users('${(user ?? owner).id}')`
  if (place === 'mailbox') return `${mailbox}/events`
  if (place === 'default') return `${mailbox}/calendar/events`
  return `${mailbox}/calendars('${encodeURIComponent(params['calendarId'] ?? '')}')/events`
}

/** What `$filter` and `$orderby` look at: times in UTC, and collections that are answered only when expanded. */
export function filterView(scope: CalendarScope, instance: Instance): Entity {
  const content = contentOf(instance)
  const { extensions, singleValueProperties, multiValueProperties } = content
  return {
    ...viewEvent(instance, { graph: scope.graph, preferences: IN_UTC, sight: sightOf(scope, content) }),
    extensions: extensions.map((extension) => ({ ...extension, id: extension.extensionName })),
    singleValueExtendedProperties: singleValueProperties,
    multiValueExtendedProperties: multiValueProperties,
  }
}

function expandedEvent(
  input: EventReplyInput,
  instance: Instance,
  options: ODataOptions,
  zone: string | undefined,
): Entity {
  const { scope, preferences } = input
  const { graph } = input.context
  const sight = sightOf(scope, contentOf(instance))
  const entity = viewEvent(instance, { graph, preferences, sight, ...(zone === undefined ? {} : { zone }) })
  if (!options.select && options.expand.length === 0) return entity
  const wantsCancelled = options.select?.some((name) => name.toLowerCase() === 'cancelledoccurrences')
  const cancelled =
    wantsCancelled && instance.type === 'seriesMaster'
      ? { cancelledOccurrences: viewCancelledOccurrences(instance.event, preferences.idFormat) }
      : {}
  const expanded = Object.fromEntries(
    options.expand.flatMap((item) => (sight === 'full' ? expansion(input, instance, item) : [])),
  )
  return { ...entity, ...cancelled, ...expanded }
}

/** What one `$expand` item adds. */
function expansion(input: EventReplyInput, instance: Instance, item: ExpandItem): [string, unknown][] {
  const { scope, preferences } = input
  const content = contentOf(instance)
  const name = item.name.toLowerCase()
  if (name === 'attachments') {
    return [
      [
        'attachments',
        content.attachments.map((ref) => selectFrom(viewAttachment(scope.graph, ref, preferences), item.options)),
      ],
    ]
  }
  if (name === 'extensions') return [['extensions', findExtensions(content, item.options)]]
  if (name === 'singlevalueextendedproperties' || name === 'multivalueextendedproperties') {
    const found = expandProperties(content, item)
    const property = name.startsWith('single') ? 'singleValueExtendedProperties' : 'multiValueExtendedProperties'
    return found.length > 0 ? [[property, found]] : []
  }
  if (name === 'calendar') {
    const calendar = viewCalendar(scope, instance.event.calendarId)
    return [['calendar', selectFrom(calendar, item.options)]]
  }
  if (name === 'exceptionoccurrences') {
    const dates = instance.type === 'seriesMaster' ? Object.keys(instance.event.exceptions).sort() : []
    const instances = dates.flatMap((date) => instanceOn(instance.event, date) ?? [])
    return [
      [
        'exceptionOccurrences',
        instances.map((one) => selectFrom(expandedEvent(input, one, item.options, undefined), item.options)),
      ],
    ]
  }
  throw invalidRequest(`Use the instances endpoint, with StartDateTime and EndDateTime, to read '${item.name}'.`)
}
