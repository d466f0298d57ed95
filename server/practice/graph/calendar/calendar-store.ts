import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import type { PracticeDocument } from '../../state.ts'
import { GraphError, type PracticeGraph } from '../dispatch.ts'
import { findUserByAddress } from '../router.ts'
import { parseCalendarId } from './exchange-ids.ts'

/** From no access to all of it; a later role includes the earlier ones. */
export const CALENDAR_ROLES = [
  'none',
  'freeBusyRead',
  'limitedRead',
  'read',
  'write',
  'delegateWithoutPrivateEventAccess',
  'delegateWithPrivateEventAccess',
] as const
export type CalendarRole = (typeof CALENDAR_ROLES)[number]

export type StoredPermission = {
  readonly id: string
  readonly name: string
  /** Absent on "My Organization". */
  readonly address?: string
  readonly role: CalendarRole
  readonly allowedRoles: readonly CalendarRole[]
  readonly isInsideOrganization: boolean
  readonly isRemovable: boolean
}
/** Collection `calendars`. The default calendar's id is its user's id. */
export type StoredCalendar = PracticeDocument & {
  readonly mailbox: string
  readonly name: string
  readonly color: string
  readonly isDefault: boolean
  readonly changeKey: string
  readonly permissions: readonly StoredPermission[]
}

const ORGANIZATION_ROLES: readonly CalendarRole[] = ['none', 'freeBusyRead', 'limitedRead', 'read', 'write']
const ORGANIZATION: StoredPermission = {
  id: Buffer.from('Default').toString('base64'),
  name: 'My Organization',
  role: 'freeBusyRead',
  allowedRoles: ORGANIZATION_ROLES,
  isInsideOrganization: true,
  isRemovable: false,
}

/** The mailbox's own calendar, made on first sight. */
export function defaultCalendar(graph: PracticeGraph, user: PracticeUser): StoredCalendar {
  const calendars = graph.state.collection<StoredCalendar>('calendars')
  const known = calendars.get(user.id)
  if (known) return known
  const calendar: StoredCalendar = {
    id: user.id,
    mailbox: user.id,
    name: 'Calendar',
    color: 'auto',
    isDefault: true,
    changeKey: newKey(),
    permissions: [ORGANIZATION],
  }
  calendars.put(calendar)
  return calendar
}

export function ownCalendars(graph: PracticeGraph, user: PracticeUser): StoredCalendar[] {
  const first = defaultCalendar(graph, user)
  const all = graph.state.collection<StoredCalendar>('calendars').list()
  return [first, ...all.filter(({ mailbox, isDefault }) => mailbox === user.id && !isDefault)]
}

/** Calendars that other people share with this user by name, at least to read. */
export function sharedCalendars(graph: PracticeGraph, user: PracticeUser): StoredCalendar[] {
  const all = graph.state.collection<StoredCalendar>('calendars').list()
  return all.filter((calendar) => calendar.mailbox !== user.id && atLeast(namedRole(calendar, user), 'limitedRead'))
}

/** A calendar by the id that `user` sees for it. @throws GraphError 404 `ErrorItemNotFound` */
export function getCalendar(graph: PracticeGraph, user: PracticeUser, id: string): StoredCalendar {
  const parsed = parseCalendarId(id)
  const calendar = parsed && graph.state.collection<StoredCalendar>('calendars').get(parsed.uuid)
  const isOwn = calendar?.mailbox === user.id && parsed?.viewer === undefined
  const isShared = calendar && parsed?.viewer === user.id && atLeast(namedRole(calendar, user), 'limitedRead')
  if (calendar && (isOwn || isShared)) return calendar
  if (parsed?.uuid === user.id && !parsed.viewer) return defaultCalendar(graph, user)
  throw itemNotFound()
}

export function saveCalendar(graph: PracticeGraph, calendar: StoredCalendar): StoredCalendar {
  const saved = { ...calendar, changeKey: newKey() }
  graph.state.collection<StoredCalendar>('calendars').put(saved)
  return saved
}

export function newCalendar(mailbox: string, name: string, color: string): StoredCalendar {
  const organization: StoredPermission = { ...ORGANIZATION, role: 'none' }
  return {
    id: randomUUID(),
    mailbox,
    name,
    color,
    isDefault: false,
    changeKey: newKey(),
    permissions: [organization],
  }
}

/**
 * Lets somebody into a calendar, or changes what they may do there.
 * @param address of a person inside or outside the organization
 */
export function grantCalendarRole(
  graph: PracticeGraph,
  calendar: StoredCalendar,
  grant: { readonly address: string; readonly name: string; readonly role: CalendarRole },
): StoredPermission {
  const isInside = findUserByAddress(graph, grant.address) !== undefined
  const isDelegate = grant.role.startsWith('delegate')
  const permission: StoredPermission = {
    id: Buffer.from(`/o=ExchangeLabs/${grant.address.toLowerCase()}`).toString('base64url'),
    name: grant.name,
    address: grant.address,
    role: grant.role,
    allowedRoles: isDelegate ? CALENDAR_ROLES.slice(1) : CALENDAR_ROLES.slice(1, isInside ? 5 : 4),
    isInsideOrganization: isInside,
    isRemovable: true,
  }
  const others = calendar.permissions.filter(({ id }) => id !== permission.id)
  saveCalendar(graph, { ...calendar, permissions: [permission, ...others] })
  return permission
}

function namedRole(calendar: StoredCalendar, user: PracticeUser): CalendarRole {
  const addresses = [user.mail, user.userPrincipalName].map((address) => address.toLowerCase())
  const entry = calendar.permissions.find(({ address }) => address && addresses.includes(address.toLowerCase()))
  return entry?.role ?? 'none'
}

/** What a colleague may do in a calendar: their own entry, else what the whole organization may. */
export function roleIn(calendar: StoredCalendar, user: PracticeUser): CalendarRole {
  const named = namedRole(calendar, user)
  if (named !== 'none') return named
  return calendar.permissions.find(({ id }) => id === ORGANIZATION.id)?.role ?? 'none'
}

export function atLeast(role: CalendarRole, wanted: CalendarRole): boolean {
  return CALENDAR_ROLES.indexOf(role) >= CALENDAR_ROLES.indexOf(wanted)
}

export function itemNotFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
}
export function accessDenied(): GraphError {
  return new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
}

function newKey(): string {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64')
}
