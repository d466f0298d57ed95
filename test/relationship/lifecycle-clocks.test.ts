import { expect, test } from 'vitest'
import { advance, type LifecycleEvent } from '../../shared/domain/lifecycle.ts'
import { dueEvent, rungOf } from '../../shared/domain/lifecycle-clocks.ts'
import { courseDates, nextSteps } from '../../shared/domain/next-steps.ts'
import type { PairFacts } from '../../shared/domain/pair-facts.ts'
import { clocksOf } from '../../shared/domain/programme-clocks.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import { aPair, on } from './builders.ts'

const NOTHING: PairFacts = { windows: [] }
const AHEAD: PairFacts = { windows: [], nextMeetingAt: '2029-01-01T15:00:00Z' }
/** First met on 10 March 2027, term to 10 March 2028. */
const active = (rest: Partial<Relationship> = {}) =>
  advance(aPair(rest), { kind: 'meeting-held', at: '2027-03-10T15:00:00Z' }, on('2027-03-10'))
const then = (pair: Relationship, date: string, event: LifecycleEvent) => advance(pair, event, on(date))
/** The first of some dates on which something is due, and what. */
const firstDue = (pair: Relationship, facts: PairFacts, ...dates: readonly string[]) =>
  dates.map((date) => dueEvent(pair, facts, on(date)))
const ids = (...args: Parameters<typeof nextSteps>) => nextSteps(...args).map(({ id }) => id)

test('nothing booked for thirty days is quiet, a date ahead or an advisor is not', () => {
  const quiet = { kind: 'went-quiet', reason: 'nothing-booked' }
  expect(firstDue(aPair(), NOTHING, '2027-03-30', '2027-03-31')).toEqual([undefined, quiet])
  expect(firstDue(aPair(), AHEAD, '2027-03-31')).toEqual([undefined])
  expect(firstDue(active({ helpAs: 'advisor' }), NOTHING, '2027-09-01')).toEqual([undefined])
  const met = { windows: [], lastMeetingAt: '2027-05-20T15:00:00Z' }
  expect(firstDue(active(), met, '2027-06-18', '2027-06-19')).toEqual([undefined, quiet])
})

test('two messages without an answer are quiet, two on one day count once, an answer ends the row', () => {
  const once = then(aPair(), '2027-03-05', { kind: 'contacted', answered: false })
  const sameDay = then(once, '2027-03-05', { kind: 'contacted', answered: false })
  const twice = then(sameDay, '2027-03-09', { kind: 'contacted', answered: false })
  expect(firstDue(sameDay, AHEAD, '2027-03-09')).toEqual([undefined])
  expect(firstDue(twice, AHEAD, '2027-03-09')).toEqual([{ kind: 'went-quiet', reason: 'contacts-unanswered' }])
  const answered = then(twice, '2027-03-10', { kind: 'contacted', answered: true })
  expect(firstDue(answered, AHEAD, '2027-03-10')).toEqual([undefined])
})

test('two planned windows in a row without a meeting are quiet; kept ones, and those in a pause, are not', () => {
  const facts = (...kept: readonly boolean[]): PairFacts => ({
    ...AHEAD,
    windows: kept.map((isKept, index) => ({ from: `2027-0${index + 4}-01`, to: `2027-0${index + 5}-01`, isKept })),
  })
  const missed = { kind: 'went-quiet', reason: 'windows-missed' }
  expect(firstDue(active(), facts(false, false), '2027-05-31', '2027-06-01')).toEqual([undefined, missed])
  expect(firstDue(active(), facts(false, true, false), '2027-07-01')).toEqual([undefined])
  const paused = then(active(), '2027-04-10', { kind: 'paused', resumeDate: '2027-05-10' })
  const resumed = then(paused, '2027-05-10', { kind: 'resumed' })
  expect(firstDue(resumed, facts(false, false), '2027-06-01')).toEqual([undefined])
})

test('a pause counts nothing and ends by itself on its date', () => {
  const paused = then(active(), '2027-04-01', { kind: 'paused', resumeDate: '2027-08-01' })
  expect(firstDue(paused, NOTHING, '2027-07-31', '2027-08-01')).toEqual([undefined, { kind: 'resumed' }])
})

test('reviews are due after six and twelve months, are closed when nobody answers, and a term that is over leads to the ending', () => {
  expect(firstDue(active(), AHEAD, '2027-09-09', '2027-09-10')).toEqual([
    undefined,
    { kind: 'review-started', cause: 'month-6' },
  ])
  const reviewing = then(active(), '2027-09-10', { kind: 'review-started', cause: 'month-6' })
  expect(firstDue(reviewing, AHEAD, '2027-10-09', '2027-10-10')).toEqual([undefined, { kind: 'review-withdrawn' }])
  const reviewed = then(reviewing, '2027-10-01', { kind: 'review-answered', decision: 'continue' })
  expect(firstDue(reviewed, AHEAD, '2028-03-09', '2028-03-10')).toEqual([
    undefined,
    { kind: 'review-started', cause: 'month-12' },
  ])
  const last = then(reviewed, '2028-03-10', { kind: 'review-started', cause: 'month-12' })
  expect(firstDue(last, AHEAD, '2028-04-08', '2028-04-09')).toEqual([undefined, { kind: 'transition-started' }])
  const coached = active({ helpAs: 'coach' })
  expect(firstDue(coached, AHEAD, '2027-07-09', '2027-07-10')).toEqual([undefined, { kind: 'transition-started' }])
})

test('help for a quiet pair comes step by step: the mentee, then the assistant, then the coordinator', () => {
  const quiet = then(aPair(), '2027-04-01', { kind: 'went-quiet', reason: 'nothing-booked' })
  const seen = (date: string) =>
    Object.fromEntries(
      (['mentee', 'mentor', 'assistant', 'coordinator'] as const).map((viewer) => [
        viewer,
        ids(quiet, NOTHING, viewer, on(date)).join(),
      ]),
    )
  expect(seen('2027-04-07')).toEqual({ mentee: 'find-a-date', mentor: '', assistant: '', coordinator: '' })
  expect(seen('2027-04-08')).toEqual({
    mentee: 'find-a-date',
    mentor: 'find-a-date',
    assistant: 'help-find-a-date',
    coordinator: '',
  })
  expect(seen('2027-04-15')).toMatchObject({ assistant: 'help-find-a-date', coordinator: 'offer-help' })
  expect([rungOf(quiet, on('2027-04-14')), rungOf(active(), on('2027-04-15'))]).toEqual([2, 0])
})

test('who has a date ahead is asked whether they met, and nobody to find another date', () => {
  const quiet = then(active(), '2027-06-01', { kind: 'went-quiet', reason: 'windows-missed' })
  const stepsOf = (viewer: 'mentee' | 'mentor' | 'assistant') => ids(quiet, AHEAD, viewer, on('2027-06-08'))
  expect([stepsOf('mentee')[0], stepsOf('mentor')[0], stepsOf('assistant')]).toEqual(['say-you-met', 'say-you-met', []])
  const met = then(quiet, '2027-06-09', { kind: 'meeting-held', at: '2027-05-20T15:00:00Z' })
  expect(met.state).toBe('active')
})

test('a programme’s own clocks move the rungs, the missed windows and the dates', () => {
  const own = clocksOf({ assistantDays: 2, coordinatorDays: 21, firstContactDays: 5, missedWindowsMax: 3 })
  const quiet = then(aPair(), '2027-04-01', { kind: 'went-quiet', reason: 'nothing-booked' })
  const rungs = ['2027-04-02', '2027-04-03', '2027-04-21', '2027-04-22'].map((date) => rungOf(quiet, on(date), own))
  expect(rungs).toEqual([1, 2, 2, 3])
  expect(courseDates(aPair(), own)[0]).toEqual({ id: 'first-contact', on: '2027-03-06' })
  const window = (month: number) => ({ from: `2027-0${month}-01`, to: `2027-0${month + 1}-01`, isKept: false })
  const missed = (count: number) => ({ ...AHEAD, windows: [4, 5, 6].slice(0, count).map(window) })
  expect(dueEvent(active(), missed(2), on('2027-07-01'), own)).toBeUndefined()
  expect(dueEvent(active(), missed(3), on('2027-07-01'), own)).toEqual({ kind: 'went-quiet', reason: 'windows-missed' })
})

test('a new pair is told of hello within 14 days and a meeting within 42, and of the agreement within 30 of the first', () => {
  expect(nextSteps(aPair(), NOTHING, 'mentee', on('2027-03-02'))).toEqual([
    { id: 'say-hello', dueOn: '2027-03-15' },
    { id: 'book-first-meeting', dueOn: '2027-04-12' },
  ])
  expect(nextSteps(aPair(), NOTHING, 'mentor', on('2027-03-02'))).toEqual([{ id: 'say-hello', dueOn: '2027-03-15' }])
  expect(courseDates(aPair()).map(({ id, on }) => `${id} ${on}`)).toEqual([
    'first-contact 2027-03-15',
    'first-meeting 2027-04-12',
  ])
  expect(nextSteps(active(), AHEAD, 'mentor', on('2027-03-11'))).toEqual([
    { id: 'sign-agreement', dueOn: '2027-04-09' },
  ])
  expect(courseDates(active()).map(({ id, on }) => `${id} ${on}`)).toEqual([
    'agreement 2027-04-09',
    'review 2027-09-10',
    'term-end 2028-03-10',
  ])
})

test('only the one who was asked is told to answer, and only the mentee to book again', () => {
  const invited = aPair({ state: 'invited', course: { invitedBy: 'mentor' } })
  expect(ids(invited, NOTHING, 'mentee', on('2027-03-02'))).toEqual(['answer-invitation'])
  expect(ids(invited, NOTHING, 'mentor', on('2027-03-02'))).toEqual(['await-answer'])
  expect(ids(active(), NOTHING, 'mentee', on('2027-03-11'))).toEqual(['book-next-meeting', 'sign-agreement'])
  expect(ids(active(), NOTHING, 'mentor', on('2027-03-11'))).toEqual(['sign-agreement'])
})
