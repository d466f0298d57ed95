import { afterAll, beforeAll, expect, test } from 'vitest'
import { graphExchangeFaults } from '../../contract/graph-schema.ts'
import { ADA, BEN, CLEO, type GraphCallOptions, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

async function call(method: string, path: string, options: GraphCallOptions = {}) {
  const answer = await practice.graph(method, path, options)
  const body = answer.payload === '' ? undefined : answer.json()
  // Planner's open types are dictionaries: their keys are ids, which no schema names.
  const sent = answer.statusCode < 400 && !path.includes('/planner/') ? options.body : undefined
  // Planner answers 200 only where the client prefers it, which the metadata does not tell.
  const isBareChange = method === 'PATCH' && answer.statusCode === 204
  if (!isBareChange) expect(graphExchangeFaults(method, path, sent, answer.statusCode, body)).toEqual([])
  return { status: answer.statusCode, body }
}
const aTask = async (more: object = {}) =>
  (await call('POST', '/planner/tasks', { body: { planId: 'plan', title: 'Read', ...more } })).body
const match = (entity: Record<string, string>) => ({ 'if-match': entity['@odata.etag'] ?? '' })

test('changes a planner task only under If-Match', async () => {
  const task = await aTask()
  const path = `/planner/tasks/${task.id}`
  expect((await call('PATCH', path, { body: { title: 'x' } })).status).toBe(400)
  expect((await call('DELETE', path)).status).toBe(400)
  expect((await call('PATCH', path, { body: { title: 'x' }, headers: { 'if-match': 'W/"other"' } })).status).toBe(412)
  expect((await call('PATCH', path, { body: { title: 'Write' }, headers: match(task) })).status).toBe(204)
  const changed = (await call('GET', path)).body
  expect(changed.title).toBe('Write')
  expect((await call('PATCH', path, { body: { title: 'Late' }, headers: match(task) })).status).toBe(412)
  expect((await call('DELETE', path, { headers: match(changed) })).status).toBe(204)
  expect((await call('GET', path)).status).toBe(404)
})

test('assigns, completes and categorizes planner tasks', async () => {
  const task = await aTask({
    assignments: { [BEN.id]: { '@odata.type': '#microsoft.graph.plannerAssignment', orderHint: ' !' } },
  })
  expect(task.assignments[BEN.id]).toMatchObject({
    assignedBy: { user: { id: ADA.id } },
    orderHint: expect.not.stringContaining('!'),
  })
  expect((await call('GET', '/me/planner/tasks', { as: BEN })).body.value).toMatchObject([{ id: task.id }])
  const headers = { ...match(task), prefer: 'return=representation' }
  const done = await call('PATCH', `/planner/tasks/${task.id}`, {
    headers,
    body: { percentComplete: 100, assignments: { [BEN.id]: null }, appliedCategories: { category1: true } },
  })
  expect(done).toMatchObject({
    status: 200,
    body: { percentComplete: 100, completedDateTime: expect.any(String), appliedCategories: { category1: true } },
  })
  expect(done.body.assignments).toEqual({})
  expect((await call('GET', '/me/planner/tasks', { as: BEN })).body.value).toEqual([])
  expect(
    (await call('PATCH', `/planner/tasks/${task.id}`, { headers: match(done.body), body: { percentComplete: 101 } }))
      .status,
  ).toBe(400)
})

test('keeps a planner task’s checklist in its details', async () => {
  const task = await aTask()
  const path = `/planner/tasks/${task.id}/details`
  const details = (await call('GET', path)).body
  const item = { '@odata.type': 'microsoft.graph.plannerChecklistItem', title: 'Abstract', isChecked: false }
  expect(
    (await call('PATCH', path, { headers: match(details), body: { description: 'A paper', checklist: { a1: item } } }))
      .status,
  ).toBe(204)
  expect((await call('GET', path)).body).toMatchObject({
    description: 'A paper',
    checklist: { a1: { title: 'Abstract' } },
  })
  expect((await call('GET', `/planner/tasks/${task.id}`)).body).toMatchObject({
    hasDescription: true,
    checklistItemCount: 1,
    activeChecklistItemCount: 1,
  })
})

const aNotice = (more: object = {}) => ({
  topic: { source: 'text', value: 'Mentoring', webUrl: 'https://teams.microsoft.com/l/entity/x' },
  activityType: 'meetingSoon',
  previewText: { content: 'Tomorrow at 10' },
  templateParameters: [{ name: 'mentor', value: 'Ada' }],
  ...more,
})
const feedOf = async (id: string) => (await practice.app.inject(`/practice/activity?to=${id}`)).json()

test('puts a notice into somebody’s activity feed, a later one of the same chain in its place', async () => {
  const path = `/users/${BEN.id}/teamwork/sendActivityNotification`
  expect((await call('POST', path, { body: aNotice({ chainId: 7 }) })).status).toBe(204)
  expect(
    (await call('POST', path, { body: aNotice({ chainId: 7, previewText: { content: 'Today at 10' } }) })).status,
  ).toBe(204)
  expect(await feedOf(BEN.id)).toMatchObject([
    { recipientId: BEN.id, previewText: 'Today at 10', activityType: 'meetingSoon' },
  ])
})

test('notifies several people at once and passes over those who are not there', async () => {
  const recipients = [CLEO.id, 'nobody'].map((userId) => ({
    '@odata.type': 'microsoft.graph.aadUserNotificationRecipient',
    userId,
  }))
  const path = '/teamwork/sendActivityNotificationToRecipients'
  expect((await call('POST', path, { as: 'service', body: aNotice({ recipients }) })).status).toBe(202)
  expect(await feedOf(CLEO.id)).toHaveLength(1)
  const tooMany = Array.from({ length: 101 }, () => recipients[0])
  expect((await call('POST', path, { as: 'service', body: aNotice({ recipients: tooMany }) })).status).toBe(400)
})

test('refuses notices that Teams would refuse', async () => {
  for (const more of [
    { topic: { source: 'text', value: 'x' } },
    { topic: undefined },
    { activityType: '' },
    { activityType: 'systemDefault' },
    { topic: { source: 'page', value: 'x' } },
  ]) {
    const path = `/users/${ADA.id}/teamwork/sendActivityNotification`
    expect.soft((await call('POST', path, { body: aNotice(more) })).status, JSON.stringify(more)).toBe(400)
  }
  expect(await feedOf(ADA.id)).toEqual([])
})
