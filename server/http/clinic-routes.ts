import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import {
  ClinicSourceBody,
  CodeMap,
  ProgrammeBody,
  RosterBody,
  RosterReport,
  SourceReport,
  SourceReportList,
} from '../../shared/api/clinic.ts'
import { closed, Problem } from '../../shared/api/common.ts'
import type { ClinicSource } from '../store/programme-repository.ts'
import { ensureChecks } from '../use-cases/booking/check-meetings.ts'
import { listClinicSources, putClinicSource, removeClinicSource } from '../use-cases/clinic/clinic-sources.ts'
import { putCodeMap, putProgramme, putRoster } from '../use-cases/clinic/put-roster.ts'
import { GivenId, ProgrammeParams } from './params.ts'
import { type Services, withBackgroundWork } from './services.ts'
import { actorOf } from './sign-in.ts'

const PersonParams = Type.Object({ personId: GivenId }, closed)
const SourceParams = Type.Object({ personId: GivenId, sourceId: GivenId }, closed)
/** Also a part of a roster, whose name has colons: people may remove it, and only its roster writes it. */
const AnySourceParams = Type.Object(
  { personId: GivenId, sourceId: Type.String({ pattern: '^[A-Za-z0-9:-]{1,140}$' }) },
  closed,
)
const RosterParams = Type.Object({ programmeId: GivenId, rosterId: GivenId }, closed)
const problems = { '4xx': Problem, '5xx': Problem }

/** What people cannot do when: files of schedule systems, rosters, code maps. */
export const clinicRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/people/:personId/clinic-sources',
      {
        schema: {
          tags: ['clinic'],
          summary: 'What a person\u2019s availability is made of',
          params: PersonParams,
          response: { 200: SourceReportList, ...problems },
        },
      },
      async (request) => {
        const sources = await listClinicSources(services, { actor: actorOf(request).actor, ...request.params })
        return { sources: sources.map(viewSource) }
      },
    )

    app.put(
      '/people/:personId/clinic-sources/:sourceId',
      {
        schema: {
          tags: ['clinic'],
          summary: 'Load a schedule file (ICS, CSV) or typed half-days; replaces what the source said before',
          params: SourceParams,
          body: ClinicSourceBody,
          response: { 200: SourceReport, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const deps = { ...withBackgroundWork(services), calendar }
        const source = await putClinicSource(deps, { actor, ...request.params, body: request.body })
        services.wakeJobs()
        return viewSource(source)
      },
    )

    app.delete(
      '/people/:personId/clinic-sources/:sourceId',
      {
        schema: {
          tags: ['clinic'],
          summary: 'Remove a source',
          params: AnySourceParams,
          response: { 204: Type.Null(), ...problems },
        },
      },
      async (request, reply) => {
        const { actor } = actorOf(request)
        const { personId } = request.params
        await removeClinicSource(services, { actor, ...request.params })
        // What was asked because of it need not be answered any more.
        if (services.graph.asService) await ensureChecks(services, { tenantId: actor.tenantId, personId })
        services.wakeJobs()
        return reply.code(204).send(null)
      },
    )

    app.put(
      '/programmes/:programmeId',
      {
        schema: {
          tags: ['programme'],
          summary: 'Make or rename a programme',
          params: ProgrammeParams,
          body: ProgrammeBody,
          response: { 200: ProgrammeBody, ...problems },
        },
      },
      async (request) => {
        const { name, timeZone } = await putProgramme(services, {
          actor: actorOf(request).actor,
          ...request.params,
          ...request.body,
        })
        return { name, timeZone }
      },
    )

    app.put(
      '/programmes/:programmeId/code-map',
      {
        schema: {
          tags: ['clinic'],
          summary: 'What the codes of the programme\u2019s schedules mean',
          params: ProgrammeParams,
          body: CodeMap,
          response: { 200: CodeMap, ...problems },
        },
      },
      async (request) =>
        (await putCodeMap(services, { actor: actorOf(request).actor, ...request.params, codeMap: request.body }))
          .codeMap,
    )

    app.put(
      '/programmes/:programmeId/rosters/:rosterId',
      {
        schema: {
          tags: ['clinic'],
          summary: 'Load one CSV roster for many people',
          params: RosterParams,
          body: RosterBody,
          response: { 200: RosterReport, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const deps = { ...withBackgroundWork(services), calendar }
        const outcome = await putRoster(deps, { actor, ...request.params, ...request.body })
        services.wakeJobs()
        return {
          people: outcome.sources.length,
          sources: outcome.sources.map(viewSource),
          problems: [...outcome.problems],
        }
      },
    )
  }

const viewSource = (source: ClinicSource): SourceReport => ({
  sourceId: source.sourceId,
  personId: source.personId,
  label: source.label,
  kind: source.kind,
  state: source.state,
  loadedAt: source.loadedAt,
  entries: source.entries,
  ...(source.from === undefined ? {} : { from: source.from }),
  ...(source.to === undefined ? {} : { to: source.to }),
  unknownCodes: source.unknownCodes.map(({ code, count, firstDate, line }) => ({
    code,
    count,
    firstDate,
    ...(line === undefined ? {} : { line }),
  })),
  problems: source.problems.map(({ path, message }) => ({ path, message })),
})
