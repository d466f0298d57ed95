import { expect, test } from 'vitest'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { peopleRepository } from '../../server/store/people-repository.ts'

const mentee = { id: 'a-person', tenantId: 'ours', displayName: 'Mei Lindqvist', email: 'mei@ours.example' }

test('remembers what changed of a person and keeps what it is not told', async () => {
  const people = await peopleRepository(openEmbeddedStore(':memory:'))
  await people.remember({ ...mentee, capacity: 3 })
  await people.remember({ ...mentee, displayName: 'Mei Berg' })
  expect(await people.find('ours', mentee.id)).toEqual({ ...mentee, displayName: 'Mei Berg', capacity: 3 })
})

test('leaves a person alone whose id somebody has in another tenant', async () => {
  const people = await peopleRepository(openEmbeddedStore(':memory:'))
  await people.remember(mentee)
  await people.remember({ ...mentee, tenantId: 'theirs', displayName: 'Somebody else' })
  expect(await people.find('ours', mentee.id)).toEqual(mentee)
  expect(await people.find('theirs', mentee.id)).toBeUndefined()
})
