import type { PairRow } from '../../shared/api/programmes.ts'

/** Which pairs a coordinator wants to see. */
export const PAIR_FILTERS = ['all', 'booked', 'unbooked', 'attention'] as const
export type PairFilter = (typeof PAIR_FILTERS)[number]

export const SORT_KEYS = ['mentee', 'mentor', 'state', 'next', 'booked'] as const
export type SortKey = (typeof SORT_KEYS)[number]
export type PairOrder = { readonly key: SortKey; readonly direction: 'ascending' | 'descending' }

/** Pairs that are meant to meet. A paused pair waits for its resume date, an ended or informal one for nothing. */
const RESTING: readonly PairRow['state'][] = ['paused', 'ended', 'informal']

/** What a row says at one glance. */
export type PairStatus = 'attention' | 'date-missing' | 'booked' | 'being-booked' | 'unbooked' | 'resting'

/** The first that applies: trouble goes before a date, a date before work under way, and only a live pair lacks a date. */
export function pairStatus(pair: PairRow): PairStatus {
  if (pair.needsAttention > 0) return 'attention'
  if (pair.needsDate > 0) return 'date-missing'
  if (pair.nextMeetingAt !== undefined) return 'booked'
  if (pair.pending > 0) return 'being-booked'
  return RESTING.includes(pair.state) ? 'resting' : 'unbooked'
}

function isIn(pair: PairRow, filter: PairFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'booked':
      return pair.nextMeetingAt !== undefined
    case 'unbooked':
      return pair.nextMeetingAt === undefined && pair.pending === 0 && !RESTING.includes(pair.state)
    case 'attention':
      return pair.needsAttention > 0 || pair.needsDate > 0
  }
}

/** How many pairs each filter shows: the figures above the list. A pair may count in more than one. */
export function countPairs(pairs: readonly PairRow[]): Readonly<Record<PairFilter, number>> {
  const count = (filter: PairFilter) => pairs.filter((pair) => isIn(pair, filter)).length
  return { all: pairs.length, booked: count('booked'), unbooked: count('unbooked'), attention: count('attention') }
}

export type PairChoice = { readonly filter: PairFilter; readonly search: string; readonly order: PairOrder }

/**
 * The rows to show, in order. Every word of the search must begin a word of a name or an address, whatever the case
 * or accents: "mu jo" finds "José Muñoz".
 */
export function choosePairs(pairs: readonly PairRow[], { filter, search, order }: PairChoice): readonly PairRow[] {
  const wanted = wordsOf(search)
  const found = pairs.filter((pair) => isIn(pair, filter) && matches(pair, wanted))
  const sign = order.direction === 'ascending' ? 1 : -1
  return found.sort(
    (a, b) => compareBy(order.key, a, b, sign) || compareNames(a.mentee.displayName, b.mentee.displayName),
  )
}

function matches(pair: PairRow, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  const words = [pair.mentee, pair.mentor].flatMap((person) => wordsOf(`${person.displayName} ${person.email}`))
  return wanted.every((start) => words.some((word) => word.startsWith(start)))
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '')

function compareBy(key: SortKey, a: PairRow, b: PairRow, sign: number): number {
  switch (key) {
    case 'mentee':
      return sign * compareNames(a.mentee.displayName, b.mentee.displayName)
    case 'mentor':
      return sign * compareNames(a.mentor.displayName, b.mentor.displayName)
    case 'state':
      return sign * compareNames(a.state, b.state)
    case 'next':
      return compareDates(a.nextMeetingAt, b.nextMeetingAt, sign)
    case 'booked':
      return sign * (bookedShare(a) - bookedShare(b))
  }
}

/** Names without a title, so that "Dr. Ada" stands under A. The collator is made once: it is the slow part of sorting. */
const COLLATOR = new Intl.Collator('en', { sensitivity: 'base', numeric: true })
const compareNames = (a: string, b: string): number => COLLATOR.compare(withoutTitle(a), withoutTitle(b))
const withoutTitle = (name: string): string => name.replace(/^(dr|prof)\.?\s+/i, '')

/** A pair without a date comes last both ways: it is no early or late date. */
function compareDates(a: string | undefined, b: string | undefined, sign: number): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return sign * (Date.parse(a) - Date.parse(b))
}

const bookedShare = (pair: PairRow): number => (pair.planned === 0 ? -1 : pair.booked / pair.planned)

/** How many meetings have waited for another date for two weeks, in words that blame nobody. */
export const orphansText = (count: number): string =>
  `${count === 1 ? 'One meeting has' : `${count} meetings have`} been without a date for 14 days. An offer to help may be welcome.`
