import { listCandidates, type PreparedPair, preparePair } from './candidates.ts'
import { explainWindows } from './explain-refusals.ts'
import { type Grid, grainBefore, minuteOfGrain, wallDayOf } from './grid.ts'
import { getPair, meetingReasons } from './propose-pair.ts'
import { buildRowsOf } from './rows.ts'
import { DEFAULT_WEIGHTS } from './soft-cost.ts'
import { instantText, readInstant, readTime } from './time-text.ts'
import type { InstantText, Program, Reason, WallTime, Weekday, Weights } from './types.ts'

/** A weekday-and-time on the organizer's wall clock. */
export type UsualTime = { readonly weekday: Weekday; readonly startTime: WallTime }

export type OfferRequest = {
  readonly program: Program
  readonly pairId: string
  /** Index into the pair's windows. */
  readonly window: number
  /** When the pair's other meetings are; a start then costs no exception. */
  readonly usual?: UsualTime | undefined
  /** Of equally good starts the one nearest to this instant comes first, because it disturbs people least. */
  readonly near: InstantText
  readonly limit: number
  readonly weights?: Weights
}
export type Offer = { readonly start: InstantText; readonly reasons: readonly Reason[] }
export type Offers = {
  /** Best first, on as many different days as there are. */
  readonly offers: readonly Offer[]
  readonly possibleStarts: number
  /** What refused the other starts of the window. */
  readonly refusals: readonly Reason[]
}

/**
 * The best free starts for one meeting of a pair, everything else staying where it is. Pure and deterministic.
 * @throws DomainError as `proposePair`
 */
export function offerStarts({
  program,
  pairId,
  window,
  usual,
  near,
  limit,
  weights = DEFAULT_WEIGHTS,
}: OfferRequest): Offers {
  const pair = getPair(program, pairId)
  const rows = buildRowsOf(program, new Set([pair.organizer, ...pair.attendees]))
  const prepared = preparePair(rows, program, pair)
  const { starts, soft, patterns, ties } = listCandidates(rows, prepared, window)
  const usualPattern = usual && patternOf(rows.grid, usual)
  const nearest = grainBefore(rows.grid, readInstant(near, 'near'))
  const isUsual = (index: number) => usualPattern === undefined || patterns[index] === usualPattern
  const costAt = (index: number) => (soft[index] ?? 0) + (isUsual(index) ? 0 : weights.exception)
  const distanceAt = (index: number) => Math.abs((starts[index] ?? 0) - nearest)
  const ranked = Array.from(starts, (_, index) => index).sort(
    (a, b) => costAt(a) - costAt(b) || (ties[a] ?? 0) - (ties[b] ?? 0) || distanceAt(a) - distanceAt(b) || a - b,
  )
  return {
    offers: spreadOverDays(rows.grid, prepared, ranked, starts, limit).map((index) => {
      const start = starts[index] ?? 0
      const reasons = meetingReasons(rows.grid, prepared, window, start, isUsual(index), weights)
      return {
        start: instantText(minuteOfGrain(rows.grid, start)),
        // A pair's only meeting has no usual time.
        reasons: usual ? reasons : reasons.filter(({ code }) => code !== 'on-pattern'),
      }
    }),
    possibleStarts: starts.length,
    refusals: explainWindows(rows, prepared)[window] ?? [],
  }
}

const patternOf = (grid: Grid, { weekday, startTime }: UsualTime): number =>
  (weekday - 1) * grid.grainsPerDay + readTime(startTime, 'usual.startTime') / grid.grainMinutes

/**
 * The first of each day in order; only where there are fewer days than wanted, more of the same days that do not
 * overlap. A choice between 13:00 and 13:15 is none.
 */
function spreadOverDays(
  grid: Grid,
  { organizer, length }: PreparedPair,
  ranked: readonly number[],
  starts: Int32Array,
  limit: number,
): readonly number[] {
  const startOf = (index: number) => starts[index] ?? 0
  const chosen: number[] = []
  const days = new Set<number>()
  for (const index of ranked) {
    if (chosen.length >= limit) break
    const day = wallDayOf(grid, organizer.zone, startOf(index))
    if (days.has(day)) continue
    days.add(day)
    chosen.push(index)
  }
  for (const index of ranked) {
    if (chosen.length >= limit) break
    if (chosen.every((other) => Math.abs(startOf(other) - startOf(index)) >= length)) chosen.push(index)
  }
  const rank = new Map(ranked.map((index, place) => [index, place]))
  return chosen.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
}
