import { GRAPH_AUDIENCE, GRAPH_RESOURCE_ID } from './constants.ts'
import { EntraError } from './entra-error.ts'
import type { Registration } from './registrations.ts'

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access'])
const GRAPH_RESOURCES = [GRAPH_AUDIENCE, GRAPH_RESOURCE_ID]

export type GrantedScopes = {
  /** Graph permissions, short form, e.g. `Calendars.ReadWrite`. */
  readonly graph: readonly string[]
  readonly openid: boolean
  readonly offline: boolean
}

/**
 * Reads the `scope` of a delegated request. `…/.default` means everything consented to; named scopes narrow the token
 * to those. @throws EntraError for a missing scope, another resource, or a permission that was not consented to
 */
export function grantDelegatedScopes(scope: string | undefined, registration: Registration): GrantedScopes {
  const asked = scope?.split(/\s+/).filter((part) => part !== '') ?? []
  if (asked.length === 0) throw missingParameter('scope')
  const openidScopes = asked.filter((name) => OPENID_SCOPES.has(name.toLowerCase()))
  const graph = new Set<string>()
  for (const full of asked.filter((name) => !OPENID_SCOPES.has(name.toLowerCase()))) {
    const name = withoutResource(full)
    if (name === '.default') {
      for (const consented of registration.delegated) graph.add(consented)
      continue
    }
    const consented = registration.delegated.find((known) => known.toLowerCase() === name.toLowerCase())
    if (consented === undefined) {
      throw consentRequired(registration.clientId)
    }
    graph.add(consented)
  }
  // OpenID scopes alone still get a Graph token in Entra, for the signed-in user's own profile.
  if (graph.size === 0) graph.add('User.Read')
  return {
    graph: [...graph].sort(),
    openid: openidScopes.includes('openid'),
    offline: openidScopes.includes('offline_access'),
  }
}

/** Client credentials take exactly one `{resource}/.default`. @throws EntraError */
export function assertAppOnlyScope(scope: string | undefined): void {
  if (scope === undefined || scope.trim() === '') throw missingParameter('scope')
  const asked = scope.trim().split(/\s+/)
  const [only] = asked
  if (asked.length !== 1 || only === undefined || !only.endsWith('/.default')) {
    throw new EntraError(
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    )
  }
  withoutResource(only)
}

export function consentRequired(clientId: string): EntraError {
  return new EntraError(
    'invalid_grant',
    65001,
    `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
    { suberror: 'consent_required' },
  )
}

export function missingParameter(name: string): EntraError {
  return new EntraError('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`)
}

function withoutResource(scope: string): string {
  const slash = scope.lastIndexOf('/')
  if (slash === -1) return scope
  const resource = scope.slice(0, slash).replace(/\/$/, '')
  if (!GRAPH_RESOURCES.includes(resource.toLowerCase())) {
    throw new EntraError(
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named practice.`,
    )
  }
  return scope.slice(slash + 1)
}
