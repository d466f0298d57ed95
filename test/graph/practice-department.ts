import { setImmediate as immediate } from 'node:timers/promises'
import { fastify } from 'fastify'
import { Temporal } from 'temporal-polyfill'
import { type GraphAccessOptions, graphAccess } from '../../server/graph/graph-access.ts'
import type { Pace } from '../../server/graph/pace.ts'
import { graphTokens } from '../../server/identity/graph-tokens.ts'
import type { Fault } from '../../server/practice/faults.ts'
import { listMails } from '../../server/practice/graph/outbox.ts'
import { PRACTICE_CLIENT_ID, PRACTICE_ISSUER, PRACTICE_TENANT_ID } from '../../server/practice/identity/constants.ts'
import type { PracticeUser } from '../../server/practice/people.ts'
import { practiceRoutes } from '../../server/practice/practice-routes.ts'
import { openPracticeTenant } from '../../server/practice/practice-tenant.ts'

const PRACTICE_NOW = Temporal.Instant.from('2027-01-04T14:00:00Z')

const person = (number: number, name: string, more: Partial<PracticeUser> = {}): PracticeUser => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  userPrincipalName: `${name.toLowerCase()}@clinic.example`,
  mail: `${name.toLowerCase()}@clinic.example`,
  displayName: `${name} Example`,
  givenName: name,
  surname: 'Example',
  jobTitle: 'Physician',
  department: 'Medicine',
  hasMailbox: true,
  appRoles: [],
  timeZone: 'Eastern Standard Time',
  workingHours: {
    daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    startTime: '08:00:00.0000000',
    endTime: '17:00:00.0000000',
  },
  kind: 'attending',
  ...more,
})
export const MENTEE = person(1, 'Mina', { kind: 'resident' })
export const MENTOR = person(2, 'Otto')
export const WITHOUT_MAILBOX = person(3, 'Nora', { hasMailbox: false })

/** One request and its answer, as they were on the wire. */
type Exchange = {
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Record<string, string>
    readonly body: unknown
  }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown }
}

/** A small practice tenant on a free port, reached as the service reaches Graph: over HTTP, with MSAL's tokens. */
export async function startPractice() {
  const app = fastify()
  let address = ''
  const tenant = await openPracticeTenant({ file: ':memory:', baseUrl: () => address, realNow: () => PRACTICE_NOW })
  const users = tenant.state.collection<PracticeUser>('users')
  for (const user of [MENTEE, MENTOR, WITHOUT_MAILBOX]) users.put(user)
  await app.register(practiceRoutes(tenant))
  address = await app.listen({ port: 0, host: '127.0.0.1' })

  const exchanges: Exchange[] = []
  const recorded: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const text = await response
      .clone()
      .text()
      .catch(() => '')
    exchanges.push({
      request: {
        method: init?.method ?? 'GET',
        path: String(input).replace(/^.*\/graph\/v1\.0/, ''),
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      },
      response: { status: response.status, headers: Object.fromEntries(response.headers), body: readJson(text) },
    })
    return response
  }
  const authority = () => `${address}/practice/identity/${PRACTICE_TENANT_ID}`
  const tokens = graphTokens({
    tenantId: PRACTICE_TENANT_ID,
    clientId: PRACTICE_CLIENT_ID,
    credential: { kind: 'secret', secret: 'practice' },
    appOnly: true,
    tokenEndpoint: () => `${authority()}/oauth2/v2.0/token`,
    timeoutMs: 5000,
  })
  // Waits are cut short: what is waited for, and how long, is tested against scripted answers.
  const pace: Pace = { nowMs: () => performance.now(), wait: () => immediate(), spread: () => 0 }
  const accessWith = (options: Partial<GraphAccessOptions> = {}) =>
    graphAccess({ baseUrl: tenant.graph.baseUrl, tokens, timeoutMs: 10_000, fetch: recorded, pace, ...options })
  return {
    tenant,
    access: accessWith(),
    /** The same tenant and tokens, reached in another way. */
    accessWith,
    exchanges,
    tokenRules: {
      tenantId: PRACTICE_TENANT_ID,
      audience: PRACTICE_CLIENT_ID,
      issuer: PRACTICE_ISSUER,
      jwksUri: () => `${authority()}/discovery/v2.0/keys`,
      allowedClients: [PRACTICE_CLIENT_ID],
      clock: { now: () => PRACTICE_NOW },
      timeoutMs: 5000,
    },
    signIn: (user: PracticeUser) => tenant.identity.tokens.issueApiToken(user),
    faults: (...faults: Fault[]) => tenant.faults.add(faults),
    mailsTo: (user: PracticeUser) => listMails(tenant.state, { to: user.mail }),
    async close() {
      await app.close()
      tenant.close()
    },
  }
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
