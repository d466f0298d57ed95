import { type GraphCaller, GraphError } from './dispatch.ts'
import { PERMISSION_RULES } from './permission-rules.ts'

export type PermissionCheck = {
  readonly method: string
  /** Path below `/v1.0`. */
  readonly path: string
  readonly caller: GraphCaller
  /** Object id of the user that the path names; undefined when it names none. */
  readonly mailboxId: string | undefined
}

/**
 * Refuses a call that the token's permissions do not open, as Graph does before it looks at the request. Sharing
 * between mailboxes is the calendar's own check; this one asks only whether the token may use it at all.
 * @throws GraphError 403 `ErrorAccessDenied` or, for the directory, `Authorization_RequestDenied`
 */
export function assertPermission({ method, path, caller, mailboxId }: PermissionCheck): void {
  const named = path
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/^(me|users\/[^/]+|users\('[^/]*'\))(?=\/|$)/i, '{mailbox}')
  const rule = PERMISSION_RULES.find(({ methods, path: pattern }) => methods.includes(method) && pattern.test(named))
  if (!rule) return
  if (caller.kind === 'app') {
    if (!holdsOneOf(caller.roles, rule.application)) throw denied(named)
    return
  }
  if (!holdsOneOf(caller.scopes, rule.delegated)) throw denied(named)
  const isForeign = named.startsWith('{mailbox}') && mailboxId !== undefined && mailboxId !== caller.userId
  if (!isForeign) return
  if (rule.shared === undefined) throw denied(named)
  if (rule.shared.length > 0 && !holdsOneOf(caller.scopes, rule.shared)) throw denied(named)
}

function holdsOneOf(granted: readonly string[], wanted: readonly string[]): boolean {
  return wanted.some((permission) => granted.includes(permission))
}

function denied(path: string): GraphError {
  const isDirectory = /^(\{mailbox\}$|users|groups)/i.test(path)
  return isDirectory
    ? new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
    : new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
}
