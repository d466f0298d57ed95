import { isOpenTo, type LifecycleEvent } from '../../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type CallOffDeps, callOffAhead } from '../booking/cancel-series.ts'
import { type AdvanceRelationshipDeps, advanceRelationship } from './advance-relationship.ts'

export type EndRelationshipDeps = AdvanceRelationshipDeps & CallOffDeps

/**
 * Writes an event that ends a pair, after everything that it has ahead was called off: an interruption between the two
 * never leaves a pair that is over with meetings in calendars. It can be repeated. A shared step of use cases.
 * @throws DomainError as `advanceRelationship`; then nothing was called off
 */
export async function endRelationship(
  deps: EndRelationshipDeps,
  relationship: Relationship,
  event: LifecycleEvent,
): Promise<Relationship> {
  if (isOpenTo(relationship, event.kind)) await callOffAhead(deps, relationship)
  return advanceRelationship(deps, { tenantId: relationship.tenantId, relationshipId: relationship.id }, event)
}
