import { expect, test } from 'vitest'
import { DomainError } from '../../shared/domain/errors.ts'
import {
  advance,
  isOver,
  type LifecycleEvent,
  type Moment,
  RELATIONSHIP_STATES,
  type RelationshipState,
} from '../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import { aPair, on } from './builders.ts'

/** What happened on which date, one after the other. */
const after = (start: Relationship, ...steps: readonly (readonly [date: string, event: LifecycleEvent])[]) =>
  steps.reduce((pair, [date, event]) => advance(pair, event, on(date)), start)
const refusal = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
  return 'granted'
}

const booked = { kind: 'meeting-booked' } as const
const held = { kind: 'meeting-held', at: '2027-03-10T15:00:00Z' } as const
const active = after(aPair(), ['2027-03-02', booked], ['2027-03-10', held])

test('a pair takes shape with the first meeting that is booked and is active once both say they met', () => {
  expect(after(aPair(), ['2027-03-02', booked])).toMatchObject({
    state: 'forming',
    course: { firstBookedAt: '2027-03-02T15:00:00Z', firstContactAt: '2027-03-02T15:00:00Z' },
  })
  expect(active).toMatchObject({
    state: 'active',
    course: {
      firstHeldAt: '2027-03-10T15:00:00Z',
      agreement: { openedAt: '2027-03-10T15:00:00Z' },
      termStartsOn: '2027-03-10',
      termEndsOn: '2028-03-10',
    },
  })
})

test('a term lasts as long as the kind of help does', () => {
  const termEnd = (helpAs: Relationship['helpAs']) => after(aPair({ helpAs }), ['2027-03-10', held]).course.termEndsOn
  expect([termEnd('mentor'), termEnd('coach'), termEnd('advisor')]).toEqual(['2028-03-10', '2027-06-10', undefined])
})

test('facts that are told again change nothing', () => {
  const again = advance(active, held, on('2027-03-10'))
  expect(again).toEqual(active)
  expect(advance(again, held, on('2027-03-12'))).toBe(again)
  const rebooked = advance(active, booked, on('2027-03-12'))
  expect(advance(rebooked, booked, on('2027-03-13'))).toBe(rebooked)
})

test('the one who asked cannot answer the invitation; the other can, without a reason', () => {
  const invited = aPair({ state: 'invited', course: { invitedBy: 'mentee' } })
  expect(refusal(() => advance(invited, { kind: 'invitation-accepted', by: 'mentee' }, on('2027-03-02')))).toBe(
    'not-allowed',
  )
  expect(advance(invited, { kind: 'invitation-accepted', by: 'mentor' }, on('2027-03-02'))).toMatchObject({
    state: 'assigned',
    course: { assignedAt: '2027-03-02T15:00:00Z' },
  })
  expect(advance(invited, { kind: 'invitation-declined' }, on('2027-03-02')).state).toBe('ended')
})

test('a date, and an answer to a quiet message, bring a quiet pair back to where it was', () => {
  const quiet = advance(active, { kind: 'went-quiet', reason: 'nothing-booked' }, on('2027-04-20'))
  expect(quiet).toMatchObject({ state: 'stalled', course: { quiet: 'nothing-booked' } })
  expect(advance(quiet, booked, on('2027-04-21'))).toMatchObject({ state: 'active' })
  expect(advance(quiet, booked, on('2027-04-21')).course.quiet).toBeUndefined()
  const unanswered = advance(aPair(), { kind: 'went-quiet', reason: 'contacts-unanswered' }, on('2027-04-20'))
  expect(advance(unanswered, { kind: 'contacted', answered: true }, on('2027-04-21')).state).toBe('assigned')
  expect(advance(quiet, { kind: 'contacted', answered: true }, on('2027-04-21')).state).toBe('stalled')
})

test('a pause names the day it ends, may be moved, and is remembered as time in which nothing was missed', () => {
  const pauseUntil = (resumeDate: string) =>
    refusal(() => advance(active, { kind: 'paused', resumeDate }, on('2027-05-01')))
  expect(['2027-05-01', '2027-05-02', '2028-05-01', '2028-05-02'].map(pauseUntil)).toEqual([
    'resume-date-out-of-range',
    'granted',
    'granted',
    'resume-date-out-of-range',
  ])
  const paused = after(
    active,
    ['2027-05-01', { kind: 'paused', resumeDate: '2027-06-01' }],
    ['2027-05-20', { kind: 'paused', resumeDate: '2027-08-01' }],
  )
  expect(paused).toMatchObject({ state: 'paused', course: { pause: { from: '2027-05-01', resumeDate: '2027-08-01' } } })
  const resumed = advance(paused, { kind: 'resumed' }, on('2027-07-15'))
  expect(resumed).toMatchObject({ state: 'active', course: { pauses: [{ from: '2027-05-01', to: '2027-07-15' }] } })
  expect(resumed.course.pause).toBeUndefined()
})

test('a wish for another mentor outlasts a meeting that was booked before, and is taken back by whoever had it', () => {
  const waiting = advance(active, { kind: 'rematch-asked', by: 'mentee' }, on('2027-05-01'))
  expect(advance(waiting, { kind: 'meeting-held', at: '2027-05-03T15:00:00Z' }, on('2027-05-03')).state).toBe('rematch')
  const takeBack = (by: 'mentee' | 'mentor') => () =>
    advance(waiting, { kind: 'rematch-withdrawn', by }, on('2027-05-04'))
  expect(refusal(takeBack('mentor'))).toBe('not-allowed')
  expect(takeBack('mentee')()).toMatchObject({ state: 'active' })
  const offered = advance(aPair(), { kind: 'rematch-asked' }, on('2027-05-01'))
  expect(advance(offered, { kind: 'rematch-withdrawn', by: 'mentor' }, on('2027-05-02')).state).toBe('assigned')
})

test('a review goes on, opens the agreement, or leads to the end; after twelve months it renews the term', () => {
  const review = (cause: 'month-6' | 'month-12', decision: 'continue' | 'modify' | 'end') =>
    after(
      active,
      ['2028-03-12', { kind: 'review-started', cause }],
      ['2028-03-20', { kind: 'review-answered', decision }],
    )
  const signed = (pair: Relationship) => advance(pair, { kind: 'agreement-signed' }, on('2027-03-20'))
  expect(review('month-6', 'continue')).toMatchObject({ state: 'active', course: { termEndsOn: '2028-03-10' } })
  expect(review('month-12', 'continue')).toMatchObject({
    state: 'active',
    course: { termStartsOn: '2028-03-10', termEndsOn: '2029-03-10', reviewed: [] },
  })
  expect(review('month-6', 'end').state).toBe('transition')
  const modified = after(
    signed(active),
    ['2027-09-10', { kind: 'review-started', cause: 'requested' }],
    ['2027-09-20', { kind: 'review-answered', decision: 'modify' }],
  )
  expect(modified).toMatchObject({
    state: 'active',
    course: { agreement: { signedAt: '2027-03-20T15:00:00Z', openedAt: '2027-09-20T15:00:00Z' } },
  })
})

test('an ending waits for open homework, and may become another form', () => {
  const ending = advance(active, { kind: 'transition-started' }, on('2027-12-01'))
  const settle = (outcome: 'ended' | 'informal' | 'redefined', openHomework: number) => () =>
    advance(ending, { kind: 'transition-settled', outcome, openHomework }, on('2027-12-10'))
  expect(refusal(settle('ended', 1))).toBe('homework-still-open')
  expect(settle('ended', 0)().state).toBe('ended')
  expect(settle('informal', 0)().state).toBe('informal')
  expect(settle('redefined', 0)()).toMatchObject({
    state: 'active',
    course: { termStartsOn: '2027-12-10', termEndsOn: '2028-12-10', agreement: { openedAt: '2027-12-10T15:00:00Z' } },
  })
})

/** Every event with every choice it carries. */
const EVENTS: readonly LifecycleEvent[] = [
  { kind: 'invitation-accepted', by: 'mentee' },
  { kind: 'invitation-accepted', by: 'mentor' },
  { kind: 'invitation-declined' },
  { kind: 'contacted', answered: true },
  { kind: 'contacted', answered: false },
  booked,
  held,
  { kind: 'agreement-opened' },
  { kind: 'agreement-signed' },
  { kind: 'went-quiet', reason: 'contacts-unanswered' },
  { kind: 'went-quiet', reason: 'windows-missed' },
  { kind: 'went-quiet', reason: 'nothing-booked' },
  { kind: 'paused', resumeDate: '2027-03-05' },
  { kind: 'paused', resumeDate: '2027-01-01' },
  { kind: 'resumed' },
  ...(['month-6', 'month-12', 'requested'] as const).map((cause) => ({ kind: 'review-started', cause }) as const),
  ...(['continue', 'modify', 'end'] as const).map((decision) => ({ kind: 'review-answered', decision }) as const),
  { kind: 'review-withdrawn' },
  { kind: 'rematch-asked' },
  { kind: 'rematch-asked', by: 'mentee' },
  { kind: 'rematch-asked', by: 'mentor' },
  { kind: 'rematch-withdrawn', by: 'mentee' },
  { kind: 'rematch-withdrawn', by: 'mentor' },
  { kind: 'rematched' },
  { kind: 'transition-started' },
  ...(['ended', 'informal', 'redefined'] as const).flatMap((outcome) =>
    [0, 1].map((openHomework) => ({ kind: 'transition-settled', outcome, openHomework }) as const),
  ),
]
const REFUSALS = ['not-in-this-state', 'not-allowed', 'resume-date-out-of-range', 'homework-still-open']
const MOMENT: Moment = on('2027-03-01')

/** What decides how a pair goes on: dates and counts are cut where another value changes nothing. */
const essence = ({ state, course, helpAs }: Relationship) =>
  [
    state,
    helpAs,
    course.invitedBy,
    (course.unansweredOn ?? []).length,
    course.firstBookedAt !== undefined,
    course.firstHeldAt !== undefined,
    course.quiet,
    course.pause !== undefined,
    course.review,
    course.rematchAskedBy,
    course.agreement?.openedAt !== undefined,
    course.agreement?.signedAt !== undefined,
    course.termEndsOn !== undefined,
  ].join(' ')

/** Everything that can become of a pair, by its essence, with the states one event leads to. */
function explore(starts: readonly Relationship[]) {
  const seen = new Map<string, Relationship>()
  const exits = new Map<RelationshipState, Set<RelationshipState>>()
  const queue = [...starts]
  for (let pair = queue.pop(); pair; pair = queue.pop()) {
    if (seen.has(essence(pair))) continue
    seen.set(essence(pair), pair)
    for (const event of EVENTS) {
      const next = tryAdvance(pair, event)
      if (!next) continue
      if (next.state !== pair.state) exits.set(pair.state, (exits.get(pair.state) ?? new Set()).add(next.state))
      queue.push(next)
    }
  }
  return { pairs: [...seen.values()], exits }
}
function tryAdvance(pair: Relationship, event: LifecycleEvent): Relationship | undefined {
  try {
    return advance(pair, event, MOMENT)
  } catch (error) {
    if (error instanceof DomainError && REFUSALS.includes(error.code)) return undefined
    throw error
  }
}

test('of everything that can happen, every state is reached, only the final ones have no exit, and nothing else fails', () => {
  const starts = (['mentor', 'coach', 'advisor'] as const).flatMap((helpAs) => [
    aPair({ helpAs, checkOn: '2027-03-01' }),
    aPair({ helpAs, checkOn: '2027-03-01', state: 'invited', course: { invitedBy: 'mentee' } }),
    aPair({ helpAs, checkOn: '2027-03-01', state: 'invited', course: { invitedBy: 'mentor' } }),
  ])
  const { pairs, exits } = explore(starts)
  expect(new Set(pairs.map(({ state }) => state))).toEqual(new Set(RELATIONSHIP_STATES))
  expect(RELATIONSHIP_STATES.filter((state) => !exits.has(state))).toEqual(['ended', 'informal'])
  expect(Object.fromEntries([...exits].map(([state, to]) => [state, [...to].toSorted()]))).toEqual({
    invited: ['active', 'assigned', 'ended', 'forming'],
    assigned: ['active', 'forming', 'paused', 'rematch', 'stalled', 'transition'],
    forming: ['active', 'paused', 'rematch', 'stalled', 'transition'],
    active: ['paused', 'rematch', 'reviewing', 'stalled', 'transition'],
    stalled: ['active', 'assigned', 'forming', 'paused', 'rematch', 'transition'],
    rematch: ['active', 'assigned', 'ended', 'forming', 'transition'],
    paused: ['active', 'assigned', 'forming', 'rematch', 'transition'],
    reviewing: ['active', 'rematch', 'transition'],
    transition: ['active', 'assigned', 'ended', 'forming', 'informal'],
  })
  for (const { state, course, checkOn } of pairs) {
    expect(course.quiet !== undefined).toBe(state === 'stalled')
    expect(course.pause !== undefined).toBe(state === 'paused')
    expect(course.review !== undefined).toBe(state === 'reviewing')
    if (course.rematchAskedBy) expect(state).toBe('rematch')
    expect(checkOn !== undefined).toBe(!isOver(state))
    if (state === 'active' || state === 'reviewing') expect(course.firstHeldAt).toBeDefined()
  }
  expect(pairs.length).toBeGreaterThan(200)
})
