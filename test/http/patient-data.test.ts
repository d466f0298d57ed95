import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, send, startService } from '../start-service.ts'

let service: RunningService
let mentee: Caller
let goals: string
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  mentee = await cast.as(cast.pairs[0]!.mentee)
  goals = `/api/relationships/${cast.pairs[0]!.relationshipId}/goals`
})
afterAll(() => service.close())

const telling = { title: 'Debrief MRN 4482913', measure: 'Mrs. Alvarez has melanoma', horizon: 'short', state: 'open' }

test('text that looks as if it told of a patient is not saved, and the answer does not repeat it', async () => {
  const path = `${goals}/${randomUUID()}`
  const refused = await mentee.put(path, telling)
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'patient-data-suspected',
      faults: [
        { path: 'title', message: 'This looks like the number of a patient\u2019s record.' },
        { path: 'measure', message: 'This names a person together with a condition.' },
      ],
    },
  })
  expect(JSON.stringify(refused.body)).not.toMatch(/4482913|Alvarez/)
  expect((await mentee.get(goals)).body.goals).toEqual([])
})

test('it is saved when its writer has said that no patient is meant', async () => {
  const path = `${goals}/${randomUUID()}`
  const response = await fetch(`${service.address}${path}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${mentee.accessToken}`,
      'content-type': 'application/json',
      'x-no-patient-data': 'confirmed',
    },
    body: JSON.stringify(telling),
  })
  expect(response.status).toBe(200)
})

test('nobody who is not signed in learns what is looked for', async () => {
  const { status } = await send('PUT', `${service.address}${goals}/${randomUUID()}`, { body: telling })
  expect(status).toBe(401)
})
