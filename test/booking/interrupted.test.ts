import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { advanceSeries } from '../../server/use-cases/booking/advance-series.ts'
import { sweepSeries } from '../../server/use-cases/booking/sweep-series.ts'
import type { SeriesEvent } from '../../shared/domain/series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'
import { bodyOf, bookBest, proposalsFor, settled } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let pairs: CastPair[]
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  pairs = cast.pairs.filter(({ mentee: { userPrincipalName } }) => !/^(joaquin|aisling)/.test(userPrincipalName))
}, 60_000)
afterAll(() => service.close())
beforeEach(async () => {
  pair = pairs.shift()!
  mentee = await cast.as(pair.mentee)
  await send('DELETE', `${service.address}/practice/faults`)
})

const deps = () => ({ ...service.services, calendar: service.services.graph.asService!.calendar })
const faults = (script: readonly object[]) => send('POST', `${service.address}/practice/faults`, { body: script })
const kindsTo = async ({ mail }: { readonly mail: string }): Promise<readonly string[]> =>
  (await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(mail)}`)).body.map(
    ({ kind }: { kind: string }) => kind,
  )
const pathOf = (seriesId: string) => `/api/relationships/${pair.relationshipId}/series/${seriesId}`

/** Puts one event of a series back to an earlier step, as if the process had died before the note of it was written. */
async function rewind(seriesId: string, change: Partial<SeriesEvent>): Promise<string> {
  const { series, rev } = (await service.services.series.get(seriesId))!
  const [first, ...others] = series.events
  const saved = await service.services.series.save(
    { ...series, state: 'booking', events: [{ ...first!, ...change }, ...others] },
    rev,
  )
  expect(saved).toBe(true)
  return first!.key
}

test.each(['created', 'shaped', 'attached', 'invited'] as const)(
  'a process that died after the step %s is followed by one that finishes, without a second mail',
  async (step) => {
    const series = await bookBest(mentee, pair.relationshipId)
    const before = await kindsTo(pair.mentor)
    // Long ago, so that free/busy is read again and shows our own meeting.
    await rewind(series.seriesId, { step, checkedAt: '2026-11-20T00:00:00Z' })
    await advanceSeries(deps(), series.seriesId)
    expect((await mentee.get(pathOf(series.seriesId))).body.state).toBe('booked')
    expect(await kindsTo(pair.mentor)).toEqual(before)
  },
)

test('a creation whose answer was lost with the process is found by its key', async () => {
  const series = await bookBest(mentee, pair.relationshipId)
  const before = await kindsTo(pair.mentor)
  const stored = (await service.services.series.get(series.seriesId))!.series.events[0]!
  const { eventId, iCalUId, webLink, ...bare } = stored
  const { series: current, rev } = (await service.services.series.get(series.seriesId))!
  await service.services.series.save(
    { ...current, state: 'booking', events: [{ ...bare, step: 'intended' }, ...current.events.slice(1)] },
    rev,
  )
  await advanceSeries(deps(), series.seriesId)
  const after = (await service.services.series.get(series.seriesId))!.series.events[0]!
  expect(after).toMatchObject({ step: 'verified', eventId })
  expect([iCalUId, webLink]).toEqual([after.iCalUId, after.webLink])
  expect(await kindsTo(pair.mentor)).toEqual(before)
})

test('a series that could not be booked can be cancelled, and its time is free again', async () => {
  const [best] = (await proposalsFor(mentee, pair.relationshipId)).proposals
  const seriesId = randomUUID()
  await faults([{ method: 'POST', path: '*/events', count: 5, status: 403, errorCode: 'ErrorAccessDenied' }])
  expect((await mentee.put(pathOf(seriesId), bodyOf(best!))).status).toBe(202)
  expect(await settled(mentee, pathOf(seriesId))).toMatchObject({ state: 'needs-attention' })
  await send('DELETE', `${service.address}/practice/faults`)
  expect((await mentee.put(`${pathOf(seriesId)}/cancellation`, {})).status).toBe(202)
  expect(await settled(mentee, pathOf(seriesId))).toMatchObject({ state: 'cancelled' })
  const again = randomUUID()
  expect((await mentee.put(pathOf(again), bodyOf(best!))).status).toBe(202)
  expect((await settled(mentee, pathOf(again))).state).toBe('booked')
})

test('cancelling while an event is being created leaves nothing in the calendar', async () => {
  const [best] = (await proposalsFor(mentee, pair.relationshipId)).proposals
  const seriesId = randomUUID()
  await faults([{ method: 'POST', path: '*/events', count: 1, delayMs: 1500 }])
  await mentee.put(pathOf(seriesId), bodyOf(best!))
  await vi.waitFor(async () => expect((await service.services.series.get(seriesId))!.series.events[0]!.tries).toBe(1))
  await mentee.put(`${pathOf(seriesId)}/cancellation`, {})
  const { calendar } = deps()
  await vi.waitFor(
    async () => {
      const { series } = (await service.services.series.get(seriesId))!
      expect(series.state).toBe('cancelled')
      // The late creation was noted and called off, too.
      expect(series.events[0]!.eventId).toBeDefined()
      expect(
        (await calendar.findEventsByKey(pair.mentee.id, series.events[0]!.key)).filter(
          ({ isCancelled }) => !isCancelled,
        ),
      ).toEqual([])
    },
    { timeout: 10_000, interval: 100 },
  )
  expect(await kindsTo(pair.mentor)).toEqual([])
})

test('an event that somebody deleted by hand is not fought for, and the other meetings are booked', async () => {
  const series = await bookBest(mentee, pair.relationshipId)
  const stored = (await service.services.series.get(series.seriesId))!.series.events[0]!
  await deps().calendar.deleteEvent(pair.mentee.id, stored.eventId!)
  await rewind(series.seriesId, { step: 'created', recordedAt: '2026-11-20T00:00:00Z' })
  await advanceSeries(deps(), series.seriesId)
  const after = (await mentee.get(pathOf(series.seriesId))).body
  expect(after.state).toBe('needs-attention')
  expect(after.meetings.map(({ state }: { state: string }) => state)).toEqual([
    'needs-attention',
    ...Array(4).fill('booked'),
  ])
  expect(after.meetings[0].problem).toBe('event-not-found')
})

test('a second bare event of a creation that came twice is swept away, the recorded one stays', async () => {
  await send('PUT', `${service.address}/practice/switches`, { body: { transactionMemory: false } })
  const series = await bookBest(mentee, pair.relationshipId)
  const stored = (await service.services.series.get(series.seriesId))!.series.events[0]!
  const { calendar } = deps()
  const twin = await calendar.createEvent(pair.mentee.id, stored.draft)
  expect(twin.id).not.toBe(stored.eventId)
  await rewind(series.seriesId, { tries: 2 })
  await sweepSeries(deps(), series.seriesId)
  expect((await calendar.findEventsByKey(pair.mentee.id, stored.key)).map(({ id }) => id)).toEqual([stored.eventId])
  await send('PUT', `${service.address}/practice/switches`, { body: { transactionMemory: true } })
})
