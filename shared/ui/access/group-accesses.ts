import { Temporal } from 'temporal-polyfill'
import { type AccessEntry, accessText } from './access-texts.ts'

/** What one person did with one kind of content on one day. */
export type AccessGroup = Pick<AccessEntry, 'by'> & {
  readonly key: string
  readonly text: string
  readonly count: number
  /** When last, RFC 3339. */
  readonly at: string
}

/**
 * One group for each person, kind of content and day, in the order of the last time of each.
 * @param entries newest first
 * @param timeZone whose days count
 */
export function groupAccesses(entries: readonly AccessEntry[], timeZone: string): readonly AccessGroup[] {
  const groups = new Map<string, AccessGroup>()
  for (const entry of entries) {
    const date = Temporal.Instant.from(entry.at).toZonedDateTimeISO(timeZone).toPlainDate()
    const text = accessText(entry)
    const key = `${date} ${entry.by?.personId ?? 'service'} ${text}`
    const known = groups.get(key)
    // The first one met is the newest, and a Map keeps the order of insertion.
    groups.set(key, known ? { ...known, count: known.count + 1 } : { ...entry, key, text, count: 1 })
  }
  return [...groups.values()]
}

/** Every access by itself, as rows of a table; times of day in the viewer's zone, which the heading names. */
export const accessRows = (entries: readonly AccessEntry[], timeZone: string): readonly (readonly string[])[] => [
  [`Date (${timeZone})`, `Time (${timeZone})`, 'Time (UTC)', 'Who', 'What'],
  ...entries.map((entry) => {
    const at = Temporal.Instant.from(entry.at).toZonedDateTimeISO(timeZone)
    const [date, time] = [at.toPlainDate().toString(), at.toPlainTime().toString({ smallestUnit: 'second' })]
    return [date, time, entry.at, nameOf(entry), accessText(entry)]
  }),
]

export const nameOf = ({ by }: Pick<AccessEntry, 'by'>): string => by?.displayName ?? 'The service by itself'
