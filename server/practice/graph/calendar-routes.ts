import {
  deleteAttachment,
  getAttachment,
  getAttachmentBytes,
  listAttachments,
  postAttachment,
} from './calendar/attachments.ts'
import type { CalendarPlace } from './calendar/calendar-access.ts'
import {
  createPermission,
  deletePermission,
  getPermission,
  listPermissions,
  updatePermission,
} from './calendar/calendar-permissions.ts'
import { calendarViewDelta } from './calendar/calendar-view-delta.ts'
import {
  createCalendar,
  deleteCalendar,
  getCalendarOfEvent,
  getCalendarReply,
  listCalendars,
  updateCalendar,
} from './calendar/calendars.ts'
import { createEvent } from './calendar/create-event.ts'
import { findMeetingTimes } from './calendar/find-meeting-times.ts'
import { getSchedule } from './calendar/get-schedule.ts'
import { countEvents, getEvent, listCalendarView, listEvents, listInstances } from './calendar/list-events.ts'
import {
  deleteExtension,
  getExtension,
  listExtensions,
  patchExtension,
  postExtension,
} from './calendar/open-extensions.ts'
import { cancelEvent, deleteEvent } from './calendar/remove-event.ts'
import { dismissReminder, forwardEvent, respondToEvent, snoozeReminder } from './calendar/respond-to-event.ts'
import { translateExchangeIds } from './calendar/translate-ids.ts'
import { updateEvent } from './calendar/update-event.ts'
import { createUploadSession, deleteUploadSession, putUploadRange } from './calendar/upload-sessions.ts'
import type { GraphRoute } from './dispatch.ts'

const PLACES: readonly { readonly path: string; readonly place: CalendarPlace }[] = [
  { path: '{mailbox}', place: 'mailbox' },
  { path: '{mailbox}/calendar', place: 'default' },
  { path: '{mailbox}/calendars/{calendarId}', place: 'named' },
]

function eventRoutes(path: string, place: CalendarPlace): GraphRoute[] {
  const event = `${path}/events/{eventId}`
  return [
    { method: 'GET', template: `${path}/events`, handler: listEvents(place) },
    { method: 'POST', template: `${path}/events`, handler: createEvent(place) },
    { method: 'GET', template: `${path}/events/$count`, handler: countEvents(place) },
    { method: 'GET', template: event, handler: getEvent(place) },
    { method: 'PATCH', template: event, handler: updateEvent(place) },
    { method: 'DELETE', template: event, handler: deleteEvent(place) },
    { method: 'GET', template: `${path}/calendarView`, handler: listCalendarView(place) },
    { method: 'GET', template: `${path}/calendarView/delta`, handler: calendarViewDelta(place) },
    { method: 'GET', template: `${event}/instances`, handler: listInstances(place) },
    { method: 'GET', template: `${event}/calendar`, handler: getCalendarOfEvent(place) },
    { method: 'POST', template: `${event}/cancel`, handler: cancelEvent(place) },
    { method: 'POST', template: `${event}/permanentDelete`, handler: deleteEvent(place) },
    { method: 'POST', template: `${event}/accept`, handler: respondToEvent(place, 'accepted') },
    { method: 'POST', template: `${event}/decline`, handler: respondToEvent(place, 'declined') },
    { method: 'POST', template: `${event}/tentativelyAccept`, handler: respondToEvent(place, 'tentativelyAccepted') },
    { method: 'POST', template: `${event}/forward`, handler: forwardEvent(place) },
    { method: 'POST', template: `${event}/snoozeReminder`, handler: snoozeReminder(place) },
    { method: 'POST', template: `${event}/dismissReminder`, handler: dismissReminder(place) },
    { method: 'GET', template: `${event}/attachments`, handler: listAttachments(place) },
    { method: 'POST', template: `${event}/attachments`, handler: postAttachment(place) },
    { method: 'POST', template: `${event}/attachments/createUploadSession`, handler: createUploadSession(place) },
    { method: 'GET', template: `${event}/attachments/{attachmentId}`, handler: getAttachment(place) },
    { method: 'DELETE', template: `${event}/attachments/{attachmentId}`, handler: deleteAttachment(place) },
    { method: 'GET', template: `${event}/attachments/{attachmentId}/$value`, handler: getAttachmentBytes(place) },
    { method: 'GET', template: `${event}/extensions`, handler: listExtensions(place) },
    { method: 'POST', template: `${event}/extensions`, handler: postExtension(place) },
    { method: 'GET', template: `${event}/extensions/{extensionId}`, handler: getExtension(place) },
    { method: 'PATCH', template: `${event}/extensions/{extensionId}`, handler: patchExtension(place) },
    { method: 'DELETE', template: `${event}/extensions/{extensionId}`, handler: deleteExtension(place) },
  ]
}

function oneCalendarRoutes(path: string, place: CalendarPlace): GraphRoute[] {
  const permission = `${path}/calendarPermissions/{permissionId}`
  return [
    { method: 'GET', template: path, handler: getCalendarReply(place) },
    { method: 'PATCH', template: path, handler: updateCalendar(place) },
    { method: 'DELETE', template: path, handler: deleteCalendar(place) },
    { method: 'POST', template: `${path}/getSchedule`, handler: getSchedule },
    { method: 'GET', template: `${path}/calendarPermissions`, handler: listPermissions(place) },
    { method: 'POST', template: `${path}/calendarPermissions`, handler: createPermission(place) },
    { method: 'GET', template: permission, handler: getPermission(place) },
    { method: 'PATCH', template: permission, handler: updatePermission(place) },
    { method: 'DELETE', template: permission, handler: deletePermission(place) },
  ]
}

/** Calendars, events and everything on them; mount with `dispatchGraph`. */
export const calendarRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/calendars', handler: listCalendars },
  { method: 'POST', template: '{mailbox}/calendars', handler: createCalendar },
  { method: 'POST', template: '{mailbox}/findMeetingTimes', handler: findMeetingTimes },
  { method: 'POST', template: '{mailbox}/translateExchangeIds', handler: translateExchangeIds },
  ...PLACES.flatMap(({ path, place }) => eventRoutes(path, place)),
  ...PLACES.flatMap(({ path, place }) => (place === 'mailbox' ? [] : oneCalendarRoutes(path, place))),
  // Pre-authenticated addresses of upload sessions (`isUploadPath`): whoever holds one may use it.
  { method: 'PUT', template: 'attachmentSessions/{sessionId}', handler: putUploadRange },
  { method: 'DELETE', template: 'attachmentSessions/{sessionId}', handler: deleteUploadSession },
]
