import { describe, expect, test } from 'vitest'
import { asId } from '../../shared/domain/ids.ts'
import { type OwnHomework, planTodo, type TodoPair, type TodoTask } from '../../shared/domain/plan-todo.ts'
import type { Homework } from '../../shared/domain/work.ts'

const own = (fields: Partial<Homework> = {}, rev = 1): OwnHomework => ({
  value: {
    id: 'h',
    relationshipId: asId('r'),
    title: 'Read',
    owner: 'mentee',
    done: false,
    createdAt: '2027-01-01T00:00:00Z',
    updatedAt: '2027-01-02T00:00:00Z',
    ...fields,
  },
  rev,
})
const pair: TodoPair = { homeworkId: 'h', relationshipId: 'r', taskId: 't', rev: 1 }
const task = (fields: Partial<TodoTask> = {}): TodoTask => ({
  id: 't',
  title: 'Read',
  done: false,
  changedAt: '2027-01-03T00:00:00Z',
  ...fields,
})
const kinds = (change: Partial<Parameters<typeof planTodo>[0]>) =>
  planTodo({ homework: [], pairs: [], changed: [], removed: [], ...change }).map(({ kind }) => kind)

describe('homework', () => {
  test('that is new and open gets a task, done homework does not', () => {
    expect(kinds({ homework: [own()] })).toEqual(['create-task'])
    expect(kinds({ homework: [own({ done: true })] })).toEqual([])
  })
  test('whose task may or may not have been made is looked at again', () => {
    expect(kinds({ homework: [own()], pairs: [{ homeworkId: 'h', relationshipId: 'r', rev: 1 }] })).toEqual([
      'create-task',
    ])
  })
  test('that nobody touched stays', () => {
    expect(kinds({ homework: [own()], pairs: [pair] })).toEqual([])
  })
  test('that was edited changes its task', () => {
    expect(kinds({ homework: [own({ done: true }, 2)], pairs: [pair] })).toEqual(['update-task'])
  })
  test('that is gone, or now the other one\u2019s, takes its task away', () => {
    expect(kinds({ pairs: [pair] })).toEqual(['delete-task'])
    expect(kinds({ pairs: [pair], removed: ['t'] })).toEqual(['forget'])
  })
})

describe('a task', () => {
  test('that was ticked, renamed or given another date changes its homework', () => {
    for (const change of [{ done: true }, { title: 'Read twice' }, { dueDate: '2027-02-01' }]) {
      expect(kinds({ homework: [own()], pairs: [pair], changed: [task(change)] })).toEqual(['update-homework'])
    }
  })
  test('that says the same, as after our own change, changes nothing', () => {
    expect(kinds({ homework: [own()], pairs: [pair], changed: [task()] })).toEqual([])
    expect(kinds({ homework: [own({}, 2)], pairs: [pair], changed: [task()] })).toEqual(['note'])
  })
  test('of somebody\u2019s own is left alone', () => {
    expect(kinds({ homework: [own()], pairs: [pair], changed: [task({ id: 'other', title: 'Buy milk' })] })).toEqual([])
  })
  test('that was deleted takes its homework away, unless that was edited since', () => {
    expect(kinds({ homework: [own()], pairs: [pair], removed: ['t'] })).toEqual(['delete-homework'])
    expect(kinds({ homework: [own({}, 2)], pairs: [pair], removed: ['t'] })).toEqual(['create-task'])
    expect(kinds({ homework: [own({ done: true }, 2)], pairs: [pair], removed: ['t'] })).toEqual(['forget'])
  })
})

test.each([
  ['the homework', '2027-01-03T00:00:01Z', 'update-task'],
  ['the task', '2027-01-02T23:59:59Z', 'update-homework'],
])('where both changed, %s counts when it changed later', (_name, updatedAt, kind) => {
  const homework = [own({ title: 'Ours', updatedAt }, 2)]
  expect(kinds({ homework, pairs: [pair], changed: [task({ title: 'Theirs' })] })).toEqual([kind])
})
