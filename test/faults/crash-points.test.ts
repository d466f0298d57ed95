import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FaultKind, PairEnd, PlannedFault, Schedule, SeriesPlan } from './fault-plan.ts'
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

type Flow = Pick<Schedule, 'series' | 'end'>
const OF_ONE_PAIR: readonly (readonly [name: string, series: SeriesPlan])[] = [
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

const ends = (by: PairEnd, after: number, isRecurring: boolean): Flow => ({
  series: [{ isRecurring }],
  end: { by, after },
})
const FLOWS: readonly (readonly [name: string, flow: Flow])[] = [
  ...OF_ONE_PAIR.map(([name, series]) => [name, { series: [series] }] as const),
  ['a pair with a meeting ahead is ended by one of the two', ends('settled', 1_000, false)],
  ['a pair with a series ahead is ended by one of the two', ends('settled', 1_000, true)],
  ['an invitation is declined after a meeting was booked', ends('declined', 1_000, false)],
  ['an invitation is declined after a series was booked', ends('declined', 1_000, true)],
  ['another mentor is found for a pair with a meeting ahead', ends('rematched', 1_000, false)],
  ['another mentor is found for a pair with a series ahead', ends('rematched', 1_000, true)],
  ['a pair ends while a meeting is being booked', ends('settled', 10, false)],
  ['a pair ends while a series is being booked', ends('settled', 10, true)],
  [
    'a pair with two series ends, and another pair of the same two does not',
    {
      series: [{ isRecurring: false }, { isRecurring: true }, { isRecurring: false, ofOtherPair: true }],
      end: { by: 'settled', after: 1_000 },
    },
  ],
]

const run = (flow: Flow, faults: readonly PlannedFault[]) =>
  simulate({ workers: 1, dedupe: true, repeatedTransaction: 'refuse', ...flow, faults, turns: [0] })

test.each(FLOWS)(
  'wherever the process dies while %s, the next one ends it rightly',
  async (name, flow) => {
    const { points, wrongs: atOnce } = await run(flow, [])
    const wrongs = [...atOnce]
    let runs = 0
    const look = async (faults: readonly PlannedFault[]) => {
      runs++
      const outcome = await run(flow, faults)
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
