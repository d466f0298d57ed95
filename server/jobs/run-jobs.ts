import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { CalendarError } from '../ports/calendar.ts'
import type { Job, JobKind, JobRepository } from '../store/job-repository.ts'

export type JobHandler = (subjectId: string) => Promise<void>
export interface JobRunner {
  /** There may be something due: look now. */
  wake(): void
  /** Takes no more jobs and resolves when those under way have ended. */
  stop(): Promise<void>
}

/** A job whose worker died is somebody else's after this long; a series takes seconds. */
const LEASE_MS = 120_000
/** A lost wake-up costs at most this much. */
const POLL_MS = 5_000
/** Tries before a person has to look: about a day of back-off. */
const TRIES_MAX = 30
const BACKOFF_MIN_MS = 1_000
const BACKOFF_MAX_MS = 3_600_000
/** Series booked at once; each sends its requests one after another. */
const CONCURRENCY = 4

/**
 * Works off jobs until stopped. Leases are fenced by revision, so a worker that lost its lease cannot write the job;
 * handlers go on from what the aggregate says and can be repeated. Real time, not the practice clock.
 */
export function runJobs({
  jobs,
  handlers,
  log,
  now = Date.now,
  random = Math.random,
}: {
  readonly jobs: JobRepository
  readonly handlers: Readonly<Record<JobKind, JobHandler>>
  readonly log: Logger
  readonly now?: () => number
  /** [0, 1): spreads retries. */
  readonly random?: () => number
}): JobRunner {
  const owner = randomUUID()
  const running = new Set<Promise<void>>()
  let stopped = false
  let isLooking = false
  let lookAgain = false
  const timer = setInterval(look, POLL_MS)
  timer.unref()

  function look(): void {
    if (isLooking) {
      lookAgain = true
      return
    }
    isLooking = true
    takeDueJobs()
      .catch((error: unknown) => log.error({ err: error }, 'jobs could not be read'))
      .finally(() => {
        isLooking = false
        if (lookAgain && !stopped) {
          lookAgain = false
          look()
        }
      })
  }

  async function takeDueJobs(): Promise<void> {
    while (!stopped && running.size < CONCURRENCY) {
      const job = await jobs.lease(owner, now(), LEASE_MS)
      if (!job) return
      const work = runJob(job)
        .catch((error: unknown) =>
          log.error({ err: error, kind: job.kind, subjectId: job.subjectId }, 'job could not be noted'),
        )
        .finally(() => {
          running.delete(work)
          if (!stopped) look()
        })
      running.add(work)
    }
  }

  async function runJob(leased: Job): Promise<void> {
    const { kind, subjectId, tries } = leased
    const startedAt = now()
    let job = leased
    // A series of sixty meetings takes longer than a lease; a worker that was stopped does not extend, and loses it.
    let extending = Promise.resolve()
    const keeper = setInterval(() => {
      extending = extending
        .then(async () => {
          job = (await jobs.extend(job, now() + LEASE_MS)) ?? job
        })
        .catch((error: unknown) => log.warn({ err: error, kind, subjectId }, 'lease not extended'))
    }, LEASE_MS / 3)
    keeper.unref()
    const letGo = async () => {
      clearInterval(keeper)
      await extending
    }
    try {
      await handlers[kind](subjectId)
      await letGo()
      await jobs.finish(job)
      log.info({ kind, subjectId, tries, ms: now() - startedAt }, 'job done')
    } catch (error) {
      await letGo()
      const problem = error instanceof CalendarError ? error.code : 'failed'
      if (tries >= TRIES_MAX) {
        await jobs.bury(job, problem)
        log.error({ kind, subjectId, tries, problem, err: error }, 'job given up')
        return
      }
      const waitMs = waitBefore(tries, error, random)
      await jobs.postpone(job, now() + waitMs, problem)
      log.warn({ kind, subjectId, tries, problem, waitMs }, 'job postponed')
      const again = setTimeout(look, waitMs)
      again.unref()
    }
  }

  return {
    wake: look,
    async stop() {
      stopped = true
      clearInterval(timer)
      await Promise.allSettled([...running])
    },
  }
}

/** Doubles with every try, spread by half; never shorter than what the calendar asked for. */
function waitBefore(tries: number, error: unknown, random: () => number): number {
  const backoff = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(tries - 1, 20))
  const asked = error instanceof CalendarError ? (error.retryAfterMs ?? 0) : 0
  return Math.max(asked, backoff * (0.5 + random() / 2))
}
