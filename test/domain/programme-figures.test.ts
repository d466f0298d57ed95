import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RELATIONSHIP_STATES } from '../../shared/domain/lifecycle.ts'
import { figuresOf, hideFew, type PairInFigures } from '../../shared/domain/programme-figures.ts'

const aPair = (change: Partial<PairInFigures> = {}): PairInFigures => ({
  state: 'active',
  hasNextMeeting: true,
  isAgreementSigned: true,
  planned: 6,
  booked: 4,
  held: 2,
  ...change,
})
const pairs = (count: number, change: Partial<PairInFigures> = {}) => Array.from({ length: count }, () => aPair(change))

test('counts pairs, meetings and places', () => {
  const all = [...pairs(9), ...pairs(6, { state: 'stalled', hasNextMeeting: false, isAgreementSigned: false })]
  expect(figuresOf(all, [3, 2, 1, 4, 2, undefined])).toEqual({
    pairs: 15,
    phases: { starting: 0, meeting: 9, quiet: 6, paused: 0, parting: 0 },
    nextMeeting: { booked: 9, none: 6 },
    agreement: { signed: 9, open: 6 },
    meetings: { planned: 90, booked: 60, held: 30 },
    mentors: 6,
    capacity: 12,
  })
})

test('says nothing of a programme of fewer than five pairs', () => {
  const { pairs: total, phases, meetings, mentors } = figuresOf(pairs(4), [1, 1, 1, 1])
  expect([total, phases.meeting, meetings.held, mentors]).toEqual(['few', 'few', 'few', 'few'])
})

test('hides a second part, where the whole would tell the first', () => {
  expect(hideFew({ a: 2, b: 7, c: 12, d: 0 })).toEqual({ a: 'few', b: 'few', c: 12, d: 0 })
  expect(hideFew({ a: 1, b: 1, c: 3, d: 12 })).toEqual({ a: 'few', b: 'few', c: 'few', d: 12 })
  expect(hideFew({ a: 1, b: 2, c: 12 })).toEqual({ a: 'few', b: 'few', c: 'few' })
})

test('whatever the parts, what is hidden is five or more together or everything, and nothing of one to four is shown', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 6 }), (sizes) => {
      const shown = Object.values(hideFew(Object.fromEntries(sizes.map((size, n) => [`part-${n}`, size]))))
      const hidden = sizes.filter((_, n) => shown[n] === 'few')
      const total = hidden.reduce((sum, size) => sum + size, 0)
      const isAll = sizes.every((size, n) => size === 0 || shown[n] === 'few')
      expect(hidden.length === 0 || total >= 5 || isAll).toBe(true)
      // One that is hidden alone could be told from the whole.
      expect(hidden.length === 1 && !isAll).toBe(false)
      expect(shown.some((count) => typeof count === 'number' && count > 0 && count < 5)).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('every state is in one phase', () => {
  for (const state of RELATIONSHIP_STATES) {
    const { phases } = figuresOf(pairs(5, { state }), [])
    expect(Object.values(phases).filter((count) => count === 5)).toHaveLength(1)
  }
})
