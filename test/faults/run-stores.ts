import { runContendedBookings } from './contended-bookings.ts'
import { runEmbeddedKills } from './embedded-kills.ts'

/**
 * `npm run test:faults:stores`: the long runs against the stores, with their figures. Ends with 1 when anything was lost,
 * torn or given twice. FAULT_SEED repeats a run.
 */
const seed = Number(process.env['FAULT_SEED'] ?? 20_261_125)
const KILLS = 300
const SLOTS = 250
process.stdout.write(`Seed ${seed}\n\n`)

const kills = await runEmbeddedKills({ kills: KILLS, seed })
print('Embedded store, SIGKILL while it writes', kills)
const bookings = await runContendedBookings(SLOTS, { seed, lostBefore: 0.05, lostAfter: 0.1, stepDownEvery: 150 })
print('MongoDB double, four rivals for each slot', bookings)

const isRight =
  kills.lost + kills.torn + kills.failedStarts === 0 &&
  bookings.won === SLOTS &&
  bookings.doubled + bookings.unclaimed + bookings.leftovers === 0
process.exitCode = isRight ? 0 : 1

function print(title: string, figures: object): void {
  const lines = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(14)} ${show(value)}`)
  process.stdout.write(`${title}\n${lines.join('\n')}\n\n`)
}
function show(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value))
  return Object.entries(value as object)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
