import type { PracticeDocument } from './state.ts'

/** A user of the practice directory, and the settings of their mailbox. Collection `users`. */
export type PracticeUser = PracticeDocument & {
  /** Entra object id (UUID), fixed by the seed. */
  readonly id: string
  readonly userPrincipalName: string
  readonly mail: string
  readonly displayName: string
  readonly givenName: string
  readonly surname: string
  readonly jobTitle: string
  readonly department: string
  /** False: a directory user without a licensed mailbox (calendar calls answer MailboxNotEnabledForRESTAPI). */
  readonly hasMailbox: boolean
  /** App roles that tokens carry, e.g. `Coordinator`. */
  readonly appRoles: readonly string[]
  /** Windows time zone name, as mailboxes keep it, e.g. `Eastern Standard Time`. */
  readonly timeZone: string
  readonly workingHours: {
    readonly daysOfWeek: readonly string[]
    readonly startTime: string
    readonly endTime: string
  }
  /** What the host pages tell a newcomer: mentee, mentor, assistant, coordinator … */
  readonly kind: 'resident' | 'fellow' | 'attending' | 'assistant' | 'coordinator' | 'room' | 'other'
}
