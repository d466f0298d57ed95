import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { heldTime } from '../../shared/domain/held-time.ts'
import {
  abandonChange,
  assertChangeable,
  endMeeting,
  finishChange,
  planCallOff,
  planMove,
  reopenMeeting,
  switchToAnew,
} from '../../shared/domain/meeting-change.ts'
import { type Meeting, type MentoringSeries, meetingState, planCancellation } from '../../shared/domain/series.ts'
import { fortnightly, threeSingles } from './builders.ts'

const now = Temporal.Instant.from('2026-12-20T12:00:00Z')
const at = now.toString()
const facts = { now, idFor: (...parts: readonly (string | number)[]) => parts.join('|'), bodyFor: () => '' }
const meetingAt = (series: MentoringSeries, index: number): Meeting => series.meetings[index]!
const move = (series: MentoringSeries, index: number, startsAt: string) =>
  planMove(series, meetingAt(series, index), startsAt, facts)
/** The series after the calendar did what was decided. */
const finished = (series: MentoringSeries, index: number) => finishChange(series, meetingAt(series, index), at)
const stateOf = (series: MentoringSeries, index: number) => {
  const meeting = meetingAt(series, index)
  return meetingState(
    meeting,
    series.events.find(({ key }) => key === meeting.eventKey),
  )
}
const startsHeld = (series: MentoringSeries) => heldTime(series).map(({ startsAt }) => startsAt)

describe('a move', () => {
  test('of a single event changes it in place; both times are held until it is done', () => {
    const moving = move(threeSingles(), 1, '2027-02-11T17:00:00Z')
    expect(meetingAt(moving, 1).change?.kind).toBe('move-in-place')
    expect(moving.state).toBe('changing')
    expect(startsHeld(moving)).toEqual(expect.arrayContaining(['2027-02-09T16:30:00Z', '2027-02-11T17:00:00Z']))
    const done = finished(moving, 1)
    expect(meetingAt(done, 1)).toMatchObject({
      startsAt: '2027-02-11T17:00:00Z',
      endsAt: '2027-02-11T17:45:00Z',
      moves: 1,
    })
    expect(startsHeld(done)).not.toContain('2027-02-09T16:30:00Z')
    expect(done.state).toBe('booked')
    // What the calendar is compared with from now on, on the organizer's wall clock.
    expect(done.events[1]!.draft.time).toMatchObject({ date: '2027-02-11', startTime: '13:30' })
  })

  test.each([
    ['between its neighbours', '2027-01-28T16:30:00Z', 'move-in-place'],
    ['onto the day of the one before', '2027-01-05T18:30:00Z', 'move-anew'],
    ['past the one after', '2027-02-03T16:30:00Z', 'move-anew'],
    // 02:30 in UTC is still the evening before in St. John's: the neighbour's day.
    ['onto the day of the one after, as the series counts days', '2027-02-03T02:30:00Z', 'move-anew'],
  ])('of an occurrence %s', (_, startsAt, kind) => {
    const moving = move(fortnightly(), 1, startsAt)
    expect(meetingAt(moving, 1).change?.kind).toBe(kind)
    expect(moving.events).toHaveLength(kind === 'move-anew' ? 2 : 1)
  })

  test('reckons with a neighbour that is being moved itself', () => {
    const first = move(fortnightly(), 0, '2027-01-12T16:30:00Z')
    expect(meetingAt(first, 0).change?.kind).toBe('move-in-place')
    expect(meetingAt(move(first, 1, '2027-01-12T18:30:00Z'), 1).change?.kind).toBe('move-anew')
    expect(meetingAt(move(first, 1, '2027-01-13T16:30:00Z'), 1).change?.kind).toBe('move-in-place')
  })

  test('in place of an occurrence holds the series\u2019 other dates and ends on an event of its own', () => {
    const moving = move(fortnightly(), 1, '2027-02-03T16:30:00Z')
    const anew = moving.events[1]!
    expect(anew).toMatchObject({ step: 'intended', shape: { kind: 'single', meeting: 1 } })
    const booked = { ...moving, events: moving.events.map((event) => ({ ...event, step: 'verified' as const })) }
    const done = finished(booked, 1)
    expect(meetingAt(done, 1)).toMatchObject({ eventKey: anew.key, startsAt: '2027-02-03T16:30:00Z' })
    expect(done.events[0]!.step).toBe('verified')
    expect(done.state).toBe('booked')
  })

  test('that the calendar refuses goes on as a single event with the draft that was stored', () => {
    const moving = move(fortnightly(), 1, '2027-01-28T16:30:00Z')
    const { change } = meetingAt(moving, 1)
    const switched = switchToAnew(moving, meetingAt(moving, 1), at)
    expect(switched.events.at(-1)).toEqual(change?.kind === 'move-in-place' ? change.fallback : undefined)
    expect(meetingAt(switched, 1).change).toMatchObject({ kind: 'move-anew', to: { startsAt: '2027-01-28T16:30:00Z' } })
  })

  test('that fails leaves the meeting where it was and gives the new time back', () => {
    const series = threeSingles()
    const moving = move(series, 1, '2027-02-11T17:00:00Z')
    const left = abandonChange(moving, meetingAt(moving, 1), 'slot-not-free', at)
    expect(meetingAt(left, 1)).toEqual({ ...meetingAt(series, 1), changeProblem: 'slot-not-free' })
    expect(startsHeld(left)).toEqual(startsHeld(series))
    expect(left.state).toBe('booked')
  })
})

describe('one meeting called off', () => {
  test('waits for a new date, and counts as moved only if it had one', () => {
    const calling = planCallOff(threeSingles(), meetingAt(threeSingles(), 1), { now: at, comment: 'Ward' })
    expect(calling.state).toBe('changing')
    const off = finished(calling, 1)
    expect(stateOf(off, 1)).toBe('needs-date')
    expect(meetingAt(off, 1)).toMatchObject({ dateless: { reason: 'cancelled', since: at } })
    // What they wrote to each other is not kept.
    expect(JSON.stringify(off)).not.toContain('Ward')
    const again = move(off, 1, '2027-02-16T16:30:00Z')
    expect(meetingAt(again, 1).change?.kind).toBe('move-anew')
    expect(meetingAt(finished(again, 1), 1).moves).toBeUndefined()
  })

  test('ends as none planned, and that can be taken back', () => {
    const off = finished(planCallOff(threeSingles(), meetingAt(threeSingles(), 1), { now: at }), 1)
    const ended = endMeeting(off, meetingAt(off, 1), { as: 'none-planned', reason: 'not-needed', at })
    expect(stateOf(ended, 1)).toBe('cancelled')
    expect(ended.state).toBe('booked')
    const open = reopenMeeting(ended, meetingAt(ended, 1), '2026-12-25T12:00:00Z')
    expect(stateOf(open, 1)).toBe('needs-date')
    // It waits since it lost its date, not since somebody changed their mind.
    expect(meetingAt(open, 1).dateless?.since).toBe(at)
  })

  test('while it is being moved drops the move, also one that is half in the calendar', () => {
    const moving = move(fortnightly(), 1, '2027-02-03T16:30:00Z')
    const calling = planCallOff(moving, meetingAt(moving, 1), { now: at })
    expect(meetingAt(calling, 1).change?.kind).toBe('call-off')
    expect(calling.events.map(({ step }) => step)).toEqual(['verified', 'cancelling'])
    expect(startsHeld(calling)).not.toContain('2027-02-03T16:30:00Z')
  })

  test('with the whole series, moves included, ends as called off with it', () => {
    const moving = move(fortnightly(), 1, '2027-02-03T16:30:00Z')
    const gone = planCancellation(moving, at, undefined)
    expect(gone.events.map(({ step }) => step)).toEqual(['cancelling', 'cancelling'])
    expect(gone.meetings.every(({ change, ended }) => !change && ended?.reason === 'series-called-off')).toBe(true)
  })
})

test('what is over, or being changed, or gone with its series is not changed', () => {
  const series = threeSingles()
  const refused = (of: MentoringSeries, index: number, when = now) => {
    try {
      assertChangeable(of, meetingAt(of, index), when)
      return 'allowed'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(refused(series, 0)).toBe('allowed')
  expect(refused(series, 0, Temporal.Instant.from(meetingAt(series, 0).startsAt))).toBe('meeting-not-changeable')
  expect(refused(move(series, 1, '2027-02-11T17:00:00Z'), 1)).toBe('meeting-not-changeable')
  expect(refused(planCancellation(series, at, undefined), 1)).toBe('meeting-not-changeable')
})
