/** What the Teams-like frame knows of itself and of whoever is signed in. */
export type TeamsFacts = {
  readonly theme: 'default' | 'dark' | 'contrast'
  readonly user: { readonly id: string; readonly userPrincipalName: string }
  readonly subEntityId: string
}

/** A request of the teams-js library in the tab. Source: teams-js 2.58, `serializeMessageRequest`. */
export type TeamsRequest = {
  readonly id: number
  readonly uuidAsString?: string
  readonly func: string
  readonly args?: readonly unknown[]
}
export type TeamsReply = { readonly id: number; readonly uuidAsString?: string; readonly args: readonly unknown[] }

/** Where a request ends: an answer to send, something the frame has to do, or nothing. */
export type TeamsOutcome =
  | { readonly kind: 'reply'; readonly args: readonly unknown[] }
  | { readonly kind: 'get-token' }
  | { readonly kind: 'register'; readonly handler: string }
  | { readonly kind: 'loaded' | 'success' | 'failure' | 'ignore' }

/**
 * What hosts answer to `initialize`: the frame context, the client, what the host can do, and its own version. The one
 * capability named is what the library needs for `app` and `pages`; sign-in belongs to the core.
 */
const RUNTIME = JSON.stringify({
  apiVersion: 4,
  isLegacyTeams: false,
  hostVersionsInfo: {},
  supports: { pages: { appButton: {}, tabs: {}, config: {} } },
})
const HOST_SDK_VERSION = '2.0.1'

/** Decides the host's side of one message of the tab; the frame carries it out. */
export function answerTeams({ func, args = [] }: TeamsRequest, facts: TeamsFacts): TeamsOutcome {
  switch (func) {
    case 'initialize':
      return { kind: 'reply', args: ['content', 'web', RUNTIME, HOST_SDK_VERSION] }
    case 'getContext':
      return { kind: 'reply', args: [viewContext(facts)] }
    case 'authentication.getAuthToken':
      return { kind: 'get-token' }
    case 'registerHandler':
      return { kind: 'register', handler: String(args[0]) }
    case 'appInitialization.appLoaded':
      return { kind: 'loaded' }
    case 'appInitialization.success':
      return { kind: 'success' }
    case 'appInitialization.failure':
    case 'appInitialization.expectedFailure':
      return { kind: 'failure' }
    default:
      return { kind: 'ignore' }
  }
}

/** The flat context that hosts send; the library turns it into the one that apps read. */
function viewContext({ theme, user, subEntityId }: TeamsFacts) {
  return {
    locale: 'en-us',
    theme,
    entityId: 'mentoring',
    subEntityId,
    frameContext: 'content',
    hostName: 'Teams',
    hostClientType: 'web',
    sessionId: 'practice',
    userObjectId: user.id,
    userPrincipalName: user.userPrincipalName,
    loginHint: user.userPrincipalName,
  }
}

/** Reads a posted message; `undefined` for whatever is not a request of the library. */
export function readTeamsRequest(data: unknown): TeamsRequest | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (!('id' in data) || typeof data.id !== 'number' || !('func' in data) || typeof data.func !== 'string') {
    return undefined
  }
  const uuid = 'uuidAsString' in data && typeof data.uuidAsString === 'string' ? data.uuidAsString : undefined
  const args = 'args' in data && Array.isArray(data.args) ? data.args : []
  return { id: data.id, func: data.func, args, ...(uuid === undefined ? {} : { uuidAsString: uuid }) }
}

/** The answer's number must be there; where both are, the library goes by the UUID. */
export function viewReply({ id, uuidAsString }: TeamsRequest, args: readonly unknown[]): TeamsReply {
  return { id, ...(uuidAsString === undefined ? {} : { uuidAsString }), args }
}
