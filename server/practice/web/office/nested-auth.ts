import { signIn, signInWithConsent } from '../sign-in.ts'
import type { PracticeHost } from './connect-to-host.ts'

/** The parts of a request of the sign-in library that we answer. Source: msal-browser, src/naa. */
type BridgeRequest = {
  readonly messageType: 'NestedAppAuthRequest'
  readonly method: 'GetInitContext' | 'GetToken' | 'GetTokenPopup'
  readonly requestId: string
  readonly tokenParams?: { readonly scope?: string; readonly claims?: string }
}
type Listener = (message: string) => void
type Account = { readonly homeAccountId: string; readonly environment: string; readonly tenantId: string }

const ENVIRONMENT = 'login.windows.net'

/** Defines `nestedAppAuthBridge`, through which the sign-in library asks the host for tokens instead of opening a window. */
export function installNestedAuth(pane: Window, host: PracticeHost): void {
  const listeners = new Set<Listener>()
  Reflect.set(pane, 'nestedAppAuthBridge', {
    addEventListener: (_kind: string, listener: Listener) => listeners.add(listener),
    removeEventListener: (_kind: string, listener: Listener) => listeners.delete(listener),
    postMessage: async (text: string) => {
      const request = readRequest(text)
      if (!request) return
      const answer = await answerRequest(request, host)
      const response = JSON.stringify({
        messageType: 'NestedAppAuthResponse',
        requestId: request.requestId,
        ...answer,
      })
      for (const listener of listeners) listener(response)
    },
  })
}

function readRequest(text: string): BridgeRequest | undefined {
  const request: unknown = JSON.parse(text)
  const isOurs =
    typeof request === 'object' &&
    request !== null &&
    'messageType' in request &&
    request.messageType === 'NestedAppAuthRequest'
  // The library is the only sender and writes this shape.
  return isOurs ? (request as BridgeRequest) : undefined
}

async function answerRequest({ method, tokenParams }: BridgeRequest, host: PracticeHost): Promise<object> {
  const facts = await host.facts
  if (!facts) return refusal('NO_NETWORK', 'no_host')
  const { userPrincipalName, displayName } = facts.user
  // A claims challenge means that Entra wants the person asked again; a window may only open for GetTokenPopup.
  if (method === 'GetToken' && tokenParams?.claims?.includes('capolids')) {
    return refusal('USER_INTERACTION_REQUIRED', 'interaction_required')
  }
  if (method === 'GetTokenPopup' && !(await host.askConsent())) return refusal('USER_CANCEL', 'user_cancelled')
  try {
    const token = await (method === 'GetTokenPopup' ? signInWithConsent : signIn)(userPrincipalName)
    const account: Account = {
      homeAccountId: `${token.objectId}.${token.tenantId}`,
      environment: ENVIRONMENT,
      tenantId: token.tenantId,
    }
    if (method === 'GetInitContext') {
      return {
        success: true,
        initContext: {
          sdkName: 'protected-time-practice',
          sdkVersion: '1.0.0',
          capabilities: {},
          accountContext: account,
        },
      }
    }
    return {
      success: true,
      token: {
        access_token: token.accessToken,
        // The library only reads the person's name and ids from it, which both kinds of token carry.
        id_token: token.accessToken,
        expires_in: token.expiresInSeconds,
        scope: tokenParams?.scope,
        properties: null,
      },
      account: { ...account, localAccountId: token.objectId, username: userPrincipalName, name: displayName },
    }
  } catch {
    return refusal('TRANSIENT_ERROR', 'temporarily_unavailable')
  }
}

/** Statuses: msal-browser, src/naa/BridgeStatusCode.ts. */
const refusal = (
  status: 'USER_INTERACTION_REQUIRED' | 'USER_CANCEL' | 'NO_NETWORK' | 'TRANSIENT_ERROR',
  code: string,
): object => ({ success: false, error: { status, code, description: 'Answered by the practice tenant.' } })
