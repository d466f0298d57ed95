import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { askAbout, meetingsToCheck, resolveFix } from '../../shared/domain/ask-about.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import { asId, type PersonId } from '../../shared/domain/ids.ts'
import {
  assertChangeable,
  endMeeting,
  finishChange,
  planCallOff,
  planMove,
} from '../../shared/domain/meeting-change.ts'
import { answerFix, askForTime, type FixChoice, isOpen, needsBoth, tendFixes } from '../../shared/domain/meeting-fix.ts'
import type { MentoringRole } from '../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../shared/domain/series.ts'
import type { Reason } from '../../shared/scheduling/types.ts'
import { SEED } from '../scheduling/builders.ts'
import { threeSingles } from './builders.ts'

const now = Temporal.Instant.from('2026-12-20T12:00:00Z')
const clinic: readonly Reason[] = [{ code: 'clinic', personId: 'mentor' }]
const by = asId<PersonId>('somebody')
const meetingAt = (series: MentoringSeries, index = 1): Meeting => series.meetings[index]!
const facts = (at: Temporal.Instant) => ({
  now: at,
  idFor: (...parts: readonly (string | number)[]) => parts.join('|'),
  bodyFor: () => '',
})
/** Asked about its second meeting, whose time lies on clinic. */
const askedAt = (starts: readonly string[], at = now, series = threeSingles(), isCutShort = false) =>
  askAbout(
    series,
    meetingAt(series),
    { state: 'movable', reasons: clinic, options: starts.map((start) => ({ start, reasons: [] })), isCutShort },
    { now: at, id: `fix ${at}`, isPossible: () => true },
  )
const FIRST = '2027-02-10T16:30:00Z'
const SECOND = '2027-02-12T16:30:00Z'
const fixOf = (series: MentoringSeries) => meetingAt(series).fix!
const reply = (series: MentoringSeries, roles: readonly MentoringRole[], choice: FixChoice, at = now) =>
  answerFix(series, meetingAt(series), { fixId: fixOf(series).id, choice, roles, by, now: at })

describe('answers', () => {
  test('agree when the last ones of both name the same time', () => {
    const one = reply(askedAt([FIRST, SECOND]), ['mentee'], { choice: 'accept', startsAt: FIRST })
    expect(one.agreedOn).toBeUndefined()
    const other = reply(one.series, ['mentor'], { choice: 'accept', startsAt: SECOND })
    expect(other.agreedOn).toBeUndefined()
    const agreed = reply(other.series, ['mentee'], { choice: 'accept', startsAt: SECOND })
    expect(agreed.agreedOn).toBe(SECOND)
    expect(fixOf(agreed.series)).toMatchObject({ state: 'agreed', answers: { mentee: { by } } })
  })

  test('of an assistant of both agree at once', () => {
    expect(reply(askedAt([FIRST]), ['mentee', 'mentor'], { choice: 'accept', startsAt: FIRST }).agreedOn).toBe(FIRST)
  })

  test('to a time that is not offered, or to a question that ended, are refused', () => {
    const asked = askedAt([FIRST])
    expect(() => reply(asked, ['mentee'], { choice: 'accept', startsAt: SECOND })).toThrow(DomainError)
    const kept = reply(asked, ['mentor'], { choice: 'keep' }).series
    expect(() => reply(kept, ['mentee'], { choice: 'accept', startsAt: FIRST })).toThrow(DomainError)
    // The same answer again, as after a lost one, is no new one.
    expect(reply(kept, ['mentor'], { choice: 'keep' }).series).toBe(kept)
  })
})

describe('a question', () => {
  test('about what the two decided to keep is not asked again, until something else lies there', () => {
    const kept = reply(askedAt([FIRST]), ['mentor'], { choice: 'keep' }).series
    expect(askedAt([SECOND], now, kept)).toBe(kept)
    const other = askAbout(
      kept,
      meetingAt(kept),
      { state: 'movable', reasons: [{ code: 'leave', personId: 'mentee' }], options: [], isCutShort: false },
      { now, id: 'fix', isPossible: () => true },
    )
    expect(fixOf(other)).toMatchObject({ state: 'ask-people', why: 'no-time' })
  })

  test('proposes two dates in all, whatever comes', () => {
    const once = askedAt([FIRST])
    const declined = reply(once, ['mentor'], { choice: 'none-of-these' }).series
    expect(fixOf(declined)).toMatchObject({ state: 'ask-people', why: 'declined' })
    const moving = planMove(declined, meetingAt(declined), SECOND, facts(now))
    const moved = finishChange(moving, meetingAt(moving), now.toString())
    const twice = askedAt(['2027-02-16T16:30:00Z', '2027-02-17T16:30:00Z'], now, moved)
    expect(fixOf(twice).options).toHaveLength(1)
    expect(meetingAt(twice).proposed).toHaveLength(2)
  })

  test('tells whether the search for its dates ran out of time', () => {
    expect(fixOf(askedAt([FIRST])).isCutShort).toBe(false)
    expect(fixOf(askedAt([FIRST], now, threeSingles(), true)).isCutShort).toBe(true)
  })

  test('ends a day before the meeting, and then the two decide', () => {
    const start = Temporal.Instant.from(meetingAt(threeSingles()).startsAt)
    const asked = askedAt([FIRST], start.subtract({ hours: 72 }))
    expect(fixOf(asked).expiresAt).toBe(start.subtract({ hours: 24 }).toString())
    expect(fixOf(tendFixes(asked, start.subtract({ hours: 25 }))).state).toBe('asking')
    expect(fixOf(tendFixes(asked, start.subtract({ hours: 24 })))).toMatchObject({
      state: 'ask-people',
      why: 'expired',
    })
    expect(fixOf(tendFixes(tendFixes(asked, start.subtract({ hours: 24 })), start))).toMatchObject({ state: 'lapsed' })
  })

  test('is overtaken by a move, whoever made it', () => {
    const asked = askedAt([FIRST])
    const byUs = planMove(asked, meetingAt(asked), SECOND, facts(now))
    expect(fixOf(byUs).state).toBe('overtaken')
    const byHand = {
      ...asked,
      meetings: asked.meetings.map((one, index) => (index === 1 ? { ...one, startsAt: SECOND } : one)),
    }
    expect(fixOf(tendFixes(byHand, now)).state).toBe('overtaken')
  })
})

/** What may happen to a pair, drawn at random; the use cases' own order of rules around the domain's. */
type Step =
  | { readonly kind: 'roster'; readonly blocked: readonly number[] }
  | { readonly kind: 'answer'; readonly meeting: number; readonly role: MentoringRole; readonly choice: number }
  | { readonly kind: 'move'; readonly meeting: number; readonly day: number; readonly role: MentoringRole }
  | { readonly kind: 'call-off'; readonly meeting: number; readonly isForGood: boolean }
  | { readonly kind: 'calendar' }
  | { readonly kind: 'wait'; readonly hours: number }

const meetingIndex = fc.integer({ min: 0, max: 2 })
/** Often one of the days on which the meetings are booked. */
const dutyDay = fc.oneof(fc.constantFrom(8, 36, 71), fc.integer({ min: 0, max: 90 }))
const role = fc.constantFrom<MentoringRole>('mentee', 'mentor')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('roster'), blocked: fc.array(dutyDay, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('answer'), meeting: meetingIndex, role, choice: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('move'), meeting: meetingIndex, day: fc.integer({ min: 0, max: 90 }), role }),
  fc.record({ kind: fc.constant('call-off'), meeting: meetingIndex, isForGood: fc.boolean() }),
  fc.record({ kind: fc.constant('calendar') }),
  fc.record({ kind: fc.constant('wait'), hours: fc.integer({ min: 1, max: 72 }) }),
)
const DAY_ZERO = Temporal.Instant.from('2027-01-04T16:30:00Z')
const STARTS = Array.from({ length: 91 }, (_, day) => DAY_ZERO.add({ hours: 24 * day }).toString())
const startOfDay = (day: number) => STARTS[day]!

class World {
  series = threeSingles()
  now = Temporal.Instant.from('2027-01-01T12:00:00Z')
  blocked = new Set<string>()
  /** Moves that were begun, with what both had said of them by then. */
  readonly moves: { readonly isNear: boolean; readonly isAgreed: boolean }[] = []

  do(what: Step): void {
    this.series = tendFixes(this.series, this.now)
    if (what.kind === 'answer') this.answer(what)
    else if (what.kind === 'move') this.move(what)
    else if (what.kind === 'call-off') this.callOff(what)
    else {
      if (what.kind === 'wait') this.now = this.now.add({ hours: what.hours })
      else if (what.kind === 'roster') this.blocked = new Set(what.blocked.map(startOfDay))
      else this.finishChanges()
      this.check()
    }
  }

  private finishChanges(): void {
    for (const { id } of this.series.meetings) {
      const meeting = this.series.meetings.find((one) => one.id === id)!
      if (meeting.change) this.series = finishChange(this.series, meeting, this.now.toString())
    }
  }

  private answer({ meeting: index, role: of, choice }: Step & { readonly kind: 'answer' }): void {
    const meeting = meetingAt(this.series, index)
    const { fix } = meeting
    if (!fix || !isOpen(fix)) return
    const option = fix.options[choice % 2]
    const choices: readonly FixChoice[] = [
      ...(option ? [{ choice: 'accept', startsAt: option.startsAt } as const] : []),
      { choice: 'keep' },
      { choice: 'none-of-these' },
    ]
    const said = choices[choice % choices.length]!
    if (fix.state === 'ask-people' && said.choice === 'accept') return
    const { series, agreedOn } = answerFix(this.series, meeting, {
      fixId: fix.id,
      choice: said,
      roles: [of],
      by,
      now: this.now,
    })
    this.series = series
    if (agreedOn !== undefined) this.begin(meetingAt(series, index), agreedOn, true)
  }

  private move({ meeting: index, day, role: of }: Step & { readonly kind: 'move' }): void {
    const meeting = meetingAt(this.series, index)
    const startsAt = startOfDay(day)
    if (!this.mayChange(meeting) || this.blocked.has(startsAt) || Temporal.Instant.compare(startsAt, this.now) <= 0)
      return
    if (needsBoth(meeting, startsAt, this.now)) {
      this.series = askForTime(this.series, meeting, {
        startsAt,
        roles: [of],
        by,
        id: `asked ${this.now}`,
        now: this.now,
      })
    } else this.begin(meeting, startsAt, false)
  }

  private begin(meeting: Meeting, startsAt: string, isAgreed: boolean): void {
    if (!this.mayChange(meeting)) return
    this.moves.push({ isNear: needsBoth(meeting, startsAt, this.now), isAgreed })
    this.series = planMove(this.series, meeting, startsAt, facts(this.now))
  }

  private callOff({ meeting: index, isForGood }: Step & { readonly kind: 'call-off' }): void {
    const meeting = meetingAt(this.series, index)
    const at = this.now.toString()
    const end = { as: 'none-planned', reason: 'away', at } as const
    if (meeting.dateless && !meeting.change) {
      if (isForGood) this.series = endMeeting(this.series, meeting, end)
    } else if (!meeting.ended && this.mayChange(meeting)) {
      this.series = planCallOff(this.series, meeting, { now: at, ...(isForGood ? { end } : {}) })
    }
  }

  private mayChange(meeting: Meeting): boolean {
    try {
      assertChangeable(this.series, meeting, this.now)
      return true
    } catch {
      return false
    }
  }

  /** As `checkMeetings` does: what lies on duty is asked about, what does no more is not. */
  private check(): void {
    this.series = tendFixes(this.series, this.now)
    for (const { id } of meetingsToCheck(this.series, this.now)) {
      const meeting = this.series.meetings.find((one) => one.id === id)!
      if (!this.blocked.has(meeting.startsAt)) {
        this.series = resolveFix(this.series, meeting, this.now)
        continue
      }
      const isNear = Temporal.Instant.compare(meeting.startsAt, this.now.add({ hours: 24 })) < 0
      const { proposed = [] } = meeting
      const notice = this.now.add({ hours: 24 }).toString()
      // All of these are written alike, so that their order is that of their texts.
      const free = STARTS.filter((start) => !this.blocked.has(start) && !proposed.includes(start) && start >= notice)
      const state = isNear ? 'inside-24-hours' : proposed.length >= 2 ? 'asked-twice' : 'movable'
      const options = state === 'movable' ? free.slice(0, 2).map((start) => ({ start, reasons: [] })) : []
      this.series = askAbout(
        this.series,
        meeting,
        { state, reasons: clinic, options, isCutShort: false },
        { now: this.now, id: `fix ${id} ${this.now}`, isPossible: (start) => !this.blocked.has(start) },
      )
    }
  }
}

test('whatever happens, no meeting stays on duty unasked, nothing moves inside 24 hours unless both agreed, and at most two dates are proposed', () => {
  let asked = 0
  let moved = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const world = new World()
      for (const what of steps) {
        world.do(what)
        for (const { proposed = [], fix } of world.series.meetings) {
          expect(proposed.length).toBeLessThanOrEqual(2)
          if (fix?.cause === 'roster') asked++
        }
        expect(world.moves.filter(({ isNear, isAgreed }) => isNear && !isAgreed)).toEqual([])
      }
      // The background looks after every change; then nothing is left unasked.
      world.do({ kind: 'calendar' })
      for (const meeting of meetingsToCheck(world.series, world.now)) {
        if (!world.blocked.has(meeting.startsAt)) continue
        expect(meeting.fix?.startsAt).toBe(meeting.startsAt)
        expect(['asking', 'ask-people', 'kept']).toContain(meeting.fix?.state)
      }
      moved += world.moves.length
    }),
    { seed: SEED, numRuns: 300 },
  )
  // The walk reaches what it is about.
  expect(asked).toBeGreaterThan(500)
  expect(moved).toBeGreaterThan(200)
})
