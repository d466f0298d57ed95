import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FaultKind, PlannedFault, SeriesPlan } from './fault-plan.ts'
import { simulate } from './simulate.ts'

/** All pairs take minutes: FAULT_PAIRS=all, as `npm run test:faults` sets it. */
const WITH_PAIRS = process.env['FAULT_PAIRS'] === 'all'
const CRASHES: readonly FaultKind[] = ['crash-before', 'crash-after', 'crash-late']

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const FLOWS: readonly (readonly [name: string, series: SeriesPlan])[] = [
  ['a single meeting is booked', { isRecurring: false }],
  ['a recurring series with a moved date is booked', { isRecurring: true }],
  ['a booked meeting is called off', { isRecurring: false, cancelAfter: 1_000 }],
  ['a recurring series is called off', { isRecurring: true, cancelAfter: 1_000 }],
  ['a meeting is called off while it is being booked', { isRecurring: false, cancelAfter: 8 }],
  ['a meeting is moved', { isRecurring: false, move: { after: 1_000, to: 'beside' } }],
  ['a date of a series is moved', { isRecurring: true, move: { after: 1_000, to: 'beside' } }],
  [
    'a date of a series is moved past its neighbour',
    { isRecurring: true, move: { after: 1_000, to: 'past-neighbour' } },
  ],
]

const run = (series: SeriesPlan, faults: readonly PlannedFault[]) =>
  simulate({ workers: 1, dedupe: true, repeatedTransaction: 'refuse', series: [series], faults, turns: [0] })

test.each(FLOWS)(
  'wherever the process dies while %s, the next one ends it rightly',
  async (name, series) => {
    const { points } = await run(series, [])
    const wrongs: string[] = []
    let runs = 0
    const look = async (faults: readonly PlannedFault[]) => {
      runs++
      const outcome = await run(series, faults)
      wrongs.push(...outcome.wrongs.map((wrong) => `${wrong} after ${JSON.stringify(faults)}`))
    }
    for (let skip = 0; skip < points; skip++) {
      for (const kind of CRASHES) {
        await look([{ skip, kind }])
        // Whoever goes on takes about as many points again as were left.
        for (let then = 0; WITH_PAIRS && then < points - skip + 8; then++) {
          for (const second of CRASHES)
            await look([
              { skip, kind },
              { skip: then, kind: second },
            ])
        }
      }
    }
    process.stdout.write(`  ${name}: ${points} points, ${runs} runs\n`)
    expect(wrongs).toEqual([])
  },
  3_600_000,
)
