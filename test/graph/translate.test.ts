import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { graphZoneOf, ianaZoneOf } from '../../server/graph/time-zones.ts'
import { calendarEventOf, graphTimesOf, instantOf, periodOf } from '../../server/graph/translate.ts'
import { anEvent } from './scripted-graph.ts'

const wall = (date: string, startTime: string, timeZone: string, minutes = 60) => ({
  date,
  startTime,
  minutes,
  timeZone,
})

describe('zones', () => {
  test.each([
    ['America/New_York', 'Eastern Standard Time'],
    ['US/Eastern', 'Eastern Standard Time'],
    ['Asia/Kathmandu', 'Nepal Standard Time'],
    ['Asia/Katmandu', 'Nepal Standard Time'],
    ['America/St_Johns', 'Newfoundland Standard Time'],
    ['America/Phoenix', 'US Mountain Standard Time'],
    ['Europe/Kyiv', 'FLE Standard Time'],
    ['Pacific/Kanton', 'UTC+13'],
    ['America/Montreal', 'Eastern Standard Time'],
    ['UTC', 'UTC'],
    ['America/Ciudad_Juarez', 'Mountain Standard Time'],
    ['Antarctica/Troll', 'Antarctica/Troll'],
  ])('%s is %s to Graph', (iana, graph) => expect(graphZoneOf(iana)).toBe(graph))

  test.each([
    ['Eastern Standard Time', 'America/New_York'],
    ['Central Asia Standard Time', 'Asia/Bishkek'],
    ['UTC', 'UTC'],
    ['Europe/Warsaw', 'Europe/Warsaw'],
    ['Customized Time Zone', undefined],
    ['tzone://Microsoft/Custom', undefined],
    ['', undefined],
  ])('Graph’s %s is %s', (graph, iana) => expect(ianaZoneOf(graph)).toBe(iana))

  test('every zone keeps its clock under the name that Graph gets, for years', () => {
    const moments: Temporal.Instant[] = []
    // Every sixth day reaches each change of a clock, the 2027 and 2029 ones of either hemisphere included.
    for (let day = Date.UTC(2026, 8, 1); day < Date.UTC(2030, 0, 1); day += 6 * 86_400_000) {
      moments.push(Temporal.Instant.fromEpochMilliseconds(day))
    }
    const wrong: string[] = []
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const graph = graphZoneOf(zone)
      const back = ianaZoneOf(graph)
      if (graph === zone || back === zone) continue
      const offset = (at: Temporal.Instant, timeZone: string) => at.toZonedDateTimeISO(timeZone).offsetNanoseconds
      if (back === undefined || moments.some((at) => offset(at, zone) !== offset(at, back)))
        wrong.push(`${zone} ${graph}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('times', () => {
  test.each([
    [
      'a time the clock skips moves on by the gap',
      wall('2027-03-14', '02:30', 'America/New_York'),
      '2027-03-14T03:30:00',
      '2027-03-14T04:30:00',
      '2027-03-14T07:30:00Z',
    ],
    [
      'a time that comes twice is the first one',
      wall('2027-11-07', '01:30', 'America/New_York'),
      '2027-11-07T01:30:00',
      '2027-11-07T01:30:00',
      '2027-11-07T05:30:00Z',
    ],
    [
      'a length is real minutes over a change',
      wall('2027-03-28', '00:30', 'Europe/London'),
      '2027-03-28T00:30:00',
      '2027-03-28T02:30:00',
      '2027-03-28T00:30:00Z',
    ],
    [
      'a quarter-hour zone',
      wall('2027-06-01', '13:00', 'Asia/Kathmandu'),
      '2027-06-01T13:00:00',
      '2027-06-01T14:00:00',
      '2027-06-01T07:15:00Z',
    ],
    [
      'over midnight',
      wall('2027-12-31', '23:30', 'America/St_Johns'),
      '2027-12-31T23:30:00',
      '2028-01-01T00:30:00',
      '2028-01-01T03:00:00Z',
    ],
  ])('%s', (_, time, start, end, instant) => {
    const sent = graphTimesOf(time)
    expect([sent.start.dateTime, sent.end.dateTime]).toEqual([start, end])
    expect(periodOf(time).start).toBe(instant)
  })

  test('what is sent as start is read back as the same instant, in any zone at any time', () => {
    const zone = fc.constantFrom(
      'America/New_York',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Europe/London',
      'Pacific/Auckland',
      'UTC',
    )
    const minute = fc.integer({ min: 0, max: 3 * 365 * 1440 })
    fc.assert(
      fc.property(zone, minute, fc.integer({ min: 5, max: 240 }), (timeZone, minutes, length) => {
        const at = Temporal.PlainDateTime.from('2026-01-01T00:00').add({ minutes })
        const time = wall(at.toPlainDate().toString(), at.toPlainTime().toString().slice(0, 5), timeZone, length)
        expect(instantOf(graphTimesOf(time).start).toString()).toBe(periodOf(time).start)
        expect(Temporal.Instant.from(periodOf(time).start).until(periodOf(time).end).total('minutes')).toBe(length)
      }),
    )
  })

  test.each([
    [{ dateTime: '2027-03-09T18:00:00.0000000', timeZone: 'UTC' }, '2027-03-09T18:00:00Z'],
    [{ dateTime: '2027-03-09T13:00:00', timeZone: 'Eastern Standard Time' }, '2027-03-09T18:00:00Z'],
    [{ dateTime: '2027-07-09T18:00:00', timeZone: 'Europe/Paris' }, '2027-07-09T16:00:00Z'],
  ])('reads %j', (time, instant) => expect(instantOf(time).toString()).toBe(instant))

  test.each([
    { dateTime: '2027-03-09T18:00:00', timeZone: 'Somewhere Standard Time' },
    { dateTime: 'datetime-value', timeZone: 'UTC' },
    { dateTime: '', timeZone: '' },
  ])('refuses %j', (time) => expect(() => instantOf(time)).toThrow(expect.objectContaining({ code: 'outage' })))

  test('refuses a draft in a zone that nobody knows', () => {
    const time = wall('2027-03-09', '13:00', 'Mars/Olympus')
    expect(() => graphTimesOf(time)).toThrow(expect.objectContaining({ code: 'time-zone-not-supported' }))
  })
})

describe('events', () => {
  test.each([
    ['singleInstance', 'single'],
    ['seriesMaster', 'series'],
    ['Occurrence', 'occurrence'],
    ['exception', 'exception'],
  ])('type %s is kind %s', (type, kind) => expect(calendarEventOf(anEvent({ type })).kind).toBe(kind))

  test('an event of a type we do not know is refused', () => {
    expect(() => calendarEventOf(anEvent({ type: 'somethingNew' }))).toThrow(
      expect.objectContaining({ code: 'outage' }),
    )
  })

  test.each([
    ['tentativelyAccepted', 'tentativelyAccepted'],
    ['Accepted', 'accepted'],
    ['declined', 'declined'],
    ['notResponded', 'notResponded'],
    ['organizer', 'organizer'],
    ['none', 'none'],
    ['somethingNew', 'none'],
  ])('answer %s is %s', (response, answer) => {
    const attendees = [{ status: { response }, emailAddress: { address: 'a@x', name: null } }]
    expect(calendarEventOf(anEvent({ attendees })).attendees).toEqual([{ email: 'a@x', name: '', answer }])
  })
})
