import type { Temporal } from 'temporal-polyfill'
import { type CalendarItem, isOn } from './calendar-item.ts'

/** Where an item stands in a day's column: minutes from midnight, and its lane among those it overlaps. */
export type PlacedItem = {
  readonly item: CalendarItem
  readonly fromMinute: number
  readonly toMinute: number
  readonly lane: number
  readonly lanes: number
}

const MINUTES_IN_DAY = 24 * 60
/** Shorter items are drawn this long, or their text could not be read. */
const MINUTES_DRAWN_MIN = 25

/**
 * Places the timed items of a day side by side where they overlap: each takes the first lane that is free, and a run
 * of items that touch one another shares one number of lanes.
 */
export function layOutDay(items: readonly CalendarItem[], date: Temporal.PlainDate): readonly PlacedItem[] {
  const spans = items
    .filter((item) => !item.isAllDay && isOn(item, date))
    .map((item) => ({ item, ...minutesOn(item, date) }))
    .sort((a, b) => a.fromMinute - b.fromMinute || b.toMinute - a.toMinute)

  const placed: PlacedItem[] = []
  let run: Omit<PlacedItem, 'lanes'>[] = []
  let laneEnds: number[] = []
  const closeRun = () => {
    placed.push(...run.map((span) => ({ ...span, lanes: laneEnds.length })))
    run = []
    laneEnds = []
  }
  for (const span of spans) {
    if (laneEnds.length > 0 && laneEnds.every((end) => end <= span.fromMinute)) closeRun()
    const free = laneEnds.findIndex((end) => end <= span.fromMinute)
    const lane = free === -1 ? laneEnds.length : free
    laneEnds[lane] = span.toMinute
    run.push({ ...span, lane })
  }
  closeRun()
  return placed
}

function minutesOn({ startsAt, endsAt }: CalendarItem, date: Temporal.PlainDate) {
  const minuteOf = (at: Temporal.PlainDateTime) => at.hour * 60 + at.minute
  const fromMinute = startsAt.toPlainDate().equals(date) ? minuteOf(startsAt) : 0
  const end = endsAt.toPlainDate().equals(date) ? minuteOf(endsAt) : MINUTES_IN_DAY
  return { fromMinute, toMinute: Math.min(MINUTES_IN_DAY, Math.max(end, fromMinute + MINUTES_DRAWN_MIN)) }
}
