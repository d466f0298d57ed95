import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'
import { MAILBOX, type Notice, startWatchedDepartment, type WatchedDepartment } from './watched-department.ts'

let department: WatchedDepartment
let series: MentoringSeries
beforeEach(async () => {
  department = await startWatchedDepartment()
  series = await department.bookFortnightly()
  await department.work()
  department.takeArrived()
  department.calls.length = 0
})
afterEach(() => department.close())

const eventId = () => series.events[0]!.eventId!
const occurrences = async () =>
  (
    await department.asMentee(
      'GET',
      `/me/events/${eventId()}/instances?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z`,
    )
  ).value
/** Moves one date of the series on by some days. */
async function move(index: number, days = 1): Promise<void> {
  const { id, start, end } = (await occurrences())[index]
  const on = (time: { dateTime: string; timeZone: string }) => ({
    dateTime: new Date(Date.parse(`${time.dateTime.slice(0, 19)}Z`) + days * 86_400_000).toISOString().slice(0, 19),
    timeZone: time.timeZone,
  })
  await department.asMentee('PATCH', `/me/events/${id}`, { start: on(start), end: on(end) })
}
const movesOf = async () => (await department.stored(series.id)).series.meetings.map(({ moves }) => moves ?? 0)
const subscriptions = () => department.tenant.state.collection<Json & { id: string }>('subscriptions').list()
// biome-ignore lint/suspicious/noExplicitAny: notices of many shapes
type Json = any

test('the address proves itself in plain text, whatever the token holds', async () => {
  for (const path of ['/api/notifications', '/api/notifications/lifecycle']) {
    const token = 'Validation: <b>a+b%2F</b> é'
    const answer = await department.post(`${path}?validationToken=${encodeURIComponent(token)}`, undefined)
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      200,
      'text/plain; charset=utf-8',
      token,
    ])
    const tooLong = await department.post(`${path}?validationToken=${'x'.repeat(2_001)}`, { value: [] })
    expect(tooLong.statusCode).toBe(400)
  }
})

test('a move is followed from its notice, and only what it names is read again', async () => {
  await move(1)
  const arrived = department.takeArrived()
  expect(arrived.length).toBeGreaterThan(0)
  expect(JSON.stringify(arrived)).not.toContain('Mentoring')
  await department.letIn(arrived)
  expect(await movesOf()).toEqual([0, 0, 0, 0, 0, 0])
  await department.work()
  expect(await movesOf()).toEqual([0, 1, 0, 0, 0, 0])
  expect(department.calls).toEqual(['changes since a token'])
})

describe('notices that nobody may believe', () => {
  const forged: Record<string, (notice: Notice['item']) => object> = {
    'a wrong secret': (item) => ({ ...item, clientState: 'guessed' }),
    'the secret of nothing': (item) => ({ ...item, clientState: '' }),
    'no secret': ({ clientState: _, ...item }) => item,
    'null for a secret': (item) => ({ ...item, clientState: null }),
    'an unknown subscription': (item) => ({ ...item, subscriptionId: '00000000-0000-4000-8000-000000000000' }),
  }
  test.each(Object.entries(forged))('%s changes nothing and is answered as any other', async (_name, forge) => {
    await move(1)
    const [notice] = department.takeArrived()
    const before = await department.stored(series.id)
    for (let time = 0; time < 10; time++) {
      const { statusCode, body } = await department.post('/api/notifications', { value: [forge(notice!.item)] })
      expect([statusCode, body]).toEqual([202, ''])
      const missed = { ...forge(notice!.item), lifecycleEvent: 'missed' }
      expect((await department.post('/api/notifications/lifecycle', { value: [missed] })).statusCode).toBe(202)
    }
    expect(await department.watches.findChanges(MAILBOX)).toBeUndefined()
    expect(await department.jobs.find(`sync-mailbox|${MAILBOX}`)).toMatchObject({ state: 'due' })
    await department.work()
    expect(await department.stored(series.id)).toEqual(before)
  })

  test('what is no list of notices is refused', async () => {
    for (const body of [{}, { value: 'x' }, { value: [{}] }, { value: [{ subscriptionId: { $ne: null } }] }, []]) {
      expect.soft((await department.post('/api/notifications', body)).statusCode).toBe(400)
      expect.soft((await department.post('/api/notifications/lifecycle', body)).statusCode).toBe(400)
    }
  })
})

test('notices ten times over, in any order and long late, lead where one leads', async () => {
  await move(1)
  await move(4, 2)
  const arrived = department.takeArrived()
  const storm = Array.from({ length: 10 }, () => arrived.toReversed()).flat()
  await department.letIn(storm)
  await department.work()
  expect(await movesOf()).toEqual([0, 1, 0, 0, 1, 0])
  const { rev } = await department.stored(series.id)
  for (const notice of storm) await department.letIn([notice])
  await department.work()
  expect((await department.stored(series.id)).rev).toBe(rev)
})

test('a thousand notices in one POST are one write, and lead to one look', async () => {
  await move(1)
  const [notice] = department.takeArrived()
  const value = Array.from({ length: 1_000 }, (_, index) => ({
    ...notice!.item,
    resourceData: { id: index === 500 ? eventId() : `somebody-elses-${index % 150}` },
  }))
  const answer = await department.post('/api/notifications', { value })
  expect(answer.statusCode).toBe(202)
  const pending = await department.watches.findChanges(MAILBOX)
  expect(pending).toMatchObject({ rev: 1, isEverything: false })
  expect(pending?.eventIds).toHaveLength(151)
  await department.work()
  expect(await movesOf()).toEqual([0, 1, 0, 0, 0, 0])
  expect(department.calls).toEqual(['changes since a token'])
})

test('too many different ids are looked at as a whole', async () => {
  const [notice] = await noticeOfMove()
  const value = Array.from({ length: 300 }, (_, index) => ({ ...notice!.item, resourceData: { id: `event-${index}` } }))
  await department.post('/api/notifications', { value })
  expect(await department.watches.findChanges(MAILBOX)).toMatchObject({ isEverything: true, eventIds: [] })
})
const noticeOfMove = async () => {
  await move(1)
  return department.takeArrived()
}

test('a notice of a subscription that was replaced meanwhile is not believed, and nothing is lost by it', async () => {
  const late = await noticeOfMove()
  const [old] = subscriptions()
  department.tenant.state.collection<Json & { id: string }>('subscriptions').remove(old.id)
  department.tenant.clock.moveTo(department.clock.now().add({ hours: 24 * 3 }))
  await department.work()
  const [made] = subscriptions()
  expect(made.id).not.toBe(old.id)
  // What happened before the new one was made is found by looking at everything.
  expect(await movesOf()).toEqual([0, 1, 0, 0, 0, 0])
  await department.letIn(late)
  expect(await department.watches.findChanges(MAILBOX)).toBeUndefined()
})

describe('the life of a subscription', () => {
  const hours = (count: number) => department.tenant.clock.moveTo(department.clock.now().add({ hours: count }))

  test('it is renewed when a third of it is over, and not before', async () => {
    const [{ id, expirationDateTime }] = subscriptions()
    hours(55)
    await department.work()
    expect(subscriptions()).toMatchObject([{ id, expirationDateTime }])
    hours(1)
    await department.work()
    const [renewed] = subscriptions()
    expect(renewed.id).toBe(id)
    expect(Date.parse(renewed.expirationDateTime) - Date.parse(expirationDateTime)).toBe(56 * 3_600_000)
  })

  test('however the clock steps, it does not lapse while somebody looks before two thirds of it are over', async () => {
    const wednesdays = Array.from(
      { length: 30 },
      (_, n) => `${Temporal.PlainDate.from('2027-01-13').add({ weeks: 2 * n })}`,
    )
    await department.book({ kind: 'every-weeks', weeks: 2, startDate: '2027-01-11', count: 30 }, wednesdays)
    const [{ id }] = subscriptions()
    const draw = drawsFrom(7)
    let least = Number.POSITIVE_INFINITY
    for (let step = 0; step < 150; step++) {
      // Set right by an hour, as at a change of clocks, or on by up to four and a half days of the seven.
      const kind = draw()
      hours(kind < 0.1 ? -1 : kind < 0.2 ? 1 : Math.floor(draw() * 110))
      const [subscription] = subscriptions()
      const left = Date.parse(subscription.expirationDateTime) - department.clock.now().epochMilliseconds
      least = Math.min(least, left / 3_600_000)
      await department.work()
    }
    expect(subscriptions().map((one) => one.id)).toEqual([id])
    expect(least).toBeGreaterThan(0)
  })

  test('asked to reauthorize, it is renewed at once', async () => {
    const [{ id, expirationDateTime }] = subscriptions()
    hours(1)
    await department.letIn([await lifecycle('reauthorizationRequired')])
    expect(await department.jobs.find(`watch-mailbox|${MAILBOX}`)).toMatchObject({ state: 'due' })
    await department.work()
    const [renewed] = subscriptions()
    expect(renewed.id).toBe(id)
    expect(Date.parse(renewed.expirationDateTime)).toBe(Date.parse(expirationDateTime) + 3_600_000)
  })

  test('removed by the calendar, it is made anew and everything is looked at', async () => {
    const removed = await lifecycle('subscriptionRemoved')
    department.tenant.state
      .collection<Json & { id: string }>('subscriptions')
      .remove(String(removed.item['subscriptionId']))
    await move(2)
    expect(department.takeArrived()).toEqual([])
    await department.letIn([removed])
    await department.work()
    expect(subscriptions()).toHaveLength(1)
    expect(subscriptions()[0].id).not.toBe(removed.item['subscriptionId'])
    expect(await movesOf()).toEqual([0, 0, 1, 0, 0, 0])
    await move(3)
    await department.letIn(department.takeArrived())
    await department.work()
    expect(await movesOf()).toEqual([0, 0, 1, 1, 0, 0])
  })

  test('notices that were missed are made up for', async () => {
    await move(2)
    department.takeArrived()
    await department.letIn([await lifecycle('missed')])
    await department.work()
    expect(await movesOf()).toEqual([0, 0, 1, 0, 0, 0])
  })

  test('an event that we do not know changes nothing', async () => {
    await department.letIn([await lifecycle('somethingNew')])
    expect(await department.watches.findChanges(MAILBOX)).toBeUndefined()
  })

  test('it ends when nothing is to come any more', async () => {
    hours(24 * 200)
    department.tenant.notifier.sweep()
    await department.work()
    expect(subscriptions()).toEqual([])
    expect(await department.watches.find(MAILBOX)).toBeUndefined()
  })

  /** What the calendar would say of our subscription. */
  async function lifecycle(lifecycleEvent: string): Promise<Notice> {
    const [{ id, clientState, expirationDateTime: subscriptionExpirationDateTime }] = subscriptions()
    return {
      path: '/api/notifications/lifecycle',
      item: { subscriptionId: id, clientState, subscriptionExpirationDateTime, lifecycleEvent },
    }
  }
})

test('a token that the calendar forgot leads to a whole look, and to a new token', async () => {
  const rounds = department.tenant.state.collection<{ id: string }>('delta-rounds')
  for (const { id } of rounds.list()) rounds.remove(id)
  await department.letIn(await noticeOfMove())
  await department.work()
  expect(department.calls).toEqual(['changes since a token', 'changes of a period'])
  expect(await movesOf()).toEqual([0, 1, 0, 0, 0, 0])
  await move(3)
  await department.letIn(department.takeArrived())
  await department.work()
  expect(department.calls.slice(2)).toEqual(['changes since a token'])
  expect(await movesOf()).toEqual([0, 1, 0, 1, 0, 0])
})

test('what leaves the period is not taken for cancelled, and what others delete is none of ours', async () => {
  const body = {
    subject: 'Dentist',
    start: { dateTime: '2027-02-02T10:00:00', timeZone: 'UTC' },
    end: { dateTime: '2027-02-02T11:00:00', timeZone: 'UTC' },
  }
  const { id } = await department.asMentee('POST', '/me/events', body)
  await department.watches.noteChanges(MAILBOX, 'everything')
  await department.work()
  const before = await department.stored(series.id)
  await department.asMentee('DELETE', `/me/events/${id}`)
  // Beyond every period that is watched: the delta query says "removed" of it.
  await move(5, 250)
  await department.letIn(department.takeArrived())
  await department.work()
  const after = await department.stored(series.id)
  expect(after.series.meetings.slice(0, 5)).toEqual(before.series.meetings.slice(0, 5))
  expect(after.series.meetings[5]?.dateless).toBeUndefined()
})
