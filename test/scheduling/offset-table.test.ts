import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { instantOfWall, offsetTable, wallOfInstant } from '../../shared/scheduling/offset-table.ts'
import { SEED } from './builders.ts'
import { ZONES } from './random-programs.ts'

const FIRST = 2024
const LAST = 2030
const minuteOf = (instant: Temporal.Instant) => instant.epochMilliseconds / 60_000
const minutes = fc.integer({
  min: minuteOf(Temporal.Instant.from(`${FIRST}-01-01T00:00Z`)),
  max: minuteOf(Temporal.Instant.from(`${LAST}-12-31T23:59Z`)),
})
const zones = fc.constantFrom(...ZONES, 'America/Scoresbysund', 'Antarctica/Troll', 'Africa/Cairo', 'Asia/Gaza')

/** Every wall minute around every clock change of the zones, where rules matter most. */
const aroundChanges = zones.chain((zone) => {
  const changes: number[] = []
  let at = Temporal.Instant.from(`${FIRST}-01-02T00:00Z`).toZonedDateTimeISO(zone).getTimeZoneTransition('next')
  for (; at && at.year < LAST; at = at.getTimeZoneTransition('next')) changes.push(minuteOf(at.toInstant()))
  const near = fc.integer({ min: -1500, max: 1500 })
  return fc.tuple(
    fc.constant(zone),
    changes.length === 0
      ? minutes
      : fc.tuple(fc.constantFrom(...changes), near).map(([change, offset]) => change + offset),
  )
})

const plainAt = (wallMinute: number) =>
  Temporal.Instant.fromEpochMilliseconds(wallMinute * 60_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()

test('wall times become the instants that Temporal\u2019s compatible rule gives, and back', () => {
  fc.assert(
    fc.property(fc.oneof(aroundChanges, fc.tuple(zones, minutes)), ([zone, minute]) => {
      const table = offsetTable(zone, FIRST, LAST)
      expect(instantOfWall(table, minute)).toBe(
        minuteOf(plainAt(minute).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant()),
      )
      const wall = Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
      expect(plainAt(wallOfInstant(table, minute)).toString()).toBe(wall.toString())
    }),
    { seed: SEED, numRuns: 4000 },
  )
}, 60_000)

test('a name that is no zone is refused', () => {
  expect(() => offsetTable('Eastern Standard Time', 2027, 2028)).toThrow(
    expect.objectContaining({ code: 'unknown-time-zone' }),
  )
})
