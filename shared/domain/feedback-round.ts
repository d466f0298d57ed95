import type { RelationshipId } from './ids.ts'
import type { MentoringRole } from './relationship.ts'

/** Feedback any time; a review decides how the two go on. */
export type RoundKind = 'feedback' | 'review'
export type ReviewDecision = 'continue' | 'modify' | 'end'

export type FeedbackAnswer = {
  readonly kind: 'feedback'
  readonly helps: string
  readonly change: string
  readonly willDo: string
}
export type ReviewAnswer = {
  readonly kind: 'review'
  readonly works: string
  readonly worksNot: string
  readonly challenges: string
  readonly decision: ReviewDecision
}
export type RoundAnswer = FeedbackAnswer | ReviewAnswer

/**
 * Both answer the same questions alone; both see both answers when the second one is in, and neither before. Everything
 * is one document, so that an answer and its being shown are one write.
 */
export type FeedbackRound = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly kind: RoundKind
  readonly answers: Readonly<Partial<Record<MentoringRole, RoundAnswer>>>
  /** Of a review: since when the pair was being reviewed. An answer counts for that review alone. */
  readonly reviewSince?: string
  /** Since when both see both; RFC 3339. From then on nothing changes. */
  readonly revealedAt?: string
  /** Called off: each keeps what they wrote to themselves. */
  readonly withdrawnAt?: string
}

export const isRoundOver = ({ revealedAt, withdrawnAt }: FeedbackRound): boolean =>
  revealedAt !== undefined || withdrawnAt !== undefined

/**
 * The round as it stands in the pair's present review, or outside of any: one of an earlier review that was not answered
 * by both has lapsed, and nobody's old answer meets a new one.
 * @param present since when the pair is being reviewed
 * @param lapsedAt when an earlier review ended at the latest; RFC 3339
 */
export function inReview(round: FeedbackRound, present: string | undefined, lapsedAt: string): FeedbackRound {
  if (round.kind !== 'review' || isRoundOver(round) || round.reviewSince === present) return round
  return { ...round, withdrawnAt: lapsedAt }
}

const otherRole = (role: MentoringRole): MentoringRole => (role === 'mentee' ? 'mentor' : 'mentee')

/** The round with somebody's answer, in place of an earlier one; nothing when it is over and takes none. */
export function withAnswer(
  round: FeedbackRound,
  { role, answer, now }: { readonly role: MentoringRole; readonly answer: RoundAnswer; readonly now: string },
): FeedbackRound | undefined {
  if (isRoundOver(round)) return undefined
  const isLast = round.answers[otherRole(role)] !== undefined
  return { ...round, answers: { ...round.answers, [role]: answer }, ...(isLast ? { revealedAt: now } : {}) }
}

/** The round without somebody's answer; nothing when it is over: what was shown cannot be taken back. */
export function withoutAnswer(round: FeedbackRound, role: MentoringRole): FeedbackRound | undefined {
  if (isRoundOver(round)) return undefined
  const other = otherRole(role)
  const answer = round.answers[other]
  return { ...round, answers: answer ? { [other]: answer } : {} }
}

export type RoundAsSeen = {
  readonly id: string
  readonly kind: RoundKind
  readonly mine?: RoundAnswer
  /** All that anybody learns of the other's answer before both are in. */
  readonly hasOtherAnswered: boolean
  readonly theirs?: RoundAnswer
  readonly revealedAt?: string
  readonly withdrawnAt?: string
}

/** What one of the two may know of a round. */
export function roundAsSeen(
  { id, kind, answers, revealedAt, withdrawnAt }: FeedbackRound,
  role: MentoringRole,
): RoundAsSeen {
  const mine = answers[role]
  const theirs = revealedAt === undefined ? undefined : answers[otherRole(role)]
  return {
    id,
    kind,
    ...(mine ? { mine } : {}),
    hasOtherAnswered: answers[otherRole(role)] !== undefined,
    ...(theirs ? { theirs } : {}),
    ...(revealedAt === undefined ? {} : { revealedAt }),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
  }
}

/**
 * Where a review leads; nothing before it is shown to both. Whoever wants to end is not outvoted, and a wish to change
 * something is worth a look at the agreement.
 */
export function reviewOutcome({ kind, answers, revealedAt }: FeedbackRound): ReviewDecision | undefined {
  if (kind !== 'review' || revealedAt === undefined) return undefined
  const decisions = Object.values(answers).map((answer) => (answer.kind === 'review' ? answer.decision : 'continue'))
  if (decisions.includes('end')) return 'end'
  return decisions.includes('modify') ? 'modify' : 'continue'
}
