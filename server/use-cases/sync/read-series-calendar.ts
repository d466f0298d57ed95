import { Temporal } from 'temporal-polyfill'
import { FOLLOWED_DAYS, isFollowed } from '../../../shared/domain/follow-series.ts'
import type { EventId } from '../../../shared/domain/ids.ts'
import { personInRole } from '../../../shared/domain/relationship.ts'
import type { SeenCalendar, SeenDate, SeenItem } from '../../../shared/domain/seen-calendar.ts'
import type { CalendarProblem, MentoringSeries, SeriesEvent } from '../../../shared/domain/series.ts'
import { type Calendar, CalendarError, type CalendarEvent, type Period } from '../../ports/calendar.ts'

/** A date may be moved far beyond the last one; what is not found within this counts as taken out. */
const MARGIN_DAYS = 730
const PROBLEMS: readonly string[] = ['mailbox-not-found', 'mailbox-not-reachable', 'access-denied']

/**
 * What the organizer's calendar holds of a series, read item by item: nothing is concluded from what anybody said about
 * it. Where dates are missing, other items that carry our key are looked for too, because Outlook splits a series in two
 * when somebody changes "this and following".
 * @param now RFC 3339
 * @throws CalendarError for outages; a mailbox that is gone or shut is an answer
 */
export async function readSeriesCalendar(
  calendar: Calendar,
  series: MentoringSeries,
  now: string,
): Promise<SeenCalendar> {
  try {
    const followed = series.events.filter((event) => isFollowed(series, event, now))
    const read = await Promise.all(followed.map((event) => readItem(calendar, series, event, now)))
    const items = read.filter((item) => item !== undefined)
    return { kind: 'read', items: [...items, ...(await readParts(calendar, series, { followed, items, now }))] }
  } catch (error) {
    if (error instanceof CalendarError && isProblem(error.code)) return { kind: 'unreadable', problem: error.code }
    throw error
  }
}

const isProblem = (code: string): code is CalendarProblem => PROBLEMS.includes(code)

async function readItem(
  calendar: Calendar,
  series: MentoringSeries,
  { key, eventId }: SeriesEvent,
  now: string,
): Promise<SeenItem | undefined> {
  const found = eventId && (await calendar.findEvent(mailboxOf(series), eventId))
  return found ? itemOf(calendar, series, { key, found, now }) : undefined
}

async function itemOf(
  calendar: Calendar,
  series: MentoringSeries,
  { key, found, now }: { readonly key: string; readonly found: CalendarEvent; readonly now: string },
): Promise<SeenItem> {
  const { id, iCalUId, webLink, kind } = found
  const held =
    kind === 'series' ? await calendar.listOccurrences(mailboxOf(series), id, periodOf(series, now)) : [found]
  return {
    key,
    eventId: id,
    iCalUId,
    ...(webLink === undefined ? {} : { webLink }),
    dates: found.isCancelled ? [] : held.map((event) => dateOf(series, event)),
  }
}

/** Items that are not stored and carry the key of one that lacks dates. */
async function readParts(
  calendar: Calendar,
  series: MentoringSeries,
  {
    followed,
    items,
    now,
  }: { readonly followed: readonly SeriesEvent[]; readonly items: readonly SeenItem[]; readonly now: string },
): Promise<readonly SeenItem[]> {
  const known = new Set<EventId>(series.events.flatMap(({ eventId }) => eventId ?? []))
  const parts: SeenItem[] = []
  for (const event of followed.filter((candidate) => lacksDates(series, candidate, items, now))) {
    // A part of a part still carries the key that its draft was made with.
    for (const found of await calendar.findEventsByKey(mailboxOf(series), event.draft.key)) {
      if (known.has(found.id)) continue
      known.add(found.id)
      parts.push(await itemOf(calendar, series, { key: event.key, found, now }))
    }
  }
  return parts
}

function lacksDates(
  { meetings }: MentoringSeries,
  { key, shape }: SeriesEvent,
  items: readonly SeenItem[],
  now: string,
): boolean {
  const wanted = meetings.filter(
    ({ eventKey, cancelled, endsAt }) => eventKey === key && !cancelled && Date.parse(endsAt) > Date.parse(now),
  )
  const held = items
    .find((item) => item.key === key)
    ?.dates.filter(({ endsAt }) => Date.parse(endsAt) > Date.parse(now))
  return shape.kind === 'recurring' && wanted.length > (held?.length ?? 0)
}

const mailboxOf = (series: MentoringSeries): string => personInRole(series, series.organizer)

function periodOf({ meetings }: MentoringSeries, now: string): Period {
  const from = Temporal.Instant.from(now).subtract({ hours: FOLLOWED_DAYS * 24 })
  const ends = meetings.map(({ endsAt }) => Temporal.Instant.from(endsAt)).toSorted(Temporal.Instant.compare)
  const last = ends.at(-1) ?? from
  const until = Temporal.Instant.compare(last, from) > 0 ? last : from
  return { start: from.toString(), end: until.add({ hours: MARGIN_DAYS * 24 }).toString() }
}

function dateOf({ participants, members = [], organizer }: MentoringSeries, event: CalendarEvent): SeenDate {
  const invitationOf = ({ email }: { readonly email: string }) =>
    event.attendees.find((attendee) => attendee.email.toLowerCase() === email.toLowerCase())
  const invited = invitationOf(participants[organizer === 'mentee' ? 'mentor' : 'mentee'])
  const absent = members.filter((member) => invitationOf(member)?.answer === 'declined')
  return {
    eventId: event.id,
    ...(event.originalStart === undefined ? {} : { originalStart: event.originalStart }),
    startsAt: event.period.start,
    endsAt: event.period.end,
    isCancelled: event.isCancelled,
    answer: invited === undefined ? 'not-invited' : invited.answer === 'declined' ? 'declined' : 'open',
    ...(absent.length > 0 ? { absent: absent.map(({ personId }) => personId) } : {}),
    ...(invited?.proposal ? { proposal: { startsAt: invited.proposal.start, endsAt: invited.proposal.end } } : {}),
  }
}
