import { PRACTICE_CLIENT_ID, REHEARSAL_CLIENT_ID } from './constants.ts'

/** An application that the practice tenant knows, with the Graph permissions its administrator consented to. */
export type Registration = {
  readonly clientId: string
  readonly displayName: string
  readonly secret: string
  readonly delegated: readonly string[]
  readonly application: readonly string[]
}

/**
 * What Protected Time asks IT for: the least privileged permissions of the calls it makes
 * (microsoftgraph/microsoft-graph-devx-content, permissions.json).
 */
const PRODUCT: Registration = {
  clientId: PRACTICE_CLIENT_ID,
  displayName: 'Protected Time',
  secret: 'practice',
  delegated: [
    'Calendars.ReadWrite',
    'Calendars.ReadWrite.Shared',
    'GroupMember.ReadBasic.All',
    'Mail.Send',
    'MailboxSettings.Read',
    'Place.Read.All',
    'Tasks.ReadWrite',
    'TeamsActivity.Send',
    'User.Read',
    'User.ReadBasic.All',
  ],
  application: [
    'Calendars.ReadWrite',
    'GroupMember.ReadBasic.All',
    'Mail.Send',
    'MailboxSettings.Read',
    'Place.Read.All',
    'Tasks.ReadWrite.All',
    'TeamsActivity.Send',
    'User.Read.All',
  ],
}

/** The same application to whoever rehearses: it may also use what this emulator serves beyond the product's needs. */
const REHEARSAL: Registration = {
  ...PRODUCT,
  clientId: REHEARSAL_CLIENT_ID,
  displayName: 'Protected Time rehearsal',
  delegated: [...PRODUCT.delegated, 'Group.Read.All', 'Mail.ReadWrite', 'MailboxSettings.ReadWrite', 'User.Read.All'],
  application: [...PRODUCT.application, 'Group.Read.All', 'Mail.ReadWrite', 'MailboxSettings.ReadWrite'],
}

export function findRegistration(clientId: string): Registration | undefined {
  const wanted = clientId.toLowerCase()
  return [PRODUCT, REHEARSAL].find((registration) => registration.clientId === wanted)
}
