import { Temporal } from 'temporal-polyfill'
import type { PairList, PairRow } from '../../shared/api/programmes.ts'

const COLUMNS = [
  'Mentee',
  'Mentee address',
  'Mentor',
  'Mentor address',
  'State',
  'Meetings planned',
  'Booked',
  'Being booked',
  'Needing attention',
  'Without a date',
  'Moved',
  'Time is over',
  'Next meeting date',
  'Next meeting time',
  'Time zone',
  'As of (UTC)',
] as const

/**
 * The list as a file for a spreadsheet: logistics only, times on the programme's wall clock.
 * RFC 4180 with a byte order mark, without which Excel misreads names with accents.
 */
export function writePairsCsv(pairs: readonly PairRow[], { programme, asOf }: Omit<PairList, 'pairs'>): string {
  const lines = pairs.map((pair) => {
    const next = pair.nextMeetingAt && Temporal.Instant.from(pair.nextMeetingAt).toZonedDateTimeISO(programme.timeZone)
    return [
      pair.mentee.displayName,
      pair.mentee.email,
      pair.mentor.displayName,
      pair.mentor.email,
      pair.state,
      String(pair.planned),
      String(pair.booked),
      String(pair.pending),
      String(pair.needsAttention),
      String(pair.needsDate),
      String(pair.moved),
      String(pair.past),
      next ? next.toPlainDate().toString() : '',
      next ? next.toPlainTime().toString({ smallestUnit: 'minute' }) : '',
      programme.timeZone,
      asOf,
    ]
  })
  return `\uFEFF${[COLUMNS, ...lines].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/**
 * One cell. A text that a spreadsheet would run as a formula gets an apostrophe in front, whatever blanks precede it.
 * Source: OWASP, "CSV Injection".
 */
function cell(text: string): string {
  const isFormula = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) || /^[\t\r\n]/.test(text)
  const harmless = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
