import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newJob } from '../../server/store/job-repository.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'

let service: RunningService
let cast: Cast
let troubles: string
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  troubles = `/api/programmes/${cast.programmeId}/troubles`
}, 60_000)
afterAll(() => service.close())

const giveUp = async (id: string, seriesId: string, at = '2026-11-23T09:00:00Z') => {
  const job = newJob(id, 'book-series', seriesId, Date.parse(at))
  await service.services.jobs.ensure({ ...job, state: 'dead', tries: 30, problem: 'outage' })
}

test('a coordinator sees what was given up, by code and people only, and has it tried again', async () => {
  const pair = cast.pairs.find(({ mentee }) => !/^(joaquin|aisling)/.test(mentee.userPrincipalName))!
  const { seriesId } = await bookBest(await cast.as(pair.mentee), pair.relationshipId)
  const troubleId = `book-series|${seriesId}|again`
  await giveUp(troubleId, seriesId)
  await giveUp('book-series|elsewhere', randomUUID(), '2026-11-23T08:00:00Z')
  const trouble = {
    troubleId,
    kind: 'book-series',
    problem: 'outage',
    since: '2026-11-23T09:00:00.000Z',
    state: 'given-up',
    pair: {
      relationshipId: pair.relationshipId,
      mentee: { personId: pair.mentee.id },
      mentor: { personId: pair.mentor.id },
    },
  }
  const listed = (await cast.coordinator.get(troubles)).body.troubles
  expect(listed).toMatchObject([{ troubleId: 'book-series|elsewhere' }, trouble])
  expect(listed[0]).not.toHaveProperty('pair')

  const retry = `${troubles}/${encodeURIComponent(troubleId)}/retry`
  expect(await cast.coordinator.put(retry, undefined)).toMatchObject({ status: 202, body: { troubleId } })
  await vi.waitFor(async () => expect((await service.services.jobs.find(troubleId))?.state).toBe('done'))
  expect(await cast.coordinator.put(retry, undefined)).toMatchObject({ status: 202, body: { state: 'done' } })
  expect((await cast.coordinator.get(troubles)).body.troubles).toHaveLength(1)
})

test('work of another programme is not there', async () => {
  await cast.coordinator.put('/api/programmes/elsewhere', { name: 'Elsewhere', timeZone: 'Asia/Kathmandu' })
  const pair = cast.pairs.findLast(({ mentee }) => !/^(joaquin|aisling)/.test(mentee.userPrincipalName))!
  const { seriesId } = await bookBest(await cast.as(pair.mentee), pair.relationshipId)
  await giveUp('book-series|foreign', seriesId)
  const path = '/api/programmes/elsewhere/troubles'
  const ids = (await cast.coordinator.get(path)).body.troubles.map(({ troubleId }: { troubleId: string }) => troubleId)
  expect(ids).not.toContain('book-series|foreign')
  const retry = `${path}/${encodeURIComponent('book-series|foreign')}/retry`
  expect(await cast.coordinator.put(retry, undefined)).toMatchObject({
    status: 404,
    body: { code: 'trouble-not-found' },
  })
})
