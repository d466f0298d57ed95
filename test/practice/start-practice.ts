import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify'
import { Temporal } from 'temporal-polyfill'
import type { PracticeGroup } from '../../server/practice/directory.ts'
import { PRACTICE_TENANT_ID } from '../../server/practice/identity/constants.ts'
import type { PracticeUser } from '../../server/practice/people.ts'
import { practiceRoutes } from '../../server/practice/practice-routes.ts'
import {
  openPracticeTenant,
  type PracticeTenant,
  type PracticeTenantOptions,
} from '../../server/practice/practice-tenant.ts'

/** Real time in these tests stands still; the practice clock moves when a test moves it. */
export const NOW = Temporal.Instant.from('2026-03-02T15:00:00Z')
export const TOKEN_PATH = `/practice/identity/${PRACTICE_TENANT_ID}/oauth2/v2.0/token`

function aPerson(name: string, fields: Partial<PracticeUser> = {}): PracticeUser {
  const [givenName = name, surname = name] = name.split(' ')
  const address = `${givenName.toLowerCase()}@clinic.example`
  return {
    id: `00000000-0000-4000-8000-${Buffer.from(givenName.padEnd(6, '.').slice(0, 6)).toString('hex')}`,
    userPrincipalName: address,
    mail: address,
    displayName: name,
    givenName,
    surname,
    jobTitle: 'Physician',
    department: 'Internal Medicine',
    hasMailbox: true,
    appRoles: [],
    timeZone: 'Eastern Standard Time',
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00',
      endTime: '17:00:00',
    },
    kind: 'attending',
    ...fields,
  }
}

export const ADA = aPerson('Ada Price')
export const BEN = aPerson('Ben Ortiz', { kind: 'resident', jobTitle: 'Resident, PGY-2' })
export const CLEO = aPerson('Cleo Prescott', { kind: 'coordinator', appRoles: ['Coordinator'] })
export const NORA = aPerson('Nora Mailless', { hasMailbox: false, kind: 'other' })
export const ROOM = aPerson('Room Twelve', { kind: 'room' })
export const GROUP: PracticeGroup = {
  id: '00000000-0000-4000-8000-0000000000aa',
  displayName: 'Residents',
  description: 'All residents',
  mail: 'residents@clinic.example',
  memberIds: [BEN.id, '00000000-0000-4000-8000-0000000000bb'],
}
export const NESTED_GROUP: PracticeGroup = {
  id: '00000000-0000-4000-8000-0000000000bb',
  displayName: 'Chief residents',
  description: '',
  mail: 'chiefs@clinic.example',
  memberIds: [CLEO.id, GROUP.id],
}

export type GraphCallOptions = {
  readonly as?: PracticeUser | 'service'
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}
export type Practice = {
  readonly app: FastifyInstance
  readonly tenant: PracticeTenant
  /** A delegated token of a person, or the app-only one, with every permission the emulator serves. */
  tokenOf(who: PracticeUser | 'service', clientId?: string, scope?: string): Promise<string>
  /** One Graph request; `path` below `/v1.0`. Ada asks unless said otherwise. */
  graph(method: string, path: string, options?: GraphCallOptions): Promise<LightMyRequestResponse>
  post(path: string, body: unknown): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

/** A small practice tenant in memory, reached without a network unless `app.listen` is called. */
export async function startPractice(options: Partial<PracticeTenantOptions> = {}): Promise<Practice> {
  const app = Fastify()
  const tenant = await openPracticeTenant({
    file: ':memory:',
    baseUrl: () => 'http://practice.test',
    realNow: () => NOW,
    seed: ({ state }) => {
      for (const user of [ADA, BEN, CLEO, NORA, ROOM]) state.collection<PracticeUser>('users').put(user)
      for (const group of [GROUP, NESTED_GROUP]) state.collection<PracticeGroup>('groups').put(group)
    },
    ...options,
  })
  await app.register(practiceRoutes(tenant))
  const tokens = new Map<string, Promise<string>>()

  async function askForToken(who: PracticeUser | 'service', clientId: string, scope: string): Promise<string> {
    const client = { client_id: clientId, client_secret: 'practice', scope }
    const form =
      who === 'service'
        ? { ...client, grant_type: 'client_credentials' }
        : {
            ...client,
            grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
            requested_token_use: 'on_behalf_of',
            assertion: await tenant.identity.tokens.issueApiToken(who),
          }
    const answer = await app.inject({ method: 'POST', url: TOKEN_PATH, ...formOf(form) })
    return answer.json<{ access_token: string }>().access_token
  }
  const practice: Practice = {
    app,
    tenant,
    tokenOf(who, clientId = 'practice', scope = 'https://graph.microsoft.com/.default') {
      const key = `${who === 'service' ? who : who.id}|${clientId}|${scope}`
      const known = tokens.get(key) ?? askForToken(who, clientId, scope)
      tokens.set(key, known)
      return known
    },
    async graph(method, path, { as = ADA, body, headers = {} } = {}) {
      const authorization = `Bearer ${await practice.tokenOf(as)}`
      return app.inject({
        // Fastify's own type lists the methods that it routes; Graph's are among them.
        method: method as NonNullable<InjectOptions['method']>,
        url: `/practice/graph/v1.0${path}`,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    },
    post: (path, body) =>
      app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      }),
    async close() {
      await app.close()
      tenant.close()
    },
  }
  return practice
}

export function formOf(form: Readonly<Record<string, string>>) {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  }
}
