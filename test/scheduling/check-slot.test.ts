import { expect, test } from 'vitest'
import { checkSlot } from '../../shared/scheduling/check-slot.ts'
import type { SchedulingPerson } from '../../shared/scheduling/types.ts'
import { aProgram } from './builders.ts'

const mentor: SchedulingPerson = {
  id: 'mentor',
  timeZone: 'America/New_York',
  clinic: {
    weekly: [{ weekday: 2, start: '08:00', end: '12:00', label: 'Continuity clinic' }],
    dated: [
      { start: '2027-09-08T19:00', end: '2027-09-09T07:00', kind: 'call', label: 'ICU' },
      { start: '2027-09-09T07:00', end: '2027-09-09T12:00', kind: 'post-call' },
    ],
  },
  busy: [['2027-09-07T18:00:00Z', '2027-09-07T19:00:00Z']],
  unknown: [['2027-09-20T00:00:00Z', '2027-09-27T00:00:00Z']],
  holds: [['2027-09-10T15:00:00Z', '2027-09-10T15:30:00Z']],
  daysOff: ['2027-09-15'],
}
const program = aProgram({
  people: [{ id: 'mentee', timeZone: 'America/New_York' }, mentor],
  windows: [{ from: '2027-09-01', to: '2027-10-01' }],
  horizon: { start: '2027-08-01', end: '2027-12-01' },
  earliestStart: '2027-09-02T12:00:00Z',
  minutes: 30,
})
const because = (code: string, label?: string) => ({ code, personId: 'mentor', ...(label ? { label } : {}) })

test.each([
  ['free for all', '2027-09-07T17:00:00Z', []],
  ['in clinic', '2027-09-07T13:00:00Z', [because('clinic', 'Continuity clinic')]],
  ['just after clinic', '2027-09-07T16:00:00Z', [because('near-clinic', 'Continuity clinic')]],
  ['half in a busy hour', '2027-09-07T17:45:00Z', [because('busy')]],
  ['resting after call', '2027-09-09T15:30:00Z', [because('post-call')]],
  ['where nothing is known', '2027-09-22T17:00:00Z', [because('unknown')]],
  ['held by another series', '2027-09-10T15:15:00Z', [because('held')]],
  ['on a day off', '2027-09-15T17:00:00Z', [because('day-off')]],
  ['too soon', '2027-09-01T15:00:00Z', [{ code: 'too-soon' }]],
  ['outside of the window', '2027-10-01T15:00:00Z', [{ code: 'outside-window' }]],
  ['outside of the horizon', '2028-10-02T15:00:00Z', [{ code: 'outside-window' }, { code: 'outside-horizon' }]],
  [
    'at night, on call',
    '2027-09-09T02:00:00Z',
    [{ code: 'outside-working-hours', personId: 'mentee' }, because('outside-working-hours'), because('call', 'ICU')],
  ],
  ['off the grid but free', '2027-09-07T17:05:00Z', []],
  ['off the grid and touching a busy hour', '2027-09-07T17:35:00Z', [because('busy')]],
] as const)('a start %s (%s)', (_, start, reasons) => {
  expect(checkSlot(program, 'pair', 0, start)).toEqual(reasons)
})

test('the last evening of a window counts in the organizer\u2019s zone', () => {
  const always = [{ weekday: 4 as const, start: '00:00', end: '24:00' }]
  const late = aProgram({
    people: [
      { id: 'mentee', timeZone: 'America/Los_Angeles', workingHours: always },
      { id: 'mentor', timeZone: 'Pacific/Auckland', workingHours: [{ weekday: 5, start: '00:00', end: '24:00' }] },
    ],
    windows: [{ from: '2027-09-30', to: '2027-10-01' }],
  })
  // 30 September 17:00 in Los Angeles is 1 October in Auckland and in UTC.
  expect(checkSlot(late, 'pair', 0, '2027-10-01T00:00:00Z')).toEqual([])
  expect(checkSlot(late, 'pair', 0, '2027-10-01T07:00:00Z')).toContainEqual({ code: 'outside-window' })
})

test('a window that the pair does not have, and a start that is no instant, are refused', () => {
  expect(() => checkSlot(program, 'pair', 1, '2027-09-07T17:00:00Z')).toThrow(
    expect.objectContaining({ code: 'invalid-plan' }),
  )
  expect(() => checkSlot(program, 'pair', 0, '2027-09-07')).toThrow(expect.objectContaining({ code: 'invalid-plan' }))
})
