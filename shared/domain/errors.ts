/**
 * Every way the product refuses. Codes are stable: clients choose their text by code.
 * Outages and bugs are other errors and become a 5xx that tells nothing of its cause.
 */
export type DomainErrorCode =
  | 'not-signed-in'
  | 'not-allowed'
  | 'not-a-participant'
  | 'relationship-not-found'
  | 'series-not-found'
  | 'meeting-not-found'
  | 'agenda-item-not-found'
  | 'question-not-found'
  | 'todo-not-linked'
  | 'request-not-found'
  | 'round-not-found'
  | 'already-revealed'
  | 'not-agreed'
  | 'content-deleted'
  | 'person-not-found'
  | 'programme-not-found'
  | 'trouble-not-found'
  | 'mailbox-not-found'
  | 'mailbox-not-reachable'
  | 'consent-required'
  | 'id-already-used'
  | 'edited-meanwhile'
  | 'same-person'
  | 'committee-not-possible'
  | 'slot-not-free'
  | 'slot-in-the-past'
  | 'slot-outside-window'
  | 'notice-too-short'
  | 'availability-unknown'
  | 'unknown-time-zone'
  | 'invalid-plan'
  | 'invalid-feed'
  | 'invalid-code-map'
  | 'too-large'
  | 'patient-data-suspected'
  | 'series-not-cancellable'
  | 'not-in-this-state'
  | 'resume-date-out-of-range'
  | 'homework-still-open'
  | 'clocks-out-of-order'
  | 'mentor-has-no-room'
  | 'agreement-incomplete'
  | 'attestation-not-open'
  | 'meeting-not-changeable'
  | 'question-closed'
  | 'slot-not-offered'

/** Where in the input the fault lies and what to do about it, e.g. `{ path: 'meetings[2].startsAt', message: '…' }`. */
export type Fault = { readonly path: string; readonly message: string }

/** A refusal with a closed code. `detail` is for people and never holds content (goals, notes, agenda text). */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly faults: readonly Fault[]

  constructor(code: DomainErrorCode, detail: string, faults: readonly Fault[] = [], options?: ErrorOptions) {
    super(detail, options)
    this.name = 'DomainError'
    this.code = code
    this.faults = faults
  }
}
