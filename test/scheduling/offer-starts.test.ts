import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { checkSlot } from '../../shared/scheduling/check-slot.ts'
import { offerStarts } from '../../shared/scheduling/offer-starts.ts'
import type { Program } from '../../shared/scheduling/types.ts'
import { aProgram, SEED } from './builders.ts'

const WINDOW = [{ from: '2027-09-06', to: '2027-09-18' }]
const near = '2027-09-08T13:00:00Z'
const offersOf = (program: Program, change: object = {}) =>
  offerStarts({ program, pairId: 'pair', window: 0, near, limit: 3, ...change })

describe('offers for one meeting', () => {
  test('are on different days, the nearest of equally good ones first', () => {
    const { offers } = offersOf(aProgram({ windows: WINDOW, minutes: 45 }))
    const days = offers.map(({ start }) => start.slice(0, 10))
    expect(new Set(days).size).toBe(3)
    // The middle of the window is Sunday the 12th, so the days around it cost nothing.
    expect(days[0]).toBe('2027-09-08')
  })

  test('prefer the time at which the pair usually meets, and say so', () => {
    const { offers } = offersOf(aProgram({ windows: WINDOW, minutes: 45 }), {
      usual: { weekday: 4, startTime: '14:00' },
    })
    expect(offers[0]!.start).toBe('2027-09-09T14:00:00Z')
    expect(offers[0]!.reasons.map(({ code }) => code)).toContain('on-pattern')
    expect(offers[2]!.reasons.map(({ code }) => code)).toContain('off-pattern')
  })

  test('of a pair without a usual time say nothing of it', () => {
    const { offers } = offersOf(aProgram({ windows: WINDOW }))
    for (const { reasons } of offers)
      expect(reasons.map(({ code }) => code)).not.toEqual(expect.arrayContaining(['on-pattern']))
  })

  test('use one day several times only where no other is left, without overlaps', () => {
    const onlyMonday: Program = aProgram({
      windows: WINDOW,
      minutes: 45,
      people: [
        { id: 'mentee', timeZone: 'UTC', workingHours: [{ weekday: 1, start: '09:00', end: '11:00' }] },
        { id: 'mentor', timeZone: 'UTC' },
      ],
    })
    const starts = offersOf(onlyMonday).offers.map(({ start }) => Date.parse(start) / 60_000)
    expect(starts).toHaveLength(3)
    for (const [index, start] of starts.entries())
      for (const other of starts.slice(index + 1)) expect(Math.abs(start - other)).toBeGreaterThanOrEqual(45)
  })

  test('none in a window that clinic fills; the refusals say what fills it', () => {
    const program = aProgram({
      windows: WINDOW,
      people: [
        { id: 'mentee', timeZone: 'Asia/Kathmandu' },
        {
          id: 'mentor',
          timeZone: 'Asia/Kathmandu',
          clinic: { dated: [{ start: '2027-09-01', end: '2027-10-01', label: 'Ward', kind: 'service' }] },
        },
      ],
    })
    const { offers, possibleStarts, refusals } = offersOf(program)
    expect(offers).toEqual([])
    expect(possibleStarts).toBe(0)
    expect(refusals.map(({ code }) => code)).toContain('service')
  })

  test('are always bookable, whatever keeps people away', () => {
    const hour = fc.integer({ min: 0, max: 24 * 20 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 30 })), { maxLength: 12 }),
        fc.constantFrom('America/St_Johns', 'Asia/Kathmandu', 'Europe/Berlin'),
        fc.constantFrom(30, 45, 60),
        (busyHours, timeZone, minutes) => {
          const origin = Temporal.Instant.from('2027-10-25T00:00:00Z')
          const busy = busyHours.map(([from, hours]): [string, string] => [
            origin.add({ hours: from }).toString(),
            origin.add({ hours: from + hours }).toString(),
          ])
          // Clocks go back in Europe and in Newfoundland within this window.
          const program = aProgram({
            windows: [{ from: '2027-10-25', to: '2027-11-14' }],
            minutes,
            people: [
              { id: 'mentee', timeZone, busy },
              { id: 'mentor', timeZone: 'America/New_York' },
            ],
            earliestStart: '2027-10-26T09:00:00Z',
          })
          const { offers } = offersOf(program, { usual: { weekday: 2, startTime: '13:00' }, limit: 5 })
          for (const { start } of offers) expect(checkSlot(program, 'pair', 0, start)).toEqual([])
        },
      ),
      { seed: SEED, numRuns: 100 },
    )
  })
})
