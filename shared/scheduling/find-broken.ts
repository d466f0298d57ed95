import { preparePair } from './candidates.ts'
import { explainMeeting } from './explain-refusals.ts'
import { grainAfter, grainBefore, wallDayOf } from './grid.ts'
import { getPair } from './propose-pair.ts'
import {
  type BookedMeeting,
  type BrokenMeeting,
  NOTICE_MINUTES,
  PROPOSALS_MAX,
  type ReplanRequest,
} from './replan-types.ts'
import type { Rows } from './rows.ts'
import { rowsWithoutBooked } from './rows-without-booked.ts'
import { readInstant } from './time-text.ts'
import type { Program, Reason } from './types.ts'

/**
 * The booked meetings that people's time as now known refuses, in order of their start; past ones and those outside the
 * program's horizon are left alone. Of two booked meetings of one person that overlap, the later one is broken.
 * @throws DomainError as `proposePair`
 */
export function findBroken({
  program,
  booked,
  now,
}: Pick<ReplanRequest, 'program' | 'booked' | 'now'>): readonly BrokenMeeting[] {
  return findBrokenOnRows(rowsWithoutBooked(program, booked), program, booked, readInstant(now, 'now'))
}

/** `findBroken` on rows of `rowsWithoutBooked`; `now` in epoch minutes. */
export function findBrokenOnRows(
  rows: Rows,
  program: Program,
  booked: readonly BookedMeeting[],
  now: number,
): readonly BrokenMeeting[] {
  const taken: { readonly people: ReadonlySet<string>; readonly start: number; readonly end: number }[] = []
  const inOrder = booked
    .map((meeting, index) => ({ meeting, start: readInstant(meeting.start, `booked[${index}].start`) }))
    .sort((a, b) => a.start - b.start)
  return inOrder.flatMap(({ meeting, start }): readonly BrokenMeeting[] => {
    const pair = getPair(program, meeting.pair)
    const end = start + pair.minutes
    const people = new Set([pair.organizer, ...pair.attendees])
    const overlaps = taken.filter((other) => other.start < end && start < other.end)
    const shared = [...people].filter((id) => overlaps.some((other) => other.people.has(id)))
    taken.push({ people, start, end })
    // Limits are no reason: they tell how many to book, not which to cancel.
    const prepared = { ...preparePair(rows, program, pair), baseLoads: [] }
    const day = wallDayOf(rows.grid, prepared.organizer.zone, grainBefore(rows.grid, start))
    if (start < now || day < rows.grid.horizonFrom || day >= rows.grid.horizonTo) return []
    const reasons: readonly Reason[] = [
      ...explainMeeting(rows, prepared, grainBefore(rows.grid, start), grainAfter(rows.grid, end)),
      ...shared.map((personId): Reason => ({ code: 'overlaps-another-meeting', personId })),
    ]
    return reasons.length === 0 ? [] : [{ meeting, reasons, state: stateOf(meeting, start, now) }]
  })
}

/** Whether a broken meeting may be moved; its start and `now` in epoch minutes. */
export function stateOf({ proposed = [] }: BookedMeeting, start: number, now: number): BrokenMeeting['state'] {
  if (start < now + NOTICE_MINUTES) return 'inside-24-hours'
  return proposed.length >= PROPOSALS_MAX ? 'asked-twice' : 'movable'
}
