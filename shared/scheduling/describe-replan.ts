import { explainWindows } from './explain-refusals.ts'
import { grainBefore } from './grid.ts'
import { meetingReasons } from './propose-pair.ts'
import type { Piece } from './replan-board.ts'
import type { Desk } from './replan-desk.ts'
import type { ProposedMove, ReplanProposal } from './replan-types.ts'
import type { Settled } from './settle-desk.ts'
import { instantText } from './time-text.ts'
import type { Reason } from './types.ts'

/** What a start would cost and earn a piece with all others where they are. */
export function reasonsAt({ rows, board, weights }: Desk, piece: Piece, start: number): readonly Reason[] {
  const before = board.startOf(piece)
  const option = piece.options().find((candidate) => candidate.start === start)
  const taken = before === undefined ? undefined : board.take(piece)
  if (option) board.place(piece, option)
  const onPattern = board.isOnPattern(piece)
  if (option) board.take(piece)
  if (taken) board.place(piece, taken)
  return meetingReasons(rows.grid, piece.prepared, piece.window, grainBefore(rows.grid, start), onPattern, weights)
}

/** The moves that lead from the booked meetings to what is on the board. */
export function describeReplan(desk: Desk, settled: Settled): ReplanProposal {
  const { board, rows, moveCost } = desk
  const moves = board.pieces.flatMap((piece): readonly ProposedMove[] => {
    const makesRoom = !desk.loose.includes(piece)
    const start = board.startOf(piece)
    if (makesRoom && start === piece.bookedAt) return []
    const meeting = desk.meetingOf(piece)
    const consentOf = piece.prepared.participants.map(({ person }) => person.id)
    if (start === undefined) {
      const reasons = explainWindows(rows, piece.prepared)[piece.window] ?? []
      return [{ meeting, reasons, consentOf, makesRoom }]
    }
    return [{ meeting, start: instantText(start), reasons: reasonsAt(desk, piece, start), consentOf, makesRoom }]
  })
  const total = board.cost + moves.filter(({ makesRoom }) => makesRoom).length * moveCost
  return { moves, total, ...settled }
}
