import { awaited, heldState } from '../../../shared/domain/meeting-outcome.ts'
import type { OutcomeRepository } from '../../store/outcome-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { type AdvanceRelationshipDeps, advanceRelationship } from '../pair/advance-relationship.ts'

export type SettleMeetingDeps = AdvanceRelationshipDeps & {
  readonly outcomes: OutcomeRepository
  readonly series: SeriesRepository
}

/** Takes note of a meeting that counts as held because nobody objected for 14 days. Repeating it changes nothing. */
export async function settleMeeting(deps: SettleMeetingDeps, meetingId: string): Promise<void> {
  const outcome = await deps.outcomes.find(meetingId)
  if (!outcome || heldState(outcome, deps.clock.now()).state !== 'held') return
  const { tenantId, relationshipId } = outcome
  const series = await deps.series.findByMeeting(tenantId, relationshipId, meetingId)
  const meeting = series?.meetings.find(({ id }) => id === meetingId)
  if (meeting) {
    await advanceRelationship(deps, { tenantId, relationshipId }, { kind: 'meeting-held', at: meeting.startsAt })
  }
  await deps.outcomes.update(outcome, (stored) => awaited(stored, deps.clock.now()))
}
