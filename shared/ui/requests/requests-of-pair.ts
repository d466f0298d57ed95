import type { GoalView } from '../../api/goals.ts'
import type { RelationshipView } from '../../api/relationships.ts'
import type { HoursBudgetView, OpportunityRequestView } from '../../api/requests.ts'
import type { RequestFit } from '../../domain/opportunity-request.ts'

/** What both sides are shown from. */
export type RequestsOfPair = {
  readonly relationship: RelationshipView
  /** Undecided ones first. */
  readonly requests: readonly OpportunityRequestView[]
  readonly budget: HoursBudgetView | undefined
  /** Open ones. */
  readonly goals: readonly GoalView[]
  readonly fitOf: (request: OpportunityRequestView) => RequestFit
}
