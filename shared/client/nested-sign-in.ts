import type { AuthError, IPublicClientApplication } from '@azure/msal-browser'
import { ApiProblem } from './problem.ts'
import type { TokenProvider, TokenRequest } from './send.ts'
import { HostTimeout, within } from './within.ts'

type SignInConfig = { readonly clientId: string; readonly authority: string; readonly scope: string }

/** A silent answer comes at once or not at all; asking the person takes as long as the person. */
const SILENT_LIMIT_MS = 20_000

export type NestedSignInOptions = {
  /** Where the service tells what to sign in with, e.g. `/addin/config.json`. */
  readonly configPath: string
  /** Whom the host believes to be there. */
  readonly loginHint?: string | undefined
}

/**
 * Tokens for our API through nested app authentication: the host (Outlook, Teams) signs the person in, and asks them only
 * where it must. The library is loaded when the first token is wanted.
 * Microsoft docs: "Enable single sign-on in an Office Add-in with nested app authentication", "Nested app authentication"
 * for Teams apps.
 */
export function createNestedSignIn({ configPath, loginHint }: NestedSignInOptions): TokenProvider {
  let ready: Promise<SignIn> | undefined
  const running = new Map<string, Promise<string>>()
  const acquire = async (request: TokenRequest) => {
    ready ??= loadSignIn(configPath)
    try {
      return await acquireToken(await ready, request, loginHint)
    } catch (error) {
      // A failed start (no network, say) must not be final.
      ready = undefined
      throw problemOf(error)
    }
  }
  return (request) => {
    // A pane starts with several calls at once: one sign-in serves them all.
    const key = JSON.stringify(request)
    const token = running.get(key) ?? acquire(request).finally(() => running.delete(key))
    running.set(key, token)
    return token
  }
}

type SignIn = {
  readonly app: IPublicClientApplication
  readonly scope: string
  readonly needsPerson: (error: unknown) => boolean
}

async function loadSignIn(configPath: string): Promise<SignIn> {
  const [{ createNestablePublicClientApplication, InteractionRequiredAuthError }, config] = await within(
    SILENT_LIMIT_MS,
    Promise.all([import('@azure/msal-browser'), readConfig(configPath)]),
  )
  const app = await within(
    SILENT_LIMIT_MS,
    createNestablePublicClientApplication({
      // CP1: we understand claims challenges, so Entra may send them instead of waiting for the token to run out.
      auth: { clientId: config.clientId, authority: config.authority, clientCapabilities: ['CP1'] },
      // The host keeps the tokens; nothing of them stays in the browser's storage.
      cache: { cacheLocation: 'memoryStorage' },
    }),
  )
  return { app, scope: config.scope, needsPerson: (error) => error instanceof InteractionRequiredAuthError }
}

async function acquireToken(
  { app, scope, needsPerson }: SignIn,
  { refresh, claims, consentTo }: TokenRequest,
  loginHint: string | undefined,
): Promise<string> {
  const request = { scopes: [scope], ...(claims ? { claims } : {}), ...(loginHint ? { loginHint } : {}) }
  if (consentTo) {
    const agreed = await app.acquireTokenPopup({ ...request, extraScopesToConsent: [...consentTo] })
    return agreed.accessToken
  }
  try {
    const silent = await within(SILENT_LIMIT_MS, app.acquireTokenSilent({ ...request, forceRefresh: refresh }))
    return silent.accessToken
  } catch (error) {
    if (!needsPerson(error)) throw error
    const asked = await app.acquireTokenPopup(request)
    return asked.accessToken
  }
}

async function readConfig(configPath: string): Promise<SignInConfig> {
  const response = await fetch(configPath, {
    signal: AbortSignal.timeout(SILENT_LIMIT_MS),
    cache: 'no-store',
  })
  if (!response.ok) throw new ApiProblem('not-reachable', { status: response.status })
  const config: unknown = await response.json()
  if (!isConfig(config)) throw new ApiProblem('unreadable-answer', { status: response.status })
  return config
}

const isConfig = (value: unknown): value is SignInConfig =>
  typeof value === 'object' &&
  value !== null &&
  ['clientId', 'authority', 'scope'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')

function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof HostTimeout) return new ApiProblem('sign-in-failed', {}, { cause: error })
  // fetch reports every network failure as a TypeError, its time limit as a TimeoutError.
  if (error instanceof TypeError)
    return new ApiProblem(navigator.onLine ? 'not-reachable' : 'offline', {}, { cause: error })
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return new ApiProblem('timed-out', {}, { cause: error })
  const { errorCode, correlationId } = error as Partial<AuthError>
  const code = errorCode === 'user_cancelled' ? 'sign-in-cancelled' : 'sign-in-failed'
  // Entra's correlation id is what an IT department can look up.
  return new ApiProblem(code, correlationId ? { requestId: correlationId } : {}, { cause: error })
}
