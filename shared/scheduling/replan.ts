import { describeReplan, reasonsAt } from './describe-replan.ts'
import { notProposed, openDesk } from './replan-desk.ts'
import { type OptionsProposal, PROPOSALS_MAX, type ReplanProposal, type ReplanRequest } from './replan-types.ts'
import { type BestFixTools, placeGreedily, settleBest } from './settle-desk.ts'
import { instantMinute, instantText } from './time-text.ts'

/**
 * The instant answer: every broken meeting goes to its cheapest free start with everything else where it is, the one
 * with the fewest possible starts first.
 * @throws DomainError as `proposePair`
 */
export function proposeInstantFix(request: ReplanRequest): ReplanProposal {
  const desk = openDesk(request)
  placeGreedily(desk)
  return describeReplan(desk, { isProved: false, isCutShort: false })
}

/**
 * The least disturbing answer: places the broken meetings and moves those of everybody who takes part in one where that
 * pays for itself; all other meetings stay. Never dearer than the instant answer. Blocks the thread for up to
 * `tools.seconds`, mostly far less.
 * @throws DomainError as `proposePair`
 */
export function proposeBestFix(request: ReplanRequest, tools: BestFixTools = {}): ReplanProposal {
  const desk = openDesk(request)
  return describeReplan(desk, settleBest(desk, tools))
}

/**
 * For each broken meeting that may be moved, the new dates to show: that of the best answer first, then the next
 * cheapest with everything else where it is. At most two per meeting, counting what was proposed before.
 * @throws DomainError as `proposePair`
 */
export function proposeOptions(request: ReplanRequest, tools: BestFixTools = {}): OptionsProposal {
  const desk = openDesk(request)
  const { isCutShort } = settleBest(desk, tools)
  // Only the broken ones are asked about: a date that needs a sound meeting out of its way is none.
  for (const piece of desk.board.pieces) if (!desk.loose.includes(piece)) desk.board.putBack(piece)
  const meetings = desk.loose.map((piece) => {
    const best = desk.board.take(piece)
    const chosen = best && desk.board.isFree(piece, best.start) ? best : undefined
    const known = (desk.meetingOf(piece).proposed ?? []).map(instantMinute)
    const starts = chosen ? [chosen.start] : []
    const ranked = notProposed(desk, piece)
      .filter(({ start }) => desk.board.isFree(piece, start))
      .sort((a, b) => desk.board.costOf(piece, a) - desk.board.costOf(piece, b))
    for (const { start } of ranked) {
      if (starts.length + known.length >= PROPOSALS_MAX) break
      if (starts.every((other) => Math.abs(other - start) >= piece.prepared.pair.minutes)) starts.push(start)
    }
    if (chosen) desk.board.place(piece, chosen)
    return {
      meeting: desk.meetingOf(piece),
      options: starts.map((start) => ({ start: instantText(start), reasons: reasonsAt(desk, piece, start) })),
    }
  })
  return { meetings, isCutShort }
}
