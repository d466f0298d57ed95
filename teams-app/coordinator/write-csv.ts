import { Temporal } from 'temporal-polyfill'
import type { PairList, PairRow } from '../../shared/api/programmes.ts'
import { csvText } from '../../shared/ui/csv-text.ts'

const COLUMNS = [
  'Mentee',
  'Mentee address',
  'Mentor',
  'Mentor address',
  'Committee members',
  'State',
  'Meetings planned',
  'Booked',
  'Being booked',
  'Needing attention',
  'Without a date',
  'Without one for 14 days',
  'Moved',
  'Time is over',
  'Held',
  'Next meeting date',
  'Next meeting time',
  'Time zone',
  'As of (UTC)',
] as const

/** The list as a file for a spreadsheet: logistics only, times on the programme's wall clock. */
export function writePairsCsv(pairs: readonly PairRow[], { programme, asOf }: Omit<PairList, 'pairs'>): string {
  const lines = pairs.map((pair) => {
    const next = pair.nextMeetingAt && Temporal.Instant.from(pair.nextMeetingAt).toZonedDateTimeISO(programme.timeZone)
    return [
      pair.mentee.displayName,
      pair.mentee.email,
      pair.mentor.displayName,
      pair.mentor.email,
      (pair.members ?? []).map(({ displayName }) => displayName).join('; '),
      pair.state,
      String(pair.planned),
      String(pair.booked),
      String(pair.pending),
      String(pair.needsAttention),
      String(pair.needsDate),
      String(pair.orphans),
      String(pair.moved),
      String(pair.past),
      String(pair.held),
      next ? next.toPlainDate().toString() : '',
      next ? next.toPlainTime().toString({ smallestUnit: 'minute' }) : '',
      programme.timeZone,
      asOf,
    ]
  })
  return csvText([COLUMNS, ...lines])
}
