import { GraphError } from '../dispatch.ts'
import { type Entity, readProperty } from '../odata-filter.ts'
import {
  dateText,
  dayOf,
  dayOfDate,
  instantOf,
  instantToWall,
  type Moment,
  readWall,
  supportedZone,
} from './zone-clock.ts'

export type RecurrencePattern = {
  readonly type: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly'
  readonly interval: number
  readonly month: number
  readonly dayOfMonth: number
  readonly daysOfWeek: readonly string[]
  readonly firstDayOfWeek: string
  readonly index: string
}
type RecurrenceRange = {
  readonly type: 'endDate' | 'noEnd' | 'numbered'
  readonly startDate: string
  /** `0001-01-01` unless the range ends on a date. */
  readonly endDate: string
  readonly recurrenceTimeZone: string
  /** 0 unless the range is numbered. */
  readonly numberOfOccurrences: number
}
export type Recurrence = { readonly pattern: RecurrencePattern; readonly range: RecurrenceRange }

const NO_DATE = '0001-01-01'
/** Exchange's own bound (EWS NumberOfOccurrences). */
const OCCURRENCES_MAX = 999
const NEEDED: Readonly<Record<RecurrencePattern['type'], readonly string[]>> = {
  daily: [],
  weekly: ['daysOfWeek'],
  absoluteMonthly: ['dayOfMonth'],
  relativeMonthly: ['daysOfWeek'],
  absoluteYearly: ['dayOfMonth', 'month'],
  relativeYearly: ['daysOfWeek', 'month'],
}

/**
 * Turns a `patternedRecurrence` with canonical names and enums into the whole form that Graph answers. Fields that the
 * pattern does not use are checked too ("Schedule repeating appointments as recurring events in Outlook").
 * @throws GraphError 400 `ErrorPropertyValidationFailure` for a missing or impossible value
 */
export function completeRecurrence(given: Entity, start: Moment): Recurrence {
  const pattern = completePattern(readProperty(given, 'pattern'))
  return { pattern, range: completeRange(readProperty(given, 'range'), start) }
}

function completePattern(given: unknown): RecurrencePattern {
  if (typeof given !== 'object' || given === null) throw invalid('Recurrence.Pattern is required.')
  const value = given as Partial<RecurrencePattern> // shape checked by the body reader
  if (!value.type) throw invalid('Pattern.Type is required.')
  if (value.interval === undefined || value.interval < 1) throw invalid('Pattern.Interval must be at least 1.')
  for (const name of NEEDED[value.type]) {
    const needed = (value as Entity)[name]
    if (needed === undefined || needed === 0 || (Array.isArray(needed) && needed.length === 0)) {
      throw invalid(`Pattern.${name} is required for a recurrence of type ${value.type}.`)
    }
  }
  const { month = 0, dayOfMonth = 0 } = value
  if (month < 0 || month > 12) throw invalid('Pattern.Month must be between 1 and 12.')
  if (dayOfMonth < 0 || dayOfMonth > 31) throw invalid('Pattern.DayOfMonth must be between 1 and 31.')
  return {
    type: value.type,
    interval: value.interval,
    month,
    dayOfMonth,
    daysOfWeek: value.daysOfWeek ?? [],
    firstDayOfWeek: value.firstDayOfWeek ?? 'sunday',
    index: value.index ?? 'first',
  }
}

function completeRange(given: unknown, start: Moment): RecurrenceRange {
  if (typeof given !== 'object' || given === null) throw invalid('Recurrence.Range is required.')
  const value = given as Partial<RecurrenceRange> // shape checked by the body reader
  if (!value.type) throw invalid('Range.Type is required.')
  if (!isDate(value.startDate)) throw invalid('Range.StartDate is required, as YYYY-MM-DD.')
  const recurrenceTimeZone = value.recurrenceTimeZone ? supportedZone(value.recurrenceTimeZone) : start.timeZone
  if (value.startDate !== dateText(dayOf(instantToWall(instantOf(start), recurrenceTimeZone)))) {
    throw invalid('Range.StartDate must be the date of the Start property.')
  }
  const hasEnd = value.endDate !== undefined && value.endDate !== null && value.endDate !== NO_DATE
  if (hasEnd && !isDate(value.endDate)) throw invalid('Range.EndDate must be a date, as YYYY-MM-DD.')
  const count = value.numberOfOccurrences ?? 0
  if (count < 0 || count > OCCURRENCES_MAX) throw invalid(`Range.NumberOfOccurrences must be 1 to ${OCCURRENCES_MAX}.`)
  if (value.type === 'endDate') {
    if (!hasEnd || !isDate(value.endDate)) throw invalid('Range.EndDate is required for a range of type endDate.')
    if (dayOfDate(value.endDate) < dayOfDate(value.startDate)) throw invalid('Range.EndDate is before Range.StartDate.')
  }
  if (value.type === 'numbered' && count === 0)
    throw invalid('Range.NumberOfOccurrences is required for a numbered range.')
  return {
    type: value.type,
    startDate: value.startDate,
    endDate: value.type === 'endDate' && isDate(value.endDate) ? value.endDate : NO_DATE,
    recurrenceTimeZone,
    numberOfOccurrences: value.type === 'numbered' ? count : 0,
  }
}

/** The same rule for a series whose start moved to another date without a new rule. */
export function moveRange(recurrence: Recurrence, start: Moment): Recurrence {
  const startDate = dateText(dayOf(instantToWall(instantOf(start), recurrence.range.recurrenceTimeZone)))
  return startDate === recurrence.range.startDate
    ? recurrence
    : { ...recurrence, range: { ...recurrence.range, startDate } }
}

/** Whether two rules give the same dates before their end: an end that moved keeps moved and cancelled dates. */
export function samePattern(left: Recurrence, right: Recurrence): boolean {
  return (
    JSON.stringify(left.pattern) === JSON.stringify(right.pattern) && left.range.startDate === right.range.startDate
  )
}

/** For mails: `weekly, interval 2, tuesday, from 2026-03-03, 6 times`. */
export function recurrenceSummary({ pattern, range }: Recurrence): string {
  const { type, interval, daysOfWeek, dayOfMonth, month, index } = pattern
  const parts = [type as string, `interval ${interval}`]
  if (type.startsWith('relative')) parts.push(index)
  if (daysOfWeek.length > 0) parts.push(daysOfWeek.join(' '))
  if (type.startsWith('absolute')) parts.push(`day ${dayOfMonth}`)
  if (type.endsWith('Yearly')) parts.push(`month ${month}`)
  parts.push(`from ${range.startDate}`)
  if (range.type === 'endDate') parts.push(`until ${range.endDate}`)
  if (range.type === 'numbered') parts.push(`${range.numberOfOccurrences} times`)
  return parts.join(', ')
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && readWall(value) !== undefined
}

function invalid(reason: string): GraphError {
  return new GraphError(400, 'ErrorPropertyValidationFailure', `At least one property failed validation. ${reason}`)
}
