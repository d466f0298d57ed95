import { Temporal } from 'temporal-polyfill'
import { deriveUuid } from '../../server/derive-ids.ts'
import type { DocumentStore } from '../../server/store/document-store.ts'
import { jobRepository } from '../../server/store/job-repository.ts'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { relationshipRepository } from '../../server/store/relationship-repository.ts'
import { seriesRepository } from '../../server/store/series-repository.ts'
import { bookingJob } from '../../server/use-cases/booking/book-series.ts'
import { asId } from '../../shared/domain/ids.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import type { FaultPlan } from '../mongodb-double/faults.ts'
import { startMongoDouble } from '../mongodb-double/start-double.ts'
import { aPlannedSeries, TENANT, thePair } from './a-series.ts'

/** Of these `doubled`, `unclaimed` and `leftovers` must be 0, and `won` must be the number of slots. */
export type ContendedBookings = {
  readonly bookings: number
  readonly slots: number
  readonly won: number
  /** Slots that more than one booking was told to have. */
  readonly doubled: number
  /** Slots that none got. */
  readonly unclaimed: number
  /** Documents of bookings that lost, and documents that a winner lacks. */
  readonly leftovers: number
  /** What went wrong meanwhile, by kind. */
  readonly faults: Readonly<Record<string, number>>
}

const STORES = 2
const CONTENDERS = 4
const SLOTS_AT_ONCE = 5

/** Several connections on one database book the same times, all at once, while the database fails as planned. */
export async function runContendedBookings(slots: number, faults: FaultPlan): Promise<ContendedBookings> {
  const double = await startMongoDouble({ transactionLifetimeMs: 2_000 })
  const stores = await Promise.all(Array.from({ length: STORES }, () => openMongoStore(double.uri('contended'))))
  const repositories = await Promise.all(
    stores.map(async (store) => {
      await jobRepository(store)
      return { relationships: await relationshipRepository(store), series: await seriesRepository(store) }
    }),
  )
  double.setFaults(faults)
  const winners: MentoringSeries[][] = []
  for (let from = 0; from < slots; from += SLOTS_AT_ONCE) {
    const batch = Array.from({ length: Math.min(SLOTS_AT_ONCE, slots - from) }, (_, n) => from + n)
    const outcomes = await Promise.all(
      batch.map(async (slot) => {
        const rivals = Array.from({ length: CONTENDERS }, (_, rival) => aRival(slot, rival))
        const told = await Promise.all(
          rivals.map(async (series, n) => {
            const repository = repositories[n % STORES]
            const pair = { ...thePair, id: series.relationshipId }
            await repository?.relationships.add(pair)
            return repository?.series.add(series, bookingJob(series.id), { value: pair, rev: 1 })
          }),
        )
        return rivals.filter((_, n) => told[n] === 'added')
      }),
    )
    winners.push(...outcomes)
  }
  const counts = { ...double.faults }
  double.setFaults({ seed: 0 })
  // There is at least one store.
  const leftovers = await countLeftovers(stores[0] as DocumentStore, winners.flat())
  await Promise.all(stores.map((store) => store.close()))
  await double.close()
  return {
    bookings: slots * CONTENDERS,
    slots,
    won: winners.flat().length,
    doubled: winners.filter((each) => each.length > 1).length,
    unclaimed: winners.filter((each) => each.length === 0).length,
    leftovers,
    faults: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  }
}

/** A booking of one hour of its own for each slot, of a pair of its own for each rival: what they contend for is people's time. */
function aRival(slot: number, rival: number): MentoringSeries {
  const planned = aPlannedSeries(0, false)
  const later = (instant: string) => Temporal.Instant.from(instant).add({ hours: slot }).toString()
  return {
    ...planned,
    id: asId(deriveUuid('rival', slot, rival)),
    relationshipId: asId(deriveUuid('pair', slot, rival)),
    meetings: planned.meetings.map((meeting) => ({
      ...meeting,
      startsAt: later(meeting.startsAt),
      endsAt: later(meeting.endsAt),
    })),
  }
}

/** Compares what is stored with what the winners alone would have left. */
async function countLeftovers(store: DocumentStore, winners: readonly MentoringSeries[]): Promise<number> {
  const people = [thePair.menteeId, thePair.mentorId]
  const expected = new Set(
    winners.flatMap((series) => [
      `series ${series.id}`,
      `jobs ${bookingJob(series.id).id}`,
      ...series.meetings.flatMap(({ startsAt }) =>
        [0, 15, 30].flatMap((minutes) =>
          people.map((person) => {
            const at = Temporal.Instant.from(startsAt).add({ minutes })
            return `claims ${person}|${at} ${series.id}`
          }),
        ),
      ),
    ]),
  )
  const claims = await store.find<Claim>('claims', {})
  const found = new Set([
    ...(await store.find('series', { tenantId: TENANT })).map(({ id }) => `series ${id}`),
    ...(await store.find('jobs', {})).map(({ id }) => `jobs ${id}`),
    ...claims.map(({ personId, at, seriesId }) => `claims ${personId}|${at} ${seriesId}`),
  ])
  return [...found].filter((one) => !expected.has(one)).length + [...expected].filter((one) => !found.has(one)).length
}
type Claim = {
  readonly id: string
  readonly rev: number
  readonly personId: string
  readonly at: string
  readonly seriesId: string
}
