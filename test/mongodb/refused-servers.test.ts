import { afterEach, expect, test } from 'vitest'
import { DatabaseRefusedError } from '../../server/store/document-store.ts'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { type DoubleOptions, type MongoDouble, startMongoDouble } from '../mongodb-double/start-double.ts'

const LIMITS = { operationMs: 10_000, answerMs: 15_000 }
const doubles: MongoDouble[] = []
const start = async (options: DoubleOptions) => {
  const double = await startMongoDouble(options)
  doubles.push(double)
  return double.uri('refused')
}
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close()
})

/** The one line that the person who starts the service reads. */
async function refusalOf(uri: string, limits = LIMITS): Promise<string> {
  const opened = openMongoStore(uri, limits).then(async (store) => {
    await store.define('claims', [{ name: 'bySlot', fields: ['personId', 'at'], unique: true }]).finally(store.close)
  })
  const error = await opened.then(
    () => undefined,
    (refused: unknown) => refused,
  )
  if (!(error instanceof DatabaseRefusedError)) throw error ?? new Error('It was not refused.')
  expect(error.message).not.toMatch(/\n|127\.0\.0\.1|secret|\d{4,5}/)
  return error.message
}

test('refuses a standalone server', async () => {
  expect(await refusalOf(await start({ isStandalone: true }))).toMatch(/standalone server\. Use a replica set/)
})

test('refuses a server that has no transactions', async () => {
  expect(await refusalOf(await start({ transactions: 'refused' }))).toMatch(/no working transactions/)
})

test('refuses a server that takes transactions and does not keep them', async () => {
  expect(await refusalOf(await start({ transactions: 'ignored' }))).toMatch(/no working transactions/)
})

test('refuses a server on which the unique index cannot be made', async () => {
  expect(await refusalOf(await start({ uniqueIndexes: 'refused' }))).toBe(
    'The indexes of claims cannot be made in the database: code 2.',
  )
})

test('refuses a server that takes the unique index and does not keep it', async () => {
  expect(await refusalOf(await start({ uniqueIndexes: 'ignored' }))).toMatch(/unique index bySlot of claims/)
})

test('says in one line, without the address, that nothing answers there', async () => {
  const uri = await start({})
  await doubles.splice(0)[0]!.close()
  expect(await refusalOf(uri, { operationMs: 300, answerMs: 600 })).toBe(
    'The database at MONGODB_URI cannot be reached: ECONNREFUSED.',
  )
})

test('says in one line, without the address, that it is none', async () => {
  expect(await refusalOf('mongodb://me:secret@/db?w=nonsense&unknown=1')).toMatch(/^MONGODB_URI is not an address/)
})
