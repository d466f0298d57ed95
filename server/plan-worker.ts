import { parentPort, workerData } from 'node:worker_threads'
import { type PartAnswer, type PartRequest, solvePart } from '../shared/scheduling/programme/solve-part.ts'
import { loadExactSolver } from './plan-solver.ts'

/** What a worker is started with: a flag that, once set, ends whatever it does. */
export type PlanWorkerData = { readonly stop: Int32Array }
export type PlanWorkerRequest = { readonly id: number; readonly part: PartRequest }
export type PlanWorkerAnswer = { readonly id: number; readonly answer: PartAnswer }

// A worker without a parent was started by hand; there is nobody to answer.
if (parentPort) {
  const port = parentPort
  const { stop } = workerData as PlanWorkerData
  const isStopped = () => Atomics.load(stop, 0) !== 0
  const solver = await loadExactSolver(isStopped)
  port.on('message', ({ id, part }: PlanWorkerRequest) => {
    const answer: PlanWorkerAnswer = { id, answer: solvePart(part, { solver, isStopped }) }
    port.postMessage(answer)
  })
}
