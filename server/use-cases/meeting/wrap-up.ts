import { Temporal } from 'temporal-polyfill'
import type { AttestationBody, DecisionsBody, NextDateBody } from '../../../shared/api/wrap-up.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import {
  hasBegun,
  heldState,
  type MeetingOutcome,
  nextMeetingAfter,
  withStatement,
} from '../../../shared/domain/meeting-outcome.ts'
import type { MentoringRole, Relationship } from '../../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import type { Decisions } from '../../../shared/domain/work.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { OutcomeRepository } from '../../store/outcome-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { type AdvanceRelationshipDeps, advanceRelationship } from '../pair/advance-relationship.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { saveWork } from '../work/save-work.ts'

export type WrapUpDeps = RelationshipDeps &
  AdvanceRelationshipDeps & {
    readonly series: SeriesRepository
    readonly decisions: WorkRepository<Decisions>
    readonly outcomes: OutcomeRepository
    readonly clock: Clock
  }
type MeetingPlace = { readonly actor: Actor; readonly relationshipId: string; readonly meetingId: string }

export type WrapUp = {
  readonly series: MentoringSeries
  readonly meeting: Meeting
  readonly outcome: MeetingOutcome
  readonly decisions: AtRevision<Decisions> | undefined
  readonly next: Meeting | undefined
  readonly now: Temporal.Instant
}
type PlacedMeeting = {
  readonly relationship: Relationship
  readonly role: MentoringRole
  readonly all: readonly MentoringSeries[]
  readonly series: MentoringSeries
  readonly meeting: Meeting
}

/**
 * How a meeting turned out and what comes next, for the pair.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `meeting-not-found`
 */
export async function loadWrapUp(deps: WrapUpDeps, place: MeetingPlace): Promise<WrapUp> {
  return gather(deps, await findPlace(deps, place))
}

/** The same of every meeting of the pair whose time has come, newest first. @throws as `loadWrapUp` */
export async function listWrapUps(
  deps: WrapUpDeps,
  { actor, relationshipId }: Omit<MeetingPlace, 'meetingId'>,
): Promise<readonly WrapUp[]> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { tenantId, id } = relationship
  const now = deps.clock.now()
  const [all, outcomes, decided] = await Promise.all([
    deps.series.listOf(tenantId, id),
    deps.outcomes.listOf(tenantId, id),
    deps.decisions.list(id),
  ])
  return all
    .flatMap((series) => series.meetings.map((meeting) => ({ series, meeting })))
    .filter(({ meeting }) => !meeting.cancelled && hasBegun(meeting, now))
    .toSorted((a, b) => Temporal.Instant.compare(b.meeting.startsAt, a.meeting.startsAt))
    .map(({ series, meeting }) => ({
      series,
      meeting,
      outcome: outcomes.find((one) => one.id === meeting.id) ?? {
        id: meeting.id,
        tenantId,
        relationshipId: id,
        statements: {},
      },
      decisions: decided.find(({ value }) => value.id === meeting.id),
      next: nextMeetingAfter(all, meeting, now),
      now,
    }))
}

/**
 * Says of a meeting whether the two met, as one of them.
 * A meeting that was held takes the pair's lifecycle on.
 * @throws DomainError `meeting-not-found`, `attestation-not-open`, and as `loadRelationship`
 */
export async function attestMeeting(
  deps: WrapUpDeps,
  { body: statement, ...place }: MeetingPlace & { readonly body: AttestationBody },
): Promise<WrapUp> {
  const found = await findPlace(deps, place)
  const { meeting, role, series } = found
  const now = deps.clock.now()
  const change = { role, statement, meeting, timeZone: series.timeZone, now }
  const outcome = await deps.outcomes.update(keyOf(found), (before) => withStatement(before, change))
  if (heldState(outcome, now).state === 'held') {
    const { tenantId, id } = found.relationship
    await advanceRelationship(deps, { tenantId, relationshipId: id }, { kind: 'meeting-held', at: meeting.startsAt })
  }
  return gather(deps, found)
}

/**
 * Keeps what was decided. Repeating it changes nothing.
 * @throws DomainError `meeting-not-found`, `edited-meanwhile` when the other person wrote meanwhile
 */
export async function putDecisions(
  deps: WrapUpDeps,
  { body, ...place }: MeetingPlace & { readonly body: DecisionsBody },
): Promise<WrapUp> {
  const found = await findPlace(deps, place)
  const { id } = found.meeting
  const now = deps.clock.now().toString()
  await saveWork(deps.decisions, { relationshipId: found.relationship.id, id, revision: body.revision }, (stored) => ({
    id,
    relationshipId: found.relationship.id,
    decisions: body.decisions,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
  return gather(deps, found)
}

/** Says that no next date is planned and why, or takes that back. @throws DomainError `meeting-not-found` */
export async function putNextDate(
  deps: WrapUpDeps,
  { body: { reason }, ...place }: MeetingPlace & { readonly body: NextDateBody },
): Promise<WrapUp> {
  const found = await findPlace(deps, place)
  await deps.outcomes.update(keyOf(found), (outcome) => {
    if (outcome.nonePlanned === reason) return outcome
    const { nonePlanned: _, ...rest } = outcome
    return { ...rest, ...(reason === undefined ? {} : { nonePlanned: reason }) }
  })
  return gather(deps, found)
}

async function findPlace(deps: WrapUpDeps, { actor, relationshipId, meetingId }: MeetingPlace): Promise<PlacedMeeting> {
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  if (!mayReadContent(standing)) throw new DomainError('not-allowed', 'This is between the two of them.')
  const all = await deps.series.listOf(actor.tenantId, relationshipId)
  const series = all.find(({ meetings }) => meetings.some(({ id }) => id === meetingId))
  const meeting = series?.meetings.find(({ id }) => id === meetingId)
  if (!series || !meeting) throw new DomainError('meeting-not-found', 'There is no such meeting.')
  return { relationship, role: standing, all, series, meeting }
}

const keyOf = ({ relationship, meeting }: PlacedMeeting) => ({
  id: meeting.id,
  tenantId: relationship.tenantId,
  relationshipId: relationship.id,
})

async function gather(deps: WrapUpDeps, found: PlacedMeeting): Promise<WrapUp> {
  const { all, series, meeting } = found
  const now = deps.clock.now()
  const [outcome, decisions] = await Promise.all([
    deps.outcomes.get(keyOf(found)),
    deps.decisions.find(found.relationship.id, meeting.id),
  ])
  return { series, meeting, outcome, decisions, next: nextMeetingAfter(all, meeting, now), now }
}
