import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TaskLists } from '../../server/ports/task-list.ts'
import { type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
let pair: CastPair
let mentee: Caller
let mentor: Caller
let homework: string
let tasks: TaskLists
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  homework = `/api/relationships/${pair.relationshipId}/homework`
  tasks = service.services.graph.tasksOf(mentee.accessToken)
})
afterAll(() => service.close())

/** What the mentee sees in To Do itself. */
async function listed() {
  const listId = await tasks.ensureList(pair.mentee.id, 'Mentoring homework')
  const answer = await tasks.readChanges(pair.mentee.id, listId, undefined)
  if (answer.kind !== 'changes') throw new Error('The list cannot be read.')
  return { listId, all: answer.changed }
}
const sync = async () => {
  const { status, body } = await mentee.post('/api/me/todo/sync', undefined)
  expect(status, JSON.stringify(body)).toBe(200)
}
const stored = async (): Promise<
  { homeworkId: string; title: string; done: boolean; revision: number; dueDate?: string }[]
> => (await mentee.get(homework)).body.homework

test('nothing is in To Do before its owner says so', async () => {
  await mentee.put(`${homework}/${randomUUID()}`, {
    title: 'Read',
    owner: 'mentee',
    done: false,
    dueDate: '2027-03-10',
  })
  await mentor.put(`${homework}/${randomUUID()}`, { title: 'Call', owner: 'mentor', done: false })
  expect((await mentee.get('/api/me/todo')).body).toEqual({ isLinked: false })
  expect(await mentee.post('/api/me/todo/sync', undefined)).toMatchObject({
    status: 409,
    body: { code: 'todo-not-linked' },
  })
  expect((await listed()).all).toEqual([])
})

test('who allows it finds their own homework there, once, and not the other one\u2019s', async () => {
  expect(await mentee.put('/api/me/todo', undefined)).toMatchObject({ status: 200, body: { isLinked: true } })
  await mentee.put('/api/me/todo', undefined)
  await sync()
  const { all } = await listed()
  expect(all).toEqual([expect.objectContaining({ title: 'Read', done: false, dueDate: '2027-03-10' })])
  expect((await mentor.get('/api/me/todo')).body).toEqual({ isLinked: false })
})

test('what is ticked, renamed and dated there is so here, and the other way round', async () => {
  const { listId, all } = await listed()
  await tasks.updateTask(pair.mentee.id, listId, all[0]!.id, { title: 'Read twice', done: true, dueDate: '2027-04-01' })
  await sync()
  const [task] = (await stored()).filter(({ title }) => title === 'Read twice')
  expect(task).toMatchObject({ done: true, dueDate: '2027-04-01' })

  await mentor.put(`${homework}/${task!.homeworkId}`, {
    title: 'Read it again',
    owner: 'mentee',
    done: false,
    revision: task!.revision,
  })
  await sync()
  const [after] = (await listed()).all
  expect(after).toMatchObject({ title: 'Read it again', done: false })
  expect(after).not.toHaveProperty('dueDate')
})

test('text that may tell of a patient does not come in through To Do', async () => {
  const { listId, all } = await listed()
  await tasks.updateTask(pair.mentee.id, listId, all[0]!.id, { title: 'Look at MRN 00482913 again', done: true })
  await sync()
  const [task] = (await stored()).filter(({ title }) => title === 'Read it again')
  expect(task).toMatchObject({ done: true })
})

test('what is deleted on one side is deleted on the other', async () => {
  const [known] = (await listed()).all
  const { listId } = await listed()
  await tasks.deleteTask(pair.mentee.id, listId, known!.id)
  await sync()
  expect((await stored()).map(({ title }) => title)).toEqual(['Call'])

  const id = randomUUID()
  await mentee.put(`${homework}/${id}`, { title: 'Write', owner: 'mentee', done: false })
  await sync()
  expect((await listed()).all).toHaveLength(1)
  await mentee.delete(`${homework}/${id}`)
  await sync()
  expect((await listed()).all).toEqual([])
})

test('a lost answer makes no second task', async () => {
  const id = randomUUID()
  await mentee.put(`${homework}/${id}`, { title: 'Submit', owner: 'mentee', done: false })
  const armed = await send('POST', `${service.address}/practice/faults`, {
    body: [{ method: 'POST', path: '/tasks$', count: 1, resetAfter: true }],
  })
  expect(armed.status, JSON.stringify(armed.body)).toBeLessThan(300)
  // Whether the first round tells of it or not, the next one finds the task that it made.
  await mentee.post('/api/me/todo/sync', undefined)
  await sync()
  expect((await listed()).all.map(({ title }) => title)).toEqual(['Submit'])
})

test('who ends it keeps their tasks, and nothing follows any more', async () => {
  expect((await mentee.delete('/api/me/todo')).status).toBe(204)
  expect((await mentee.get('/api/me/todo')).body).toEqual({ isLinked: false })
  expect((await listed()).all).toHaveLength(1)
})
