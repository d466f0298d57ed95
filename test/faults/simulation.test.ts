import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anySchedule, type Schedule } from './fault-plan.ts'
import { simulate } from './simulate.ts'

/** More of them: FAULT_SCHEDULES=100000; the same again: FAULT_SEED, as printed. */
const SCHEDULES = Number(process.env['FAULT_SCHEDULES'] ?? 100)
const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000_007)

/** Schedules that once found something. */
const FOUND: readonly Schedule[] = [
  // Two jobs of one series: the one looked for conflicts while the other invited, and took their own meeting for one.
  {
    workers: 1,
    dedupe: false,
    repeatedTransaction: 'first-event',
    series: [
      { isRecurring: true, move: { after: 26, to: 'past-neighbour' } },
      { isRecurring: false, cancelAfter: 0 },
    ],
    faults: [
      { skip: 0, kind: 'reset-after' },
      { skip: 1, kind: '429' },
      { skip: 1, kind: 'stale' },
      { skip: 0, kind: 'crash-late' },
      { skip: 0, kind: 'crash-late' },
    ],
    turns: [0, 0, 0, 0, 2, 1, 1, 5, 2, 5, 0],
  },
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('random faults, crashes and workers book nothing twice and lose nothing', async () => {
  let runs = 0
  const sums = { points: 0, faults: 0, crashes: 0, acknowledged: 0, withRepeatMail: 0 }
  const began = performance.now()
  await fc.assert(
    fc.asyncProperty(anySchedule, async (schedule) => {
      const { wrongs, points, faults, crashes, acknowledged, repeatMails } = await simulate(schedule)
      runs++
      sums.points += points
      sums.faults += faults
      sums.crashes += crashes
      sums.acknowledged += acknowledged
      if (repeatMails > 0) sums.withRepeatMail++
      expect(wrongs).toEqual([])
    }),
    { numRuns: SCHEDULES, seed: SEED, examples: FOUND.map((schedule) => [schedule]) },
  )
  process.stdout.write(
    `  ${runs} schedules (seed ${SEED}), ${sums.points} points, ${sums.faults} faults, ${sums.crashes} crashes, ${sums.acknowledged} acknowledged, 0 lost, 0 duplicated, 0 orphans, ${sums.withRepeatMail} with a repeat mail, ${((performance.now() - began) / 1000).toFixed(1)} s\n`,
  )
  expect(sums.withRepeatMail / runs).toBeLessThan(0.05)
}, 3_600_000)
