import { Temporal } from 'temporal-polyfill'
import { DomainError, type Fault } from '../../../shared/domain/errors.ts'
import { asId, type PersonId } from '../../../shared/domain/ids.ts'
import { isOver } from '../../../shared/domain/lifecycle.ts'
import { planSeries, type SeriesRequest } from '../../../shared/domain/plan-series.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../../shared/domain/series.ts'
import { checkSlot } from '../../../shared/scheduling/check-slot.ts'
import type { Program, Window } from '../../../shared/scheduling/types.ts'
import { windowsOfPlan } from '../../../shared/scheduling/windows.ts'
import { deriveUuid, fingerprint } from '../../derive-ids.ts'
import { writeInvitationBody } from '../../documents/invitation-body.ts'
import { mayBook, organizerFor } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { type NewJob, newJob } from '../../store/job-repository.ts'
import type { PersonRecord } from '../../store/people-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { askEngine, loadPairProgram, PAIR_ID, type PairProgramDeps } from './load-pair-program.ts'

export type BookSeriesDeps = RelationshipDeps &
  PairProgramDeps & {
    /** Where the link in the invitation leads. */
    readonly publicUrl: () => string
    /** Whether a job may book it when nobody is signed in. */
    readonly backgroundWork: boolean
  }
export type BookSeries = Omit<SeriesRequest, 'organizer'> & {
  readonly actor: Actor
  readonly relationshipId: string
  /** The mentee, or else the role that the actor acts for, unless told. */
  readonly organizer?: SeriesRequest['organizer'] | undefined
}
type DecidedSeries = BookSeries & Pick<SeriesRequest, 'organizer'>

/**
 * Decides a series and stores it with everything that the booking will send, claims the people's time and leaves the
 * job that books it. Nothing has been sent when it returns. Repeating it with the same body changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `invalid-plan`, `slot-outside-window`, `slot-in-the-past`, `not-in-this-state`,
 * `notice-too-short`, `slot-not-free`, `mailbox-not-found`, `availability-unknown`, `id-already-used`
 */
export async function bookSeries(deps: BookSeriesDeps, asked: BookSeries): Promise<MentoringSeries> {
  const { actor, relationshipId, seriesId, minutes, plan } = asked
  const { relationship, ownRoles } = await loadRelationship(deps, actor, relationshipId, mayBook)
  const organizer = organizerFor(ownRoles, asked.organizer)
  const request: DecidedSeries = { ...asked, organizer }
  const requestHash = fingerprint({ ...request, actor: undefined })
  const stored = await deps.series.get(seriesId)
  if (stored) return assertSame(stored.series, requestHash)
  assertGoesOn(relationship)

  const windows = windowsOfPlan(plan)
  assertWindows(request, windows)
  const loaded = await loadPairProgram(deps, {
    actor,
    relationship,
    organizer,
    minutes,
    windows,
    ownSeriesId: seriesId,
  })
  const now = deps.clock.now()
  try {
    assertBookable(request, loaded.program, now)
  } catch (refusal) {
    // The same request sent twice at once: what takes the time may be the very series that the other one made.
    const made = await deps.series.get(seriesId)
    if (made) return assertSame(made.series, requestHash)
    throw refusal
  }
  const { mentee, mentor } = loaded.people
  const series = planSeries(request, {
    relationship,
    participants: { mentee: participant(mentee.person), mentor: participant(mentor.person) },
    members: loaded.members.map(({ person }) => ({ personId: asId<PersonId>(person.id), ...participant(person) })),
    windows,
    timeZone: loaded.timeZone,
    requestHash,
    now,
    idFor: deriveUuid,
    bodyFor: (item) => writeInvitationBody({ publicUrl: deps.publicUrl(), ...item }),
  })

  const outcome = await addWhilePairGoesOn(deps, series)
  if (outcome === 'added') return series
  if (outcome === 'slot-claimed') {
    throw new DomainError(
      'slot-not-free',
      'Another booking took one of these times a moment ago. Look at new proposals.',
    )
  }
  const raced = await deps.series.get(seriesId)
  if (raced) return assertSame(raced.series, requestHash)
  throw new DomainError('id-already-used', 'This id is used for something else.')
}

/** Stores a planned series; tries again where something else of the pair was written meanwhile. @throws DomainError `not-in-this-state` */
export async function addWhilePairGoesOn(
  deps: Pick<BookSeriesDeps, 'relationships' | 'series' | 'backgroundWork'>,
  series: MentoringSeries,
): Promise<'added' | 'id-taken' | 'slot-claimed'> {
  for (;;) {
    const pair = await deps.relationships.findAtRevision(series.tenantId, series.relationshipId)
    if (!pair) throw new DomainError('relationship-not-found', 'There is no such relationship.')
    assertGoesOn(pair.value)
    const outcome = await deps.series.add(series, deps.backgroundWork ? bookingJob(series.id) : undefined, pair)
    if (outcome !== 'pair-changed') return outcome
  }
}

function assertGoesOn({ state }: Relationship): void {
  if (isOver(state)) throw new DomainError('not-in-this-state', 'A pair that is over plans no meetings.')
}

/** Apart from the booking's own job, which may be at its end just now. */
export const changeJob = (seriesId: string, meetingId: string): NewJob =>
  newJob(`book-series|${seriesId}|${meetingId}`, 'book-series', seriesId)

export const bookingJob = (seriesId: string): NewJob => newJob(`book-series|${seriesId}`, 'book-series', seriesId)

const participant = ({ displayName, email }: PersonRecord) => ({ name: displayName, email })

function assertSame(stored: MentoringSeries, requestHash: string): MentoringSeries {
  if (stored.requestHash === requestHash) return stored
  throw new DomainError('id-already-used', 'This id names another booking.', [
    { path: 'seriesId', message: 'is used; mint a new UUID' },
  ])
}

function assertWindows({ meetings }: BookSeries, windows: readonly Window[]): void {
  const faults: Fault[] = []
  const seen = new Set<number>()
  for (const [index, { window }] of meetings.entries()) {
    const path = `meetings[${index}].window`
    if (!windows[window]) faults.push({ path, message: `the plan has windows 0 to ${windows.length - 1}` })
    else if (seen.has(window)) faults.push({ path, message: 'is named twice; a window takes one meeting' })
    seen.add(window)
  }
  if (faults.length > 0)
    throw new DomainError('slot-outside-window', 'Every meeting needs a window of its own.', faults)
}

function assertBookable({ meetings, minutes }: BookSeries, program: Program, now: Temporal.Instant): void {
  const past: Fault[] = []
  const soon: Fault[] = []
  const taken: Fault[] = []
  const earliest = Temporal.Instant.from(program.earliestStart ?? now.toString())
  const periods: { readonly start: Temporal.Instant; readonly end: Temporal.Instant }[] = []
  for (const [index, { window, startsAt }] of meetings.entries()) {
    const path = `meetings[${index}].startsAt`
    const start = Temporal.Instant.from(startsAt)
    const end = start.add({ minutes })
    if (Temporal.Instant.compare(start, now) < 0) past.push({ path, message: 'is over' })
    else if (Temporal.Instant.compare(start, earliest) < 0) soon.push({ path, message: 'is less than 24 hours ahead' })
    else {
      const reasons = askEngine(() => checkSlot(program, PAIR_ID, window, startsAt))
      const overlaps = periods.some(
        (other) => Temporal.Instant.compare(other.start, end) < 0 && Temporal.Instant.compare(start, other.end) < 0,
      )
      // Which rule refused it would tell one person of the other's clinic.
      if (reasons.length > 0 || overlaps) taken.push({ path, message: 'is not free for both' })
    }
    periods.push({ start, end })
  }
  if (past.length > 0) throw new DomainError('slot-in-the-past', 'A meeting lies in the past.', past)
  if (soon.length > 0) throw new DomainError('notice-too-short', 'A meeting is too soon.', soon)
  if (taken.length > 0) throw new DomainError('slot-not-free', 'Some of these times are not free any more.', taken)
}
