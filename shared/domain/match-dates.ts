import { Temporal } from 'temporal-polyfill'
import type { EventId, MeetingId } from './ids.ts'
import type { SeenDate, SeenItem } from './seen-calendar.ts'
import type { Meeting, MentoringSeries, SeriesEvent } from './series.ts'

/** How far from its meeting an unnamed date still counts as it, unless it lies in the meeting's window. */
const NEAR_DAYS = 3
/** Joins the key of an item and the number of one that took over part of it. */
const PART = '~'

type Match = {
  readonly date: SeenDate
  readonly itemId: EventId
  /** What the calendar calls it from now on, where that is not what was stored. */
  readonly occurrenceDate?: string
}
type Matched = {
  readonly found: ReadonlyMap<MeetingId, Match>
  /** Items that carry one of our keys and are not stored: a series that Outlook split in two ("this and following"). */
  readonly adopted: readonly { readonly event: SeriesEvent }[]
}

/**
 * Which date of the calendar is which meeting. An occurrence keeps the name that its series gave it, also when it is
 * moved; where somebody edited the whole series, or split it, names change, and what is left is matched by nearness.
 * @param now RFC 3339
 */
export function matchDates(series: MentoringSeries, items: readonly SeenItem[], now: string): Matched {
  const found = new Map<MeetingId, Match>()
  const stored = new Set(series.events.map(({ eventId }) => eventId))
  const live = series.meetings.filter(({ cancelled }) => !cancelled)
  // What was held has its place in the past, whatever else is near it.
  const isOpen = ({ id, endsAt }: Meeting) => !found.has(id) && Date.parse(endsAt) > Date.parse(now)
  const leftOver: { readonly item: SeenItem; readonly dates: readonly SeenDate[] }[] = []
  for (const event of series.events) {
    const item = items.find(({ eventId }) => eventId === event.eventId)
    if (!item) continue
    const own = live.filter(({ eventKey }) => eventKey === event.key)
    const free = matchByName(series, { event, item, meetings: own }, found)
    leftOver.push({ item, dates: matchByNearness(series, own.filter(isOpen), free, item.eventId, found) })
  }
  const lostOf = (key: string) => live.filter((meeting) => isOpen(meeting) && baseOf(meeting.eventKey) === baseOf(key))
  // A date that was taken out before its series was split comes back on the part when that is edited as a whole.
  for (const { item, dates } of leftOver) matchByNearness(series, lostOf(item.key), dates, item.eventId, found)
  const adopted: { readonly event: SeriesEvent }[] = []
  for (const item of items) {
    if (stored.has(item.eventId)) continue
    const origin = series.events.find(({ key }) => key === item.key)
    if (!origin) continue
    const before = found.size
    const invited = item.dates.filter(({ answer, isCancelled }) => answer !== 'not-invited' && !isCancelled)
    matchByNearness(series, lostOf(item.key), invited, item.eventId, found)
    if (found.size > before) adopted.push({ event: partOf(origin, item, series.events.length + adopted.length) })
  }
  return { found, adopted }
}

const baseOf = (key: string): string => key.split(PART, 1)[0] ?? key

/** The stored item of one that took over part of another; its draft goes along, and with it the key it carries. */
function partOf(origin: SeriesEvent, { eventId, iCalUId, webLink }: SeenItem, number: number): SeriesEvent {
  const { checkedAt: _checked, problem: _problem, webLink: _link, ...rest } = origin
  const key = `${baseOf(origin.key)}${PART}${number + 1}`
  return { ...rest, key, step: 'verified', tries: 0, eventId, iCalUId, ...(webLink === undefined ? {} : { webLink }) }
}

/** Matches what bears the name it was stored under; answers the dates that are nobody's. */
function matchByName(
  { timeZone }: MentoringSeries,
  {
    event,
    item,
    meetings,
  }: { readonly event: SeriesEvent; readonly item: SeenItem; readonly meetings: readonly Meeting[] },
  found: Map<MeetingId, Match>,
): SeenDate[] {
  const [only] = item.dates
  const [single] = meetings
  // A single event has no names, and needs none while it holds one meeting.
  if (only && single && item.dates.length === 1 && meetings.length === 1 && only.originalStart === undefined) {
    found.set(single.id, { date: only, itemId: item.eventId })
    return []
  }
  const free: SeenDate[] = []
  for (const date of item.dates) {
    const name = date.originalStart && wallDate(date.originalStart, timeZone)
    const meeting = name && meetings.find((candidate) => nameOf(candidate, event) === name)
    if (meeting && !found.has(meeting.id)) found.set(meeting.id, { date, itemId: item.eventId })
    else free.push(date)
  }
  return free
}

/** Nearest pairs first, so that one odd date does not push all others one on; answers the dates that are left. */
function matchByNearness(
  { timeZone }: MentoringSeries,
  meetings: readonly Meeting[],
  dates: readonly SeenDate[],
  itemId: EventId,
  found: Map<MeetingId, Match>,
): readonly SeenDate[] {
  const pairs = meetings.flatMap((meeting) =>
    dates
      .filter((date) => isPlausible(meeting, date, timeZone))
      .map((date) => ({ meeting, date, distance: distanceOf(meeting, date) })),
  )
  pairs.sort((a, b) => a.distance - b.distance)
  const taken = new Set<SeenDate>()
  for (const { meeting, date } of pairs) {
    if (found.has(meeting.id) || taken.has(date)) continue
    taken.add(date)
    const occurrenceDate = wallDate(date.originalStart ?? date.startsAt, timeZone)
    found.set(meeting.id, { date, itemId, occurrenceDate })
  }
  return dates.filter((date) => !taken.has(date))
}

/** The wall date by which a meeting's occurrence is known; a single event's is that of the meeting. */
function nameOf(meeting: Meeting, { shape }: SeriesEvent): string | undefined {
  if (meeting.occurrenceDate !== undefined) return meeting.occurrenceDate
  if (shape.kind === 'single') return undefined
  return shape.occurrences.find((occurrence) => occurrence.meeting === meeting.number - 1)?.date
}

function isPlausible(meeting: Meeting, date: SeenDate, timeZone: string): boolean {
  const day = wallDate(date.startsAt, timeZone)
  const isInWindow = meeting.window.from <= day && day < meeting.window.to
  return isInWindow || distanceOf(meeting, date) <= NEAR_DAYS * 86_400_000
}

const distanceOf = ({ startsAt }: Meeting, date: SeenDate): number =>
  Math.abs(Date.parse(startsAt) - Date.parse(date.startsAt))

const wallDate = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
