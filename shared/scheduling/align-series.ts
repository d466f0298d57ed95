import { dayOfOccurrence, patternsOn } from './recurrence-days.ts'
import type { RecurrencePattern } from './types.ts'

/** A meeting on the wall clock of the series' zone; `index` is its place in the caller's list. */
export type WallMeeting = {
  readonly index: number
  /** Epoch minutes. */
  readonly instant: number
  /** Epoch day and minute of the day on the wall clock. */
  readonly day: number
  readonly time: number
  readonly minutes: number
}

type AlignedOccurrence = {
  /** Epoch day on which the pattern puts it. */
  readonly day: number
  readonly meeting: WallMeeting | undefined
  readonly change: 'none' | 'moved' | 'dropped'
}
export type SeriesAlignment = {
  readonly pattern: RecurrencePattern
  readonly time: number
  readonly minutes: number
  readonly occurrences: readonly AlignedOccurrence[]
}

/** Fewer do not earn a recurring event. */
const UNCHANGED_MIN = 3
const INTERVAL_MAX = 52
const DAYS_PER_PERIOD = { weekly: 7, 'monthly-by-weekday': 28, 'monthly-by-day': 28 }
/** Requests that booking a single event costs, against one for each changed occurrence; the others favour fewer changes. */
const SINGLE_COSTS = [4, 2, 1.01] as const
/** Patterns that are aligned fully, best first by the meetings they hold as they are. */
const ALIGNED_MAX = 12
/** Occurrences tried before the first and after the last meeting the pattern holds. */
const MARGIN = 4

type Candidate = {
  readonly pattern: RecurrencePattern
  readonly seed: WallMeeting
  readonly dayAt: (occurrence: number) => number
  readonly unchanged: number
}

/**
 * The recurring event that leaves the fewest calendar items, or `undefined` where none clearly saves.
 * @param meetings in order of their instants
 * @param startsOn instant of a wall day and minute, as the calendar resolves it
 */
export function alignSeries(
  meetings: readonly WallMeeting[],
  startsOn: (day: number, time: number) => number,
): SeriesAlignment | undefined {
  let best: { readonly alignment: SeriesAlignment; readonly items: number; readonly changes: number } | undefined
  for (const candidate of listCandidates(meetings, startsOn)) {
    // Every meeting that the pattern does not hold costs at least one change, and no later candidate holds more.
    if (best?.items === 1 && best.changes <= meetings.length - candidate.unchanged) break
    for (const singleCost of SINGLE_COSTS) {
      const alignment = align(meetings, candidate, singleCost, startsOn)
      if (!alignment) continue
      const held = alignment.occurrences.filter(({ meeting }) => meeting).length
      const changes = alignment.occurrences.filter(({ change }) => change !== 'none').length
      const unchanged = alignment.occurrences.length - changes
      if (unchanged < UNCHANGED_MIN || unchanged <= changes) continue
      const items = 1 + meetings.length - held
      if (!best || items < best.items || (items === best.items && changes < best.changes)) {
        best = { alignment, items, changes }
      }
    }
  }
  return best?.alignment
}

/** Every pattern that holds at least three meetings of one time and length as they are, best first. */
function listCandidates(
  meetings: readonly WallMeeting[],
  startsOn: (day: number, time: number) => number,
): readonly Candidate[] {
  const candidates: Candidate[] = []
  const seen = new Set<string>()
  const lastDay = meetings.at(-1)?.day ?? 0
  for (const seed of meetings) {
    if (startsOn(seed.day, seed.time) !== seed.instant) continue
    for (const make of patternsOn(seed.day)) {
      for (let interval = 1; interval <= INTERVAL_MAX; interval++) {
        const pattern = make(interval)
        if (seed.day + (UNCHANGED_MIN - 1) * interval * DAYS_PER_PERIOD[pattern.kind] > lastDay) break
        const dayAt = dayOfOccurrence(pattern, seed.day)
        const matches = matchesOf(meetings, seed, dayAt, startsOn)
        if (matches.length < UNCHANGED_MIN) continue
        // The same pattern seen from a later meeting of it is no other candidate.
        const key = `${JSON.stringify(pattern)}/${seed.time}/${seed.minutes}/${matches.join()}`
        if (seen.has(key)) continue
        seen.add(key)
        candidates.push({ pattern, seed, dayAt, unchanged: matches.length })
      }
    }
  }
  // Sorting is stable: of equals the first stays first, weekly before monthly, short intervals before long ones.
  return candidates.sort((a, b) => b.unchanged - a.unchanged).slice(0, ALIGNED_MAX)
}

/** Indexes of the meetings from the seed on that the pattern holds as they are. */
function matchesOf(
  meetings: readonly WallMeeting[],
  seed: WallMeeting,
  dayAt: (occurrence: number) => number,
  startsOn: (day: number, time: number) => number,
): readonly number[] {
  const matches: number[] = []
  let occurrence = 0
  for (const meeting of meetings) {
    while (dayAt(occurrence) < meeting.day) occurrence++
    if (isUnchanged(meeting, seed, dayAt(occurrence), startsOn)) matches.push(meeting.index)
  }
  return matches
}

const isUnchanged = (
  meeting: WallMeeting,
  seed: WallMeeting,
  day: number,
  startsOn: (day: number, time: number) => number,
): boolean => meeting.minutes === seed.minutes && meeting.day === day && startsOn(day, seed.time) === meeting.instant

type Step = {
  readonly cost: number
  readonly from: Step | undefined
  readonly occurrence: number
  readonly meeting: number
}

/**
 * Cheapest way to lay meetings on a pattern's occurrences in order: kept, moved or left single, occurrences between
 * them dropped. Final days ascend strictly, which is what lets moves be ordered without touching a neighbour.
 */
function align(
  meetings: readonly WallMeeting[],
  { pattern, seed, dayAt }: Candidate,
  singleCost: number,
  startsOn: (day: number, time: number) => number,
): SeriesAlignment | undefined {
  const lastDay = meetings.at(-1)?.day ?? 0
  let end = 0
  while (dayAt(end) <= lastDay) end++
  // steps[m]: cheapest alignment whose newest meeting on the series is m; `dropped` the same with later ones dropped.
  let steps = new Map<number, Step>()
  let dropped = new Map<number, Step>()
  let best: Step | undefined
  for (let occurrence = -MARGIN; occurrence < end + MARGIN; occurrence++) {
    const day = dayAt(occurrence)
    const nextSteps = new Map<number, Step>()
    const nextDropped = new Map<number, Step>()
    for (const [index, meeting] of meetings.entries()) {
      if (meeting.minutes !== seed.minutes) continue
      const change = isUnchanged(meeting, seed, day, startsOn) ? 0 : 1
      let step: Step = { cost: index * singleCost + change, from: undefined, occurrence, meeting: index }
      for (const [source, isDropped] of [
        [steps, false],
        [dropped, true],
      ] as const) {
        for (const [earlier, from] of source) {
          const reached = isDropped ? dayAt(occurrence - 1) : (meetings[earlier]?.day ?? 0)
          if (earlier >= index || reached >= meeting.day) continue
          const cost = from.cost + (index - earlier - 1) * singleCost + change
          if (cost < step.cost) step = { cost, from, occurrence, meeting: index }
        }
      }
      nextSteps.set(index, step)
      const total = step.cost + (meetings.length - 1 - index) * singleCost
      if (!best || total < best.cost + (meetings.length - 1 - best.meeting) * singleCost) best = step
    }
    for (const [earlier, from] of steps) {
      if ((meetings[earlier]?.day ?? 0) < day) nextDropped.set(earlier, { ...from, cost: from.cost + 1 })
    }
    for (const [earlier, from] of dropped) {
      const known = nextDropped.get(earlier)
      if (!known || from.cost + 1 < known.cost) nextDropped.set(earlier, { ...from, cost: from.cost + 1 })
    }
    steps = nextSteps
    dropped = nextDropped
  }
  return (
    best && {
      pattern,
      time: seed.time,
      minutes: seed.minutes,
      occurrences: trace(best, meetings, seed, dayAt, startsOn),
    }
  )
}

function trace(
  last: Step,
  meetings: readonly WallMeeting[],
  seed: WallMeeting,
  dayAt: (occurrence: number) => number,
  startsOn: (day: number, time: number) => number,
): readonly AlignedOccurrence[] {
  const occurrences: AlignedOccurrence[] = []
  for (let step: Step | undefined = last; step; step = step.from) {
    const day = dayAt(step.occurrence)
    const meeting = meetings[step.meeting]
    const isKept = meeting !== undefined && isUnchanged(meeting, seed, day, startsOn)
    occurrences.push({ day, meeting, change: isKept ? 'none' : 'moved' })
    const previous = step.from?.occurrence ?? step.occurrence
    for (let between = step.occurrence - 1; between > previous; between--) {
      occurrences.push({ day: dayAt(between), meeting: undefined, change: 'dropped' })
    }
  }
  return occurrences.reverse()
}
