import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followOnVisit } from '../../server/http/follow-on-visit.ts'
import type { Services } from '../../server/http/services.ts'
import type { Actor } from '../../server/ports/actor.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'
import { tenantOf, untilWatched } from '../sync/by-hand.ts'

let service: RunningService
let cast: Cast
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
}, 60_000)
afterAll(() => service.close())

/** The services of a tenant that gave no application permission. */
const withoutAppOnly = (): Services => ({
  ...service.services,
  graph: { ...service.services.graph, asService: undefined },
})

test('without application permission the organizer’s visit brings a series up to date, and nobody else’s', async () => {
  const pair = cast.pairs.find(({ mentee: { userPrincipalName } }) => !/^(joaquin|aisling)/.test(userPrincipalName))!
  const mentee = await cast.as(pair.mentee)
  const { seriesId } = await bookBest(mentee, pair.relationshipId)
  await untilWatched(service, tenantOf(mentee), pair.mentee.id)
  const read = (await service.services.series.get(seriesId))!
  // As it would be stored had the first meeting been booked an hour earlier and then moved in Outlook.
  const [first, ...rest] = read.series.meetings
  const earlier = (instant: string) => new Date(Date.parse(instant) - 3_600_000).toISOString().replace('.000', '')
  const stale: MentoringSeries = {
    ...read.series,
    meetings: [{ ...first!, startsAt: earlier(first!.startsAt), endsAt: earlier(first!.endsAt) }, ...rest],
  }
  expect(await service.services.series.save(stale, read.rev)).toBe(true)

  let now = 0
  const visit = followOnVisit(withoutAppOnly(), pino({ level: 'silent' }), () => now)
  const visitOf = async (person: typeof pair.mentee) => {
    const caller = await cast.as(person)
    const { calendar } = service.services.graph.asPerson(caller.accessToken)
    // Only the id decides here.
    return visit((await service.services.series.get(seriesId))!.series, { personId: person.id } as Actor, calendar)
  }
  expect((await visitOf(pair.mentor)).meetings[0]!.startsAt).toBe(stale.meetings[0]!.startsAt)
  const followed = (await visitOf(pair.mentee)).meetings[0]
  expect(followed).toMatchObject({ startsAt: first!.startsAt, endsAt: first!.endsAt, moves: 1 })

  const after = (await service.services.series.get(seriesId))!
  expect(await service.services.series.save(stale, after.rev)).toBe(true)
  now = 29_000
  expect((await visitOf(pair.mentee)).meetings[0]!.startsAt).toBe(stale.meetings[0]!.startsAt)
  now = 31_000
  expect((await visitOf(pair.mentee)).meetings[0]!.startsAt).toBe(first!.startsAt)
}, 60_000)
