import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { readIcs } from '../../server/feeds/read-ics.ts'
import { aCalendar, anEvent, options } from './builders.ts'

const read = (...events: string[]) => readIcs(aCalendar(...events), options())
const times = (feed: ReturnType<typeof read>) => feed.blocks.map(({ start, end, label }) => `${start}/${end} ${label}`)

test('gives all-day duties the hours of their code, over midnight too, and rest after a night', () => {
  const feed = read(
    anEvent('SUMMARY:Late', 'DTSTART;VALUE=DATE:20270301', 'DTEND;VALUE=DATE:20270303'),
    anEvent('SUMMARY:OB Night', 'DTSTART;VALUE=DATE:20270305'),
  )
  expect(times(feed)).toEqual([
    '2027-03-01T12:00/2027-03-01T20:00 Late',
    '2027-03-02T12:00/2027-03-02T20:00 Late',
    '2027-03-05T19:00/2027-03-06T07:00 OB Night',
    '2027-03-06T07:00/2027-03-06T12:00 After OB Night',
  ])
  expect(feed.blocks.map(({ kind }) => kind)).toEqual(['service', 'service', 'night', 'post-call'])
  expect(feed).toMatchObject({ entries: 2, from: '2027-03-01', to: '2027-03-06', unknownCodes: [], problems: [] })
})

test('keeps an entry’s own hours before those of its code, and reads midnight to midnight as all day', () => {
  const feed = read(
    anEvent('SUMMARY:Late', 'DTSTART:20270301T130000', 'DTEND:20270301T190000'),
    anEvent('SUMMARY:Late', 'DTSTART:20270302T000000', 'DTEND:20270303T000000'),
    anEvent('SUMMARY:Late', 'DTSTART:20270303T000000', 'DTEND:20270303T235900'),
  )
  expect(times(feed)).toEqual([
    '2027-03-01T13:00/2027-03-01T19:00 Late',
    '2027-03-02T12:00/2027-03-02T20:00 Late',
    '2027-03-03T12:00/2027-03-03T20:00 Late',
  ])
})

test('keeps overnight entries whole, joins those that were cut at midnight, and lets the morning after rest', () => {
  const whole = read(anEvent('SUMMARY:Ward call', 'DTSTART:20270301T190000', 'DTEND:20270302T070000'))
  const cut = read(
    anEvent('SUMMARY:Ward call', 'DTSTART:20270302T000000', 'DTEND:20270302T070000'),
    anEvent('SUMMARY:Ward call', 'DTSTART:20270301T190000', 'DTEND:20270302T000000'),
  )
  expect(times(whole)).toEqual([
    '2027-03-01T19:00/2027-03-02T07:00 Ward call',
    '2027-03-02T07:00/2027-03-02T12:00 After Ward call',
  ])
  expect(cut.blocks).toEqual(whole.blocks)
})

test('does not care whether an entry shows as free: the code decides', () => {
  const feed = read(
    anEvent('SUMMARY:Vacation', 'DTSTART;VALUE=DATE:20270301', 'TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'),
    anEvent('SUMMARY:Lunch talk', 'DTSTART:20270302T120000', 'DTEND:20270302T130000', 'TRANSP:OPAQUE'),
  )
  expect(times(feed)).toEqual(['2027-03-01/2027-03-02 Vacation'])
})

test('reports codes without a rule once each, and counts them as hard', () => {
  const feed = read(
    anEvent('SUMMARY:XCOV2', 'DTSTART;VALUE=DATE:20270308'),
    anEvent('SUMMARY:xcov2', 'DTSTART;VALUE=DATE:20270301'),
    anEvent('SUMMARY:XCOV2', 'DTSTART:20270305T080000', 'DURATION:PT1H'),
    anEvent('SUMMARY:', 'DTSTART;VALUE=DATE:20270310'),
  )
  expect(feed.unknownCodes).toEqual([
    { code: '(blank)', count: 1, firstDate: '2027-03-10', line: 17 },
    { code: 'XCOV2', count: 3, firstDate: '2027-03-01', line: 8 },
  ])
  expect(new Set(feed.blocks.map(({ kind, hardness }) => `${kind} ${hardness}`))).toEqual(new Set(['unknown hard']))
})

test('asks the code map about categories too, the title first', () => {
  const feed = read(
    anEvent('CATEGORIES:Blue,Jeopardy', 'SUMMARY:Backup', 'DTSTART;VALUE=DATE:20270301'),
    anEvent('SUMMARY:Late', 'CATEGORIES:Jeopardy', 'DTSTART;VALUE=DATE:20270302'),
  )
  expect(feed.blocks.map(({ label, kind, hardness }) => [label, kind, hardness])).toEqual([
    ['Backup', 'jeopardy', 'soft'],
    ['Late', 'service', 'hard'],
  ])
})

test('reads folded lines, any line ends, a byte order mark, escaped text and parameters in quotes', () => {
  const text =
    '\uFEFFBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY;LANGUAGE="en:us":Clin\n ic\\, room\\n 4\rDTSTART;VALUE=DATE:202703\r\n\t01\n\nDESCRIPTION:BEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR'
  expect(readIcs(text, options()).blocks.map(({ label }) => label)).toEqual(['Clinic, room 4'])
})

test('answers blocks that touch the period, and tells the days the file speaks for', () => {
  const at = (start: string) => anEvent('SUMMARY:OB Night', `DTSTART;VALUE=DATE:${start}`)
  const feed = readIcs(
    aCalendar(at('20261220'), at('20261231'), at('20270601'), at('20271231'), at('20280102')),
    options(),
  )
  expect(times(feed)).toEqual([
    '2026-12-31T19:00/2027-01-01T07:00 OB Night',
    '2027-01-01T07:00/2027-01-01T12:00 After OB Night',
    '2027-06-01T19:00/2027-06-02T07:00 OB Night',
    '2027-06-02T07:00/2027-06-02T12:00 After OB Night',
    '2027-12-31T19:00/2028-01-01T07:00 OB Night',
  ])
  expect(feed).toMatchObject({ from: '2026-12-20', to: '2028-01-03', entries: 5 })
})

test('a file without entries is readable and speaks for no day', () => {
  expect(read()).toEqual({ blocks: [], unknownCodes: [], problems: [], entries: 0 })
})

test('tells times in the person’s zone, whatever zone or none they are given in', () => {
  const feed = readIcs(
    aCalendar(
      anEvent('SUMMARY:Clinic a', 'DTSTART:20270301T080000', 'DTEND:20270301T090000'),
      anEvent('SUMMARY:Clinic b', 'DTSTART:20270302T130000Z', 'DTEND:20270302T140000Z'),
      anEvent(
        'SUMMARY:Clinic c',
        'DTSTART;TZID=Asia/Kathmandu:20270303T080000',
        'DTEND;TZID=Europe/Berlin:20270303T041500',
      ),
      anEvent('SUMMARY:Late', 'DTSTART;VALUE=DATE:20270304'),
    ),
    options({ personTimeZone: 'America/Chicago' }),
  )
  expect(times(feed)).toEqual([
    '2027-03-01T07:00/2027-03-01T08:00 Clinic a',
    '2027-03-02T07:00/2027-03-02T08:00 Clinic b',
    '2027-03-02T20:15/2027-03-02T21:15 Clinic c',
    '2027-03-04T12:00/2027-03-04T20:00 Late',
  ])
})

test('covers an instant in any zone completely, through skipped and doubled hours', () => {
  const zones = fc.constantFrom('America/New_York', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC')
  const first = Date.UTC(2027, 0, 2) / 60_000
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 360 * 24 * 60 }),
      fc.integer({ min: 1, max: 2000 }),
      zones,
      (at, minutes, zone) => {
        const stamp = (minute: number) => new Date((first + minute) * 60_000).toISOString().replace(/[-:]|\.000/g, '')
        const feed = readIcs(
          aCalendar(anEvent(`DTSTART:${stamp(at)}`, `DTEND:${stamp(at + minutes)}`)),
          options({ personTimeZone: zone, to: '2028-02-01' }),
        )
        const [block] = feed.blocks
        const instant = (text: string) =>
          Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds / 60_000
        expect(instant(block!.start)).toBeLessThanOrEqual(first + at)
        expect(instant(block!.end)).toBeGreaterThanOrEqual(first + at + minutes)
        expect(instant(block!.end) - instant(block!.start)).toBeLessThanOrEqual(minutes + 120)
      },
    ),
    { numRuns: 400 },
  )
})

test('covers the doubled hour of a clock change whole', () => {
  const feed = read(anEvent('DTSTART:20271107T053000Z', 'DTEND:20271107T061000Z'))
  expect(times(feed)).toEqual(['2027-11-07T01:30/2027-11-07T02:00 Clinic'])
})

test('keeps a recurring night on its wall hours through both clock changes', () => {
  const feed = readIcs(
    aCalendar(
      anEvent(
        'SUMMARY:Clinic',
        'DTSTART;TZID=America/New_York:20270306T190000',
        'DTEND;TZID=America/New_York:20270307T070000',
        'RRULE:FREQ=WEEKLY',
      ),
    ),
    options({ personTimeZone: 'UTC' }),
  )
  expect(times(feed).slice(0, 2)).toEqual(
    ['2027-03-07T00:00/2027-03-07T12:00 Clinic', '2027-03-14T00:00/2027-03-14T11:00 Clinic'].map((text) =>
      text.replace('T00:00/', '/'),
    ),
  )
  expect(times(feed)).toContain('2027-11-06T23:00/2027-11-07T12:00 Clinic')
})
