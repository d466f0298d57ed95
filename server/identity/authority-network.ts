import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'

/** Far more than a token answer holds; more is not Entra. */
const ANSWER_BYTES_MAX = 256 * 1024

/**
 * How MSAL reaches Entra: with a time limit on every request, without redirects, and to the token endpoint of one
 * tenant only. For the practice tenant, requests to that endpoint go to `tokenEndpoint` instead; MSAL itself accepts
 * only https authorities that it knows.
 */
export function authorityNetwork(options: {
  readonly authority: string
  readonly tokenEndpoint?: (() => string) | undefined
  readonly timeoutMs: number
  readonly fetch: typeof fetch
}): INetworkModule {
  const realEndpoint = `${options.authority}/oauth2/v2.0/token`

  async function send<T>(
    method: 'GET' | 'POST',
    url: string,
    request?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    const { origin, pathname, search } = new URL(url)
    const isTokenEndpoint = `${origin}${pathname}` === realEndpoint
    if (options.tokenEndpoint && !isTokenEndpoint) {
      throw new Error('the practice sign-in has a token endpoint and nothing else')
    }
    if (origin !== new URL(options.authority).origin) throw new Error('MSAL was about to ask another authority')
    const address = options.tokenEndpoint ? `${options.tokenEndpoint()}${search}` : url
    const response = await options.fetch(address, {
      method,
      headers: request?.headers ?? {},
      body: request?.body ?? null,
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    const text = await response.text()
    if (text.length > ANSWER_BYTES_MAX) throw new Error('an answer of the authority is too long')
    // MSAL checks the members it uses; what is not JSON throws here and counts as no answer.
    return { status: response.status, headers: Object.fromEntries(response.headers), body: JSON.parse(text) as T }
  }

  return {
    sendGetRequestAsync: (url, request) => send('GET', url, request),
    sendPostRequestAsync: (url, request) => send('POST', url, request),
  }
}
