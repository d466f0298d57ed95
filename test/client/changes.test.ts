import { describe, expect, test } from 'vitest'
import type { GoalView } from '../../shared/api/goals.ts'
import { applyToAgenda, applyToGoals, applyToHomework } from '../../shared/client/meeting-queries.ts'

describe('agenda, before the service answers', () => {
  const plain = { sub: [], lines: [], reasons: [], isArea: false, isCarried: false }
  const checkIn = { ...plain, itemId: 'checkin', title: 'Check in', sub: ['a'], done: false, own: false }
  const own = { ...plain, itemId: 'o', title: 'Ours', done: true, own: true }

  test('ticks an item and keeps the rest of it', () => {
    expect(applyToAgenda([checkIn, own], { kind: 'put', itemId: 'checkin', done: true })).toEqual([
      { ...checkIn, done: true },
      own,
    ])
  })
  test('adds an own item at the end', () => {
    expect(applyToAgenda([checkIn], { kind: 'put', itemId: 'n', title: 'New', done: false })).toEqual([
      checkIn,
      { ...plain, itemId: 'n', title: 'New', done: false, own: true },
    ])
  })
  test('renames and deletes an own item', () => {
    expect(applyToAgenda([own], { kind: 'put', itemId: 'o', title: 'Renamed', done: true })[0]?.title).toBe('Renamed')
    expect(applyToAgenda([checkIn, own], { kind: 'delete', itemId: 'o' })).toEqual([checkIn])
  })
})

describe('goals and homework, before the service answers', () => {
  const goal = {
    goalId: 'g',
    title: 'Goal',
    horizon: 'short',
    measure: 'M',
    state: 'open',
    revision: 4,
    updatedAt: '2027-01-01T00:00:00Z',
    history: [] as GoalView['history'],
  } as const
  const task = {
    homeworkId: 'h',
    title: 'Task',
    owner: 'mentee',
    done: false,
    revision: 1,
    updatedAt: '2027-01-01T00:00:00Z',
  } as const

  test('count the revision up, so that the next change goes on from this one', () => {
    const body = { title: 'Goal', horizon: 'short', state: 'reached', revision: 4 } as const
    const [reached] = applyToGoals([goal], { kind: 'put', goalId: 'g', body })
    // What the body leaves out is cleared.
    expect(reached).toEqual({ ...body, goalId: 'g', revision: 5, updatedAt: goal.updatedAt, history: [] })
  })
  test('add at revision 1', () => {
    const body = { title: 'New', owner: 'mentor', done: false } as const
    const added = applyToHomework([task], { kind: 'put', homeworkId: 'n', body })
    expect(added).toEqual([task, { ...body, homeworkId: 'n', revision: 1, updatedAt: '1970-01-01T00:00:00.000Z' }])
  })
  test('keep the order when one is changed, and the others when one is deleted', () => {
    const second = { ...task, homeworkId: 'i' }
    const body = { title: 'Task', owner: 'mentee', done: true, revision: 1 } as const
    const changed = applyToHomework([task, second], { kind: 'put', homeworkId: 'h', body })
    expect(changed.map(({ homeworkId, done }) => [homeworkId, done])).toEqual([
      ['h', true],
      ['i', false],
    ])
    expect(applyToGoals([goal, { ...goal, goalId: 'k' }], { kind: 'delete', goalId: 'g' })[0]?.goalId).toBe('k')
  })
})
