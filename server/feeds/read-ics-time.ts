import { DAY_SECONDS, findDay, type WallSeconds } from './wall-seconds.ts'

/** A date or time as an iCalendar value tells it; `zoned` names a TZID that is looked up later. */
export type IcsTime =
  | { readonly form: 'date'; readonly wall: WallSeconds }
  | { readonly form: 'floating'; readonly wall: WallSeconds }
  | { readonly form: 'utc'; readonly wall: WallSeconds }
  | { readonly form: 'zoned'; readonly wall: WallSeconds; readonly tzid: string }

/** Length of an entry: days of the calendar and exact seconds (RFC 5545, 3.3.6). */
export type IcsDuration = { readonly days: number; readonly seconds: number }

/**
 * Reads one DATE or DATE-TIME value, strictly: a value with an offset, or a day that no month has, is `undefined`.
 * A date without `VALUE=DATE` is taken as a date, as many exporters write it.
 */
export function readIcsTime(value: string, tzid: string | undefined): IcsTime | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value)
  if (!match) return undefined
  const [, year, month, date, hour, minute, second, utc] = match
  const day = findDay(Number(year), Number(month), Number(date))
  if (day === undefined) return undefined
  if (hour === undefined) return { form: 'date', wall: day * DAY_SECONDS }
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  // 24:00:00 is not in the standard, but says what it means.
  if (Number(minute) > 59 || Number(second) > 60 || seconds > DAY_SECONDS) return undefined
  const wall = day * DAY_SECONDS + seconds
  if (utc === 'Z') return { form: 'utc', wall }
  return tzid === undefined ? { form: 'floating', wall } : { form: 'zoned', wall, tzid }
}

/** Reads a DURATION that is not negative; `undefined` for anything else. */
export function readIcsDuration(value: string): IcsDuration | undefined {
  const match = /^\+?P(?:(\d{1,4})W|(?:(\d{1,5})D)?(T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?)$/.exec(value)
  if (!match || value.endsWith('P') || value.endsWith('T')) return undefined
  const [, weeks, days, , hours, minutes, seconds] = match
  return {
    days: Number(weeks ?? 0) * 7 + Number(days ?? 0),
    seconds: Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0),
  }
}
