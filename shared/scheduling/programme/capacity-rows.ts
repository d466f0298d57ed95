import type { BaseLoad } from '../caps.ts'
import type { PersonRows } from '../rows.ts'
import { at } from './placement-model.ts'

/** Candidate starts of all meetings, flat; `from` and `to` are grains or minutes, half-open. */
export type CandidateSpans = {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly meeting: Int32Array
}

/** Candidates `first` to `end` - 1. */
export type CandidateRange = { readonly first: number; readonly end: number }

export type CapacitySource = {
  readonly people: readonly PersonRows[]
  readonly spans: CandidateSpans
  /** Per person (by index) the candidates of each of their pairs. */
  readonly rangesOf: readonly (readonly CandidateRange[])[]
  /** What counts against a person's limits already; undefined for a person without any. */
  readonly loadOf: (person: PersonRows) => BaseLoad | undefined
  /** Wall day of a start of `spans` in the person's zone, counted from the grid's origin. */
  readonly dayOf: (person: PersonRows, start: number) => number
}

/** Why candidates share a row: one person's time, or one of a person's limits. */
type RowKind = 'overlap' | 'day-limit' | 'week-limit'

export type CapacityRows = {
  readonly rowStart: Int32Array
  readonly candidateRows: Int32Array
  readonly rowCapacity: Int32Array
  readonly rowKind: readonly RowKind[]
  /** Index of the person in the rows. */
  readonly rowPerson: Int32Array
}

type Builder = {
  readonly spans: CandidateSpans
  readonly candidates: number[]
  readonly rows: number[]
  readonly capacity: number[]
  readonly kind: RowKind[]
  readonly person: number[]
}

/**
 * Everything that two meetings may not share, as rows with a capacity: per person one row for each maximal set of
 * candidates that all overlap (for intervals these say the same as every clash of two, with far fewer rows and a tight
 * linear relaxation), and one per wall day and Monday-week of a person with limits. Rows that one meeting alone
 * touches, or that cannot be overfull, are left out.
 */
export function buildCapacityRows({ people, spans, rangesOf, loadOf, dayOf }: CapacitySource): CapacityRows {
  const builder: Builder = { spans, candidates: [], rows: [], capacity: [], kind: [], person: [] }
  for (const person of people) {
    const ranges = rangesOf[person.index] ?? []
    const load = loadOf(person)
    const isContested = mayOverlap(ranges, spans)
    if (!isContested && !load) continue
    const mine = byStart(ranges, spans)
    if (isContested) addOverlaps(builder, person.index, mine)
    if (load) addLimits(builder, person, load, mine, dayOf)
  }
  return compress(builder)
}

/** False when one meeting's candidates all lie after those of the one before: most people have one pair only. */
function mayOverlap(ranges: readonly CandidateRange[], { from, to, meeting }: CandidateSpans): boolean {
  let current = -1
  let currentTo = -1
  let earlierTo = -1
  for (const range of ranges) {
    for (let candidate = range.first; candidate < range.end; candidate++) {
      if (at(meeting, candidate) !== current) {
        current = at(meeting, candidate)
        earlierTo = currentTo
      }
      if (at(from, candidate) < earlierTo) return true
      currentTo = Math.max(currentTo, at(to, candidate))
    }
  }
  return false
}

/** Candidates in order of their start; numbers sort far faster by themselves than through a comparison. */
function byStart(ranges: readonly CandidateRange[], { from }: CandidateSpans): Int32Array {
  const shift = from.length
  const keys = new Float64Array(ranges.reduce((sum, { first, end }) => sum + end - first, 0))
  let count = 0
  for (const { first, end } of ranges) {
    for (let candidate = first; candidate < end; candidate++) keys[count++] = at(from, candidate) * shift + candidate
  }
  const order = new Int32Array(count)
  keys.sort().forEach((key, index) => {
    order[index] = key % shift
  })
  return order
}

/** Sweeps over time; a set is maximal when something ends after something new began. */
function addOverlaps(builder: Builder, person: number, candidates: Int32Array): void {
  const { from, to } = builder.spans
  const open: number[] = []
  let hasGrown = false
  for (const candidate of candidates) {
    const start = at(from, candidate)
    if (hasGrown && open.some((other) => at(to, other) <= start)) {
      addRow(builder, 'overlap', person, 1, open)
      hasGrown = false
    }
    let kept = 0
    for (const other of open) if (at(to, other) > start) open[kept++] = other
    open.length = kept
    open.push(candidate)
    hasGrown = true
  }
  if (hasGrown) addRow(builder, 'overlap', person, 1, open)
}

function addLimits(
  builder: Builder,
  person: PersonRows,
  load: BaseLoad,
  candidates: Int32Array,
  dayOf: CapacitySource['dayOf'],
): void {
  const days = new Map<number, number[]>()
  const weeks = new Map<number, number[]>()
  for (const candidate of candidates) {
    const day = dayOf(person, at(builder.spans.from, candidate))
    pushTo(days, day, candidate)
    pushTo(weeks, Math.floor(day / 7), candidate)
  }
  for (const [day, members] of days) {
    addRow(builder, 'day-limit', person.index, load.dayMax - (load.perDay.get(day) ?? 0), members)
  }
  for (const [week, members] of weeks) {
    addRow(builder, 'week-limit', person.index, load.weekMax - (load.perWeek.get(week) ?? 0), members)
  }
}

function addRow(
  builder: Builder,
  kind: RowKind,
  person: number,
  capacity: number,
  candidates: readonly number[],
): void {
  if (!wantsMore(candidates, builder.spans.meeting, capacity)) return
  for (const candidate of candidates) {
    builder.candidates.push(candidate)
    builder.rows.push(builder.capacity.length)
  }
  builder.capacity.push(capacity)
  builder.kind.push(kind)
  builder.person.push(person)
}

/** Whether more different meetings than `capacity` are among the candidates. */
function wantsMore(candidates: readonly number[], meetingOf: Int32Array, capacity: number): boolean {
  const meetings: number[] = []
  for (const candidate of candidates) {
    const meeting = at(meetingOf, candidate)
    if (!meetings.includes(meeting) && meetings.push(meeting) > capacity) return true
  }
  return false
}

/** Adds to the list of a key. */
export function pushTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function compress({ spans, candidates, rows, capacity, kind, person }: Builder): CapacityRows {
  const rowStart = new Int32Array(spans.from.length + 1)
  for (const candidate of candidates) rowStart[candidate + 1] = at(rowStart, candidate + 1) + 1
  for (let candidate = 0; candidate < spans.from.length; candidate++) {
    rowStart[candidate + 1] = at(rowStart, candidate + 1) + at(rowStart, candidate)
  }
  const next = rowStart.slice()
  const candidateRows = new Int32Array(candidates.length)
  candidates.forEach((candidate, entry) => {
    const place = at(next, candidate)
    candidateRows[place] = rows[entry] ?? -1
    next[candidate] = place + 1
  })
  return {
    rowStart,
    candidateRows,
    rowCapacity: Int32Array.from(capacity),
    rowKind: kind,
    rowPerson: Int32Array.from(person),
  }
}
