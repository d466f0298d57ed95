import { expect, test } from 'vitest'
import { readIcs } from '../../server/feeds/read-ics.ts'
import { aCalendar, anEvent, options } from './builders.ts'

const customZone = (tzid: string, ...more: string[]) =>
  [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...more,
    'BEGIN:STANDARD',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:-0400',
    'TZOFFSETTO:-0500',
    'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010101T020000',
    'TZOFFSETFROM:-0500',
    'TZOFFSETTO:-0400',
    'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n')
const utc = (tzid: string, ...zones: string[]) => {
  const at = (stamp: string) => anEvent(`DTSTART;TZID=${tzid}:${stamp}`, 'DURATION:PT1H')
  const calendar = aCalendar(...zones, at('20270115T080000'), at('20270715T080000'))
  const feed = readIcs(calendar, options({ timeZone: 'Asia/Kathmandu', personTimeZone: 'UTC' }))
  expect(feed.problems).toEqual([])
  return feed.blocks.map(({ start }) => start.slice(5))
}
const newYork = ['01-15T13:00', '07-15T12:00']

test('knows IANA names, also at the end of a path', () => {
  expect(utc('America/New_York')).toEqual(newYork)
  expect(utc('america/new_york')).toEqual(newYork)
  expect(utc('/freeassociation.example/Olson_20260101/America/New_York')).toEqual(newYork)
  expect(utc('/example.org/America/Indiana/Knox')).toEqual(['01-15T14:00', '07-15T13:00'])
})

test('knows Windows names, with and without their definition in the file', () => {
  expect(utc('Eastern Standard Time')).toEqual(newYork)
  expect(utc('Nepal Standard Time')).toEqual(['01-15T02:15', '07-15T02:15'])
  expect(utc('Eastern Standard Time', customZone('Eastern Standard Time'))).toEqual(newYork)
})

test('takes the place that a definition names', () => {
  expect(utc('Custom', customZone('Custom', 'X-LIC-LOCATION:America/Chicago'))).toEqual(['01-15T14:00', '07-15T13:00'])
})

test('follows the rules of a definition that nothing else explains', () => {
  expect(utc('"(UTC-05:00) Eastern Time (US & Canada)"', customZone('(UTC-05:00) Eastern Time (US & Canada)'))).toEqual(
    newYork,
  )
  expect(utc('Customized Time Zone', customZone('Customized Time Zone'))).toEqual(newYork)
  expect(utc('EST', customZone('EST'))).toEqual(newYork)
  expect(utc('EST')).toEqual(['01-15T13:00', '07-15T13:00'])
})

test('reports a zone that nothing explains, and counts the days around as unknown', () => {
  const feed = readIcs(
    aCalendar(
      anEvent('DTSTART;TZID=Ward Time:20270305T080000', 'DTEND;TZID=Ward Time:20270305T090000'),
      anEvent(
        'DTSTART:20270405T080000',
        'DTEND:20270405T090000',
        'RRULE:FREQ=WEEKLY',
        'EXDATE;TZID=Ward Time:20270412T080000',
      ),
    ),
    options(),
  )
  expect(feed.problems).toEqual([
    { path: 'VEVENT 1 (line 4): DTSTART', message: 'DTSTART is in the time zone "Ward Time", which nothing explains.' },
    { path: 'VEVENT 2 (line 9): EXDATE', message: 'EXDATE is in the time zone "Ward Time", which nothing explains.' },
  ])
  expect(feed.blocks.map(({ start, end, kind }) => `${start}/${end} ${kind}`)).toEqual([
    '2027-03-04/2027-03-07 unknown',
    '2027-04-04/2028-01-01 unknown',
  ])
})

test('refuses a definition whose rules are not yearly instead of expanding it for minutes', () => {
  const zone = customZone('Odd').replaceAll('FREQ=YEARLY;BYDAY=1SU;BYMONTH=11', 'FREQ=SECONDLY')
  const feed = readIcs(aCalendar(zone, anEvent('DTSTART;TZID=Odd:20270305T080000', 'DURATION:PT1H')), options())
  expect(feed.problems.map(({ path }) => path)).toEqual(['VEVENT 1 (line 19): DTSTART'])
})

test('refuses options with a zone that does not exist', () => {
  expect(() => readIcs(aCalendar(), options({ timeZone: 'Mars/Olympus' }))).toThrow(
    expect.objectContaining({ code: 'unknown-time-zone', message: 'There is no time zone "Mars/Olympus".' }),
  )
})
