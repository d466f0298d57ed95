import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { MentorLoadBody, MentorLoadView } from '../../shared/api/mentor-load.ts'
import { ContactBody, DualRolesBody, InvitationBody, PauseBody, StandingView } from '../../shared/api/standing.ts'
import { declareDualRoles } from '../use-cases/pair/declare-dual-roles.ts'
import { loadStanding } from '../use-cases/pair/load-standing.ts'
import { loadMentorLoad, setCapacity } from '../use-cases/pair/mentor-load.ts'
import {
  answerInvitation,
  askRematch,
  noteContact,
  pauseRelationship,
  resumeRelationship,
  withdrawRematch,
} from '../use-cases/pair/steer-relationship.ts'
import { type Services, withBackgroundWork } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewStanding } from './view-standing.ts'

const params = Type.Object({ relationshipId: Uuid }, closed)
const OwnParams = Type.Object({ personId: Uuid }, closed)
const loadResponse = { 200: MentorLoadView, '4xx': Problem, '5xx': Problem }
const tags = ['lifecycle']
const response = { 200: StandingView, '4xx': Problem, '5xx': Problem }

/** Where a pair stands and what the two do about it; every change may be repeated and answers how it stands then. */
export const lifecycleRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    const deps = withBackgroundWork(services)

    app.get(
      '/people/:personId/mentor-load',
      { schema: { tags, summary: 'What I carry as a mentor', params: OwnParams, response: loadResponse } },
      async (request) => ({
        ...(await loadMentorLoad(services, { actor: actorOf(request).actor, ...request.params })),
      }),
    )
    app.put(
      '/people/:personId/mentor-load',
      {
        schema: {
          tags,
          summary: 'Say how many mentees I take at most; 0 opts out',
          params: OwnParams,
          body: MentorLoadBody,
          response: loadResponse,
        },
      },
      async (request) => ({
        ...(await setCapacity(services, { actor: actorOf(request).actor, ...request.params, ...request.body })),
      }),
    )

    app.get(
      '/relationships/:relationshipId/standing',
      { schema: { tags, summary: 'Where a pair stands and what would help now', params, response } },
      async (request) => viewStanding(await loadStanding(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      '/relationships/:relationshipId/invitation',
      { schema: { tags, summary: 'Answer whether to be a pair', params, body: InvitationBody, response } },
      async (request) => {
        const { actor } = actorOf(request)
        const standing = await answerInvitation(deps, { actor, ...request.params, ...request.body })
        services.wakeJobs()
        return viewStanding(standing)
      },
    )
    app.put(
      '/relationships/:relationshipId/contact',
      {
        schema: { tags, summary: 'We are in touch, or a message found no answer', params, body: ContactBody, response },
      },
      async (request) =>
        viewStanding(await noteContact(deps, { actor: actorOf(request).actor, ...request.params, ...request.body })),
    )
    app.put(
      '/relationships/:relationshipId/pause',
      { schema: { tags, summary: 'Let it rest until a date', params, body: PauseBody, response } },
      async (request) =>
        viewStanding(
          await pauseRelationship(deps, { actor: actorOf(request).actor, ...request.params, ...request.body }),
        ),
    )
    app.delete(
      '/relationships/:relationshipId/pause',
      { schema: { tags, summary: 'Go on before that date', params, response } },
      async (request) =>
        viewStanding(await resumeRelationship(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      '/relationships/:relationshipId/rematch',
      {
        schema: {
          tags,
          summary: 'Ask for another mentor, or opt out as one; no reason is asked for',
          params,
          response,
        },
      },
      async (request) => viewStanding(await askRematch(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.delete(
      '/relationships/:relationshipId/rematch',
      { schema: { tags, summary: 'Stay together after all, for whoever asked', params, response } },
      async (request) =>
        viewStanding(await withdrawRematch(deps, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      '/relationships/:relationshipId/dual-roles',
      {
        schema: {
          tags,
          summary: 'Declare what else the mentor is to the mentee',
          params,
          body: DualRolesBody,
          response,
        },
      },
      async (request) =>
        viewStanding(
          await declareDualRoles(deps, { actor: actorOf(request).actor, ...request.params, ...request.body }),
        ),
    )
  }
