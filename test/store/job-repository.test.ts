import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pruneJobsKind } from '../../server/jobs/prune-jobs.ts'
import type { DocumentStore } from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { type JobRepository, jobRepository, newJob } from '../../server/store/job-repository.ts'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { startMongoDouble } from '../mongodb-double/start-double.ts'

const STORES: readonly (readonly [string, () => Promise<{ store: DocumentStore; close(): Promise<void> }>])[] = [
  [
    'embedded',
    async () => {
      const store = openEmbeddedStore(':memory:')
      return { store, close: () => store.close() }
    },
  ],
  [
    'MongoDB',
    async () => {
      const double = await startMongoDouble()
      const store = await openMongoStore(double.uri('jobs'))
      const close = async () => {
        await store.close()
        await double.close()
      }
      return { store, close }
    },
  ],
]

describe.each(STORES)('jobs on the %s store', (_name, open) => {
  let opened: { store: DocumentStore; close(): Promise<void> }
  let jobs: JobRepository
  beforeEach(async () => {
    opened = await open()
    jobs = await jobRepository(opened.store)
  })
  afterEach(() => opened.close())

  const lease = async (id: string, now: number) => {
    await jobs.ensure(newJob(id, 'book-series', id))
    return (await jobs.lease('me', now, 10))!
  }
  const finish = async (id: string, now: number) => jobs.finish(await lease(id, now))

  test('only those are removed that were done before, and more than are read at once', async () => {
    for (let n = 0; n < 205; n++) await finish(`old-${n}`, 1_000)
    await finish('new', 5_000)
    await jobs.bury(await lease('dead', 1_000), 1_000, 'failed')
    await lease('leased', 1_000)
    await jobs.ensure(newJob('due', 'book-series', 'due'))
    await jobs.prune(2_000)
    const left = (await opened.store.find<{ id: string; rev: number }>('jobs', {})).map(({ id }) => id)
    expect(left.toSorted()).toEqual(['dead', 'due', 'leased', 'new'])
    await jobs.prune(2_000)
    expect(await jobs.find('new')).toMatchObject({ state: 'done' })
  })

  test('one that is wanted again while it is removed is due all the same', async () => {
    for (let round = 0; round < 20; round++) {
      await finish('again', 1_000)
      await Promise.all([jobs.prune(2_000), jobs.ensure(newJob('again', 'book-series', 'again'))])
      expect(await jobs.find('again')).toMatchObject({ state: 'due', tries: 0 })
    }
  })

  test('the daily look keeps what was done within 30 days', async () => {
    const day = 86_400_000
    await finish('31 days ago', 9 * day)
    await finish('29 days ago', 11 * day)
    const deps = { jobs, nowMs: () => 40 * day } as unknown as Parameters<typeof pruneJobsKind.run>[0]
    await pruneJobsKind.run(deps, 'jobs')
    expect(await jobs.find('31 days ago')).toBeUndefined()
    expect(await jobs.find('29 days ago')).toBeDefined()
  })
})
