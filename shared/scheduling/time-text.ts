import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../domain/errors.ts'
import type { InstantText, WallDate, WallMoment, WallTime } from './types.ts'

/**
 * The texts of a program file as plain numbers: epoch days, minutes of a day, epoch minutes. The calendar rule is the
 * proleptic Gregorian one. A malformed text is refused as `invalid-plan` with the path the caller names.
 */

export const MINUTES_PER_DAY = 1440
const ZERO = 48
const DASH = 45

const refuse = (path: string, message: string): never => {
  throw new DomainError('invalid-plan', `${path}: ${message}`, [{ path, message }])
}

/** Two digits at `index`, or NaN. */
function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - ZERO
  const ones = text.charCodeAt(index + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Days from 1970-01-01 to a civil date; years count from March so that the leap day comes last. */
export function dayOfCivil(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export type Civil = { readonly year: number; readonly month: number; readonly day: number }

/** The inverse of `dayOfCivil`. */
export function civilOfDay(epochDay: number): Civil {
  const z = epochDay + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  return month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31
}

const TABLE_YEARS = [1970, 2170] as const
/** Epoch day on which each month of `TABLE_YEARS` starts; a year of busy time is thousands of dates. */
const MONTH_STARTS = Int32Array.from({ length: (TABLE_YEARS[1] - TABLE_YEARS[0]) * 12 + 1 }, (_, index) =>
  dayOfCivil(TABLE_YEARS[0] + Math.floor(index / 12), (index % 12) + 1, 1),
)

/** The epoch day on which a month starts and its days; months count from January of the year 0. */
export function monthSpan(month: number): { readonly start: number; readonly length: number } {
  const start = monthStart(month)
  return { start, length: monthStart(month + 1) - start }
}

function monthStart(month: number): number {
  return MONTH_STARTS[month - TABLE_YEARS[0] * 12] ?? dayOfCivil(Math.floor(month / 12), (month % 12) + 1, 1)
}

/** NaN unless the first ten characters are a real `YYYY-MM-DD`. */
function epochDayAt(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (year >= TABLE_YEARS[0] && year < TABLE_YEARS[1] && month >= 1 && month <= 12 && day >= 1) {
    const index = (year - TABLE_YEARS[0]) * 12 + month - 1
    const start = MONTH_STARTS[index] ?? 0
    const isReal = day <= (MONTH_STARTS[index + 1] ?? 0) - start
    return isReal && text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH ? start + day - 1 : Number.NaN
  }
  const isDate =
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  return isDate ? dayOfCivil(year, month, day) : Number.NaN
}

/** `YYYY-MM-DD` to days since 1970-01-01. */
export function readDate(text: WallDate, path: string): number {
  const day = text.length === 10 ? epochDayAt(text) : Number.NaN
  return Number.isNaN(day) ? refuse(path, 'not a date of the form YYYY-MM-DD') : day
}

/** `HH:MM`, 00:00 to 24:00, to minutes of the day. */
export function readTime(text: WallTime, path: string): number {
  const hours = twoDigits(text, 0)
  const minutes = twoDigits(text, 3)
  const isTime = text.length === 5 && text[2] === ':' && minutes < 60 && (hours < 24 || (hours === 24 && minutes === 0))
  return isTime ? hours * 60 + minutes : refuse(path, 'not a time of the form HH:MM, 00:00 to 24:00')
}

/** `YYYY-MM-DD` (its midnight) or `YYYY-MM-DDTHH:MM` to wall minutes since 1970-01-01T00:00. */
export function readMoment(text: WallMoment, path: string): number {
  if (text.length === 10) return readDate(text, path) * MINUTES_PER_DAY
  const day = epochDayAt(text)
  if (text[10] !== 'T' || Number.isNaN(day)) return refuse(path, 'not a date or a moment of the form YYYY-MM-DDTHH:MM')
  return day * MINUTES_PER_DAY + readTime(text.slice(11), path)
}

/** RFC 3339 to epoch minutes, with a fraction where it has seconds; NaN for anything else. Many: `readSpans`. */
export function instantMinute(text: InstantText): number {
  if (text.length === 20 && text[10] === 'T' && text[13] === ':' && text[16] === ':' && text[19] === 'Z') {
    const hours = twoDigits(text, 11)
    const minutes = twoDigits(text, 14)
    const seconds = twoDigits(text, 17)
    if (hours < 24 && minutes < 60 && seconds < 60) {
      return epochDayAt(text) * MINUTES_PER_DAY + hours * 60 + minutes + seconds / 60
    }
  }
  try {
    return Number(Temporal.Instant.from(text).epochNanoseconds) / 6e10
  } catch {
    return Number.NaN
  }
}

/** RFC 3339 to epoch minutes, with a fraction where it has seconds. */
export function readInstant(text: InstantText, path: string): number {
  const minute = instantMinute(text)
  return Number.isNaN(minute) ? refuse(path, 'not an instant of the form YYYY-MM-DDTHH:MM:SSZ') : minute
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const pad = (value: number): string => TWO_DIGITS[value] ?? String(value)

/** Days since 1970-01-01 to `YYYY-MM-DD`. */
export function dateText(epochDay: number): WallDate {
  const { year, month, day } = civilOfDay(epochDay)
  return `${pad(Math.floor(year / 100))}${pad(year % 100)}-${pad(month)}-${pad(day)}`
}

/** Minutes of a day to `HH:MM`. */
export const timeText = (minuteOfDay: number): WallTime =>
  `${pad(Math.floor(minuteOfDay / 60))}:${pad(minuteOfDay % 60)}`

/** Whole epoch minutes to RFC 3339 in UTC. */
export function instantText(epochMinutes: number): InstantText {
  const day = Math.floor(epochMinutes / MINUTES_PER_DAY)
  return `${dateText(day)}T${timeText(epochMinutes - day * MINUTES_PER_DAY)}:00Z`
}
