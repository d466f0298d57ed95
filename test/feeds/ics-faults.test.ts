import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readIcs } from '../../server/feeds/read-ics.ts'
import { FEED_LIMITS } from '../../server/feeds/refuse-feed.ts'
import type { DomainError } from '../../shared/domain/errors.ts'
import { aCalendar, anEvent, options } from './builders.ts'

const read = (...events: string[]) => readIcs(aCalendar(...events), options())
const unknownDays = (feed: ReturnType<typeof read>) =>
  feed.blocks.filter(({ kind }) => kind === 'unknown').map(({ start, end }) => `${start}/${end}`)
const refusal = (text: string): DomainError => {
  try {
    readIcs(text, options())
  } catch (error) {
    return error as DomainError
  }
  throw new Error('It was read.')
}

test.each([
  ['', 'text: The file is empty.'],
  ['<!doctype html><html>Sign in</html>', 'line 1: Not an iCalendar file: BEGIN:VCALENDAR is expected here.'],
  ['BEGIN:VEVENT\nEND:VEVENT', 'line 1: Not an iCalendar file: BEGIN:VCALENDAR is expected here.'],
  [
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101',
    'line 2: VEVENT begins here and never ends: the file is cut off.',
  ],
  ['BEGIN:VCALENDAR\nVERSION:2.0', 'line 1: VCALENDAR begins here and never ends: the file is cut off.'],
  [
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
    'line 3: END:VCALENDAR stands where END:VEVENT (begun in line 2) is expected.',
  ],
  ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\n', 'line 3: VEVENT, begun in line 2, is not closed before this line.'],
  ['BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR', 'line 3: END:VCALENDAR closes nothing.'],
  ['BEGIN:VCALENDAR\nEND:VCALENDAR\nmore', 'line 3: Not an iCalendar file: BEGIN:VCALENDAR is expected here.'],
  ['B\0E\0G\0I\0N\0', 'text: The file holds NUL characters. Save it as UTF-8 (it may be UTF-16).'],
  [
    Array.from({ length: 9 }, (_, n) => `BEGIN:${n === 0 ? 'VCALENDAR' : `X-${n}`}`).join('\n'),
    'line 9: Components are nested more than 8 deep.',
  ],
])('refuses a file whose frame is broken (%#)', (text, message) => {
  const error = refusal(text)
  expect(error).toMatchObject({ name: 'DomainError', code: 'invalid-feed', message })
  expect(error.faults).toEqual([
    { path: message.slice(0, message.indexOf(': ')), message: message.slice(message.indexOf(': ') + 2) },
  ])
})

test.each([
  [
    'a start that is no date',
    ['DTSTART;VALUE=DATE:20270230'],
    'DTSTART "20270230" is not a date or time, so the whole period counts as unknown.',
    '2027-01-01/2028-01-01',
  ],
  [
    'a start with an offset',
    ['DTSTART:20270301T080000-0500', 'DURATION:PT1H'],
    'DTSTART "20270301T080000-0500" is not a date or time, so the whole period counts as unknown.',
    '2027-01-01/2028-01-01',
  ],
  [
    'no start',
    ['DTEND:20270301T080000'],
    'DTSTART is missing, so the whole period counts as unknown.',
    '2027-01-01/2028-01-01',
  ],
  [
    'an end that is no date',
    ['DTSTART:20270301T080000', 'DTEND:2027'],
    'DTEND "2027" is not a date or time.',
    '2027-02-28/2028-01-01',
  ],
  [
    'no end',
    ['DTSTART:20270301T080000'],
    'DTEND is missing, so nobody knows how long the entry takes.',
    '2027-02-28/2027-03-03',
  ],
  [
    'an end at the start',
    ['DTSTART:20270301T080000', 'DTEND:20270301T080000'],
    'DTEND equals DTSTART, so nobody knows how long the entry takes.',
    '2027-02-28/2027-03-03',
  ],
  [
    'an end before the start',
    ['DTSTART:20270303T080000', 'DTEND:20270301T080000'],
    'DTEND lies before DTSTART.',
    '2027-02-28/2027-03-05',
  ],
  [
    'a date and a time',
    ['DTSTART;VALUE=DATE:20270301', 'DTEND:20270301T080000'],
    'DTSTART and DTEND must both be dates or both times.',
    '2027-02-28/2027-03-03',
  ],
  [
    'a negative length',
    ['DTSTART:20270301T080000', 'DURATION:-PT5M'],
    'DURATION "-PT5M" is not a length of time.',
    '2027-02-28/2028-01-01',
  ],
  [
    'an hourly rule',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE:FREQ=HOURLY'],
    'RRULE FREQ=HOURLY is not supported; the days from the first date on count as unknown.',
    '2027-02-28/2028-01-01',
  ],
  [
    'a week number',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE:FREQ=YEARLY;BYWEEKNO=5'],
    'RRULE BYWEEKNO is not supported; the days from the first date on count as unknown.',
    '2027-02-28/2028-01-01',
  ],
  [
    'a rule of nonsense',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE:FREQ=WEEKLY;BYDAY=XX'],
    'RRULE cannot be read: invalid BYDAY value "XX"; the days from the first date on count as unknown.',
    '2027-02-28/2028-01-01',
  ],
  [
    'a rule with a broken end',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE:FREQ=WEEKLY;UNTIL=soon'],
    'RRULE UNTIL is not a date or time; the days from the first date on count as unknown.',
    '2027-02-28/2028-01-01',
  ],
  [
    'a numbered weekday in a week',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE:FREQ=WEEKLY;BYDAY=2MO'],
    'RRULE BYDAY with a number needs a monthly or yearly rule; the days from the first date on count as unknown.',
    '2027-02-28/2028-01-01',
  ],
  [
    'an exception rule',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'EXRULE:FREQ=WEEKLY'],
    'EXRULE is not supported; list the dates in EXDATE.',
    '2027-03-01/2027-03-02',
  ],
  [
    'a broken exception date',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:20270302'.concat('x')],
    'EXDATE "20270302x" is not a date or time.',
    '2027-03-01/2027-03-02,2027-03-02/2027-03-03',
  ],
  [
    'a broken line',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'room 4 on the left'],
    'The line is not of the form NAME:value.',
    '2027-03-01/2027-03-02',
  ],
  [
    'a rule without its colon',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RRULE FREQ=DAILY'],
    'The line is not of the form NAME:value.',
    '2027-02-28/2028-01-01',
  ],
  [
    'a change of all later ones',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20270301T080000'],
    'RECURRENCE-ID with RANGE is not supported; the days from this one on count as unknown.',
    '2027-02-28/2028-01-01',
  ],
  [
    'a sequence that is no number',
    ['DTSTART:20270301T080000', 'DURATION:PT5M', 'SEQUENCE:x'],
    'SEQUENCE is not a whole number.',
    '2027-03-01/2027-03-02',
  ],
])('makes the days of an entry unknown that has %s', (_, lines, message, days) => {
  const feed = read(anEvent('SUMMARY:Clinic', ...lines))
  expect(feed.problems.map((problem) => problem.message)).toEqual([message])
  expect(feed.problems[0]?.path).toMatch(/^VEVENT 1 \(line \d+\)/)
  expect(unknownDays(feed).join(',')).toBe(days)
  expect(feed.blocks.every(({ hardness }) => hardness === 'hard')).toBe(true)
})

test('names the line and the property, and reads the other entries', () => {
  const feed = read(
    anEvent('DTSTART:20270301T080000', 'DURATION:PT1H'),
    anEvent('DTSTART:20270302T080000', 'DTEND:tomorrow'),
    anEvent('DTSTART:20270303T080000', 'DURATION:PT1H'),
  )
  expect(feed.problems).toEqual([
    { path: 'VEVENT 2 (line 12): DTEND', message: 'DTEND "tomorrow" is not a date or time.' },
  ])
  expect(feed.blocks.filter(({ kind }) => kind === 'clinic').map(({ start }) => start)).toEqual([
    '2027-03-01T08:00',
    '2027-03-03T08:00',
  ])
})

test('does not mind what an ignored or cancelled entry leaves out', () => {
  const feed = read(
    anEvent('SUMMARY:Lunch menu', 'DTSTART:20270301T120000'),
    anEvent('STATUS:CANCELLED', 'DTSTART:20270301T120000'),
  )
  expect(feed).toMatchObject({ blocks: [], problems: [] })
})

test('lets a cancelled or ignored exception without an end take its occurrence away', () => {
  const series = anEvent('UID:s', 'DTSTART:20270301T080000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3')
  const exception = (day: string, ...lines: string[]) =>
    anEvent('UID:s', `RECURRENCE-ID:${day}T080000`, `DTSTART:${day}T080000`, ...lines)
  const feed = read(series, exception('20270301', 'STATUS:CANCELLED'), exception('20270302', 'SUMMARY:Lunch instead'))
  expect(feed.problems).toEqual([])
  expect(feed.blocks.map(({ start }) => start)).toEqual(['2027-03-03T08:00'])
})

test('counts the whole period as unknown where two entries were mixed up, or lines stand outside of any', () => {
  const twice = read(anEvent('DTSTART:20270301T080000', 'DURATION:PT1H', 'DTSTART:20270401T080000'))
  expect(twice.problems).toEqual([
    { path: 'VEVENT 1 (line 8): DTSTART', message: 'DTSTART stands here a second time.' },
  ])
  expect(unknownDays(twice)).toEqual(['2027-01-01/2028-01-01'])
  const outside = read('DTSTART:20270301T080000')
  expect(outside.problems).toEqual([
    { path: 'line 4', message: 'This line of an entry stands outside of any, so the whole period counts as unknown.' },
  ])
  expect(unknownDays(outside)).toEqual(['2027-01-01/2028-01-01'])
})

test('does not repeat titles or notes in problems', () => {
  const feed = read(
    anEvent(
      'SUMMARY:canary',
      'DESCRIPTION:canary',
      'canary on a line of its own',
      'LOCATION;canary',
      'DTSTART:20270301T120000',
    ),
  )
  expect(feed.problems.length).toBeGreaterThan(0)
  expect(JSON.stringify(feed.problems)).not.toContain('canary')
})

test('counts the whole period as unknown for lists of busy times, and ignores tasks and journals', () => {
  const other = (name: string) => `BEGIN:${name}\r\nDTSTART:20270301T080000Z\r\nEND:${name}`
  const feed = read(other('VTODO'), other('VJOURNAL'), other('VFREEBUSY'))
  expect(feed.problems).toEqual([
    { path: 'VFREEBUSY (line 10)', message: 'Only VEVENT is read, so the whole period counts as unknown.' },
  ])
  expect(unknownDays(feed)).toEqual(['2027-01-01/2028-01-01'])
})

test('refuses sizes beyond its limits, and names them', () => {
  const entries = Array.from({ length: FEED_LIMITS.entries + 1 }, () => 'BEGIN:VEVENT\nEND:VEVENT').join('\n')
  expect(refusal(`BEGIN:VCALENDAR\n${entries}\nEND:VCALENDAR`).message).toBe(
    'VEVENT: The file has 20001 entries; at most 20000 are read.',
  )
  expect(refusal('x'.repeat(FEED_LIMITS.textChars + 1)).message).toBe(
    'text: The file has 5000001 characters; at most 5000000 are read.',
  )
  const daily = anEvent('DTSTART:20200101T080000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY')
  expect(refusal(aCalendar(...Array.from({ length: 200 }, () => daily))).message).toBe(
    'VEVENT 136 (line 814): More than 50000 occurrences in the period.',
  )
  const counted = anEvent('DTSTART:10000101T080000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=999999')
  expect(refusal(aCalendar(...Array.from({ length: 20 }, () => counted))).message).toBe(
    'RRULE: The recurring entries need more than 5000000 steps to expand.',
  )
  const broken = Array.from({ length: 201 }, () => anEvent('DTSTART:x'))
  expect(refusal(aCalendar(...broken))).toMatchObject({
    code: 'invalid-feed',
    message: 'More than 200 places of the file could not be read.',
  })
})

test('an entry of a thousand years costs no more than its days in the period', () => {
  const feed = read(anEvent('SUMMARY:Vacation', 'DTSTART;VALUE=DATE:15000101', 'DTEND;VALUE=DATE:30000101'))
  expect(feed.blocks).toEqual([
    { start: '2026-12-30', end: '2028-01-01', label: 'Vacation', kind: 'leave', hardness: 'hard' },
  ])
})

test('answers or refuses, whatever is damaged, and never throws anything else', () => {
  const sound = aCalendar(
    anEvent(
      'UID:a',
      'DTSTART;TZID=America/New_York:20270301T080000',
      'DTEND;TZID=America/New_York:20270301T170000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
    ),
    anEvent('UID:b', 'SUMMARY:OB Night', 'DTSTART;VALUE=DATE:20270310', 'EXDATE;VALUE=DATE:20270401'),
  )
  fc.assert(
    fc.property(
      fc.nat(sound.length - 1),
      fc.nat(12),
      fc.string({ unit: 'binary', maxLength: 8 }),
      (at, cut, insert) => {
        const text = sound.slice(0, at) + insert + sound.slice(at + cut)
        try {
          const feed = readIcs(text, options())
          for (const { start, end } of feed.blocks) expect(start < end).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-feed' })
        }
      },
    ),
    { numRuns: 1500 },
  )
})

test('no damaged line ever frees a day', () => {
  const days = ['20270301', '20270305', '20270310', '20270402']
  const lines = aCalendar(
    ...days.map((day) => anEvent(`UID:${day}`, `DTSTART;VALUE=DATE:${day}`, 'CATEGORIES:Blue', 'TRANSP:TRANSPARENT')),
  ).split('\r\n')
  const within = lines.flatMap((line, index) => (/^(BEGIN|END|VERSION|PRODID)|^$/.test(line) ? [] : [index]))
  fc.assert(
    fc.property(
      fc.constantFrom(...within),
      fc.constantFrom('', 'DTSTART', 'RRULE:', 'x'),
      fc.string(),
      (at, name, junk) => {
        // Without a colon of its own the junk is no line that could say something else.
        const damaged = lines.with(at, `!${name}${junk.replace(/[:;\r\n\0]/g, '')}`)
        const { blocks, problems } = readIcs(damaged.join('\r\n'), options())
        expect(problems).not.toEqual([])
        for (const day of days) {
          const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
          const covering = blocks.filter(
            (block) => block.start <= date && block.end > date && block.hardness === 'hard',
          )
          expect(covering.length, date).toBeGreaterThan(0)
        }
      },
    ),
  )
})
