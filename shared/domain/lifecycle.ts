import { Temporal } from 'temporal-polyfill'
import { DomainError } from './errors.ts'
import type { HelpAs, MentoringRole, Relationship } from './relationship.ts'

/**
 * Where a pair stands. A draft is the form that was not sent yet and is never stored; a review that ends in changes
 * leads back to `active` with the agreement open again.
 */
export const RELATIONSHIP_STATES = [
  /** One of the two asked the other, who has not answered. */
  'invited',
  'assigned',
  /** A first meeting is booked. */
  'forming',
  'active',
  /** Nothing has happened for a while; help is offered step by step. */
  'stalled',
  /** Another mentor is looked for. */
  'rematch',
  'paused',
  'reviewing',
  /** Being brought to an end, or to another form. */
  'transition',
  'ended',
  'informal',
] as const
export type RelationshipState = (typeof RELATIONSHIP_STATES)[number]

/** Final on purpose: whoever wants to go on begins a new relationship. */
export const isOver = (state: RelationshipState): boolean => state === 'ended' || state === 'informal'

export type QuietReason = 'contacts-unanswered' | 'windows-missed' | 'nothing-booked'
export type ReviewCause = 'month-6' | 'month-12' | 'requested'

/** What the lifecycle remembers of a pair: dates and counts, never content. Instants in RFC 3339, dates as YYYY-MM-DD. */
export type Course = {
  /** When the present state began; `createdAt` unless told. */
  readonly stateSince?: string
  /** Who asked, while or after it was `invited`. */
  readonly invitedBy?: MentoringRole
  /** When both were linked. */
  readonly assignedAt?: string
  readonly firstContactAt?: string
  /** Dates of messages in a row that nobody answered, one for each day. */
  readonly unansweredOn?: readonly string[]
  readonly firstBookedAt?: string
  readonly firstHeldAt?: string
  readonly lastHeldAt?: string
  readonly quiet?: QuietReason
  readonly pause?: { readonly from: string; readonly resumeDate: string }
  /** Pauses that are over, half-open: nothing counts as missed in them. */
  readonly pauses?: readonly { readonly from: string; readonly to: string }[]
  readonly review?: ReviewCause
  /** Whose wish another mentor is; none while a coordinator's help is. */
  readonly rematchAskedBy?: MentoringRole
  /** Reviews of the present term that were begun. */
  readonly reviewed?: readonly ReviewCause[]
  /** `openedAt` when a version waits for signatures. */
  readonly agreement?: { readonly openedAt?: string; readonly signedAt?: string }
  /** From the first meeting that was held. */
  readonly termStartsOn?: string
  /** None: as needed. */
  readonly termEndsOn?: string
}

/** What happens to a pair. Facts are always taken note of; wishes are refused where they make no sense. */
export type LifecycleEvent =
  | { readonly kind: 'invitation-accepted'; readonly by: MentoringRole }
  | { readonly kind: 'invitation-declined' }
  | { readonly kind: 'contacted'; readonly answered: boolean }
  | { readonly kind: 'meeting-booked' }
  /** Both confirmed it, or one did and nobody objected. `at`: its start, RFC 3339. */
  | { readonly kind: 'meeting-held'; readonly at: string }
  | { readonly kind: 'agreement-opened' }
  | { readonly kind: 'agreement-signed' }
  | { readonly kind: 'went-quiet'; readonly reason: QuietReason }
  | { readonly kind: 'paused'; readonly resumeDate: string }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'review-started'; readonly cause: ReviewCause }
  | { readonly kind: 'review-answered'; readonly decision: 'continue' | 'modify' | 'end' }
  | { readonly kind: 'review-withdrawn' }
  /** By one of the two, or by a coordinator. */
  | { readonly kind: 'rematch-asked'; readonly by?: MentoringRole }
  | { readonly kind: 'rematch-withdrawn'; readonly by: MentoringRole }
  | { readonly kind: 'rematched' }
  | { readonly kind: 'transition-started' }
  | {
      readonly kind: 'transition-settled'
      readonly outcome: 'ended' | 'informal' | 'redefined'
      readonly openHomework: number
    }

/** The moment of an event: the instant, and the calendar date where the pair is. */
export type Moment = { readonly now: string; readonly today: string }

export const momentIn = (now: Temporal.Instant, timeZone: string): Moment => ({
  now: now.toString(),
  today: now.toZonedDateTimeISO(timeZone).toPlainDate().toString(),
})

/** Length of a term by kind of help; an advisor is asked as needed. */
const TERM_MONTHS: Readonly<Record<HelpAs, number | undefined>> = { mentor: 12, coach: 3, advisor: undefined }
const PAUSE_DAYS_MAX = 366

/** States in which a wish makes sense; facts are missing here, because they are never refused. */
const OPEN_TO: Partial<Readonly<Record<LifecycleEvent['kind'], readonly RelationshipState[]>>> = {
  'invitation-accepted': ['invited'],
  'invitation-declined': ['invited'],
  'went-quiet': ['assigned', 'forming', 'active'],
  // Leave may begin before the first meeting, too; nobody should be reminded in it.
  paused: ['assigned', 'forming', 'active', 'stalled', 'paused'],
  resumed: ['paused'],
  'review-started': ['active'],
  'review-answered': ['reviewing'],
  'review-withdrawn': ['reviewing'],
  'rematch-asked': ['assigned', 'forming', 'active', 'stalled', 'paused', 'reviewing'],
  'rematch-withdrawn': ['rematch'],
  rematched: ['rematch'],
  'transition-started': ['assigned', 'forming', 'active', 'stalled', 'rematch', 'paused', 'reviewing'],
  'transition-settled': ['transition'],
}

/** Whether a wish would be granted now, as far as the state decides it. */
export const isOpenTo = ({ state }: Pick<Relationship, 'state'>, kind: LifecycleEvent['kind']): boolean =>
  OPEN_TO[kind]?.includes(state) ?? true

/**
 * The pair after an event; the same object when nothing changes, as after the repeat of a fact.
 * @throws DomainError `not-in-this-state`, `resume-date-out-of-range`, `homework-still-open`; `not-allowed` for whoever
 * answers their own invitation
 */
export function advance(relationship: Relationship, event: LifecycleEvent, at: Moment): Relationship {
  if (!isOpenTo(relationship, event.kind)) {
    throw new DomainError('not-in-this-state', `This is not possible while the pair is ${relationship.state}.`)
  }
  const { state, course } = relationship
  switch (event.kind) {
    case 'invitation-accepted':
      if (event.by === course.invitedBy) throw new DomainError('not-allowed', 'The other person answers this.')
      return enter(relationship, course.firstBookedAt ? 'forming' : 'assigned', at, { assignedAt: at.now })
    case 'invitation-declined':
    case 'rematched':
      return enter(relationship, 'ended', at)
    case 'contacted':
      return noteContact(relationship, event.answered, at)
    case 'meeting-booked': {
      const firstBookedAt = course.firstBookedAt ?? at.now
      const firstContactAt = course.firstContactAt ?? at.now
      const change = { firstBookedAt, firstContactAt, unansweredOn: [] }
      if (state === 'assigned' || state === 'stalled') {
        return enter(relationship, restingState({ ...course, firstBookedAt }), at, change)
      }
      return note(relationship, change)
    }
    case 'meeting-held':
      return noteHeld(relationship, event.at, at)
    case 'agreement-opened':
      return note(relationship, { agreement: { ...course.agreement, openedAt: at.now } })
    case 'agreement-signed':
      return note(relationship, { agreement: { signedAt: at.now } })
    case 'went-quiet':
      return enter(relationship, 'stalled', at, { quiet: event.reason })
    case 'paused':
      return pause(relationship, event.resumeDate, at)
    case 'resumed':
      return enter(relationship, restingState(course), at, { unansweredOn: [] })
    case 'review-started':
      return enter(relationship, 'reviewing', at, {
        review: event.cause,
        reviewed: [...(course.reviewed ?? []), event.cause],
      })
    case 'review-answered':
      if (event.decision === 'end') return enter(relationship, 'transition', at)
      return enter(relationship, 'active', at, {
        ...(course.review === 'month-12' ? nextTerm(relationship, course.termEndsOn ?? at.today) : {}),
        // The agreement is read again at every review; changes are signed again.
        ...(event.decision === 'modify' ? { agreement: { ...course.agreement, openedAt: at.now } } : {}),
      })
    case 'review-withdrawn':
      return enter(relationship, 'active', at)
    case 'rematch-asked':
      return enter(relationship, 'rematch', at, event.by === undefined ? {} : { rematchAskedBy: event.by })
    case 'rematch-withdrawn':
      if (!mayWithdrawRematch(relationship, event.by)) {
        throw new DomainError('not-allowed', 'The other person asked for this, and may take it back.')
      }
      return enter(relationship, restingState(course), at)
    case 'transition-started':
      return enter(relationship, 'transition', at)
    case 'transition-settled':
      if (event.openHomework > 0) {
        throw new DomainError('homework-still-open', 'Open homework is settled or dropped before the pair closes.')
      }
      if (event.outcome !== 'redefined') return enter(relationship, event.outcome, at)
      return enter(relationship, restingState(course), at, {
        ...(course.firstHeldAt ? nextTerm(relationship, at.today) : {}),
        agreement: { ...course.agreement, openedAt: at.now },
      })
  }
}

/** Nobody is held in a pair by the other's change of mind. */
export const mayWithdrawRematch = ({ state, course }: Relationship, by: MentoringRole): boolean =>
  state === 'rematch' && (course.rematchAskedBy ?? by) === by

/** Where a pair is when nothing in particular is going on. */
function restingState({ firstHeldAt, firstBookedAt }: Course): RelationshipState {
  if (firstHeldAt) return 'active'
  return firstBookedAt ? 'forming' : 'assigned'
}

/** What belongs to one state goes with it; that there was a pause is remembered. */
function enter(relationship: Relationship, state: RelationshipState, at: Moment, change: Course = {}): Relationship {
  const { quiet: _quiet, pause, review: _review, rematchAskedBy: _askedBy, ...course } = relationship.course
  const pauses = pause ? { pauses: [...(course.pauses ?? []), { from: pause.from, to: at.today }] } : {}
  const { checkOn, ...rest } = relationship
  return {
    ...rest,
    state,
    course: { ...course, ...pauses, ...change, stateSince: at.now },
    ...(isOver(state) || checkOn === undefined ? {} : { checkOn }),
  }
}

function note(relationship: Relationship, change: Course): Relationship {
  const course = { ...relationship.course, ...change }
  return JSON.stringify(course) === JSON.stringify(relationship.course) ? relationship : { ...relationship, course }
}

function noteContact(relationship: Relationship, answered: boolean, at: Moment): Relationship {
  const { course, state } = relationship
  if (!answered) return note(relationship, { unansweredOn: [...new Set([...(course.unansweredOn ?? []), at.today])] })
  const change = { firstContactAt: course.firstContactAt ?? at.now, unansweredOn: [] }
  const isBackInTouch = state === 'stalled' && course.quiet === 'contacts-unanswered'
  return isBackInTouch ? enter(relationship, restingState(course), at, change) : note(relationship, change)
}

function noteHeld(relationship: Relationship, heldAt: string, at: Moment): Relationship {
  const { course, state } = relationship
  const isFirst = course.firstHeldAt === undefined
  const change: Course = {
    firstContactAt: course.firstContactAt ?? heldAt,
    firstBookedAt: course.firstBookedAt ?? heldAt,
    firstHeldAt: course.firstHeldAt ?? heldAt,
    lastHeldAt:
      course.lastHeldAt && Temporal.Instant.compare(course.lastHeldAt, heldAt) > 0 ? course.lastHeldAt : heldAt,
    // Whoever met has agreed to it.
    assignedAt: course.assignedAt ?? at.now,
    unansweredOn: [],
    ...(isFirst ? { ...nextTerm(relationship, at.today), agreement: course.agreement ?? { openedAt: at.now } } : {}),
  }
  // A meeting that was booked before does not take back the wish for another mentor; a first one is a beginning.
  const becomesActive =
    state === 'invited' ||
    state === 'assigned' ||
    state === 'forming' ||
    state === 'stalled' ||
    (state === 'rematch' && isFirst)
  return becomesActive ? enter(relationship, 'active', at, change) : note(relationship, change)
}

function nextTerm({ helpAs }: Relationship, from: string): Course {
  const months = TERM_MONTHS[helpAs]
  return {
    termStartsOn: from,
    reviewed: [],
    ...(months === undefined ? {} : { termEndsOn: Temporal.PlainDate.from(from).add({ months }).toString() }),
  }
}

function pause(relationship: Relationship, resumeDate: string, at: Moment): Relationship {
  const today = Temporal.PlainDate.from(at.today)
  const days = today.until(resumeDate, { largestUnit: 'days' }).days
  if (days < 1 || days > PAUSE_DAYS_MAX) {
    throw new DomainError('resume-date-out-of-range', 'A pause ends on a date to come, within a year.', [
      { path: 'resumeDate', message: `is tomorrow at the earliest and ${PAUSE_DAYS_MAX} days ahead at the latest` },
    ])
  }
  const { pause: running } = relationship.course
  if (running) return note(relationship, { pause: { ...running, resumeDate } })
  return enter(relationship, 'paused', at, { pause: { from: at.today, resumeDate } })
}
