import { randomUUID } from 'node:crypto'
import { type ClientSession, type Collection, type Db, MongoServerError, type UpdateFilter } from 'mongodb'
import {
  assertId,
  assertName,
  assertRevision,
  comparisonsOf,
  documentOf,
  jsonOf,
  knownCollections,
} from './check-documents.ts'
import {
  DatabaseRefusedError,
  type DocumentStore,
  DuplicateKeyError,
  type IndexDefinition,
  StaleRevisionError,
  type Write,
} from './document-store.ts'
import { connectMongo, type MongoConnection, type MongoLimits, reasonOf } from './mongodb-connection.ts'
import {
  contentOf,
  type Envelope,
  FORGET_REMOVED,
  filterOf,
  indexOf,
  jsonOfContent,
  opField,
  opOf,
  sortOf,
} from './mongodb-documents.ts'
import { isPassing, untilAnswered } from './mongodb-outcome.ts'

const LIMITS: MongoLimits = { operationMs: 10_000, answerMs: 30_000 }

/**
 * The store on a MongoDB replica set or sharded cluster; any number of processes share it. Every write is one update of
 * one document, guarded by its revision and marked with a token of its operation: a repeat after a lost reply finds the
 * token and writes nothing. Several documents are written in a transaction.
 * @throws DatabaseRefusedError when the server cannot keep what we promise
 */
export async function openMongoStore(uri: string, limits: MongoLimits = LIMITS): Promise<DocumentStore> {
  return storeOn(await connectMongo(uri, limits), limits)
}

type Known = {
  readonly name: string
  readonly indexes: readonly IndexDefinition[]
  readonly db: Db
  readonly rows: Collection<Envelope>
  readonly maxTimeMS: number
}
/** One write as one guarded update: from the revision that was read to the next; 0 is a document that is not there. */
type Step = {
  readonly known: Known
  readonly id: string
  readonly from: number
  readonly to: number
  readonly change: UpdateFilter<Envelope>
}

function storeOn({ client, db, guarantees }: MongoConnection, { operationMs, answerMs }: MongoLimits): DocumentStore {
  const collections = knownCollections<Known>()
  const maxTimeMS = operationMs

  const write = (step: Step): Promise<boolean> => {
    const op = randomUUID()
    return untilAnswered(() => writeOnce(step, op), answerMs)
  }
  const insert = async (step: Step): Promise<void> => {
    if (!(await write(step))) throw new DuplicateKeyError(step.known.name)
  }

  return {
    async define(name, indexes) {
      const rows = await untilAnswered(() => makeCollection(db, name, indexes), answerMs)
      collections.add(name, { name, indexes, db, rows, maxTimeMS })
    },

    async insert(name, document) {
      const known = collections.get(name)
      const json = jsonOf(document, known.indexes)
      const step = insertStep(known, json)
      await insert(step)
      return documentOf(JSON.parse(json), step.id, 1)
    },

    async get(name, id) {
      const { rows } = collections.get(name)
      assertId(id)
      const stored = await untilAnswered(() => rows.findOne({ _id: id, rev: { $gt: 0 } }, { maxTimeMS }), answerMs)
      return stored ? documentOf(jsonOfContent(stored.doc), stored._id, stored.rev) : undefined
    },

    async replaceIf(name, rev, document) {
      return write(stepOf(collections.get(name), { kind: 'replaceIf', collection: name, rev, document }))
    },

    async removeIf(name, id, rev) {
      return write(stepOf(collections.get(name), { kind: 'removeIf', collection: name, id, rev }))
    },

    async find(name, conditions, options = {}) {
      const { rows, indexes } = collections.get(name)
      const filter = filterOf(comparisonsOf(name, indexes, conditions, options))
      const { sort = [], limit } = options
      const found = await untilAnswered(
        () => rows.find(filter, { maxTimeMS, sort: sortOf(sort), ...(limit === undefined ? {} : { limit }) }).toArray(),
        answerMs,
      )
      return found.map(({ _id, rev, doc }) => documentOf(jsonOfContent(doc), _id, rev))
    },

    async atomically(writes) {
      const steps = writes.map((each) => stepOf(collections.get(each.collection), each))
      const [first, ...others] = steps
      if (!first) return
      if (others.length === 0) {
        if (!(await write(first))) throw new StaleRevisionError(first.known.name)
        return
      }
      const op = randomUUID()
      await client.withSession({ defaultTransactionOptions: guarantees }, (session) =>
        untilAnswered(() => writeTogether(steps, op, session), answerMs),
      )
    },

    async close() {
      await client.close()
    },
  }
}

/**
 * Makes the collection and its indexes, and looks whether the server really has them.
 * @throws DatabaseRefusedError
 */
async function makeCollection(
  db: Db,
  name: string,
  indexes: readonly IndexDefinition[],
): Promise<Collection<Envelope>> {
  assertName(name)
  for (const { name: index, fields } of indexes) for (const each of [index, ...fields]) assertName(each)
  const rows = db.collection<Envelope>(name)
  try {
    await rows.createIndexes([FORGET_REMOVED, ...indexes.map(indexOf)])
  } catch (error) {
    if (isPassing(error)) throw error
    throw new DatabaseRefusedError(`The indexes of ${name} cannot be made in the database: ${reasonOf(error)}.`, {
      cause: error,
    })
  }
  const made = await rows.indexes()
  for (const index of indexes.filter(({ unique }) => unique)) {
    const found = made.find((each) => each.name === index.name)
    if (!found?.unique || !found.partialFilterExpression) {
      throw new DatabaseRefusedError(
        `The database took the unique index ${index.name} of ${name} and does not keep it; without it time could be booked twice.`,
      )
    }
  }
  return rows
}

function insertStep(known: Known, json: string): Step {
  const { id } = JSON.parse(json)
  return { known, id, from: 0, to: 1, change: { $set: { doc: contentOf(json) }, $unset: { removedAt: '' } } }
}

function stepOf(known: Known, write: Write): Step {
  if (write.kind === 'insert') return insertStep(known, jsonOf(write.document, known.indexes))
  const id = write.kind === 'removeIf' ? write.id : write.document.id
  const from = write.rev
  assertId(id)
  assertRevision(from)
  if (write.kind === 'removeIf')
    return { known, id, from, to: 0, change: { $unset: { doc: '' }, $currentDate: { removedAt: true } } }
  const doc = contentOf(jsonOf(write.document, known.indexes))
  return { known, id, from, to: from + 1, change: { $set: { doc } } }
}

/**
 * One try. Answers whether the write happened, in this try or in an earlier one with the same token.
 * @throws DuplicateKeyError, and the driver's errors
 */
async function writeOnce(step: Step, op: string): Promise<boolean> {
  try {
    if (await update(step, op)) return true
  } catch (error) {
    if (!isDuplicate(error)) throw error
    if (await happened(step, op)) return true
    throw new DuplicateKeyError(step.known.name, { cause: error })
  }
  return happened(step, op)
}

/** All steps or none, in one try; a try that was kept although its reply was lost is found by its token. */
async function writeTogether(steps: readonly Step[], op: string, session: ClientSession): Promise<void> {
  // All share the token and all were kept or none: one of them tells.
  const [first] = steps as readonly [Step, ...Step[]]
  const refused = await inTransaction(session, async () => {
    for (const run of runsOf(steps)) {
      try {
        if (!(await updateTogether(run, op, session))) return new StaleRevisionError(run.known.name)
      } catch (error) {
        if (!isDuplicate(error)) throw error
        return new DuplicateKeyError(run.known.name, { cause: error })
      }
    }
    return undefined
  })
  if (refused && !(await happened(first, op))) throw refused
}

/** Commits when `act` answers nothing, and otherwise takes everything back. */
async function inTransaction<T>(session: ClientSession, act: () => Promise<T | undefined>): Promise<T | undefined> {
  session.startTransaction()
  try {
    const refused = await act()
    if (refused === undefined) await session.commitTransaction()
    return refused
  } finally {
    // What cannot be taken back now is taken back by the server when this session begins another, or after a minute.
    if (session.inTransaction()) await session.abortTransaction().catch(() => {})
  }
}

/** The token keeps a repeat from writing, whatever came between. */
function updateOf({ id, from, to, change }: Step, op: string) {
  return {
    filter: { _id: id, rev: from, [opField(to)]: { $ne: op } },
    update: { ...change, $set: { ...change.$set, rev: to, [opField(to)]: op } },
    upsert: from === 0,
  }
}

/** Answers whether the update found its document. */
async function update(step: Step, op: string): Promise<boolean> {
  const { filter, update, upsert } = updateOf(step, op)
  const { matchedCount, upsertedCount } = await step.known.rows.updateOne(filter, update, { upsert })
  return matchedCount + upsertedCount === 1
}

/** Answers whether every update found its document; those of one collection travel together. */
async function updateTogether({ known, steps }: Run, op: string, session: ClientSession): Promise<boolean> {
  const updates = steps.map((step) => {
    const { filter: q, update: u, upsert } = updateOf(step, op)
    return { q, u, upsert }
  })
  // The driver's bulkWrite hides what kind of error ended it, and so whether it may be tried again.
  const { n, writeErrors } = await known.db.command({ update: known.name, updates, ordered: true }, { session })
  if (writeErrors?.[0]) throw new MongoServerError(writeErrors[0])
  return n === steps.length
}

type Run = { readonly known: Known; readonly steps: readonly Step[] }
/** Neighbours that go to the same collection, in their order. */
function runsOf(steps: readonly Step[]): readonly Run[] {
  const runs: Run[] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last?.known === step.known) runs[runs.length - 1] = { known: last.known, steps: [...last.steps, step] }
    else runs.push({ known: step.known, steps: [step] })
  }
  return runs
}

/** Reads again after an answer that an earlier try of the same operation may have caused. */
async function happened({ known: { rows, maxTimeMS }, id, to }: Step, op: string): Promise<boolean> {
  // Linearizable: what this sees, a majority has, so it cannot be rolled back later.
  const stored = await rows.findOne({ _id: id }, { readConcern: 'linearizable', maxTimeMS })
  return stored !== null && opOf(stored, to) === op
}

const isDuplicate = (error: unknown): error is MongoServerError =>
  error instanceof MongoServerError && error.code === 11_000
