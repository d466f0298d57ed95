import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, contextSuffix, listReply, parseQuery, selectFrom } from '../odata.ts'
import { findUser } from '../router.ts'
import { assertCanRead, assertOwner, type CalendarPlace, calendarScope, getTarget } from './calendar-access.ts'
import {
  accessDenied,
  defaultCalendar,
  itemNotFound,
  newCalendar,
  ownCalendars,
  type StoredCalendar,
  saveCalendar,
  sharedCalendars,
} from './calendar-store.ts'
import { CALENDAR_SHAPE, viewCalendar, viewCalendarFor } from './calendar-view.ts'
import { eventStore } from './event-store.ts'
import { flag, ignored, invalidProperty, nullable, oneOf, readBody, record, text } from './read-body.ts'

const COLORS =
  'auto lightBlue lightGreen lightOrange lightGray lightYellow lightTeal lightPink lightBrown lightRed maxColor'.split(
    ' ',
  )

const reader = record('microsoft.graph.calendar', {
  name: nullable(text),
  color: nullable(oneOf(COLORS)),
  hexColor: ignored,
  isDefaultCalendar: nullable(flag),
  ...Object.fromEntries(
    'id changeKey canShare canViewPrivateItems canEdit allowedOnlineMeetingProviders defaultOnlineMeetingProvider isTallyingResponses isRemovable owner'
      .split(' ')
      .map((name) => [name, ignored]),
  ),
})

/** GET …/calendars: the mailbox's own and those that others share with it. Graph docs: "List calendars". */
export function listCalendars(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  assertOwnMailbox(context)
  const options = parseQuery(request.query)
  assertQueryFits(options, CALENDAR_SHAPE)
  const view = (calendar: StoredCalendar) => {
    const owner = findUser(graph, calendar.mailbox)
    if (!owner) throw itemNotFound()
    return viewCalendarFor({ owner, viewer: user }, calendar)
  }
  return listReply({
    graph,
    request,
    options,
    context: `users('${user.id}')/calendars`,
    items: [...ownCalendars(graph, user), ...sharedCalendars(graph, user)],
    filterView: view,
    view,
  })
}

/** POST …/calendars. Graph docs: "Create calendar". */
export function createCalendar(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  assertOwnMailbox(context)
  const { name, color } = readBody(reader, request.body, 'calendar')
  if (typeof name !== 'string' || name.trim() === '') throw invalidProperty('A calendar needs a name.')
  if (ownCalendars(graph, user).some((calendar) => calendar.name.toLowerCase() === name.toLowerCase())) {
    throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.')
  }
  const calendar = saveCalendar(graph, newCalendar(user.id, name, typeof color === 'string' ? color : 'auto'))
  return {
    status: 201,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#users('${user.id}')/calendars/$entity`,
      ...viewCalendarFor({ owner: user, viewer: user }, calendar),
    },
  }
}

/** GET …/calendar and …/calendars/{id}. Graph docs: "Get calendar". */
export function getCalendarReply(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => reply(context, place, 200)
}

/** PATCH: name and colour, by the owner. Graph docs: "Update calendar". */
export function updateCalendar(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertOwner(scope)
    const { name, color } = readBody(reader, context.request.body, 'calendar')
    const calendar = scope.calendar ?? defaultCalendar(scope.graph, scope.owner)
    saveCalendar(scope.graph, {
      ...calendar,
      ...(typeof name === 'string' && name.trim() !== '' ? { name } : {}),
      ...(typeof color === 'string' ? { color } : {}),
    })
    return reply(context, place, 200)
  }
}

/** DELETE of any calendar but the default one; its items go with it and nobody is told. Graph docs: "Delete calendar". */
export function deleteCalendar(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertOwner(scope)
    const { graph, calendar, owner } = scope
    if (!calendar || calendar.isDefault) {
      throw new GraphError(400, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.')
    }
    const events = eventStore(graph.state)
    for (const event of events.listByMailbox(owner.id)) if (event.calendarId === calendar.id) events.remove(event)
    graph.state.collection<StoredCalendar>('calendars').remove(calendar.id)
    return { status: 204 }
  }
}

/** GET …/events/{id}/calendar: the calendar that holds an event. */
export function getCalendarOfEvent(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place)
    assertCanRead(scope)
    const { event } = getTarget(scope, context.params['eventId'] ?? '')
    const metadata = `${scope.graph.baseUrl()}/$metadata#users('${scope.owner.id}')/calendars/$entity`
    return { status: 200, body: { '@odata.context': metadata, ...viewCalendar(scope, event.calendarId) } }
  }
}

function reply(context: RouteContext, place: CalendarPlace, status: number): GraphReply {
  const scope = calendarScope(context, place)
  assertCanRead(scope)
  const { graph, owner } = scope
  const options = parseQuery(context.request.query)
  assertQueryFits(options, CALENDAR_SHAPE)
  const calendar = scope.calendar ?? defaultCalendar(graph, owner)
  // Read through the owner's path it is the owner's; read from one's own list it is a shared one.
  const viewer = context.user ?? owner
  const path = place === 'named' ? 'calendars' : 'calendar'
  return {
    status,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#users('${viewer.id}')/${path}${contextSuffix(options)}/$entity`,
      ...selectFrom(viewCalendarFor({ owner, viewer }, calendar), options),
    },
  }
}

/** The list of calendars is nobody else's to see or to add to. */
function assertOwnMailbox({ request, user }: RouteContext): void {
  if (request.caller.kind === 'user' && request.caller.userId !== user?.id) throw accessDenied()
}
