import type { CodeMap } from '../../shared/api/clinic.ts'
import type { DatedBlock } from '../../shared/scheduling/types.ts'

/** A file of a schedule system, read: what the engine uses, and everything that was not understood. Nothing is dropped silently. */
export type ReadFeed = {
  readonly blocks: readonly DatedBlock[]
  /** Codes without a rule: they count as hard, kind `unknown`, and are reported. */
  readonly unknownCodes: readonly {
    readonly code: string
    readonly count: number
    readonly firstDate: string
    readonly line?: number
  }[]
  /** Entries that could not be read (and so make their day unknown) with the place: `line 14`, `VEVENT 3 (line 41): DTSTART`. */
  readonly problems: readonly { readonly path: string; readonly message: string }[]
  readonly entries: number
  /** Days the feed speaks for; outside of them nothing is known from it. */
  readonly from?: string
  readonly to?: string
}
export type FeedOptions = {
  readonly codeMap: CodeMap
  /** IANA; of times that carry no zone. */
  readonly timeZone: string
  /** IANA; of the blocks and of all-day duties. `timeZone` unless told. */
  readonly personTimeZone?: string
  /** Recurring entries are expanded within [from, to). */
  readonly from: string
  readonly to: string
}
/** A CSV roster names many people; the key is what the file calls them. */
export type ReadRoster = {
  readonly people: ReadonlyMap<string, ReadFeed>
  /** Of rows that name nobody; the others' are in their feeds. */
  readonly problems: ReadFeed['problems']
}
