import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import {
  AnswerBody,
  PriorityBody,
  PriorityList,
  PriorityView,
  QuestionList,
  type QuestionView,
  VisionBody,
  VisionView,
} from '../../shared/api/growth.ts'
import type { Priority, VisionPlan } from '../../shared/domain/work.ts'
import type { AtRevision } from '../store/work-repository.ts'
import { listPriorities, putPriority, removePriority } from '../use-cases/work/priorities.ts'
import { type AskedQuestion, listQuestions, putAnswer } from '../use-cases/work/questions.ts'
import { loadVision, putVision } from '../use-cases/work/vision.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const QuestionParams = Type.Object(
  { relationshipId: Uuid, questionId: Type.String({ pattern: '^[a-z]{1,20}-[0-9]{1,2}$' }) },
  closed,
)
const PriorityParams = Type.Object({ relationshipId: Uuid, priorityId: Uuid }, closed)
const problems = { '4xx': Problem, '5xx': Problem }
const PAIR = '/relationships/:relationshipId'

/** Where the mentee wants to be, what they think about, and what they stop and start: open to the pair alone. */
export const growthRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      `${PAIR}/vision`,
      {
        schema: {
          tags: ['goals'],
          summary: 'Where the mentee wants to be',
          params: PairParams,
          response: { 200: VisionView, ...problems },
        },
      },
      async (request) => viewVision(await loadVision(services, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      `${PAIR}/vision`,
      {
        schema: {
          tags: ['goals'],
          summary: 'Write where you want to be, as the mentee',
          params: PairParams,
          body: VisionBody,
          response: { 200: VisionView, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewVision(await putVision(services, { actor, ...request.params, body: request.body }))
      },
    )

    app.get(
      `${PAIR}/questions`,
      {
        schema: {
          tags: ['goals'],
          summary: 'Questions that are asked now and answers, as far as they are yours to see',
          params: PairParams,
          response: { 200: QuestionList, ...problems },
        },
      },
      async (request) => {
        const asked = await listQuestions(services, { actor: actorOf(request).actor, ...request.params })
        return { questions: asked.map(viewQuestion) }
      },
    )
    app.put(
      `${PAIR}/questions/:questionId`,
      {
        schema: {
          tags: ['goals'],
          summary: 'Answer a question that you are asked; share it or not',
          params: QuestionParams,
          body: AnswerBody,
          response: { 200: QuestionList, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        const asked = await putAnswer(services, { actor, ...request.params, body: request.body })
        return { questions: asked.map(viewQuestion) }
      },
    )

    app.get(
      `${PAIR}/priorities`,
      {
        schema: {
          tags: ['goals'],
          summary: 'What to stop, decline, start and keep',
          params: PairParams,
          response: { 200: PriorityList, ...problems },
        },
      },
      async (request) => {
        const all = await listPriorities(services, { actor: actorOf(request).actor, ...request.params })
        return { priorities: all.map(viewPriority) }
      },
    )
    app.put(
      `${PAIR}/priorities/:priorityId`,
      {
        schema: {
          tags: ['goals'],
          summary: 'Add or change what to stop, decline, start or keep',
          params: PriorityParams,
          body: PriorityBody,
          response: { 200: PriorityView, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewPriority(await putPriority(services, { actor, ...request.params, body: request.body }))
      },
    )
    app.delete(
      `${PAIR}/priorities/:priorityId`,
      {
        schema: {
          tags: ['goals'],
          summary: 'Remove what to stop, decline, start or keep',
          params: PriorityParams,
          response: { 204: Type.Null({ description: 'Done' }), ...problems },
        },
      },
      async (request, reply) => {
        await removePriority(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )
  }

const viewVision = (vision: AtRevision<VisionPlan> | undefined): VisionView =>
  vision ? { text: vision.value.text, revision: vision.rev, updatedAt: vision.value.updatedAt } : { text: '' }

const viewQuestion = ({ question, isMine, isDue, answer }: AskedQuestion): QuestionView => ({
  questionId: question.id,
  set: question.set,
  text: question.text,
  isMine,
  isDue,
  ...(answer ? { answer: { text: answer.value.text, isShared: answer.value.isShared, revision: answer.rev } } : {}),
})

const viewPriority = ({ value, rev }: AtRevision<Priority>): PriorityView => ({
  priorityId: value.id,
  kind: value.kind,
  text: value.text,
  ...(value.goalId === undefined ? {} : { goalId: value.goalId }),
  ...(value.requestId === undefined ? {} : { requestId: value.requestId }),
  revision: rev,
})
