import type { DocumentStore, New, StoredDocument, Write } from '../store/document-store.ts'
import { StaleRevisionError } from '../store/document-store.ts'
import type { TextVault } from '../store/text-vault.ts'
import { type AuditContext, auditContext } from './audit-context.ts'
import type { AuditTrail } from './audit-trail.ts'

/** Bookkeeping of the service itself: wake-ups, held quarter hours, watches, wrapped keys, what the directory says. */
const NOT_ON_RECORD = new Set([
  'jobs',
  'claims',
  'watchedMailboxes',
  'watchSweeps',
  'calendarChanges',
  'textKeys',
  'people',
])

/**
 * A store whose every write within an audit context has an entry in the same atomic write. Nobody can forget it: a
 * route or repository added later is on record without doing anything.
 */
export function auditedStore(store: DocumentStore, trail: AuditTrail): DocumentStore {
  async function put(context: AuditContext, writes: readonly Write[]): Promise<void> {
    const onRecord = writes.filter(({ collection }) => !NOT_ON_RECORD.has(collection))
    const [first] = onRecord
    if (!first) return store.atomically(writes)
    const { tenantId, who, what, requestId } = context
    const chain = (await relationshipOf(store, first)) ?? `tenant|${tenantId}`
    const things = onRecord.map((write) => `${write.collection}/${idOf(write)} ${VERBS[write.kind]}`)
    const entry = {
      chain,
      who,
      what,
      outcome: 'changed',
      things,
      ...(requestId === undefined ? {} : { requestId }),
    } as const
    await trail.append(entry, writes)
  }
  /** As a single write would have answered. */
  async function putIf(context: AuditContext, write: Write): Promise<boolean> {
    try {
      await put(context, [write])
      return true
    } catch (error) {
      if (error instanceof StaleRevisionError && error.collection === write.collection) return false
      throw error
    }
  }

  return {
    ...store,
    async insert<T extends StoredDocument>(collection: string, document: New<T>): Promise<T> {
      const context = auditContext()
      if (!context || NOT_ON_RECORD.has(collection)) return store.insert<T>(collection, document)
      // New<T> is T without its revision, and T has an id; the compiler cannot see that through the generic.
      await put(context, [{ kind: 'insert', collection, document: document as unknown as { id: string } }])
      return { ...document, rev: 1 } as unknown as T
    },
    async replaceIf<T extends StoredDocument>(collection: string, rev: number, document: New<T>) {
      const context = auditContext()
      if (!context || NOT_ON_RECORD.has(collection)) return store.replaceIf<T>(collection, rev, document)
      return putIf(context, { kind: 'replaceIf', collection, rev, document: document as unknown as { id: string } })
    },
    async removeIf(collection, id, rev) {
      const context = auditContext()
      if (!context || NOT_ON_RECORD.has(collection)) return store.removeIf(collection, id, rev)
      return putIf(context, { kind: 'removeIf', collection, id, rev })
    },
    async atomically(writes) {
      const context = auditContext()
      return context ? put(context, writes) : store.atomically(writes)
    },
  }
}

/** Collections with one document for each pair, under the pair's id. */
const NAMED_BY_PAIR = new Set(['relationships', 'textDeletions'])
const VERBS = { insert: 'made', replaceIf: 'changed', removeIf: 'removed' } as const
const idOf = (write: Write): string => (write.kind === 'removeIf' ? write.id : write.document.id)

async function relationshipOf(store: DocumentStore, write: Write): Promise<string | undefined> {
  if (NAMED_BY_PAIR.has(write.collection)) return idOf(write)
  const document = write.kind === 'removeIf' ? await store.get(write.collection, write.id) : write.document
  const relationshipId = document && 'relationshipId' in document ? document.relationshipId : undefined
  return typeof relationshipId === 'string' ? relationshipId : undefined
}

/** A vault that notes whose text was opened, so that a read of content can be put on record before it is answered. */
export function watchedVault(vault: TextVault): TextVault {
  return {
    ...vault,
    open(relationshipId, place, sealed) {
      const opened = auditContext()?.opened
      const collections = opened?.get(relationshipId) ?? new Set<string>()
      collections.add(place.split('/')[0] ?? place)
      opened?.set(relationshipId, collections)
      return vault.open(relationshipId, place, sealed)
    },
  }
}
