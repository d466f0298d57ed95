import { advance, isOver, type Moment } from '../../../shared/domain/lifecycle.ts'
import { datePlus, dueEvent } from '../../../shared/domain/lifecycle-clocks.ts'
import { type PairFacts, pairFactsOf } from '../../../shared/domain/pair-facts.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { type AdvanceRelationshipDeps, momentOf } from './advance-relationship.ts'

export type KeepClocksDeps = AdvanceRelationshipDeps & { readonly series: SeriesRepository }
export type OnTime = { readonly relationship: Relationship; readonly facts: PairFacts; readonly at: Moment }

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
    const facts = pairFactsOf(await deps.series.listOf(tenantId, relationshipId), at)
    const relationship = lookedAt(settle(stored.value, facts, at), at)
    if (relationship === stored.value || (await deps.relationships.save(relationship, stored.rev))) {
      return { relationship, facts, at }
    }
  }
}

function settle(relationship: Relationship, facts: PairFacts, at: Moment): Relationship {
  const event = dueEvent(relationship, facts, at)
  return event ? settle(advance(relationship, event, at), facts, at) : relationship
}

function lookedAt(relationship: Relationship, { today }: Moment): Relationship {
  const { checkOn, state } = relationship
  if (isOver(state) || (checkOn !== undefined && checkOn > today)) return relationship
  return { ...relationship, checkOn: datePlus(today, { days: 1 }) }
}
