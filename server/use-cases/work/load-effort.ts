import { Temporal } from 'temporal-polyfill'
import type { EffortView } from '../../../shared/api/record.ts'
import { isMember } from '../../../shared/domain/committee.ts'
import { heldState } from '../../../shared/domain/meeting-outcome.ts'
import type { RecordEntry } from '../../../shared/domain/record.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { OutcomeRepository } from '../../store/outcome-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { TextDeletionRepository } from '../../store/text-deletion-repository.ts'
import type { WorkRepository } from '../../store/work-repository.ts'
import type { RelationshipDeps } from '../pair/load-relationship.ts'

export type EffortDeps = RelationshipDeps & {
  readonly series: SeriesRepository
  readonly outcomes: OutcomeRepository
  readonly recordEntries: WorkRepository<RecordEntry>
  readonly textDeletions: TextDeletionRepository
  readonly clock: Clock
}
type Row = EffortView['rows'][number]
type Days = { readonly from: string; readonly to: string }

/**
 * Time that the actor gave as a mentor, in every pair and on every committee of theirs: meetings that count as held, and what they noted
 * themselves. Days are those of the meeting's own zone, first and last included; oldest first.
 */
export async function loadEffort(
  deps: EffortDeps,
  { actor, from, to }: Days & { readonly actor: Actor },
): Promise<EffortView> {
  const mine = (await deps.relationships.listOf(actor.tenantId, actor.personId)).filter(
    (one) => one.mentorId === actor.personId || isMember(one, actor.personId),
  )
  const rows = await Promise.all(mine.map((relationship) => rowsOf(deps, relationship, actor.personId)))
  return {
    from,
    to,
    rows: rows
      .flat()
      .filter(({ date }) => from <= date && date <= to)
      .toSorted((a, b) => a.date.localeCompare(b.date) || a.mentee.localeCompare(b.mentee)),
  }
}

async function rowsOf(deps: EffortDeps, relationship: Relationship, personId: string): Promise<readonly Row[]> {
  const { id, tenantId, menteeId, mentorId } = relationship
  const mentee = (await deps.people.find(tenantId, menteeId))?.displayName ?? 'Unknown person'
  const isDeleted = (await deps.textDeletions.find(id))?.value.deletedAt !== undefined
  const isOwn = mentorId === personId
  const entries = isDeleted || !isOwn ? [] : await deps.recordEntries.list(id)
  const noted = entries.flatMap(({ value }): Row[] => {
    if (value.kind !== 'effort' || value.author !== 'mentor') return []
    const { date, activity, minutes, note } = value
    return [{ date, mentee, activity, minutes, ...(note === undefined ? {} : { note }) }]
  })
  return [...(await heldMeetings(deps, relationship, mentee)), ...noted]
}

async function heldMeetings(deps: EffortDeps, { id, tenantId }: Relationship, mentee: string): Promise<readonly Row[]> {
  const now = deps.clock.now()
  const outcomes = new Map((await deps.outcomes.listOf(tenantId, id)).map((outcome) => [outcome.id, outcome]))
  const all = await deps.series.listOf(tenantId, id)
  return all.flatMap(({ meetings, timeZone, minutes: planned }) =>
    meetings.flatMap((meeting): Row[] => {
      const outcome = outcomes.get(meeting.id)
      const held = outcome && heldState(outcome, now)
      if (held?.state !== 'held') return []
      const said = outcome?.statements.mentor?.date ?? outcome?.statements.mentee?.date
      const day = Temporal.Instant.from(meeting.startsAt).toZonedDateTimeISO(timeZone).toPlainDate().toString()
      return [{ date: said ?? day, mentee, activity: 'meeting', minutes: held.minutes ?? planned }]
    }),
  )
}
