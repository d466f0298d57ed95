import fc from 'fast-check'
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { ExpansionBudget, expandRule } from '../../server/feeds/expand-rule.ts'
import { readIcs } from '../../server/feeds/read-ics.ts'
import { readVevent } from '../../server/feeds/read-vevent.ts'
import { DAY_SECONDS, dayOfText } from '../../server/feeds/wall-seconds.ts'
import { aCalendar, anEvent, options } from './builders.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const some = (values: fc.Arbitrary<string | number>, maxLength = 3) =>
  fc.uniqueArray(values, { minLength: 1, maxLength }).map((list) => list.join(','))
const ordinal = (max: number) =>
  fc
    .tuple(fc.constantFrom(...WEEKDAYS), fc.integer({ min: 1, max }), fc.boolean())
    .map(([day, nth, fromEnd]) => `${fromEnd ? '-' : ''}${nth}${day}`)
const signed = (max: number) =>
  fc.tuple(fc.integer({ min: 1, max }), fc.boolean()).map(([n, negative]) => (negative ? -n : n))

/** From one end only: `2,-3` can name one day twice, which rrule counts twice. */
const positions = (max: number) =>
  fc.oneof(some(fc.integer({ min: 1, max }), 2), some(fc.integer({ min: -max, max: -1 }), 2))
const months = some(fc.integer({ min: 1, max: 12 }))
const weekdays = some(fc.constantFrom(...WEEKDAYS), 5)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
/**
 * Parts that calendars write per frequency. Left out is what the oracles read differently: numbered weekdays beside
 * days of the month or year, positions that reach beyond their set, and the 53rd weekday of a year that has 52.
 */
const partsOf = {
  DAILY: fc.record({ BYMONTH: maybe(months), BYDAY: maybe(weekdays) }),
  WEEKLY: fc.record({ BYMONTH: maybe(months), BYDAY: maybe(weekdays) }),
  MONTHLY: fc.oneof(
    fc.record({ BYMONTH: maybe(months), BYDAY: maybe(some(ordinal(5))) }),
    fc.record({ BYMONTH: maybe(months), BYDAY: maybe(weekdays), BYMONTHDAY: maybe(some(signed(31))) }),
    fc.record({ BYDAY: weekdays, BYSETPOS: positions(4) }),
  ),
  YEARLY: fc.oneof(
    fc.record({ BYMONTH: maybe(months), BYDAY: maybe(some(ordinal(5))) }),
    fc.record({ BYDAY: some(ordinal(51)) }),
    fc.record({ BYMONTH: maybe(months), BYDAY: maybe(weekdays), BYMONTHDAY: maybe(some(signed(31))) }),
    fc.record({ BYYEARDAY: some(signed(366)) }),
    fc.record({ BYDAY: weekdays, BYSETPOS: positions(40) }),
  ),
}
const aRule = fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY').chain((freq) =>
  fc
    .record({
      freq: fc.constant(freq),
      interval: fc.integer({ min: 1, max: 5 }),
      end: fc.oneof(
        fc.constant(''),
        fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
        fc.integer({ min: 0, max: 900 }).map((days) => `;UNTIL=${compact(dayOfText('2026-06-01') + days)}T100000`),
      ),
      wkst: fc.constantFrom('', ';WKST=SU', ';WKST=WE'),
      parts: partsOf[freq] as fc.Arbitrary<Record<string, string | undefined>>,
    })
    .map(({ interval, end, wkst, parts }) => {
      const named = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [`;${name}=${value}`]))
      return `FREQ=${freq};INTERVAL=${interval}${named.join('')}${wkst}${end}`
    }),
)
const startDay = fc.integer({ min: dayOfText('2025-01-01'), max: dayOfText('2027-06-30') })
const startHour = fc.integer({ min: 3, max: 22 })
const compact = (day: number) => new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10).replaceAll('-', '')
const stamp = (day: number, hour: number) => `${compact(day)}T${String(hour).padStart(2, '0')}3000`
const isoText = (wall: number) => new Date(wall * 1000).toISOString()

test('expands any rule as rrule does, and always keeps the start itself', () => {
  const from = dayOfText('2026-12-01') * DAY_SECONDS
  const to = dayOfText('2028-06-01') * DAY_SECONDS
  fc.assert(
    fc.property(aRule, startDay, startHour, (text, day, hour) => {
      const start = day * DAY_SECONDS + hour * 3600 + 1800
      const event = readVevent(
        {
          name: 'VEVENT',
          line: 1,
          children: [],
          lines: [`DTSTART:${stamp(day, hour)}`, `RRULE:${text}`].map((line) => ({ line: 1, text: line })),
        },
        1,
      )
      expect(event.faults).toEqual([])
      const rule = event.rules[0]!
      const until = rule.until === undefined ? {} : { until: rule.until.wall }
      const ours = expandRule(rule, start, { from, to, ...until }, new ExpansionBudget())
      const oracle = new rrule.RRule({
        ...rrule.RRule.parseString(text.replace(/UNTIL=(\d+T\d+)/, 'UNTIL=$1Z')),
        dtstart: new Date(start * 1000),
      })
      const theirs = oracle
        .between(new Date(from * 1000), new Date(to * 1000 - 1), true)
        .map((date) => date.toISOString())
      const expected = [...new Set(start >= from && start < to ? [isoText(start), ...theirs] : theirs)]
      expect(ours.map(isoText)).toEqual(expected.sort())
    }),
    { numRuns: 250, seed: 20270104 },
  )
})

test('keeps zoned entries on their wall clock through both clock changes, as rrule-temporal does', () => {
  const zones = ['America/New_York', 'America/St_Johns', 'Asia/Kathmandu', 'Europe/Berlin', 'Australia/Lord_Howe']
  fc.assert(
    fc.property(
      aRule,
      startDay,
      // Skipped wall times are another matter: the oracle leaves them out, we keep the duty (a test below).
      fc.integer({ min: 4, max: 23 }),
      fc.constantFrom(...zones),
      (text, day, hour, zone) => {
        const utcUntil = text.replace(/UNTIL=(\d+T\d+)/, 'UNTIL=$1Z')
        const lines = [`DTSTART;TZID=${zone}:${stamp(day, hour)}`, `RRULE:${utcUntil}`]
        const feed = readIcs(aCalendar(anEvent(...lines, 'DURATION:PT1M')), options({ personTimeZone: 'UTC' }))
        const oracle = new RRuleTemporal({ rruleString: lines.join('\n') })
        const from = new Date('2027-01-01T00:00:00Z')
        const to = new Date('2027-12-31T23:59:59Z')
        const theirs = oracle.between(from, to, true).map((at) => at.toInstant().toString().slice(0, 16))
        const start = Temporal.PlainDateTime.from(`${stamp(day, hour)}`)
          .toZonedDateTime(zone)
          .toInstant()
          .toString()
        const withStart = start.startsWith('2027') ? [start.slice(0, 16), ...theirs] : theirs
        expect(feed.problems).toEqual([])
        expect(feed.blocks.map(({ start: text }) => (text.length === 10 ? `${text}T00:00` : text))).toEqual(
          [...new Set(withStart)].sort(),
        )
      },
    ),
    { numRuns: 250, seed: 20270104 },
  )
})

const starts = (...lines: string[]) => readIcs(aCalendar(anEvent(...lines)), options()).blocks.map(({ start }) => start)

test('keeps a duty whose wall time a clock change skips', () => {
  const lines = ['DTSTART;TZID=America/New_York:20270307T023000', 'DURATION:PT30M', 'RRULE:FREQ=WEEKLY;COUNT=3']
  expect(starts(...lines)).toEqual(['2027-03-07T02:30', '2027-03-14T03:30', '2027-03-21T02:30'])
})

test('takes exceptions out, whether they are told as a date, in UTC or in the entry’s zone', () => {
  const series = [
    'DTSTART;TZID=America/New_York:20270301T080000',
    'DTEND;TZID=America/New_York:20270301T120000',
    'RRULE:FREQ=WEEKLY;COUNT=5',
  ]
  const left = starts(
    ...series,
    'EXDATE;VALUE=DATE:20270308',
    'EXDATE:20270315T120000Z',
    'EXDATE;TZID=America/Chicago:20270322T070000',
  )
  expect(left).toEqual(['2027-03-01T08:00', '2027-03-29T08:00'])
})

test('adds extra dates and periods, each with its own length', () => {
  const feed = readIcs(
    aCalendar(
      anEvent(
        'DTSTART:20270301T080000',
        'DTEND:20270301T120000',
        'RDATE:20270303T090000',
        'RDATE;VALUE=PERIOD:20270304T080000/PT30M,20270305T080000/20270305T090000',
        'RDATE;VALUE=DATE:20270306',
      ),
    ),
    options(),
  )
  expect(feed.blocks.map(({ start, end }) => [start, end])).toEqual([
    ['2027-03-01T08:00', '2027-03-01T12:00'],
    ['2027-03-03T09:00', '2027-03-03T13:00'],
    ['2027-03-04T08:00', '2027-03-04T08:30'],
    ['2027-03-05T08:00', '2027-03-05T09:00'],
    ['2027-03-06T08:00', '2027-03-06T12:00'],
  ])
})

test('puts a moved occurrence where it moved to, renamed, and drops a cancelled one', () => {
  const feed = readIcs(
    aCalendar(
      anEvent('UID:s', 'DTSTART;TZID=America/New_York:20270301T080000', 'DURATION:PT4H', 'RRULE:FREQ=WEEKLY;COUNT=3'),
      anEvent('UID:s', 'SUMMARY:Late', 'RECURRENCE-ID:20270308T130000Z', 'DTSTART;VALUE=DATE:20270309'),
      anEvent(
        'UID:s',
        'STATUS:CANCELLED',
        'RECURRENCE-ID;TZID=America/New_York:20270315T080000',
        'DTSTART;TZID=America/New_York:20270315T080000',
        'DURATION:PT4H',
      ),
    ),
    options(),
  )
  expect(feed.problems).toEqual([])
  expect(feed.blocks).toEqual([
    { start: '2027-03-01T08:00', end: '2027-03-01T12:00', label: 'Clinic', kind: 'clinic', hardness: 'hard' },
    { start: '2027-03-09T12:00', end: '2027-03-09T20:00', label: 'Late', kind: 'service', hardness: 'hard' },
  ])
})

test('keeps a replaced occurrence whose series is not in the file', () => {
  expect(starts('UID:s', 'RECURRENCE-ID:20270308T080000', 'DTSTART:20270309T080000', 'DURATION:PT1H')).toEqual([
    '2027-03-09T08:00',
  ])
})

test('of two versions of one entry only the newer counts; two entries that share a UID both do', () => {
  const at = (day: string, ...more: string[]) =>
    anEvent('UID:same', `DTSTART:202703${day}T080000`, 'DURATION:PT1H', ...more)
  const read = (...events: string[]) => readIcs(aCalendar(...events), options()).blocks.map(({ start }) => start)
  expect(read(at('01', 'SEQUENCE:1'), at('02', 'SEQUENCE:3'), at('03', 'SEQUENCE:2'))).toEqual(['2027-03-02T08:00'])
  expect(read(at('01', 'SEQUENCE:1'), at('02', 'SEQUENCE:2', 'STATUS:CANCELLED'))).toEqual([])
  expect(read(at('01'), at('02'))).toEqual(['2027-03-01T08:00', '2027-03-02T08:00'])
  expect(read(at('01'), at('01'))).toEqual(['2027-03-01T08:00'])
})

test('ends an all-day rule on the day that UNTIL means, whichever way it is written', () => {
  const last = (until: string) => starts('DTSTART;VALUE=DATE:20270301', `RRULE:FREQ=WEEKLY;UNTIL=${until}`).at(-1)
  expect(last('20270315')).toBe('2027-03-15')
  expect(last('20270315T000000Z')).toBe('2027-03-15')
  expect(last('20270315T035959Z')).toBe('2027-03-15')
  expect(last('20270314')).toBe('2027-03-08')
})

test('enters an old rule without an end near the wanted period', () => {
  const feed = readIcs(
    aCalendar(anEvent('DTSTART:19700105T080000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2')),
    options(),
  )
  expect(feed.blocks[0]?.start).toBe('2027-01-04T08:00')
  expect(feed.blocks).toHaveLength(26)
})
