import { GraphError, type PracticeGraph } from '../dispatch.ts'
import type { Entity } from '../odata-filter.ts'
import { findUserByAddress } from '../router.ts'
import type { Attendee, EventContent, ExtendedProperty, MultiValueProperty, OpenExtension } from './event-store.ts'
import { canonicalPropertyId } from './extended-properties.ts'
import { createOnlineMeeting, hasJoinBlock, normaliseBody, withJoinBlock } from './html-body.ts'
import { checkExtension } from './open-extension-body.ts'
import {
  anything,
  decimal,
  flag,
  ignored,
  integer,
  invalidProperty,
  listOf,
  nullable,
  oneOf,
  type Reader,
  record,
  text,
} from './read-body.ts'
import { recurrenceBody } from './recurrence-body.ts'
import { type Moment, momentAt, readWall, supportedZone, wallOf, wallText, wallToInstant } from './zone-clock.ts'

const ATTENDEES_MAX = 500
const DAY_MS = 86_400_000
export const NEVER_ANSWERED = { response: 'none', time: '0001-01-01T00:00:00Z' }

const PROVIDERS = ['unknown', 'skypeForBusiness', 'skypeForConsumer', 'teamsForBusiness']

const dateTimeTimeZone = record('microsoft.graph.dateTimeTimeZone', { dateTime: text, timeZone: nullable(text) })

/** A point in time in a zone that Outlook knows. @throws GraphError 400 `TimeZoneNotSupportedException` */
export const moment: Reader = (value, path): Moment => {
  const given = dateTimeTimeZone(value, path) as { dateTime?: string; timeZone?: string | null }
  const timeZone = supportedZone(given.timeZone ?? '')
  const wall = readWall(given.dateTime ?? '')
  if (!wall) throw invalidProperty(`'${path}.dateTime' is not a date and time.`)
  if (wall.offset === undefined) return { dateTime: wallText(wall.wallMs), timeZone }
  return momentAt(Date.parse(`${wallText(wall.wallMs)}${wall.offset}`), timeZone)
}
export const timeSlot: Reader = record('microsoft.graph.timeSlot', { start: moment, end: moment })
export const emailAddress: Reader = record('microsoft.graph.emailAddress', {
  name: nullable(text),
  address: nullable(text),
})
export const recipient: Reader = record('microsoft.graph.recipient', { emailAddress })

export const location: Reader = record('microsoft.graph.location', {
  displayName: nullable(text),
  locationEmailAddress: nullable(text),
  locationUri: nullable(text),
  locationType: nullable(
    oneOf(
      'default conferenceRoom homeAddress businessAddress geoCoordinates streetAddress hotel restaurant localBusiness postalAddress'.split(
        ' ',
      ),
    ),
  ),
  uniqueId: nullable(text),
  uniqueIdType: nullable(oneOf(['unknown', 'locationStore', 'directory', 'private', 'bing'])),
  address: nullable(
    record('microsoft.graph.physicalAddress', {
      street: nullable(text),
      city: nullable(text),
      state: nullable(text),
      countryOrRegion: nullable(text),
      postalCode: nullable(text),
    }),
  ),
  coordinates: nullable(
    record('microsoft.graph.outlookGeoCoordinates', {
      latitude: nullable(decimal),
      longitude: nullable(decimal),
      altitude: nullable(decimal),
      accuracy: nullable(decimal),
      altitudeAccuracy: nullable(decimal),
    }),
  ),
})

const attendee = record('microsoft.graph.attendee', {
  emailAddress,
  type: nullable(oneOf(['required', 'optional', 'resource'])),
  status: ignored,
  proposedNewTime: ignored,
})

/** The event that a client sends to POST and PATCH. `attachments` in it is ignored, as Graph does. */
export const eventReader: Reader = record('microsoft.graph.event', {
  subject: nullable(text),
  body: nullable(
    record('microsoft.graph.itemBody', { contentType: nullable(oneOf(['text', 'html'])), content: nullable(text) }),
  ),
  start: moment,
  end: moment,
  isAllDay: nullable(flag),
  location: nullable(location),
  locations: listOf(location),
  attendees: listOf(attendee),
  showAs: nullable(oneOf(['unknown', 'free', 'tentative', 'busy', 'oof', 'workingElsewhere'])),
  importance: nullable(oneOf(['low', 'normal', 'high'])),
  sensitivity: nullable(oneOf(['normal', 'personal', 'private', 'confidential'])),
  categories: listOf(text),
  isReminderOn: nullable(flag),
  reminderMinutesBeforeStart: nullable(integer),
  responseRequested: nullable(flag),
  allowNewTimeProposals: nullable(flag),
  hideAttendees: nullable(flag),
  isOnlineMeeting: nullable(flag),
  onlineMeetingProvider: nullable(oneOf(PROVIDERS)),
  recurrence: nullable(recurrenceBody),
  transactionId: nullable(text),
  extensions: listOf(anything),
  singleValueExtendedProperties: listOf(
    record('microsoft.graph.singleValueLegacyExtendedProperty', { id: text, value: nullable(text) }),
  ),
  multiValueExtendedProperties: listOf(
    record('microsoft.graph.multiValueLegacyExtendedProperty', { id: text, value: listOf(text) }),
  ),
  ...Object.fromEntries(
    'id changeKey createdDateTime lastModifiedDateTime bodyPreview hasAttachments iCalUId isCancelled isDraft isOrganizer onlineMeeting onlineMeetingUrl organizer originalStart originalStartTimeZone originalEndTimeZone responseStatus seriesMasterId type webLink cancelledOccurrences occurrenceId calendar instances exceptionOccurrences attachments'
      .split(' ')
      .map((name) => [name, ignored]),
  ),
})

/** What `eventReader` answers. Absent keeps, null clears. */
export type EventInput = Partial<{
  subject: string | null
  body: { contentType?: string | null; content?: string | null } | null
  start: Moment
  end: Moment
  location: Entity | null
  locations: readonly Entity[]
  attendees: readonly { emailAddress?: { name?: string | null; address?: string | null }; type?: string | null }[]
  isOnlineMeeting: boolean | null
  onlineMeetingProvider: string | null
  recurrence: Entity | null
  transactionId: string | null
  extensions: readonly unknown[]
  singleValueExtendedProperties: readonly { id: string; value: string | null }[]
  multiValueExtendedProperties: readonly MultiValueProperty[]
}> &
  Entity

/** Properties that go over as they are; null means "leave it". */
const PLAIN = [
  'isAllDay',
  'showAs',
  'importance',
  'sensitivity',
  'categories',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'responseRequested',
  'allowNewTimeProposals',
  'hideAttendees',
] as const

export type ChangeSubject = { readonly graph: PracticeGraph; readonly uid: string; readonly organizerId: string }

/**
 * What an input changes in an event, ready to be laid over it; the recurrence is not among it.
 * @throws GraphError 400 for values that contradict each other or the event
 */
export function changesOf(subject: ChangeSubject, base: EventContent, input: EventInput): Partial<EventContent> {
  const changes: { -readonly [K in keyof EventContent]?: EventContent[K] } = {}
  for (const name of PLAIN) {
    const value = input[name]
    if (value !== undefined && value !== null) Object.assign(changes, { [name]: value })
  }
  if (input.subject !== undefined) changes.subject = input.subject
  if (input.start) changes.start = input.start
  if (input.end) changes.end = input.end
  if (changes.start || changes.end) {
    changes.start = changes.start ?? base.start
    changes.end = changes.end ?? base.end
  }
  if (input.locations) changes.locations = input.locations.map(completeLocation)
  else if (input.location !== undefined) changes.locations = input.location ? [completeLocation(input.location)] : []
  if (input.attendees) changes.attendees = mergeAttendees(subject.graph, base.attendees, input.attendees)
  if (input.extensions) changes.extensions = mergeExtensions(base.extensions, input.extensions)
  if (input.singleValueExtendedProperties) {
    changes.singleValueProperties = mergeProperties(base.singleValueProperties, input.singleValueExtendedProperties)
  }
  if (input.multiValueExtendedProperties) {
    const given = input.multiValueExtendedProperties.map(({ id, value }) => ({ id: canonicalPropertyId(id), value }))
    const kept = base.multiValueProperties.filter(({ id }) => !given.some((other) => other.id === id))
    changes.multiValueProperties = [...kept, ...given]
  }
  Object.assign(changes, bodyChanges(subject, base, input))
  assertTimes({ ...base, ...changes })
  return changes
}

function bodyChanges(
  { uid, organizerId }: ChangeSubject,
  base: EventContent,
  input: EventInput,
): Partial<EventContent> {
  const given = input.body
  let body = given === undefined ? base.body : normaliseBody(given?.content ?? '', given?.contentType ?? 'text')
  let { onlineMeeting, onlineMeetingProvider } = base
  if (onlineMeeting && given !== undefined && !hasJoinBlock(body, onlineMeeting)) {
    onlineMeeting = null
    onlineMeetingProvider = 'unknown'
  } else if (!onlineMeeting && input.isOnlineMeeting === true) {
    const provider = input.onlineMeetingProvider ?? 'unknown'
    if (provider !== 'unknown' && provider !== 'teamsForBusiness') {
      throw invalidProperty(`The online meeting provider '${provider}' is not allowed in this calendar.`)
    }
    onlineMeeting = createOnlineMeeting(uid, organizerId)
    onlineMeetingProvider = 'teamsForBusiness'
    body = withJoinBlock(body, onlineMeeting)
  }
  const isSame = body === base.body && onlineMeeting === base.onlineMeeting
  return isSame ? {} : { body, onlineMeeting, onlineMeetingProvider }
}

function assertTimes({ start, end, isAllDay }: EventContent): void {
  const [startMs, endMs] = [start, end].map((at) => wallToInstant(wallOf(at), at.timeZone))
  if (startMs === undefined || endMs === undefined || endMs < startMs) {
    throw new GraphError(
      400,
      'ErrorCalendarEndDateIsEarlierThanStartDate',
      'The end date is earlier than the start date.',
    )
  }
  if (!isAllDay) return
  if (start.timeZone !== end.timeZone) {
    throw invalidProperty('Start and End of an all-day event need to be in the same time zone.')
  }
  const isMidnight = [start, end].every((at) => wallOf(at) % DAY_MS === 0)
  if (!isMidnight) throw invalidProperty('Start and End of an all-day event need to be set to midnight.')
  if (wallOf(end) - wallOf(start) < DAY_MS) throw invalidProperty('An all-day event needs to last at least 24 hours.')
}

function completeLocation(given: Entity): Entity {
  const displayName = given['displayName'] ?? ''
  return {
    ...given,
    displayName,
    locationType: given['locationType'] ?? 'default',
    uniqueId: given['uniqueId'] ?? displayName,
    uniqueIdType: given['uniqueIdType'] ?? 'private',
  }
}

function mergeAttendees(
  graph: PracticeGraph,
  known: readonly Attendee[],
  given: NonNullable<EventInput['attendees']>,
): Attendee[] {
  const merged = new Map<string, Attendee>()
  for (const { emailAddress, type } of given) {
    const address = emailAddress?.address?.trim()
    if (!address || !/^[^\s@]+@[^\s@]+$/.test(address)) {
      throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.')
    }
    const key = address.toLowerCase()
    const before = known.find((other) => other.emailAddress.address.toLowerCase() === key)
    const name = emailAddress?.name ?? before?.emailAddress.name ?? findUserByAddress(graph, address)?.displayName
    merged.set(key, {
      type: type ?? before?.type ?? 'required',
      status: before?.status ?? NEVER_ANSWERED,
      emailAddress: { name: name ?? address, address },
      ...(before?.proposedNewTime ? { proposedNewTime: before.proposedNewTime } : {}),
    })
  }
  if (merged.size > ATTENDEES_MAX) {
    throw new GraphError(400, 'ErrorTooManyRecipients', `An event can have at most ${ATTENDEES_MAX} attendees.`)
  }
  return [...merged.values()]
}

function mergeExtensions(known: readonly OpenExtension[], given: readonly unknown[]): OpenExtension[] {
  const added = given.map(checkExtension)
  const names = added.map(({ extensionName }) => extensionName.toLowerCase())
  return [...known.filter(({ extensionName }) => !names.includes(extensionName.toLowerCase())), ...added]
}

/** A property set to null goes away. */
function mergeProperties(
  known: readonly ExtendedProperty[],
  given: NonNullable<EventInput['singleValueExtendedProperties']>,
): ExtendedProperty[] {
  const ids = given.map(({ id }) => canonicalPropertyId(id))
  const set = given.flatMap(({ value }, index) => (value === null ? [] : [{ id: ids[index] ?? '', value }]))
  return [...known.filter(({ id }) => !ids.includes(id)), ...set]
}
