import type { PracticeUser } from '../../people.ts'
import type { GraphReply, PracticeGraph, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import type { Entity } from '../odata-filter.ts'
import { type BusyTime, busyTimes, weightOf } from './busy-times.ts'
import { accessDenied } from './calendar-store.ts'
import { emailAddress, location, timeSlot } from './event-input.ts'
import type { EmailAddress, TimeSlot } from './event-store.ts'
import { minutesOf } from './get-schedule.ts'
import { mailboxOf } from './meeting-mail.ts'
import { preferencesOf } from './preferences.ts'
import {
  decimal,
  flag,
  integer,
  invalidProperty,
  listOf,
  nullable,
  oneOf,
  readBody,
  record,
  text,
} from './read-body.ts'
import { dayOf, graphWall, instantOf, instantToWall } from './zone-clock.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const STEP_MS = 30 * MINUTE_MS
const CANDIDATES_DEFAULT = 20
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** "user: findMeetingTimes": free 100 %, unknown 49 %, busy 0 %. */
const UNKNOWN_CHANCE = 49

const locationItem = record('microsoft.graph.locationConstraintItem', {
  resolveAvailability: nullable(flag),
  ...Object.fromEntries(
    ['displayName', 'locationEmailAddress', 'locationUri', 'uniqueId'].map((name) => [name, nullable(text)]),
  ),
  ...Object.fromEntries(['locationType', 'uniqueIdType'].map((name) => [name, nullable(text)])),
  address: nullable((value, path) => location({ address: value }, path)),
  coordinates: nullable((value, path) => location({ coordinates: value }, path)),
})
const reader = record('findMeetingTimes', {
  attendees: listOf(
    record('microsoft.graph.attendeeBase', {
      type: nullable(oneOf(['required', 'optional', 'resource'])),
      emailAddress,
    }),
  ),
  locationConstraint: nullable(
    record('microsoft.graph.locationConstraint', {
      isRequired: nullable(flag),
      suggestLocation: nullable(flag),
      locations: listOf(locationItem),
    }),
  ),
  timeConstraint: nullable(
    record('microsoft.graph.timeConstraint', {
      activityDomain: nullable(oneOf(['unknown', 'work', 'personal', 'unrestricted'])),
      timeSlots: listOf(timeSlot),
    }),
  ),
  meetingDuration: nullable(text),
  maxCandidates: nullable(integer),
  isOrganizerOptional: nullable(flag),
  returnSuggestionReasons: nullable(flag),
  minimumAttendeePercentage: nullable(decimal),
})

type Input = {
  attendees?: readonly { type?: string | null; emailAddress?: Partial<EmailAddress> }[]
  locationConstraint?: { locations?: readonly Entity[] } | null
  timeConstraint?: { activityDomain?: string | null; timeSlots?: readonly TimeSlot[] } | null
  meetingDuration?: string | null
  maxCandidates?: number | null
  isOrganizerOptional?: boolean | null
  returnSuggestionReasons?: boolean | null
  minimumAttendeePercentage?: number | null
}
/** Somebody whose time counts: their busy times, or undefined when nothing is known. */
type Person = { readonly address: string; readonly busy: readonly BusyTime[] | undefined }
type Candidate = {
  readonly startMs: number
  readonly endMs: number
  readonly confidence: number
  readonly organizer: string
  readonly attendees: readonly { readonly address: string; readonly status: string }[]
}

/**
 * POST …/findMeetingTimes: single slots in which the organizer and enough attendees are free. For signed-in users only.
 * Graph docs: "user: findMeetingTimes", "Find possible meeting times on the Outlook calendar".
 */
export function findMeetingTimes(context: RouteContext): GraphReply {
  const { graph, request } = context
  const organizer = requireMailbox(context)
  if (request.caller.kind === 'app') throw accessDenied()
  const preferences = preferencesOf(request.headers)
  const input: Input = readBody(reader, request.body, 'findMeetingTimes')
  const durationMs = durationOf(input.meetingDuration ?? 'PT30M')
  const slots = (input.timeConstraint?.timeSlots ?? []).map(
    ({ start, end }) => [instantOf(start), instantOf(end)] as const,
  )
  const now = graph.clock.now().epochMilliseconds
  const windows = slots.length > 0 ? slots : [[now, now + 7 * DAY_MS] as const]
  const from = Math.min(...windows.map(([start]) => start))
  const to = Math.max(...windows.map(([, end]) => end))
  const people = (input.attendees ?? []).map((one) => personOf(graph, one.emailAddress?.address ?? '', from, to))
  const own: Person = { address: organizer.mail, busy: busyTimes(graph, organizer, from, to) }
  const domain = input.timeConstraint?.activityDomain ?? 'work'
  const all = windows.flatMap(([start, end]) =>
    startsIn(start, end, durationMs)
      .filter((startMs) => fitsDomain(organizer, domain, startMs, startMs + durationMs))
      .map((startMs) => rate(startMs, durationMs, own, people)),
  )
  const minimum = input.minimumAttendeePercentage ?? 50
  const isOrganizerFree = ({ organizer: status }: Candidate) => input.isOrganizerOptional || weightOf(status) < 2
  const found = all
    .filter((candidate) => isOrganizerFree(candidate) && candidate.confidence >= minimum)
    .sort((left, right) => right.confidence - left.confidence || left.startMs - right.startMs)
    .slice(0, input.maxCandidates ?? CANDIDATES_DEFAULT)
  const isUnknown = people.some(({ busy }) => busy === undefined)
  const reason = !all.some(isOrganizerFree)
    ? 'OrganizerUnavailable'
    : isUnknown
      ? 'AttendeesUnavailableOrUnknown'
      : 'AttendeesUnavailable'
  return {
    status: 200,
    headers: preferences.applied,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#microsoft.graph.meetingTimeSuggestionsResult`,
      emptySuggestionsReason: found.length > 0 ? '' : reason,
      meetingTimeSuggestions: found.map((candidate, index) =>
        viewSuggestion(candidate, index + 1, input, preferences.timeZone ?? 'UTC'),
      ),
    },
  }
}

function durationOf(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text)
  const [days = 0, hours = 0, minutes = 0] = (match?.slice(1) ?? []).map((part) => Number(part ?? 0))
  const durationMs = days * DAY_MS + hours * 60 * MINUTE_MS + minutes * MINUTE_MS
  if (!match || durationMs <= 0) throw invalidProperty(`'${text}' is not the duration of a meeting.`)
  return durationMs
}

function personOf(graph: PracticeGraph, address: string, from: number, to: number): Person {
  const user = mailboxOf(graph, address)
  return { address, busy: user && busyTimes(graph, user, from, to) }
}

function startsIn(from: number, to: number, durationMs: number): number[] {
  const starts: number[] = []
  for (let start = Math.ceil(from / STEP_MS) * STEP_MS; start + durationMs <= to; start += STEP_MS) starts.push(start)
  return starts
}

/** `work`: the organizer's working hours; `personal`: those and whole weekends; `unrestricted` and `unknown`: any time. */
function fitsDomain({ workingHours, timeZone }: PracticeUser, domain: string, startMs: number, endMs: number): boolean {
  if (domain === 'unrestricted' || domain === 'unknown') return true
  const [start, end] = [instantToWall(startMs, timeZone), instantToWall(endMs, timeZone)]
  const weekday = DAYS[new Date(start).getUTCDay()] ?? ''
  if (domain === 'personal' && (weekday === 'saturday' || weekday === 'sunday')) return true
  const midnight = dayOf(start) * DAY_MS
  return (
    workingHours.daysOfWeek.includes(weekday) &&
    start - midnight >= minutesOf(workingHours.startTime) * MINUTE_MS &&
    end - midnight <= minutesOf(workingHours.endTime) * MINUTE_MS
  )
}

function rate(startMs: number, durationMs: number, own: Person, people: readonly Person[]): Candidate {
  const endMs = startMs + durationMs
  const attendees = people.map((person) => ({ address: person.address, status: statusIn(person, startMs, endMs) }))
  const chances = attendees.map(({ status }): number =>
    status === 'unknown' ? UNKNOWN_CHANCE : weightOf(status) === 0 ? 100 : 0,
  )
  const total = chances.reduce((sum, chance) => sum + chance, 0)
  return {
    startMs,
    endMs,
    confidence: chances.length > 0 ? total / chances.length : 100,
    organizer: statusIn(own, startMs, endMs),
    attendees,
  }
}

/** The heaviest status in a slot; several people's tentative times count as taken. */
function statusIn({ busy }: Person, startMs: number, endMs: number): string {
  if (!busy) return 'unknown'
  return busy
    .filter((time) => time.startMs < endMs && time.endMs > startMs)
    .reduce((heaviest, { status }) => (weightOf(status) > weightOf(heaviest) ? status : heaviest), 'free')
}

function viewSuggestion(candidate: Candidate, order: number, input: Input, zone: string): Entity {
  const at = (instantMs: number) => ({ dateTime: graphWall(instantToWall(instantMs, zone)), timeZone: zone })
  const isEverybody = candidate.confidence === 100
  return {
    confidence: candidate.confidence,
    order,
    organizerAvailability: candidate.organizer,
    ...(input.returnSuggestionReasons
      ? {
          suggestionReason: isEverybody
            ? 'Suggested because it is one of the nearest times when all attendees are available.'
            : 'Suggested because it is one of the nearest times when most attendees are available.',
        }
      : {}),
    attendeeAvailability: candidate.attendees.map(({ address, status }, index) => ({
      availability: status,
      attendee: { type: input.attendees?.[index]?.type ?? 'required', emailAddress: { address } },
    })),
    locations: (input.locationConstraint?.locations ?? []).map(({ resolveAvailability: _resolve, ...place }) => place),
    meetingTimeSlot: { start: at(candidate.startMs), end: at(candidate.endMs) },
  }
}
