import { advanceRelationship } from './advance-relationship.ts'
import { type Feedback, type FeedbackDeps, type FeedbackPlace, loadFeedback } from './load-feedback.ts'

/**
 * Begins a review because one of the two wants it. While one is going on, this changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state`
 */
export async function startReview(deps: FeedbackDeps, place: FeedbackPlace): Promise<Feedback> {
  const loaded = await loadFeedback(deps, place)
  const { tenantId, state } = loaded.relationship
  if (state === 'reviewing') return loaded
  const { relationshipId } = place
  await advanceRelationship(deps, { tenantId, relationshipId }, { kind: 'review-started', cause: 'requested' })
  return loadFeedback(deps, place)
}

/**
 * Calls a review off before both have answered. What one of them wrote is never shown to the other. Where none is going
 * on, this changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function callReviewOff(deps: FeedbackDeps, place: FeedbackPlace): Promise<Feedback> {
  const loaded = await loadFeedback(deps, place)
  const { relationship, review } = loaded
  if (!review) return loaded
  if (review.rev !== undefined) {
    const withdrawn = { ...review.value, withdrawnAt: deps.clock.now().toString() }
    // Answered meanwhile: then it may be over, which the second look tells.
    if (!(await deps.feedbackRounds.replace(withdrawn, review.rev))) return callReviewOff(deps, place)
  }
  const { tenantId } = relationship
  const { relationshipId } = place
  await advanceRelationship(deps, { tenantId, relationshipId }, { kind: 'review-withdrawn' })
  return loadFeedback(deps, place)
}
