import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { expandRecurrence, recurrenceDates, shapeEvents } from '../../shared/scheduling/recurrence.ts'
import type { EventShape, RecurrencePattern } from '../../shared/scheduling/types.ts'
import { SEED } from './builders.ts'
import { ZONES } from './random-programs.ts'

const ZONE = 'America/New_York'
type Recurring = Extract<EventShape, { kind: 'recurring' }>
type Given = readonly { readonly start: string; readonly minutes: number }[]

const at = (text: string, minutes = 45) => ({
  start: Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).toInstant().toString(),
  minutes,
})
const recurringOf = (shapes: readonly EventShape[]) =>
  shapes.find((shape): shape is Recurring => shape.kind === 'recurring')

/** Plays the moves one by one as Exchange would take them, and answers the dates after the last. */
function playMoves(given: Given, shape: Recurring): void {
  const zonedDay = (meeting: number) =>
    Temporal.Instant.from(given[meeting]!.start).toZonedDateTimeISO(shape.timeZone).toPlainDate().toString()
  const days: string[] = shape.occurrences.map(({ date }) => date)
  const moved = new Set<number>()
  for (const index of shape.moves) {
    const target = zonedDay(shape.occurrences[index]!.meeting!)
    const before = days[index - 1]
    const after = days[index + 1]
    expect(before === undefined || before < target).toBe(true)
    expect(after === undefined || target < after).toBe(true)
    days[index] = target
    moved.add(index)
  }
  expect(moved.size).toBe(shape.moves.length)
  expect([...moved].sort((a, b) => a - b)).toEqual(
    shape.occurrences.flatMap(({ change }, index) => (change === 'moved' ? [index] : [])),
  )
}

/** Every promise of a shape, whatever the meetings were. */
function expectSound(given: Given, shapes: readonly EventShape[], timeZone: string): void {
  const held = shapes.flatMap((shape) =>
    shape.kind === 'single'
      ? [shape.meeting]
      : shape.occurrences.flatMap(({ meeting }) => (meeting === undefined ? [] : [meeting])),
  )
  expect(held.toSorted((a, b) => a - b)).toEqual(given.map((_, index) => index))
  expect(shapes.filter(({ kind }) => kind === 'recurring').length).toBeLessThanOrEqual(1)
  const shape = recurringOf(shapes)
  if (!shape) return
  expect(shape.timeZone).toBe(timeZone)
  expect(shape.occurrences).toHaveLength(shape.range.count)
  expect(shape.occurrences.map(({ date }) => date)).toEqual(recurrenceDates(shape.pattern, shape.range))
  expect(shape.occurrences[0]?.date).toBe(shape.range.startDate)
  expect(shape.occurrences[0]?.change).not.toBe('dropped')
  expect(shape.occurrences.at(-1)?.change).not.toBe('dropped')
  const unchanged = shape.occurrences.filter(({ change }) => change === 'none').length
  expect(unchanged).toBeGreaterThanOrEqual(3)
  expect(unchanged * 2).toBeGreaterThan(shape.occurrences.length)
  const computed = expandRecurrence(shape.pattern, shape.range, timeZone, shape.startTime)
  for (const [index, { meeting, change }] of shape.occurrences.entries()) {
    expect(meeting === undefined).toBe(change === 'dropped')
    if (meeting === undefined) continue
    expect(given[meeting]!.minutes).toBe(shape.minutes)
    const same = Temporal.Instant.compare(given[meeting]!.start, computed[index]!) === 0
    expect(same).toBe(change === 'none')
  }
  playMoves(given, shape)
}

const pattern: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({
    kind: fc.constant('weekly' as const),
    interval: fc.integer({ min: 1, max: 6 }),
    weekday: fc.constantFrom(1, 2, 3, 4, 5),
  }),
  fc.record({
    kind: fc.constant('monthly-by-weekday' as const),
    interval: fc.integer({ min: 1, max: 3 }),
    weekday: fc.constantFrom(1, 2, 3, 4, 5),
    index: fc.constantFrom('first', 'second', 'third', 'fourth', 'last'),
  }),
  fc.record({
    kind: fc.constant('monthly-by-day' as const),
    interval: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 1, max: 31 }),
  }),
)

describe('dates that follow a pattern but for some', () => {
  const disturbed = fc.record({
    given: pattern,
    count: fc.integer({ min: 3, max: 14 }),
    timeZone: fc.constantFrom(...ZONES),
    shifts: fc.array(
      fc.record({
        index: fc.nat({ max: 13 }),
        days: fc.integer({ min: -20, max: 20 }),
        minutes: fc.constantFrom(0, 0, 60, -45),
      }),
      {
        maxLength: 4,
      },
    ),
    missing: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 2 }),
  })

  test('become sound calendar items, whatever moved or is missing', () => {
    let series = 0
    fc.assert(
      fc.property(disturbed, ({ given, count, timeZone, shifts, missing }) => {
        const starts = expandRecurrence(given, { startDate: '2027-01-10', count }, timeZone, '13:00').map((text) =>
          Temporal.Instant.from(text),
        )
        for (const { index, days, minutes } of shifts) {
          const start = starts[index]
          if (start) starts[index] = start.toZonedDateTimeISO(timeZone).add({ days }).add({ minutes }).toInstant()
        }
        const meetings = starts
          .filter((_, index) => !missing.includes(index))
          .map((start) => ({ start: start.toString(), minutes: 30 }))
        const shapes = shapeEvents(meetings, timeZone)
        expectSound(meetings, shapes, timeZone)
        if (recurringOf(shapes)) series++
      }),
      { seed: SEED, numRuns: 1000 },
    )
    expect(series).toBeGreaterThan(500)
  }, 60_000)

  test('an undisturbed pattern is one item without changes', () => {
    fc.assert(
      fc.property(pattern, fc.integer({ min: 3, max: 14 }), fc.constantFrom(...ZONES), (given, count, timeZone) => {
        const meetings = expandRecurrence(given, { startDate: '2027-01-10', count }, timeZone, '13:00').map(
          (start) => ({ start, minutes: 30 }),
        )
        const shapes = shapeEvents(meetings, timeZone)
        expect(shapes).toHaveLength(1)
        expect(recurringOf(shapes)?.occurrences.map(({ change }) => change)).toEqual(meetings.map(() => 'none'))
      }),
      { seed: SEED, numRuns: 300 },
    )
  }, 60_000)
})

test('months 1, 3, 6, 9 and 12 on different weekdays are singles in order of time', () => {
  const meetings = [at('2027-09-14T13:00'), at('2027-01-12T13:00'), at('2027-03-10T09:00'), at('2027-06-17T13:00')]
  expect(shapeEvents(meetings, ZONE)).toEqual([
    { kind: 'single', meeting: 1 },
    { kind: 'single', meeting: 2 },
    { kind: 'single', meeting: 3 },
    { kind: 'single', meeting: 0 },
  ])
})

test('a date that clinic pushes to another day of its week stays in the series as a moved occurrence', () => {
  const meetings = ['01-12', '02-09', '03-11', '04-13', '05-11', '06-08'].map((day) => at(`2027-${day}T13:00`))
  const shapes = shapeEvents(meetings, ZONE)
  expect(shapes).toMatchObject([
    {
      kind: 'recurring',
      pattern: { kind: 'monthly-by-weekday', interval: 1, weekday: 2, index: 'second' },
      range: { startDate: '2027-01-12', count: 6 },
      moves: [2],
    },
  ])
  expectSound(meetings, shapes, ZONE)
})

test('a meeting on its neighbour\u2019s day cannot be an occurrence: the date is dropped and booked alone', () => {
  // The fourth weekly date would have to move onto the day of the fifth.
  const meetings = ['01-05T13:00', '01-12T13:00', '01-19T13:00', '02-02T09:00', '02-02T13:00', '02-09T13:00'].map(
    (text) => at(`2027-${text}`),
  )
  const shapes = shapeEvents(meetings, ZONE)
  expect(recurringOf(shapes)?.occurrences.map(({ change }) => change)).toEqual([
    'none',
    'none',
    'none',
    'dropped',
    'none',
    'none',
  ])
  expect(shapes).toContainEqual({ kind: 'single', meeting: 3 })
  expectSound(meetings, shapes, ZONE)
})

test('several dates that move the same way are moved from the far end, so none passes over another', () => {
  const meetings = ['01-05', '01-12', '01-19', '01-26', '02-10', '02-12', '02-16', '02-23', '03-02'].map((day) =>
    at(`2027-${day}T13:00`),
  )
  const shapes = shapeEvents(meetings, ZONE)
  expect(recurringOf(shapes)?.moves).toEqual([5, 4])
  expectSound(meetings, shapes, ZONE)
})

test('meetings of another length are not forced into the series', () => {
  const meetings = ['01-05', '01-12', '01-19', '01-26'].map((day, index) =>
    at(`2027-${day}T13:00`, index === 3 ? 60 : 30),
  )
  const shapes = shapeEvents(meetings, ZONE)
  expect(shapes).toHaveLength(2)
  expectSound(meetings, shapes, ZONE)
})

test.each([
  [0, []],
  [1, ['single']],
  [2, ['single', 'single']],
])('%i meetings need no series', (count, kinds) => {
  const meetings = ['01-05', '01-12'].slice(0, count).map((day) => at(`2027-${day}T13:00`))
  expect(shapeEvents(meetings, ZONE).map(({ kind }) => kind)).toEqual(kinds)
})

test('a cadence across the clock change keeps its wall time', () => {
  const meetings = ['03-02', '03-09', '03-16', '03-23'].map((day) => at(`2027-${day}T13:00`))
  expect(shapeEvents(meetings, ZONE)).toMatchObject([{ kind: 'recurring', startTime: '13:00', moves: [] }])
})

test('sixty meetings, every fifth a day late', () => {
  const meetings = Array.from({ length: 60 }, (_, index) =>
    at(
      Temporal.PlainDateTime.from('2027-01-05T13:00')
        .add({ days: index * 7 + (index % 5 === 4 ? 1 : 0) })
        .toString(),
    ),
  )
  expectSound(meetings, shapeEvents(meetings, ZONE), ZONE)
})
