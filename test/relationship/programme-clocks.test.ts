import { expect, test } from 'vitest'
import { DEFAULT_CLOCKS } from '../../shared/domain/lifecycle-clocks.ts'
import {
  assertClocks,
  CLOCK_LIMITS,
  type ClockName,
  clockFaults,
  clocksOf,
} from '../../shared/domain/programme-clocks.ts'

const paths = (own: Parameters<typeof clockFaults>[0]) => clockFaults(own).map(({ path }) => path)

test('what a programme leaves out is as built in, and the built-in clocks are themselves allowed', () => {
  expect(clocksOf({ quietDays: 45 })).toEqual({ ...DEFAULT_CLOCKS, quietDays: 45 })
  expect(clockFaults({})).toEqual([])
})

test('every clock is held to its limits, both of which are allowed', () => {
  for (const [name, { min, max }] of Object.entries(CLOCK_LIMITS) as [ClockName, { min: number; max: number }][]) {
    const isOutside = (value: number) =>
      clockFaults({ [name]: value }).some(({ path, message }) => path === name && message.includes(`${min} to ${max}`))
    expect([min - 1, min, max, max + 1, min + 0.5, Number.NaN].map(isOutside), name).toEqual([
      true,
      false,
      false,
      true,
      true,
      true,
    ])
  }
})

test('the coordinator is asked after the assistant, and a meeting is due after a first word, built-in clocks included', () => {
  expect(paths({ assistantDays: 14 })).toEqual(['coordinatorDays'])
  expect(paths({ assistantDays: 14, coordinatorDays: 15 })).toEqual([])
  expect(paths({ coordinatorDays: 7 })).toEqual(['coordinatorDays'])
  expect(paths({ firstContactDays: 50 })).toEqual(['firstMeetingDays'])
  expect(() => assertClocks({ firstMeetingDays: 14 })).toThrow(
    expect.objectContaining({
      code: 'clocks-out-of-order',
      faults: [{ path: 'firstMeetingDays', message: 'is more than 14, which comes before it' }],
    }),
  )
})
