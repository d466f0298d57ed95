import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../shared/domain/errors.ts'
import { DAY_SECONDS, dayNumberOf, type WallSeconds } from './wall-seconds.ts'

/** Seconds since 1970-01-01T00:00Z. */
type EpochSeconds = number

/** A zone as a feed needs it: its wall clock to absolute time (skipped and doubled times: Temporal's `compatible`). */
export type FeedZone = { readonly name: string; toInstant(wall: WallSeconds): EpochSeconds }
/** The zone of the person, in which blocks are told. */
export type PersonZone = FeedZone & {
  toWall(instant: EpochSeconds): WallSeconds
  /**
   * Like `toWall`, for the end of a block: where the clock is set back the same wall time comes twice, and it is read as
   * the first; an end in the second hour therefore moves to the end of the doubled time, so the block covers all of it.
   */
  toWallEnd(instant: EpochSeconds): WallSeconds
}

const zones = new Map<string, PersonZone>()

/** @throws DomainError `unknown-time-zone` */
export function ianaZone(name: string): PersonZone {
  const zone = findIanaZone(name)
  if (!zone) {
    const faults = [{ path: 'timeZone', message: 'is not an IANA name' }]
    throw new DomainError('unknown-time-zone', `There is no time zone "${name.slice(0, 64)}".`, faults)
  }
  return zone
}

/** `undefined` when no IANA zone has this name. */
export function findIanaZone(name: string): PersonZone | undefined {
  const known = zones.get(name)
  if (known) return known
  const id = findZoneId(name)
  if (id === undefined) return undefined
  const zone = zones.get(id) ?? openZone(id)
  zones.set(id, zone)
  return zone
}

/** In its usual spelling, so that the number of cached zones stays bounded. */
function findZoneId(name: string): string | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function openZone(name: string): PersonZone {
  // Offsets per day: nearly all days have one, and asking Temporal for each of 20,000 entries would cost half a second.
  const wallDays = new Map<number, number | undefined>()
  const utcDays = new Map<number, number | undefined>()
  const instantOf = (wall: WallSeconds) =>
    Temporal.Instant.fromEpochMilliseconds(wall * 1000)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime()
      .toZonedDateTime(name).epochMilliseconds / 1000
  const wallOf = (instant: EpochSeconds) =>
    instant + Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(name).offsetNanoseconds / 1e9

  function offsetOf(days: Map<number, number | undefined>, time: number, offsetAt: (time: number) => number) {
    const day = dayNumberOf(time)
    if (!days.has(day)) {
      const first = offsetAt(day * DAY_SECONDS)
      days.set(day, first === offsetAt((day + 1) * DAY_SECONDS) ? first : undefined)
    }
    return days.get(day)
  }
  function toInstant(wall: WallSeconds) {
    const offset = offsetOf(wallDays, wall, (at) => at - instantOf(at))
    return offset === undefined ? instantOf(wall) : wall - offset
  }
  function toWall(instant: EpochSeconds) {
    const offset = offsetOf(utcDays, instant, (at) => wallOf(at) - at)
    return offset === undefined ? wallOf(instant) : instant + offset
  }
  return {
    name,
    toInstant,
    toWall,
    toWallEnd(instant) {
      const wall = toWall(instant)
      if (toInstant(wall) >= instant) return wall
      const change = Temporal.Instant.fromEpochMilliseconds(instant * 1000)
        .toZonedDateTimeISO(name)
        .getTimeZoneTransition('previous')
      if (!change) return wall
      const at = change.epochMilliseconds / 1000
      return at + (wallOf(at - 1) - (at - 1))
    },
  }
}
