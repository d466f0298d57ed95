import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type DocumentStore,
  DuplicateKeyError,
  type StoredDocument,
  StoreUnavailableError,
} from '../../server/store/document-store.ts'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { type MongoDouble, startMongoDouble } from '../mongodb-double/start-double.ts'

type Thing = StoredDocument & { readonly note: string; readonly slot?: string }

let double: MongoDouble
let store: DocumentStore
/** Another process on the same database. */
let other: DocumentStore
let databases = 0
const open = async (database: string) => {
  const opened = await openMongoStore(double.uri(database))
  await opened.define('things', [{ name: 'bySlot', fields: ['slot'], unique: true }])
  return opened
}
beforeAll(async () => {
  double = await startMongoDouble()
  // The driver's own repeats are carried out again, as on servers without retryable writes: only our tokens help.
  double.setFaults({ seed: 1, forgetsWrites: true })
})
afterAll(() => double.close())
beforeEach(async () => {
  const database = `lost${databases++}`
  store = await open(database)
  other = await open(database)
})
afterEach(async () => {
  await store.close()
  await other.close()
})

/** More often than the driver tries. */
const loseReplies = (meanwhile?: () => Promise<void>) => {
  double.failNextWrite('lostAfter')
  double.failNextWrite('lostAfter')
  double.failNextWrite('lostAfter', meanwhile)
}

test('a new document whose replies were lost is kept once and is not taken for somebody else’s', async () => {
  loseReplies()
  expect(await store.insert<Thing>('things', { id: 'a', note: 'mine', slot: '9' })).toMatchObject({ rev: 1 })
  expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 1, note: 'mine', slot: '9' })
})

test('a replacement whose replies were lost happened once and is told as done', async () => {
  await store.insert<Thing>('things', { id: 'a', note: '1' })
  loseReplies()
  expect(await store.replaceIf<Thing>('things', 1, { id: 'a', note: '2' })).toBe(true)
  expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 2, note: '2' })
})

test('a removal whose replies were lost is told as done', async () => {
  await store.insert<Thing>('things', { id: 'a', note: '1' })
  loseReplies()
  expect(await store.removeIf('things', 'a', 1)).toBe(true)
  expect(await other.removeIf('things', 'a', 1)).toBe(false)
})

test('several writes whose commit was lost happened once and are told as done', async () => {
  await store.insert<Thing>('things', { id: 'a', note: '1' })
  const writes = [
    { kind: 'replaceIf', collection: 'things', rev: 1, document: { id: 'a' } },
    { kind: 'insert', collection: 'things', document: { id: 'b' } },
  ] as const
  // The statements pass, then the commit and what follows it are lost.
  double.failNextWrite('slow')
  loseReplies()
  await store.atomically(writes)
  expect(await store.find('things', {})).toEqual([
    { id: 'a', rev: 2 },
    { id: 'b', rev: 1 },
  ])
})

test('a document that another process removed meanwhile does not come back', async () => {
  loseReplies(async () => void (await other.removeIf('things', 'a', 1)))
  expect(await store.insert<Thing>('things', { id: 'a', note: 'mine' })).toMatchObject({ id: 'a', rev: 1 })
  expect(await store.get('things', 'a')).toBeUndefined()
})

test('what another process wrote over it meanwhile stays', async () => {
  await store.insert<Thing>('things', { id: 'a', note: '1' })
  loseReplies(async () => void (await other.replaceIf<Thing>('things', 2, { id: 'a', note: 'theirs' })))
  expect(await store.replaceIf<Thing>('things', 1, { id: 'a', note: '2' })).toBe(true)
  expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 3, note: 'theirs' })
})

test('what another process made anew under the same id meanwhile stays', async () => {
  await store.insert<Thing>('things', { id: 'a', note: '1' })
  loseReplies(async () => {
    await other.removeIf('things', 'a', 2)
    await other.insert<Thing>('things', { id: 'a', note: 'new' })
  })
  expect(await store.replaceIf<Thing>('things', 1, { id: 'a', note: '2' })).toBe(true)
  expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 1, note: 'new' })

  loseReplies(async () => void (await other.insert<Thing>('things', { id: 'a', note: 'newer' })))
  expect(await store.removeIf('things', 'a', 1)).toBe(true)
  expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 1, note: 'newer' })
})

test('a key that another process took is refused, although a reply was lost', async () => {
  await other.insert<Thing>('things', { id: 'theirs', note: '', slot: '9' })
  loseReplies()
  await expect(store.insert<Thing>('things', { id: 'mine', note: '', slot: '9' })).rejects.toBeInstanceOf(
    DuplicateKeyError,
  )
})

test('says that the database does not answer when it is gone, and works again when it is back', async () => {
  const gone = await startMongoDouble()
  const left = await openMongoStore(gone.uri('gone'), { operationMs: 200, answerMs: 400 })
  await left.define('things', [])
  gone.setFaults({ seed: 1, lostBefore: 1 })
  await expect(left.insert('things', { id: 'a' })).rejects.toBeInstanceOf(StoreUnavailableError)
  await expect(left.get('things', 'a')).rejects.toBeInstanceOf(StoreUnavailableError)
  await expect(left.find('things', {})).rejects.toBeInstanceOf(StoreUnavailableError)
  await expect(
    left.atomically([
      { kind: 'insert', collection: 'things', document: { id: 'a' } },
      { kind: 'insert', collection: 'things', document: { id: 'b' } },
    ]),
  ).rejects.toBeInstanceOf(StoreUnavailableError)
  gone.setFaults({ seed: 1 })
  expect(await left.find('things', {})).toEqual([])
  await left.insert('things', { id: 'a' })
  await left.close()
  await gone.close()
})
