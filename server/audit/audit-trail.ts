import { createHmac, hkdfSync } from 'node:crypto'
import { setImmediate as othersFirst, setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../ports/clock.ts'
import {
  type DocumentStore,
  DuplicateKeyError,
  StaleRevisionError,
  type StoredDocument,
  type Write,
} from '../store/document-store.ts'

/** Who did what to what, when and with which outcome: ids and codes, never content. */
export type AuditEntry = {
  /** The pair it concerns, or the tenant where it concerns none. */
  readonly chain: string
  /** 1-based place in its chain. */
  readonly index: number
  /** RFC 3339. */
  readonly at: string
  readonly who: string
  readonly what: string
  readonly outcome: 'read' | 'changed' | 'refused'
  /** Collections that were read; of a change also the document and what became of it. */
  readonly things: readonly string[]
  readonly requestId?: string
  /** Hash of the entry before. */
  readonly previous: string
  readonly hash: string
}
export type NewAuditEntry = Pick<AuditEntry, 'chain' | 'who' | 'what' | 'outcome' | 'things' | 'requestId'>
type StoredEntry = StoredDocument & AuditEntry
/** End and beginning of a chain; sealed itself, so that an end cut off shows. */
type Head = {
  readonly id: string
  readonly index: number
  readonly hash: string
  readonly firstIndex: number
  readonly firstPrevious: string
  readonly seal: string
}
type StoredHead = StoredDocument & Head

/** Where a chain was tampered with: the first entry that is not what was written. */
export type AuditFlaw = { readonly chain: string; readonly index: number; readonly reason: 'missing' | 'altered' }

export interface AuditTrail {
  /** Puts an entry on record, in the same atomic write as `writes`. @throws what `atomically` throws for the writes */
  append(entry: NewAuditEntry, writes?: readonly Write[]): Promise<void>
  /** The latest entries of a chain before `before`, newest first. */
  list(chain: string, options: { readonly before?: number; readonly limit: number }): Promise<readonly AuditEntry[]>
  /** Looks at every entry of every chain. */
  verify(): Promise<{ readonly entries: number; readonly flaws: readonly AuditFlaw[] }>
  /** Removes what is older than `before`, from the beginning of each chain only, and notes where it begins now. */
  prune(before: string): Promise<number>
}

const ENTRIES = 'auditEntries'
const HEADS = 'auditHeads'
const PAGE = 500
/** Other servers write to the same chain now and then; within one server entries queue. */
const TRIES_MAX = 50

/**
 * The audit trail: append-only, one chain for each pair and one for the tenant, so that pairs do not wait for each
 * other. Entries are chained by a keyed hash (HMAC-SHA-256 under a key drawn from the service's): whoever can write to
 * the database but does not have that key cannot mend a chain after altering, removing or reordering an entry.
 */
export async function openAuditTrail(store: DocumentStore, serviceKey: Uint8Array, clock: Clock): Promise<AuditTrail> {
  await store.define(ENTRIES, [{ name: 'byChain', fields: ['chain', 'index'], unique: true }])
  await store.define(HEADS, [])
  const key = Buffer.from(hkdfSync('sha256', serviceKey, '', 'audit trail', 32))
  const hashOf = (values: readonly unknown[]) =>
    createHmac('sha256', key).update(JSON.stringify(values)).digest('base64')
  const entryHash = ({ chain, index, at, who, what, outcome, things, requestId, previous }: Omit<AuditEntry, 'hash'>) =>
    hashOf([chain, index, at, who, what, outcome, things, requestId ?? null, previous])
  const sealed = (head: Omit<Head, 'seal'>): Head => ({
    ...head,
    seal: hashOf([head.id, head.index, head.hash, head.firstIndex, head.firstPrevious]),
  })
  const queues = new Map<string, Promise<void>>()
  /** Entries without a change of their own that wait for their write, by chain. */
  const gathering = new Map<string, { readonly entries: NewAuditEntry[]; readonly written: Promise<void> }>()

  /** @param entries of one chain, in their order */
  async function appendNow(chain: string, entries: readonly NewAuditEntry[], writes: readonly Write[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      const head = await store.get<StoredHead>(HEADS, chain)
      const { firstIndex = 1, firstPrevious = '' } = head ?? {}
      let index = head?.index ?? 0
      let previous = head?.hash ?? ''
      const inserts = entries.map((entry): Write => {
        const made = { ...entry, index: ++index, at: clock.now().toString(), previous }
        previous = entryHash(made)
        const stored: Omit<StoredEntry, 'rev'> = { id: entryId(chain, index), ...made, hash: previous }
        return { kind: 'insert', collection: ENTRIES, document: stored }
      })
      const next = sealed({ id: chain, index, hash: previous, firstIndex, firstPrevious })
      try {
        await store.atomically([
          ...writes,
          head
            ? { kind: 'replaceIf', collection: HEADS, rev: head.rev, document: next }
            : { kind: 'insert', collection: HEADS, document: next },
          ...inserts,
        ])
        return
      } catch (error) {
        const isRaced = error instanceof DuplicateKeyError || error instanceof StaleRevisionError
        if (!isRaced || (error.collection !== HEADS && error.collection !== ENTRIES) || tries === TRIES_MAX) throw error
        await pause(Math.random() * Math.min(tries, 10))
      }
    }
  }

  /** Runs `work` after everything else of the chain. */
  function queue(chain: string, work: () => Promise<void>): Promise<void> {
    const done = (queues.get(chain) ?? Promise.resolve()).then(work)
    const tail = done.catch(() => undefined)
    queues.set(chain, tail)
    void tail.then(() => queues.get(chain) === tail && queues.delete(chain))
    return done
  }

  /** A page that opens asks several questions at once: their entries share one write. */
  function gather(entry: NewAuditEntry): Promise<void> {
    const { chain } = entry
    const open = gathering.get(chain)
    if (open) {
      open.entries.push(entry)
      return open.written
    }
    const entries = [entry]
    const written = queue(chain, async () => {
      await othersFirst()
      gathering.delete(chain)
      await appendNow(chain, entries, [])
    })
    gathering.set(chain, { entries, written })
    return written
  }

  async function verifyChain(head: StoredHead): Promise<{ readonly entries: number; readonly flaw?: AuditFlaw }> {
    const { id: chain } = head
    let previous = head.firstPrevious
    let index = head.firstIndex
    const flawed = (reason: AuditFlaw['reason']) => ({
      entries: index - head.firstIndex,
      flaw: { chain, index, reason },
    })
    if (sealed(head).seal !== head.seal) return flawed('altered')
    for (;;) {
      const page = await store.find<StoredEntry>(
        ENTRIES,
        { chain, index: { gte: index } },
        { sort: ['index'], limit: PAGE },
      )
      for (const entry of page) {
        if (entry.index !== index) return flawed('missing')
        if (entry.previous !== previous || entryHash(entry) !== entry.hash) return flawed('altered')
        previous = entry.hash
        index++
      }
      if (page.length < PAGE) break
    }
    if (index <= head.index) return flawed('missing')
    return previous === head.hash && index === head.index + 1 ? { entries: index - head.firstIndex } : flawed('altered')
  }

  async function pruneChain(chain: string, before: string): Promise<number> {
    const head = await store.get<StoredHead>(HEADS, chain)
    if (!head) return 0
    const page = await store.find<StoredEntry>(
      ENTRIES,
      { chain, index: { lt: head.index } },
      { sort: ['index'], limit: PAGE },
    )
    const kept = page.findIndex(({ at }) => Date.parse(at) >= Date.parse(before))
    const old = kept < 0 ? page : page.slice(0, kept)
    const last = old.at(-1)
    if (!last) return 0
    const { id, index, hash } = head
    const next = sealed({ id, index, hash, firstIndex: last.index + 1, firstPrevious: last.hash })
    await store.atomically([
      { kind: 'replaceIf', collection: HEADS, rev: head.rev, document: next },
      ...old.map((entry) => ({ kind: 'removeIf', collection: ENTRIES, id: entry.id, rev: entry.rev }) as const),
    ])
    return old.length
  }

  return {
    append: (entry, writes = []) =>
      writes.length === 0 ? gather(entry) : queue(entry.chain, () => appendNow(entry.chain, [entry], writes)),
    async list(chain, { before, limit }) {
      const head = await store.get<StoredHead>(HEADS, chain)
      const until = Math.min(before ?? Number.MAX_SAFE_INTEGER, (head?.index ?? 0) + 1)
      const found = await store.find<StoredEntry>(
        ENTRIES,
        { chain, index: { gte: until - limit, lt: until } },
        { sort: ['index'], limit },
      )
      return found.toReversed()
    },
    async verify() {
      const flaws: AuditFlaw[] = []
      let entries = 0
      for (const head of await store.find<StoredHead>(HEADS, {})) {
        const looked = await verifyChain(head)
        entries += looked.entries
        if (looked.flaw) flaws.push(looked.flaw)
      }
      return { entries, flaws }
    },
    async prune(before) {
      let removed = 0
      for (const { id } of await store.find<StoredHead>(HEADS, {})) {
        for (let once = await pruneChain(id, before); once > 0; once = await pruneChain(id, before)) removed += once
      }
      return removed
    },
  }
}

const entryId = (chain: string, index: number): string => `${chain}|${index}`
