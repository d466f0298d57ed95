import { expect, test } from 'vitest'
import { changeGoal } from '../../shared/domain/goal-history.ts'
import { asId } from '../../shared/domain/ids.ts'
import type { Goal } from '../../shared/domain/work.ts'

const goal: Goal = {
  id: 'g',
  relationshipId: asId('r'),
  title: 'Publish',
  horizon: 'short',
  measure: 'Accepted paper',
  state: 'open',
  createdAt: '2027-01-01T00:00:00Z',
  updatedAt: '2027-01-01T00:00:00Z',
}
const fields = { title: 'Publish', horizon: 'short', measure: 'Accepted paper', state: 'open' } as const
const at = { by: 'mentee', now: '2027-03-01T00:00:00Z' } as const

test('a change keeps what it replaced, and who made it', () => {
  const changed = changeGoal(goal, { ...fields, measure: 'Submitted', dueDate: '2027-06-01' }, at)
  expect(changed).toMatchObject({ measure: 'Submitted', dueDate: '2027-06-01', updatedAt: at.now })
  expect(changed.history).toEqual([
    { at: at.now, by: 'mentee', kind: 'changed', was: { measure: 'Accepted paper', dueDate: '' } },
  ])
  expect(changeGoal(changed, { ...fields, state: 'reached' }, { ...at, by: 'mentor' }).history).toHaveLength(2)
})

test('nothing changed is the same goal', () => {
  expect(changeGoal(goal, fields, { ...at, why: 'No reason' })).toBe(goal)
})

test.each([
  ['reached', { state: 'reached' }, undefined, 'reached'],
  ['dropped', { state: 'dropped' }, 'No time', 'dropped'],
  ['another aim for a reason: a pivot', { title: 'Teach' }, 'The data were lost', 'pivoted'],
  ['better words without one', { title: 'Publish a paper' }, undefined, 'changed'],
  ['a reason for another date', { dueDate: '2027-09-01' }, 'Leave', 'changed'],
] as const)('%s', (_name, change, why, kind) => {
  const { history } = changeGoal(goal, { ...fields, ...change }, { ...at, why })
  expect(history?.at(-1)).toMatchObject({ kind, ...(why === undefined ? {} : { why }) })
})

test('taken up again', () => {
  const reached = changeGoal(goal, { ...fields, state: 'reached' }, at)
  expect(changeGoal(reached, fields, at).history?.at(-1)).toMatchObject({ kind: 'reopened', was: { state: 'reached' } })
})

test('keeps the latest hundred changes', () => {
  let changed = goal
  for (let index = 0; index < 120; index++) changed = changeGoal(changed, { ...fields, title: `Publish ${index}` }, at)
  expect(changed.history).toHaveLength(100)
  expect(changed.history?.at(-1)?.was).toEqual({ title: 'Publish 118' })
})
