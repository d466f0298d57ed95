import { defaultCalendar, getCalendar } from '../calendar/calendar-store.ts'
import { type GraphCaller, GraphError, type PracticeGraph } from '../dispatch.ts'
import { findUser } from '../router.ts'
import type { Watch } from './subscription.ts'

const RESOURCES: readonly { readonly path: RegExp; readonly kind: Watch['kind'] }[] = [
  { path: /^(?:(calendar)\/|calendars(?:\/([^/]+)|\('([^']+)'\))\/)?events$/i, kind: 'events' },
  { path: /^(?:mailFolders(?:\('[^']*'\)|\/[^/]+)\/)?messages$/i, kind: 'messages' },
  { path: /^todo\/lists\/([^/]+)\/tasks$/i, kind: 'todoTasks' },
]

/**
 * What a subscription's `resource` names, if the caller may watch it: with delegated permission only the signed-in
 * user's own mailbox. Docs: "Change notifications for Outlook resources". @throws GraphError 400, 403, 404
 */
export function readWatch(graph: PracticeGraph, caller: GraphCaller, resource: string): Watch {
  const [path = ''] = resource.replace(/^\//, '').split('?')
  const match = /^(?:(me)|users\/([^/]+)|users\('([^']+)'\))\/(.+)$/i.exec(path)
  const [, me, slashed, quoted, rest = ''] = match ?? []
  const found = RESOURCES.map(({ path: pattern, kind }) => ({ kind, match: pattern.exec(rest) })).find(
    (candidate) => candidate.match,
  )
  if (!found) throw new GraphError(400, 'InvalidRequest', `The resource '${resource}' cannot be subscribed to.`)
  if (me !== undefined && caller.kind === 'app') {
    throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.')
  }
  const user = findUser(graph, me === undefined ? (slashed ?? quoted ?? '') : userIdOf(caller))
  if (!user) throw new GraphError(404, 'ResourceNotFound', 'The mailbox of the subscription was not found.')
  assertMayWatch(caller, found.kind, user.id)
  if (found.kind === 'messages') return { kind: 'messages', userId: user.id }
  const [, first, calendarId, quotedId] = found.match ?? []
  if (found.kind === 'todoTasks') return { kind: 'todoTasks', userId: user.id, listId: first ?? '' }
  if (first !== undefined) return { kind: 'events', userId: user.id, calendarId: defaultCalendar(graph, user).id }
  const named = calendarId ?? quotedId
  if (named === undefined) return { kind: 'events', userId: user.id }
  return { kind: 'events', userId: user.id, calendarId: getCalendar(graph, user, named).id }
}

function assertMayWatch(caller: GraphCaller, kind: Watch['kind'], userId: string): void {
  const wanted = {
    events: ['Calendars.Read', 'Calendars.ReadWrite'],
    messages: ['Mail.ReadBasic', 'Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite'],
    todoTasks: ['Tasks.ReadWrite'],
  }[kind]
  const isForeign = caller.kind === 'user' && caller.userId !== userId
  const granted = caller.kind === 'app' ? caller.roles : caller.scopes
  // To Do notifies delegated subscriptions only.
  const isUnsupported = kind === 'todoTasks' && caller.kind === 'app'
  if (isForeign || isUnsupported || !wanted.some((permission) => granted.includes(permission))) {
    throw new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
  }
}

function userIdOf(caller: GraphCaller): string {
  return caller.kind === 'user' ? caller.userId : ''
}
