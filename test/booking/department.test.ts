import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programmeSeed } from '../../server/practice/seed/programme-seed.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type RunningService, runningFrom, startService, TEST_NOW } from '../start-service.ts'
import { bookBest, proposalsFor, YEAR_ONE } from './book-a-series.ts'
import { type Block, blocksOfCsv, blocksOfIcs } from './walk-feeds.ts'

const ZONES: Readonly<Record<string, string>> = {
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Nepal Standard Time': 'Asia/Kathmandu',
}
/** More days on which somebody books a year: DEPARTMENT_STARTS, as `npm run test:faults clock` sets it. */
const STARTS = process.env['DEPARTMENT_STARTS']?.split(',') ?? [TEST_NOW.toString()]

describe.each(STARTS)('at %s', (start) => {
  const startsAt = Temporal.Instant.from(start)
  let service: RunningService
  let cast: Cast
  const booked: { readonly pair: CastPair; readonly series: SeriesView }[] = []
  let withoutDates = 0
  beforeAll(async () => {
    service = await startService({}, runningFrom(startsAt))
    cast = await castOf(service)
    const startDate = startsAt.toZonedDateTimeISO('America/New_York').toPlainDate().add({ days: 14 }).toString()
    const plan = { ...YEAR_ONE, startDate }
    for (const pair of cast.pairs) {
      const mentee = await cast.as(pair.mentee)
      const { proposals } = await proposalsFor(mentee, pair.relationshipId, { plan })
      if (proposals.length === 0) withoutDates++
      else booked.push({ pair, series: await bookBest(mentee, pair.relationshipId, { plan }) })
    }
  }, 600_000)
  afterAll(() => service.close())

  test('books the first year of every pair that has common time', () => {
    expect(booked.length + withoutDates).toBe(cast.pairs.length)
    expect(withoutDates).toBe(1)
    const meetings = booked.flatMap(({ series }) => series.meetings)
    expect(booked.every(({ series }) => series.state === 'booked')).toBe(true)
    expect(meetings.every(({ state }) => state === 'booked')).toBe(true)
    expect(meetings.length).toBeGreaterThan(cast.pairs.length * 4)
  })

  test('no meeting lies on a clinic block or any other duty, by a second reading of the files', () => {
    const today = startsAt.toZonedDateTimeISO('America/New_York').toPlainDate()
    const { icsSources, rosters, codeMap } = programmeSeed(today)
    const timeZones = new Map<string, string>()
    for (const person of cast.people) timeZones.set(person.id, ZONES[person.timeZone]!)
    const blocks = new Map<string, readonly Block[]>()
    for (const { personId, text } of icsSources)
      blocks.set(personId, blocksOfIcs(text, codeMap, timeZones.get(personId)!, today.add({ months: 15 }).toString()))
    for (const { mentee } of cast.pairs) {
      if (!blocks.has(mentee.id))
        blocks.set(mentee.id, blocksOfCsv(rosters[0]!.text, mentee.mail, codeMap, timeZones.get(mentee.id)!))
    }
    const onDuty: string[] = []
    let checked = 0
    for (const { pair, series } of booked) {
      for (const { startsAt, endsAt } of series.meetings) {
        const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)]
        for (const person of [pair.mentee, pair.mentor]) {
          const known = blocks.get(person.id)!
          expect(known.length, person.displayName).toBeGreaterThan(20)
          checked += known.length
          for (const block of known) {
            if (block.start < end && start < block.end) onDuty.push(`${person.displayName} ${startsAt}: ${block.code}`)
          }
        }
      }
    }
    expect(onDuty).toEqual([])
    expect(checked).toBeGreaterThan(10_000)
  })

  test('nobody is booked twice at the same time', () => {
    const byPerson = new Map<string, { readonly start: string; readonly end: string }[]>()
    for (const { pair, series } of booked) {
      for (const { startsAt, endsAt } of series.meetings) {
        for (const { id } of [pair.mentee, pair.mentor]) {
          byPerson.set(id, [...(byPerson.get(id) ?? []), { start: startsAt, end: endsAt }])
        }
      }
    }
    for (const periods of byPerson.values()) {
      const inTime = periods.toSorted((a, b) => Temporal.Instant.compare(a.start, b.start))
      for (const [index, period] of inTime.slice(1).entries()) {
        expect(Temporal.Instant.compare(inTime[index]!.end, period.start)).toBeLessThanOrEqual(0)
      }
    }
  })

  test('every meeting lies in its window and starts within working hours on its own wall clock', () => {
    for (const { series } of booked) {
      for (const { startsAt, from, to } of series.meetings) {
        const wall = Temporal.Instant.from(startsAt).toZonedDateTimeISO(series.timeZone)
        const date = wall.toPlainDate().toString()
        expect(date >= from && date < to).toBe(true)
        expect(wall.hour).toBeGreaterThanOrEqual(7)
        expect(wall.hour).toBeLessThan(17)
      }
    }
  })
})
