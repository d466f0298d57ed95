import { parentPort, workerData } from 'node:worker_threads'
import {
  type PartAnswer,
  type PartRequest,
  solvePart,
  unchangedPart,
} from '../../shared/scheduling/programme/solve-part.ts'
import { type LoadedSolver, loadExactSolver } from './plan-solver.ts'

/** What a worker is started with: a flag that, once set, ends whatever it does, and what its solver may take. */
export type PlanWorkerData = { readonly stop: Int32Array; readonly solverBytes: number }
export type PlanWorkerRequest = { readonly id: number; readonly part: PartRequest }
export type PlanWorkerAnswer = {
  readonly id: number
  readonly answer: PartAnswer
  /** Its solver has taken all the memory that it may: only the end of the worker gives that back. */
  readonly isSpent: boolean
  /** Why an exact model could not be solved; the part is then as it was. */
  readonly failure?: string
}

// A worker without a parent was started by hand; there is nobody to answer.
if (parentPort) {
  const port = parentPort
  // What `openWorker` passes.
  const { stop, solverBytes } = workerData as PlanWorkerData
  const isStopped = () => Atomics.load(stop, 0) !== 0
  let solver: LoadedSolver | undefined = await loadExactSolver(isStopped, solverBytes)
  const answer = ({ id, part }: PlanWorkerRequest): PlanWorkerAnswer => {
    try {
      const solved = solvePart(part, { solver, isStopped })
      return { id, answer: solved, isSpent: solver === undefined || solver.memoryBytes() > solverBytes }
    } catch (cause) {
      if (part.depth !== 'exact') throw cause
      // A model too large for the solver's memory must not cost the plan found so far. That memory may be spoilt now.
      solver = undefined
      const failure = cause instanceof Error ? cause.message : 'no reason given'
      return { id, answer: unchangedPart(part), isSpent: true, failure }
    }
  }
  port.on('message', (request: PlanWorkerRequest) => port.postMessage(answer(request)))
}
