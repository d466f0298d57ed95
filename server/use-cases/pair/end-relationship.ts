import { DomainError } from '../../../shared/domain/errors.ts'
import { advance, type LifecycleEvent } from '../../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type CallOffDeps, callOffAhead } from '../booking/cancel-series.ts'
import { type AdvanceRelationshipDeps, momentOf } from './advance-relationship.ts'

export type EndRelationshipDeps = AdvanceRelationshipDeps & CallOffDeps

/**
 * Writes an event that ends a pair, after everything that it has ahead was called off: an interruption between the two
 * never leaves a pair that is over with meetings in calendars. Whatever plans a meeting writes the pair, too, so one that
 * came in between is seen, and called off before the end is written. A shared step of use cases; repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, and what `advance` refuses; then nothing was called off
 */
export async function endRelationship(
  deps: EndRelationshipDeps,
  { tenantId, id }: Relationship,
  event: LifecycleEvent,
): Promise<Relationship> {
  for (;;) {
    const stored = await deps.relationships.findAtRevision(tenantId, id)
    if (!stored) throw new DomainError('relationship-not-found', 'There is no such relationship.')
    // Another request ended it first.
    if (stored.value.state === 'ended') return stored.value
    const ended = advance(stored.value, event, await momentOf(deps, stored.value))
    await callOffAhead(deps, stored.value)
    if (await deps.relationships.save(ended, stored.rev)) return ended
  }
}
