import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { type Hands, handsOf, tenantOf, untilWatched } from './by-hand.ts'

let service: RunningService
let cast: Cast
let pairs: CastPair[]
let pair: CastPair
let mentee: Caller
let booked: SeriesView
/** In the calendars, as the people themselves. */
let organizer: Hands
let invited: Hands

beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  pairs = cast.pairs.filter(({ mentee: { userPrincipalName } }) => !/^(joaquin|aisling)/.test(userPrincipalName))
}, 60_000)
afterAll(() => service.close())
beforeEach(async () => {
  pair = pairs.shift()!
  mentee = await cast.as(pair.mentee)
  booked = await bookBest(mentee, pair.relationshipId)
  await untilWatched(service, tenantOf(mentee), pair.mentee.id)
  organizer = await handsOf(service, pair.mentee)
  invited = await handsOf(service, pair.mentor)
}, 60_000)

const tenantId = () => tenantOf(mentee)

const pathOf = () => `/api/relationships/${pair.relationshipId}/series/${booked.seriesId}`
const seen = async (): Promise<SeriesView> => (await mentee.get(pathOf())).body
const soon = (check: (series: SeriesView) => void) =>
  vi.waitFor(async () => check(await seen()), { timeout: 10_000, interval: 20 })
const meetings = () => booked.meetings
const shifted = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace('.000', '')

test('a meeting moved in Outlook is where it was moved to, and its old time is free again', async () => {
  const [first] = meetings()
  const startsAt = shifted(first!.startsAt, 60)
  await organizer.move(first!.startsAt, startsAt, 30)
  await soon(({ meetings: [now], state }) => {
    expect(now).toMatchObject({ startsAt, endsAt: shifted(startsAt, 30), state: 'booked' })
    expect(state).toBe('booked')
  })
  const holds = await service.services.series.listHolds(
    tenantId(),
    pair.mentor.id,
    first!.startsAt,
    shifted(startsAt, 60),
  )
  expect(holds).toEqual([{ start: startsAt, end: shifted(startsAt, 30), seriesId: booked.seriesId }])
})

test('a declined meeting has no date yet and stays in the organizer’s calendar', async () => {
  const [, second] = meetings()
  await invited.decline(second!.startsAt)
  await soon(({ meetings: [, now], state }) => {
    expect(now).toMatchObject({ state: 'needs-date' })
    expect(state).toBe('needs-attention')
  })
  expect(await organizer.listOurs()).toHaveLength(meetings().length)
})

test('a meeting that was called off by hand has no date yet, and its time is given back', async () => {
  const third = meetings()[2]!
  await organizer.remove(third.startsAt)
  await soon(({ meetings: all }) => expect(all[2]).toMatchObject({ state: 'needs-date' }))
  const holds = await service.services.series.listHolds(tenantId(), pair.mentee.id, third.startsAt, third.endsAt)
  expect(holds).toEqual([])
})
