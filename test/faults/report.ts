/** One line of the table that a fault run ends with. */
export type Figure = {
  readonly run: string
  readonly what: string
  readonly found: number | string
  /** What it must be, in words; absent where the figure only informs. */
  readonly target?: string
  readonly isRight: boolean
}

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(({ run, what, found, target, isRight }) => [
    isRight ? 'ok' : 'FAIL',
    run,
    what,
    String(found),
    target ?? '',
  ])
  const head = ['', 'run', 'what', 'found', 'must be']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  process.stdout.write(`\n${[head, ...rows].map(line).join('\n')}\n`)
}

/** A figure that has to be nought. */
export const none = (run: string, what: string, found: number): Figure => ({
  run,
  what,
  found,
  target: '0',
  isRight: found === 0,
})
export const informs = (run: string, what: string, found: number | string): Figure => ({
  run,
  what,
  found,
  isRight: true,
})
export const atMost = (run: string, what: string, found: number, most: number): Figure => ({
  run,
  what,
  found,
  target: `at most ${most}`,
  isRight: found <= most,
})
export const atLeast = (run: string, what: string, found: number, least: number): Figure => ({
  run,
  what,
  found,
  target: `at least ${least}`,
  isRight: found >= least,
})
