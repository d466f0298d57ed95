import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { openTextVault } from '../../server/store/text-vault.ts'
import { goalRepository } from '../../server/store/work-repository.ts'
import type { RelationshipId } from '../../shared/domain/ids.ts'
import type { Goal } from '../../shared/domain/work.ts'

const goal: Goal = {
  id: 'g1',
  relationshipId: 'r1' as RelationshipId,
  title: 'Publish the sepsis paper',
  horizon: 'short',
  dueDate: '2027-05-01',
  state: 'open',
  createdAt: '2027-01-01T00:00:00Z',
  updatedAt: '2027-01-01T00:00:00Z',
}

test('stores nothing of a piece of work in the clear but whose it is', async () => {
  const store = openEmbeddedStore(':memory:')
  const goals = await goalRepository(store, await openTextVault(store, randomBytes(32)))
  await goals.add(goal)
  expect(await store.find('goals', { relationshipId: 'r1' })).toEqual([
    { id: 'g1', relationshipId: 'r1', rev: 1, sealed: expect.stringMatching(/^[A-Za-z0-9+/=]+$/) },
  ])
  expect(await goals.list('r1')).toEqual([{ value: goal, rev: 1 }])
})

test('opens no work that was moved to another id', async () => {
  const store = openEmbeddedStore(':memory:')
  const goals = await goalRepository(store, await openTextVault(store, randomBytes(32)))
  await goals.add(goal)
  const [stored] = await store.find<{ id: string; rev: number }>('goals', { relationshipId: 'r1' })
  await store.insert('goals', { ...stored!, id: 'g2' })
  await expect(goals.find('r1', 'g2')).rejects.toThrow()
})
