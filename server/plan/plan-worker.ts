import { parentPort, workerData } from 'node:worker_threads'
import type { ExactSolver } from '../../shared/scheduling/programme/prove-part.ts'
import {
  type PartAnswer,
  type PartRequest,
  solvePart,
  unchangedPart,
} from '../../shared/scheduling/programme/solve-part.ts'
import { loadExactSolver } from './plan-solver.ts'

/** What a worker is started with: a flag that, once set, ends whatever it does. */
export type PlanWorkerData = { readonly stop: Int32Array }
export type PlanWorkerRequest = { readonly id: number; readonly part: PartRequest }
/** `failure` tells why an exact model could not be solved; the part is then as it was. */
export type PlanWorkerAnswer = { readonly id: number; readonly answer: PartAnswer; readonly failure?: string }

// A worker without a parent was started by hand; there is nobody to answer.
if (parentPort) {
  const port = parentPort
  // What `openWorker` passes.
  const { stop } = workerData as PlanWorkerData
  const isStopped = () => Atomics.load(stop, 0) !== 0
  let solver: ExactSolver | undefined = await loadExactSolver(isStopped)
  const answer = ({ id, part }: PlanWorkerRequest): PlanWorkerAnswer => {
    try {
      return { id, answer: solvePart(part, { solver, isStopped }) }
    } catch (cause) {
      if (part.depth !== 'exact') throw cause
      // A model too large for the solver's memory must not cost the plan found so far. That memory may be spoilt now.
      solver = undefined
      loadExactSolver(isStopped).then((fresh) => {
        solver = fresh
      })
      return { id, answer: unchangedPart(part), failure: cause instanceof Error ? cause.message : 'no reason given' }
    }
  }
  port.on('message', (request: PlanWorkerRequest) => port.postMessage(answer(request)))
}
