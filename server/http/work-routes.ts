import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { GoalBody, GoalList, GoalView } from '../../shared/api/goals.ts'
import { HomeworkBody, HomeworkList, HomeworkView } from '../../shared/api/homework.ts'
import { AgendaItemBody, ByEventQuery, MeetingView, PrioritiesBody } from '../../shared/api/meetings.ts'
import { isCoreAgendaItem } from '../../shared/templates/agenda.ts'
import { putAgendaItem, removeAgendaItem } from '../use-cases/meeting/agenda.ts'
import { findMeetingByEvent } from '../use-cases/meeting/find-meeting-by-event.ts'
import { loadMeeting } from '../use-cases/meeting/load-meeting.ts'
import { rankAgenda } from '../use-cases/meeting/rank-agenda.ts'
import { listGoals, putGoal, removeGoal } from '../use-cases/work/goals.ts'
import { listHomework, putHomework, removeHomework } from '../use-cases/work/homework.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewGoal, viewHomework, viewMeeting } from './views.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const MeetingParams = Type.Object({ relationshipId: Uuid, meetingId: Uuid }, closed)
const ItemParams = Type.Object(
  { relationshipId: Uuid, meetingId: Uuid, itemId: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }) },
  closed,
)
const GoalParams = Type.Object({ relationshipId: Uuid, goalId: Uuid }, closed)
const HomeworkParams = Type.Object({ relationshipId: Uuid, homeworkId: Uuid }, closed)
const problems = { '4xx': Problem, '5xx': Problem }
const nothing = { 204: Type.Null({ description: 'Done' }), ...problems }

/** What the pair works on: open to the two of them and to nobody else. */
export const workRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/meetings/by-event',
      {
        schema: {
          tags: ['meetings'],
          summary: 'Which meeting is this calendar item?',
          querystring: ByEventQuery,
          response: { 200: MeetingView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const { series, meeting } = await findMeetingByEvent({ ...services, calendar }, { actor, ...request.query })
        return viewMeeting(
          await loadMeeting(services, { actor, relationshipId: series.relationshipId, meetingId: meeting.id }),
        )
      },
    )

    app.get(
      '/relationships/:relationshipId/meetings/:meetingId',
      {
        schema: {
          tags: ['meetings'],
          summary: 'A meeting with its agenda',
          params: MeetingParams,
          response: { 200: MeetingView, ...problems },
        },
      },
      async (request) => viewMeeting(await loadMeeting(services, { actor: actorOf(request).actor, ...request.params })),
    )

    app.put(
      '/relationships/:relationshipId/meetings/:meetingId/agenda/:itemId',
      {
        schema: {
          tags: ['meetings'],
          summary: 'Tick an agenda item, or add or edit an own one',
          params: ItemParams,
          body: AgendaItemBody,
          response: { 200: MeetingView, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewMeeting(
          await putAgendaItem(services, { actor, ...request.params, body: request.body }, isCoreAgendaItem),
        )
      },
    )

    app.put(
      '/relationships/:relationshipId/meetings/:meetingId/priorities',
      {
        schema: {
          tags: ['meetings'],
          summary: 'Say what comes first and what you need, as the mentee',
          params: MeetingParams,
          body: PrioritiesBody,
          response: { 200: MeetingView, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewMeeting(await rankAgenda(services, { actor, ...request.params, body: request.body }))
      },
    )

    app.delete(
      '/relationships/:relationshipId/meetings/:meetingId/agenda/:itemId',
      {
        schema: {
          tags: ['meetings'],
          summary: 'Remove an own agenda item',
          params: ItemParams,
          response: { 200: MeetingView, ...problems },
        },
      },
      async (request) =>
        viewMeeting(await removeAgendaItem(services, { actor: actorOf(request).actor, ...request.params })),
    )

    app.get(
      '/relationships/:relationshipId/goals',
      {
        schema: {
          tags: ['goals'],
          summary: 'The mentee\u2019s goals',
          params: PairParams,
          response: { 200: GoalList, ...problems },
        },
      },
      async (request) => {
        const goals = await listGoals(services, { actor: actorOf(request).actor, ...request.params })
        return { goals: goals.map(viewGoal) }
      },
    )
    app.put(
      '/relationships/:relationshipId/goals/:goalId',
      {
        schema: {
          tags: ['goals'],
          summary: 'Add or change a goal',
          params: GoalParams,
          body: GoalBody,
          response: { 200: GoalView, ...problems },
        },
      },
      async (request) =>
        viewGoal(await putGoal(services, { actor: actorOf(request).actor, ...request.params, body: request.body })),
    )
    app.delete(
      '/relationships/:relationshipId/goals/:goalId',
      { schema: { tags: ['goals'], summary: 'Remove a goal', params: GoalParams, response: nothing } },
      async (request, reply) => {
        await removeGoal(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/relationships/:relationshipId/homework',
      {
        schema: {
          tags: ['homework'],
          summary: 'Homework of both',
          params: PairParams,
          response: { 200: HomeworkList, ...problems },
        },
      },
      async (request) => {
        const homework = await listHomework(services, { actor: actorOf(request).actor, ...request.params })
        return { homework: homework.map(viewHomework) }
      },
    )
    app.put(
      '/relationships/:relationshipId/homework/:homeworkId',
      {
        schema: {
          tags: ['homework'],
          summary: 'Add, change or tick homework',
          params: HomeworkParams,
          body: HomeworkBody,
          response: { 200: HomeworkView, ...problems },
        },
      },
      async (request) =>
        viewHomework(
          await putHomework(services, { actor: actorOf(request).actor, ...request.params, body: request.body }),
        ),
    )
    app.delete(
      '/relationships/:relationshipId/homework/:homeworkId',
      { schema: { tags: ['homework'], summary: 'Remove homework', params: HomeworkParams, response: nothing } },
      async (request, reply) => {
        await removeHomework(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )
  }
