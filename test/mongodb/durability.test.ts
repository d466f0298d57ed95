import type { Document } from 'mongodb'
import { expect, test } from 'vitest'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { startMongoDouble } from '../mongodb-double/start-double.ts'

test('every write waits for a majority and its journal, and reads show only what a majority has', async () => {
  const seen: { readonly name: string; readonly command: Document }[] = []
  const double = await startMongoDouble({ onCommand: (name, command) => seen.push({ name, command }) })
  // What an address says of these does not count.
  const store = await openMongoStore(`${double.uri('durable')}&w=1&journal=false&readPreference=secondary`)
  await store.define('things', [{ name: 'bySlot', fields: ['slot'], unique: true }])
  seen.length = 0
  await store.insert('things', { id: 'a' })
  await store.replaceIf('things', 1, { id: 'a' })
  await store.removeIf('things', 'a', 2)
  await store.atomically([
    { kind: 'insert', collection: 'things', document: { id: 'b' } },
    { kind: 'insert', collection: 'things', document: { id: 'c' } },
  ])
  await store.get('things', 'b')
  await store.find('things', {})
  await store.close()
  await double.close()

  const isInTransaction = ({ command }: { readonly command: Document }) => command['autocommit'] === false
  const alone = seen.filter((each) => each.name === 'update' && !isInTransaction(each))
  expect(alone).toHaveLength(3)
  const commits = seen.filter(({ name }) => name === 'commitTransaction')
  expect(commits).toHaveLength(1)
  for (const { command } of [...alone, ...commits])
    expect(command['writeConcern']).toMatchObject({ w: 'majority', j: true, wtimeout: expect.any(Number) })
  // A driver repeats a write under the same number; a transaction takes its guarantees from its commit alone.
  for (const { command } of alone) expect(Number(command['txnNumber'])).toBeGreaterThan(0)
  const together = seen.filter((each) => each.name === 'update' && isInTransaction(each))
  expect(together).toHaveLength(1)
  expect(together[0]?.command).not.toHaveProperty('writeConcern')
  expect(together[0]?.command['readConcern']).toEqual({ level: 'majority' })

  const reads = seen.filter(({ name }) => name === 'find')
  expect(reads).toHaveLength(2)
  for (const { command } of reads) {
    expect(command['readConcern']).toEqual({ level: 'majority' })
    expect(command['maxTimeMS']).toBeGreaterThan(0)
    expect(command['$readPreference'] ?? { mode: 'primary' }).toMatchObject({ mode: 'primary' })
  }
})
