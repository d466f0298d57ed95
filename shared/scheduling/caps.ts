import { type Grid, grainBefore, wallDayOf } from './grid.ts'
import { readSpans } from './read-spans.ts'
import type { PersonRows } from './rows.ts'

/**
 * Meetings that already count against a person's limits (their holds), by wall day and Monday-week of the person's
 * zone, both counted from `grid.originDay`.
 */
export type BaseLoad = {
  readonly perDay: ReadonlyMap<number, number>
  readonly perWeek: ReadonlyMap<number, number>
  readonly dayMax: number
  readonly weekMax: number
}

/** `undefined` for a person without limits. A hold counts on the day it starts. */
export function baseLoadOf(grid: Grid, { person, zone, path }: PersonRows): BaseLoad | undefined {
  const dayMax = person.limits?.meetingsPerDay ?? Number.POSITIVE_INFINITY
  const weekMax = person.limits?.meetingsPerWeek ?? Number.POSITIVE_INFINITY
  if (dayMax === Number.POSITIVE_INFINITY && weekMax === Number.POSITIVE_INFINITY) return undefined
  const perDay = new Map<number, number>()
  const perWeek = new Map<number, number>()
  const holds = readSpans(person.holds ?? [], `${path}.holds`)
  for (let at = 0; at < holds.length; at += 2) {
    const day = wallDayOf(grid, zone, grainBefore(grid, holds[at] ?? 0))
    const week = Math.floor(day / 7)
    perDay.set(day, (perDay.get(day) ?? 0) + 1)
    perWeek.set(week, (perWeek.get(week) ?? 0) + 1)
  }
  return { perDay, perWeek, dayMax, weekMax }
}

/** Which limit of a person one more meeting at a start would pass, given what already counts. */
export function limitPassed(
  grid: Grid,
  person: PersonRows,
  load: BaseLoad | undefined,
  start: number,
): 'day-limit' | 'week-limit' | undefined {
  if (!load) return undefined
  const day = wallDayOf(grid, person.zone, start)
  if ((load.perDay.get(day) ?? 0) >= load.dayMax) return 'day-limit'
  return (load.perWeek.get(Math.floor(day / 7)) ?? 0) >= load.weekMax ? 'week-limit' : undefined
}

/** Whether one more meeting at a start keeps every participant within their limits. */
export function isWithinLimits(
  grid: Grid,
  prepared: { readonly participants: readonly PersonRows[]; readonly baseLoads: readonly (BaseLoad | undefined)[] },
  start: number,
): boolean {
  for (let index = 0; index < prepared.participants.length; index++) {
    const load = prepared.baseLoads[index]
    const person = prepared.participants[index]
    if (load && person && limitPassed(grid, person, load, start)) return false
  }
  return true
}
