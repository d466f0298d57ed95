/** One measured figure. `target` is what DESIGN section 9 or SCHEDULING section 6 asks for, `isMet` whether it held. */
export type BenchFigure = {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly target?: string
  readonly isMet?: boolean
}
export type BenchReport = { readonly name: string; readonly figures: readonly BenchFigure[] }

/** The figure with what it may be at most. */
export const atMost = (figure: BenchFigure, limit: number): BenchFigure => ({
  ...figure,
  target: `<= ${format(limit)}`,
  isMet: figure.value <= limit,
})
/** The figure with what it must be at least. */
export const atLeast = (figure: BenchFigure, limit: number): BenchFigure => ({
  ...figure,
  target: `>= ${format(limit)}`,
  isMet: figure.value >= limit,
})

/** A plain table for a terminal. */
export function tableOf({ name, figures }: BenchReport): string {
  const rows = figures.map(({ what, value, unit, target = '', isMet }) => [
    what,
    format(value),
    unit,
    target,
    isMet === undefined ? '' : isMet ? 'met' : 'NOT MET',
  ])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  return [name, ...lines].join('\n')
}

function format(value: number): string {
  // What was asked for was not reached, e.g. no plan in the time.
  if (!Number.isFinite(value)) return 'none'
  return value >= 1_000 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)
}

/**
 * Middle of the times that several turns of each task took for one run, the tasks one after the other so that all meet
 * the same machine. In ms of processor time: on a machine that others use, waiting would make long tasks look longer
 * than they are. A turn is several runs: a single short one would pay for what the task before it left to clear away.
 */
export function compareTimes<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  turns: number,
  runs: number,
): Readonly<Record<Name, number>> {
  // Object.keys widens; these are the names of the tasks.
  const names = Object.keys(tasks) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let turn = 0; turn < turns; turn++) {
    for (const name of names) {
      const start = process.cpuUsage()
      for (let run = 0; run < runs; run++) tasks[name]()
      const { user, system } = process.cpuUsage(start)
      times.get(name)?.push((user + system) / 1000 / runs)
    }
  }
  return Object.fromEntries(names.map((name) => [name, middle(times.get(name) ?? [])])) as Record<Name, number>
}

export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
