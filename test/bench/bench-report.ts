/** One measured figure. `target` is what DESIGN section 9 or SCHEDULING section 6 asks for, `isMet` whether it held. */
export type BenchFigure = {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly target?: string
  readonly isMet?: boolean
}
export type BenchReport = { readonly name: string; readonly figures: readonly BenchFigure[] }

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

const format = (value: number): string =>
  // What was asked for was not reached, e.g. no plan in the time.
  !Number.isFinite(value) ? 'none' : Number.isInteger(value) ? value.toLocaleString('en-US') : value.toPrecision(3)

/**
 * Middle of the times of several runs of each task, taken in turns so that all meet the same machine. In ms of processor
 * time: on a machine that others use, waiting for a turn would make long tasks look longer than they are.
 */
export function compareTimes<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Readonly<Record<Name, number>> {
  // Object.keys widens; these are the names of the tasks.
  const names = Object.keys(tasks) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const start = process.cpuUsage()
      tasks[name]()
      const { user, system } = process.cpuUsage(start)
      times.get(name)?.push((user + system) / 1000)
    }
  }
  return Object.fromEntries(names.map((name) => [name, middle(times.get(name) ?? [])])) as Record<Name, number>
}

export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
