/**
 * Wall time as whole seconds since 1970-01-01T00:00 on the same clock. Recurrence is calendar arithmetic on a clock
 * without a zone; with integers a year of a roster expands in well under a millisecond.
 */
export type WallSeconds = number
/** Days since 1970-01-01. */
export type DayNumber = number

export const DAY_SECONDS = 86_400
const MINUTE_SECONDS = 60

export const dayNumberOf = (wall: WallSeconds): DayNumber => Math.floor(wall / DAY_SECONDS)
export const isMidnight = (wall: WallSeconds): boolean => wall % DAY_SECONDS === 0

/** Month 1-12; a day beyond the month's end runs on into the next one. */
export const dayNumber = (year: number, month: number, day: number): DayNumber =>
  Date.UTC(year, month - 1, day) / 1000 / DAY_SECONDS

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number }
export function civilDate(day: DayNumber): CivilDate {
  const date = new Date(day * DAY_SECONDS * 1000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}
export const daysInMonth = (year: number, month: number): number =>
  dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)
/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Refuses what no calendar has, such as 30 February. */
export function findDay(year: number, month: number, day: number): DayNumber | undefined {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return undefined
  return dayNumber(year, month, day)
}

export function dateText(day: DayNumber): string {
  const { year, month, day: dayOfMonth } = civilDate(day)
  return `${year}-${two(month)}-${two(dayOfMonth)}`
}
/** `YYYY-MM-DD` at midnight, else `YYYY-MM-DDTHH:MM`. */
export function momentText(wall: WallSeconds): string {
  const date = dateText(dayNumberOf(wall))
  return isMidnight(wall) ? date : `${date}T${timeText(wall - dayNumberOf(wall) * DAY_SECONDS)}`
}
const timeText = (seconds: number) => `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}`

/** `YYYY-MM-DD` as the schema checked it. */
export function dayOfText(date: string): DayNumber {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return dayNumber(year, month, day)
}
/** `HH:MM`, `24:00` included, in seconds after midnight. */
export function secondsOfTime(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 3600 + minute * 60
}

/** Blocks are kept in minutes: a start moves back, an end on, so that a block never shrinks. */
export const minuteBefore = (wall: WallSeconds): WallSeconds => Math.floor(wall / MINUTE_SECONDS) * MINUTE_SECONDS
export const minuteAfter = (wall: WallSeconds): WallSeconds => Math.ceil(wall / MINUTE_SECONDS) * MINUTE_SECONDS

const two = (value: number) => String(value).padStart(2, '0')
