import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { AgreementBody, AgreementView, SignatureBody } from '../../shared/api/agreement.ts'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import type { AgreementVersion } from '../../shared/domain/agreement.ts'
import type { AtRevision } from '../store/work-repository.ts'
import { type Agreement, loadAgreement, putAgreement, signAgreement } from '../use-cases/pair/agreement.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const params = Type.Object({ relationshipId: Uuid }, closed)
const tags = ['agreement']
const response = { 200: AgreementView, '4xx': Problem, '5xx': Problem }

/** How the two work together; others learn only that it is signed, and when. */
export const agreementRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/agreement',
      { schema: { tags, summary: 'The pair\u2019s agreement', params, response } },
      async (request) =>
        viewAgreement(await loadAgreement(services, { actor: actorOf(request).actor, ...request.params })),
    )
    app.put(
      '/relationships/:relationshipId/agreement',
      {
        schema: {
          tags,
          summary: 'Choose and write its text; signed text begins a new version',
          params,
          body: AgreementBody,
          response,
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        return viewAgreement(await putAgreement(services, { actor, ...request.params, body: request.body }))
      },
    )
    app.put(
      '/relationships/:relationshipId/agreement/signature',
      { schema: { tags, summary: 'Sign the version you saw', params, body: SignatureBody, response } },
      async (request) => {
        const { actor } = actorOf(request)
        return viewAgreement(await signAgreement(services, { actor, ...request.params, body: request.body }))
      },
    )
  }

const viewAgreement = ({ current, signed, isOpen, missing }: Agreement): AgreementView => ({
  ...(current ? { current: viewVersion(current) } : {}),
  ...(signed ? { signed: viewVersion(signed) } : {}),
  isOpen,
  missing: [...missing],
})

const viewVersion = ({ value, rev }: AtRevision<AgreementVersion>): NonNullable<AgreementView['current']> => ({
  version: value.number,
  sections: value.sections.map(({ id, clauses, text }) => ({
    id,
    clauses: [...clauses],
    ...(text === undefined ? {} : { text }),
  })),
  signatures: { ...value.signatures },
  revision: rev,
  updatedAt: value.updatedAt,
})
