import { DomainError } from '../domain/errors.ts'
import { preparePair } from './candidates.ts'
import { explainMeeting } from './explain-refusals.ts'
import { grainAfter, grainBefore } from './grid.ts'
import { wallOfInstant } from './offset-table.ts'
import { getPair } from './propose-pair.ts'
import { buildRowsOf } from './rows.ts'
import { MINUTES_PER_DAY, readInstant } from './time-text.ts'
import type { InstantText, Program, Reason } from './types.ts'

/**
 * What refuses one start of a pair's window: empty when it may be booked. Asked just before booking, when the program
 * holds what the calendars say now. A start off the grid is judged by every grain it touches.
 * @param window index into the pair's windows
 * @throws DomainError `invalid-plan` for an unknown pair or window or a malformed text, and as `proposePair`
 */
export function checkSlot(program: Program, pairId: string, window: number, start: InstantText): readonly Reason[] {
  const pair = getPair(program, pairId)
  const rows = buildRowsOf(program, new Set([pair.organizer, ...pair.attendees]))
  const prepared = preparePair(rows, program, pair)
  const { grid } = rows
  const days = prepared.windows[window]
  if (!days) {
    throw new DomainError('invalid-plan', 'The pair has no such window.', [{ path: 'window', message: 'is no window' }])
  }
  const minute = readInstant(start, 'start')
  const day = Math.floor(wallOfInstant(prepared.organizer.zone.table, minute) / MINUTES_PER_DAY) - grid.originDay
  const reasons: Reason[] = []
  if (day < days.from || day >= days.to) reasons.push({ code: 'outside-window' })
  if (day < grid.horizonFrom || day >= grid.horizonTo) return [...reasons, { code: 'outside-horizon' }]
  if (program.earliestStart !== undefined && minute < readInstant(program.earliestStart, 'earliestStart')) {
    reasons.push({ code: 'too-soon' })
  }
  return [
    ...reasons,
    ...explainMeeting(rows, prepared, grainBefore(grid, minute), grainAfter(grid, minute + pair.minutes)),
  ]
}
