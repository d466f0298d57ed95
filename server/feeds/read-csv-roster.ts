import { CsvError, parse } from 'csv-parse/sync'
import { applyCodeMap, type CodedEntry, type CodeLookup, lookUpCodes } from './apply-code-map.ts'
import { ianaZone, type PersonZone } from './feed-zone.ts'
import { findDelimiter, readRosterHeader } from './read-roster-header.ts'
import { cellOf, daysOf, periodOfRow, personOf, type RosterRow } from './read-roster-row.ts'
import { findDateOrder } from './read-roster-time.ts'
import { tidyCode } from './read-vevent.ts'
import { checkFeedText, FEED_LIMITS, ProblemList, refuseFeed } from './refuse-feed.ts'
import type { FeedOptions, ReadFeed, ReadRoster } from './types.ts'
import { type UnknownDays, withUnknownDays } from './unknown-days.ts'
import { type DayNumber, dateText, dayOfText } from './wall-seconds.ts'

type PersonDraft = {
  /** As the file first spells it; letter case does not tell people apart. */
  readonly name: string
  readonly zone: PersonZone
  readonly entries: CodedEntry[]
  readonly unknownDays: UnknownDays[]
  readonly problems: ReadFeed['problems'][number][]
  rows: number
  from: DayNumber
  to: DayNumber
}
type Period = { readonly from: DayNumber; readonly to: DayNumber }

/**
 * Reads one CSV for many people: a person (email, name, or first and last name), a date or a start and an end, and a
 * code or several (`;`, `|` or a new line between them; also `/`, `,` and `+` where each part has a rule of its own).
 * Delimiter, order of the columns and of day and month are found out; mere end dates count as included.
 * Rows that cannot be read make that person's day unknown; rows that name nobody in particular are in the roster's own `problems`.
 * @param zoneOf the IANA zone of whom the file calls so; `undefined` for people nobody knows
 * @throws DomainError `invalid-feed` when the file as a whole cannot be used, with the line: broken quotes, missing
 * columns, dates whose order nothing decides, beyond a limit; then everybody's period is unknown
 */
export function readCsvRoster(
  text: string,
  options: FeedOptions,
  zoneOf: (person: string) => string | undefined,
): ReadRoster {
  const period = { from: dayOfText(options.from), to: dayOfText(options.to) }
  const floating = ianaZone(options.timeZone)
  const lookUp = lookUpCodes(options.codeMap)
  const { header, rows } = parseRows(checkFeedText(text))
  const columns = readRosterHeader(header.cells, header.line)
  const order = findDateOrder(
    rows.flatMap((row) =>
      (['date', 'start', 'end'] as const).map((role) => ({ text: cellOf(row, columns, role), line: row.line })),
    ),
  )
  /** All problems, bounded; `nobodys` are those that no person's feed tells. */
  const problems = new ProblemList()
  const nobodys: ReadFeed['problems'][number][] = []
  const people = new Map<string, PersonDraft>()
  /** Of broken rows that name nobody: they may concern anyone. */
  const everyone: UnknownDays[] = []
  let days = 0
  for (const row of rows) {
    const name = personOf(row, columns)
    const isBroken = hasOtherColumns(row, header)
    // In a broken row the name may be another column's text, unless somebody is called so.
    const isNamed = name !== '' && (!isBroken || zoneOf(name) !== undefined)
    const zone = () => ianaZone(zoneOf(name) ?? options.personTimeZone ?? options.timeZone)
    const person = isNamed ? draftOf(people, name, zone, row) : undefined
    const found = periodOfRow(row, columns, order, { floating, person: person?.zone ?? floating })
    const fault = isBroken ? brokenFault(row, header, found) : faultOf(person, found)
    if (fault) {
      const problem = { path: `line ${row.line}: ${fault.column}`, message: fault.message }
      problems.add(problem.path, problem.message)
      const label = `Unreadable entry, line ${row.line}`
      // Without an end that can be read the duty may last as long as it likes.
      const unknown = { from: fault.from ?? period.from, to: fault.to ?? period.to, label }
      ;(person?.problems ?? nobodys).push(problem)
      if (person) person.unknownDays.push(unknown)
      else if (isBroken) everyone.push(unknown)
    } else if (person && 'start' in found) {
      const { from, to } = daysOf(found)
      person.from = Math.min(person.from, from)
      person.to = Math.max(person.to, to)
      days += Math.max(0, Math.min(to, period.to) - Math.max(from, period.from))
      if (days > FEED_LIMITS.rosterDays) {
        refuseFeed(`line ${row.line}`, `The rows up to here cover more than ${FEED_LIMITS.rosterDays} days of duty.`)
      }
      const codes = splitCodes(cellOf(row, columns, 'code'), lookUp)
      person.entries.push(...codes.map((code) => ({ texts: [code], line: row.line, ...found })))
    }
  }
  return {
    people: new Map([...people.values()].map((draft) => [draft.name, feedOf(draft, everyone, lookUp, period)])),
    problems: nobodys,
  }
}

function parseRows(text: string): { header: RosterRow; rows: readonly RosterRow[] } {
  // Excel's hint to itself.
  const hint = /^sep=([,;\t])\r?\n/i.exec(text)
  const body = hint ? text.slice(hint[0].length) : text
  const delimiter = hint?.[1] ?? findDelimiter(body.slice(0, body.search(/[\r\n]|$/)))
  const rows: RosterRow[] = []
  try {
    parse(body, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: readonly string[], { lines }) => {
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: lines + (hint ? 1 : 0), cells })
        if (rows.length > FEED_LIMITS.rosterRows + 1) {
          refuseFeed('rows', `The file has more than ${FEED_LIMITS.rosterRows} rows.`)
        }
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error['lines'] ?? 0) + (hint ? 1 : 0)
    refuseFeed(`line ${line}`, `The quotes of this line cannot be read (${error.code}).`, error)
  }
  const [header, ...rest] = rows
  if (!header) refuseFeed('text', 'The file is empty.')
  return { header, rows: rest }
}

function draftOf(people: Map<string, PersonDraft>, name: string, zone: () => PersonZone, row: RosterRow): PersonDraft {
  const key = name.toLowerCase()
  const draft = people.get(key) ?? {
    name,
    zone: zone(),
    entries: [],
    unknownDays: [],
    problems: [],
    rows: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  }
  draft.rows++
  people.set(key, draft)
  if (people.size > FEED_LIMITS.people) {
    refuseFeed(`line ${row.line}`, `The file names more than ${FEED_LIMITS.people} people.`)
  }
  return draft
}

type Fault = { readonly column: string; readonly message: string; readonly from?: DayNumber; readonly to?: DayNumber }
const hasOtherColumns = (row: RosterRow, header: RosterRow) =>
  row.cells.length < header.cells.length || row.cells.slice(header.cells.length).some((cell) => cell.trim() !== '')

function brokenFault(row: RosterRow, header: RosterRow, found: ReturnType<typeof periodOfRow>): Fault {
  const days = 'start' in found ? daysOf(found) : found
  return {
    ...days,
    column: 'columns',
    message: `The row has ${row.cells.length} cells and the header ${header.cells.length}.`,
  }
}
function faultOf(person: PersonDraft | undefined, found: ReturnType<typeof periodOfRow>): Fault | undefined {
  if (!person) return { column: 'person', message: 'The row names nobody, so it keeps nobody free of meetings.' }
  return 'start' in found ? undefined : found
}

function splitCodes(cell: string, lookUp: CodeLookup): readonly string[] {
  const parts = cell.split(/[;|\n\r]/).filter((part) => part.trim() !== '')
  if (parts.length === 0) return [tidyCode('')]
  return parts.flatMap((part) => {
    const smaller = part.split(/[/,+]/).map(tidyCode)
    return smaller.every((code) => lookUp([code])) ? smaller : [tidyCode(part)]
  })
}

function feedOf(draft: PersonDraft, everyone: readonly UnknownDays[], lookUp: CodeLookup, period: Period): ReadFeed {
  const { blocks, unknownCodes } = applyCodeMap(draft.entries, lookUp, period)
  return {
    blocks: withUnknownDays(blocks, [...draft.unknownDays, ...everyone], period),
    unknownCodes,
    problems: draft.problems,
    entries: draft.rows,
    ...(draft.from < draft.to ? { from: dateText(draft.from), to: dateText(draft.to) } : {}),
  }
}
