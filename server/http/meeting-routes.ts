import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import {
  FixAnswerBody,
  MeetingCancellationBody,
  MeetingTimeBody,
  OffersBody,
  OffersView,
  WaitingList,
} from '../../shared/api/meeting-changes.ts'
import { SeriesView } from '../../shared/api/series.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { mayReadLogistics } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import { type Calendar, CalendarError } from '../ports/calendar.ts'
import { answerMeetingFix } from '../use-cases/booking/answer-fix.ts'
import { changeJob } from '../use-cases/booking/book-series.ts'
import { callOffMeeting } from '../use-cases/booking/call-off-meeting.ts'
import { checkMeetings } from '../use-cases/booking/check-meetings.ts'
import { listWaiting } from '../use-cases/booking/list-waiting.ts'
import { moveMeeting } from '../use-cases/booking/move-meeting.ts'
import { offerTimes } from '../use-cases/booking/offer-times.ts'
import { loadRelationship } from '../use-cases/pair/load-relationship.ts'
import { carryOut } from './carry-out.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewOffers, viewWaiting } from './view-meeting-change.ts'
import { viewSeries } from './views.ts'

const MeetingParams = Type.Object({ relationshipId: Uuid, seriesId: Uuid, meetingId: Uuid }, closed)
const FixParams = Type.Object({ ...MeetingParams.properties, fixId: Uuid }, closed)
const MEETING = '/relationships/:relationshipId/series/:seriesId/meetings/:meetingId'
const problems = { '4xx': Problem, '5xx': Problem }

/** One booked meeting of a series: another time for it, and its end. */
export const meetingRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/waiting',
      {
        schema: {
          tags: ['meetings'],
          summary: 'Meetings that wait for me: asked about, or without a date',
          response: { 200: WaitingList, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        // Where the service may not look by itself, it looks as whoever comes.
        if (!services.graph.asService) await checkOnVisit(actor, services.graph.asPerson(accessToken).calendar)
        return { meetings: (await listWaiting(services, actor)).map(viewWaiting) }
      },
    )

    app.post(
      `${MEETING}/offers`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'The best other times for one meeting, with reasons; writes nothing',
          params: MeetingParams,
          body: OffersBody,
          response: { 200: OffersView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        return viewOffers(await offerTimes({ ...services, calendar }, { actor, ...request.params, ...request.body }))
      },
    )

    app.put(
      `${MEETING}/time`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Move one meeting, or give it a new date; within 24 hours the other person is asked first',
          params: MeetingParams,
          body: MeetingTimeBody,
          response: { 202: SeriesView, ...problems },
        },
      },
      async (request, reply) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const series = await moveMeeting({ ...services, calendar }, { actor, ...request.params, ...request.body })
        reply.code(202)
        return view(actor, await carryOutChange(series, request.params.meetingId, calendar))
      },
    )

    app.put(
      `${MEETING}/cancellation`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Call one meeting off, or say how one without a date ends; repeating it changes nothing',
          params: MeetingParams,
          body: MeetingCancellationBody,
          response: { 202: SeriesView, ...problems },
        },
      },
      async (request, reply) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const series = await callOffMeeting(services, { actor, ...request.params, ...request.body })
        reply.code(202)
        return view(actor, await carryOutChange(series, request.params.meetingId, calendar))
      },
    )

    app.put(
      `${MEETING}/fixes/:fixId/answer`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Answer what is asked about a meeting; it moves when both accept the same time',
          params: FixParams,
          body: FixAnswerBody,
          response: { 202: SeriesView, ...problems },
        },
      },
      async (request, reply) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const answer = { actor, ...request.params, choice: request.body }
        const series = await answerMeetingFix({ ...services, calendar }, answer)
        reply.code(202)
        return view(actor, await carryOutChange(series, request.params.meetingId, calendar))
      },
    )

    const carryOutChange = (series: MentoringSeries, meetingId: string, calendar: Calendar) =>
      carryOut({ services, log: app.log }, series, calendar, changeJob(series.id, meetingId))

    async function checkOnVisit(actor: Actor, calendar: Calendar): Promise<void> {
      for (const { id: relationshipId } of await services.relationships.listOf(actor.tenantId, actor.personId)) {
        const request = { tenantId: actor.tenantId, relationshipId, asMailbox: actor.personId }
        try {
          await checkMeetings({ ...services, calendar }, request)
        } catch (error) {
          if (!(error instanceof CalendarError)) throw error
          app.log.warn({ relationshipId, code: error.code }, 'meetings not checked')
        }
      }
    }

    async function view(actor: Actor, series: MentoringSeries): Promise<SeriesView> {
      const { ownRoles } = await loadRelationship(services, actor, series.relationshipId, mayReadLogistics)
      return viewSeries(series, { ownRoles }, services.clock.now())
    }
  }
