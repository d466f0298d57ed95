import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Problem } from '../../shared/api/common.ts'
import { RetentionBody } from '../../shared/api/retention.ts'
import { ClocksBody, SettingQuery, SettingsView } from '../../shared/api/settings.ts'
import { dropRetention, setRetention } from '../use-cases/privacy/expire-text.ts'
import { loadSettings, setClocks } from '../use-cases/programme/programme-settings.ts'
import { viewHelpBody } from './help-routes.ts'
import { ProgrammeParams, revisionIn } from './params.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const problems = { '4xx': Problem, '5xx': Problem }
const tags = ['programme']

/** What a programme sets itself, beside its contacts for help; for coordinators, who read nothing that a pair writes. */
export const settingsRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/programmes/:programmeId/settings',
      {
        schema: {
          tags,
          summary: 'What the programme set itself, as a coordinator',
          params: ProgrammeParams,
          response: { 200: SettingsView, ...problems },
        },
      },
      async (request) => {
        const found = await loadSettings(services, { actor: actorOf(request).actor, ...request.params })
        const { programme, help, retention, clocks, revisions } = found
        return {
          programme: { programmeId: programme.id, name: programme.name },
          ...(help ? { help: viewHelpBody(help) } : {}),
          ...(retention ? { retention: { monthsAfterEnd: retention.monthsAfterEnd } } : {}),
          clocks,
          revisions,
        }
      },
    )
    app.put(
      '/programmes/:programmeId/clocks',
      {
        schema: {
          tags,
          summary: 'Set the clocks of a programme’s pairs, as a coordinator; those left out are as built in',
          params: ProgrammeParams,
          querystring: SettingQuery,
          body: ClocksBody,
          response: { 200: ClocksBody, ...problems },
        },
      },
      async (request) =>
        setClocks(services, {
          actor: actorOf(request).actor,
          ...request.params,
          ...revisionIn(request.query),
          clocks: request.body,
        }),
    )
    app.put(
      '/programmes/:programmeId/retention',
      {
        schema: {
          tags,
          summary: 'Say how long text is kept after a pair has parted, as a coordinator',
          params: ProgrammeParams,
          querystring: SettingQuery,
          body: RetentionBody,
          response: { 200: RetentionBody, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        const { monthsAfterEnd } = await setRetention(services, {
          actor,
          ...request.params,
          ...revisionIn(request.query),
          ...request.body,
        })
        return { monthsAfterEnd }
      },
    )
    app.delete(
      '/programmes/:programmeId/retention',
      {
        schema: {
          tags,
          summary: 'Keep text until its pair deletes it, as it is built in',
          params: ProgrammeParams,
          querystring: SettingQuery,
          response: { 204: Type.Null(), ...problems },
        },
      },
      async (request, reply) => {
        const { actor } = actorOf(request)
        await dropRetention(services, { actor, ...request.params, ...revisionIn(request.query) })
        return reply.code(204).send(null)
      },
    )
  }
