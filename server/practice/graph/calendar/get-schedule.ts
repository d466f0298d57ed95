import type { PracticeUser } from '../../people.ts'
import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import type { Entity } from '../odata-filter.ts'
import { findUser } from '../router.ts'
import { type BusyTime, busyTimes, weightOf } from './busy-times.ts'
import { atLeast, type CalendarRole, defaultCalendar, roleIn } from './calendar-store.ts'
import { moment } from './event-input.ts'
import { contentOf } from './event-instances.ts'
import { mailboxOf } from './meeting-mail.ts'
import { preferencesOf } from './preferences.ts'
import { integer, invalidProperty, listOf, nullable, readBody, record, text } from './read-body.ts'
import { graphWall, instantOf, instantToWall, type Moment } from './zone-clock.ts'

const SCHEDULES_MAX = 20
const DAYS_MAX = 62
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const reader = record('getSchedule', {
  schedules: listOf(text),
  startTime: moment,
  endTime: moment,
  availabilityViewInterval: nullable(integer),
})

type Window = { readonly from: number; readonly to: number; readonly intervalMs: number; readonly zone: string }

/**
 * POST …/getSchedule: free/busy of up to 20 people for less than 62 days. An address that cannot be resolved gets an
 * error in its own entry. Graph docs: "calendar: getSchedule", "Get free/busy schedule of Outlook calendar users".
 */
export function getSchedule(context: RouteContext): GraphReply {
  const { graph, request } = context
  requireMailbox(context)
  const preferences = preferencesOf(request.headers)
  const given = readBody(reader, request.body, 'getSchedule') as {
    schedules?: readonly string[]
    startTime?: Moment
    endTime?: Moment
    availabilityViewInterval?: number | null
  }
  const { schedules = [], startTime, endTime } = given
  if (schedules.length === 0 || !startTime || !endTime) {
    throw invalidProperty('Schedules, StartTime and EndTime are required.')
  }
  if (schedules.length > SCHEDULES_MAX) {
    throw new GraphError(
      400,
      'ErrorMailboxDataArrayTooBig',
      `There are too many target users in the EmailAddress array. The allowed size = ${SCHEDULES_MAX}; the actual size = ${schedules.length}.`,
    )
  }
  const window = windowOf(startTime, endTime, given.availabilityViewInterval ?? 30, preferences.timeZone ?? 'UTC')
  return {
    status: 200,
    headers: preferences.applied,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#Collection(microsoft.graph.scheduleInformation)`,
      value: schedules.map((address) => scheduleOf(context, address, window)),
    },
  }
}

function windowOf(start: Moment, end: Moment, minutes: number, zone: string): Window {
  const [from, to] = [instantOf(start), instantOf(end)]
  if (to <= from) {
    throw new GraphError(
      400,
      'ErrorInvalidTimeInterval',
      'The time duration specified for FreeBusyViewOptions.TimeWindow is invalid.',
    )
  }
  const days = (to - from) / DAY_MS
  if (days >= DAYS_MAX) {
    throw new GraphError(
      400,
      'ErrorTimeIntervalTooBig',
      `The requested time duration specified for FreeBusyViewOptions.TimeWindow is too long. The allowed limit = ${DAYS_MAX} days; the actual limit = ${Math.ceil(days)} days.`,
    )
  }
  if (minutes < 5 || minutes > 1440) {
    throw new GraphError(
      400,
      'ErrorInvalidMergedFreeBusyInterval',
      'The AvailabilityViewInterval must be between 5 and 1440 minutes.',
    )
  }
  return { from, to, intervalMs: minutes * MINUTE_MS, zone }
}

function scheduleOf(context: RouteContext, address: string, window: Window): Entity {
  const user = mailboxOf(context.graph, address)
  if (!user) {
    const message = `Unable to resolve e-mail address ${address} to an Active Directory object.`
    return { scheduleId: address, error: { message, responseCode: '5009' } }
  }
  const busy = busyTimes(context.graph, user, window.from, window.to)
  const mayRead = atLeast(roleToward(context, user), 'limitedRead')
  return {
    scheduleId: address,
    availabilityView: mergedView(busy, window),
    scheduleItems: busy.map((time) => viewItem(time, window.zone, mayRead)),
    workingHours: viewWorkingHours(user),
  }
}

/** What the owner lets the caller see; an application sees what the whole organization does. */
function roleToward({ graph, request }: RouteContext, owner: PracticeUser): CalendarRole {
  const caller = request.caller.kind === 'user' ? findUser(graph, request.caller.userId) : undefined
  if (caller?.id === owner.id) return 'delegateWithPrivateEventAccess'
  const calendar = defaultCalendar(graph, owner)
  if (caller) return roleIn(calendar, caller)
  return calendar.permissions.find(({ address }) => address === undefined)?.role ?? 'none'
}

function viewItem({ startMs, endMs, status, instance }: BusyTime, zone: string, mayRead: boolean): Entity {
  const { sensitivity, subject, locations } = contentOf(instance)
  const isOpen = sensitivity === 'normal' || sensitivity === 'personal'
  const location = locations.map((place) => place['displayName']).join('; ')
  return {
    ...(mayRead && isOpen ? { isPrivate: false } : {}),
    status,
    ...(mayRead && isOpen ? { subject, location } : {}),
    start: { dateTime: graphWall(instantToWall(startMs, zone)), timeZone: zone },
    end: { dateTime: graphWall(instantToWall(endMs, zone)), timeZone: zone },
  }
}

/** One digit per interval: the heaviest status that touches it. */
function mergedView(busy: readonly BusyTime[], { from, to, intervalMs }: Window): string {
  const slots = new Uint8Array(Math.ceil((to - from) / intervalMs))
  for (const { startMs, endMs, status } of busy) {
    const weight = weightOf(status)
    if (weight === 0) continue
    const first = Math.max(0, Math.floor((startMs - from) / intervalMs))
    const last = Math.min(slots.length, Math.ceil((Math.max(endMs, startMs + 1) - from) / intervalMs))
    for (let slot = first; slot < last; slot++) slots[slot] = Math.max(slots[slot] ?? 0, weight)
  }
  return slots.join('')
}

function viewWorkingHours({ workingHours, timeZone }: PracticeUser): Entity {
  return {
    daysOfWeek: workingHours.daysOfWeek,
    startTime: timeOfDay(workingHours.startTime),
    endTime: timeOfDay(workingHours.endTime),
    timeZone: { name: timeZone },
  }
}

/** `08:00` and `08:00:00` as Graph writes them. */
function timeOfDay(text: string): string {
  const [hours = '00', minutes = '00', seconds = '00'] = text.split(/[:.]/)
  return `${hours}:${minutes}:${seconds}.0000000`
}

/** Minutes of a working day's edge since midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
