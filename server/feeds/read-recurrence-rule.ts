import { type IcsTime, readIcsTime } from './read-ics-time.ts'

/** An RRULE that we can expand (RFC 5545, 3.3.10). */
export type RecurrenceRule = {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  readonly interval: number
  readonly count?: number
  /** Inclusive. */
  readonly until?: IcsTime
  readonly months: readonly number[]
  readonly monthDays: readonly number[]
  readonly yearDays: readonly number[]
  /** Weekday 1 = Monday; `nth` counts within the month or year, negative from its end. */
  readonly days: readonly { readonly weekday: number; readonly nth?: number }[]
  readonly setPositions: readonly number[]
  readonly hours: readonly number[]
  readonly minutes: readonly number[]
  readonly seconds: readonly number[]
  readonly weekStart: number
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const KNOWN_PARTS = new Set(
  'freq interval count until bymonth bymonthday byyearday byday bysetpos byhour byminute bysecond wkst rscale'.split(
    ' ',
  ),
)

/**
 * @param data what ical.js makes of the rule: parts in lower case, lists of one as their value
 * @param value the rule's own text; ical.js rewrites a faulty UNTIL instead of refusing it
 * @returns the rule, or a sentence that says why it cannot be expanded
 */
export function readRecurrenceRule(data: Readonly<Record<string, unknown>>, value: string): RecurrenceRule | string {
  for (const part of Object.keys(data)) {
    if (!KNOWN_PARTS.has(part)) return `${part.toUpperCase().slice(0, 20)} is not supported`
  }
  if (data['rscale'] !== undefined && data['rscale'] !== 'GREGORIAN') return 'Only the Gregorian calendar is supported'
  const freq = data['freq']
  if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY' && freq !== 'YEARLY') {
    return typeof freq === 'string' ? `FREQ=${freq} is not supported` : 'FREQ is missing'
  }
  const untilText = /(?:^|;)UNTIL=([^;]*)/i.exec(value)?.[1]
  const until = untilText === undefined ? undefined : readIcsTime(untilText, undefined)
  if (untilText !== undefined && until === undefined) return 'UNTIL is not a date or time'
  const count = data['count']
  if (count !== undefined && (typeof count !== 'number' || count < 1)) return 'COUNT is not a positive number'
  const days = readDays(data['byday'])
  if (days.some((day) => day.nth !== undefined) && (freq === 'DAILY' || freq === 'WEEKLY')) {
    return 'BYDAY with a number needs a monthly or yearly rule'
  }
  const rule: RecurrenceRule = {
    freq,
    interval: typeof data['interval'] === 'number' ? data['interval'] : 1,
    months: numbers(data['bymonth']),
    monthDays: numbers(data['bymonthday']),
    yearDays: numbers(data['byyearday']),
    days,
    setPositions: numbers(data['bysetpos']),
    hours: numbers(data['byhour']),
    minutes: numbers(data['byminute']),
    seconds: numbers(data['bysecond']),
    // ical.js counts from Sunday = 1.
    weekStart: typeof data['wkst'] === 'number' ? ((data['wkst'] + 5) % 7) + 1 : 1,
    ...(count === undefined ? {} : { count }),
    ...(until === undefined ? {} : { until }),
  }
  const zero = [...rule.monthDays, ...rule.yearDays, ...rule.setPositions].includes(0)
  return zero ? 'BYMONTHDAY, BYYEARDAY and BYSETPOS cannot be 0' : rule
}

function readDays(part: unknown): RecurrenceRule['days'] {
  return list(part).flatMap((text) => {
    const [, nth, name = ''] = /^([+-]?\d*)([A-Z]{2})$/.exec(String(text)) ?? []
    const weekday = WEEKDAYS.indexOf(name) + 1
    if (weekday === 0) return []
    return nth ? [{ weekday, nth: Number(nth) }] : [{ weekday }]
  })
}
const list = (part: unknown): readonly unknown[] => (part === undefined ? [] : Array.isArray(part) ? part : [part])
const numbers = (part: unknown): readonly number[] => list(part).filter((value) => typeof value === 'number')
