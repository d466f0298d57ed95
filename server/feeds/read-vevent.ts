import ICAL from 'ical.js'
import type { Fault } from '../../shared/domain/errors.ts'
import { type IcsDuration, type IcsTime, readIcsDuration, readIcsTime } from './read-ics-time.ts'
import { type RecurrenceRule, readRecurrenceRule } from './read-recurrence-rule.ts'
import type { IcsComponent, IcsLine } from './split-ics.ts'

/** An RDATE; with a length of its own when the file gives it as a period. */
type ExtraTime = { readonly start: IcsTime; readonly end?: IcsTime; readonly duration?: IcsDuration }

/**
 * One VEVENT as far as it could be read. With faults its days are unknown; without `start` nobody can say which days.
 * TRANSP and busy status are not read: an all-day entry that shows as free may be real duty, the code map decides.
 */
export type Vevent = {
  /** Counts from 1 in the file. */
  readonly number: number
  readonly line: number
  readonly uid?: string
  /** Title first, then categories: what the code map is asked about. */
  readonly texts: readonly string[]
  readonly start?: IcsTime
  readonly end?: IcsTime
  readonly duration?: IcsDuration
  readonly rules: readonly RecurrenceRule[]
  readonly extraTimes: readonly ExtraTime[]
  readonly exceptTimes: readonly IcsTime[]
  /** The occurrence that this entry replaces. */
  readonly replaces?: IcsTime
  readonly sequence: number
  readonly isCancelled: boolean
  readonly faults: readonly Fault[]
}

const MAX_CODE_CHARS = 200
/** An entry without a title; a code map may have a rule for it. */
const BLANK_CODE = '(blank)'

type Draft = { -readonly [Key in keyof Vevent]: Vevent[Key] } & {
  extraTimes: ExtraTime[]
  exceptTimes: IcsTime[]
  rules: RecurrenceRule[]
}
type Property = { readonly value: string; readonly tzid: string | undefined; readonly parsed: readonly unknown[] }

/** Properties that decide when and what an entry is; others may hold anything. A text is why one cannot be read. */
const READERS: Readonly<Record<string, (event: Draft, property: Property) => string | undefined>> = {
  UID: (event, { parsed }) => {
    event.uid = String(parsed[3])
    return undefined
  },
  SUMMARY: (event, { parsed }) => {
    event.texts = [tidyCode(String(parsed[3])), ...event.texts.slice(1)]
    return undefined
  },
  CATEGORIES: (event, { parsed }) => {
    const categories = parsed.slice(3).map((category) => tidyCode(String(category)))
    event.texts = [...event.texts, ...categories.filter((category) => category !== BLANK_CODE)]
    return undefined
  },
  STATUS: (event, { value }) => {
    event.isCancelled = value.trim().toUpperCase() === 'CANCELLED'
    return undefined
  },
  SEQUENCE: (event, { value }) => {
    if (!/^\d{1,9}$/.test(value)) return 'is not a whole number'
    event.sequence = Number(value)
    return undefined
  },
  DTSTART: (event, property) => {
    const time = readIcsTime(property.value, property.tzid)
    if (!time) return `"${quote(property.value)}" is not a date or time, so the whole period counts as unknown`
    event.start = time
    return undefined
  },
  DTEND: (event, property) => {
    const time = readIcsTime(property.value, property.tzid)
    if (!time) return notATime(property.value)
    event.end = time
    return undefined
  },
  DURATION: (event, { value }) => {
    const duration = readIcsDuration(value)
    if (!duration) return `"${quote(value)}" is not a length of time`
    event.duration = duration
    return undefined
  },
  'RECURRENCE-ID': (event, property) => {
    const time = readIcsTime(property.value, property.tzid)
    if (!time) return notATime(property.value)
    event.replaces = time
    const hasRange = (property.parsed[1] as Readonly<Record<string, unknown>>)['range'] !== undefined
    return hasRange ? 'with RANGE is not supported; the days from this one on count as unknown' : undefined
  },
  RRULE: (event, { value, parsed }) => {
    const rule = readRecurrenceRule(parsed[3] as Readonly<Record<string, unknown>>, value)
    if (typeof rule === 'string') return `${rule}; the days from the first date on count as unknown`
    event.rules.push(rule)
    return undefined
  },
  EXRULE: () => 'is not supported; list the dates in EXDATE',
  EXDATE: (event, { value, tzid }) => {
    for (const text of value.split(',')) {
      const time = readIcsTime(text, tzid)
      if (!time) return notATime(text)
      event.exceptTimes.push(time)
    }
    return undefined
  },
  RDATE: (event, { value, tzid }) => {
    for (const text of value.split(',')) {
      const [first = '', last] = text.split('/')
      const start = readIcsTime(first, tzid)
      const duration = last === undefined ? undefined : readIcsDuration(last)
      const end = last === undefined || duration ? undefined : readIcsTime(last, tzid)
      if (!start || (last !== undefined && !duration && !end)) return notATime(text)
      event.extraTimes.push({ start, ...(duration ? { duration } : {}), ...(end ? { end } : {}) })
    }
    return undefined
  },
}

/** May stand in an entry once (RFC 5545, 3.6.1); twice, two entries were mixed up on the way. */
const ONCE = new Set('UID SUMMARY STATUS SEQUENCE DTSTART DTEND DURATION RECURRENCE-ID'.split(' '))

/** Reads one VEVENT; never throws for what the file says. */
export function readVevent(component: IcsComponent, number: number): Vevent {
  const event: Draft = {
    number,
    line: component.line,
    texts: [BLANK_CODE],
    rules: [],
    extraTimes: [],
    exceptTimes: [],
    sequence: 0,
    isCancelled: false,
    faults: [],
  }
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const line of component.lines) {
    const name = /^[A-Za-z0-9-]+/.exec(line.text)?.[0].toUpperCase() ?? ''
    const read = READERS[name]
    const place = `VEVENT ${number} (line ${line.line})`
    if (!/^[A-Za-z0-9-]+[;:]/.test(line.text)) {
      faults.push({ path: read ? `${place}: ${name}` : place, message: 'The line is not of the form NAME:value.' })
    } else if (ONCE.has(name) && seen.has(name)) {
      faults.push({ path: `${place}: ${name}`, message: `${name} stands here a second time.` })
    } else if (read) {
      seen.add(name)
      const why = readProperty(line, name, (property) => read(event, property))
      if (why !== undefined) faults.push({ path: `${place}: ${name}`, message: `${name} ${why}.` })
    }
  }
  // Of two dates either may be the real one.
  if (isFaulty(faults, 'DTSTART')) delete event.start
  else if (!event.start) {
    faults.push({
      path: `VEVENT ${number} (line ${component.line}): DTSTART`,
      message: 'DTSTART is missing, so the whole period counts as unknown.',
    })
  }
  return { ...event, faults }
}
export const isFaulty = (faults: readonly Fault[], name: string): boolean =>
  faults.some(({ path }) => path.endsWith(`: ${name}`))

function readProperty(line: IcsLine, name: string, read: (property: Property) => string | undefined) {
  // ical.js knows rule parts in upper case only.
  const text = name === 'RRULE' ? line.text.toUpperCase() : line.text
  let parsed: readonly unknown[]
  try {
    // The parser's own type is `any`: [name, parameters, type, ...values] of jCal (RFC 7265).
    parsed = ICAL.parse.property(text) as readonly unknown[]
  } catch (error) {
    // What it says may quote the line, which can hold anything; only rules are safe and worth repeating.
    return name === 'RRULE' && error instanceof Error
      ? `cannot be read: ${quote(error.message)}; the days from the first date on count as unknown`
      : 'cannot be read'
  }
  const parameters = parsed[1] as Readonly<Record<string, unknown>>
  const tzid = typeof parameters['tzid'] === 'string' ? parameters['tzid'] : undefined
  return read({ value: text.slice(text.lastIndexOf(':') + 1).trim(), tzid, parsed })
}

const notATime = (value: string) => `"${quote(value)}" is not a date or time`

/** One line, single spaces; a blank text is a code of its own, so that it is reported like any other. */
export function tidyCode(text: string): string {
  const tidy = text.replace(/\s+/g, ' ').trim().slice(0, MAX_CODE_CHARS)
  return tidy === '' ? BLANK_CODE : tidy
}
/** Dates and rules may be repeated in a message, in bounds; titles and notes never. */
const quote = (value: string) => value.slice(0, 60)
