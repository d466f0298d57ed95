import type { CodedEntry } from './apply-code-map.ts'
import { ExpansionBudget } from './expand-rule.ts'
import {
  type FeedZones,
  instantOf,
  listStarts,
  MomentSet,
  type PlacedEvent,
  periodOf,
  placeVevent,
  type Start,
} from './place-vevent.ts'
import { isFaulty, type Vevent } from './read-vevent.ts'
import { FEED_LIMITS, type ProblemList, refuseFeed } from './refuse-feed.ts'
import type { UnknownDays } from './unknown-days.ts'
import { type DayNumber, dayNumberOf } from './wall-seconds.ts'

export type OccurrenceContext = {
  readonly zones: FeedZones
  /** Days wanted, `to` exclusive. */
  readonly from: DayNumber
  readonly to: DayNumber
  readonly problems: ProblemList
  /** Whether the code map leaves entries with these texts out; then a missing length does no harm. */
  readonly isIgnored: (texts: readonly string[]) => boolean
}
export type Occurrences = {
  readonly entries: readonly CodedEntry[]
  readonly unknownDays: readonly UnknownDays[]
  /** First day with an entry, and the day after the last one. */
  readonly from?: DayNumber
  readonly to?: DayNumber
}

/**
 * The occurrences of all entries in the wanted days: rules and extra dates expanded, exceptions taken out, replaced
 * occurrences put where they moved to, cancelled ones and older versions dropped (RFC 5545, 3.8.4.4 and 3.8.7.4).
 * Whatever cannot be placed makes its days unknown and is reported.
 */
export function listOccurrences(events: readonly Vevent[], context: OccurrenceContext): Occurrences {
  const budget = new ExpansionBudget()
  const unknownDays: UnknownDays[] = []
  const sound: PlacedEvent[] = []
  for (const event of events) {
    const placed = placeOrReport(event, context)
    if ('from' in placed) unknownDays.push(placed)
    else if (event.faults.length === 0) sound.push(placed)
    else unknownDays.push(...listUnknownDays(placed, context, budget))
  }
  const entries: CodedEntry[] = []
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const group of groupVersions(sound, context.zones)) {
    const replaced = new MomentSet(
      group.flatMap(({ replaces }) => replaces ?? []),
      context.zones,
    )
    for (const placed of group) {
      from = Math.min(from, dayNumberOf(placed.start.wall))
      to = Math.max(to, dayNumberOf(placed.start.wall) + 1)
      if (placed.event.isCancelled) continue
      const starts = placed.replaces
        ? [placed.start]
        : listStarts(placed, context, context.zones, budget).filter((start) => !replaced.has(start, placed.isAllDay))
      for (const entry of starts.map((start) => entryOf(placed, start, context.zones))) {
        to = Math.max(to, dayNumberOf(entry.end - 1) + 1)
        entries.push(entry)
      }
      if (entries.length > FEED_LIMITS.expansions) {
        refuseFeed(placeOf(placed.event), `More than ${FEED_LIMITS.expansions} occurrences in the period.`)
      }
    }
  }
  return { entries, unknownDays, ...(Number.isFinite(from) ? { from, to } : {}) }
}

function placeOrReport(event: Vevent, context: OccurrenceContext): PlacedEvent | UnknownDays {
  const { problems, zones } = context
  const label = labelOf(event)
  for (const { path, message } of event.faults) problems.add(path, message)
  if (!event.start) return { from: context.from, to: context.to, label }
  const takesTime = event.faults.length > 0 || !(event.isCancelled || context.isIgnored(event.texts))
  const placed = placeVevent(event, event.start, zones, takesTime)
  if (!('message' in placed)) return placed
  if (event.faults.length === 0) problems.add(`${placeOf(event)}: ${placed.path}`, placed.message)
  // The zone may be what is missing, so the day before and the day after count too; of a rule all days from then on.
  const first = dayNumberOf(Math.min(event.start.wall, event.end?.wall ?? event.start.wall)) - 1
  const last = dayNumberOf(Math.max(event.start.wall, event.end?.wall ?? event.start.wall)) + 2
  const isOpen = event.rules.length > 0 || event.extraTimes.length > 0 || hasOpenDays(event)
  return { from: first, to: isOpen ? Math.max(context.to, last) : last, label }
}

function listUnknownDays(
  placed: PlacedEvent,
  context: OccurrenceContext,
  budget: ExpansionBudget,
): readonly UnknownDays[] {
  const { event, isAllDay } = placed
  const label = labelOf(event)
  if (hasOpenDays(event)) {
    const first = Math.min(placed.start.wall, event.replaces?.wall ?? placed.start.wall)
    return [{ from: dayNumberOf(first) - 1, to: context.to, label }]
  }
  return listStarts(placed, context, context.zones, budget).map((start) => {
    const { start: from, end } = periodOf(start, isAllDay, context.zones.person)
    return { from: dayNumberOf(from), to: dayNumberOf(end - 1) + 1, label }
  })
}

/** Whether what cannot be read may reach any later day: the entry's end, or what repeats it. */
const hasOpenDays = (event: Vevent) =>
  ['DTEND', 'DURATION', 'RRULE', 'RDATE', 'RECURRENCE-ID'].some((name) => isFaulty(event.faults, name))

/** Entries of one UID together; of several versions of the same entry only the newest (highest SEQUENCE). */
function groupVersions(placed: readonly PlacedEvent[], zones: FeedZones): readonly (readonly PlacedEvent[])[] {
  const groups = new Map<string, PlacedEvent[]>()
  for (const each of placed) {
    const { uid, number } = each.event
    const key = uid === undefined ? `number ${number}` : `uid ${uid}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  return [...groups.values()].map((group) => {
    const newest = new Map<string, number>()
    for (const each of group) {
      const key = versionOf(each, zones)
      newest.set(key, Math.max(newest.get(key) ?? 0, each.event.sequence))
    }
    return group.filter((each) => each.event.sequence === newest.get(versionOf(each, zones)))
  })
}
const versionOf = ({ replaces }: PlacedEvent, zones: FeedZones) => {
  if (!replaces) return 'series'
  return replaces.form === 'date' ? `date ${replaces.wall}` : `instant ${instantOf(replaces, zones)}`
}

function entryOf({ event, isAllDay }: PlacedEvent, start: Start, zones: FeedZones): CodedEntry {
  return { texts: event.texts, line: event.line, isAllDay, ...periodOf(start, isAllDay, zones.person) }
}
const placeOf = (event: Vevent) => `VEVENT ${event.number} (line ${event.line})`
const labelOf = (event: Vevent) => `Unreadable entry, line ${event.line}`
