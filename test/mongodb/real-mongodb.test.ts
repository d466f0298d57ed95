import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { bodyOf, proposalsFor, settled } from '../booking/book-a-series.ts'
import { documentStoreContract } from '../contract/document-store.ts'
import { castOf } from '../practice-cast.ts'
import { startServers } from '../start-servers.ts'
import { findMongo } from './find-mongodb.ts'

/** `npm run test:mongodb`. Where there is no MongoDB these count as skipped, never as passed. */
const mongo = await findMongo(process.env)
process.stderr.write(
  mongo
    ? `Trying the store on the MongoDB ${mongo.where}.\n`
    : 'SKIPPED: no MongoDB to try the store on. Set MONGODB_URI, or MONGOD_PATH to a mongod.\n',
)
afterAll(() => mongo?.close())
const TIMEOUT_MS = 120_000

describe.skipIf(!mongo)('a real MongoDB', () => {
  const newDatabase = () => {
    if (!mongo) throw new Error('There is no MongoDB.')
    return mongo.newDatabase()
  }
  documentStoreContract('MongoDB', () => openMongoStore(newDatabase()), TIMEOUT_MS)

  test('of bookings of the same times through two servers exactly one wins', { timeout: TIMEOUT_MS }, async () => {
    const servers = await startServers(2, newDatabase())
    try {
      const casts = await Promise.all(servers.all.map(castOf))
      const pair = casts[0]!.pairs[0]!
      const callers = await Promise.all(casts.map((cast) => cast.as(pair.mentee)))
      const { proposals } = await proposalsFor(callers[0]!, pair.relationshipId)
      const paths = Array.from({ length: 6 }, () => `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`)
      const answers = await Promise.all(paths.map((path, n) => callers[n % 2]!.put(path, bodyOf(proposals[0]!))))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409, 409, 409, 409])
      const winner = paths[answers.findIndex(({ status }) => status === 202)]!
      expect((await settled(callers[1]!, winner)).state).toBe('booked')
    } finally {
      await servers.close()
    }
  })
})
