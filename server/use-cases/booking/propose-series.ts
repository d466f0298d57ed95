import type { MentoringRole } from '../../../shared/domain/relationship.ts'
import { proposePair } from '../../../shared/scheduling/propose-pair.ts'
import type { MeetingPlan, PairProposals } from '../../../shared/scheduling/types.ts'
import { windowsOfPlan } from '../../../shared/scheduling/windows.ts'
import { mayBook, organizerFor, type Standing } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { askEngine, loadPairProgram, PAIR_ID, type PairProgram, type PairProgramDeps } from './load-pair-program.ts'

export type ProposeSeries = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly plan: MeetingPlan
  readonly minutes: number
  /** The mentee, or else the role that the actor acts for, unless told. */
  readonly organizer?: MentoringRole | undefined
  readonly limit?: number | undefined
}
export type SeriesProposals = PairProgram & {
  readonly standing: Standing
  readonly answer: PairProposals
  readonly organizer: MentoringRole
  /** Roles whose own affairs the actor may see. */
  readonly ownRoles: readonly MentoringRole[]
}

/** Proposals kept small enough to compare. */
const PROPOSALS = 5

/**
 * Ranked ways to place a plan's meetings, with reasons; writes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `invalid-plan`, `mailbox-not-found`, `availability-unknown`
 */
export async function proposeSeries(
  deps: RelationshipDeps & PairProgramDeps,
  request: ProposeSeries,
): Promise<SeriesProposals> {
  const { actor, relationshipId, plan, minutes, limit = PROPOSALS } = request
  const { relationship, standing, ownRoles } = await loadRelationship(deps, actor, relationshipId, mayBook)
  const organizer = organizerFor(ownRoles, request.organizer)
  const windows = windowsOfPlan(plan)
  const loaded = await loadPairProgram(deps, { actor, relationship, organizer, minutes, windows })
  return {
    ...loaded,
    standing,
    ownRoles,
    organizer,
    answer: askEngine(() => proposePair({ program: loaded.program, pairId: PAIR_ID, limit })),
  }
}
