import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PairRow } from '../../../shared/api/programmes.ts'
import {
  choosePairs,
  countPairs,
  PAIR_FILTERS,
  type PairChoice,
  pairStatus,
  SORT_KEYS,
} from '../../../teams-app/coordinator/pair-facts.ts'
import { aPair, aPerson, uuid } from '../builders.ts'

const NEXT = '2027-03-16T16:00:00Z'
const ALL: PairChoice = { filter: 'all', search: '', order: { key: 'mentee', direction: 'ascending' } }

test.each([
  ['attention', { needsAttention: 1, nextMeetingAt: NEXT }],
  ['date-missing', { needsDate: 1, nextMeetingAt: NEXT }],
  ['booked', { nextMeetingAt: NEXT, pending: 2 }],
  ['being-booked', { pending: 2 }],
  ['unbooked', { state: 'active' }],
  ['unbooked', { state: 'stalled', planned: 5, booked: 5, past: 5 }],
  ['resting', { state: 'paused' }],
  ['resting', { state: 'ended' }],
  ['resting', { state: 'informal' }],
] as const)('says %s of a pair with %o', (status, fields) => {
  expect(pairStatus(aPair(fields))).toBe(status)
})

test('counts pairs by what a coordinator asks: all, with a date, without one, in trouble', () => {
  const pairs = [
    aPair({ nextMeetingAt: NEXT }),
    aPair({ nextMeetingAt: NEXT, needsAttention: 1 }),
    aPair({ pending: 1 }),
    aPair(),
    aPair({ state: 'paused' }),
  ]
  expect(countPairs(pairs)).toEqual({ all: 5, booked: 2, unbooked: 1, attention: 1 })
})

test('finds people by the beginnings of their names and addresses, whatever case and accents', () => {
  const jose = aPair({ relationshipId: uuid(1), mentee: aPerson('José Muñoz'), mentor: aPerson('Ada Osei') })
  const lin = aPair({ relationshipId: uuid(2), mentee: aPerson('Wei Lin'), mentor: aPerson('Ben Solberg') })
  const find = (search: string) => choosePairs([jose, lin], { ...ALL, search }).map((pair) => pair.relationshipId)
  expect(find('munoz')).toEqual([uuid(1)])
  expect(find('  MU jo ')).toEqual([uuid(1)])
  expect(find('jo os')).toEqual([uuid(1)])
  expect(find('wei.lin@hosp')).toEqual([uuid(2)])
  expect(find('unoz')).toEqual([])
  expect(find('')).toEqual([uuid(1), uuid(2)])
})

test('sorts by next meeting with undated pairs last, both ways', () => {
  const pairs = [
    aPair({ relationshipId: uuid(1) }),
    aPair({ relationshipId: uuid(2), nextMeetingAt: '2027-05-01T16:00:00Z' }),
    aPair({ relationshipId: uuid(3), nextMeetingAt: '2027-04-30T23:00:00-05:00' }),
  ]
  const order = (direction: 'ascending' | 'descending') =>
    choosePairs(pairs, { ...ALL, order: { key: 'next', direction } }).map((pair) => pair.relationshipId)
  expect(order('ascending')).toEqual([uuid(3), uuid(2), uuid(1)])
  expect(order('descending')).toEqual([uuid(2), uuid(3), uuid(1)])
})

test('sorts names without their titles', () => {
  const named = (name: string) => aPair({ mentee: aPerson(name) })
  const sorted = choosePairs([named('Dr. Zoë Berg'), named('Prof. Ada Chen'), named('Ben Diaz')], ALL)
  expect(sorted.map(({ mentee }) => mentee.displayName)).toEqual(['Prof. Ada Chen', 'Ben Diaz', 'Dr. Zoë Berg'])
})

const anyPair: fc.Arbitrary<PairRow> = fc
  .record({
    id: fc.nat(1_000_000),
    mentee: fc.constantFrom('Ada Osei', 'Dr. Ada Osei', 'José Muñoz', 'Wei Lin', ''),
    mentor: fc.constantFrom('Ben Solberg', 'Élodie Roy', 'Zhi Ru'),
    state: fc.constantFrom('active', 'paused', 'ended', 'assigned', 'stalled') as fc.Arbitrary<PairRow['state']>,
    planned: fc.nat(12),
    booked: fc.nat(12),
    pending: fc.nat(2),
    needsAttention: fc.nat(1),
    nextMeetingAt: fc.option(fc.constantFrom(NEXT, '2028-01-01T00:00:00Z'), { nil: undefined }),
  })
  .map(({ id, mentee, mentor, nextMeetingAt, ...rest }) =>
    aPair({
      relationshipId: uuid(id),
      mentee: aPerson(mentee),
      mentor: aPerson(mentor),
      ...rest,
      ...(nextMeetingAt === undefined ? {} : { nextMeetingAt }),
    }),
  )
const anyChoice: fc.Arbitrary<PairChoice> = fc.record({
  filter: fc.constantFrom(...PAIR_FILTERS),
  search: fc.constantFrom('', 'a', 'os', 'jose mu', 'nobody'),
  order: fc.record({
    key: fc.constantFrom(...SORT_KEYS),
    direction: fc.constantFrom('ascending', 'descending'),
  }) as fc.Arbitrary<PairChoice['order']>,
})

test('choosing only leaves out and reorders; without search it shows as many as the figure says', () => {
  fc.assert(
    fc.property(fc.array(anyPair, { maxLength: 30 }), anyChoice, (pairs, choice) => {
      const before = structuredClone(pairs)
      const chosen = choosePairs(pairs, choice)
      expect(pairs).toEqual(before)
      expect(new Set(chosen).size).toBe(chosen.length)
      expect(chosen.every((pair) => pairs.includes(pair))).toBe(true)
      if (choice.search === '') expect(chosen).toHaveLength(countPairs(pairs)[choice.filter])
    }),
  )
})
