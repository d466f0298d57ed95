import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type GraphTokenOptions, graphTokens, TokenUnavailable } from '../../server/identity/graph-tokens.ts'
import { challengeOf, InteractionRequired } from '../../server/identity/interaction-required.ts'
import { selfSignedCertificate } from './self-signed.ts'

const TENANT = '11111111-2222-4333-8444-555555555555'
const ENDPOINT = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Looks like a token to MSAL, which only reads it; its text is what we were given. */
const anAssertion = (name: string) => `${encoded({ alg: 'RS256' })}.${encoded({ oid: name })}.c2ln`

type Answer = { readonly status?: number; readonly body: unknown }
const graphToken = (accessToken: string): Answer => ({
  body: { token_type: 'Bearer', access_token: accessToken, expires_in: 3600, ext_expires_in: 3600 },
})
const onBehalf = (accessToken: string, uid: string): Answer => ({
  body: {
    ...(graphToken(accessToken).body as object),
    scope: 'https://graph.microsoft.com/.default',
    refresh_token: 'r',
    client_info: encoded({ uid, utid: TENANT }),
    id_token: `${encoded({ alg: 'none' })}.${encoded({ oid: uid, tid: TENANT, sub: uid, ver: '2.0' })}.x`,
  },
})
const entraError = (error: string, more: Record<string, unknown> = {}): Answer => ({
  status: 400,
  body: {
    error,
    error_description: 'AADSTS00000: The user ana.ruiz@example.org did something.',
    error_codes: [0],
    correlation_id: 'c-1',
    ...more,
  },
})

/** Tokens over an endpoint that answers by script; `sent` holds each request's form. */
function tokensOver(answers: readonly Answer[], more: Partial<GraphTokenOptions> = {}) {
  const sent: { url: string; form: Record<string, string> }[] = []
  const fetchDouble: typeof fetch = async (url, init) => {
    const answer = answers[sent.length]
    sent.push({ url: String(url), form: Object.fromEntries(new URLSearchParams(String(init?.body))) })
    if (!answer) throw new TypeError('fetch failed')
    return Response.json(answer.body, { status: answer.status ?? 200 })
  }
  const tokens = graphTokens({
    tenantId: TENANT,
    clientId: 'client',
    credential: { kind: 'secret', secret: 'the-secret' },
    appOnly: true,
    timeoutMs: 1000,
    fetch: fetchDouble,
    ...more,
  })
  return { ...tokens, sent }
}

describe('on behalf of a person', () => {
  test('asks for a permission by name where one is named, and says when it was not given', async () => {
    const { forPerson, sent } = tokensOver([
      onBehalf('graph-ana', 'ana'),
      entraError('invalid_grant', { suberror: 'consent_required' }),
    ])
    const assertion = anAssertion('ana')
    await forPerson(assertion)
    await expect(forPerson(assertion, { permission: 'Tasks.ReadWrite' })).rejects.toThrow(InteractionRequired)
    expect(sent[1]!.form['scope']).toContain('https://graph.microsoft.com/Tasks.ReadWrite')
    expect(sent[1]!.form['scope']).not.toContain('.default')
  })

  test('exchanges their token for one to Graph, and keeps it', async () => {
    const { forPerson, sent } = tokensOver([onBehalf('graph-ana', 'ana')])
    const assertion = anAssertion('ana')
    expect(await forPerson(assertion)).toBe('graph-ana')
    expect(await forPerson(assertion)).toBe('graph-ana')
    expect(sent).toHaveLength(1)
    expect(sent[0]!.url.split('?')[0]).toBe(ENDPOINT)
    expect(sent[0]!.form).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion,
      client_id: 'client',
      client_secret: 'the-secret',
    })
    expect(sent[0]!.form['scope']).toContain('https://graph.microsoft.com/.default')
    expect(sent[0]!.form['claims']).toContain('CP1')
  })

  test('never gives one person the token of another', async () => {
    const { forPerson } = tokensOver([onBehalf('graph-ana', 'ana'), onBehalf('graph-ben', 'ben')])
    expect(await forPerson(anAssertion('ana'))).toBe('graph-ana')
    expect(await forPerson(anAssertion('ben'))).toBe('graph-ben')
    expect(await forPerson(anAssertion('ana'))).toBe('graph-ana')
  })

  test('several calls at once share one exchange', async () => {
    const { forPerson, sent } = tokensOver([onBehalf('graph-ana', 'ana')])
    const assertion = anAssertion('ana')
    expect(await Promise.all([forPerson(assertion), forPerson(assertion), forPerson(assertion)])).toEqual([
      'graph-ana',
      'graph-ana',
      'graph-ana',
    ])
    expect(sent).toHaveLength(1)
  })

  test('gets a fresh one when asked, with the claims of a challenge', async () => {
    const { forPerson, sent } = tokensOver([onBehalf('old', 'ana'), onBehalf('new', 'ana')])
    const assertion = anAssertion('ana')
    await forPerson(assertion)
    expect(await forPerson(assertion, { isFresh: true, claims: '{"access_token":{"nbf":{"value":"1"}}}' })).toBe('new')
    expect(JSON.parse(sent[1]!.form['claims']!)).toMatchObject({ access_token: { nbf: { value: '1' } } })
  })

  test.each<[string, Answer, string | undefined]>([
    ['consent is missing', entraError('invalid_grant', { suberror: 'consent_required' }), undefined],
    [
      'a second factor is wanted',
      entraError('interaction_required', { claims: '{"access_token":{}}' }),
      '{"access_token":{}}',
    ],
    ['the sign-in is too old', entraError('invalid_grant'), undefined],
  ])('says that the person must act when %s, without what Entra says of them', async (_, answer, claims) => {
    const { forPerson } = tokensOver([answer])
    const error: unknown = await forPerson(anAssertion('ana')).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InteractionRequired)
    expect((error as InteractionRequired).claims).toBe(claims)
    expect(String(error)).not.toContain('ana')
    expect((error as Error).cause).toBeUndefined()
  })
})

describe('as the service', () => {
  test('gets a token by the client credentials and keeps it', async () => {
    const { forService, sent } = tokensOver([graphToken('graph-app')])
    expect(await forService!()).toBe('graph-app')
    expect(await forService!()).toBe('graph-app')
    expect(sent).toHaveLength(1)
    expect(sent[0]!.form).toMatchObject({ grant_type: 'client_credentials', client_secret: 'the-secret' })
  })

  test('is not there where IT granted no application permission', () => {
    expect(tokensOver([], { appOnly: false }).forService).toBeUndefined()
  })

  test('signs with a certificate by its SHA-256 thumbprint', async () => {
    const { certificate, privateKey } = selfSignedCertificate()
    const { forService, sent } = tokensOver([graphToken('graph-app')], {
      credential: { kind: 'certificate', certificate, privateKey },
    })
    expect(await forService!()).toBe('graph-app')
    const thumbprint = Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex').toString(
      'base64url',
    )
    const [header] = sent[0]!.form['client_assertion']!.split('.')
    expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toMatchObject({
      alg: 'PS256',
      'x5t#S256': thumbprint,
    })
    expect(sent[0]!.form).not.toHaveProperty('client_secret')
  })

  test.each<[string, Answer[], string]>([
    ['our registration is wrong', [entraError('invalid_client')], 'invalid_client'],
    ['Entra cannot be reached', [], 'network_error'],
    ['Entra answers with something else', [{ body: [] }], ''],
  ])('says so when %s', async (_, answers, code) => {
    const { forService } = tokensOver(answers)
    const error: unknown = await forService!().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TokenUnavailable)
    expect((error as TokenUnavailable).code).toContain(code)
    expect(String(error)).not.toContain('ana.ruiz')
  })
})

describe('the practice tenant', () => {
  test('is asked at its own endpoint, which MSAL itself would not accept', async () => {
    const tokenEndpoint = () => `http://127.0.0.1:3000/practice/identity/${TENANT}/oauth2/v2.0/token`
    const { forService, forPerson, sent } = tokensOver([graphToken('a'), onBehalf('b', 'ana')], { tokenEndpoint })
    await forService!()
    await forPerson(anAssertion('ana'))
    expect(sent.map(({ url }) => url.split('?')[0])).toEqual([tokenEndpoint(), tokenEndpoint()])
  })
})

test('waits for Entra only so long', async () => {
  const never: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
  const { forService } = tokensOver([], { fetch: never, timeoutMs: 20 })
  await expect(forService!()).rejects.toMatchObject({ name: 'TokenUnavailable' })
})

test('the challenge for a pane carries the claims in base64', () => {
  expect(challengeOf(new InteractionRequired('r', '{"a":"é"}'))).toBe(
    'Bearer error="insufficient_claims", claims="eyJhIjoiw6kifQ=="',
  )
  expect(challengeOf(new InteractionRequired('r', undefined))).toBe('Bearer error="insufficient_claims"')
})
