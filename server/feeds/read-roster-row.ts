import type { PersonZone } from './feed-zone.ts'
import type { ColumnRole, RosterColumns } from './read-roster-header.ts'
import { type DateOrder, type RosterTime, readRosterTime, readTimeOfDay } from './read-roster-time.ts'
import { DAY_SECONDS, type DayNumber, dayNumberOf, type WallSeconds } from './wall-seconds.ts'

export type RosterRow = { readonly line: number; readonly cells: readonly string[] }
export type RosterPeriod = { readonly start: WallSeconds; readonly end: WallSeconds; readonly isAllDay: boolean }
/** Why a row has no period; `from` when its first day could be read, `to` (exclusive) when its last one could be, too. */
export type RosterFault = {
  readonly column: ColumnRole
  readonly message: string
  readonly from?: DayNumber
  readonly to?: DayNumber
}

export const cellOf = (row: RosterRow, columns: RosterColumns, role: ColumnRole): string =>
  row.cells[columns.get(role) ?? -1]?.trim() ?? ''

/** What the file calls the person: the address, else the name; empty when it names nobody. */
export function personOf(row: RosterRow, columns: RosterColumns): string {
  const whole = cellOf(row, columns, 'email') || cellOf(row, columns, 'name')
  if (whole !== '') return whole
  return `${cellOf(row, columns, 'firstName')} ${cellOf(row, columns, 'lastName')}`.trim()
}

/**
 * The wall time of the person that a row is about. A row with mere dates means whole days, its last one included; with
 * times it needs both, and an end of day at or before the start is the next morning.
 */
export function periodOfRow(
  row: RosterRow,
  columns: RosterColumns,
  order: DateOrder,
  zones: { readonly floating: PersonZone; readonly person: PersonZone },
): RosterPeriod | RosterFault {
  const cell = (role: ColumnRole) => cellOf(row, columns, role)
  const date = cell('date') === '' ? undefined : readRosterTime(cell('date'), order)
  if (cell('date') !== '' && !date) return unreadable('date', cell('date'))
  const start = readMoment(cell('start'), cell('startTime'), order, date)
  if (!start) return unreadable(cell('start') === '' ? 'date' : 'start', cell('start'), date?.day)
  const day = start.day
  const hasEnd = cell('end') !== '' || cell('endTime') !== ''
  const end = hasEnd ? readMoment(cell('end'), cell('endTime'), order, { day }) : undefined
  if (hasEnd && !end) {
    return unreadable(cell('end') === '' ? 'endTime' : 'end', cell('end') || cell('endTime'), day)
  }
  const days = { from: day, to: Math.max(day, end?.day ?? day) + 1 }
  if (start.seconds === undefined) {
    if (end?.seconds !== undefined)
      return { column: 'start', message: 'The end has a time and the start has none.', ...days }
    const last = end?.day ?? day
    if (last < day) return { column: 'end', message: 'The end lies before the start.', ...days }
    return { start: day * DAY_SECONDS, end: (last + 1) * DAY_SECONDS, isAllDay: true }
  }
  if (!end) return { column: 'end', message: 'The start has a time and there is no end.', ...days }
  if (end.seconds === undefined)
    return { column: 'end', message: 'The start has a time and the end has none.', ...days }
  const isTimeOnly = readRosterTime(cell('end'), order) === undefined
  const [first, closing] = [wallOf(start, zones), wallOf(end, zones)]
  const last = isTimeOnly && closing <= first ? wallOf({ ...end, day: day + 1 }, zones) : closing
  if (last <= first) return { column: 'end', message: 'The end does not lie after the start.', ...days }
  return { start: first, end: last, isAllDay: false }
}

/** A date with a time of its own or from the time's column; a mere time belongs to the day of `base`. */
function readMoment(cell: string, timeCell: string, order: DateOrder, base: RosterTime | undefined) {
  const own = cell === '' ? base : readRosterTime(cell, order)
  const timeText = own === undefined ? cell : timeCell
  const moment = own ?? base
  if (!moment || timeText === '') return moment
  const seconds = readTimeOfDay(timeText)
  return seconds === undefined ? undefined : { day: moment.day, seconds }
}
function wallOf({ day, seconds = 0, instant }: RosterTime, zones: { floating: PersonZone; person: PersonZone }) {
  if (instant === undefined && zones.floating === zones.person) return day * DAY_SECONDS + seconds
  return zones.person.toWall(instant ?? zones.floating.toInstant(day * DAY_SECONDS + seconds))
}
const unreadable = (column: ColumnRole, text: string, from?: DayNumber): RosterFault => ({
  column,
  message:
    text === '' ? 'No date.' : `"${text.slice(0, 40)}" is not a date or time; write 2027-07-05 or 2027-07-05 07:30.`,
  ...(from === undefined ? {} : { from }),
})
/** Day on which a period begins and the day after its last one. */
export const daysOf = ({ start, end }: RosterPeriod) => ({ from: dayNumberOf(start), to: dayNumberOf(end - 1) + 1 })
