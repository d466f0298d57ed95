import loadHighs, { type Highs, type Model } from 'highs'
import type { MixedIntegerModel } from '../../shared/scheduling/programme/exact-model.ts'
import type { ExactSolver } from '../../shared/scheduling/programme/prove-part.ts'

/** An exact solver and what it holds: memory that it took for one model is used again, and never given back. */
export type LoadedSolver = ExactSolver & { readonly memoryBytes: () => number }

/**
 * HiGHS as the exact solver of the engine. Its calls block the thread, so it belongs in a worker; `isEnded` is asked
 * while it works and ends a call early.
 * @param memoryBytes a call that has taken more is ended where it is, with the best that it found
 */
export async function loadExactSolver(
  isEnded: () => boolean,
  memoryBytes = Number.POSITIVE_INFINITY,
): Promise<LoadedSolver> {
  const highs = await load({ print: () => undefined, printErr: () => undefined })
  const isStopped = () => isEnded() || highs.memoryBytes > memoryBytes
  return {
    memoryBytes: () => highs.memoryBytes,
    relax: (model, { seconds, effort, spend }) =>
      withModel(highs, model, false, (opened) => {
        opened.options.set({ ...QUIET, time_limit: Math.max(0, seconds) })
        spend(run(highs, opened, { seconds, steps: effort * ITERATIONS, isStopped }) / ITERATIONS)
        if (opened.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined
        const { colValue, rowDual } = opened.getSolution()
        return { values: colValue, duals: rowDual }
      }),
    solve: (model, { seconds, effort, gap, spend }) =>
      withModel(highs, model, true, (opened) => {
        opened.options.set({ ...QUIET, time_limit: Math.max(0, seconds), mip_rel_gap: 0, mip_abs_gap: gap })
        opened.setSolution({ colValue: model.start })
        spend(run(highs, opened, { seconds, steps: effort, isStopped }))
        const isFeasible = opened.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
        const bound = Number(opened.info.get('mip_dual_bound'))
        return {
          values: isFeasible ? opened.getSolution().colValue : model.start,
          bound: Number.isFinite(bound) ? bound : Number.NEGATIVE_INFINITY,
        }
      }),
  }
}

/** The package's types describe its CommonJS face; as an ES module its default export is the loader itself. */
const load = loadHighs as unknown as typeof loadHighs.default

/** Presolve costs more than it saves: the engine has already dropped what prices prove too dear. */
const QUIET = { output_flag: false, presolve: 'off', random_seed: 0 } as const

/** Simplex iterations that take about as long as HiGHS takes from one check of a 0/1 model to the next. */
const ITERATIONS = 2000

/**
 * Runs a model to its end or that of what it may take, and answers the steps it took. It is asked at fixed points of the
 * algorithm: so steps end it at the same point every time, and the clock is seen more often than HiGHS looks at its own.
 */
function run(
  highs: Highs,
  model: Model,
  {
    seconds,
    steps,
    isStopped,
  }: { readonly seconds: number; readonly steps: number; readonly isStopped: () => boolean },
): number {
  const endsAt = performance.now() + seconds * 1000
  let asked = 0
  const { simplexInterrupt, mipInterrupt } = highs.constants.callbackType
  const check = (event: { interrupt(): void }) => {
    if (++asked > steps || performance.now() > endsAt || isStopped()) event.interrupt()
    return undefined
  }
  model.run({ [simplexInterrupt]: check, [mipInterrupt]: check })
  return asked
}

function withModel<Result>(
  highs: Highs,
  { columnCost, rowLower, rowUpper, rowStart, rowColumn, rowValue }: MixedIntegerModel,
  isWhole: boolean,
  use: (model: Model) => Result,
): Result {
  const numCols = columnCost.length
  const numRows = rowUpper.length
  const model = highs.createModel({
    numCols,
    numRows,
    colCost: columnCost,
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: rowLower.map((lower) => (lower === Number.NEGATIVE_INFINITY ? -highs.infinity : lower)),
    rowUpper,
    matrix: { format: 'csr', numRows, numCols, starts: rowStart, indices: rowColumn, values: rowValue },
    ...(isWhole ? { integrality: new Int32Array(numCols).fill(highs.constants.variableType.integer) } : {}),
  })
  try {
    return use(model)
  } finally {
    model.dispose()
  }
}
