import { expect, test } from 'vitest'
import { describeReason, describeReasonDiscreetly, discreetCode } from '../../shared/scheduling/describe-reason.ts'
import type { ReasonCode } from '../../shared/scheduling/types.ts'

const nameOf = (id: string) => (id === 'm' ? 'Dr. Reyes' : 'Dr. Chen')

test.each([
  ['clinic', 'Continuity clinic', 'Dr. Chen has clinic (Continuity clinic)'],
  ['clinic', undefined, 'Dr. Chen has clinic'],
  ['unknown', undefined, 'Nothing is known of Dr. Chen\u2019s time then'],
  ['lunch', undefined, 'Falls into Dr. Chen\u2019s lunch time'],
  ['jeopardy', 'Backup', 'Dr. Chen is on standby (Backup)'],
] as const)('%s (%s) reads "%s" to those who may know', (code, label, text) => {
  expect(describeReason({ code, personId: 'c', ...(label ? { label } : {}) }, nameOf)).toBe(text)
})

test('a name that ends in s takes the apostrophe alone', () => {
  expect(describeReason({ code: 'protected-time', personId: 'm' }, nameOf)).toBe('Is in Dr. Reyes\u2019 protected time')
})

const AWAY: readonly ReasonCode[] = [
  'outside-working-hours',
  'clinic',
  'near-clinic',
  'procedure',
  'service',
  'call',
  'post-call',
  'night',
  'teaching',
  'leave',
  'unknown-code',
  'busy',
  'held',
  'unknown',
  'day-off',
  'day-limit',
  'week-limit',
  'overlaps-another-meeting',
]

test('whatever keeps the other person away reads the same, to the letter', () => {
  for (const code of AWAY) {
    const reason = { code, personId: 'c', label: 'Oncology clinic', slots: 3 }
    expect(describeReasonDiscreetly(reason, nameOf)).toBe('Dr. Chen is not available')
    expect(discreetCode(reason)).toBe('not-available')
  }
})

test('standby and protected time of the other person only say how well a time suits', () => {
  const standby = { code: 'jeopardy', personId: 'c', label: 'ICU backup' } as const
  expect([discreetCode(standby), describeReasonDiscreetly(standby, nameOf)]).toEqual([
    'less-suitable',
    'Suits Dr. Chen less',
  ])
  const own = { code: 'protected-time', personId: 'c' } as const
  expect([discreetCode(own), describeReasonDiscreetly(own, nameOf)]).toEqual(['suitable', 'Suits Dr. Chen well'])
})

test('what the clock says is for everybody', () => {
  expect(describeReasonDiscreetly({ code: 'early', personId: 'c', cost: 2 }, nameOf)).toBe(
    'Starts before 08:30 for Dr. Chen',
  )
  expect(describeReasonDiscreetly({ code: 'far-from-middle', cost: 1 }, nameOf)).toBe(
    'Is far from the middle of the window',
  )
  expect(describeReasonDiscreetly({ code: 'too-soon' }, nameOf)).toBe('This is too soon')
})
