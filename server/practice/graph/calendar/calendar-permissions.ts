import { GraphError, type GraphReply, type RouteContext } from '../dispatch.ts'
import { type Entity, listReply, parseQuery } from '../odata.ts'
import { assertOwner, type CalendarPlace, type CalendarScope, calendarScope } from './calendar-access.ts'
import {
  CALENDAR_ROLES,
  type CalendarRole,
  defaultCalendar,
  grantCalendarRole,
  itemNotFound,
  type StoredCalendar,
  type StoredPermission,
  saveCalendar,
} from './calendar-store.ts'
import { emailAddress } from './event-input.ts'
import {
  flag,
  ignored,
  invalidProperty,
  invalidRequest,
  listOf,
  nullable,
  oneOf,
  readBody,
  record,
} from './read-body.ts'

const role = oneOf([...CALENDAR_ROLES, 'custom'])
const reader = record('microsoft.graph.calendarPermission', {
  id: ignored,
  emailAddress: nullable(emailAddress),
  role: nullable(role),
  allowedRoles: listOf(role),
  isInsideOrganization: nullable(flag),
  isRemovable: nullable(flag),
})

type Input = { emailAddress?: { name?: string | null; address?: string | null } | null; role?: string | null }

/** GET …/calendarPermissions. Graph docs: "List calendarPermissions". */
export function listPermissions(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, calendar } = owned(context, place)
    return listReply({
      graph: scope.graph,
      request: context.request,
      options: parseQuery(context.request.query),
      context: permissionsContext(scope, place, context),
      items: calendar.permissions,
      filterView: viewPermission,
      view: viewPermission,
    })
  }
}

/** POST …/calendarPermissions: shares or delegates the calendar. Graph docs: "Create calendarPermission". */
export function createPermission(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, calendar } = owned(context, place)
    const input: Input = readBody(reader, context.request.body, 'calendarPermission')
    const address = input.emailAddress?.address
    if (!address || !isRole(input.role) || input.role === 'none') {
      throw invalidProperty('EmailAddress.Address and a role other than none are required.')
    }
    if (input.role.startsWith('delegate') && !calendar.isDefault) {
      throw invalidProperty('Only the primary calendar can be delegated.')
    }
    const name = input.emailAddress?.name ?? address
    const permission = grantCalendarRole(scope.graph, calendar, { address, name, role: input.role })
    return reply(scope, place, context, permission, 201)
  }
}

/** GET …/calendarPermissions/{id}. Graph docs: "Get calendarPermission". */
export function getPermission(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, calendar } = owned(context, place)
    return reply(scope, place, context, named(calendar, context), 200)
  }
}

/** PATCH: the role only, within `allowedRoles`. Graph docs: "Update calendarPermission". */
export function updatePermission(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, calendar } = owned(context, place)
    const before = named(calendar, context)
    const input: Input = readBody(reader, context.request.body, 'calendarPermission')
    if (!isRole(input.role)) throw invalidProperty('A role is required.')
    if (!before.allowedRoles.includes(input.role)) {
      throw invalidRequest(`The role '${input.role}' is not among the allowed roles of this permission.`)
    }
    const after: StoredPermission = { ...before, role: input.role }
    const permissions = calendar.permissions.map((other) => (other === before ? after : other))
    saveCalendar(scope.graph, { ...calendar, permissions })
    return reply(scope, place, context, after, 200)
  }
}

/** DELETE …/calendarPermissions/{id}. Graph docs: "Delete calendarPermission". */
export function deletePermission(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const { scope, calendar } = owned(context, place)
    const gone = named(calendar, context)
    if (!gone.isRemovable) {
      throw new GraphError(400, 'ErrorInvalidRequest', 'This permission cannot be removed from the calendar.')
    }
    const permissions = calendar.permissions.filter((other) => other !== gone)
    saveCalendar(scope.graph, { ...calendar, permissions })
    return { status: 204 }
  }
}

function owned(context: RouteContext, place: CalendarPlace): { scope: CalendarScope; calendar: StoredCalendar } {
  const scope = calendarScope(context, place)
  assertOwner(scope)
  return { scope, calendar: scope.calendar ?? defaultCalendar(scope.graph, scope.owner) }
}

function named({ permissions }: StoredCalendar, { params }: RouteContext): StoredPermission {
  const found = permissions.find(({ id }) => id === params['permissionId'])
  if (!found) throw itemNotFound()
  return found
}

const isRole = (value: unknown): value is CalendarRole => CALENDAR_ROLES.some((known) => known === value)

function viewPermission({ id, name, address, ...rest }: StoredPermission): Entity {
  const { role: granted, allowedRoles, isInsideOrganization, isRemovable } = rest
  const emailAddress = address === undefined ? { name } : { name, address }
  return { id, isRemovable, isInsideOrganization, role: granted, allowedRoles, emailAddress }
}

function permissionsContext({ owner }: CalendarScope, place: CalendarPlace, { params }: RouteContext): string {
  const calendar = place === 'named' ? `calendars('${encodeURIComponent(params['calendarId'] ?? '')}')` : 'calendar'
  return `users('${owner.id}')/${calendar}/calendarPermissions`
}

function reply(
  scope: CalendarScope,
  place: CalendarPlace,
  context: RouteContext,
  permission: StoredPermission,
  status: number,
): GraphReply {
  const metadata = `${scope.graph.baseUrl()}/$metadata#${permissionsContext(scope, place, context)}/$entity`
  return { status, body: { '@odata.context': metadata, ...viewPermission(permission) } }
}
