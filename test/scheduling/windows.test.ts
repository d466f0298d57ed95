import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../shared/domain/errors.ts'
import type { MeetingPlan, Weekday, WeekIndex } from '../../shared/scheduling/types.ts'
import { windowsOfPlan } from '../../shared/scheduling/windows.ts'
import { findMeetingPlan, MEETING_PLANS } from '../../shared/templates/meeting-plans.ts'
import { SEED } from './builders.ts'

describe('plans become windows', () => {
  test('the first-year plan has its five windows in days from the start', () => {
    expect(windowsOfPlan({ kind: 'template', templateId: 'plan.year1', startDate: '2027-01-04' })).toEqual([
      { from: '2027-01-04', to: '2027-02-15' },
      { from: '2027-03-20', to: '2027-04-19' },
      { from: '2027-06-18', to: '2027-07-23' },
      { from: '2027-09-16', to: '2027-10-21' },
      { from: '2027-12-15', to: '2028-01-14' },
    ])
  })

  test('month 1 begins on the start date; months of a plan that starts on the 31st begin on the last day of short ones', () => {
    expect(windowsOfPlan({ kind: 'named-months', months: [3, 1, 2], startDate: '2027-01-31' })).toEqual([
      { from: '2027-01-31', to: '2027-02-28' },
      { from: '2027-02-28', to: '2027-03-31' },
      { from: '2027-03-31', to: '2027-04-30' },
    ])
  })

  test('every three weeks', () => {
    expect(windowsOfPlan({ kind: 'every-weeks', weeks: 3, count: 2, startDate: '2027-09-01' })).toEqual([
      { from: '2027-09-01', to: '2027-09-22' },
      { from: '2027-09-22', to: '2027-10-13' },
    ])
  })

  test('the second Tuesday gets the week around it, never days before the start', () => {
    const plan: MeetingPlan = {
      kind: 'weekday-of-month',
      weekday: 2,
      index: 'second',
      everyMonths: 2,
      count: 2,
      startDate: '2027-09-13',
    }
    expect(windowsOfPlan(plan)).toEqual([
      { from: '2027-09-13', to: '2027-09-18', day: '2027-09-14' },
      { from: '2027-11-06', to: '2027-11-13', day: '2027-11-09' },
    ])
    expect(windowsOfPlan({ ...plan, startDate: '2027-09-15' })[0]).toMatchObject({ day: '2027-10-12' })
  })

  test('day 31 is the last day of short months', () => {
    expect(
      windowsOfPlan({ kind: 'day-of-month', day: 31, everyMonths: 1, count: 3, startDate: '2027-01-01' }).map(
        ({ day }) => day,
      ),
    ).toEqual(['2027-01-31', '2027-02-28', '2027-03-31'])
  })

  test('rota-aligned windows are whole Y weeks, counted from the first week of the rota in both directions', () => {
    const plan: MeetingPlan = {
      kind: 'rota-aligned',
      cycleWeeks: 5,
      firstWeekStart: '2027-06-28',
      week: 4,
      everyCycles: 2,
      count: 2,
      startDate: '2027-08-03',
    }
    expect(windowsOfPlan(plan)).toEqual([
      { from: '2027-08-30', to: '2027-09-06' },
      { from: '2027-11-08', to: '2027-11-15' },
    ])
    expect(windowsOfPlan({ ...plan, startDate: '2027-01-01' })[0]).toEqual({ from: '2027-02-01', to: '2027-02-08' })
  })

  test('a free list is taken as it is', () => {
    const windows = [{ from: '2027-09-01', to: '2027-09-02' }]
    expect(windowsOfPlan({ kind: 'windows', windows })).toEqual(windows)
  })
})

const startDate = fc
  .integer({ min: 0, max: 2000 })
  .map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString())
const weekday = fc.integer({ min: 1, max: 7 }).map((value) => value as Weekday)
const count = fc.integer({ min: 1, max: 30 })
const INDEXES: readonly WeekIndex[] = ['first', 'second', 'third', 'fourth', 'last']
const anyPlan: fc.Arbitrary<MeetingPlan> = fc.oneof(
  fc.record({
    kind: fc.constant('template' as const),
    templateId: fc.constantFrom(...MEETING_PLANS.map(({ id }) => id)),
    startDate,
  }),
  fc.record({
    kind: fc.constant('named-months' as const),
    months: fc.uniqueArray(fc.integer({ min: 1, max: 36 }), { minLength: 1 }),
    startDate,
  }),
  fc.record({ kind: fc.constant('every-weeks' as const), weeks: fc.integer({ min: 1, max: 26 }), count, startDate }),
  fc.record({
    kind: fc.constant('weekday-of-month' as const),
    weekday,
    index: fc.constantFrom(...INDEXES),
    everyMonths: fc.integer({ min: 1, max: 12 }),
    count,
    startDate,
  }),
  fc.record({
    kind: fc.constant('day-of-month' as const),
    day: fc.integer({ min: 1, max: 31 }),
    everyMonths: fc.integer({ min: 1, max: 12 }),
    count,
    startDate,
  }),
  fc.record({
    kind: fc.constant('rota-aligned' as const),
    cycleWeeks: fc.constant(8),
    firstWeekStart: fc.constantFrom('2020-01-06', '2027-06-28', '2034-01-02'),
    week: fc.integer({ min: 0, max: 7 }),
    everyCycles: fc.integer({ min: 1, max: 3 }),
    count,
    startDate,
  }),
)

test('the windows of every plan are in order, apart, and never before its start; dates that a plan names are as it says', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      if (plan.kind === 'windows') return
      const windows = windowsOfPlan(plan)
      if ('count' in plan) expect(windows).toHaveLength(plan.count)
      expect(windows[0]!.from >= plan.startDate).toBe(true)
      for (const [index, { from, to, day }] of windows.entries()) {
        expect(from < to).toBe(true)
        if (index > 0) expect(windows[index - 1]!.to <= from).toBe(true)
        if (day === undefined) continue
        const date = Temporal.PlainDate.from(day)
        expect(from <= day && day < to).toBe(true)
        if (plan.kind === 'day-of-month') expect(date.day).toBe(Math.min(plan.day, date.daysInMonth))
        if (plan.kind !== 'weekday-of-month') continue
        expect(date.dayOfWeek).toBe(plan.weekday)
        if (plan.index === 'last') expect(date.add({ days: 7 }).month).not.toBe(date.month)
        else expect(Math.ceil(date.day / 7)).toBe(INDEXES.indexOf(plan.index) + 1)
      }
      if (plan.kind === 'rota-aligned') {
        for (const { from } of windows) {
          const days = Temporal.PlainDate.from(plan.firstWeekStart).until(from, { largestUnit: 'days' }).days
          expect((((days / 7 - plan.week) % 8) + 8) % 8).toBe(0)
        }
      }
    }),
    { seed: SEED, numRuns: 500 },
  )
})

test.each([
  [{ kind: 'template', templateId: 'plan.none', startDate: '2027-01-01' }, ['templateId']],
  [{ kind: 'template', templateId: 'plan.year1', startDate: '2027-02-29' }, ['startDate']],
  [{ kind: 'named-months', months: [0, 1, 1], startDate: '2027-01-01' }, ['months[0]', 'months[2]']],
  [{ kind: 'named-months', months: [], startDate: '2027-01-01' }, ['months']],
  [{ kind: 'every-weeks', weeks: 0, count: 61, startDate: 'soon' }, ['startDate', 'count', 'weeks']],
  [
    { kind: 'weekday-of-month', weekday: 8, index: 'fifth', everyMonths: 1, count: 1, startDate: '2027-01-01' },
    ['weekday', 'index'],
  ],
  [{ kind: 'day-of-month', day: 32, everyMonths: 0, count: 1, startDate: '2027-01-01' }, ['everyMonths', 'day']],
  [
    {
      kind: 'rota-aligned',
      cycleWeeks: 5,
      firstWeekStart: '2027-06-29',
      week: 5,
      everyCycles: 1,
      count: 1,
      startDate: '2027-01-01',
    },
    ['week', 'firstWeekStart'],
  ],
  [{ kind: 'windows', windows: [{ from: '2027-01-02', to: '2027-01-02' }] }, ['windows[0].to']],
  [{ kind: 'windows', windows: [] }, ['windows']],
] as const)('%j is refused with its faults at %j', (plan, paths) => {
  try {
    // Wrong on purpose.
    windowsOfPlan(plan as unknown as MeetingPlan)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError)
    expect(error).toMatchObject({ code: 'invalid-plan' })
    expect((error as DomainError).faults.map(({ path }) => path)).toEqual(paths)
  }
})

describe('built-in meeting plans', () => {
  test.each(MEETING_PLANS)('$id can be found, is numbered from 1 and says where it comes from', (plan) => {
    expect(findMeetingPlan(plan.id)).toBe(plan)
    expect(plan.meetings.map(({ n }) => n)).toEqual(plan.meetings.map((_, index) => index + 1))
    expect(plan.source).not.toBe('')
    expect(plan.meetings.every(({ purpose, topics }) => purpose !== '' && topics.length > 0)).toBe(true)
  })

  test('project meetings never count as mentoring', () => {
    expect(MEETING_PLANS.filter(({ countsAsMentoring }) => !countsAsMentoring).map(({ id }) => id)).toEqual([
      'project-monthly-30',
    ])
  })

  test('an unknown plan is not found', () => {
    expect(findMeetingPlan('plan.none')).toBeUndefined()
  })
})
