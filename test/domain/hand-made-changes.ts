import { Temporal } from 'temporal-polyfill'
import { asId, type EventId } from '../../shared/domain/ids.ts'
import type { SeenCalendar, SeenDate, SeenItem } from '../../shared/domain/seen-calendar.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'

/** What a person may do to the `target`-th date (or its item) of a calendar. */
export type Deed =
  | { readonly kind: 'move'; readonly target: number; readonly minutes: number }
  | { readonly kind: 'resize'; readonly target: number; readonly minutes: number }
  | { readonly kind: 'answer'; readonly target: number; readonly says: 'open' | 'declined' }
  | { readonly kind: 'propose'; readonly target: number; readonly minutes: number }
  | { readonly kind: 'cancel'; readonly target: number }
  | { readonly kind: 'take-out'; readonly target: number }
  | { readonly kind: 'put-back'; readonly target: number }
  | { readonly kind: 'shift-all'; readonly target: number; readonly minutes: number }
  | { readonly kind: 'split'; readonly target: number; readonly minutes: number; readonly keepsKey: boolean }

type HandDate = SeenDate & { readonly meetingId: string }
type HandItem = Omit<SeenItem, 'dates'> & { readonly isOut: boolean; readonly dates: readonly HandDate[] }

/** A calendar as plain data, with the meeting written on every date: what following has to find out by itself. */
export type HandCalendar = { readonly items: readonly HandItem[]; readonly lost: ReadonlySet<string> }

export function handCalendarOf(series: MentoringSeries): HandCalendar {
  const items = series.events.map(
    (event): HandItem => ({
      key: event.key,
      eventId: event.eventId!,
      iCalUId: event.iCalUId!,
      isOut: false,
      dates: series.meetings
        .filter(({ eventKey }) => eventKey === event.key)
        .map(({ id, startsAt, endsAt }) => ({
          meetingId: id,
          eventId: asId<EventId>(`${event.eventId}/${id}`),
          ...(event.shape.kind === 'single' ? {} : { originalStart: startsAt }),
          startsAt,
          endsAt,
          isCancelled: false,
          answer: 'open',
        })),
    }),
  )
  return { items, lost: new Set() }
}

/** What reading that calendar answers. */
export const seenIn = ({ items }: HandCalendar): SeenCalendar => ({
  kind: 'read',
  items: items
    .filter(({ isOut }) => !isOut)
    .map(({ isOut: _, dates, ...item }) => ({
      ...item,
      dates: dates.filter(({ isCancelled }) => !isCancelled).map(({ meetingId: _id, ...date }) => date),
    })),
})

/** Where a meeting really is, or why it has no date. */
export function whereabouts({ items, lost }: HandCalendar, meetingId: string) {
  for (const { isOut, dates } of items) {
    const date = dates.find((candidate) => candidate.meetingId === meetingId)
    if (!date) continue
    if (isOut || date.isCancelled || lost.has(meetingId)) return { dateless: 'cancelled' }
    const { startsAt, endsAt, proposal } = date
    return {
      startsAt,
      endsAt,
      ...(date.answer === 'declined' ? { dateless: 'declined' } : {}),
      ...(proposal ? { proposal } : {}),
    }
  }
  return { dateless: 'cancelled' }
}

const shifted = (instant: string, minutes: number): string => Temporal.Instant.from(instant).add({ minutes }).toString()
const moved = (date: HandDate, minutes: number): HandDate => {
  const { proposal: _, ...rest } = date
  // Whoever is asked for another time is asked again.
  return { ...rest, startsAt: shifted(date.startsAt, minutes), endsAt: shifted(date.endsAt, minutes), answer: 'open' }
}

/** The calendar after a deed; one that is not possible just then changes nothing. */
export function doByHand(calendar: HandCalendar, deed: Deed): HandCalendar {
  const all = calendar.items.flatMap((item) => item.dates.map((date) => ({ item, date })))
  const chosen = all[deed.target % all.length]
  if (!chosen) return calendar
  const { item, date } = chosen
  const withItem = (next: HandItem, ...more: HandItem[]): HandCalendar => ({
    ...calendar,
    items: [...calendar.items.map((other) => (other === item ? next : other)), ...more],
  })
  const withDate = (next: HandDate) =>
    withItem({ ...item, dates: item.dates.map((other) => (other === date ? next : other)) })
  if (deed.kind === 'put-back') return withItem({ ...item, isOut: false })
  if (item.isOut || date.isCancelled) return calendar
  switch (deed.kind) {
    case 'take-out':
      return withItem({ ...item, isOut: true })
    case 'move':
      return withDate(moved(date, deed.minutes))
    case 'resize':
      return withDate({ ...date, endsAt: shifted(date.startsAt, Math.abs(deed.minutes) + 15) })
    case 'answer': {
      const { proposal: _, ...rest } = date
      return withDate({ ...rest, answer: deed.says })
    }
    case 'propose': {
      const proposal = { startsAt: shifted(date.startsAt, deed.minutes), endsAt: shifted(date.endsAt, deed.minutes) }
      return withDate({ ...date, proposal })
    }
    case 'cancel':
      return withDate({ ...date, isCancelled: true })
    case 'shift-all':
      return withItem({ ...item, dates: item.dates.map((one) => reset(one, deed.minutes)) })
    case 'split':
      return split(calendar, item, date, deed)
  }
}

/** An edit of the whole series puts every date back onto its pattern, wherever it was moved to. */
function reset(date: HandDate, minutes: number): HandDate {
  if (date.originalStart === undefined || date.isCancelled) return date.isCancelled ? date : moved(date, minutes)
  const length = Date.parse(date.endsAt) - Date.parse(date.startsAt)
  const startsAt = shifted(date.originalStart, minutes)
  const { proposal: _, ...rest } = date
  return { ...rest, originalStart: startsAt, startsAt, endsAt: shifted(startsAt, length / 60_000), answer: 'open' }
}

/** "This and following": the old series ends before the date, a new one goes on, with our key or without it. */
function split(
  calendar: HandCalendar,
  item: HandItem,
  from: HandDate,
  { minutes, keepsKey }: Extract<Deed, { kind: 'split' }>,
): HandCalendar {
  const at = item.dates.indexOf(from)
  if (at === 0 || from.originalStart === undefined) return calendar
  const number = calendar.items.length + 1
  const rest = item.dates.slice(at)
  const part: HandItem = {
    ...item,
    key: keepsKey ? item.key : 'nobody knows it',
    eventId: asId<EventId>(`event-${number}`),
    iCalUId: `uid-${number}`,
    dates: rest.map((date) => reset(date, minutes)),
  }
  return {
    items: [
      ...calendar.items.map((other) => (other === item ? { ...item, dates: item.dates.slice(0, at) } : other)),
      part,
    ],
    lost: keepsKey ? calendar.lost : new Set([...calendar.lost, ...rest.map(({ meetingId }) => meetingId)]),
  }
}
