import { isDeepStrictEqual } from 'node:util'
import type { RoundAnswer } from '../../../shared/api/feedback.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { type FeedbackRound, reviewOutcome, withAnswer, withoutAnswer } from '../../../shared/domain/feedback-round.ts'
import {
  type Feedback,
  type FeedbackDeps,
  type FeedbackPlace,
  loadFeedback,
  type OpenRound,
  settleReview,
} from './load-feedback.ts'

type RoundPlace = FeedbackPlace & { readonly roundId: string }

/**
 * Writes one's own answer, in place of an earlier one. The second of the two answers shows both to both in the same
 * write; after a review the pair then moves on. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `round-not-found`, `already-revealed`
 */
export async function answerRound(
  deps: FeedbackDeps,
  { answer, ...place }: RoundPlace & { readonly answer: RoundAnswer },
): Promise<Feedback> {
  const loaded = await loadFeedback(deps, place)
  const { role, relationship } = loaded
  const shown = loaded.past.find(({ id }) => id === place.roundId)
  if (shown) {
    if (isDeepStrictEqual(shown.answers[role], answer)) return loaded
    throw alreadyRevealed()
  }
  const open = findOpen(loaded, place.roundId)
  if (open.value.kind !== answer.kind) throw roundNotFound()
  if (isDeepStrictEqual(open.value.answers[role], answer)) return loaded
  const answered = withAnswer(open.value, { role, answer, now: deps.clock.now().toString() })
  if (!answered) throw alreadyRevealed()
  // The other one wrote at the same moment: what was decided here may not be so any more.
  if (!(await write(deps, open, answered))) return answerRound(deps, { answer, ...place })
  const decision = reviewOutcome(answered)
  if (decision) await settleReview(deps, relationship, decision)
  return loadFeedback(deps, place)
}

/**
 * Takes one's own answer back while the other has not answered. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `round-not-found`, `already-revealed`
 */
export async function withdrawAnswer(deps: FeedbackDeps, place: RoundPlace): Promise<Feedback> {
  const loaded = await loadFeedback(deps, place)
  if (loaded.past.some(({ id }) => id === place.roundId)) throw alreadyRevealed()
  const open = findOpen(loaded, place.roundId)
  if (!open.value.answers[loaded.role]) return loaded
  const without = withoutAnswer(open.value, loaded.role)
  if (!without) throw alreadyRevealed()
  if (!(await write(deps, open, without))) return withdrawAnswer(deps, place)
  return loadFeedback(deps, place)
}

function findOpen({ feedback, review }: Feedback, roundId: string): OpenRound {
  const open = [feedback, review].find((round) => round?.value.id === roundId)
  if (!open) throw roundNotFound()
  return open
}

const write = (
  { feedbackRounds }: Pick<FeedbackDeps, 'feedbackRounds'>,
  { rev }: OpenRound,
  round: FeedbackRound,
): Promise<boolean> => (rev === undefined ? feedbackRounds.add(round) : feedbackRounds.replace(round, rev))

const roundNotFound = () => new DomainError('round-not-found', 'There is nothing to answer here now.')
const alreadyRevealed = () => new DomainError('already-revealed', 'Both have read both answers; they stay as they are.')
