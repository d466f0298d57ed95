import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiProblem } from '../../shared/client/problem.ts'
import { claimsIn, createSend, type TokenRequest } from '../../shared/client/send.ts'
import { answer, headersOf, scriptedFetch, silence, stalledBody } from './scripted-fetch.ts'

const token = async () => 'a-token'
const problem = async (call: Promise<unknown>): Promise<ApiProblem> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiProblem)
  return error as ApiProblem
}

describe('a request', () => {
  test('carries the token, asks for JSON, and is neither cached nor redirected', async () => {
    const { fetch, sent } = scriptedFetch(answer({ people: [] }))
    const send = createSend({ getToken: token, fetch, baseUrl: 'https://service.example' })
    await send('/api/people', { query: { query: 'Ngô & co', mentors: true, more: undefined } })
    expect(sent[0]?.url).toBe('https://service.example/api/people?query=Ng%C3%B4+%26+co&mentors=true')
    expect(headersOf(sent[0]!).get('authorization')).toBe('Bearer a-token')
    expect(headersOf(sent[0]!).get('content-type')).toBeNull()
    expect(sent[0]?.init).toMatchObject({ method: 'GET', cache: 'no-store', credentials: 'omit', redirect: 'error' })
  })

  test('sends a body as JSON and reads the answer', async () => {
    const { fetch, sent } = scriptedFetch(answer({ revision: 2 }))
    const send = createSend({ getToken: token, fetch })
    await expect(send('/api/x', { method: 'PUT', body: { title: 'Ü' } })).resolves.toEqual({ revision: 2 })
    expect(sent[0]?.init.body).toBe('{"title":"Ü"}')
    expect(headersOf(sent[0]!).get('content-type')).toBe('application/json')
  })

  test('a change outlives the pane that sent it, unless it is too large for that; a reading does not', async () => {
    const { fetch, sent } = scriptedFetch(...Array.from({ length: 6 }, () => answer({})))
    const send = createSend({ getToken: token, fetch })
    await send('/api/x', { method: 'PUT', body: { done: true } })
    await send('/api/x', { method: 'DELETE' })
    await send('/api/x', { method: 'PUT', body: 'x'.repeat(59_000) })
    await send('/api/x', { method: 'PUT', body: 'é'.repeat(30_000) })
    await send('/api/x', { method: 'POST', body: {} })
    await send('/api/x')
    expect(sent.map(({ init }) => init.keepalive)).toEqual([true, true, true, false, false, false])
  })

  test('takes an empty answer for nothing', async () => {
    const { fetch } = scriptedFetch(() => new Response(null, { status: 204 }))
    await expect(createSend({ getToken: token, fetch })('/api/x', { method: 'DELETE' })).resolves.toBeUndefined()
  })
})

describe('a refusal', () => {
  test('keeps code, faults and request id of problem+json', async () => {
    const body = {
      type: 'urn:problem:slot-not-free',
      title: 'Slot not free',
      status: 409,
      code: 'slot-not-free',
      detail: 'Taken.',
      faults: [{ path: 'meetings[2].startsAt', message: 'is taken' }],
      requestId: 'r-1',
    }
    const { fetch } = scriptedFetch(answer(body, 409, { 'content-type': 'application/problem+json' }))
    const error = await problem(createSend({ getToken: token, fetch })('/api/x'))
    expect(error).toMatchObject({
      code: 'slot-not-free',
      status: 409,
      title: 'Slot not free',
      detail: 'Taken.',
      faults: [{ path: 'meetings[2].startsAt', message: 'is taken' }],
      requestId: 'r-1',
    })
  })

  test.each([
    [403, 'not-allowed'],
    [413, 'too-large'],
    [429, 'too-many-requests'],
    [502, 'unavailable'],
    [418, 'unreadable-answer'],
  ])('without problem+json is told by its status: %i is %s', async (status, code) => {
    const { fetch } = scriptedFetch(() => new Response('<html>', { status, headers: { 'retry-after': '7' } }))
    const error = await problem(createSend({ getToken: token, fetch })('/api/x'))
    expect([error.code, error.status, error.retryAfterSeconds]).toEqual([code, status, 7])
  })

  test('leaves out faults of another shape', async () => {
    const { fetch } = scriptedFetch(
      answer({ code: 'invalid-request', faults: [{ path: 1 }, null, { path: 'a' }] }, 400),
    )
    expect((await problem(createSend({ getToken: token, fetch })('/api/x'))).faults).toEqual([])
  })

  test('is named when a success cannot be read', async () => {
    const { fetch } = scriptedFetch(() => new Response('{"half'))
    expect((await problem(createSend({ getToken: token, fetch })('/api/x'))).code).toBe('unreadable-answer')
  })
})

describe('a 401', () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
  const challenge = { 'www-authenticate': `Bearer error="insufficient_claims", claims="${btoa(claims)}"` }

  test('gets a fresh token with the claims it asks for, once', async () => {
    const asked: TokenRequest[] = []
    const getToken = async (request: TokenRequest) => {
      asked.push(request)
      return `token-${asked.length}`
    }
    const { fetch, sent } = scriptedFetch(answer({}, 401, challenge), answer({ ok: true }))
    await expect(createSend({ getToken, fetch })('/api/me')).resolves.toEqual({ ok: true })
    expect(asked).toEqual([{ refresh: false }, { refresh: true, claims }])
    expect(sent.map((request) => headersOf(request).get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('gets a fresh token without claims when it names none', async () => {
    const asked: TokenRequest[] = []
    const getToken = async (request: TokenRequest) => {
      asked.push(request)
      return 'token'
    }
    const { fetch } = scriptedFetch(answer({}, 401), answer({}))
    await createSend({ getToken, fetch })('/api/me')
    expect(asked).toEqual([{ refresh: false }, { refresh: true }])
  })

  test('asks the person for the permission that their choice needs, and not before', async () => {
    const asked: TokenRequest[] = []
    const getToken = async (request: TokenRequest) => {
      asked.push(request)
      return 'token'
    }
    const consentTo = ['https://graph.microsoft.com/Tasks.ReadWrite']
    const { fetch } = scriptedFetch(answer({ code: 'consent-required' }, 401), answer({}))
    await createSend({ getToken, fetch })('/api/me/todo', { method: 'PUT', consentTo })
    expect(asked).toEqual([{ refresh: false }, { refresh: true, consentTo }])
  })

  test('is final the second time', async () => {
    const { fetch, sent } = scriptedFetch(answer({}, 401, challenge), answer({ code: 'not-signed-in' }, 401))
    expect((await problem(createSend({ getToken: token, fetch })('/api/me'))).code).toBe('not-signed-in')
    expect(sent).toHaveLength(2)
  })

  test('sends the same body again', async () => {
    const { fetch, sent } = scriptedFetch(answer({}, 401), answer({}))
    await createSend({ getToken: token, fetch })('/api/x', { method: 'PUT', body: { done: true } })
    expect(sent.map(({ init }) => init.body)).toEqual(['{"done":true}', '{"done":true}'])
  })
})

describe('claims of a challenge', () => {
  test.each([
    ['base64', `Bearer claims="${btoa('{"a":1}')}"`, '{"a":1}'],
    [
      'base64url',
      `Bearer error="x", claims="${btoa('{"a":"??>"}').replaceAll('+', '-').replaceAll('/', '_')}"`,
      '{"a":"??>"}',
    ],
    ['escaped JSON', String.raw`Bearer claims="{\"a\":1}", error="x"`, '{"a":1}'],
    ['another parameter', 'Bearer error="claims"', undefined],
    ['text that is no JSON', `Bearer claims="${btoa('hello')}"`, undefined],
    ['text that is no base64', 'Bearer claims="%%%"', undefined],
    ['no header', null, undefined],
  ])('are read from %s', (_name, header, expected) => {
    expect(claimsIn(header)).toBe(expected)
  })
})

describe('time limits', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test.each([
    ['no answer', silence],
    ['a body that stops', stalledBody],
  ])('end %s', async (_name, step) => {
    const { fetch } = scriptedFetch(step)
    const error = problem(createSend({ getToken: token, fetch, timeLimitMs: 1000 })('/api/x'))
    await vi.advanceTimersByTimeAsync(1000)
    expect((await error).code).toBe('timed-out')
  })

  test('of one call go before the general one', async () => {
    const { fetch, sent } = scriptedFetch(silence)
    const error = problem(createSend({ getToken: token, fetch, timeLimitMs: 1000 })('/api/x', { timeLimitMs: 5000 }))
    await vi.advanceTimersByTimeAsync(4999)
    expect(sent[0]?.init.signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect((await error).code).toBe('timed-out')
  })

  test('leave no timer behind after an answer', async () => {
    const { fetch } = scriptedFetch(answer({}))
    await createSend({ getToken: token, fetch })('/api/x')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('do not hide that the caller gave up', async () => {
    const { fetch } = scriptedFetch(silence)
    const caller = new AbortController()
    const call = createSend({ getToken: token, fetch })('/api/x', { signal: caller.signal })
    const refusal = expect(call).rejects.toThrow('left the page')
    await vi.advanceTimersByTimeAsync(10)
    caller.abort(new Error('left the page'))
    await refusal
  })

  test.each([
    [true, 'not-reachable'],
    [false, 'offline'],
  ])('aside, a failed connection on a device that is online (%s) is %s', async (onLine, code) => {
    vi.stubGlobal('navigator', { onLine })
    const { fetch } = scriptedFetch(() => Promise.reject(new TypeError('Failed to fetch')))
    expect((await problem(createSend({ getToken: token, fetch })('/api/x'))).code).toBe(code)
  })

  test('do not send a call that was given up before', async () => {
    const { fetch, sent } = scriptedFetch()
    const signal = AbortSignal.abort(new Error('gone'))
    await expect(createSend({ getToken: token, fetch })('/api/x', { signal })).rejects.toThrow('gone')
    expect(sent).toEqual([])
  })
})
