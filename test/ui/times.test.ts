import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  dateText,
  hoursText,
  meetingTime,
  meetingTimeText,
  pageLocale,
  plainDateText,
  shortDateText,
  todayIn,
  windowText,
  zoneName,
} from '../../shared/ui/times.ts'

const locale = 'en-US'
/** Intl puts narrow and thin spaces into times; people read spaces. */
const plain = (text: string) => text.replaceAll(/[\u2009\u202f\u00a0]/g, ' ')

test.each([
  ['America/New_York', 'New York time'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires time'],
  ['Asia/Kathmandu', 'Kathmandu time'],
  ['UTC', 'UTC'],
  ['Etc/UTC', 'UTC'],
  ['Etc/GMT+5', 'UTC−5'],
  ['Etc/GMT-12', 'UTC+12'],
])('calls the zone %s %s', (timeZone, name) => {
  expect(zoneName(timeZone)).toBe(name)
})

test('never tells a time of day without its zone', () => {
  const meeting = { startsAt: '2027-01-12T17:00:00Z', endsAt: '2027-01-12T17:45:00Z' }
  expect(plain(hoursText(meeting, { timeZone: 'America/New_York', locale }))).toBe('12:00 – 12:45 PM New York time')
  expect(plain(hoursText(meeting, { timeZone: 'Asia/Kathmandu', locale: 'en-GB' }))).toBe('22:45–23:30 Kathmandu time')
})

describe('a meeting of two people apart', () => {
  const meeting = { startsAt: '2027-01-12T18:30:00Z', endsAt: '2027-01-12T19:15:00Z' }
  const at = (timeZone: string, ...otherTimeZones: string[]) => {
    const { date, hours, elsewhere } = meetingTime(meeting, { timeZone, otherTimeZones, locale })
    return [date, plain(hours), ...elsewhere.map(plain)]
  }

  test('is told for the viewer first, then for the other clock', () => {
    expect(at('America/New_York', 'America/New_York', 'America/St_Johns')).toEqual([
      'Tue, Jan 12, 2027',
      '1:30 – 2:15 PM New York time',
      '3:00 – 3:45 PM St Johns time',
    ])
  })
  test('names the other day where it is another', () => {
    expect(at('America/New_York', 'Asia/Kathmandu')).toEqual([
      'Tue, Jan 12, 2027',
      '1:30 – 2:15 PM New York time',
      'Wed, Jan 13, 2027, 12:15 – 1:00 AM Kathmandu time',
    ])
  })
  test('is told once where two zones show the same clock', () => {
    expect(at('America/New_York', 'America/Detroit', 'America/Toronto')).toHaveLength(2)
  })
  test('is told twice only while the clocks differ', () => {
    const where = { timeZone: 'America/Denver', otherTimeZones: ['America/Phoenix'], locale }
    const summer = { startsAt: '2027-07-12T18:30:00Z', endsAt: '2027-07-12T19:15:00Z' }
    expect(meetingTime(meeting, where).elsewhere).toEqual([])
    expect(meetingTime(summer, where).elsewhere.map(plain)).toEqual(['11:30 AM – 12:15 PM Phoenix time'])
  })
  test('fits in one line for labels', () => {
    expect(plain(meetingTimeText(meeting, { timeZone: 'UTC', otherTimeZones: ['America/New_York'], locale }))).toBe(
      'Tue, Jan 12, 2027, 6:30 – 7:15 PM UTC · 1:30 – 2:15 PM New York time',
    )
  })
})

test('keeps the wall time over a clock change', () => {
  const hours = (startsAt: string, endsAt: string) =>
    plain(hoursText({ startsAt, endsAt }, { timeZone: 'America/New_York', locale }))
  expect(hours('2027-03-09T17:00:00Z', '2027-03-09T17:30:00Z')).toBe('12:00 – 12:30 PM New York time')
  expect(hours('2027-03-16T16:00:00Z', '2027-03-16T16:30:00Z')).toBe('12:00 – 12:30 PM New York time')
})

test('tells dates in the zone asked for, not in the device’s', () => {
  const lateInUtc = '2027-01-12T23:30:00Z'
  expect(dateText(lateInUtc, { timeZone: 'Asia/Kathmandu', locale })).toBe('Wed, Jan 13, 2027')
  expect(shortDateText(lateInUtc, { timeZone: 'America/St_Johns', locale })).toBe('Jan 12')
})

test.each([
  ['2027-03-20', '2027-04-19', 'Mar 20 – Apr 18, 2027'],
  ['2027-12-20', '2028-01-10', 'Dec 20, 2027 – Jan 9, 2028'],
  ['2027-02-28', '2027-03-01', 'Feb 28, 2027'],
])('tells a window %s to %s (exclusive) by its last day', (from, to, text) => {
  expect(plain(windowText({ from, to }, locale))).toBe(text)
})

test('tells a calendar date without a zone', () => {
  expect(plainDateText('2027-01-01', 'en-GB')).toBe('1 Jan 2027')
})

test('knows today on the viewer’s calendar', () => {
  const now = Temporal.Instant.from('2027-01-12T23:30:00Z')
  expect([todayIn('Asia/Kathmandu', now), todayIn('America/New_York', now)]).toEqual(['2027-01-13', '2027-01-12'])
})

test('speaks the viewer’s English, and English to everyone else', () => {
  const languages = ['en-GB', 'en', 'de-DE', 'enx', 'en-US@posix']
  expect(languages.map((language) => pageLocale(language))).toEqual(['en-GB', 'en', 'en', 'en', 'en'])
})
