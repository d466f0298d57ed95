import { createHash, X509Certificate } from 'node:crypto'
import {
  AuthError,
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
  type NodeAuthOptions,
} from '@azure/msal-node'
import { authorityNetwork } from './authority-network.ts'
import { InteractionRequired } from './interaction-required.ts'

export type TokenRequest = {
  /** Graph has just refused the token we had. */
  readonly isFresh?: boolean
  /** Claims challenge of Graph (JSON text). */
  readonly claims?: string
  /** One permission by name, which the person may not have given yet; everything consented to unless told. */
  readonly permission?: string
}

/** Graph tokens. @throws InteractionRequired when the person must sign in or consent again, TokenUnavailable otherwise */
export type GraphTokens = {
  /** On behalf of the person whose (validated) token for our API this is. */
  forPerson(accessToken: string, request?: TokenRequest): Promise<string>
  /** As the service itself; `undefined` where IT granted no application permission. */
  readonly forService: ((request?: TokenRequest) => Promise<string>) | undefined
}

type ServiceCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** PEM texts; the certificate may be followed by its chain. */
  | { readonly kind: 'certificate'; readonly certificate: string; readonly privateKey: string }

export type GraphTokenOptions = {
  readonly tenantId: string
  readonly clientId: string
  readonly credential: ServiceCredential
  /** Sign-in host of the cloud; the global one unless told. */
  readonly authorityHost?: string
  /** Where tokens of the practice tenant come from; left out for a real tenant. */
  readonly tokenEndpoint?: () => string
  /** Resource whose permissions the tokens carry; the global Graph unless told. */
  readonly graphResource?: string
  /** Whether IT granted application permissions. */
  readonly appOnly: boolean
  readonly timeoutMs: number
  readonly fetch?: typeof fetch
}

/** No token, and nothing the person could do about it: Entra is not reachable, or our registration is wrong. */
export class TokenUnavailable extends Error {
  /** MSAL's or Entra's code, e.g. `invalid_client`. */
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(`no Graph token: ${code}`, options)
    this.name = 'TokenUnavailable'
    this.code = code
  }
}

/** How many people's tokens are kept at a time; the one asked for longest ago goes first. */
const PEOPLE_MAX = 1_000

/**
 * Graph tokens from Entra through MSAL, which keeps and renews them. Each signed-in token has a client of its own, so
 * that what is kept of people is bounded; MSAL keys what it got on behalf of somebody by that token anyway.
 * Microsoft identity platform docs: "On-Behalf-Of flow", "client credentials flow".
 */
export function graphTokens(options: GraphTokenOptions): GraphTokens {
  const authority = `${options.authorityHost ?? 'https://login.microsoftonline.com'}/${options.tenantId}`
  const scopesFor = (permission = '.default') => [
    `${options.graphResource ?? 'https://graph.microsoft.com'}/${permission}`,
  ]
  const networkClient = authorityNetwork({
    authority,
    tokenEndpoint: options.tokenEndpoint,
    timeoutMs: options.timeoutMs,
    fetch: options.fetch ?? fetch,
  })
  const auth: NodeAuthOptions = {
    clientId: options.clientId,
    authority,
    // We pass claims challenges on, so tokens may be revoked early instead of living for an hour.
    clientCapabilities: ['CP1'],
    ...credentialOf(options.credential),
  }
  const newClient = () =>
    new ConfidentialClientApplication({ auth, system: { networkClient, disableInternalRetries: true } })

  const people = new Map<string, ConfidentialClientApplication>()
  const underWay = new Map<string, Promise<string>>()
  function clientOf(name: string): ConfidentialClientApplication {
    const client = people.get(name) ?? newClient()
    people.delete(name)
    people.set(name, client)
    const [oldest] = people.keys()
    if (people.size > PEOPLE_MAX && oldest !== undefined) people.delete(oldest)
    return client
  }
  /** A pane asks for several things at once; they share one trip to Entra. */
  function once(name: string, get: () => Promise<string>): Promise<string> {
    const running = underWay.get(name)
    if (running) return running
    const started = get().finally(() => underWay.delete(name))
    underWay.set(name, started)
    return started
  }

  const service = newClient()
  return {
    forPerson(accessToken, request = {}) {
      const name = createHash('sha256').update(accessToken).digest('base64url')
      return once(`${name} ${request.permission ?? ''} ${request.isFresh ?? false} ${request.claims ?? ''}`, () =>
        tokenFrom(() =>
          clientOf(name).acquireTokenOnBehalfOf({
            oboAssertion: accessToken,
            scopes: scopesFor(request.permission),
            skipCache: request.isFresh ?? false,
            ...(request.claims !== undefined && { claims: request.claims }),
          }),
        ),
      )
    },
    forService: options.appOnly
      ? (request = {}) =>
          once(`service ${request.isFresh ?? false} ${request.claims ?? ''}`, () =>
            tokenFrom(() =>
              service.acquireTokenByClientCredential({
                scopes: scopesFor(),
                skipCache: request.isFresh ?? false,
                ...(request.claims !== undefined && { claims: request.claims }),
              }),
            ),
          )
      : undefined,
  }
}

function credentialOf(credential: ServiceCredential): Partial<NodeAuthOptions> {
  if (credential.kind === 'secret') return { clientSecret: credential.secret }
  const thumbprintSha256 = new X509Certificate(credential.certificate).fingerprint256.replaceAll(':', '').toLowerCase()
  return { clientCertificate: { thumbprintSha256, privateKey: credential.privateKey, x5c: credential.certificate } }
}

/** Entra's descriptions name people, so only codes and the correlation id go on. */
async function tokenFrom(acquire: () => Promise<{ accessToken: string } | null>): Promise<string> {
  try {
    const result = await acquire()
    if (!result?.accessToken) throw new TokenUnavailable('no_token')
    return result.accessToken
  } catch (cause) {
    if (cause instanceof TokenUnavailable) throw cause
    if (!(cause instanceof AuthError)) throw new TokenUnavailable('unexpected', { cause })
    const { errorCode, subError, correlationId } = cause
    const reason = [errorCode, subError, correlationId].filter(Boolean).join(' ')
    // `invalid_grant` without MSAL's own sign also means: this sign-in is too old or was withdrawn.
    if (cause instanceof InteractionRequiredAuthError || errorCode === 'invalid_grant') {
      const claims = cause instanceof InteractionRequiredAuthError ? cause.claims : ''
      throw new InteractionRequired(reason, claims || undefined)
    }
    throw new TokenUnavailable(reason)
  }
}
