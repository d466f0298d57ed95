import { Temporal } from 'temporal-polyfill'
import type { CodeMap } from '../../shared/api/clinic.ts'

// A second reading of the seeded schedule files, written without the service's readers: day by day, line by line. It knows
// only what these files hold and is slow on purpose.

/** Absolute time in which a person cannot meet, with the code that says so. Clinic comes with its 15 minutes either side. */
export type Block = { readonly start: number; readonly end: number; readonly code: string }
type Duty = {
  readonly code: string
  readonly day: string
  readonly hours?: readonly [Temporal.PlainDateTime, Temporal.PlainDateTime]
}
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const CLINIC_BUFFER_MS = 15 * 60_000

export function blocksOfIcs(text: string, codeMap: CodeMap, timeZone: string, until: string): readonly Block[] {
  return blocksOf(dutiesOfIcs(text, until), codeMap, timeZone)
}

/** The CSV names people by address; whole days, both included. */
export function blocksOfCsv(text: string, email: string, codeMap: CodeMap, timeZone: string): readonly Block[] {
  const duties = text.split(/\r?\n/).flatMap((line): Duty[] => {
    const [address, , start, end, codes] = line.split(',')
    if (address?.toLowerCase() !== email.toLowerCase() || !start || !end || !codes) return []
    return daysFrom(start, Temporal.PlainDate.from(end).add({ days: 1 }).toString()).flatMap((day) =>
      codes.split(/[;/]/).map((code) => ({ code: code.trim(), day })),
    )
  })
  return blocksOf(duties, codeMap, timeZone)
}

function dutiesOfIcs(text: string, until: string): readonly Duty[] {
  const events = text
    .replace(/\r?\n /g, '')
    .split('BEGIN:VEVENT')
    .slice(1)
  const moved = events.map((event) => [field(event, 'UID'), field(event, 'RECURRENCE-ID')].join('|'))
  return events.flatMap((event): Duty[] => {
    const code = field(event, 'SUMMARY')!.replaceAll('\\,', ',').replaceAll('\\;', ';').replaceAll('\\\\', '\\')
    const start = field(event, 'DTSTART')!
    const end = field(event, 'DTEND')!
    if (!start.includes('T')) return daysFrom(isoDate(start), isoDate(end)).map((day) => ({ code, day }))
    const [from, to] = [isoTime(start), isoTime(end)]
    const once = (shift: number): Duty => ({
      code,
      day: from.add({ days: shift }).toPlainDate().toString(),
      hours: [from.add({ days: shift }), to.add({ days: shift })],
    })
    const rule = field(event, 'RRULE')
    if (!rule) return [once(0)]
    const weekday = /^FREQ=WEEKLY;BYDAY=(\w\w)$/.exec(rule)?.[1]
    if (!weekday) throw new Error(`The walk does not know the rule ${rule}.`)
    const left = (event.match(/EXDATE[^:]*:(\S+)/g) ?? []).join()
    const duties: Duty[] = []
    for (let shift = 0; from.add({ days: shift }).toPlainDate().toString() < until; shift++) {
      const day = from.add({ days: shift })
      const stamp = day.toString().replace(/[-:]/g, '').padEnd(15, '0')
      if (WEEKDAYS[day.dayOfWeek - 1] !== weekday || left.includes(stamp)) continue
      if (moved.includes(`${field(event, 'UID')}|${stamp}`)) continue
      duties.push(once(shift))
    }
    return duties
  })
}

function blocksOf(duties: readonly Duty[], codeMap: CodeMap, timeZone: string): readonly Block[] {
  const at = (wall: Temporal.PlainDateTime) => wall.toZonedDateTime(timeZone).epochMilliseconds
  const rules = codeMap.rules.map(({ pattern, meaning }) => ({
    matches: new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
      'i',
    ),
    meaning,
  }))
  const read = duties.map((duty) => ({ duty, meaning: rules.find(({ matches }) => matches.test(duty.code))?.meaning }))
  const rank = ({ meaning }: (typeof read)[number]) => (meaning && 'kind' in meaning ? (meaning.precedence ?? 0) : 0)
  const highest = new Map<string, number>()
  for (const one of read) highest.set(one.duty.day, Math.max(rank(one), highest.get(one.duty.day) ?? 0))
  return read.flatMap((one): Block[] => {
    const { duty, meaning } = one
    if (meaning && 'ignore' in meaning) return []
    // Codes that nobody explained are busy, whatever else the day says.
    if (meaning && rank(one) < (highest.get(duty.day) ?? 0)) return []
    if (meaning?.kind === 'jeopardy') return []
    const midnight = Temporal.PlainDate.from(duty.day).toPlainDateTime()
    const clock = (time: string) => midnight.toPlainDate().toPlainDateTime(time)
    let [start, end] = duty.hours ?? [midnight, midnight.add({ days: 1 })]
    if (!duty.hours && meaning?.start && meaning.end) {
      start = clock(meaning.start)
      end = clock(meaning.end)
      if (Temporal.PlainDateTime.compare(end, start) <= 0) end = end.add({ days: 1 })
    }
    const buffer = meaning?.kind === 'clinic' ? CLINIC_BUFFER_MS : 0
    const blocks = [{ start: at(start) - buffer, end: at(end) + buffer, code: duty.code }]
    if (meaning?.restUntil) {
      const morning = end.toPlainTime().toString() === '00:00:00' ? end : end.with({ hour: 0, minute: 0 })
      blocks.push({
        start: at(morning),
        end: at(morning.toPlainDate().toPlainDateTime(meaning.restUntil)),
        code: `after ${duty.code}`,
      })
    }
    return blocks
  })
}

const field = (event: string, name: string): string | undefined =>
  new RegExp(`^${name}[^:\\n]*:(.*)$`, 'm').exec(event)?.[1]?.trim()
const isoDate = (text: string) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
const isoTime = (text: string) =>
  Temporal.PlainDateTime.from(`${isoDate(text)}T${text.slice(9, 11)}:${text.slice(11, 13)}`)

function daysFrom(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day < to; day = Temporal.PlainDate.from(day).add({ days: 1 }).toString()) days.push(day)
  return days
}
