import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleMeetingKind } from '../../server/jobs/settle-meeting.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from '../work/practice-clock.ts'

let service: RunningService
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

test('a first meeting that nobody objected to for 14 days makes the pair active, once', async () => {
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  const mentor = await cast.as(pair.mentor)
  const series = await bookBest(await cast.as(pair.mentee), pair.relationshipId)
  const [first] = series.meetings
  await moveClockTo(service, first!.endsAt)
  const relationship = `/api/relationships/${pair.relationshipId}`
  await mentor.put(`${relationship}/meetings/${first!.meetingId}/attestation`, { met: true, minutes: 45 })

  const { services } = service
  const deps = { ...services, ...services.graph.asService!, nowMs: Date.now }
  const lost = async () => (await settleMeetingKind.listLost!(deps)).map(({ subjectId }) => subjectId)
  const settle = () => settleMeetingKind.run({ ...deps, signal: new AbortController().signal }, first!.meetingId)
  const stateNow = async () => (await mentor.get(relationship)).body.state
  expect(await lost()).toEqual([])
  await settle()
  expect(await stateNow()).toBe('forming')

  await moveClockTo(
    service,
    Temporal.Instant.from(first!.endsAt)
      .add({ hours: 24 * 14 + 1 })
      .toString(),
  )
  expect(await lost()).toEqual([first!.meetingId])
  await settle()
  expect(await stateNow()).toBe('active')
  expect(await lost()).toEqual([])
  await settle()
  expect(await stateNow()).toBe('active')
}, 60_000)
