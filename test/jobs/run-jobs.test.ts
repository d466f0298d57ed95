import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { runJobs } from '../../server/jobs/run-jobs.ts'
import { CalendarError } from '../../server/ports/calendar.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { JOBS, type Job, jobRepository, type NewJob } from '../../server/store/job-repository.ts'

const aJob = (id: string, change: Partial<NewJob> = {}): NewJob => ({
  id,
  kind: 'book-series',
  subjectId: id,
  state: 'due',
  dueAt: 0,
  tries: 0,
  ...change,
})
const log = pino({ level: 'silent' })
async function aRunner(handler: (subjectId: string, signal: AbortSignal) => Promise<void>, time = { now: 1_000_000 }) {
  const store = openEmbeddedStore(':memory:')
  const jobs = await jobRepository(store)
  const runner = runJobs({
    jobs,
    leaseMs: 120_000,
    log,
    run: (_kind, subjectId, signal) => handler(subjectId, signal),
    knows: (kind) => kind !== 'of-tomorrow',
    now: () => time.now,
    random: () => 1,
  })
  const stored = (id: string) => store.get<Job>(JOBS, id)
  return { store, jobs, runner, stored, time }
}

test('does what is due and marks it done', async () => {
  const done: string[] = []
  const { jobs, runner, stored } = await aRunner(async (id) => {
    done.push(id)
  })
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await jobs.ensure(aJob(id))
  runner.wake()
  await vi.waitFor(async () => expect((await stored('f'))?.state).toBe('done'))
  await runner.stop()
  expect(done.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('waits longer after every failure, and never less than the calendar asked for', async () => {
  let failure: Error = new Error('bug')
  const { jobs, runner, stored, time } = await aRunner(async () => {
    throw failure
  })
  await jobs.ensure(aJob('a'))
  runner.wake()
  await vi.waitFor(async () =>
    expect(await stored('a')).toMatchObject({ state: 'due', tries: 1, dueAt: time.now + 1000, problem: 'failed' }),
  )
  time.now += 1000
  failure = new CalendarError('throttled', 'wait', { retryAfterMs: 90_000 })
  runner.wake()
  await vi.waitFor(async () =>
    expect(await stored('a')).toMatchObject({ tries: 2, dueAt: time.now + 90_000, problem: 'throttled' }),
  )
  await runner.stop()
})

test('gives a job up after 30 tries, so that a person looks at it', async () => {
  const { jobs, runner } = await aRunner(async () => {
    throw new CalendarError('outage', 'down')
  })
  await jobs.ensure(aJob('a', { tries: 29 }))
  runner.wake()
  await vi.waitFor(async () => expect(await jobs.listDead()).toMatchObject([{ id: 'a', problem: 'outage' }]))
  await runner.stop()
})

test('a worker whose lease ran out cannot write the job that another one took over', async () => {
  const store = openEmbeddedStore(':memory:')
  const jobs = await jobRepository(store)
  await jobs.ensure(aJob('a'))
  const slow = (await jobs.lease('slow', 1000, 500))!
  expect(await jobs.lease('quick', 1200, 500)).toBeUndefined()
  const quick = (await jobs.lease('quick', 1501, 500))!
  expect(await jobs.finish(slow)).toBe(false)
  expect(await jobs.postpone(slow, 0, 'late')).toBe(false)
  expect(await jobs.finish(quick)).toBe(true)
})

test('stopping waits for the work under way and takes no more', async () => {
  let finish = () => {}
  const begun: string[] = []
  const { jobs, runner, stored } = await aRunner((id) => {
    begun.push(id)
    return new Promise((resolve) => {
      finish = resolve
    })
  })
  await jobs.ensure(aJob('a'))
  runner.wake()
  await vi.waitFor(() => expect(begun).toEqual(['a']))
  const stopped = runner.stop()
  await jobs.ensure(aJob('b'))
  runner.wake()
  finish()
  await stopped
  expect(begun).toEqual(['a'])
  expect((await stored('a'))?.state).toBe('done')
})

test('stopping ends work between two steps and gives its lease back at once, the try uncounted', async () => {
  let begun = false
  const { jobs, runner, stored, time } = await aRunner(async (_id, signal) => {
    begun = true
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    signal.throwIfAborted()
  })
  await jobs.ensure(aJob('a'))
  runner.wake()
  await vi.waitFor(() => expect(begun).toBe(true))
  await runner.stop()
  expect(await stored('a')).toMatchObject({ state: 'due', dueAt: time.now, tries: 0 })
})

test('work that does not end is given back, and cannot write its job afterwards', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    let fail: (error: Error) => void = () => {}
    const { jobs, runner, stored } = await aRunner(
      () =>
        new Promise((_, reject) => {
          fail = reject
        }),
    )
    await jobs.ensure(aJob('a'))
    runner.wake()
    await vi.waitFor(async () => expect((await stored('a'))?.state).toBe('leased'))
    const stopped = runner.stop()
    await vi.runAllTimersAsync()
    await stopped
    expect(await stored('a')).toMatchObject({ state: 'due', tries: 0 })
    const { rev } = (await stored('a'))!
    fail(new Error('late'))
    await new Promise(setImmediate)
    expect((await stored('a'))!.rev).toBe(rev)
  } finally {
    vi.useRealTimers()
  }
})

test('a job of a kind that a newer version left waits for it', async () => {
  const done: string[] = []
  const { store, jobs, runner, stored, time } = await aRunner(async (id) => {
    done.push(id)
  })
  await store.insert<Omit<Job, 'kind'> & { kind: string }>(JOBS, { ...aJob('new'), kind: 'of-tomorrow' })
  await jobs.ensure(aJob('old'))
  runner.wake()
  await vi.waitFor(async () => expect((await stored('old'))?.state).toBe('done'))
  await runner.stop()
  expect(done).toEqual(['old'])
  expect(await stored('new')).toMatchObject({ state: 'due', tries: 0, dueAt: time.now + 60_000 })
})
