import fc from 'fast-check'
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { expandRecurrence, recurrenceDates } from '../../shared/scheduling/recurrence.ts'
import type { RecurrencePattern, Weekday, WeekIndex } from '../../shared/scheduling/types.ts'
import { SEED } from './builders.ts'
import { ZONES } from './random-programs.ts'

const { RRule, rrulestr } = rrule
const DAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const INDEXES: readonly WeekIndex[] = ['first', 'second', 'third', 'fourth', 'last']

const weekday = fc.integer({ min: 1, max: 7 }).map((value) => value as Weekday)
const pattern: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ kind: fc.constant('weekly' as const), interval: fc.integer({ min: 1, max: 9 }), weekday }),
  fc.record({
    kind: fc.constant('monthly-by-weekday' as const),
    interval: fc.integer({ min: 1, max: 12 }),
    weekday,
    index: fc.constantFrom(...INDEXES),
  }),
  fc.record({
    kind: fc.constant('monthly-by-day' as const),
    interval: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  }),
)

/** The same pattern in RFC 5545. A day that short months lack is their last one, which takes BYSETPOS to say. */
function ruleOf(given: RecurrencePattern, count: number): string {
  const rest = `INTERVAL=${given.interval};COUNT=${count};WKST=MO`
  switch (given.kind) {
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${DAY_CODES[given.weekday - 1]};${rest}`
    case 'monthly-by-weekday': {
      const place = given.index === 'last' ? -1 : INDEXES.indexOf(given.index) + 1
      return `FREQ=MONTHLY;BYDAY=${place}${DAY_CODES[given.weekday - 1]};${rest}`
    }
    case 'monthly-by-day': {
      const days = Array.from({ length: Math.max(1, given.day - 27) }, (_, index) => given.day - index)
      return given.day <= 28
        ? `FREQ=MONTHLY;BYMONTHDAY=${given.day};${rest}`
        : `FREQ=MONTHLY;BYMONTHDAY=${days.join()};BYSETPOS=-1;${rest}`
    }
  }
}

const dateOf = (daysAfter: number) => Temporal.PlainDate.from('2026-01-01').add({ days: daysAfter }).toString()

test('3,000 random patterns have the dates that rrule and rrule-temporal give, at the clock time Temporal gives', () => {
  fc.assert(
    fc.property(
      pattern,
      fc.integer({ min: 0, max: 1500 }).map(dateOf),
      fc.integer({ min: 1, max: 14 }),
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 95 }),
      (given, startDate, count, timeZone, quarter) => {
        const time = Temporal.PlainTime.from('00:00').add({ minutes: quarter * 15 })
        const startTime = time.toString().slice(0, 5)
        const dates = recurrenceDates(given, { startDate, count })
        const compact = `${startDate.replaceAll('-', '')}T${startTime.replace(':', '')}00`

        const floating = rrulestr(`DTSTART:${compact}Z\nRRULE:${ruleOf(given, count)}`).all()
        expect(dates).toEqual(floating.map((date) => date.toISOString().slice(0, 10)))

        const zoned = new RRuleTemporal({
          rruleString: `DTSTART;TZID=UTC:${compact}\nRRULE:${ruleOf(given, count)}`,
        }).all()
        expect(dates).toEqual(zoned.map((moment) => moment.toPlainDate().toString()))

        const instants = expandRecurrence(given, { startDate, count }, timeZone, startTime)
        expect(instants.map((instant) => Temporal.Instant.from(instant).epochMilliseconds)).toEqual(
          dates.map(
            (date) => Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds,
          ),
        )
      },
    ),
    { seed: SEED, numRuns: 3000 },
  )
}, 60_000)

describe('where Exchange differs from RFC 5545', () => {
  test.each([
    [31, ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']],
    [30, ['2027-01-30', '2027-02-28', '2027-03-30', '2027-04-30', '2027-05-30']],
    [29, ['2027-01-29', '2027-02-28', '2027-03-29', '2027-04-29', '2027-05-29']],
  ])('day %i of a month that is shorter is its last day, not left out', (day, expected) => {
    const dates = recurrenceDates({ kind: 'monthly-by-day', interval: 1, day }, { startDate: '2027-01-29', count: 5 })
    expect(dates).toEqual(expected)
    const rule = new RRule({
      freq: RRule.MONTHLY,
      bymonthday: day,
      count: 5,
      dtstart: new Date('2027-01-29T00:00:00Z'),
    })
    expect(rule.all().map((date) => date.toISOString().slice(0, 10))).not.toEqual(expected)
  })

  test('29 February of a leap year is kept', () => {
    expect(
      recurrenceDates({ kind: 'monthly-by-day', interval: 12, day: 29 }, { startDate: '2028-02-29', count: 3 }),
    ).toEqual(['2028-02-29', '2029-02-28', '2030-02-28'])
  })

  test('weeks begin on Monday, which shows where every second week starts on a Sunday', () => {
    expect(recurrenceDates({ kind: 'weekly', interval: 2, weekday: 1 }, { startDate: '2027-09-05', count: 2 })).toEqual(
      ['2027-09-13', '2027-09-27'],
    )
  })

  test('a range that starts off the pattern begins with the first date on it and keeps its count', () => {
    expect(
      recurrenceDates(
        { kind: 'monthly-by-weekday', interval: 3, weekday: 2, index: 'first' },
        { startDate: '2027-09-20', count: 2 },
      ),
    ).toEqual(['2027-12-07', '2028-03-07'])
  })

  test('last means the fifth where a month has one', () => {
    expect(
      recurrenceDates(
        { kind: 'monthly-by-weekday', interval: 1, weekday: 2, index: 'last' },
        { startDate: '2027-08-01', count: 3 },
      ),
    ).toEqual(['2027-08-31', '2027-09-28', '2027-10-26'])
  })
})

test('a series keeps its clock time over both clock changes; a skipped time moves on, a doubled one is the earlier', () => {
  expect(
    expandRecurrence(
      { kind: 'weekly', interval: 1, weekday: 7 },
      { startDate: '2027-10-31', count: 3 },
      'America/New_York',
      '01:30',
    ),
  ).toEqual(['2027-10-31T05:30:00Z', '2027-11-07T05:30:00Z', '2027-11-14T06:30:00Z'])
  expect(
    expandRecurrence(
      { kind: 'weekly', interval: 1, weekday: 7 },
      { startDate: '2027-03-07', count: 3 },
      'America/New_York',
      '02:30',
    ),
  ).toEqual(['2027-03-07T07:30:00Z', '2027-03-14T07:30:00Z', '2027-03-21T06:30:00Z'])
})

test.each([
  [{ kind: 'weekly', interval: 0, weekday: 1 }, { startDate: '2027-01-01', count: 1 }, 'pattern.interval'],
  [{ kind: 'weekly', interval: 1, weekday: 1 }, { startDate: '2027-01-01', count: 0 }, 'range.count'],
  [{ kind: 'weekly', interval: 1, weekday: 1 }, { startDate: '2027-01-01', count: 1000 }, 'range.count'],
  [{ kind: 'monthly-by-day', interval: 1, day: 32 }, { startDate: '2027-01-01', count: 1 }, 'pattern.day'],
  [{ kind: 'weekly', interval: 1, weekday: 1 }, { startDate: '2027-13-01', count: 1 }, 'range.startDate'],
] as const)('%j %j is refused at %s', (given, range, path) => {
  expect(() => recurrenceDates(given as RecurrencePattern, range)).toThrow(
    expect.objectContaining({ code: 'invalid-plan', faults: [expect.objectContaining({ path })] }),
  )
})

test('a series of centuries is refused', () => {
  expect(() =>
    recurrenceDates({ kind: 'monthly-by-day', interval: 99, day: 1 }, { startDate: '2027-01-01', count: 999 }),
  ).toThrow(expect.objectContaining({ code: 'too-large' }))
})
