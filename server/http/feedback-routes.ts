import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { FeedbackOverview, RoundAnswer, type RoundView } from '../../shared/api/feedback.ts'
import { type FeedbackRound, roundAsSeen } from '../../shared/domain/feedback-round.ts'
import type { MentoringRole } from '../../shared/domain/relationship.ts'
import { answerRound, withdrawAnswer } from '../use-cases/pair/answer-round.ts'
import { type Feedback, loadFeedback } from '../use-cases/pair/load-feedback.ts'
import { callReviewOff, startReview } from '../use-cases/pair/review-pair.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const RoundParams = Type.Object({ relationshipId: Uuid, roundId: Uuid }, closed)
const answers = { 200: FeedbackOverview, '4xx': Problem, '5xx': Problem }

/** Feedback and reviews, blind until both are in: open to the two of them and to nobody else. */
export const feedbackRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/feedback',
      {
        schema: {
          tags: ['feedback'],
          summary: 'Open rounds, and what was shown to both',
          params: PairParams,
          response: answers,
        },
      },
      async (request) =>
        viewFeedback(await loadFeedback(services, { actor: actorOf(request).actor, ...request.params })),
    )

    app.put(
      '/relationships/:relationshipId/feedback/:roundId/answer',
      {
        schema: {
          tags: ['feedback'],
          summary: 'Answer a round; both see both answers when the second one is in',
          params: RoundParams,
          body: RoundAnswer,
          response: answers,
        },
      },
      async (request) =>
        viewFeedback(
          await answerRound(services, { actor: actorOf(request).actor, ...request.params, answer: request.body }),
        ),
    )

    app.delete(
      '/relationships/:relationshipId/feedback/:roundId/answer',
      {
        schema: {
          tags: ['feedback'],
          summary: 'Take one\u2019s own answer back before the other has answered',
          params: RoundParams,
          response: answers,
        },
      },
      async (request) =>
        viewFeedback(await withdrawAnswer(services, { actor: actorOf(request).actor, ...request.params })),
    )

    app.put(
      '/relationships/:relationshipId/review',
      {
        schema: {
          tags: ['feedback'],
          summary: 'Begin a review; repeating it changes nothing',
          params: PairParams,
          response: answers,
        },
      },
      async (request) =>
        viewFeedback(await startReview(services, { actor: actorOf(request).actor, ...request.params })),
    )

    app.delete(
      '/relationships/:relationshipId/review',
      {
        schema: {
          tags: ['feedback'],
          summary: 'Call a review off; nobody is shown what was written',
          params: PairParams,
          response: answers,
        },
      },
      async (request) =>
        viewFeedback(await callReviewOff(services, { actor: actorOf(request).actor, ...request.params })),
    )
  }

const viewFeedback = ({ role, feedback, review, past }: Feedback): FeedbackOverview => ({
  feedback: viewRound(feedback.value, role),
  ...(review ? { review: viewRound(review.value, role) } : {}),
  past: past.map((round) => viewRound(round, role)),
})

function viewRound(round: FeedbackRound, role: MentoringRole): RoundView {
  const { id, kind, mine, hasOtherAnswered, theirs, revealedAt, withdrawnAt } = roundAsSeen(round, role)
  return {
    roundId: id,
    kind,
    ...(mine ? { mine: viewAnswer(mine) } : {}),
    hasOtherAnswered,
    ...(theirs ? { theirs: viewAnswer(theirs) } : {}),
    ...(revealedAt === undefined ? {} : { revealedAt }),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
  }
}

function viewAnswer(answer: RoundAnswer): RoundAnswer {
  if (answer.kind === 'feedback') {
    const { kind, helps, change, willDo } = answer
    return { kind, helps, change, willDo }
  }
  const { kind, works, worksNot, challenges, decision } = answer
  return { kind, works, worksNot, challenges, decision }
}
