import { expect, test } from 'vitest'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { relationshipRepository } from '../../server/store/relationship-repository.ts'
import { asId, type RelationshipId } from '../../shared/domain/ids.ts'
import { aPair } from '../relationship/builders.ts'

test('of two who write on the same revision one is told that the pair changed', async () => {
  const pairs = await relationshipRepository(openEmbeddedStore(':memory:'))
  const pair = aPair()
  expect([await pairs.add(pair), await pairs.add(pair)]).toEqual([true, false])
  expect(await pairs.findAtRevision('tenant', pair.id)).toEqual({ value: pair, rev: 1 })
  expect(await pairs.save({ ...pair, state: 'forming' }, 1)).toBe(true)
  expect(await pairs.save({ ...pair, state: 'ended' }, 1)).toBe(false)
  expect(await pairs.findAtRevision('tenant', pair.id)).toMatchObject({ value: { state: 'forming' }, rev: 2 })
  expect(await pairs.findAtRevision('another', pair.id)).toBeUndefined()
})

test('lists the pairs whose day to be looked at has come, and none that is over', async () => {
  const pairs = await relationshipRepository(openEmbeddedStore(':memory:'))
  const named = (name: string, checkOn?: string) =>
    pairs.add({ ...aPair(), id: asId<RelationshipId>(name), ...(checkOn === undefined ? {} : { checkOn }) })
  await named('tomorrow', '2027-03-03')
  await named('today', '2027-03-02')
  await named('waiting', '2027-02-20')
  await named('over')
  expect((await pairs.listDue('2027-03-02')).map(({ id }) => id)).toEqual(['waiting', 'today'])
})

test('reads a pair that an earlier version stored as one of mentoring that has just begun', async () => {
  const store = openEmbeddedStore(':memory:')
  const pairs = await relationshipRepository(store)
  const { helpAs: _helpAs, course: _course, ...old } = aPair()
  await store.insert('relationships', old)
  expect(await pairs.find('tenant', old.id)).toMatchObject({ helpAs: 'mentor', course: {} })
})
