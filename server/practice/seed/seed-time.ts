import type { Temporal } from 'temporal-polyfill'
import { civilDate, type DayNumber, dateText, dayNumber, weekdayOf } from '../../feeds/wall-seconds.ts'
import type { CastKey } from './cast.ts'

/** Days that the seed fills, `to` exclusive: two months of history, and the plan of a year with room to move. */
export type SeedSpan = { readonly from: DayNumber; readonly to: DayNumber }
const DAYS_BACK = 62
const DAYS_AHEAD = 410

export function seedSpan(today: Temporal.PlainDate): SeedSpan {
  const day = dayNumber(today.year, today.month, today.day)
  return { from: day - DAYS_BACK, to: day + DAYS_AHEAD }
}

/** Weeks are counted from a fixed Monday, so that a date has the same duties whatever day the tenant is seeded on. */
const FIRST_MONDAY = dayNumber(2024, 7, 1)
export const weekOf = (day: DayNumber): number => Math.floor((day - FIRST_MONDAY) / 7)
export const mondayOf = (week: number): DayNumber => FIRST_MONDAY + week * 7
export const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor

export function* weeksOf({ from, to }: SeedSpan): Generator<number> {
  for (let week = weekOf(from); week <= weekOf(to - 1); week++) yield week
}

/** The same choice for the same words, 0 ≤ choice < count (FNV-1a): believable variety without randomness. */
export function choose(words: string, count: number): number {
  let hash = 0x811c9dc5
  for (const char of words) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash ^ (hash >>> 15)) >>> 0) % count
}

/** Attendings are away one week in seventeen; the code map lets vacation supersede everything else. */
export const isVacationWeek = (key: CastKey, week: number): boolean =>
  modulo(week - choose(`${key} vacation`, 17), 17) === 0

/** Days on which the hospital's clinics are closed. */
export function isHoliday(day: DayNumber): boolean {
  const { month, day: date } = civilDate(day)
  const isThanksgiving = month === 11 && weekdayOf(day) === 4 && date > 21 && date <= 28
  return isThanksgiving || ['1-1', '7-4', '12-25'].includes(`${month}-${date}`)
}
/** Iso date text without its dashes, as iCalendar writes it. */
export const compactDate = (day: DayNumber): string => dateText(day).replaceAll('-', '')
