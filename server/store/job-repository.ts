import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

export const JOBS = 'jobs'
const PRUNED_AT_ONCE = 200
/** Names of the kinds of work; server/jobs/job-kinds.ts says what each does. */
export type JobKind =
  | 'book-series'
  | 'check-meetings'
  | 'expire-text'
  | 'keep-clocks'
  | 'prune-audit'
  | 'prune-jobs'
  | 'settle-meeting'
  | 'sweep-series'
  | 'sync-mailbox'
  | 'watch-mailbox'

/** A wake-up: it may be lost or come twice; the work itself is in the aggregate it names. Times are epoch milliseconds. */
export type Job = StoredDocument & {
  readonly kind: JobKind
  readonly subjectId: string
  readonly state: 'due' | 'leased' | 'done' | 'dead'
  /** When to take it; of a leased or done job when the lease ends, of a dead one when it was given up. */
  readonly dueAt: number
  readonly tries: number
  readonly owner?: string
  /** Code of the last failure. */
  readonly problem?: string
}
export type NewJob = Omit<Job, 'rev'>

/** A job that is due at once unless told. @param dueAt epoch milliseconds */
export const newJob = (id: string, kind: JobKind, subjectId: string, dueAt = 0): NewJob => ({
  id,
  kind,
  subjectId,
  state: 'due',
  dueAt,
  tries: 0,
})

export interface JobRepository {
  /** Leases the job due longest, or one whose lease ran out; only one of many callers gets it. */
  lease(owner: string, now: number, leaseMs: number): Promise<Job | undefined>
  /** False when the lease was lost: then nothing was written. */
  finish(job: Job): Promise<boolean>
  /** Due again at `dueAt`; false when the lease was lost. */
  postpone(job: Job, dueAt: number, problem: string): Promise<boolean>
  /** Gives the lease back unused: due at `dueAt`, and the try does not count. */
  giveBack(job: Job, dueAt: number): Promise<boolean>
  /** Given up at `now`; a person has to look. */
  bury(job: Job, now: number, problem: string): Promise<boolean>
  /** Holds the lease for longer; the job as it is now, or nothing when the lease was lost. */
  extend(job: Job, until: number): Promise<Job | undefined>
  /**
   * Makes a job due that is not there or is done; one that is due or under way is left alone, a buried one unless `revive`.
   * @returns whether it will still run from its start: one that is under way may have looked already
   */
  ensure(job: NewJob, options?: { readonly revive: boolean }): Promise<boolean>
  find(id: string): Promise<Job | undefined>
  listDead(): Promise<readonly Job[]>
  /**
   * Removes done jobs whose lease ended before an instant, in epoch milliseconds. To `ensure` a done job is the same as
   * none, so nothing is done twice for it. Buried ones stay for the person who has to look.
   */
  prune(before: number): Promise<void>
}

/** Leases fenced by revision: whoever lost a lease cannot write any more. */
export async function jobRepository(store: DocumentStore): Promise<JobRepository> {
  await store.define(JOBS, [{ name: 'byDue', fields: ['state', 'dueAt'] }])
  const replace = ({ rev, owner: _, ...job }: Job, change: Partial<Job>) =>
    store.replaceIf<Job>(JOBS, rev, { ...job, ...change })
  return {
    async lease(owner, now, leaseMs) {
      for (const state of ['due', 'leased'] as const) {
        for (const job of await store.find<Job>(JOBS, { state, dueAt: { lte: now } }, { sort: ['dueAt'], limit: 8 })) {
          const { rev, ...rest } = job
          const leased = { ...rest, state: 'leased', owner, dueAt: now + leaseMs, tries: job.tries + 1 } as const
          if (await store.replaceIf<Job>(JOBS, rev, leased)) return { ...leased, rev: rev + 1 }
        }
      }
      return undefined
    },
    finish: (job) => replace(job, { state: 'done' }),
    postpone: (job, dueAt, problem) => replace(job, { state: 'due', dueAt, problem }),
    giveBack: (job, dueAt) => replace(job, { state: 'due', dueAt, tries: job.tries - 1 }),
    bury: (job, now, problem) => replace(job, { state: 'dead', dueAt: now, problem }),
    async extend(job, until) {
      const { rev, ...rest } = job
      const extended = { ...rest, dueAt: until }
      return (await store.replaceIf<Job>(JOBS, rev, extended)) ? { ...extended, rev: rev + 1 } : undefined
    },
    async ensure(job, { revive } = { revive: false }) {
      for (;;) {
        const stored = await store.get<Job>(JOBS, job.id)
        if (stored && (stored.state === 'done' || (revive && stored.state === 'dead'))) {
          if (await store.replaceIf<Job>(JOBS, stored.rev, job)) return true
          // Somebody else did the same at the same moment, or removed it as done long ago.
          continue
        }
        if (stored) return stored.state === 'due'
        try {
          await store.insert<Job>(JOBS, job)
        } catch (error) {
          if (!(error instanceof DuplicateKeyError)) throw error
        }
        return true
      }
    },
    find: (id) => store.get<Job>(JOBS, id),
    listDead: () => store.find<Job>(JOBS, { state: 'dead' }),
    async prune(before) {
      for (;;) {
        const conditions = { state: 'done', dueAt: { lt: before } }
        const old = await store.find<Job>(JOBS, conditions, { sort: ['dueAt'], limit: PRUNED_AT_ONCE })
        // One that is due again by now has another revision, and stays.
        for (const { id, rev } of old) await store.removeIf(JOBS, id, rev)
        if (old.length < PRUNED_AT_ONCE) return
      }
    },
  }
}
