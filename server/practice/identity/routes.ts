import { randomUUID } from 'node:crypto'
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { Temporal } from 'temporal-polyfill'
import { closed } from '../../../shared/api/common.ts'
import type { PracticeUser } from '../people.ts'
import type { PracticeTenant } from '../practice-tenant.ts'
import { PracticeProblem } from '../problem.ts'
import { PRACTICE_ISSUER, PRACTICE_TENANT_ID, TOKEN_LIFETIME_SECONDS } from './constants.ts'
import { EntraError, viewEntraError } from './entra-error.ts'

const UserPrincipalName = Type.String({ minLength: 3, maxLength: 254 })
const ConsentHurdle = Type.Union([Type.Literal('consent-required'), Type.Literal('interaction-required'), Type.Null()])

/** The Entra look-alike under `/identity/{tenantId}`: token endpoint, metadata, keys. Errors in Entra's shape. */
export function identityRoutes(tenant: PracticeTenant): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    )
    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const asked = request.headers['client-request-id']
      const correlationId = typeof asked === 'string' ? asked : randomUUID()
      const refusal = error instanceof EntraError ? error : readFailure(error)
      if (refusal.status >= 500) request.log.error({ err: error }, 'practice token endpoint failed')
      return reply.code(refusal.status).send(viewEntraError(refusal, tenant.realNow(), correlationId))
    })

    app.post<{ Params: { tenantId: string } }>('/:tenantId/oauth2/v2.0/token', async (request, reply) => {
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
      const { tenantId } = request.params
      const answer = await tenant.identity.answerTokenRequest({
        tenantId,
        form,
        authorization: request.headers.authorization,
      })
      return reply.header('cache-control', 'no-store').header('pragma', 'no-cache').send(answer)
    })
    app.get<{ Params: { tenantId: string } }>('/:tenantId/v2.0/.well-known/openid-configuration', async (request) => {
      assertTenant(request.params.tenantId)
      return viewMetadata(`${tenant.baseUrl()}/practice/identity/${PRACTICE_TENANT_ID}`)
    })
    app.get<{ Params: { tenantId: string } }>('/:tenantId/discovery/v2.0/keys', async (request) => {
      assertTenant(request.params.tenantId)
      return { keys: tenant.identity.tokens.keySet.keys.map((key) => ({ ...key, issuer: PRACTICE_ISSUER })) }
    })
  }
}

function readFailure({ statusCode = 500 }: { statusCode?: number }): EntraError {
  return statusCode < 500
    ? new EntraError('invalid_request', 90014, 'The request could not be read.', { status: statusCode })
    : new EntraError('server_error', 50000, 'The sign-in service failed.', { status: 500 })
}

function assertTenant(tenantId: string): void {
  if (tenantId.toLowerCase() === PRACTICE_TENANT_ID) return
  throw new EntraError('invalid_request', 90002, `Tenant '${tenantId}' not found.`)
}

function viewMetadata(address: string) {
  return {
    token_endpoint: `${address}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${address}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: PRACTICE_ISSUER,
    authorization_endpoint: `${address}/oauth2/v2.0/authorize`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'preferred_username', 'oid', 'tid', 'ver'],
  }
}

/** People of the practice department, signing in as one of them, and what stands between a person and the application. */
export function peopleRoutes(tenant: PracticeTenant): FastifyPluginAsyncTypebox {
  const users = tenant.state.collection<PracticeUser>('users')
  const getUser = (userPrincipalName: string): PracticeUser => {
    const wanted = userPrincipalName.toLowerCase()
    const found = users.list().find((user) => user.userPrincipalName.toLowerCase() === wanted)
    if (!found) throw new PracticeProblem(404, 'person-not-found', 'Nobody has this user principal name.')
    return found
  }
  return async (app) => {
    app.get('/people', async () =>
      users
        .list()
        .map(({ id, userPrincipalName, displayName, mail, jobTitle, kind, appRoles, timeZone, hasMailbox }) => ({
          id,
          userPrincipalName,
          displayName,
          mail,
          jobTitle,
          kind,
          appRoles,
          timeZone,
          hasMailbox,
        }))
        .sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
    )
    app.post(
      '/sign-in',
      { schema: { body: Type.Object({ userPrincipalName: UserPrincipalName }, closed) } },
      async ({ body }, reply) => {
        const user = getUser(body.userPrincipalName)
        if (user.kind === 'room') throw new PracticeProblem(422, 'not-a-person', 'A room cannot sign in.')
        const expiresAt = tenant.realNow().add({ seconds: TOKEN_LIFETIME_SECONDS })
        const accessToken = await tenant.identity.tokens.issueApiToken(user)
        return reply
          .header('cache-control', 'no-store')
          .send({ accessToken, expiresAt: wholeSeconds(expiresAt).toString() })
      },
    )
    app.put(
      '/consent',
      {
        schema: {
          body: Type.Object({ userPrincipalName: UserPrincipalName, hurdle: ConsentHurdle }, closed),
        },
      },
      async ({ body }, reply) => {
        tenant.identity.consent.set(getUser(body.userPrincipalName).id, body.hurdle ?? undefined)
        tenant.state.flush()
        return reply.code(204).send()
      },
    )
  }
}

/** Token times are whole seconds. */
function wholeSeconds(instant: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instant.epochMilliseconds / 1000) * 1000)
}
