import { refuseFeed } from './refuse-feed.ts'

/** What a column of a roster can hold. */
export type ColumnRole =
  | 'email'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'date'
  | 'start'
  | 'startTime'
  | 'end'
  | 'endTime'
  | 'code'
export type RosterColumns = ReadonlyMap<ColumnRole, number>

const NAMES: Readonly<Record<ColumnRole, string>> = {
  email: 'email mail emailaddress upn userprincipalname',
  name: 'person name fullname displayname staff staffname provider providername physician resident fellow employee who',
  firstName: 'firstname givenname first stafffirstname',
  lastName: 'lastname surname familyname last stafflastname',
  date: 'date day workdate shiftdate scheduledate',
  start: 'start startdate from begin begindate startdatetime',
  startTime: 'starttime begintime',
  end: 'end enddate to until through enddatetime',
  endTime: 'endtime',
  code: 'code assignment task taskname service shift shiftname duty activity rotation block',
}
const ROLES = new Map(
  Object.entries(NAMES).flatMap(([role, names]) => names.split(' ').map((name) => [name, role as ColumnRole] as const)),
)
const roleOf = (cell: string) => ROLES.get(cell.toLowerCase().replace(/[^a-z]/g, ''))

const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** The delimiter under which most of the first line's cells are known names of columns. */
export function findDelimiter(header: string): Delimiter {
  const known = (delimiter: Delimiter) => {
    const cells = header.split(delimiter).map((cell) => roleOf(cell))
    return cells.length * 0.01 + cells.filter((role) => role !== undefined).length
  }
  return DELIMITERS.reduce((best, next) => (known(next) > known(best) ? next : best))
}

/** @throws DomainError `invalid-feed` when a column is missing, or two could be meant */
export function readRosterHeader(cells: readonly string[], line: number): RosterColumns {
  const columns = new Map<ColumnRole, number>()
  for (const [index, cell] of cells.entries()) {
    const role = roleOf(cell)
    if (role === undefined) continue
    const earlier = columns.get(role)
    if (earlier !== undefined) {
      refuseFeed(
        `line ${line}`,
        `"${short(cells[earlier])}" and "${short(cell)}" could both be the ${role}; keep one of them.`,
      )
    }
    columns.set(role, index)
  }
  if (!columns.has('email') && !columns.has('name') && !columns.has('lastName')) {
    refuseFeed(`line ${line}`, `No column names the person; head one "email" or "name". Found: ${list(cells)}.`)
  }
  if (!columns.has('date') && !columns.has('start')) {
    refuseFeed(
      `line ${line}`,
      `No column tells the day; head one "date", or two "start" and "end". Found: ${list(cells)}.`,
    )
  }
  if (!columns.has('code')) {
    refuseFeed(`line ${line}`, `No column tells the duty; head one "code" or "assignment". Found: ${list(cells)}.`)
  }
  return columns
}
const short = (cell: string | undefined) => (cell ?? '').slice(0, 40)
const list = (cells: readonly string[]) => cells.slice(0, 20).map(short).join(', ')
