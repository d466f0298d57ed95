import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type JobRepository, jobRepository } from '../../server/store/job-repository.ts'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { type SeriesRepository, seriesRepository } from '../../server/store/series-repository.ts'
import { bookingJob } from '../../server/use-cases/booking/book-series.ts'
import { castOf } from '../practice-cast.ts'
import { type ServerProcess, startServersOnDouble } from '../start-servers.ts'
import type { Caller } from '../start-service.ts'
import { freeTimes } from './free-times.ts'
import { type BookedSeries, lookAtAll } from './look-at-all.ts'
import { atLeast, type Figure, informs, none } from './report.ts'
import { until } from './until.ts'

const RUN = 'SIGSTOP'
const LEASE_SECONDS = 2
const WAIT = { withinMs: 60_000 }
/** Of Graph, so that a stop meets a booking under way. */
const SLOW_MS = 40
const FREE_DAYS = 120

/**
 * Two real servers on one database: the one that books is stopped beyond its lease, the other takes the booking to its
 * end, and the first goes on where it was. Nothing that it writes then may change anything.
 */
export async function pauseServers(pauses: number): Promise<readonly Figure[]> {
  const settings = { JOB_LEASE_SECONDS: String(LEASE_SECONDS), LOG_LEVEL: 'info', REQUESTS_PER_MINUTE: '100000' }
  const running = await startServersOnDouble(2, {}, settings)
  const store = await openMongoStore(running.uri)
  const stored = { jobs: await jobRepository(store), series: await seriesRepository(store) }
  try {
    const [slow, other] = running.servers
    if (!slow || !other) throw new Error('Two servers were asked for.')
    const [cast, otherCast] = await Promise.all([castOf(slow), castOf(other)])
    const told: BookedSeries[] = []
    const sums = { held: 0, refused: 0, changed: 0 }
    for (const pair of cast.pairs) {
      const callers = await Promise.all([cast.as(pair.mentee), otherCast.as(pair.mentee)])
      for (const body of await freeTimes(callers[0], pair.relationshipId, FREE_DAYS)) {
        if (sums.held >= pauses) break
        const seriesId = randomUUID()
        const path = `/api/relationships/${pair.relationshipId}/series/${seriesId}`
        running.practice.tenant.faults.add([{ count: 100, delayMs: SLOW_MS }])
        const outcome = await bookAndStop({ slow, other, callers, stored, path, seriesId, body })
        running.practice.tenant.faults.clear()
        if (outcome === undefined) continue
        told.push({ caller: callers[1], path, seriesId, organizerId: pair.mentee.id, isCalledOff: false })
        if (!outcome.isHeld) continue
        sums.held++
        if (outcome.isRefused) sums.refused++
        if (outcome.isChanged) sums.changed++
      }
    }
    const found = await lookAtAll(running.practice, { series: told, goals: [] })
    return [
      informs(RUN, 'bookings acknowledged', told.length),
      atLeast(RUN, 'stopped with a lease in hand', sums.held, pauses),
      atLeast(RUN, 'came back and was refused', sums.refused, sums.held),
      none(RUN, 'documents changed by who came back', sums.changed),
      none(RUN, 'lost', found.lost),
      none(RUN, 'duplicated', found.duplicated),
      none(RUN, 'orphans', found.orphans),
      none(RUN, 'repeat mails', found.repeatMails),
    ]
  } finally {
    await store.close()
    await running.close()
  }
}

async function bookAndStop({
  slow,
  other,
  callers,
  stored,
  path,
  seriesId,
  body,
}: {
  readonly slow: ServerProcess
  readonly other: ServerProcess
  readonly callers: readonly [Caller, Caller]
  readonly stored: Stored
  readonly path: string
  readonly seriesId: string
  readonly body: object
}): Promise<{ readonly isHeld: boolean; readonly isRefused: boolean; readonly isChanged: boolean } | undefined> {
  // Only the one that will be stopped may take the job.
  await other.signal('SIGSTOP')
  const booked = await callers[0].put(path, body)
  await pause(randomInt(0, 5 * SLOW_MS))
  await slow.signal('SIGSTOP')
  await other.signal('SIGCONT')
  if (booked.status !== 202) {
    await slow.signal('SIGCONT')
    return undefined
  }
  const jobId = bookingJob(seriesId).id
  const isHeld = (await stored.jobs.find(jobId))?.state === 'leased'
  const linesBefore = slow.output().length
  await until(async () => (await callers[1].get(path)).body.state === 'booked', WAIT)
  await until(async () => (await stored.jobs.find(jobId))?.state === 'done', WAIT)
  const documents = async () => JSON.stringify([await stored.series.get(seriesId), await stored.jobs.find(jobId)])
  const before = await documents()
  await slow.signal('SIGCONT')
  const isRefused = !isHeld || (await until(async () => isTold(slow.output().slice(linesBefore), seriesId), WAIT))
  const isChanged = (await documents()) !== before
  return { isHeld, isRefused, isChanged }
}

type Stored = { readonly jobs: JobRepository; readonly series: SeriesRepository }

const isTold = (output: string, seriesId: string): boolean =>
  output.split('\n').some((line) => line.includes(seriesId) && line.includes('somebody else'))
