import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../../shared/api/common.ts'
import { HelpBody, type HelpContact, HelpView } from '../../shared/api/help.ts'
import { SettingQuery } from '../../shared/api/settings.ts'
import { listHelp, type NamedHelp, putHelp } from '../use-cases/programme/programme-help.ts'
import { ProgrammeParams, revisionIn } from './params.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const response = { 200: HelpView, '4xx': Problem, '5xx': Problem }

/** Where people find help. Who asks is not logged; see health.ts. */
export const helpRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/help',
      { schema: { tags: ['help'], summary: 'Where people find help; the same for everybody', response } },
      async (request) => ({ programmes: (await listHelp(services, actorOf(request).actor)).map(viewHelp) }),
    )
    app.put(
      '/programmes/:programmeId/help',
      {
        schema: {
          tags: ['help'],
          summary: 'Say where a programme\u2019s people find help, as a coordinator',
          params: ProgrammeParams,
          querystring: SettingQuery,
          body: HelpBody,
          response,
        },
      },
      async (request) => ({
        programmes: [
          viewHelp(
            await putHelp(services, {
              actor: actorOf(request).actor,
              ...request.params,
              ...revisionIn(request.query),
              body: request.body,
            }),
          ),
        ],
      }),
    )
  }

const viewHelp = ({ name, help }: NamedHelp): HelpView['programmes'][number] => ({
  programmeId: help.programmeId,
  name,
  ...viewHelpBody(help),
})

export const viewHelpBody = (help: HelpBody): HelpBody => ({
  contacts: help.contacts.map(viewContact),
  ...(help.policyUrl === undefined ? {} : { policyUrl: help.policyUrl }),
  ...(help.emergency === undefined ? {} : { emergency: help.emergency }),
})

const viewContact = ({ name, helpsWith, phone, email, webUrl, hours, isConfidential }: HelpContact): HelpContact => ({
  name,
  helpsWith,
  ...(phone === undefined ? {} : { phone }),
  ...(email === undefined ? {} : { email }),
  ...(webUrl === undefined ? {} : { webUrl }),
  ...(hours === undefined ? {} : { hours }),
  isConfidential,
})
