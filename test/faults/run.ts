import { spawnSync } from 'node:child_process'
import { Temporal } from 'temporal-polyfill'
import { contend } from './contend.ts'
import { killServer } from './kill-server.ts'
import { loadServer } from './load-server.ts'
import { pauseServers } from './pause-server.ts'
import { type Figure, printFigures } from './report.ts'

/**
 * `npm run test:faults [-- --quick] [-- name ...]`: the runs that take minutes, and a table of what they found. Ends with
 * 1 when a figure is not what it must be.
 */
const QUICK = process.argv.includes('--quick')
const size = (whole: number, quick: number) => (QUICK ? quick : whole)

const RUNS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  simulation: async () => [
    suite('simulation', 'test/faults/simulation.test.ts', { FAULT_SCHEDULES: String(size(10_000, 300)) }),
  ],
  'crash-points': async () => [
    suite('crash points', 'test/faults/crash-points.test.ts', QUICK ? {} : { FAULT_PAIRS: 'all' }),
  ],
  kill: () => killServer(size(300, 10)),
  fuzz: async () => [suite('fuzz', 'test/faults/fuzz.test.ts', { FUZZ_REQUESTS: String(size(10_000, 500)) })],
  storm: async () => [suite('storm', 'test/faults/storm.test.ts', { STORM_POSTS: String(size(10_000, 500)) })],
  contend: () => contend(size(1_000, 40)),
  load: () => loadServer(size(15, 1)),
  pause: () => pauseServers(size(25, 3)),
  clock: async () => [
    suite('clock, a year booked on each day', 'test/booking/department.test.ts', {
      DEPARTMENT_STARTS: bookingDays(size(14, 2)).join(),
    }),
    suite('clock, subscriptions', 'test/sync/notices.test.ts', {}),
  ],
}

/** Days in different months, so that years begin before and after both changes of clocks and hold 29 February 2028. */
function bookingDays(count: number): readonly string[] {
  const first = Temporal.Instant.from('2027-01-11T14:00:00Z')
  return Array.from({ length: count }, (_, n) => first.add({ hours: n * 37 * 24 }).toString())
}

/** A suite of its own process, with its sizes; it prints its figures itself. */
function suite(run: string, file: string, env: Readonly<Record<string, string>>): Figure {
  const { status } = spawnSync('npx', ['vitest', 'run', file], { stdio: 'inherit', env: { ...process.env, ...env } })
  const isRight = status === 0
  return { run, what: 'all of it, as printed above', found: isRight ? 'right' : 'wrong', target: 'right', isRight }
}

const asked = process.argv.slice(2).filter((name) => !name.startsWith('--'))
const unknown = asked.filter((name) => !Object.hasOwn(RUNS, name))
if (unknown.length > 0) {
  process.stderr.write(`No such run: ${unknown.join(', ')}. There are: ${Object.keys(RUNS).join(', ')}.\n`)
  process.exit(2)
}
const figures: Figure[] = []
for (const [name, run] of Object.entries(RUNS)) {
  if (asked.length === 0 || asked.includes(name)) figures.push(...(await run()))
}
printFigures(figures)
process.exitCode = figures.every(({ isRight }) => isRight) ? 0 : 1
