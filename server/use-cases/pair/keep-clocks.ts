import { advance, isOver, type Moment } from '../../../shared/domain/lifecycle.ts'
import { datePlus, dueEvent, type LifecycleClocks } from '../../../shared/domain/lifecycle-clocks.ts'
import { type PairFacts, pairFactsOf } from '../../../shared/domain/pair-facts.ts'
import { clocksOf } from '../../../shared/domain/programme-clocks.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { ClocksRepository } from '../../store/clocks-repository.ts'
import type { OutcomeRepository } from '../../store/outcome-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { type AdvanceRelationshipDeps, momentOf } from './advance-relationship.ts'

export type KeepClocksDeps = AdvanceRelationshipDeps & {
  readonly series: SeriesRepository
  readonly outcomes: Pick<OutcomeRepository, 'listOf'>
  readonly programmeClocks: Pick<ClocksRepository, 'find'>
}
export type OnTime = {
  readonly relationship: Relationship
  readonly facts: PairFacts
  readonly at: Moment
  /** Of the pair's programme. */
  readonly clocks: LifecycleClocks
}

/**
 * Brings a pair up to the present: whatever time alone brings about is written, once. A shared step of whoever shows the
 * pair and of the daily look at it, so that it is right wherever nobody may work in the background.
 * @returns nothing when there is no such pair
 */
export async function keepClocks(
  deps: KeepClocksDeps,
  { tenantId, relationshipId }: { readonly tenantId: string; readonly relationshipId: string },
): Promise<OnTime | undefined> {
  for (;;) {
    const stored = await deps.relationships.findAtRevision(tenantId, relationshipId)
    if (!stored) return undefined
    const at = await momentOf(deps, stored.value)
    const clocks = await clocksFor(deps, stored.value)
    const series = await deps.series.listOf(tenantId, relationshipId)
    const outcomes = await deps.outcomes.listOf(stored.value.tenantId, stored.value.id)
    const facts = pairFactsOf(series, outcomes, at)
    const relationship = lookedAt(settle(stored.value, { facts, at, clocks }), at)
    if (relationship === stored.value || (await deps.relationships.save(relationship, stored.rev))) {
      return { relationship, facts, at, clocks }
    }
  }
}

async function clocksFor({ programmeClocks }: KeepClocksDeps, { tenantId, programmeId }: Relationship) {
  return clocksOf(programmeId === undefined ? undefined : (await programmeClocks.find(tenantId, programmeId))?.clocks)
}

function settle(relationship: Relationship, on: Omit<OnTime, 'relationship'>): Relationship {
  const event = dueEvent(relationship, on.facts, on.at, on.clocks)
  return event ? settle(advance(relationship, event, on.at), on) : relationship
}

function lookedAt(relationship: Relationship, { today }: Moment): Relationship {
  const { checkOn, state } = relationship
  if (isOver(state) || (checkOn !== undefined && checkOn > today)) return relationship
  return { ...relationship, checkOn: datePlus(today, { days: 1 }) }
}
