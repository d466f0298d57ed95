import type { PracticeUser } from '../../people.ts'
import { GraphError, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { findUser } from '../router.ts'
import {
  accessDenied,
  atLeast,
  type CalendarRole,
  defaultCalendar,
  getCalendar,
  itemNotFound,
  roleIn,
  type StoredCalendar,
} from './calendar-store.ts'
import { etagOf, eventStore, type StoredEvent } from './event-store.ts'
import { parseItemId } from './exchange-ids.ts'
import { occurrenceOn } from './expand-series.ts'

/** Which calendar a path means: all of the mailbox (`/events`), its default (`/calendar/events`), or one by id. */
export type CalendarPlace = 'mailbox' | 'default' | 'named'

/** Whose calendar a request works on, and what the caller may do there. */
export type CalendarScope = {
  readonly graph: PracticeGraph
  /** Owner of the mailbox that holds the items. */
  readonly owner: PracticeUser
  /** Absent: every calendar of the mailbox that the caller may read. */
  readonly calendar: StoredCalendar | undefined
  readonly role: CalendarRole | 'owner'
  /** The signed-in user when acting in somebody else's calendar. */
  readonly onBehalf: PracticeUser | undefined
}

/** An event as a request means it: the stored item, and the date when it names one occurrence of a series. */
export type EventTarget = { readonly event: StoredEvent; readonly date: string | undefined }

export function calendarScope(context: RouteContext, place: CalendarPlace): CalendarScope {
  const { graph, request } = context
  const user = requireMailbox(context)
  const named = place === 'named' ? getCalendar(graph, user, context.params['calendarId'] ?? '') : undefined
  const calendar = named ?? (place === 'default' ? defaultCalendar(graph, user) : undefined)
  const owner = calendar && calendar.mailbox !== user.id ? findUser(graph, calendar.mailbox) : user
  if (!owner) throw itemNotFound()
  const caller = request.caller.kind === 'user' ? findUser(graph, request.caller.userId) : user
  if (!caller) throw accessDenied()
  if (caller.id === owner.id) return { graph, owner, calendar, role: 'owner', onBehalf: undefined }
  const role = roleIn(calendar ?? defaultCalendar(graph, owner), caller)
  return { graph, owner, calendar, role, onBehalf: caller }
}

/** @throws GraphError 403 `ErrorAccessDenied` when the caller may not see events there */
export function assertCanRead({ role }: CalendarScope): void {
  if (role !== 'owner' && !atLeast(role, 'limitedRead')) throw accessDenied()
}
/** @throws GraphError 403 `ErrorAccessDenied` when the caller may not change events there */
export function assertCanWrite({ role }: CalendarScope): void {
  if (role !== 'owner' && !atLeast(role, 'write')) throw accessDenied()
}
export function assertOwner({ role }: CalendarScope): void {
  if (role !== 'owner') throw accessDenied()
}

export type Sight = 'full' | 'limited' | 'busy'
/** How much of an event the caller sees: private items show only that the time is taken. */
export function sightOf({ role }: Pick<CalendarScope, 'role'>, { sensitivity }: { sensitivity: string }): Sight {
  if (role === 'owner' || role === 'delegateWithPrivateEventAccess') return 'full'
  if (sensitivity === 'private' || sensitivity === 'confidential') return 'busy'
  return atLeast(role, 'read') ? 'full' : atLeast(role, 'limitedRead') ? 'limited' : 'busy'
}

/** Items of the scope: one calendar's, or those of all calendars the caller may read. */
export function eventsInScope({ graph, owner, calendar, role, onBehalf }: CalendarScope): StoredEvent[] {
  const events = eventStore(graph.state).listByMailbox(owner.id)
  if (calendar) return events.filter(({ calendarId }) => calendarId === calendar.id)
  if (role === 'owner' || !onBehalf) return events
  const calendars = graph.state.collection<StoredCalendar>('calendars')
  return events.filter(({ calendarId }) => {
    const holder = calendars.get(calendarId)
    return holder !== undefined && atLeast(roleIn(holder, onBehalf), 'limitedRead')
  })
}

/**
 * The event that an id names within the scope; default and immutable ids both do.
 * @throws GraphError 404 `ErrorItemNotFound`, also for an occurrence that was cancelled; 403 without any access
 */
export function getTarget(scope: CalendarScope, id: string): EventTarget {
  assertCanRead(scope)
  const core = parseItemId(id)?.core
  const event = core && eventStore(scope.graph.state).get(core.uuid)
  if (!event || event.mailbox !== scope.owner.id) throw itemNotFound()
  if (scope.calendar && event.calendarId !== scope.calendar.id) throw itemNotFound()
  if (!scope.calendar && scope.onBehalf) {
    const holder = scope.graph.state.collection<StoredCalendar>('calendars').get(event.calendarId)
    if (!holder || !atLeast(roleIn(holder, scope.onBehalf), 'limitedRead')) throw itemNotFound()
  }
  if (core.date === undefined) return { event, date: undefined }
  if (event.cancelledDates.includes(core.date) || !occurrenceOn(event, core.date)) throw itemNotFound()
  return { event, date: core.date }
}

/** @throws GraphError 403 for a private item of somebody who did not open those to the caller */
export function assertMayChange(scope: CalendarScope, { event }: EventTarget): void {
  assertCanWrite(scope)
  if (sightOf(scope, event) !== 'full') throw accessDenied()
}

/** @throws GraphError 412 `ErrorIrresolvableConflict` when `If-Match` names another version */
export function assertVersion(context: RouteContext, changeKey: string): void {
  const wanted = context.request.headers['if-match']?.trim()
  if (wanted === undefined || wanted === '' || wanted === '*') return
  const tags = wanted.split(',').map((tag) => tag.trim())
  if (tags.some((tag) => [etagOf(changeKey), `"${changeKey}"`, changeKey].includes(tag))) return
  throw new GraphError(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  )
}
