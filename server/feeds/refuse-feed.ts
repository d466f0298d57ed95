import { DomainError, type Fault } from '../../shared/domain/errors.ts'

/** Sizes beyond which a file is refused instead of being read in part. */
export const FEED_LIMITS = {
  textChars: 5_000_000,
  entries: 20_000,
  /** Occurrences of recurring entries, and days of all-day ones, in the period. */
  expansions: 50_000,
  /** Candidate days looked at while rules are expanded. */
  expansionSteps: 5_000_000,
  rosterRows: 100_000,
  /** Days of all rows of a roster together, in the period. */
  rosterDays: 250_000,
  people: 1_000,
  problems: 200,
} as const

/** A file that cannot be used at all; whoever loads it counts its period as unknown. */
export function refuseFeed(path: string, message: string, cause?: unknown): never {
  throw new DomainError('invalid-feed', `${path}: ${message}`, [{ path, message }], { cause })
}

/** Checks what both kinds of file share, and answers the text without a byte order mark. */
export function checkFeedText(text: string): string {
  if (text.length > FEED_LIMITS.textChars) {
    refuseFeed('text', `The file has ${text.length} characters; at most ${FEED_LIMITS.textChars} are read.`)
  }
  const plain = text.replace(/^\uFEFF/, '')
  if (plain.includes('\0')) refuseFeed('text', 'The file holds NUL characters. Save it as UTF-8 (it may be UTF-16).')
  if (plain.trim() === '') refuseFeed('text', 'The file is empty.')
  return plain
}

/** Collects what could not be read; more than the limit is no schedule but another kind of file. */
export class ProblemList {
  readonly list: Fault[] = []
  add(path: string, message: string): void {
    this.list.push({ path, message })
    if (this.list.length > FEED_LIMITS.problems) {
      throw new DomainError(
        'invalid-feed',
        `More than ${FEED_LIMITS.problems} places of the file could not be read.`,
        this.list.slice(0, FEED_LIMITS.problems),
      )
    }
  }
}
