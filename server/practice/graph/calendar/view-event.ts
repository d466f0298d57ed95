import type { PracticeGraph } from '../dispatch.ts'
import type { Entity } from '../odata-filter.ts'
import type { Sight } from './calendar-access.ts'
import { contentOf, type Instance } from './event-instances.ts'
import { type Attendee, type EventContent, etagOf, type StoredEvent } from './event-store.ts'
import { formatItemId, type IdFormat } from './exchange-ids.ts'
import { occurrenceOn } from './expand-series.ts'
import { htmlToText, readableBody } from './html-body.ts'
import type { Preferences } from './preferences.ts'
import { graphWall, instantOf as instantOfMoment, instantToWall, type Moment, wallOf } from './zone-clock.ts'

export type ViewOptions = {
  readonly graph: PracticeGraph
  readonly preferences: Preferences
  readonly sight: Sight
  /** Zone of start and end where the client prefers none; UTC unless said. */
  readonly zone?: string
}

/** Every property that an event answers, for `$select`, `$filter` and `$orderby`. */
export const EVENT_SHAPE = {
  typeName: 'Microsoft.OutlookServices.Event',
  properties: new Set(
    'id createdDateTime lastModifiedDateTime changeKey categories transactionId originalStartTimeZone originalEndTimeZone iCalUId reminderMinutesBeforeStart isReminderOn hasAttachments subject bodyPreview importance sensitivity isAllDay isCancelled isDraft isOrganizer responseRequested seriesMasterId showAs type webLink onlineMeetingUrl isOnlineMeeting onlineMeetingProvider allowNewTimeProposals occurrenceId hideAttendees originalStart cancelledOccurrences responseStatus body start end location locations recurrence attendees organizer onlineMeeting'.split(
      ' ',
    ),
  ),
  expandable: new Set([
    'attachments',
    'calendar',
    'exceptionOccurrences',
    'extensions',
    'instances',
    'multiValueExtendedProperties',
    'singleValueExtendedProperties',
  ]),
}

/** An event as Graph answers it, all default properties, without what `$expand` brings. */
export function viewEvent(instance: Instance, options: ViewOptions): Entity {
  const { event, type, date } = instance
  const { preferences } = options
  const content = sighted(contentOf(instance), options.sight)
  const id = instanceId(instance, preferences.idFormat)
  const masterId = date === undefined ? null : formatItemId({ uuid: event.id }, preferences.idFormat)
  const zone = preferences.timeZone ?? options.zone ?? 'UTC'
  const attendees = withAnswers(content.attendees, event, date)
  // One literal without spreads: a view answers a thousand of these.
  const view: Record<string, unknown> = {
    '@odata.etag': etagOf(event.changeKey),
    id,
    createdDateTime: event.createdAt,
    lastModifiedDateTime: event.modifiedAt,
    changeKey: event.changeKey,
    categories: content.categories,
    originalStartTimeZone: event.originalStartTimeZone,
    originalEndTimeZone: event.originalEndTimeZone,
    iCalUId: iCalUIdOf(options.graph, event.uid, date ?? event.instanceDate),
    reminderMinutesBeforeStart: content.reminderMinutesBeforeStart,
    isReminderOn: content.isReminderOn,
    hasAttachments: content.attachments.length > 0,
    hideAttendees: content.hideAttendees,
    subject: content.subject,
    bodyPreview: readableBody(content).preview,
    importance: content.importance,
    sensitivity: content.sensitivity,
    isAllDay: content.isAllDay,
    isCancelled: content.isCancelled,
    isDraft: false,
    isOrganizer: event.isOrganizer,
    responseRequested: content.responseRequested,
    seriesMasterId: masterId,
    showAs: content.showAs,
    type,
    webLink: itemLink(options.graph, id),
    onlineMeetingUrl: null,
    isOnlineMeeting: content.onlineMeeting !== null,
    onlineMeetingProvider: content.onlineMeetingProvider,
    onlineMeeting: content.onlineMeeting,
    allowNewTimeProposals: content.allowNewTimeProposals,
    recurrence: date === undefined ? event.recurrence : null,
    responseStatus: content.responseStatus,
    body: viewBody(content, preferences),
    start: viewTime(content, content.start, instance.startMs, zone),
    end: viewTime(content, content.end, instance.endMs, zone),
    location: viewLocation(content.locations),
    locations: content.locations,
    attendees: attendees.length === 0 ? attendees : attendees.map((attendee) => viewAttendee(attendee, zone)),
    organizer: { emailAddress: event.organizer },
  }
  if (date === undefined) {
    if (event.transactionId !== undefined) view['transactionId'] = event.transactionId
  } else {
    view['occurrenceId'] = occurrenceId(masterId ?? '', date)
    view['originalStart'] = originalStart(event, date)
  }
  return view
}

/** Ids of dates that are no more; Graph gives them on a master, and only when selected. */
export function viewCancelledOccurrences(event: StoredEvent, format: IdFormat): readonly string[] {
  return event.cancelledDates.map((date) => occurrenceId(formatItemId({ uuid: event.id }, format), date))
}

function instanceId({ event, date }: Pick<Instance, 'event' | 'date'>, format: IdFormat): string {
  return formatItemId(date === undefined ? { uuid: event.id } : { uuid: event.id, date }, format)
}

const occurrenceId = (masterId: string, date: string): string => `OID.${masterId}.${date}`

/** When the pattern first placed an occurrence: its name for good. */
function originalStart(event: StoredEvent, date: string): string {
  const startMs = occurrenceOn(event, date)?.occurrence.startMs ?? 0
  return new Date(startMs).toISOString().replace('.000Z', 'Z')
}

/** One per meeting, or (a reading that Graph documents too) one per occurrence with its date inside. */
export function iCalUIdOf(graph: PracticeGraph, uid: string, date: string | undefined): string {
  if (date === undefined || !graph.switches.iCalUIdPerOccurrence) return uid
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const hex = [year >> 8, year & 255, month, day].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${uid.slice(0, 32)}${hex.toUpperCase()}${uid.slice(40)}`
}

function viewBody(content: EventContent, { bodyAsText, unsafeHtml }: Preferences): Entity {
  if (bodyAsText) return { contentType: 'text', content: htmlToText(content.body) }
  return { contentType: 'html', content: unsafeHtml ? content.body : readableBody(content).safe }
}

/** All-day events float: midnight in whatever zone is asked for. */
function viewTime({ isAllDay }: EventContent, moment: Moment, instantMs: number, zone: string): Moment {
  if (!isAllDay) return { dateTime: graphWall(instantToWall(instantMs, zone)), timeZone: zone }
  const wall = instantToWall(instantMs, moment.timeZone)
  return { dateTime: graphWall(wall), timeZone: zone }
}

function viewLocation(locations: readonly Entity[]): Entity {
  const [only] = locations
  if (!only) return { displayName: '', locationType: 'default', uniqueIdType: 'unknown', address: {}, coordinates: {} }
  if (locations.length === 1) return only
  const displayName = locations.map((location) => location['displayName']).join('; ')
  return { displayName, locationType: 'default', uniqueId: displayName, uniqueIdType: 'private' }
}

function viewAttendee({ proposedNewTime, ...attendee }: Attendee, zone: string): Entity {
  if (!proposedNewTime) return attendee
  const { start, end } = proposedNewTime
  return { ...attendee, proposedNewTime: { start: viewMoment(start, zone), end: viewMoment(end, zone) } }
}

/** A stored moment in the zone of an answer. */
function viewMoment(moment: Moment, zone: string): Moment {
  if (moment.timeZone === zone) return { dateTime: graphWall(wallOf(moment)), timeZone: zone }
  return { dateTime: graphWall(instantToWall(instantOfMoment(moment), zone)), timeZone: zone }
}

/** What attendees answered to this occurrence alone, over what they answered to the series. */
function withAnswers(
  attendees: readonly Attendee[],
  { occurrenceAnswers }: StoredEvent,
  date: string | undefined,
): readonly Attendee[] {
  const answers = date === undefined ? undefined : occurrenceAnswers[date]
  if (!answers) return attendees
  return attendees.map((attendee) => ({ ...attendee, ...answers[attendee.emailAddress.address.toLowerCase()] }))
}

/** What a colleague with less than full sight gets. */
function sighted(content: EventContent, sight: Sight): EventContent {
  if (sight === 'full') return content
  const hidden = {
    ...content,
    body: '',
    attendees: [],
    attachments: [],
    categories: [],
    onlineMeeting: null,
    onlineMeetingProvider: 'unknown',
  }
  return sight === 'limited' ? hidden : { ...hidden, subject: 'Private appointment', locations: [] }
}

/** Graph links to Outlook on the web; the practice tenant's Outlook is its own host page, beside its Graph. */
const itemLink = (graph: PracticeGraph, id: string): string => {
  const [origin] = graph.baseUrl().split('/practice/')
  return `${origin}/practice/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`
}
