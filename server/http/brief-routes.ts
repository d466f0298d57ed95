import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { BriefBody, BriefView, NoteBody } from '../../shared/api/briefs.ts'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import { type LoadedBrief, loadBrief, loadNextBrief } from '../use-cases/meeting/load-brief.ts'
import { putBrief, putNote } from '../use-cases/meeting/write-brief.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewParticipant } from './view-person.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const MeetingParams = Type.Object({ relationshipId: Uuid, meetingId: Uuid }, closed)
const answers = { 200: BriefView, '4xx': Problem, '5xx': Problem }
const MEETING = '/relationships/:relationshipId/meetings/:meetingId'

/** What the mentee prepares and what each of the two notes for themselves: open to the pair alone. */
export const briefRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/next-brief',
      {
        schema: {
          tags: ['meetings'],
          summary: 'The brief of the next meeting',
          params: PairParams,
          response: answers,
        },
      },
      async (request) => viewBrief(await loadNextBrief(services, { actor: actorOf(request).actor, ...request.params })),
    )
    app.get(
      `${MEETING}/brief`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'The brief of a meeting, to the mentor once it is shared',
          params: MeetingParams,
          response: answers,
        },
      },
      async (request) => viewBrief(await loadBrief(services, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      `${MEETING}/brief`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Write the brief, as the mentee; share it or take it back',
          params: MeetingParams,
          body: BriefBody,
          response: answers,
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewBrief(await putBrief(services, { actor, ...request.params, body: request.body }))
      },
    )
    app.put(
      `${MEETING}/note`,
      {
        schema: {
          tags: ['meetings'],
          summary: 'Keep a note that nobody else is shown',
          params: MeetingParams,
          body: NoteBody,
          response: answers,
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewBrief(await putNote(services, { actor, ...request.params, body: request.body }))
      },
    )
  }

function viewBrief(loaded: LoadedBrief): BriefView {
  const { series, meeting, role, brief, suggestion, plan, note, prep } = loaded
  const mentee = viewParticipant(series, 'mentee')
  const mentor = viewParticipant(series, 'mentor')
  const text = brief?.value
  return {
    meetingId: meeting.id,
    relationshipId: series.relationshipId,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: series.timeZone,
    ...(meeting.purpose === undefined ? {} : { purpose: meeting.purpose }),
    mentee,
    mentor,
    myRole: role,
    dueAt: loaded.dueAt.toString(),
    isDue: loaded.isDue,
    ...(text?.sharedAt === undefined ? {} : { sharedAt: text.sharedAt }),
    ...(text
      ? {
          text: {
            done: text.done,
            wentWell: text.wentWell,
            wentNot: text.wentNot,
            barriers: text.barriers,
            questions: [...text.questions],
          },
        }
      : {}),
    ...(role === 'mentee' && !text ? { suggestion } : {}),
    ...(role === 'mentee' && brief ? { revision: brief.rev } : {}),
    needs: [...(plan?.needs ?? [])],
    goals: loaded.goals.map(({ title, horizon, state, dueDate }) => ({
      title,
      horizon,
      state,
      ...(dueDate === undefined ? {} : { dueDate }),
    })),
    openHomework: loaded.openHomework.map(({ title, owner, dueDate }) => ({
      title,
      owner,
      ...(dueDate === undefined ? {} : { dueDate }),
    })),
    note: note ? { text: note.value.text, revision: note.rev } : { text: '' },
    prep: { onTime: prep.onTime, due: prep.due },
  }
}
