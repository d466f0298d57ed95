import { DomainError } from '../domain/errors.ts'
import { type Grid, grainAfter, grainBefore, type ZoneOnGrid } from './grid.ts'
import { instantOfWall } from './offset-table.ts'
import { MINUTES_PER_DAY, readDate, readMoment, readTime } from './time-text.ts'
import { CLINIC_KINDS, type ClinicLayer, type DatedBlock, type WeeklyBlock, type WeeklyHours } from './types.ts'

/** Default minutes kept free either side of clinic (SCHEDULING: 15 minutes). */
const BUFFER_MINUTES = 15

/**
 * A person's clinic layer as grains, rounded outward: `SPAN_FIELDS` numbers per entry, in no particular order. A
 * department has a million of them, so they are numbers and not objects.
 */
export type ClinicSpans = {
  /** start, end, start with buffer, end with buffer, index into `CLINIC_KINDS`, 1 if hard, index into `labels` or -1. */
  readonly fields: Int32Array
  readonly labels: readonly string[]
  /** Whether any entry only costs. */
  readonly hasSoft: boolean
}
export const SPAN_FIELDS = 7

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
 * A person's clinic layer over the whole grid, in the person's own zone: weekly blocks and rotations date by date, dated
 * entries as they are.
 * @throws DomainError `invalid-plan` with the path of the fault
 */
export function listClinicSpans(grid: Grid, zone: ZoneOnGrid, layer: ClinicLayer, path: string): ClinicSpans {
  const buffer = layer.bufferMinutes ?? BUFFER_MINUTES
  if (!(buffer >= 0 && buffer <= MINUTES_PER_DAY)) throw fault(`${path}.bufferMinutes`, 'must be 0 to 1440 minutes')
  const fields: number[] = []
  const labels: string[] = []
  let hasSoft = false
  const labelIndexes = new Map<string, number>()
  const add = (wallStart: number, wallEnd: number, block: WeeklyBlock | DatedBlock) => {
    const start = instantOfWall(zone.table, wallStart)
    const end = instantOfWall(zone.table, wallEnd)
    // A block that lies wholly inside a skipped hour does not happen that day.
    if (end <= start) return
    const kind = block.kind ?? 'clinic'
    const isHard = isHardBlock(block)
    hasSoft ||= !isHard
    const around = isHard && kind === 'clinic' ? buffer : 0
    fields.push(
      grainBefore(grid, start),
      grainAfter(grid, end),
      grainBefore(grid, start - around),
      grainAfter(grid, end + around),
      CLINIC_KINDS.indexOf(kind),
      isHard ? 1 : 0,
      block.label === undefined ? -1 : labelIndex(block.label, labels, labelIndexes),
    )
  }
  // Days beyond either end of the grid whose blocks or buffers may reach into it.
  const from = -2
  const to = grid.weeks * 7 + 2
  const addDay = (day: number, blocks: readonly DayHours<WeeklyBlock>[] | undefined) => {
    if (!blocks) return
    const midnight = grid.originMinute + day * MINUTES_PER_DAY
    for (const { start, end, source } of blocks) add(midnight + start, midnight + end, source)
  }
  if (layer.weekly && layer.weekly.length > 0) {
    const days = hoursByWeekday(layer.weekly, `${path}.weekly`)
    for (let day = from; day < to; day++) addDay(day, days[modulo(day, 7)])
  }
  if (layer.rotation) {
    const weeks = rotationWeeks(layer.rotation, `${path}.rotation`)
    const cycleStart = readDate(layer.rotation.firstWeekStart, `${path}.rotation.firstWeekStart`) - grid.originDay
    if (modulo(cycleStart, 7) !== 0) throw fault(`${path}.rotation.firstWeekStart`, 'must be a Monday')
    for (let day = from; day < to; day++) {
      addDay(day, weeks[modulo(Math.floor((day - cycleStart) / 7), weeks.length)]?.[modulo(day, 7)])
    }
  }
  const rangeStart = grid.originMinute + from * MINUTES_PER_DAY
  const rangeEnd = grid.originMinute + to * MINUTES_PER_DAY
  for (const [index, block] of (layer.dated ?? []).entries()) {
    const start = readMoment(block.start, `${path}.dated[${index}].start`)
    const end = readMoment(block.end, `${path}.dated[${index}].end`)
    if (end <= start) throw fault(`${path}.dated[${index}].end`, 'must be later than its start')
    if (end > rangeStart && start < rangeEnd) add(start, end, block)
  }
  return { fields: Int32Array.from(fields), labels, hasSoft }
}

function labelIndex(label: string, labels: string[], indexes: Map<string, number>): number {
  const known = indexes.get(label)
  if (known !== undefined) return known
  labels.push(label)
  indexes.set(label, labels.length - 1)
  return labels.length - 1
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
