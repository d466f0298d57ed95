import { randomUUID } from 'node:crypto'
import { type Db, MongoClient, MongoError, MongoServerError, ReadConcern } from 'mongodb'
import { DatabaseRefusedError } from './document-store.ts'
import { untilAnswered } from './mongodb-outcome.ts'

export type MongoLimits = {
  /** Of each step of one operation: finding the primary, connecting, an answer. */
  readonly operationMs: number
  /** Until a call of the store gives up: longer than an election takes. */
  readonly answerMs: number
}
/** Given to the database and to every transaction, because what an address says would count more than the client's. */
const guaranteesFor = (operationMs: number) => ({
  writeConcern: { w: 'majority' as const, journal: true, wtimeoutMS: operationMs },
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary' as const,
})
type Guarantees = ReturnType<typeof guaranteesFor>
export type MongoConnection = { readonly client: MongoClient; readonly db: Db; readonly guarantees: Guarantees }

const DEFAULT_DATABASE = 'protected-time'
const NAMES_A_DATABASE = /^[^/]+\/\/[^/?]+\/[^?]/
const NO_TRANSACTIONS =
  'The server at MONGODB_URI has no working transactions over several collections, so bookings could be kept by halves. Use a MongoDB replica set or sharded cluster (README, "Several servers").'

/**
 * Connects and makes sure that this server can keep what we promise. Writes wait for a majority of the members and its
 * journal; reads come from the primary and show only what a majority has.
 * @param uri its database is used, `protected-time` where it names none
 * @throws DatabaseRefusedError
 */
export async function connectMongo(uri: string, { operationMs, answerMs }: MongoLimits): Promise<MongoConnection> {
  const client = clientFor(uri, operationMs)
  try {
    await client.connect().catch((error: unknown) => {
      throw new DatabaseRefusedError(`The database at MONGODB_URI cannot be reached: ${reasonOf(error)}.`, {
        cause: error,
      })
    })
    const guarantees = guaranteesFor(operationMs)
    const db = client.db(NAMES_A_DATABASE.test(uri) ? client.options.dbName : DEFAULT_DATABASE, guarantees)
    await untilAnswered(() => assertReplicated(db), answerMs)
    await untilAnswered(() => assertTransactions(client, db, guarantees), answerMs)
    return { client, db, guarantees }
  } catch (error) {
    await client.close()
    throw error
  }
}

function clientFor(uri: string, operationMs: number): MongoClient {
  try {
    return new MongoClient(uri, {
      appName: 'protected-time',
      retryReads: true,
      // An address may say retryWrites=false for servers that have none; our own tokens do the same work.
      ...(/[?&]retryWrites=false\b/i.test(uri) ? {} : { retryWrites: true }),
      // The driver's own timeoutMS has no effect from 7.9 on; these limit every part of an operation.
      serverSelectionTimeoutMS: operationMs,
      connectTimeoutMS: operationMs,
      socketTimeoutMS: operationMs,
      waitQueueTimeoutMS: operationMs,
      ignoreUndefined: true,
    })
  } catch (error) {
    throw new DatabaseRefusedError('MONGODB_URI is not an address that the MongoDB driver understands.', {
      cause: error,
    })
  }
}

/** A single server acknowledges writes that its loss would lose, and has neither transactions nor retryable writes. */
async function assertReplicated(db: Db): Promise<void> {
  const hello = await db.admin().command({ hello: 1 })
  if (typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid') return
  throw new DatabaseRefusedError(
    'MONGODB_URI leads to a standalone server. Use a replica set (one member is enough to begin with) or a sharded cluster.',
  )
}

/** By doing one and taking it back: some servers accept the words and do not keep them. */
async function assertTransactions(client: MongoClient, db: Db, guarantees: Guarantees): Promise<void> {
  const probes = db.collection<{ _id: string }>('startProbes')
  await probes.createIndex({ startedAt: 1 }, { name: 'forgetProbes', expireAfterSeconds: 3600 })
  const probe = { _id: randomUUID(), startedAt: new Date() }
  await client.withSession(async (session) => {
    session.startTransaction(guarantees)
    try {
      await probes.insertOne(probe, { session })
    } catch (error) {
      if (error instanceof MongoServerError && !error.hasErrorLabel('TransientTransactionError'))
        throw new DatabaseRefusedError(NO_TRANSACTIONS, { cause: error })
      throw error
    } finally {
      await session.abortTransaction()
    }
  })
  if (!(await probes.findOne({ _id: probe._id }))) return
  throw new DatabaseRefusedError(NO_TRANSACTIONS)
}

/** What a person can act on, without addresses or names of users. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof MongoError)) return 'an unexpected error'
  if (error.code === 18 || /auth/i.test(error.name)) return 'the sign-in was refused'
  if (error.code === 13) return 'the account lacks a permission'
  const codes = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH)\b/.exec(
    `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`,
  )
  if (codes?.[1]) return codes[1]
  return error.code === undefined ? 'no member answered as the primary in time' : `code ${error.code}`
}
