import { refuseFeed } from './refuse-feed.ts'
import { DAY_SECONDS, type DayNumber, findDay, type WallSeconds } from './wall-seconds.ts'

/** In which order a file writes days with slashes; `iso` when it has none whose order matters. */
export type DateOrder = 'iso' | 'month-first' | 'day-first'
/** A cell's date, with a time of day when it has one; `instant` when it also has an offset. */
export type RosterTime = { readonly day: DayNumber; readonly seconds?: number; readonly instant?: number }

const SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?=$|[ ,T])/
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/**
 * Finds out whether 7/5/2027 is in July or in May: one date of the file that can only be read one way decides for all.
 * @throws DomainError `invalid-feed` when none does, or two contradict each other; the message names both readings
 */
export function findDateOrder(cells: readonly { readonly text: string; readonly line: number }[]): DateOrder {
  const proofs = new Map<DateOrder, { text: string; line: number }>()
  let open: { text: string; line: number } | undefined
  for (const cell of cells) {
    const [, first, second] = SLASHES.exec(cell.text.trim()) ?? []
    if (first === undefined || second === undefined || Number(first) === Number(second)) continue
    const order = Number(second) > 12 ? 'month-first' : Number(first) > 12 ? 'day-first' : 'iso'
    if (order === 'iso') open ??= cell
    else if (!proofs.has(order)) proofs.set(order, cell)
  }
  const [us, other] = [proofs.get('month-first'), proofs.get('day-first')]
  if (us && other) {
    refuseFeed(
      `line ${Math.max(us.line, other.line)}`,
      `"${dateOf(us.text)}" (line ${us.line}) has the month first and "${dateOf(other.text)}" (line ${other.line}) the day. ` +
        'Write all dates as YYYY-MM-DD.',
    )
  }
  if (us || other) return us ? 'month-first' : 'day-first'
  if (open) {
    const [, first, second, year] = SLASHES.exec(open.text.trim()) ?? []
    const [usDate, otherDate] = [iso(year, first, second), iso(year, second, first)]
    refuseFeed(
      `line ${open.line}`,
      `"${dateOf(open.text)}" can be ${usDate} (US order) or ${otherDate}, and no other date of the file decides. ` +
        `Write dates as YYYY-MM-DD, e.g. ${usDate}.`,
    )
  }
  return 'iso'
}

/** Reads `2027-07-05`, `7/5/2027`, `5-Jul-2027`, each with or without a time; `undefined` for anything else. */
export function readRosterTime(cell: string, order: DateOrder): RosterTime | undefined {
  const text = cell.trim()
  const match =
    /^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?<rest>$|[ T,].*$)/.exec(text) ??
    /^(?<day>\d{1,2})[- ](?<name>[A-Za-z]{3})[a-z]*[- ](?<year>\d{4})(?<rest>$|[ T,].*$)/.exec(text) ??
    /^(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})(?<rest>$|[ T,].*$)/.exec(text)
  const { year, month, day, name, first, second, rest = '' } = match?.groups ?? {}
  if (year === undefined) return undefined
  const [monthText, dayText] = order === 'day-first' ? [second, first] : [first, second]
  const monthNumber = name === undefined ? Number(month ?? monthText) : MONTHS.indexOf(name.toLowerCase()) + 1
  const found = findDay(Number(year), monthNumber, Number(day ?? dayText))
  if (found === undefined) return undefined
  const time = rest.replace(/^[ T,]+/, '')
  if (time === '') return { day: found }
  const [, clock = '', zone] = /^(.*?)\s*(Z|[+-]\d\d:?\d\d)?$/.exec(time) ?? []
  const seconds = readTimeOfDay(clock)
  if (seconds === undefined) return undefined
  if (zone === undefined) return { day: found, seconds }
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60)
  return { day: found, seconds, instant: found * DAY_SECONDS + seconds - offset }
}

/** Reads `07:30`, `7:30 am`, `7 PM`, `0730`, `24:00` in seconds after midnight; `undefined` for anything else. */
export function readTimeOfDay(cell: string): WallSeconds | undefined {
  const match = /^(\d{1,2})(?::?([0-5]\d)(?::([0-5]\d))?)?\s*(?:([ap])\.?m\.?)?$/i.exec(cell.trim())
  const [, hourText, minutes, seconds, half] = match ?? []
  if (hourText === undefined || (minutes === undefined && half === undefined)) return undefined
  const hour = Number(hourText)
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  const time = hours * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
  return time <= DAY_SECONDS ? time : undefined
}

const dateOf = (text: string) => text.trim().split(/[ ,T]/)[0] ?? ''
const iso = (year = '', month = '', day = '') => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
