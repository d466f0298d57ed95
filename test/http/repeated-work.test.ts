import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

let service: RunningService
let mentee: Caller
let mentor: Caller
let relationship: string
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  const [pair] = cast.pairs
  mentee = await cast.as(pair!.mentee)
  mentor = await cast.as(pair!.mentor)
  relationship = `/api/relationships/${pair!.relationshipId}`
})
afterAll(() => service.close())

describe.each([
  ['goals', { title: 'Publish', horizon: 'short', state: 'open' }, { measure: 'Accepted paper' }],
  ['homework', { title: 'Read', owner: 'mentee', done: false }, { done: true }],
])('a PUT of %s', (kind, made, change) => {
  const aPath = () => `${relationship}/${kind}/${randomUUID()}`

  test('can be repeated after a lost answer, when it is new and when it is an edit', async () => {
    const path = aPath()
    const first = await mentee.put(path, made)
    expect(first).toMatchObject({ status: 200, body: { ...made, revision: 1 } })
    expect((await mentee.put(path, made)).body).toEqual(first.body)
    const edit = { ...made, ...change, revision: 1 }
    const edited = await mentee.put(path, edit)
    expect(edited).toMatchObject({ status: 200, body: { ...change, revision: 2 } })
    expect((await mentee.put(path, edit)).body).toEqual(edited.body)
  })

  test('loses nobody\u2019s edit: other content needs the revision that is stored', async () => {
    const path = aPath()
    await mentee.put(path, made)
    const refusal = { status: 409, body: { code: 'edited-meanwhile' } }
    expect(await mentor.put(path, { ...made, title: 'Something else' })).toMatchObject(refusal)
    expect((await mentor.put(path, { ...made, title: 'By the mentor', revision: 1 })).status).toBe(200)
    expect(await mentee.put(path, { ...made, ...change, revision: 1 })).toMatchObject(refusal)
    const { body } = await mentee.get(`${relationship}/${kind}`)
    expect(body[kind]).toContainEqual(expect.objectContaining({ title: 'By the mentor', revision: 2 }))
  })

  test('does not bring back what was removed', async () => {
    const path = aPath()
    await mentee.put(path, made)
    await mentor.delete(path)
    expect(await mentee.put(path, { ...made, ...change, revision: 1 })).toMatchObject({
      status: 409,
      body: { code: 'edited-meanwhile' },
    })
  })

  test('sent twice at once is one piece of work', async () => {
    const path = aPath()
    const answers = await Promise.all([mentee.put(path, made), mentee.put(path, made)])
    expect(answers.map(({ status, body }) => [status, body.revision])).toEqual([
      [200, 1],
      [200, 1],
    ])
  })
})
