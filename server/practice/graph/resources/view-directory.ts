import type { PracticeGroup } from '../../directory.ts'
import type { PracticeUser } from '../../people.ts'
import type { GraphCaller } from '../dispatch.ts'
import type { Entity, ODataOptions } from '../odata.ts'
import { shapeOf } from './entity-reply.ts'

/** What Graph answers of a user when nothing is selected ("Get a user"). */
const USER_DEFAULTS = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
]
const EMPTY_IN_PRACTICE = [
  'ageGroup',
  'city',
  'companyName',
  'country',
  'employeeId',
  'employeeType',
  'faxNumber',
  'mobilePhone',
  'officeLocation',
  'postalCode',
  'preferredLanguage',
  'state',
  'streetAddress',
  'usageLocation',
]
/** All that `User.ReadBasic.All` shows of other people ("Microsoft Graph permissions reference"). */
const BASIC = new Set(['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'])

export const USER_SHAPE = shapeOf('microsoft.graph.user', [
  ...USER_DEFAULTS,
  ...EMPTY_IN_PRACTICE,
  'accountEnabled',
  'createdDateTime',
  'department',
  'mailNickname',
  'proxyAddresses',
  'userType',
])
export const GROUP_SHAPE = shapeOf('microsoft.graph.group', [
  'id',
  'description',
  'displayName',
  'groupTypes',
  'mail',
  'mailEnabled',
  'mailNickname',
  'securityEnabled',
  'visibility',
])
/** What members of a group can be asked for: both kinds. */
export const DIRECTORY_OBJECT_SHAPE = shapeOf('microsoft.graph.directoryObject', [
  ...USER_SHAPE.properties,
  ...GROUP_SHAPE.properties,
])

/** Every property that the practice directory keeps of a user. */
function viewUser(user: PracticeUser): Entity {
  return {
    ...Object.fromEntries(EMPTY_IN_PRACTICE.map((name) => [name, null])),
    id: user.id,
    accountEnabled: true,
    businessPhones: [],
    department: user.department,
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: user.jobTitle,
    mail: user.mail,
    mailNickname: user.userPrincipalName.split('@')[0],
    proxyAddresses: user.hasMailbox ? [`SMTP:${user.mail}`] : [],
    surname: user.surname,
    userPrincipalName: user.userPrincipalName,
    userType: 'Member',
  }
}

export function viewGroup(group: PracticeGroup): Entity {
  return {
    id: group.id,
    description: group.description,
    displayName: group.displayName,
    groupTypes: ['Unified'],
    mail: group.mail,
    mailEnabled: true,
    mailNickname: group.mail.split('@')[0],
    securityEnabled: false,
    visibility: 'Private',
  }
}

/** Whether the token opens more than a stranger's name and address. */
function seesWholeProfile(caller: GraphCaller, userId: string): boolean {
  if (caller.kind === 'user' && caller.userId === userId) return true
  const granted = caller.kind === 'app' ? caller.roles : caller.scopes
  return ['User.Read.All', 'User.ReadWrite.All'].some((permission) => granted.includes(permission))
}

/** A user as the caller gets them: what `User.ReadBasic.All` does not open is null. */
export function viewUserFor(caller: GraphCaller, user: PracticeUser): Entity {
  const whole = viewUser(user)
  if (seesWholeProfile(caller, user.id)) return whole
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => [name, BASIC.has(name) ? value : Array.isArray(value) ? [] : null]),
  )
}

/** Directory objects answer exactly what is selected, the id only when it is; a user's short profile otherwise. */
export function selectDirectory(entity: Entity, { select }: Pick<ODataOptions, 'select'>): Entity {
  const isUser = 'userPrincipalName' in entity
  const wanted = select?.includes('*') ? undefined : (select ?? (isUser ? USER_DEFAULTS : undefined))
  if (!wanted) return entity
  const names = new Set(wanted.map((name) => name.toLowerCase()))
  return Object.fromEntries(
    Object.entries(entity).filter(([name]) => name.startsWith('@') || names.has(name.toLowerCase())),
  )
}
