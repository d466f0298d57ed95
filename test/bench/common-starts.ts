import { DateTime, Interval } from 'luxon'
import { readSpans } from '../../shared/scheduling/read-spans.ts'
import type { Program, SchedulingPerson } from '../../shared/scheduling/types.ts'
import { spanTexts } from '../scheduling/span-texts.ts'

// The same question answered in other ways than the engine's: how many starts of an hour, on a 15-minute step, two people
// share in a year; working hours are the default ones.

/** With busy times as numbers, so that ways are compared and not how they read texts. */
export const withNumbers = (program: Program): Program => ({
  ...program,
  people: program.people.map((person) => ({ ...person, busy: readSpans(person.busy ?? [], 'busy') })),
})

const MINUTE = 60_000
const STEP = 15 * MINUTE
const HOUR = 3_600_000
const DAY = 86_400_000
const WORK_FROM = 8
const WORK_TO = 17

const rangeOf = ({ horizon }: Program) => ({
  from: Date.parse(`${horizon.start}T00:00:00Z`),
  to: Date.parse(`${horizon.end}T00:00:00Z`),
})

/** New York's offset by the two changes of the year, as far as the program's year reaches. */
const CHANGES = [Date.parse('2027-11-07T06:00:00Z'), Date.parse('2028-03-12T07:00:00Z')] as const
const offsetAt = (ms: number): number => (ms >= CHANGES[0] && ms < CHANGES[1] ? -5 : -4) * HOUR

/** Epoch ms. */
type Span = readonly [start: number, end: number]

function busyOf({ busy }: SchedulingPerson): readonly Span[] {
  const minutes = readSpans(busy ?? [], 'busy')
  const spans: Span[] = []
  for (let at = 0; at < minutes.length; at += 2) {
    spans.push([(minutes[at] ?? 0) * MINUTE, (minutes[at + 1] ?? 0) * MINUTE])
  }
  return spans
}

/** Working hours of all weekdays as instants; the changes of clocks lie in the night before. */
function* workTimes(program: Program): Generator<Span> {
  const { from, to } = rangeOf(program)
  for (let midnight = from; midnight < to; midnight += DAY) {
    const weekday = new Date(midnight).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    const offset = offsetAt(midnight + 12 * HOUR)
    yield [midnight + WORK_FROM * HOUR - offset, midnight + WORK_TO * HOUR - offset]
  }
}

/** A plain bit per quarter of an hour, the two rows ANDed word by word, runs of four scanned bit by bit. */
export function bareBitRows(program: Program): number {
  const { from, to } = rangeOf(program)
  const bits = Math.ceil((to - from + DAY) / STEP)
  const rows = program.people.map((person) => bareRow(program, person, from, bits))
  return scanRuns(rows[0] ?? new Uint32Array(), rows[1] ?? new Uint32Array(), 0, bits)
}

/** Free quarters of an hour of one person, counted from `from`. */
function bareRow(program: Program, person: SchedulingPerson, from: number, bits: number): Uint32Array {
  const row = new Uint32Array(Math.ceil(bits / 32))
  for (const [start, end] of workTimes(program)) {
    for (let bit = (start - from) / STEP; bit < (end - from) / STEP; bit++) setBit(row, bit)
  }
  for (const [start, end] of busyOf(person)) {
    const first = Math.floor((start - from) / STEP)
    const last = Math.ceil((end - from) / STEP)
    for (let bit = Math.max(0, first); bit < last; bit++) clearBit(row, bit)
  }
  return row
}

const setBit = (row: Uint32Array, bit: number): void => {
  row[bit >>> 5] = (row[bit >>> 5] ?? 0) | (1 << (bit & 31))
}
const clearBit = (row: Uint32Array, bit: number): void => {
  row[bit >>> 5] = (row[bit >>> 5] ?? 0) & ~(1 << (bit & 31))
}

/** Starts of an hour in bits [from, to) that both rows have free: AND and a scan over runs. */
export function scanRuns(a: Uint32Array, b: Uint32Array, from: number, to: number): number {
  let run = 0
  let starts = 0
  const last = Math.min(a.length, (to + 34) >>> 5)
  for (let word = from >>> 5; word < last; word++) {
    const both = (a[word] ?? 0) & (b[word] ?? 0)
    if (both === 0) {
      run = 0
      continue
    }
    for (let bit = 0; bit < 32; bit++) {
      run = (both >>> bit) & 1 ? run + 1 : 0
      const start = word * 32 + bit - 3
      if (run >= 4 && start >= from && start < to) starts++
    }
  }
  return starts
}

/** Sorted numbers: everybody's busy times merged, what is left of each working day cut into starts. */
export function numericSweep(program: Program): number {
  const busy = program.people.flatMap(busyOf).sort((a, b) => a[0] - b[0])
  let starts = 0
  let next = 0
  for (const [from, to] of workTimes(program)) {
    let free = from
    while (next < busy.length && (busy[next]?.[1] ?? 0) <= from) next++
    for (let index = next; index < busy.length; index++) {
      const [start, end] = busy[index] ?? [0, 0]
      if (start >= to) break
      starts += countStarts(free, start)
      free = Math.max(free, end)
    }
    starts += countStarts(free, to)
  }
  return starts
}

const countStarts = (from: number, to: number): number => Math.max(0, Math.floor((to - from - HOUR) / STEP) + 1)

/** Luxon's own intervals: working days less the union of everybody's busy times. It reads texts by itself. */
export function luxonIntervals(program: Program): number {
  const zone = 'America/New_York'
  const busy = Interval.merge(
    program.people.flatMap((person) =>
      person.busy instanceof Int32Array
        ? busyOf(person).map(([start, end]) =>
            Interval.fromDateTimes(DateTime.fromMillis(start), DateTime.fromMillis(end)),
          )
        : spanTexts(person.busy).map(([start, end]) =>
            Interval.fromDateTimes(DateTime.fromISO(start), DateTime.fromISO(end)),
          ),
    ),
  )
  let starts = 0
  const end = DateTime.fromISO(program.horizon.end, { zone })
  for (let day = DateTime.fromISO(program.horizon.start, { zone }); day < end; day = day.plus({ days: 1 })) {
    if (day.weekday > 5) continue
    const work = Interval.fromDateTimes(day.set({ hour: WORK_FROM }), day.set({ hour: WORK_TO }))
    const near = busy.filter((interval) => interval.overlaps(work))
    for (const free of work.difference(...near)) {
      if (!free.start || !free.end) continue
      for (let at = free.start; at.plus({ hours: 1 }) <= free.end; at = at.plus({ minutes: 15 })) starts++
    }
  }
  return starts
}
