import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Followed, followSeries } from '../../shared/domain/follow-series.ts'
import { asId, type EventId } from '../../shared/domain/ids.ts'
import type { SeenCalendar, SeenItem } from '../../shared/domain/seen-calendar.ts'
import { type MentoringSeries, meetingState, type Placed } from '../../shared/domain/series.ts'
import { fortnightly, threeSingles } from './builders.ts'
import { type Deed, doByHand, handCalendarOf, seenIn, whereabouts } from './hand-made-changes.ts'

const NOW = '2026-12-10T12:00:00Z'
const follow = (series: MentoringSeries, seen: SeenCalendar, now = NOW): Followed => followSeries(series, seen, now)
/** Follows the calendar of a series after some deeds. */
function followedAfter(series: MentoringSeries, ...deeds: Deed[]) {
  const calendar = deeds.reduce(doByHand, handCalendarOf(series))
  return { calendar, ...follow(series, seenIn(calendar)) }
}
const statesOf = (series: MentoringSeries) =>
  series.meetings.map((meeting) =>
    meetingState(
      meeting,
      series.events.find(({ key }) => key === meeting.eventKey),
    ),
  )
const DAY = 1440
const at = ({ startsAt, endsAt }: Placed) => ({ startsAt, endsAt })

test('a calendar that nobody touched changes nothing, and the very same series is answered', () => {
  for (const series of [fortnightly(), threeSingles()]) {
    const { series: followed, changes } = followedAfter(series)
    expect(followed).toBe(series)
    expect(changes).toEqual([])
  }
})

test('a meeting that was moved follows, and tells where it was', () => {
  const series = threeSingles()
  const { series: followed, changes } = followedAfter(series, { kind: 'move', target: 1, minutes: DAY + 30 })
  expect(followed.meetings[1]).toEqual({
    ...series.meetings[1],
    startsAt: '2027-02-10T17:00:00Z',
    endsAt: '2027-02-10T17:45:00Z',
    movedFrom: { startsAt: '2027-02-09T16:30:00Z', endsAt: '2027-02-09T17:15:00Z' },
    moves: 1,
  })
  expect(changes).toEqual([{ meetingId: series.meetings[1]!.id, kind: 'moved' }])
  expect(followed.state).toBe('booked')
})

test('an occurrence keeps its name wherever it is moved, even past its neighbour', () => {
  const series = fortnightly()
  const { series: followed } = followedAfter(series, { kind: 'move', target: 2, minutes: 20 * DAY })
  expect(followed.meetings.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual([
    '2027-01-05',
    '2027-01-19',
    '2027-02-22',
    '2027-02-16',
    '2027-03-02',
    '2027-03-16',
  ])
  expect(followed.meetings.map(({ moves }) => moves)).toEqual([
    undefined,
    undefined,
    1,
    undefined,
    undefined,
    undefined,
  ])
})

test('a meeting that was made longer or shorter has the new length and counts as not moved', () => {
  const { series: followed, changes } = followedAfter(threeSingles(), { kind: 'resize', target: 0, minutes: 15 })
  expect(followed.meetings[0]).toMatchObject({ startsAt: '2027-01-12T16:30:00Z', endsAt: '2027-01-12T17:00:00Z' })
  expect(followed.meetings[0]).not.toHaveProperty('moves')
  expect(changes.map(({ kind }) => kind)).toEqual(['resized'])
})

test('a declined meeting needs a date and keeps its item; a change of mind gives the date back', () => {
  const series = fortnightly()
  const declined = followedAfter(series, { kind: 'answer', target: 3, says: 'declined' })
  expect(declined.series.meetings[3]?.dateless).toEqual({ reason: 'declined', since: NOW })
  expect(statesOf(declined.series)[3]).toBe('needs-date')
  expect(declined.series).toMatchObject({ state: 'needs-attention', events: [{ step: 'verified' }] })
  const accepted = doByHand(declined.calendar, { kind: 'answer', target: 3, says: 'open' })
  const back = follow(declined.series, seenIn(accepted))
  expect(back.series).toEqual(series)
  expect(back.changes).toEqual([{ meetingId: series.meetings[3]!.id, kind: 'found' }])
})

test('another time that was asked for is kept beside the meeting until it is answered', () => {
  const proposed = followedAfter(threeSingles(), { kind: 'propose', target: 0, minutes: 60 })
  expect(proposed.series.meetings[0]).toMatchObject({
    startsAt: '2027-01-12T16:30:00Z',
    proposal: { startsAt: '2027-01-12T17:30:00Z', endsAt: '2027-01-12T18:15:00Z' },
  })
  expect(proposed.series.state).toBe('booked')
  const moved = doByHand(proposed.calendar, { kind: 'move', target: 0, minutes: 60 })
  expect(follow(proposed.series, seenIn(moved)).series.meetings[0]).not.toHaveProperty('proposal')
})

test('a cancelled date leaves its meeting without one; a deleted item all of its own', () => {
  const one = followedAfter(fortnightly(), { kind: 'cancel', target: 4 })
  expect(statesOf(one.series)).toEqual(['booked', 'booked', 'booked', 'booked', 'needs-date', 'booked'])
  const all = followedAfter(fortnightly(), { kind: 'take-out', target: 0 })
  expect(new Set(statesOf(all.series))).toEqual(new Set(['needs-date']))
  expect(all.series.meetings[0]?.dateless).toEqual({ reason: 'cancelled', since: NOW })
  const back = follow(all.series, seenIn(doByHand(all.calendar, { kind: 'put-back', target: 0 })))
  expect(back.series).toEqual(fortnightly())
})

test('what was held stays held when calendars are tidied, and what is long over is not looked at', () => {
  const later = '2027-01-15T12:00:00Z'
  const tidied = follow(threeSingles(), { kind: 'read', items: [] }, later).series
  expect(statesOf(tidied)).toEqual(['booked', 'needs-date', 'needs-date'])
  const muchLater = '2027-12-15T12:00:00Z'
  const series = threeSingles()
  expect(follow(series, { kind: 'read', items: [] }, muchLater).series).toBe(series)
})

test('a series that is edited as a whole keeps its meetings, also on another weekday', () => {
  const series = fortnightly()
  const { series: followed } = followedAfter(series, { kind: 'shift-all', target: 0, minutes: DAY + 60 })
  expect(followed.meetings.map(({ startsAt }) => startsAt)).toEqual(
    series.meetings.map(({ startsAt }) =>
      new Date(Date.parse(startsAt) + (DAY + 60) * 60_000).toISOString().replace('.000', ''),
    ),
  )
  expect(followed.meetings.every(({ moves }) => moves === 1)).toBe(true)
})

describe('this and following', () => {
  test('a part that kept our key is taken over with its own item', () => {
    const { series: followed, calendar } = followedAfter(fortnightly(), {
      kind: 'split',
      target: 3,
      minutes: 90,
      keepsKey: true,
    })
    expect(followed.events.map(({ key, eventId }) => ({ key, eventId }))).toEqual([
      { key: '5b0c1d1e-1f2a-4c3d-8e4f-5a6b7c8d9e33:1', eventId: 'event-1' },
      { key: '5b0c1d1e-1f2a-4c3d-8e4f-5a6b7c8d9e33:1~2', eventId: 'event-2' },
    ])
    expect(followed.meetings.map(({ eventKey }) => eventKey.slice(37))).toEqual(['1', '1', '1', '1~2', '1~2', '1~2'])
    expect(followed.state).toBe('booked')
    const moved = doByHand(calendar, { kind: 'move', target: 5, minutes: 10 * DAY })
    // From now on the part is read by its own key.
    const seen = seenIn(moved) as Extract<SeenCalendar, { kind: 'read' }>
    const items = seen.items.map((item) => ({
      ...item,
      key: followed.events.find((e) => e.eventId === item.eventId)!.key,
    }))
    const again = follow(followed, { kind: 'read', items })
    expect(again.changes).toEqual([{ meetingId: followed.meetings[5]!.id, kind: 'moved' }])
  })
  test('a date that was called off before comes back on the part, when that is edited as a whole', () => {
    const cancelled = followedAfter(fortnightly(), { kind: 'cancel', target: 3 })
    const calendar = doByHand(cancelled.calendar, { kind: 'split', target: 3, minutes: 0, keepsKey: true })
    const split = doByHand(calendar, { kind: 'split', target: 4, minutes: 0, keepsKey: true })
    const followed = follow(cancelled.series, seenIn(split)).series
    expect(followed.meetings.map(({ eventKey }) => eventKey.slice(37))).toEqual(['1', '1', '1', '1', '1~2', '1~2'])
    const [, part] = split.items
    const back = { ...part!.dates[0]!, ...at(followed.meetings[3]!), originalStart: followed.meetings[3]!.startsAt }
    const items = split.items.map((item) => ({
      ...item,
      key: followed.events.find(({ eventId }) => eventId === item.eventId)!.key,
      dates: item === part ? [back, ...item.dates] : item.dates,
    }))
    const again = follow(followed, seenIn({ ...split, items })).series
    expect(again.meetings[3]).toMatchObject({
      eventKey: expect.stringMatching(/1~2$/),
      ...at(fortnightly().meetings[3]!),
    })
    expect(again.state).toBe('booked')
  })
  test('a part that lost our key leaves its meetings without a date', () => {
    const { series: followed } = followedAfter(fortnightly(), {
      kind: 'split',
      target: 3,
      minutes: 90,
      keepsKey: false,
    })
    expect(statesOf(followed)).toEqual(['booked', 'booked', 'booked', 'needs-date', 'needs-date', 'needs-date'])
  })
})

test('a mailbox that is gone is said once and keeps what was known; it goes away when the mailbox can be read', () => {
  const series = threeSingles()
  const lost = follow(series, { kind: 'unreadable', problem: 'mailbox-not-found' }).series
  expect(lost).toEqual({
    ...series,
    state: 'needs-attention',
    calendarProblem: { code: 'mailbox-not-found', since: NOW },
  })
  expect(follow(lost, { kind: 'unreadable', problem: 'mailbox-not-found' }, '2026-12-11T12:00:00Z').series).toBe(lost)
  expect(follow(lost, seenIn(handCalendarOf(series))).series).toEqual(series)
})

test('an item that is still worked on, and a series that is called off, are left alone', () => {
  const series = threeSingles()
  const nothing: SeenCalendar = { kind: 'read', items: [] }
  const working: MentoringSeries = {
    ...series,
    state: 'booking',
    events: series.events.map((event) => ({ ...event, step: 'attached' })),
  }
  expect(follow(working, nothing).series).toBe(working)
  const cancelled: MentoringSeries = {
    ...series,
    state: 'cancelled',
    meetings: series.meetings.map((meeting) => ({ ...meeting, cancelled: true })),
    events: series.events.map((event) => ({ ...event, step: 'cancelled' })),
  }
  expect(follow(cancelled, nothing).series).toBe(cancelled)
})

test('somebody who is taken off the invitation has no date, and an event of theirs alone is nobody\u2019s part', () => {
  const series = threeSingles()
  const { calendar } = followedAfter(series)
  const seen = seenIn(calendar) as Extract<SeenCalendar, { kind: 'read' }>
  const uninvited = seen.items.map((item) => ({
    ...item,
    dates: item.dates.map((date) => ({ ...date, answer: 'not-invited' as const })),
  }))
  expect(new Set(statesOf(follow(series, { kind: 'read', items: uninvited }).series))).toEqual(new Set(['needs-date']))
  const copies = uninvited.map((item): SeenItem => ({ ...item, eventId: asId<EventId>(`copy of ${item.eventId}`) }))
  expect(follow(series, { kind: 'read', items: copies }).series.events).toHaveLength(3)
})

const target = fc.nat(20)
/** Less than to the neighbour, so that nearness alone can tell a split's dates apart. */
const minutes = fc.integer({ min: -2 * DAY, max: 2 * DAY }).map((value) => value - (value % 15))
const hours = fc.integer({ min: -12, max: 12 }).map((value) => value * 60)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), target, minutes }),
  fc.record({ kind: fc.constant('resize' as const), target, minutes: fc.integer({ min: 0, max: 90 }) }),
  fc.record({
    kind: fc.constant('answer' as const),
    target,
    says: fc.constantFrom('open' as const, 'declined' as const),
  }),
  fc.record({ kind: fc.constant('propose' as const), target, minutes }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'take-out' as const, 'put-back' as const), target }),
  fc.record({ kind: fc.constant('shift-all' as const), target, minutes: hours }),
  fc.record({ kind: fc.constant('split' as const), target, minutes: hours, keepsKey: fc.boolean() }),
)
const history = fc.record({
  series: fc.constantFrom(fortnightly(), threeSingles(), fortnightly(12)),
  steps: fc.array(fc.record({ deed, isFollowed: fc.boolean() }), { maxLength: 15 }),
})

const placesOf = ({ meetings }: MentoringSeries) =>
  meetings.map(({ startsAt, endsAt, dateless, proposal }) => ({
    // A meeting without a date keeps the last one, which depends on when somebody looked.
    ...(dateless?.reason === 'cancelled' ? {} : { startsAt, endsAt }),
    ...(dateless ? { dateless: dateless.reason } : {}),
    ...(proposal ? { proposal } : {}),
  }))

test('after any history, followed at any moments, every meeting is where the calendar has it', () => {
  fc.assert(
    fc.property(history, ({ series, steps }) => {
      let calendar = handCalendarOf(series)
      let followed = series
      for (const step of steps) {
        calendar = doByHand(calendar, step.deed)
        if (step.isFollowed) followed = follow(followed, relabelled(followed, seenIn(calendar))).series
      }
      followed = follow(followed, relabelled(followed, seenIn(calendar))).series
      expect(placesOf(followed)).toEqual(series.meetings.map(({ id }) => whereabouts(calendar, id)))
      const again = follow(followed, relabelled(followed, seenIn(calendar)), '2026-12-12T00:00:00Z')
      expect(again.changes).toEqual([])
      expect(again.series).toBe(followed)
    }),
    { numRuns: 400 },
  )
})

/** A reader names an item that is stored by its stored key. */
function relabelled({ events }: MentoringSeries, seen: SeenCalendar): SeenCalendar {
  if (seen.kind !== 'read') return seen
  const keys = new Map(events.map(({ eventId, key }) => [eventId, key]))
  return { kind: 'read', items: seen.items.map((item) => ({ ...item, key: keys.get(item.eventId) ?? item.key })) }
}
