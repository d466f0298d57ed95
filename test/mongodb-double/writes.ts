import { Query } from 'mingo'
import { update as applyUpdate } from 'mingo/updater'
import { BSON, type Document, ObjectId } from 'mongodb'
import { type DoubleCollection, equalitiesOf } from './collection.ts'
import { badValue, ServerError, writeConflict } from './server-error.ts'
import { slotOf, type Transaction } from './sessions.ts'

/** Where a write happens: in a transaction or by itself, among the transactions that are open. */
export type WriteScope = {
  readonly transaction: Transaction | undefined
  readonly open: ReadonlySet<Transaction>
  /** @throws ServerError when this member has lost its office while a write waited */
  readonly assertPrimary: () => void
}
export type Change = { readonly before: Document | undefined; readonly after: Document | undefined }

const keyOf = (id: unknown): string => JSON.stringify([id])
const copyOf = (document: Document): Document => BSON.deserialize(BSON.serialize(document))

/** Inserts one document. @throws DuplicateKey, ServerError */
export function insertOne(collection: DoubleCollection, given: Document, scope: WriteScope): Promise<Change> {
  const after = { _id: given['_id'] ?? new ObjectId(), ...given }
  return change(collection, scope, () => ({ key: keyOf(after['_id']), before: undefined, after }))
}

/** Changes the first document that matches, or makes one. Answers nothing when there is neither. */
export function updateOne(
  collection: DoubleCollection,
  { q, u, upsert = false }: { readonly q: Document; readonly u: Document; readonly upsert?: boolean },
  scope: WriteScope,
): Promise<Change | undefined> {
  return change(collection, scope, () => {
    const found = firstMatch(collection, q, scope.transaction)
    if (found) return { ...found, after: updated(found.before, u) }
    if (!upsert) return undefined
    const { _id = new ObjectId(), ...equal } = Object.fromEntries(equalitiesOf(q))
    const base: Document = { _id }
    applyUpdate(base, { $set: equal })
    const after = updated(base, u)
    return { key: keyOf(after['_id']), before: undefined, after }
  })
}

export function deleteOne(collection: DoubleCollection, q: Document, scope: WriteScope): Promise<Change | undefined> {
  return change(collection, scope, () => {
    const found = firstMatch(collection, q, scope.transaction)
    return found && { ...found, after: undefined }
  })
}

/** Documents that match, as the transaction sees them. */
export function* matches(
  collection: DoubleCollection,
  filter: Document,
  transaction: Transaction | undefined,
): Iterable<{ readonly key: string; readonly before: Document }> {
  const query = new Query(filter)
  const seen = new Set<string>(transaction ? transaction.keysOfItsOwn(collection) : [])
  for (const [key, document] of collection.candidates(filter))
    if (!seen.has(key) && query.test(document)) yield { key, before: document }
  for (const key of seen) {
    const document = transaction?.see(collection, key)
    if (document && query.test(document)) yield { key, before: document }
  }
}
function firstMatch(collection: DoubleCollection, filter: Document, transaction: Transaction | undefined) {
  for (const found of matches(collection, filter, transaction)) return found
  return undefined
}

function updated(before: Document, u: Document): Document {
  if (Array.isArray(u)) throw badValue('This double takes no pipelines as updates.')
  const isReplacement = !Object.keys(u).some((key) => key.startsWith('$'))
  const after = isReplacement ? { _id: before['_id'], ...u } : copyOf(before)
  if (!isReplacement) applyUpdate(after, u)
  if (keyOf(after['_id']) !== keyOf(before['_id']))
    throw new ServerError(66, 'ImmutableField', 'The field _id cannot be changed.')
  return after
}

type Plan = { readonly key: string; readonly before: Document | undefined; readonly after: Document | undefined }

/**
 * Carries a write out as a server with document locks does: a transaction that meets another's write is turned away,
 * a write by itself waits until the other has ended and looks again.
 */
async function change<P extends Plan | undefined>(
  collection: DoubleCollection,
  scope: WriteScope,
  plan: () => P,
): Promise<P> {
  for (;;) {
    scope.assertPrimary()
    const planned = plan()
    if (!planned) return planned
    const other = otherWriter(collection, planned, scope)
    if (other && scope.transaction) throw writeConflict()
    if (other) {
      await other.ended
      continue
    }
    if (scope.transaction) writeInTransaction(collection, planned, scope.transaction)
    else writeAlone(collection, planned, scope.open)
    return planned
  }
}

function otherWriter(collection: DoubleCollection, { key, after }: Plan, scope: WriteScope): Transaction | undefined {
  const slot = slotOf(collection, key)
  const uniqueKeys = after ? collection.uniqueKeysOf(after) : []
  for (const other of scope.open) {
    if (other === scope.transaction) continue
    if (other.written.has(slot)) return other
    if (uniqueKeys.some((unique) => other.claimed.has(claimOf(collection, unique)))) return other
  }
  return undefined
}

function writeAlone(collection: DoubleCollection, { key, before, after }: Plan, open: ReadonlySet<Transaction>): void {
  for (const { index, key: unique } of after ? collection.uniqueKeysOf(after) : []) {
    const holder = collection.holderOf(index.name, unique)
    if (holder !== undefined && (holder !== key || before === undefined))
      throw collection.duplicateOf(index, after as Document)
  }
  for (const transaction of open) transaction.keepBefore(collection, key)
  collection.write(key, after)
}

function writeInTransaction(collection: DoubleCollection, { key, before, after }: Plan, own: Transaction): void {
  if (own.hasChangedSince(collection, key)) throw writeConflict()
  const uniqueKeys = after ? collection.uniqueKeysOf(after) : []
  for (const unique of uniqueKeys) {
    const { index } = unique
    const claimedBy = own.claimed.get(claimOf(collection, unique))
    if (claimedBy !== undefined && (claimedBy !== key || before === undefined))
      throw collection.duplicateOf(index, after as Document)
    const holder = collection.holderOf(index.name, unique.key)
    if (holder === undefined || (holder === key && before !== undefined)) continue
    if (own.hasChangedSince(collection, holder)) throw writeConflict()
    const seen = own.see(collection, holder)
    const isHeld = seen && collection.uniqueKeysOf(seen).some((each) => each.index === index && each.key === unique.key)
    if (isHeld) throw collection.duplicateOf(index, after as Document)
  }
  for (const [claim, by] of own.claimed) if (by === key) own.claimed.delete(claim)
  for (const unique of uniqueKeys) own.claimed.set(claimOf(collection, unique), key)
  own.written.set(slotOf(collection, key), { collection, key, document: after })
}

const claimOf = (
  collection: DoubleCollection,
  unique: { readonly index: { readonly name: string }; readonly key: string },
) => `${collection.namespace} ${unique.index.name} ${unique.key}`
