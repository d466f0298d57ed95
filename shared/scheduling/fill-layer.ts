import { fillBits } from './bit-row.ts'
import { type ClinicSpans, hoursByWeekday, listClinicSpans, SPAN_FIELDS } from './clinic-spans.ts'
import { type Grid, grainAfter, grainBefore, type ZoneOnGrid } from './grid.ts'
import { instantOfWall } from './offset-table.ts'
import { readSpans } from './read-spans.ts'
import { MINUTES_PER_DAY, readDate } from './time-text.ts'
import type { SchedulingPerson, TimeSpans, WeeklyHours } from './types.ts'

/**
 * What is known of a person, one bit per grain each. `work`: working hours, rounded inward. `clinic`: every hard entry
 * of the clinic layer with its buffer. `busy`, `unknown`, `holds`, `daysOff`: as in `SchedulingPerson`. Those block and
 * are rounded outward. `protected` (inward) and `soft` (outward: jeopardy and other entries that only cost) inform.
 */
export const LAYERS = ['work', 'clinic', 'busy', 'unknown', 'holds', 'daysOff', 'protected', 'soft'] as const
export type Layer = (typeof LAYERS)[number]

/** A person on a grid: what the layers are made from. */
export type PersonOnGrid = {
  /** Where the person stands in the program, e.g. `people[3]`. */
  readonly path: string
  readonly person: SchedulingPerson
  readonly zone: ZoneOnGrid
  /** Worked out on demand. */
  readonly memo: { clinicSpans?: ClinicSpans }
}

const DEFAULT_HOURS: readonly WeeklyHours[] = ([1, 2, 3, 4, 5] as const).map((weekday) => ({
  weekday,
  start: '08:00',
  end: '17:00',
}))

/** Whether a person's layer can have a bit set. */
export function holdsAny(grid: Grid, at: PersonOnGrid, layer: Layer): boolean {
  const { person } = at
  switch (layer) {
    case 'work':
      return true
    case 'protected':
      return (person.protectedTime?.length ?? 0) > 0
    case 'clinic':
      return person.clinic !== undefined
    case 'soft':
      return person.clinic !== undefined && clinicSpansOf(grid, at).hasSoft
    default:
      return (person[layer]?.length ?? 0) > 0
  }
}

/**
 * Sets the bits of one layer in a row that has none of them yet.
 * @throws DomainError `invalid-plan` with the path of a malformed text
 */
export function fillLayer(grid: Grid, at: PersonOnGrid, layer: Layer, row: Uint32Array): void {
  const { path, person, zone } = at
  switch (layer) {
    case 'work':
      fillWeekly(grid, zone, row, person.workingHours ?? DEFAULT_HOURS, `${path}.workingHours`)
      break
    case 'protected':
      fillWeekly(grid, zone, row, person.protectedTime ?? [], `${path}.protectedTime`)
      break
    case 'clinic':
      fillClinic(grid, at, row, 1)
      break
    case 'soft':
      fillClinic(grid, at, row, 0)
      break
    case 'busy':
    case 'unknown':
    case 'holds':
      fillInstants(grid, row, person[layer] ?? [], `${path}.${layer}`)
      break
    case 'daysOff':
      fillDaysOff(grid, zone, row, person.daysOff ?? [], `${path}.daysOff`)
      break
  }
}

function fillWeekly(grid: Grid, zone: ZoneOnGrid, row: Uint32Array, hours: readonly WeeklyHours[], path: string): void {
  if (hours.length === 0) return
  const weekdays = hoursByWeekday(hours, path)
  // A day beyond either end: a zone's Monday may start on UTC's Sunday.
  for (let day = -1; day <= grid.weeks * 7; day++) {
    const midnight = grid.originMinute + day * MINUTES_PER_DAY
    for (const { start, end } of weekdays[(day + 7) % 7] ?? []) {
      fillBits(
        row,
        grainAfter(grid, instantOfWall(zone.table, midnight + start)),
        grainBefore(grid, instantOfWall(zone.table, midnight + end)),
      )
    }
  }
}

/** The person's clinic entries as grains; worked out once, also after `attachRows`. */
export function clinicSpansOf(grid: Grid, { memo, zone, person, path }: PersonOnGrid): ClinicSpans {
  memo.clinicSpans ??= listClinicSpans(grid, zone, person.clinic ?? {}, `${path}.clinic`)
  return memo.clinicSpans
}

function fillClinic(grid: Grid, at: PersonOnGrid, row: Uint32Array, hard: 0 | 1): void {
  if (!at.person.clinic) return
  const { fields } = clinicSpansOf(grid, at)
  for (let field = 0; field < fields.length; field += SPAN_FIELDS) {
    if (fields[field + 5] === hard) fillBits(row, fields[field + 2] ?? 0, fields[field + 3] ?? 0)
  }
}

function fillInstants(grid: Grid, row: Uint32Array, spans: TimeSpans, path: string): void {
  const minutes = readSpans(spans, path)
  const { originMinute, grainMinutes } = grid
  for (let at = 0; at < minutes.length; at += 2) {
    // Nothing before the grid counts, so whole divisions round down.
    const start = Math.max(0, (minutes[at] ?? 0) - originMinute)
    const end = (minutes[at + 1] ?? 0) - originMinute
    if (end > start) fillBits(row, (start / grainMinutes) | 0, ((end + grainMinutes - 1) / grainMinutes) | 0)
  }
}

function fillDaysOff(grid: Grid, zone: ZoneOnGrid, row: Uint32Array, dates: readonly string[], path: string): void {
  for (const [index, date] of dates.entries()) {
    const midnight = readDate(date, `${path}[${index}]`) * MINUTES_PER_DAY
    fillBits(
      row,
      grainBefore(grid, instantOfWall(zone.table, midnight)),
      grainAfter(grid, instantOfWall(zone.table, midnight + MINUTES_PER_DAY)),
    )
  }
}
