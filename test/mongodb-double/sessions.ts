import type { Document } from 'mongodb'
import type { DoubleCollection } from './collection.ts'

type Slot = {
  readonly collection: DoubleCollection
  readonly key: string
  readonly document: Document | undefined
}

/** A transaction that is open: what it wrote, and what the documents were before others wrote them after its start. */
export class Transaction {
  readonly number: number
  readonly written = new Map<string, Slot>()
  /** Unique keys that its documents will hold, and which one; nobody else takes them meanwhile. */
  readonly claimed = new Map<string, string>()
  readonly #before = new Map<string, Document | undefined>()
  readonly ended: Promise<void>
  #end: () => void = () => {}
  #reaper: NodeJS.Timeout

  constructor(number: number, lifetimeMs: number, onLifetime: () => void) {
    this.number = number
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#reaper = setTimeout(onLifetime, lifetimeMs)
    this.#reaper.unref()
  }

  /** Somebody else is about to write: this transaction goes on seeing what was there. */
  keepBefore(collection: DoubleCollection, key: string): void {
    const slot = slotOf(collection, key)
    if (!this.#before.has(slot)) this.#before.set(slot, collection.get(key))
  }
  hasChangedSince(collection: DoubleCollection, key: string): boolean {
    return this.#before.has(slotOf(collection, key))
  }
  /** Keys of documents that differ from the committed ones, as this transaction sees the collection. */
  *keysOfItsOwn(collection: DoubleCollection): Iterable<string> {
    const prefix = slotOf(collection, '')
    for (const slot of new Set([...this.written.keys(), ...this.#before.keys()]))
      if (slot.startsWith(prefix)) yield slot.slice(prefix.length)
  }
  /** The document as this transaction sees it. */
  see(collection: DoubleCollection, key: string): Document | undefined {
    const slot = slotOf(collection, key)
    const own = this.written.get(slot)
    if (own) return own.document
    return this.#before.has(slot) ? this.#before.get(slot) : collection.get(key)
  }
  close(): void {
    clearTimeout(this.#reaper)
    this.#end()
  }
}

export const slotOf = (collection: DoubleCollection, key: string): string => `${collection.namespace} ${key}`

/** What the server remembers of a client's session: the last retryable write with its reply, or the last transaction. */
export type Session = {
  number: number
  reply?: Document
  /** A repeat that comes while the first is still under way waits for it. */
  running?: Promise<Document>
  transaction?: Transaction
  outcome?: 'committed' | 'aborted'
}
