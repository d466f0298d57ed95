import { DomainError } from '../domain/errors.ts'
import type { Grid, ZoneOnGrid } from './grid.ts'
import { instantOfWall } from './offset-table.ts'
import { MINUTES_PER_DAY, readDate, readMoment, readTime } from './time-text.ts'
import type { ClinicKind, ClinicLayer, DatedBlock, WeeklyBlock, WeeklyHours } from './types.ts'

/** Default minutes kept free either side of clinic (SCHEDULING: 15 minutes). */
const BUFFER_MINUTES = 15

/**
 * Called once per entry that touches the asked wall days. `start` and `end` are epoch minutes, half-open, without the
 * buffer; `bufferMinutes` is 0 for every kind but hard `clinic`.
 */
export type ClinicVisitor = (
  start: number,
  end: number,
  kind: ClinicKind,
  isHard: boolean,
  bufferMinutes: number,
  label: string | undefined,
) => void

/** Jeopardy is standby and only costs; everything else blocks unless the roster says otherwise. */
const isHardBlock = (block: DatedBlock | WeeklyBlock): boolean =>
  block.hardness === undefined ? block.kind !== 'jeopardy' : block.hardness === 'hard'

/** Weekly hours as minutes of the day, checked once and then used for every week. */
type DayHours<T extends WeeklyHours> = { readonly start: number; readonly end: number; readonly source: T }

/** Weekly hours by weekday (index 0 = Monday). @throws DomainError `invalid-plan` with the path of the fault */
export function hoursByWeekday<T extends WeeklyHours>(hours: readonly T[], path: string): DayHours<T>[][] {
  const days: DayHours<T>[][] = [[], [], [], [], [], [], []]
  for (const [index, source] of hours.entries()) {
    const start = readTime(source.start, `${path}[${index}].start`)
    const end = readTime(source.end, `${path}[${index}].end`)
    const day = days[source.weekday - 1]
    if (!day) throw fault(`${path}[${index}].weekday`, 'weekdays are 1 (Monday) to 7')
    if (end <= start) throw fault(`${path}[${index}].end`, 'must be later than its start, on the same day')
    day.push({ start, end, source })
  }
  return days
}

const fault = (path: string, message: string) =>
  new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])

/**
 * Walks a person's clinic layer over the wall days [fromDay, toDay), counted from `grid.originDay`, in the person's
 * own zone: weekly blocks and rotations date by date, dated entries as they are.
 */
export function visitClinic(
  grid: Grid,
  zone: ZoneOnGrid,
  layer: ClinicLayer,
  path: string,
  fromDay: number,
  toDay: number,
  visit: ClinicVisitor,
): void {
  const buffer = layer.bufferMinutes ?? BUFFER_MINUTES
  if (!(buffer >= 0 && buffer <= MINUTES_PER_DAY)) throw fault(`${path}.bufferMinutes`, 'must be 0 to 1440 minutes')
  const bufferOf = (block: WeeklyBlock | DatedBlock) =>
    (block.kind ?? 'clinic') === 'clinic' && isHardBlock(block) ? buffer : 0
  // A block that lies wholly inside a skipped hour does not happen that day.
  const visitWall = (start: number, end: number, block: WeeklyBlock | DatedBlock) => {
    const startsAt = instantOfWall(zone.table, start)
    const endsAt = instantOfWall(zone.table, end)
    if (endsAt > startsAt) {
      visit(startsAt, endsAt, block.kind ?? 'clinic', isHardBlock(block), bufferOf(block), block.label)
    }
  }
  const visitDay = (day: number, blocks: readonly DayHours<WeeklyBlock>[]) => {
    const midnight = grid.originMinute + day * MINUTES_PER_DAY
    for (const { start, end, source } of blocks) visitWall(midnight + start, midnight + end, source)
  }
  // One day more on either side: a buffer of a block just outside reaches in.
  const from = fromDay - 1
  const to = toDay + 1
  if (layer.weekly && layer.weekly.length > 0) {
    const days = hoursByWeekday(layer.weekly, `${path}.weekly`)
    for (let day = from; day < to; day++) visitDay(day, days[modulo(day, 7)] ?? [])
  }
  if (layer.rotation) {
    const weeks = rotationWeeks(layer.rotation, `${path}.rotation`)
    const cycleStart = readDate(layer.rotation.firstWeekStart, `${path}.rotation.firstWeekStart`) - grid.originDay
    if (modulo(cycleStart, 7) !== 0) throw fault(`${path}.rotation.firstWeekStart`, 'must be a Monday')
    for (let day = from; day < to; day++) {
      const week = modulo(Math.floor((day - cycleStart) / 7), layer.rotation.cycleWeeks)
      visitDay(day, weeks[week]?.[modulo(day, 7)] ?? [])
    }
  }
  const rangeStart = grid.originMinute + from * MINUTES_PER_DAY
  const rangeEnd = grid.originMinute + to * MINUTES_PER_DAY
  for (const [index, block] of (layer.dated ?? []).entries()) {
    const start = readMoment(block.start, `${path}.dated[${index}].start`)
    const end = readMoment(block.end, `${path}.dated[${index}].end`)
    if (end <= start) throw fault(`${path}.dated[${index}].end`, 'must be later than its start')
    if (end > rangeStart && start < rangeEnd) visitWall(start, end, block)
  }
}

function rotationWeeks(rotation: NonNullable<ClinicLayer['rotation']>, path: string): DayHours<WeeklyBlock>[][][] {
  if (!Number.isInteger(rotation.cycleWeeks) || rotation.cycleWeeks < 1 || rotation.cycleWeeks > 104) {
    throw fault(`${path}.cycleWeeks`, 'must be 1 to 104 weeks')
  }
  const weeks: DayHours<WeeklyBlock>[][][] = Array.from({ length: rotation.cycleWeeks }, () =>
    Array.from({ length: 7 }, () => []),
  )
  for (const [index, entry] of rotation.weeks.entries()) {
    const week = weeks[entry.week]
    if (!week) throw fault(`${path}.weeks[${index}].week`, 'must be a week of the cycle, counted from 0')
    for (const [day, blocks] of hoursByWeekday(entry.blocks, `${path}.weeks[${index}].blocks`).entries()) {
      week[day]?.push(...blocks)
    }
  }
  return weeks
}

/** Remainder that is never negative. */
export const modulo = (value: number, by: number): number => ((value % by) + by) % by
