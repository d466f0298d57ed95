import {
  type AuthError,
  createNestablePublicClientApplication,
  InteractionRequiredAuthError,
  type IPublicClientApplication,
} from '@azure/msal-browser'
import { ApiProblem } from '../../shared/client/problem.ts'
import type { TokenRequest } from '../../shared/client/send.ts'
import type { TeamsHost } from './connect-teams.ts'

type SignIn = { readonly app: IPublicClientApplication; readonly scope: string }

const CONFIG_LIMIT_MS = 10_000
let starting: Promise<SignIn> | undefined

/** A token for our API through the host's own sign-in; asks the person only where the host must. */
export async function getNestedToken(host: TeamsHost, { refresh, claims }: TokenRequest): Promise<string> {
  try {
    starting ??= startSignIn()
    const { app, scope } = await starting
    const request = {
      scopes: [scope],
      ...(claims === undefined ? {} : { claims }),
      ...(host.loginHint === undefined ? {} : { loginHint: host.loginHint }),
    }
    try {
      return (await app.acquireTokenSilent({ ...request, forceRefresh: refresh })).accessToken
    } catch (error) {
      if (!(error instanceof InteractionRequiredAuthError)) throw error
      return (await app.acquireTokenPopup(request)).accessToken
    }
  } catch (cause) {
    // A failed start (no network, say) must not be final.
    starting = undefined
    if (cause instanceof ApiProblem) throw cause
    const { errorCode, correlationId } = cause as Partial<AuthError>
    const code = errorCode === 'user_cancelled' ? 'sign-in-cancelled' : 'sign-in-failed'
    throw new ApiProblem(code, correlationId ? { requestId: correlationId } : {}, { cause })
  }
}

async function startSignIn(): Promise<SignIn> {
  const response = await fetch('/teams-app/config.json', {
    signal: AbortSignal.timeout(CONFIG_LIMIT_MS),
    cache: 'no-store',
  })
  const config: unknown = response.ok ? await response.json() : undefined
  if (!isConfig(config)) throw new ApiProblem('unreadable-answer', { status: response.status })
  const app = await createNestablePublicClientApplication({
    // CP1: we understand claims challenges, so Entra may send them instead of waiting for the token to run out.
    auth: { clientId: config.clientId, authority: config.authority, clientCapabilities: ['CP1'] },
    // Teams keeps the tokens; nothing of them stays in the browser's storage.
    cache: { cacheLocation: 'memoryStorage' },
  })
  return { app, scope: config.scope }
}

type Config = { readonly clientId: string; readonly authority: string; readonly scope: string }
const isConfig = (value: unknown): value is Config =>
  typeof value === 'object' &&
  value !== null &&
  ['clientId', 'authority', 'scope'].every((key) => key in value && typeof Reflect.get(value, key) === 'string')
