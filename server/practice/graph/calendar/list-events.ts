import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import { queryValue } from '../odata.ts'
import { assertCanRead, type CalendarPlace, calendarScope, eventsInScope, getTarget } from './calendar-access.ts'
import { type Instance, instancesBetween, wholeInstance } from './event-instances.ts'
import { collectionReplyOf, entityReplyOf, eventQuery, eventsContext, filterView } from './event-reply.ts'
import { instanceOf } from './meeting-mail.ts'
import { preferencesOf } from './preferences.ts'
import { invalidRequest } from './read-body.ts'
import { readWall, wallText } from './zone-clock.ts'

const VIEW_DAYS_MAX = 1825
const DAY_MS = 86_400_000
/** "List calendarView": these do not support `$select` there. */
const NOT_SELECTABLE_IN_VIEW = ['createddatetime', 'lastmodifieddatetime']

/** GET …/events: single events and series masters. Graph docs: "List events". */
export function listEvents(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertCanRead(scope)
    const preferences = preferencesOf(context.request.headers)
    const options = eventQuery(context.request.query)
    const instances = eventsInScope(scope).map(wholeInstance)
    const collection = eventsContext(scope, place, context)
    return collectionReplyOf({ context, place, scope, preferences, options, instances, collection })
  }
}

/** GET …/events/$count: how many of them, after `$filter`; plain text. */
export function countEvents(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertCanRead(scope)
    const { filter } = eventQuery(context.request.query)
    const instances = eventsInScope(scope).map(wholeInstance)
    const counted = filter ? instances.filter((instance) => filter.test(filterView(scope, instance))) : instances
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(counted.length) }
  }
}

/** GET …/events/{id}: also an occurrence. Graph docs: "Get event". */
export function getEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertCanRead(scope)
    const preferences = preferencesOf(context.request.headers)
    const { event, date } = getTarget(scope, context.params['eventId'] ?? '')
    return entityReplyOf({ context, place, scope, preferences, instance: instanceOf(event, date), status: 200 })
  }
}

/** GET …/calendarView: everything between two instants, series expanded, by start. Graph docs: "List calendarView". */
export function listCalendarView(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    // The mailbox's own view is that of its default calendar.
    const scope = calendarScope(context, place === 'mailbox' ? 'default' : place)
    assertCanRead(scope)
    const { query } = context.request
    const preferences = preferencesOf(context.request.headers)
    const options = eventQuery(query)
    const unselectable = options.select?.find((name) => NOT_SELECTABLE_IN_VIEW.includes(name.toLowerCase()))
    if (unselectable) throw invalidRequest(`The property '${unselectable}' does not support $select on calendarView.`)
    const { from, to } = timeWindow(query)
    const instances = eventsInScope(scope).flatMap((event) => instancesBetween(event, from, to))
    const collection = eventsContext(scope, place, context).replace(/events$/, 'calendarView')
    const viewed = { ...options, expand: options.expand.filter(({ name }) => !/ExtendedProperties$/i.test(name)) }
    return collectionReplyOf({
      context,
      place,
      scope,
      preferences,
      // Extended properties do not come with a view (microsoft-graph-docs issues 13385, 21314).
      options: viewed,
      instances: instances.sort(byStart),
      collection,
    })
  }
}

/** GET …/events/{masterId}/instances. Graph docs: "List instances". */
export function listInstances(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertCanRead(scope)
    const { query } = context.request
    const preferences = preferencesOf(context.request.headers)
    const options = eventQuery(query)
    const eventId = context.params['eventId'] ?? ''
    const { event, date } = getTarget(scope, eventId)
    const { from, to } = timeWindow(query)
    if (!event.recurrence || date !== undefined) {
      throw new GraphError(400, 'ErrorInvalidRequest', 'Instances can be listed for a series master only.')
    }
    const instances = instancesBetween(event, from, to).sort(byStart)
    const collection = `${eventsContext(scope, place, context)}('${encodeURIComponent(eventId)}')/instances`
    return collectionReplyOf({ context, place, scope, preferences, options, instances, collection })
  }
}

const byStart = (left: Instance, right: Instance): number => left.startMs - right.startMs

/**
 * The bounds of a view; without an offset they are UTC, whatever zone the client prefers for answers.
 * @throws GraphError 400 when one is missing or no date-time, or for more than 1,825 days
 */
export function timeWindow(query: URLSearchParams): { from: number; to: number } {
  const [startText, endText] = ['startDateTime', 'endDateTime'].map((name) => queryValue(query, name))
  if (!startText || !endText) {
    throw new GraphError(
      400,
      'ErrorInvalidParameter',
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
    )
  }
  const [from, to] = [instantIn('StartDateTime', startText), instantIn('EndDateTime', endText)]
  if (to < from) throw invalidRequest('EndDateTime is before StartDateTime.')
  if (to - from > VIEW_DAYS_MAX * DAY_MS) {
    throw invalidRequest(
      `The range between the start and end dates is greater than the allowed range. Maximum number of days: ${VIEW_DAYS_MAX}`,
    )
  }
  return { from, to }
}

function instantIn(name: string, text: string): number {
  // A plus sign that was not percent-encoded arrives as a space.
  const wall = readWall(text.replace(' ', '+'))
  if (!wall)
    throw new GraphError(400, 'ErrorInvalidParameter', `The value '${text}' of parameter '${name}' is invalid.`)
  return Date.parse(`${wallText(wall.wallMs)}${wall.offset ?? 'Z'}`)
}
