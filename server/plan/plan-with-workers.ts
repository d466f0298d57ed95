import { Worker } from 'node:worker_threads'
import { type PlanProgrammeOptions, planProgramme } from '../../shared/scheduling/programme/plan-programme.ts'
import { type PartAnswer, type PartRequest, unchangedPart } from '../../shared/scheduling/programme/solve-part.ts'
import type { Plan, Program } from '../../shared/scheduling/types.ts'
import type { PlanWorkerAnswer, PlanWorkerData, PlanWorkerRequest } from './plan-worker.ts'

export type PlanWithWorkersOptions = Omit<PlanProgrammeOptions, 'solvePart' | 'parallel' | 'isStopped'> & {
  readonly workers: number
  /** What the exact solvers of all workers together may take, about; unlimited unless told. */
  readonly solverBytes?: number
  /** Ends the run with the best plan so far. */
  readonly signal?: AbortSignal
  /** Told when an exact model failed, e.g. for want of memory; the bound is weaker for it. */
  readonly onFailure?: (message: string) => void
}

/** How long a worker may take to answer once it is told to stop. */
const GRACE_MS = 300

/**
 * Plans a programme with exact solvers in worker threads. The calling thread only reads the program and keeps the best
 * plan; it is free between parts, so a signal and timers come through.
 * @throws DomainError as `planProgramme`; Error when a worker fails
 */
export async function planWithWorkers(
  program: Program,
  { workers: count, solverBytes = Number.POSITIVE_INFINITY, signal, onFailure, ...options }: PlanWithWorkersOptions,
): Promise<Plan> {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  let abandon = () => {}
  const abandoned = new Promise<void>((resolve) => {
    abandon = resolve
  })
  // Workers notice the flag soon; one that is deep in an exact model is not waited for.
  const end = () => {
    Atomics.store(stop, 0, 1)
    setTimeout(abandon, GRACE_MS).unref()
  }
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end)
  const open = () => openWorker({ stop, solverBytes: solverBytes / count }, onFailure)
  const idle = Array.from({ length: count }, open)
  const workers = new Set(idle)
  const replace = (worker: PartWorker): PartWorker => {
    workers.delete(worker)
    worker.close()
    const fresh = open()
    workers.add(fresh)
    return fresh
  }
  try {
    return await planProgramme(program, {
      ...options,
      parallel: count,
      isStopped: () => Atomics.load(stop, 0) !== 0,
      // No more parts run at a time than there are workers, so one is always idle here.
      solvePart: async (part) => {
        const worker = idle.pop()
        if (!worker) throw new Error('more parts at a time than workers')
        try {
          return await Promise.race([worker.solve(part), abandoned.then(() => unchangedPart(part))])
        } finally {
          idle.push(worker.isSpent() ? replace(worker) : worker)
        }
      },
    })
  } finally {
    signal?.removeEventListener('abort', end)
    await Promise.all([...workers].map((worker) => worker.close()))
  }
}

type PartWorker = {
  readonly isSpent: () => boolean
  readonly solve: (part: PartRequest) => Promise<PartAnswer>
  readonly close: () => Promise<unknown>
}

function openWorker(data: PlanWorkerData, onFailure?: (message: string) => void): PartWorker {
  const worker = startWorker(data)
  const waiting = new Map<number, { resolve: (answer: PartAnswer) => void; reject: (cause: Error) => void }>()
  let failure: Error | undefined
  let lastId = 0
  let isSpent = false
  const fail = (cause: Error) => {
    failure ??= cause
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }
  worker.on('message', ({ id, answer, failure: message, ...worked }: PlanWorkerAnswer) => {
    isSpent = worked.isSpent
    if (message !== undefined) onFailure?.(message)
    waiting.get(id)?.resolve(answer)
    waiting.delete(id)
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`A plan worker ended with code ${code}.`)))
  return {
    isSpent: () => isSpent,
    solve: (part) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure)
        const request: PlanWorkerRequest = { id: ++lastId, part }
        waiting.set(request.id, { resolve, reject })
        worker.postMessage(request)
      }),
    close: () => worker.terminate(),
  }
}

/** From source the loader that runs TypeScript must be set up in the new thread first; the build needs none. */
function startWorker(workerData: PlanWorkerData): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./plan-worker.js', import.meta.url), { workerData })
  }
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const entry = JSON.stringify(new URL('./plan-worker.ts', import.meta.url).href)
  const code = `import(${loader}).then(({ register }) => { register(); return import(${entry}) })`
  return new Worker(code, { eval: true, workerData })
}
