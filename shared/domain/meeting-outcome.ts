import { Temporal } from 'temporal-polyfill'
import { DomainError } from './errors.ts'
import type { MeetingId, RelationshipId, TenantId } from './ids.ts'
import type { MentoringRole } from './relationship.ts'
import { type Meeting, type MentoringSeries, meetingState } from './series.ts'

/** What one of the two says of a meeting whose time has come. Logistics: the programme may count it. */
export type Statement = {
  readonly met: boolean
  /** Calendar date on which they met; where they met on another day than planned, that one. */
  readonly date?: string
  readonly minutes?: number
  /** When this was first said, RFC 3339; correcting the minutes does not start the clock anew. */
  readonly at: string
}

/** Why no further meeting is planned; a code, because the programme sees it. */
export type NonePlannedReason = 'later' | 'away' | 'goals-reached' | 'term-over' | 'other'

/** How a meeting turned out, apart from what was said in it. */
export type MeetingOutcome = {
  readonly id: MeetingId
  readonly tenantId: TenantId
  readonly relationshipId: RelationshipId
  readonly statements: Readonly<Partial<Record<MentoringRole, Statement>>>
  readonly nonePlanned?: NonePlannedReason
  /** While one waits for the other: when their silence becomes a yes. */
  readonly settlesAt?: string
}

/**
 * open: nobody said anything · awaiting: one says they met and the other has time to answer · differing: one says yes and
 * the other no · held: both say yes, or one and the other did not object in time · not-held: nobody says yes, somebody no.
 */
export type HeldState = 'open' | 'awaiting' | 'differing' | 'held' | 'not-held'

/** A statement that nobody objects to for this long counts for both. */
export const CHALLENGE_DAYS = 14

export type Held = {
  readonly state: HeldState
  /** The shorter of two different lengths. */
  readonly minutes?: number
  /** When silence becomes a yes; only while awaiting. */
  readonly settlesAt?: string
}

/** Whether a meeting was held, from what the two say of it. */
export function heldState({ statements }: Pick<MeetingOutcome, 'statements'>, now: Temporal.Instant): Held {
  const said = [statements.mentee, statements.mentor].filter((statement) => statement !== undefined)
  const yes = said.filter(({ met }) => met)
  if (said.length === 0) return { state: 'open' }
  if (yes.length === 0) return { state: 'not-held' }
  if (yes.length < said.length) return { state: 'differing' }
  const minutes = shortest(yes)
  if (yes.length === 2) return { state: 'held', ...minutes }
  const settlesAt = settling(yes)
  if (Temporal.Instant.compare(settlesAt, now) <= 0) return { state: 'held', ...minutes }
  return { state: 'awaiting', ...minutes, settlesAt: settlesAt.toString() }
}

function shortest(statements: readonly Statement[]): { readonly minutes?: number } {
  const lengths = statements.flatMap(({ minutes }) => (minutes === undefined ? [] : [minutes]))
  return lengths.length === 0 ? {} : { minutes: Math.min(...lengths) }
}

/** When silence becomes a yes: 14 days after the first of them. */
function settling(statements: readonly Statement[]): Temporal.Instant {
  const first = Math.min(...statements.map(({ at }) => Temporal.Instant.from(at).epochMilliseconds))
  return Temporal.Instant.fromEpochMilliseconds(first).add({ hours: 24 * CHALLENGE_DAYS })
}

/**
 * The outcome with what one of the two says added or corrected. What has counted as held for 14 days stays so: then only
 * a missing yes is taken.
 * @throws DomainError `attestation-not-open` before the meeting begins, for one that was called off, for a day that has
 * not come, and after the 14 days
 */
export function withStatement(
  outcome: MeetingOutcome,
  {
    role,
    statement,
    meeting,
    timeZone,
    now,
  }: {
    readonly role: MentoringRole
    readonly statement: Omit<Statement, 'at'>
    readonly meeting: Pick<Meeting, 'startsAt' | 'cancelled'>
    /** Zone in which the meeting's day is meant. */
    readonly timeZone: string
    readonly now: Temporal.Instant
  },
): MeetingOutcome {
  const before = outcome.statements[role]
  if (before && isSameStatement(before, statement)) return outcome
  if (meeting.cancelled) throw notOpen('This meeting was called off.')
  if (!hasBegun(meeting, now)) throw notOpen('This meeting has not begun yet.')
  if (statement.date !== undefined && statement.date > now.toZonedDateTimeISO(timeZone).toPlainDate().toString()) {
    throw notOpen('This day has not come yet.', [{ path: 'date', message: 'lies ahead' }])
  }
  if (isSettled(outcome, now) && (before || !statement.met)) {
    throw notOpen('This was settled more than 14 days ago.')
  }
  const at = before?.met === statement.met ? before.at : now.toString()
  return awaited({ ...outcome, statements: { ...outcome.statements, [role]: { ...statement, at } } }, now)
}

/** The outcome with the time at which it settles by itself, if it does. */
export function awaited({ settlesAt: _, ...outcome }: MeetingOutcome, now: Temporal.Instant): MeetingOutcome {
  const { settlesAt } = heldState(outcome, now)
  return { ...outcome, ...(settlesAt === undefined ? {} : { settlesAt }) }
}

const isSameStatement = (before: Statement, { met, date, minutes }: Omit<Statement, 'at'>) =>
  before.met === met && before.date === date && before.minutes === minutes

/** Held, and the time to object is over. */
function isSettled({ statements }: MeetingOutcome, now: Temporal.Instant): boolean {
  if (heldState({ statements }, now).state !== 'held') return false
  const said = [statements.mentee, statements.mentor].filter((statement) => statement !== undefined)
  return Temporal.Instant.compare(settling(said), now) <= 0
}

/** Whether a meeting's time has come: from then on it can be wrapped up. */
export const hasBegun = ({ startsAt }: Pick<Meeting, 'startsAt'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(startsAt, now) <= 0

const notOpen = (detail: string, faults: { path: string; message: string }[] = []) =>
  new DomainError('attestation-not-open', detail, faults)

/** The pair's next meeting after this one that is still ahead, in whichever series it was booked. */
export function nextMeetingAfter(
  all: readonly MentoringSeries[],
  meeting: Pick<Meeting, 'startsAt'>,
  now: Temporal.Instant,
): Meeting | undefined {
  return all
    .flatMap((series) =>
      series.meetings.filter((one) => {
        const state = meetingState(
          one,
          series.events.find(({ key }) => key === one.eventKey),
        )
        return state === 'booked' || state === 'pending'
      }),
    )
    .filter((one) => !hasBegun(one, now) && Temporal.Instant.compare(one.startsAt, meeting.startsAt) > 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))[0]
}
