import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import {
  type FeedbackRound,
  inReview,
  isRoundOver,
  type ReviewDecision,
  type RoundKind,
  reviewOutcome,
} from '../../../shared/domain/feedback-round.ts'
import { asId, type RelationshipId } from '../../../shared/domain/ids.ts'
import { type MentoringRole, type Relationship, roleIn } from '../../../shared/domain/relationship.ts'
import { deriveUuid } from '../../derive-ids.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { type AdvanceRelationshipDeps, advanceRelationship } from './advance-relationship.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'

export type FeedbackDeps = RelationshipDeps &
  AdvanceRelationshipDeps & { readonly feedbackRounds: WorkRepository<FeedbackRound> }
export type FeedbackPlace = { readonly actor: Actor; readonly relationshipId: string }
/** A round that nobody has answered is not stored yet: it has no revision. */
export type OpenRound = { readonly value: FeedbackRound; readonly rev: number | undefined }
export type Feedback = {
  readonly relationship: Relationship
  readonly role: MentoringRole
  readonly feedback: OpenRound
  /** While the pair is being reviewed. */
  readonly review: OpenRound | undefined
  /** Newest first. */
  readonly past: readonly FeedbackRound[]
}

/**
 * The rounds of a pair as stored, for use cases that show or answer them.
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function loadFeedback(deps: FeedbackDeps, { actor, relationshipId }: FeedbackPlace): Promise<Feedback> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const role = roleIn(relationship, actor.personId)
  if (!role) throw new DomainError('not-allowed', 'This is between the two of them.')
  const since = relationship.course.stateSince ?? relationship.createdAt
  const present = relationship.state === 'reviewing' ? since : undefined
  const stored = (await deps.feedbackRounds.list(relationshipId)).map(({ value, rev }) => ({
    value: inReview(value, present, since),
    rev,
  }))
  const past = stored.map(({ value }) => value).filter(isRoundOver)
  const decision = unsettledDecision(relationship, past)
  const settled = decision ? await settleReview(deps, relationship, decision) : relationship
  return {
    relationship: settled,
    role,
    feedback: openRound(stored, { kind: 'feedback', relationshipId }),
    review:
      settled.state === 'reviewing' && present !== undefined
        ? openRound(stored, { kind: 'review', relationshipId, reviewSince: present })
        : undefined,
    past: past.toSorted((a, b) => Temporal.Instant.compare(endOf(b), endOf(a))),
  }
}

/** Moves the pair on after a review that both have answered; a shared step of use cases. Repeating it changes nothing. */
export async function settleReview(
  deps: AdvanceRelationshipDeps,
  relationship: Relationship,
  decision: ReviewDecision,
): Promise<Relationship> {
  const { tenantId, id: relationshipId, state } = relationship
  if (state !== 'reviewing') return relationship
  try {
    return await advanceRelationship(deps, { tenantId, relationshipId }, { kind: 'review-answered', decision })
  } catch (error) {
    // The other person's request settled the same review first.
    if (!(error instanceof DomainError) || error.code !== 'not-in-this-state') throw error
    return (await deps.relationships.find(tenantId, relationshipId)) ?? relationship
  }
}

/** What the present review came to, where an interruption kept the pair from moving on. */
function unsettledDecision(
  { course, createdAt }: Relationship,
  past: readonly FeedbackRound[],
): ReviewDecision | undefined {
  const since = course.stateSince ?? createdAt
  const revealed = past.find(
    ({ kind, revealedAt }) =>
      kind === 'review' && revealedAt !== undefined && Temporal.Instant.compare(revealedAt, since) > 0,
  )
  return revealed && reviewOutcome(revealed)
}

/** There is one open round of a kind at a time, and its id follows from those before it, so both begin the same one. */
function openRound(
  stored: readonly AtRevision<FeedbackRound>[],
  {
    kind,
    relationshipId,
    reviewSince,
  }: { readonly kind: RoundKind; readonly relationshipId: string; readonly reviewSince?: string },
): OpenRound {
  const ofKind = stored.filter(({ value }) => value.kind === kind)
  const open = ofKind.find(({ value }) => !isRoundOver(value))
  if (open) return open
  const id = deriveUuid('feedback round', relationshipId, kind, ofKind.length)
  return {
    value: {
      id,
      relationshipId: asId<RelationshipId>(relationshipId),
      kind,
      answers: {},
      ...(reviewSince === undefined ? {} : { reviewSince }),
    },
    rev: undefined,
  }
}

/** Only of a round that is over. */
const endOf = ({ revealedAt = '', withdrawnAt = revealedAt }: FeedbackRound): string => withdrawnAt
