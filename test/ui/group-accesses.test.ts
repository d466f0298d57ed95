import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccessEntry } from '../../shared/ui/access/access-texts.ts'
import { accessRows, groupAccesses } from '../../shared/ui/access/group-accesses.ts'

const person = (name: string) => ({ personId: `id-${name}`, displayName: name, email: `${name}@department.test` })
const look = (at: string, name: string | undefined, change: Partial<AccessEntry> = {}): AccessEntry => ({
  at,
  ...(name === undefined ? {} : { by: person(name) }),
  outcome: 'read',
  things: ['goals'],
  ...change,
})

test('the same person, kind and day make one line with how often and when last, in the order of the last times', () => {
  const groups = groupAccesses(
    [
      look('2027-03-02T18:00:00Z', 'Ada'),
      look('2027-03-02T17:00:00Z', 'Ben'),
      look('2027-03-02T16:00:00Z', 'Ada'),
      look('2027-03-02T15:00:00Z', 'Ada', { outcome: 'changed' }),
      look('2027-03-02T14:00:00Z', undefined),
      look('2027-03-01T16:00:00Z', 'Ada'),
    ],
    'UTC',
  )
  expect(groups.map(({ by, text, count, at }) => [by?.displayName, text, count, at])).toEqual([
    ['Ada', 'Read goals', 2, '2027-03-02T18:00:00Z'],
    ['Ben', 'Read goals', 1, '2027-03-02T17:00:00Z'],
    ['Ada', 'Changed goals', 1, '2027-03-02T15:00:00Z'],
    [undefined, 'Read goals', 1, '2027-03-02T14:00:00Z'],
    ['Ada', 'Read goals', 1, '2027-03-01T16:00:00Z'],
  ])
})

test('a day is a day where the viewer is', () => {
  // 23:30 and 00:30 in Kathmandu, five and three quarter hours ahead.
  const entries = [look('2027-03-01T18:45:00Z', 'Ada'), look('2027-03-01T17:45:00Z', 'Ada')]
  expect(groupAccesses(entries, 'Asia/Kathmandu')).toHaveLength(2)
  expect(groupAccesses(entries, 'America/St_Johns')).toHaveLength(1)
})

test('no access is lost or counted twice, whatever comes in whatever order of people and kinds', () => {
  const anEntry = fc
    .record({
      minute: fc.nat(10_000),
      name: fc.constantFrom('Ada', 'Ben', undefined),
      thing: fc.constantFrom('goals', 'homework'),
    })
    .map(({ minute, name, thing }) => {
      const at = new Date(Date.UTC(2027, 2, 10) + minute * 60_000).toISOString()
      return look(at, name, { things: [thing] })
    })
  fc.assert(
    fc.property(fc.array(anEntry), (unsorted) => {
      const entries = unsorted.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
      const groups = groupAccesses(entries, 'America/New_York')
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(entries.length)
      expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
    }),
  )
})

test('the table has every access by itself and names the zone of its times', () => {
  const entries = [look('2027-03-02T03:15:00Z', 'Ada'), look('2027-03-02T03:10:00Z', undefined)]
  expect(accessRows(entries, 'America/New_York')).toEqual([
    ['Date (America/New_York)', 'Time (America/New_York)', 'Time (UTC)', 'Who', 'What'],
    ['2027-03-01', '22:15:00', '2027-03-02T03:15:00Z', 'Ada', 'Read goals'],
    ['2027-03-01', '22:10:00', '2027-03-02T03:10:00Z', 'The service by itself', 'Read goals'],
  ])
})
