import { Temporal } from 'temporal-polyfill'
import type {
  DatedBlock,
  Program,
  SchedulingPair,
  SchedulingPerson,
  WeeklyBlock,
  WeeklyHours,
} from '../../shared/scheduling/types.ts'
import { spanTexts } from './span-texts.ts'

/**
 * The engine's rules once more, minute by minute and with Temporal's own zoned arithmetic, sharing no code with it.
 * Slow and plain on purpose.
 */

const MINUTE = 60_000
type Span = { readonly start: number; readonly end: number }
export type HardSpan = Span & { readonly what: string }

const DEFAULT_HOURS: readonly WeeklyHours[] = ([1, 2, 3, 4, 5] as const).map((weekday) => ({
  weekday,
  start: '08:00',
  end: '17:00',
}))

function momentAt(date: Temporal.PlainDate, time: string, zone: string): number {
  const isMidnight = time === '24:00'
  const day = isMidnight ? date.add({ days: 1 }) : date
  const plainTime = Temporal.PlainTime.from(isMidnight ? '00:00' : time)
  return day.toPlainDateTime(plainTime).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}

function* datesOf(program: Program): Generator<Temporal.PlainDate> {
  const end = Temporal.PlainDate.from(program.horizon.end).add({ days: 8 })
  let date = Temporal.PlainDate.from(program.horizon.start).subtract({ days: 8 })
  for (; Temporal.PlainDate.compare(date, end) < 0; date = date.add({ days: 1 })) yield date
}

const isHard = (block: WeeklyBlock | DatedBlock) =>
  (block.hardness ?? (block.kind === 'jeopardy' ? 'soft' : 'hard')) === 'hard'

/** Everything that keeps a person away for certain, in epoch milliseconds. */
export function hardSpansOf(program: Program, person: SchedulingPerson): readonly HardSpan[] {
  const spans: HardSpan[] = []
  const zone = person.timeZone
  const buffer = (person.clinic?.bufferMinutes ?? 15) * MINUTE
  const add = (start: number, end: number, block: WeeklyBlock | DatedBlock) => {
    if (end <= start || !isHard(block)) return
    const kind = block.kind ?? 'clinic'
    const around = kind === 'clinic' ? buffer : 0
    spans.push({ start: start - around, end: end + around, what: kind })
  }
  for (const date of datesOf(program)) {
    for (const block of person.clinic?.weekly ?? []) {
      if (block.weekday === date.dayOfWeek)
        add(momentAt(date, block.start, zone), momentAt(date, block.end, zone), block)
    }
    const rotation = person.clinic?.rotation
    if (rotation) {
      const days = Temporal.PlainDate.from(rotation.firstWeekStart).until(date, { largestUnit: 'days' }).days
      const weeks = Math.floor(days / 7)
      const week = ((weeks % rotation.cycleWeeks) + rotation.cycleWeeks) % rotation.cycleWeeks
      for (const entry of rotation.weeks.filter((candidate) => candidate.week === week)) {
        for (const block of entry.blocks) {
          if (block.weekday === date.dayOfWeek)
            add(momentAt(date, block.start, zone), momentAt(date, block.end, zone), block)
        }
      }
    }
    if (person.daysOff?.includes(date.toString())) {
      spans.push({ start: momentAt(date, '00:00', zone), end: momentAt(date, '24:00', zone), what: 'day off' })
    }
  }
  const moment = (text: string) => {
    const [date = '', time = '00:00'] = text.split('T')
    return momentAt(Temporal.PlainDate.from(date), time, zone)
  }
  for (const block of person.clinic?.dated ?? []) add(moment(block.start), moment(block.end), block)
  for (const layer of ['busy', 'unknown', 'holds'] as const) {
    for (const [start, end] of spanTexts(person[layer])) {
      const from = Temporal.Instant.from(start).epochMilliseconds
      const to = Temporal.Instant.from(end).epochMilliseconds
      if (to > from) spans.push({ start: from, end: to, what: layer })
    }
  }
  return spans
}

function workSpansOf(program: Program, person: SchedulingPerson): readonly Span[] {
  const spans: Span[] = []
  for (const date of datesOf(program)) {
    for (const hours of person.workingHours ?? DEFAULT_HOURS) {
      if (hours.weekday !== date.dayOfWeek) continue
      const start = momentAt(date, hours.start, person.timeZone)
      const end = momentAt(date, hours.end, person.timeZone)
      if (end > start) spans.push({ start, end })
    }
  }
  return spans
}

/** Which grains of [from, to), epoch milliseconds, a person can give: every minute of a grain is looked at. */
export function freeGrains(program: Program, person: SchedulingPerson, from: number, to: number): readonly boolean[] {
  const grain = (program.grainMinutes ?? 15) * MINUTE
  const minutes = new Uint8Array((to - from) / MINUTE)
  for (const { start, end } of hardSpansOf(program, person)) {
    const first = Math.max(0, Math.floor((start - from) / MINUTE))
    for (let minute = first; minute < minutes.length && from + minute * MINUTE < end; minute++) minutes[minute] = 1
  }
  const worked = new Uint8Array((to - from) / grain)
  for (const { start, end } of workSpansOf(program, person)) {
    const first = Math.max(0, Math.ceil((start - from) / grain))
    for (let index = first; index < worked.length && from + (index + 1) * grain <= end; index++) worked[index] = 1
  }
  return Array.from({ length: (to - from) / grain }, (_, index) => {
    if (worked[index] !== 1) return false
    for (let minute = 0; minute < grain / MINUTE; minute++) {
      if (minutes[(index * grain) / MINUTE + minute] === 1) return false
    }
    return true
  })
}

export type OracleStart = { readonly start: string; readonly soft: number; readonly pattern: string }

/** Every possible start of every window of a pair, with its cost, as the rules of the objective say. */
export function possibleStarts(program: Program, pair: SchedulingPair): readonly (readonly OracleStart[])[] {
  const people = [...new Set([pair.organizer, ...pair.attendees])].map(
    (id) => program.people.find((person) => person.id === id)!,
  )
  const grainMinutes = program.grainMinutes ?? 15
  const grain = grainMinutes * MINUTE
  const from = Temporal.Instant.from(`${program.horizon.start}T00:00Z`).epochMilliseconds - 2 * 1440 * MINUTE
  const to = Temporal.Instant.from(`${program.horizon.end}T00:00Z`).epochMilliseconds + 3 * 1440 * MINUTE
  const free = people.map((person) => freeGrains(program, person, from, to))
  const needed = Math.ceil(pair.minutes / grainMinutes)
  const organizer = people[0]!
  const earliest = program.earliestStart
    ? Temporal.Instant.from(program.earliestStart).epochMilliseconds
    : Number.NEGATIVE_INFINITY
  const starts: { readonly at: number; readonly date: string }[] = []
  for (let index = 0; from + index * grain < to; index++) {
    const at = from + index * grain
    const wholeIsFree = free.every((row) => {
      for (let step = 0; step < needed; step++) if (!row[index + step]) return false
      return true
    })
    if (!wholeIsFree || at < earliest) continue
    starts.push({ at, date: zoned(at, organizer.timeZone).toPlainDate().toString() })
  }
  return pair.windows.map((window) =>
    starts
      .filter(
        ({ date }) =>
          date >= window.from && date < window.to && date >= program.horizon.start && date < program.horizon.end,
      )
      .map(({ at, date }) => {
        const wall = zoned(at, organizer.timeZone)
        const middle = { from: Temporal.PlainDate.from(window.from), to: Temporal.PlainDate.from(window.to) }
        const toStart = middle.from.until(date).days
        const length = middle.from.until(middle.to).days
        const soft = people.reduce(
          (sum, person) => sum + clockCost(zoned(at, person.timeZone), pair.minutes),
          Math.floor(Math.abs(toStart - length / 2) / 5),
        )
        return {
          start: Temporal.Instant.fromEpochMilliseconds(at).toString(),
          soft,
          pattern: `${wall.dayOfWeek} ${wall.toPlainTime().toString().slice(0, 5)}`,
        }
      }),
  )
}

const zoned = (epochMs: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone)

function clockCost(wall: Temporal.ZonedDateTime, minutes: number): number {
  const start = wall.hour * 60 + wall.minute
  let cost = 0
  if (start < 8 * 60 + 30) cost += 2
  if (start + minutes > 16 * 60 + 30) cost += 3
  if (start < 13 * 60 && start + minutes > 12 * 60) cost += 1
  if (wall.dayOfWeek === 5 && start >= 14 * 60) cost += 2
  return cost
}

/** The least a pair can cost when its meetings cannot get into each other's way. */
export function leastTotal(windows: readonly (readonly OracleStart[])[]): number {
  const patterns = new Set(windows.flat().map(({ pattern }) => pattern))
  const onPattern = (pattern: string) =>
    windows.reduce(
      (sum, starts) =>
        sum +
        (starts.length === 0
          ? 1000
          : Math.min(...starts.map((start) => start.soft + (start.pattern === pattern ? 0 : 20)))),
      0,
    )
  return Math.min(1000 * windows.length, ...[...patterns].map(onPattern))
}
