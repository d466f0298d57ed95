import { randomUUID } from 'node:crypto'
import { BOOKED_PAIRS } from '../../server/practice/seed/seed-service.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { startServersOnDouble } from '../start-servers.ts'
import type { Caller } from '../start-service.ts'
import { freeTimes } from './free-times.ts'
import { type Figure, informs, none } from './report.ts'
import { until } from './until.ts'

const CONTENDERS = 4
/** Of all replies of the database, while every so often another member becomes primary. */
const LOST = 0.05
const SEED = 7
const SLOTS_PER_PRIMARY = 10

type Slot = { readonly callers: readonly Caller[]; readonly path: string; readonly body: object }
/** Times are looked for so far ahead. */
const DAYS = 160
/** The servers book the seed's meetings within this. */
const SEED_MS = 300_000

/**
 * Two real server processes on one database: for each time four bookings at once, two through each server, while
 * replies of the database are lost and its primary steps down.
 */
export async function contend(bookings: number): Promise<readonly Figure[]> {
  const run = 'two servers, one database'
  const running = await startServersOnDouble(2)
  try {
    const casts = await Promise.all(running.servers.map((server) => castOf(server)))
    if (casts[0]) await seedIsBooked(casts[0])
    const slots: Slot[] = []
    const busy = new Set<string>()
    for (const pair of casts[0]?.pairs ?? []) {
      if (slots.length >= bookings / CONTENDERS) break
      // Times of two pairs must not be in each other's way.
      if (busy.has(pair.mentor.id) || busy.has(pair.mentee.id)) continue
      busy.add(pair.mentor.id).add(pair.mentee.id)
      const callers = await Promise.all(casts.map((cast) => cast.as(pair.mentee)))
      const path = `/api/relationships/${pair.relationshipId}/series`
      const free = callers[0] ? await freeTimes(callers[0], pair.relationshipId, DAYS) : []
      slots.push(...free.map((body) => ({ callers, path, body })))
    }
    slots.splice(Math.ceil(bookings / CONTENDERS))
    running.double.setFaults({ seed: SEED, lostAfter: LOST })
    const sums = { acknowledged: 0, refused: 0, unclear: 0, twice: 0, lost: 0, won: 0, stepDowns: 0 }
    for (const [slot, { callers, path, body }] of slots.entries()) {
      if (slot % SLOTS_PER_PRIMARY === SLOTS_PER_PRIMARY - 1) {
        running.double.stepDown()
        sums.stepDowns++
      }
      const ids = Array.from({ length: CONTENDERS }, () => randomUUID())
      const answers = await Promise.all(ids.map((id, n) => callers[n % callers.length]?.put(`${path}/${id}`, body)))
      const acknowledged = ids.filter((_, n) => answers[n]?.status === 202)
      sums.acknowledged += acknowledged.length
      sums.refused += answers.filter((answer) => answer?.status === 409).length
      sums.unclear += answers.filter((answer) => (answer?.status ?? 500) >= 500).length
      const kept = await keptOf(ids, (id) => callers[0]?.get(`${path}/${id}`))
      if (kept.length > 1) sums.twice++
      if (kept.length === 1) sums.won++
      sums.lost += acknowledged.filter((id) => !kept.includes(id)).length
    }
    return [
      informs(run, 'bookings sent', slots.length * CONTENDERS),
      informs(run, 'acknowledged', sums.acknowledged),
      informs(run, 'refused', sums.refused),
      informs(run, 'without a clear answer', sums.unclear),
      informs(run, 'replies lost', running.double.faults.lostAfter),
      informs(run, 'primary stepped down', sums.stepDowns),
      {
        run,
        what: 'times with one winner',
        found: sums.won,
        target: String(slots.length),
        isRight: slots.length > 0 && sums.won === slots.length,
      },
      none(run, 'times with two winners', sums.twice),
      none(run, 'acknowledged and lost', sums.lost),
    ]
  } finally {
    await running.close()
  }
}

/** The servers book the year of some pairs by themselves; until they have, a time may be taken between two looks. */
async function seedIsBooked({ coordinator, programmeId }: Cast): Promise<void> {
  const isBooked = await until(
    async () => {
      const { body } = await coordinator.get(`/api/programmes/${programmeId}/pairs`)
      const pairs: readonly { readonly booked: number; readonly pending: number }[] = body.pairs
      const booked = pairs.filter(({ booked }) => booked > 0)
      return booked.length >= BOOKED_PAIRS && pairs.every(({ pending }) => pending === 0)
    },
    { withinMs: SEED_MS, everyMs: 500 },
  )
  if (!isBooked) throw new Error('The seeded pairs were not booked in time.')
}

async function keptOf(
  ids: readonly string[],
  ask: (id: string) => Promise<{ readonly status: number }> | undefined,
): Promise<readonly string[]> {
  const kept: string[] = []
  for (const id of ids) {
    for (let tries = 0; tries < 20; tries++) {
      const status = (await ask(id))?.status ?? 500
      if (status === 200) kept.push(id)
      if (status < 500) break
    }
  }
  return kept
}
