import type { PracticeUser } from '../../people.ts'
import type { Entity } from '../odata-filter.ts'
import type { CalendarScope } from './calendar-access.ts'
import { atLeast, type CalendarRole, defaultCalendar, roleIn, type StoredCalendar } from './calendar-store.ts'
import { formatCalendarId } from './exchange-ids.ts'
import { addressOf } from './meeting-mail.ts'

export const CALENDAR_SHAPE = {
  typeName: 'Microsoft.OutlookServices.Calendar',
  properties: new Set(
    'id name color hexColor isDefaultCalendar changeKey canShare canViewPrivateItems canEdit allowedOnlineMeetingProviders defaultOnlineMeetingProvider isTallyingResponses isRemovable owner'.split(
      ' ',
    ),
  ),
  expandable: new Set(['calendarPermissions']),
}

/** Whose mailbox lists the calendar: its owner, or somebody it is shared with (then it has another id and the owner's name). */
export type CalendarViewer = { readonly owner: PracticeUser; readonly viewer: PracticeUser }

/** A calendar as Graph answers it ("Share or delegate a calendar in Outlook"). */
export function viewCalendarFor({ owner, viewer }: CalendarViewer, calendar: StoredCalendar): Entity {
  const isOwn = viewer.id === owner.id
  const role: CalendarRole = isOwn ? 'delegateWithPrivateEventAccess' : roleIn(calendar, viewer)
  return {
    id: isOwn ? formatCalendarId(calendar.id) : formatCalendarId(calendar.id, viewer.id),
    name: isOwn || !calendar.isDefault ? calendar.name : owner.displayName,
    color: calendar.color,
    hexColor: '',
    isDefaultCalendar: isOwn && calendar.isDefault,
    changeKey: calendar.changeKey,
    canShare: isOwn,
    canViewPrivateItems: role === 'delegateWithPrivateEventAccess',
    canEdit: atLeast(role, 'write'),
    allowedOnlineMeetingProviders: ['teamsForBusiness'],
    defaultOnlineMeetingProvider: 'teamsForBusiness',
    isTallyingResponses: calendar.isDefault,
    isRemovable: !(isOwn && calendar.isDefault),
    owner: addressOf(owner),
  }
}

/** The calendar that holds an event, as the mailbox owner sees it. */
export function viewCalendar({ graph, owner }: CalendarScope, calendarId: string): Entity {
  const calendar = graph.state.collection<StoredCalendar>('calendars').get(calendarId) ?? defaultCalendar(graph, owner)
  return viewCalendarFor({ owner, viewer: owner }, calendar)
}
