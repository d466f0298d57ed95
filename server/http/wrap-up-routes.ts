import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { AttestationBody, DecisionsBody, NextDateBody, WrapUpList, WrapUpView } from '../../shared/api/wrap-up.ts'
import { hasBegun, heldState, type Statement } from '../../shared/domain/meeting-outcome.ts'
import {
  attestMeeting,
  listWrapUps,
  loadWrapUp,
  putDecisions,
  putNextDate,
  type WrapUp,
} from '../use-cases/meeting/wrap-up.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const MeetingParams = Type.Object({ relationshipId: Uuid, meetingId: Uuid }, closed)
const answers = { 200: WrapUpView, '4xx': Problem, '5xx': Problem }
const MEETING = '/relationships/:relationshipId/meetings/:meetingId'

/** How meetings turned out: open to the two of them and to nobody else. */
export const wrapUpRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/wrap-ups',
      {
        schema: {
          tags: ['meetings'],
          summary: 'How the pair\u2019s meetings turned out, newest first',
          params: PairParams,
          response: { ...answers, 200: WrapUpList },
        },
      },
      async (request) => {
        const all = await listWrapUps(services, { actor: actorOf(request).actor, ...request.params })
        return { wrapUps: all.map(viewWrapUp) }
      },
    )
    app.get(
      `${MEETING}/wrap-up`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'How a meeting turned out, and what comes next',
          params: MeetingParams,
          response: answers,
        },
      },
      async (request) => viewWrapUp(await loadWrapUp(services, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      `${MEETING}/decisions`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Note what was decided',
          params: MeetingParams,
          body: DecisionsBody,
          response: answers,
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewWrapUp(await putDecisions(services, { actor, ...request.params, body: request.body }))
      },
    )
    app.put(
      `${MEETING}/next-date`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Say that no next date is planned, or take it back',
          params: MeetingParams,
          body: NextDateBody,
          response: answers,
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewWrapUp(await putNextDate(services, { actor, ...request.params, body: request.body }))
      },
    )
    app.put(
      `${MEETING}/attestation`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Say whether you met, when and for how long',
          params: MeetingParams,
          body: AttestationBody,
          response: answers,
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewWrapUp(await attestMeeting(services, { actor, ...request.params, body: request.body }))
      },
    )
  }

function viewWrapUp({ series, meeting, outcome, decisions, next, now }: WrapUp): WrapUpView {
  const { mentee, mentor } = outcome.statements
  const { state, minutes, settlesAt } = heldState(outcome, now)
  return {
    meetingId: meeting.id,
    relationshipId: series.relationshipId,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: series.timeZone,
    ...(meeting.purpose === undefined ? {} : { purpose: meeting.purpose }),
    isOpen: !meeting.cancelled && hasBegun(meeting, now),
    today: now.toZonedDateTimeISO(series.timeZone).toPlainDate().toString(),
    decisions: [...(decisions?.value.decisions ?? [])],
    ...(decisions ? { revision: decisions.rev } : {}),
    statements: {
      ...(mentee ? { mentee: viewStatement(mentee) } : {}),
      ...(mentor ? { mentor: viewStatement(mentor) } : {}),
    },
    held: {
      state,
      ...(minutes === undefined ? {} : { minutes }),
      ...(settlesAt === undefined ? {} : { settlesAt: settlesAt }),
    },
    ...(next ? { nextMeeting: { meetingId: next.id, startsAt: next.startsAt, endsAt: next.endsAt } } : {}),
    ...(outcome.nonePlanned === undefined ? {} : { nonePlanned: outcome.nonePlanned }),
  }
}

const viewStatement = ({ met, date, minutes, at }: Statement) => ({
  met,
  ...(date === undefined ? {} : { date }),
  ...(minutes === undefined ? {} : { minutes }),
  at,
})
