import { describe, expect, test } from 'vitest'
import type { RelationshipId } from '../../shared/domain/ids.ts'
import { mayReadEntry, milestonesOf } from '../../shared/domain/record.ts'
import type { Goal, Homework } from '../../shared/domain/work.ts'

const relationshipId = 'r1' as RelationshipId
const aGoal = (rest: Partial<Goal> = {}): Goal => ({
  id: 'g',
  relationshipId,
  title: 'Publish',
  horizon: 'short',
  state: 'open',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-06-01T00:00:00Z',
  ...rest,
})
const tasks = (...done: readonly boolean[]): readonly Homework[] =>
  done.map((isDone, index) => ({
    id: `h${index}`,
    relationshipId,
    title: 'Read',
    owner: 'mentee',
    done: isDone,
    dueDate: `2026-03-0${index + 1}`,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
  }))
const found = (rest: Partial<Parameters<typeof milestonesOf>[0]>) =>
  milestonesOf({ goals: [], homework: [], startedOn: '2026-01-15', today: '2026-12-31', ...rest })

describe('milestones', () => {
  test('are goals that were reached, not those that were dropped or are open', () => {
    const goals = [aGoal(), aGoal({ state: 'dropped' }), aGoal({ state: 'reached', title: 'First paper' })]
    expect(found({ goals })).toEqual([{ kind: 'goal-reached', date: '2026-06-01', title: 'First paper' }])
  })

  test.each([
    ['the day before', '2027-01-14', []],
    ['on the day', '2027-01-15', [1]],
    ['years later', '2029-02-01', [3, 2, 1]],
  ])('are anniversaries: %s', (_name, today, years) => {
    expect(found({ today }).map(({ count }) => count)).toEqual(years)
  })

  test('are anniversaries of a leap day, too', () => {
    expect(found({ startedOn: '2024-02-29', today: '2025-03-01' })).toEqual([
      { kind: 'anniversary', date: '2025-02-28', count: 1 },
    ])
  })

  test('are five pieces of homework done in a row, counted back from the last that fell due', () => {
    expect(found({ homework: tasks(true, true, true, true) })).toEqual([])
    expect(found({ homework: tasks(false, true, true, true, true, true, true) })).toEqual([
      { kind: 'homework-streak', date: '2026-03-07', count: 6 },
    ])
    expect(found({ homework: tasks(true, true, true, true, true, true, false) })).toEqual([])
  })

  test('ask nothing of homework that is not due yet', () => {
    expect(found({ homework: tasks(true, true, true, true, true, false), today: '2026-03-05' })).toHaveLength(1)
  })
})

test('one\u2019s own hours are one\u2019s own; everything else is for both', () => {
  for (const role of ['mentee', 'mentor'] as const) {
    expect(mayReadEntry({ kind: 'effort', author: 'mentor' }, role)).toBe(role === 'mentor')
    for (const kind of ['achievement', 'support', 'resource'] as const)
      expect(mayReadEntry({ kind, author: 'mentor' }, role)).toBe(true)
  }
})
