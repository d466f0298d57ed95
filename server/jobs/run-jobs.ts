import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { CalendarError } from '../ports/calendar.ts'
import type { Job, JobKind, JobRepository } from '../store/job-repository.ts'

export interface JobRunner {
  /** There may be something due: look now. */
  wake(): void
  /** Takes no more jobs; those under way end or stop between two steps, and what has not after a while is given back. */
  stop(): Promise<void>
}

/** A lost wake-up costs at most this much. */
const POLL_MS = 5_000
/** Tries before a person has to look: about a day of back-off. */
const TRIES_MAX = 30
const BACKOFF_MIN_MS = 1_000
const BACKOFF_MAX_MS = 3_600_000
/** A kind this version does not know is left for a newer one, and looked at again after this long. */
const UNKNOWN_KIND_MS = 60_000
/** How long stopping waits for one request under way; then the lease goes back, and the process must end. */
const STOP_MS = 5_000
/** Series booked at once; each sends its requests one after another. */
const CONCURRENCY = 4

/**
 * Works off jobs until stopped. Leases are fenced by revision, so a worker that lost its lease cannot write the job;
 * handlers go on from what the aggregate says and can be repeated. Real time, not the practice clock.
 */
export function runJobs({
  jobs,
  run,
  knows,
  log,
  leaseMs,
  now = Date.now,
  random = Math.random,
}: {
  readonly jobs: JobRepository
  /** A job whose worker died or was stopped is somebody else's after this long. */
  readonly leaseMs: number
  /** @param signal aborts when the runner stops or has lost its lease: whoever can stop between two steps does, by throwing its reason */
  readonly run: (kind: JobKind, subjectId: string, signal: AbortSignal) => Promise<void>
  /** Whether this version of the service has the kind: a newer one may have left jobs of others. */
  readonly knows: (kind: string) => boolean
  readonly log: Logger
  readonly now?: () => number
  /** [0, 1): spreads retries. */
  readonly random?: () => number
}): JobRunner {
  const owner = randomUUID()
  const running = new Map<Promise<void>, () => Promise<unknown>>()
  const stopping = new AbortController()
  let isLooking = false
  let lookAgain = false
  const timer = setInterval(look, POLL_MS)
  timer.unref()

  function look(): void {
    if (stopping.signal.aborted) return
    if (isLooking) {
      lookAgain = true
      return
    }
    isLooking = true
    takeDueJobs()
      .catch((error: unknown) => log.error({ err: error }, 'jobs could not be read'))
      .finally(() => {
        isLooking = false
        if (lookAgain && !stopping.signal.aborted) {
          lookAgain = false
          look()
        }
      })
  }

  async function takeDueJobs(): Promise<void> {
    while (!stopping.signal.aborted && running.size < CONCURRENCY) {
      const job = await jobs.lease(owner, now(), leaseMs)
      if (!job) return
      if (!knows(job.kind) || stopping.signal.aborted) {
        await jobs.giveBack(job, now() + (knows(job.kind) ? 0 : UNKNOWN_KIND_MS))
        continue
      }
      const held = { job }
      const work = runJob(held)
        .catch((error: unknown) =>
          log.error({ err: error, kind: job.kind, subjectId: job.subjectId }, 'job could not be noted'),
        )
        .finally(() => {
          running.delete(work)
          if (!stopping.signal.aborted) look()
        })
      running.set(work, () => jobs.giveBack(held.job, now()))
    }
  }

  /** @param held the job as this worker last wrote it */
  async function runJob(held: { job: Job }): Promise<void> {
    const { kind, subjectId, tries } = held.job
    const startedAt = now()
    // A series of sixty meetings takes longer than a lease; a worker that was stopped does not extend, and loses it.
    let extending = Promise.resolve()
    const lost = new AbortController()
    const keeper = setInterval(() => {
      extending = extending
        .then(async () => {
          const extended = await jobs.extend(held.job, now() + leaseMs)
          if (extended) held.job = extended
          else lost.abort(LEASE_LOST)
        })
        .catch((error: unknown) => log.warn({ err: error, kind, subjectId }, 'lease not extended'))
    }, leaseMs / 3)
    keeper.unref()
    const letGo = async () => {
      clearInterval(keeper)
      await extending
    }
    try {
      await run(kind, subjectId, AbortSignal.any([stopping.signal, lost.signal]))
      await letGo()
      if (await jobs.finish(held.job)) log.info({ kind, subjectId, tries, ms: now() - startedAt }, 'job done')
      else tellLost(held.job)
    } catch (error) {
      await letGo()
      await noteFailure(held.job, error)
    }
  }

  /** Nothing is noted of a job whose lease was lost. */
  async function noteFailure(job: Job, error: unknown): Promise<void> {
    const { kind, subjectId, tries } = job
    if (error === LEASE_LOST) return tellLost(job)
    if (stopping.signal.aborted && error === stopping.signal.reason) {
      if (!(await jobs.giveBack(job, now()))) return tellLost(job)
      return log.info({ kind, subjectId }, 'job given back')
    }
    const problem = error instanceof CalendarError ? error.code : 'failed'
    if (tries >= TRIES_MAX) {
      if (!(await jobs.bury(job, now(), problem))) return tellLost(job)
      return log.error({ kind, subjectId, tries, problem, err: error }, 'job given up')
    }
    const waitMs = waitBefore(tries, error, random)
    if (!(await jobs.postpone(job, now() + waitMs, problem))) return tellLost(job)
    log.warn({ kind, subjectId, tries, problem, waitMs }, 'job postponed')
    setTimeout(look, waitMs).unref()
  }

  function tellLost({ kind, subjectId }: Job): void {
    log.warn({ kind, subjectId }, 'job is somebody else’s by now')
  }

  return {
    wake: look,
    async stop() {
      stopping.abort(new Error('the service stops'))
      clearInterval(timer)
      let giveUp: NodeJS.Timeout | undefined
      const limit = new Promise<void>((resolve) => {
        giveUp = setTimeout(resolve, STOP_MS)
      })
      await Promise.race([Promise.allSettled([...running.keys()]), limit])
      clearTimeout(giveUp)
      await Promise.allSettled([...running.values()].map((giveBack) => giveBack()))
    },
  }
}

const LEASE_LOST = new Error('another worker has this job by now')

/** Doubles with every try, spread by half; never shorter than what the calendar asked for. */
function waitBefore(tries: number, error: unknown, random: () => number): number {
  const backoff = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(tries - 1, 20))
  const asked = error instanceof CalendarError ? (error.retryAfterMs ?? 0) : 0
  return Math.max(asked, backoff * (0.5 + random() / 2))
}
