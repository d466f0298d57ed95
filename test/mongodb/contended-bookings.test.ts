import { expect, test } from 'vitest'
import { runContendedBookings } from '../faults/contended-bookings.ts'

const SEED = Number(process.env['FAULT_SEED'] ?? 20_261_125)

test(`of rivals for the same time exactly one wins and the others leave nothing, while replies are lost and primaries step down, seed ${SEED}`, {
  timeout: 180_000,
}, async () => {
  const slots = 15
  const run = await runContendedBookings(slots, { seed: SEED, lostBefore: 0.05, lostAfter: 0.1, stepDownEvery: 150 })
  expect(run).toMatchObject({ bookings: 60, won: slots, doubled: 0, unclaimed: 0, leftovers: 0 })
  expect(Object.keys(run.faults)).toEqual(expect.arrayContaining(['lostBefore', 'lostAfter', 'stepDown']))
})
