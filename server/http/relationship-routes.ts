import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { ProposalsBody, ProposalsView } from '../../shared/api/proposals.ts'
import { MembersBody, RelationshipBody, RelationshipList, RelationshipView } from '../../shared/api/relationships.ts'
import { CancellationBody, SeriesBody, SeriesList, SeriesView } from '../../shared/api/series.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { fingerprint } from '../derive-ids.ts'
import { mayReadLogistics, type Standing } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import { bookSeries } from '../use-cases/booking/book-series.ts'
import { cancelSeries } from '../use-cases/booking/cancel-series.ts'
import { listSeries, loadSeries } from '../use-cases/booking/load-series.ts'
import { proposeSeries } from '../use-cases/booking/propose-series.ts'
import { listRelationships } from '../use-cases/pair/list-relationships.ts'
import { loadRelationship } from '../use-cases/pair/load-relationship.ts'
import { leaveCommittee, nameMembers } from '../use-cases/pair/name-members.ts'
import { pairPeople } from '../use-cases/pair/pair-people.ts'
import { unknownPerson } from '../use-cases/programme/list-pairs.ts'
import { carryOut } from './carry-out.ts'
import { followOnVisit } from './follow-on-visit.ts'
import { type Services, withBackgroundWork } from './services.ts'
import { shareFlights } from './share-flights.ts'
import { actorOf } from './sign-in.ts'
import { viewProposals } from './view-proposals.ts'
import { viewRelationship, viewSeries } from './views.ts'

const RelationshipParams = Type.Object({ relationshipId: Uuid }, closed)
const SeriesParams = Type.Object({ relationshipId: Uuid, seriesId: Uuid }, closed)
const problems = { '4xx': Problem, '5xx': Problem }

export const relationshipRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    const shareBooking = shareFlights<MentoringSeries>()
    const visit = followOnVisit(services, app.log, () => performance.now())
    app.get(
      '/relationships',
      {
        schema: {
          tags: ['relationships'],
          summary: 'My relationships',
          response: { 200: RelationshipList, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        const mine = await listRelationships(services, actor)
        return {
          relationships: await Promise.all(mine.map((one) => viewOf(one.relationship, one.standing, one.seriesIds))),
        }
      },
    )

    app.put(
      '/relationships/:relationshipId',
      {
        schema: {
          tags: ['relationships'],
          summary: 'Pair a mentee with a mentor',
          params: RelationshipParams,
          body: RelationshipBody,
          response: { 200: RelationshipView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { directory } = services.graph.asPerson(accessToken)
        const { domains = [], ...body } = request.body
        const { relationshipId } = request.params
        const deps = { ...withBackgroundWork(services), directory }
        const pair = await pairPeople(deps, { actor, relationshipId, domains, ...body })
        services.wakeJobs()
        return viewOf(pair.relationship, pair.standing, pair.seriesIds)
      },
    )

    app.get(
      '/relationships/:relationshipId',
      {
        schema: {
          tags: ['relationships'],
          summary: 'One relationship',
          params: RelationshipParams,
          response: { 200: RelationshipView, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewOne(actor, request.params.relationshipId)
      },
    )

    app.put(
      '/relationships/:relationshipId/members',
      {
        schema: {
          tags: ['relationships'],
          summary: 'Say who sits on a committee beside its chair; meetings booked later invite them',
          params: RelationshipParams,
          body: MembersBody,
          response: { 200: RelationshipView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { directory } = services.graph.asPerson(accessToken)
        await nameMembers({ ...services, directory }, { actor, ...request.params, ...request.body })
        return viewOne(actor, request.params.relationshipId)
      },
    )

    app.delete(
      '/relationships/:relationshipId/members/me',
      {
        schema: {
          tags: ['relationships'],
          summary: 'Leave a committee, without a reason',
          params: RelationshipParams,
          response: { 204: Type.Null(), ...problems },
        },
      },
      async (request, reply) => {
        await leaveCommittee(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/relationships/:relationshipId/proposals',
      {
        schema: {
          tags: ['booking'],
          summary: 'Ranked ways to place the meetings of a plan, with reasons; writes nothing',
          params: RelationshipParams,
          body: ProposalsBody,
          response: { 200: ProposalsView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const { body } = request
        const { relationshipId } = request.params
        return viewProposals(await proposeSeries({ ...services, calendar }, { actor, relationshipId, ...body }), body)
      },
    )

    app.get(
      '/relationships/:relationshipId/series',
      {
        schema: {
          tags: ['booking'],
          summary: 'Every series of a pair, newest first',
          params: RelationshipParams,
          response: { 200: SeriesList, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const all = await listSeries(services, { actor, ...request.params })
        return { series: await Promise.all(all.map(async (one) => view(actor, await visit(one, actor, calendar)))) }
      },
    )

    app.put(
      '/relationships/:relationshipId/series/:seriesId',
      {
        schema: {
          tags: ['booking'],
          summary: 'Book a series; repeating it changes nothing',
          params: SeriesParams,
          body: SeriesBody,
          response: { 202: SeriesView, ...problems },
        },
      },
      async (request, reply) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const { onlineMeeting = true, ...body } = request.body
        const deps = { ...withBackgroundWork(services), calendar }
        const asked = { actor, onlineMeeting, ...body, ...request.params }
        const series = await shareBooking(fingerprint(asked), () => bookSeries(deps, asked))
        reply.code(202)
        return view(actor, await carryOut(setting, series, calendar))
      },
    )

    app.get(
      '/relationships/:relationshipId/series/:seriesId',
      {
        schema: {
          tags: ['booking'],
          summary: 'State of every meeting and step',
          params: SeriesParams,
          response: { 200: SeriesView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const series = await loadSeries(services, { actor, ...request.params })
        if (services.graph.asService) return view(actor, series)
        const { calendar } = services.graph.asPerson(accessToken)
        return view(actor, await visit(await carryOut(setting, series, calendar), actor, calendar))
      },
    )

    app.put(
      '/relationships/:relationshipId/series/:seriesId/cancellation',
      {
        schema: {
          tags: ['booking'],
          summary: 'Call off what is still to come; repeating it changes nothing',
          params: SeriesParams,
          body: CancellationBody,
          response: { 202: SeriesView, ...problems },
        },
      },
      async (request, reply) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const series = await cancelSeries(withBackgroundWork(services), { actor, ...request.body, ...request.params })
        reply.code(202)
        return view(actor, await carryOut(setting, series, calendar))
      },
    )

    const setting = { services, log: app.log }

    async function view(actor: Actor, series: MentoringSeries) {
      const { ownRoles } = await loadRelationship(services, actor, series.relationshipId, mayReadLogistics)
      return viewSeries(series, { ownRoles }, services.clock.now())
    }

    async function viewOne(actor: Actor, relationshipId: string) {
      const { relationship, standing } = await loadRelationship(services, actor, relationshipId, mayReadLogistics)
      const all = await listSeries(services, { actor, relationshipId })
      return viewOf(
        relationship,
        standing,
        all.map(({ id }) => id),
      )
    }

    async function viewOf(relationship: Relationship, standing: Standing, seriesIds: readonly string[]) {
      const { tenantId, menteeId, mentorId, memberIds = [] } = relationship
      const find = async (id: string) => (await services.people.find(tenantId, id)) ?? unknownPerson(tenantId, id)
      const [mentee, mentor] = await Promise.all([find(menteeId), find(mentorId)])
      const members = await Promise.all(memberIds.map(find))
      return viewRelationship(relationship, { standing, people: { mentee, mentor }, members, seriesIds })
    }
  }
