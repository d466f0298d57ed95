import { DomainError } from '../../domain/errors.ts'
import { buildFreeRows } from '../rows.ts'
import { DEFAULT_WEIGHTS } from '../soft-cost.ts'
import type { Plan, Program, Weights } from '../types.ts'
import { buildPlacement } from './build-placement.ts'
import { faultsOfPairs } from './check-pairs.ts'
import { groupsByHub } from './group-pairs.ts'
import { type PartAnswer, type PartRequest, solvePart } from './solve-part.ts'
import { type PlacementProgress, solvePlacement } from './solve-placement.ts'
import { writePlan } from './write-plan.ts'

/** Where a run stands; `elapsedSeconds` counts from the call. */
export type PlanProgress = PlacementProgress & { readonly elapsedSeconds: number }

export type PlanProgrammeOptions = {
  /** Time budget; 10 unless told. The best plan found is returned when it ends. */
  readonly seconds?: number
  /**
   * Work budget, about one step per candidate start that is looked at; unlimited unless told. A run ends at whichever of
   * steps, seconds and proof comes first.
   */
  readonly steps?: number
  /** Same program, seed, steps and `parallel: 1`: same plan, unless the clock or a stop cuts the run short. */
  readonly seed?: number
  readonly weights?: Weights
  /** Runs one part elsewhere, e.g. in a worker with an exact solver; here, and without one, unless told. */
  readonly solvePart?: (request: PartRequest) => Promise<PartAnswer>
  /** How many parts `solvePart` can run at a time; 1 unless told. */
  readonly parallel?: number
  /** Asked often; true ends the run with the best plan so far. */
  readonly isStopped?: () => boolean
  readonly report?: (progress: PlanProgress) => void
}

const SECONDS = 10
/** Share of the budget kept for writing the plan and its reasons. */
const WRITING = 0.05

/**
 * Plans the meetings of a whole programme at once: unplaced windows, exceptions from each pair's series and
 * inconvenience as few as can be found, with a bound that no plan can undercut. `bound.proved` says that the plan is
 * a best one. No hard rule is ever traded.
 * @throws DomainError `invalid-plan` with the path of each fault, `unknown-time-zone`, `too-large`
 */
export async function planProgramme(program: Program, options: PlanProgrammeOptions = {}): Promise<Plan> {
  const startedAt = performance.now()
  const elapsedSeconds = () => (performance.now() - startedAt) / 1000
  const faults = faultsOfPairs(program)
  const [first] = faults
  if (first) throw new DomainError('invalid-plan', `${first.path}: ${first.message}`, faults)
  const seconds = (options.seconds ?? SECONDS) * (1 - WRITING)
  const rows = buildFreeRows(program)
  const placement = buildPlacement(rows, program, options.weights ?? DEFAULT_WEIGHTS)
  const { report, isStopped } = options
  const solved = await solvePlacement(placement.model, groupsByHub(placement.participants, rows.people.length), {
    solvePart: options.solvePart ?? ((request) => Promise.resolve(solvePart(request, { isStopped }))),
    parallel: options.parallel ?? 1,
    seconds: seconds - elapsedSeconds(),
    steps: options.steps ?? Number.POSITIVE_INFINITY,
    seed: options.seed ?? 1,
    isStopped: isStopped ?? (() => false),
    report: (progress) => report?.({ ...progress, elapsedSeconds: elapsedSeconds() }),
  })
  return writePlan(rows, placement, solved)
}
