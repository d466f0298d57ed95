import {
  ConfidentialClientApplication,
  type INetworkModule,
  InteractionRequiredAuthError,
  type NetworkResponse,
} from '@azure/msal-node'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PRACTICE_CLIENT_ID, PRACTICE_TENANT_ID } from '../../../server/practice/identity/constants.ts'
import { BEN, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
let address: string
let requests: string[]

beforeAll(async () => {
  // msal-node checks token times against the real clock.
  practice = await startPractice({ realNow: () => Temporal.Now.instant() })
  address = await practice.app.listen({ host: '127.0.0.1', port: 0 })
  requests = []
})
afterAll(() => practice.close())

/** Sends what msal-node means for Entra to the practice tenant: the one thing that differs from production. */
const networkClient: INetworkModule = {
  sendGetRequestAsync: (url, options) => send('GET', url, options),
  sendPostRequestAsync: (url, options) => send('POST', url, options),
}
async function send<T>(
  method: string,
  url: string,
  options: { body?: string; headers?: Record<string, string> } = {},
): Promise<NetworkResponse<T>> {
  const { pathname, search } = new URL(url)
  requests.push(`${method} ${pathname}`)
  const response = await fetch(`${address}/practice/identity${pathname}${search}`, {
    method,
    ...(options.headers ? { headers: options.headers } : {}),
    ...(options.body === undefined ? {} : { body: options.body }),
    signal: AbortSignal.timeout(5_000),
  })
  return {
    headers: Object.fromEntries(response.headers),
    // msal-node names the type it expects; the answer is the practice tenant's.
    body: (await response.json()) as T,
    status: response.status,
  }
}

const aClient = () =>
  new ConfidentialClientApplication({
    auth: {
      clientId: PRACTICE_CLIENT_ID,
      authority: `https://login.microsoftonline.com/${PRACTICE_TENANT_ID}`,
      clientSecret: 'practice',
    },
    system: { networkClient },
  })

test('the real msal-node gets an app-only token and calls Graph with it', async () => {
  const result = await aClient().acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] })
  expect(result?.tokenType).toBe('Bearer')
  const answer = await fetch(`${address}/practice/graph/v1.0/users/${BEN.id}`, {
    headers: { authorization: `Bearer ${result?.accessToken}` },
  })
  expect(await answer.json()).toMatchObject({ displayName: BEN.displayName })
})

test('the real msal-node acts on behalf of a person and answers the second call from its cache', async () => {
  const client = aClient()
  const oboAssertion = await practice.tenant.identity.tokens.issueApiToken(BEN)
  const scopes = ['https://graph.microsoft.com/Calendars.ReadWrite', 'https://graph.microsoft.com/User.Read']
  const first = await client.acquireTokenOnBehalfOf({ oboAssertion, scopes })
  expect(first?.account?.homeAccountId).toBe(`${BEN.id}.${PRACTICE_TENANT_ID}`)
  expect(first?.account?.username).toBe(BEN.userPrincipalName)
  const before = requests.length
  const second = await client.acquireTokenOnBehalfOf({ oboAssertion, scopes })
  expect(second?.accessToken).toBe(first?.accessToken)
  expect(second?.fromCache).toBe(true)
  expect(requests.length).toBe(before)
  const me = await fetch(`${address}/practice/graph/v1.0/me`, {
    headers: { authorization: `Bearer ${second?.accessToken}` },
  })
  expect(await me.json()).toMatchObject({ id: BEN.id })
})

test('the real msal-node tells missing consent and a wrong secret apart', async () => {
  const oboAssertion = await practice.tenant.identity.tokens.issueApiToken(BEN)
  const scopes = ['https://graph.microsoft.com/.default']
  practice.tenant.identity.consent.set(BEN.id, 'consent-required')
  const refused = await aClient()
    .acquireTokenOnBehalfOf({ oboAssertion, scopes })
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(InteractionRequiredAuthError)
  expect(refused).toMatchObject({ errorCode: 'invalid_grant', subError: 'consent_required', errorNo: 65001 })
  practice.tenant.identity.consent.set(BEN.id, undefined)
  const wrong = new ConfidentialClientApplication({
    auth: {
      clientId: PRACTICE_CLIENT_ID,
      authority: `https://login.microsoftonline.com/${PRACTICE_TENANT_ID}`,
      clientSecret: 'wrong',
    },
    system: { networkClient },
  })
  await expect(wrong.acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({ errorCode: 'invalid_client' })
})
