import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PRACTICE_TENANT_ID as tenantId } from '../../server/practice/identity/constants.ts'
import { advanceSeries } from '../../server/use-cases/booking/advance-series.ts'
import { callOffMeeting } from '../../server/use-cases/booking/call-off-meeting.ts'
import { cancelSeries } from '../../server/use-cases/booking/cancel-series.ts'
import { moveMeeting } from '../../server/use-cases/booking/move-meeting.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import { wallTime } from '../../shared/domain/plan-series.ts'
import type { Meeting, MentoringSeries, SeriesEvent } from '../../shared/domain/series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'
import { bookBest } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let pairs: CastPair[]
let mentee: Caller
let series: SeriesView
let to: string
let before: readonly string[]
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
  series = await bookBest(mentee, pair.relationshipId)
  const { body } = await mentee.post(`${path()}/meetings/${series.meetings[1]!.meetingId}/offers`, {})
  to = body.offers[0].startsAt
  before = await mails()
})

const path = () => `/api/relationships/${pair.relationshipId}/series/${series.seriesId}`
const deps = () => ({ ...service.services, calendar: service.services.graph.asService!.calendar })
const faults = (script: readonly object[]) => send('POST', `${service.address}/practice/faults`, { body: script })
const mails = async (): Promise<readonly string[]> =>
  (await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(pair.mentor.mail)}`)).body.map(
    ({ kind }: { kind: string }) => kind,
  )
/** Kinds of mails that the mentor got since the series was booked, oldest first. */
const newMails = async (): Promise<readonly string[]> => {
  const all = await mails()
  return all.slice(0, all.length - before.length).toReversed()
}
const place = () => ({
  actor: { tenantId, personId: pair.mentee.id, displayName: '', email: pair.mentee.mail, roles: [] },
  relationshipId: pair.relationshipId,
  seriesId: series.seriesId,
  meetingId: series.meetings[1]!.meetingId,
})
const stored = async () => (await service.services.series.get(series.seriesId))!
const meetingOf = ({ meetings }: MentoringSeries): Meeting => meetings.find(({ id }) => id === place().meetingId)!
const eventOf = (of: MentoringSeries): SeriesEvent => of.events.find(({ key }) => key === meetingOf(of).eventKey)!
/** Decides the move as the route does; nobody carries it out, as if the process had died right after. */
const decideMove = () => moveMeeting(deps(), { ...place(), startsAt: to })
const advance = () => advanceSeries(deps(), series.seriesId)
/** Whether the series holds the mentor's time at an instant; neighbouring times come as one. */
const isHeld = async (at: string): Promise<boolean> => (await holds()).some(({ start, end }) => start <= at && at < end)
const holds = async () =>
  (await service.services.series.listHolds(tenantId, pair.mentor.id, '2026-11-01', '2028-12-31')).filter(
    ({ seriesId }) => seriesId === series.seriesId,
  )
const old = () => series.meetings[1]!.startsAt
const timeOf = (startsAt: string) => wallTime(startsAt, series.minutes, series.timeZone)

/** It is there, once, and everybody heard of it once. */
async function expectMoved(): Promise<void> {
  const { series: now } = await stored()
  expect(meetingOf(now)).toMatchObject({ startsAt: to, moves: 1 })
  expect(meetingOf(now).change).toBeUndefined()
  expect(now.state).toBe('booked')
  expect((await deps().calendar.getEvent(pair.mentee.id, eventOf(now).eventId!)).period.start).toBe(to)
  expect([await isHeld(to), await isHeld(old())]).toEqual([true, false])
}

describe('a move', () => {
  test('that was only decided is carried out by whoever comes next; until then both times are held', async () => {
    await decideMove()
    expect([await isHeld(to), await isHeld(old())]).toEqual([true, true])
    expect(await newMails()).toEqual([])
    await advance()
    await expectMoved()
    expect(await newMails()).toEqual(['update'])
  })

  test('that was sent, but not noted, is noted without a second mail', async () => {
    await decideMove()
    const { series: now } = await stored()
    await deps().calendar.moveEvent(pair.mentee.id, eventOf(now).eventId!, timeOf(to))
    await advance()
    await expectMoved()
    expect(await newMails()).toEqual(['update'])
  })

  test.each(['resetAfter', 'resetBefore', 'truncate', 'html'] as const)(
    'whose answer is lost (%s) happens once',
    async (fault) => {
      await faults([{ method: 'PATCH', path: '*/events/*', count: 1, [fault]: true }])
      await decideMove()
      await advance()
      await expectMoved()
      expect(await newMails()).toEqual(['update'])
    },
  )

  test('that the calendar cannot take now is tried again, with nothing given back meanwhile', async () => {
    await faults([{ method: 'PATCH', path: '*/events/*', count: 100, status: 503, retryAfter: 0 }])
    await decideMove()
    await expect(advance()).rejects.toThrow()
    expect([await isHeld(to), await isHeld(old())]).toEqual([true, true])
    await send('DELETE', `${service.address}/practice/faults`)
    await advance()
    await expectMoved()
  })

  test('that the calendar refuses for good leaves the meeting as it was, and says so', async () => {
    await faults([{ method: 'PATCH', path: '*/events/*', count: 5, status: 403, errorCode: 'ErrorAccessDenied' }])
    await decideMove()
    await advance()
    const { series: now } = await stored()
    expect(meetingOf(now)).toMatchObject({ startsAt: series.meetings[1]!.startsAt, changeProblem: 'access-denied' })
    expect(await isHeld(to)).toBe(false)
    expect(now.state).toBe('booked')
  })

  test('of what somebody moved by hand meanwhile gives way to them', async () => {
    await decideMove()
    const { series: now } = await stored()
    const byHand = Temporal.Instant.from(series.meetings[2]!.startsAt).add({ hours: 6 }).toString()
    await deps().calendar.moveEvent(pair.mentee.id, eventOf(now).eventId!, timeOf(byHand))
    await advance()
    const after = (await stored()).series
    expect(meetingOf(after).changeProblem).toBe('moved-by-hand')
    expect((await deps().calendar.getEvent(pair.mentee.id, eventOf(now).eventId!)).period.start).toBe(byHand)
    expect(await isHeld(to)).toBe(false)
  })

  test('by two workers at once ends as one', async () => {
    await decideMove()
    await Promise.all([advance(), advance()])
    await expectMoved()
  })

  test('is dropped by a cancellation of the series; nothing is left in the calendar or held', async () => {
    await decideMove()
    const { actor, relationshipId, seriesId } = place()
    await cancelSeries({ ...service.services, backgroundWork: false }, { actor, relationshipId, seriesId })
    await advance()
    const { series: gone } = await stored()
    expect(gone.state).toBe('cancelled')
    expect(await holds()).toEqual([])
    for (const { key } of gone.events)
      expect(
        (await deps().calendar.findEventsByKey(pair.mentee.id, key)).filter(({ isCancelled }) => !isCancelled),
      ).toEqual([])
  })
})

describe('a new date for a meeting that was called off', () => {
  beforeEach(async () => {
    await callOffMeeting(service.services, place())
    await advance()
    before = await mails()
    await decideMove()
  })

  test.each(['created', 'shaped', 'attached', 'invited'] as const)(
    'after a process that died at the step %s is finished with one invitation',
    async (step) => {
      await advance()
      const { series: booked, rev } = await stored()
      const done = meetingOf(booked)
      // As it was before the meeting was given the new item.
      const { movedFrom: _, ...rest } = done
      const again: MentoringSeries = {
        ...booked,
        state: 'changing',
        events: booked.events.map((event) =>
          event.key === done.eventKey ? { ...event, step, checkedAt: '2026-11-20T00:00:00Z' } : event,
        ),
        meetings: booked.meetings.map((meeting) =>
          meeting.id === done.id
            ? {
                ...rest,
                eventKey: booked.events[1]!.key,
                dateless: { reason: 'cancelled', since: booked.createdAt },
                change: {
                  kind: 'move-anew',
                  to: { startsAt: done.startsAt, endsAt: done.endsAt },
                  decidedAt: booked.createdAt,
                  eventKey: done.eventKey,
                },
              }
            : meeting,
        ),
      }
      expect(await service.services.series.save(again, rev)).toBe(true)
      await advance()
      const { series: finished } = await stored()
      expect(meetingOf(finished)).toMatchObject({ startsAt: to, eventKey: done.eventKey })
      expect(finished.state).toBe('booked')
      expect(await newMails()).toEqual(['invitation'])
    },
  )

  test('that is called off again while it is being made leaves nothing behind', async () => {
    await faults([{ method: 'POST', path: '*/attachments', count: 100, status: 503, retryAfter: 0 }])
    await expect(advance()).rejects.toThrow()
    await send('DELETE', `${service.address}/practice/faults`)
    await callOffMeeting(service.services, place())
    await advance()
    const { series: after } = await stored()
    expect(meetingOf(after).dateless).toBeDefined()
    const anew = after.events.at(-1)!
    expect(
      (await deps().calendar.findEventsByKey(pair.mentee.id, anew.key)).filter(({ isCancelled }) => !isCancelled),
    ).toEqual([])
    expect(await newMails()).toEqual([])
    expect(await isHeld(to)).toBe(false)
  })
})
