import type { Move, StandingView } from '../../shared/api/standing.ts'
import { isOpenTo, isOver, mayWithdrawRematch } from '../../shared/domain/lifecycle.ts'
import { rungOf, stateSince } from '../../shared/domain/lifecycle-clocks.ts'
import { courseDates, nextSteps } from '../../shared/domain/next-steps.ts'
import { maySteer } from '../policies.ts'
import type { PairStanding } from '../use-cases/pair/load-standing.ts'

/** An assistant or a committee's member sees the state and what they can help with, and no more; what the two declared is theirs. */
export function viewStanding(pair: PairStanding): StandingView {
  const { relationship, standing, facts, at, clocks } = pair
  const { agreement } = relationship.course
  const isBeside = standing === 'assistant' || standing === 'member'
  return {
    relationshipId: relationship.id,
    state: relationship.state,
    stateSince: stateSince(relationship),
    helpAs: relationship.helpAs,
    nextSteps: nextSteps(relationship, facts, standing, at, clocks).map(({ id, dueOn }) => ({
      id,
      ...(dueOn === undefined ? {} : { dueOn }),
    })),
    dates: isBeside ? [] : courseDates(relationship, clocks).map(({ id, on }) => ({ id, on })),
    ...(isBeside
      ? {}
      : {
          agreement: {
            isSigned: agreement?.signedAt !== undefined,
            isOpen: agreement?.openedAt !== undefined,
            ...(agreement?.signedAt === undefined ? {} : { signedAt: agreement.signedAt }),
          },
        }),
    ...(facts.nextMeetingAt === undefined ? {} : { nextMeetingAt: facts.nextMeetingAt }),
    ...(maySteer(standing) ? { dualRoles: [...(relationship.dualRoles ?? [])] } : {}),
    ...(pair.load ? { load: { ...pair.load } } : {}),
    may: movesOf(pair),
  }
}

function movesOf({ relationship, standing, at, clocks }: PairStanding): Move[] {
  const { state, course } = relationship
  if (standing === 'coordinator') return rungOf(relationship, at, clocks) >= 3 ? ['ask-rematch'] : []
  if (!maySteer(standing)) return []
  if (state === 'invited') return course.invitedBy === standing ? ['withdraw'] : ['accept', 'decline']
  const moves: Move[] = isOver(state) ? [] : ['declare']
  if (state === 'assigned' || state === 'stalled') moves.push('note-contact')
  if (isOpenTo(relationship, 'paused')) moves.push('pause')
  if (isOpenTo(relationship, 'resumed')) moves.push('resume')
  if (isOpenTo(relationship, 'rematch-asked')) moves.push('ask-rematch')
  if (mayWithdrawRematch(relationship, standing)) moves.push('withdraw-rematch')
  return moves
}
