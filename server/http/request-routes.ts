import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import {
  HoursBudgetBody,
  HoursBudgetView,
  MentorAnswerBody,
  OpportunityRequestBody,
  OpportunityRequestList,
  OpportunityRequestView,
} from '../../shared/api/requests.ts'
import type { HoursBudget, OpportunityRequest } from '../../shared/domain/opportunity-request.ts'
import type { AtRevision } from '../store/work-repository.ts'
import { answerRequest } from '../use-cases/work/answer-request.ts'
import { listRequests, putRequest, removeRequest } from '../use-cases/work/requests.ts'
import { setHoursBudget } from '../use-cases/work/set-hours-budget.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const RequestParams = Type.Object({ relationshipId: Uuid, requestId: Uuid }, closed)
const problems = { '4xx': Problem, '5xx': Problem }

/** What others ask of the mentee, and what the mentor thinks of it: open to the two of them and to nobody else. */
export const requestRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/requests',
      {
        schema: {
          tags: ['requests'],
          summary: 'What is asked of the mentee, and the hours they have',
          params: PairParams,
          response: { 200: OpportunityRequestList, ...problems },
        },
      },
      async (request) => {
        const { requests, budget } = await listRequests(services, { actor: actorOf(request).actor, ...request.params })
        return { requests: requests.map(viewRequest), ...(budget ? { budget: viewBudget(budget) } : {}) }
      },
    )

    app.put(
      '/relationships/:relationshipId/requests/:requestId',
      {
        schema: {
          tags: ['requests'],
          summary: 'Add or change a request, as the mentee',
          params: RequestParams,
          body: OpportunityRequestBody,
          response: { 200: OpportunityRequestView, ...problems },
        },
      },
      async (request) =>
        viewRequest(
          await putRequest(services, { actor: actorOf(request).actor, ...request.params, body: request.body }),
        ),
    )

    app.put(
      '/relationships/:relationshipId/requests/:requestId/answer',
      {
        schema: {
          tags: ['requests'],
          summary: 'Say what you think of it, as the mentor',
          params: RequestParams,
          body: MentorAnswerBody,
          response: { 200: OpportunityRequestView, ...problems },
        },
      },
      async (request) =>
        viewRequest(
          await answerRequest(services, { actor: actorOf(request).actor, ...request.params, body: request.body }),
        ),
    )

    app.delete(
      '/relationships/:relationshipId/requests/:requestId',
      {
        schema: {
          tags: ['requests'],
          summary: 'Remove a request, as the mentee',
          params: RequestParams,
          response: { 204: Type.Null({ description: 'Done' }), ...problems },
        },
      },
      async (request, reply) => {
        await removeRequest(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )

    app.put(
      '/relationships/:relationshipId/hours-budget',
      {
        schema: {
          tags: ['requests'],
          summary: 'Set the hours a month that the mentee can give, as the mentee',
          params: PairParams,
          body: HoursBudgetBody,
          response: { 200: HoursBudgetView, ...problems },
        },
      },
      async (request) =>
        viewBudget(
          await setHoursBudget(services, { actor: actorOf(request).actor, ...request.params, body: request.body }),
        ),
    )
  }

function viewRequest({ value, rev }: AtRevision<OpportunityRequest>): OpportunityRequestView {
  const { answer } = value
  return {
    requestId: value.id,
    title: value.title,
    ...(value.askedBy === undefined ? {} : { askedBy: value.askedBy }),
    hours: value.hours,
    rhythm: value.rhythm,
    ...(value.deadline === undefined ? {} : { deadline: value.deadline }),
    ...(value.benefit === undefined ? {} : { benefit: value.benefit }),
    goalIds: [...value.goalIds],
    decision: value.decision,
    ...(answer === undefined
      ? {}
      : {
          answer: {
            choice: answer.choice,
            ...(answer.note === undefined ? {} : { note: answer.note }),
            mayMentionMentor: answer.mayMentionMentor,
          },
        }),
    revision: rev,
    createdAt: value.createdAt,
    updatedAt: value.updatedAt,
  }
}

const viewBudget = ({ value, rev }: AtRevision<HoursBudget>): HoursBudgetView => ({
  hoursPerMonth: value.hoursPerMonth,
  revision: rev,
})
