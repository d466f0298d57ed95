/**
 * The one way to keep things. Narrow on purpose: no operators from callers, no free query; that is also the injection
 * barrier. Two adapters (embedded, MongoDB) pass one contract suite (test/contract/document-store.ts).
 * A document is JSON: dates as RFC 3339 strings or epoch milliseconds. `rev` starts at 1 and grows by 1 per replace.
 */
export type StoredDocument = { readonly id: string; readonly rev: number }
export type Scalar = string | number | boolean
export type Condition =
  | Scalar
  | { readonly lt?: Scalar; readonly lte?: Scalar; readonly gt?: Scalar; readonly gte?: Scalar }
export type IndexDefinition = { readonly name: string; readonly fields: readonly string[]; readonly unique?: boolean }
export type New<T extends StoredDocument> = Omit<T, 'rev'>

export type Write =
  | { readonly kind: 'insert'; readonly collection: string; readonly document: { readonly id: string } }
  | {
      readonly kind: 'replaceIf'
      readonly collection: string
      readonly rev: number
      readonly document: { readonly id: string }
    }
  | { readonly kind: 'removeIf'; readonly collection: string; readonly id: string; readonly rev: number }

export interface DocumentStore {
  /** Makes a collection and its indexes; a unique index ignores documents that lack one of its fields. Fails loudly. */
  define(collection: string, indexes: readonly IndexDefinition[]): Promise<void>
  /** @throws DuplicateKeyError when the id or a unique key is taken. Answers the stored document with rev 1. */
  insert<T extends StoredDocument>(collection: string, document: New<T>): Promise<T>
  get<T extends StoredDocument>(collection: string, id: string): Promise<T | undefined>
  /** Replaces when the stored rev still is `rev`; answers whether it did. The stored rev becomes `rev + 1`. */
  replaceIf<T extends StoredDocument>(collection: string, rev: number, document: New<T>): Promise<boolean>
  removeIf(collection: string, id: string, rev: number): Promise<boolean>
  /** Conditions and sort fields must be fields of one index. @throws TypeError for anything else. */
  find<T extends StoredDocument>(
    collection: string,
    conditions: Readonly<Record<string, Condition>>,
    options?: { readonly sort?: readonly string[]; readonly limit?: number },
  ): Promise<T[]>
  /** All or nothing. @throws DuplicateKeyError, StaleRevisionError; then nothing was written. */
  atomically(writes: readonly Write[]): Promise<void>
  close(): Promise<void>
}

export class DuplicateKeyError extends Error {
  readonly collection: string
  constructor(collection: string, options?: ErrorOptions) {
    super(`A document with this key exists in ${collection}.`, options)
    this.name = 'DuplicateKeyError'
    this.collection = collection
  }
}
export class StaleRevisionError extends Error {
  readonly collection: string
  constructor(collection: string) {
    super(`A document of ${collection} changed meanwhile.`)
    this.name = 'StaleRevisionError'
    this.collection = collection
  }
}
/** Nothing is wrong with the request: the same one may succeed later. A write may or may not have happened. */
export class StoreUnavailableError extends Error {
  constructor(options?: ErrorOptions) {
    super('The database cannot be reached or written just now.', options)
    this.name = 'StoreUnavailableError'
  }
}

/** This database cannot keep what the service promises. One line for the person who starts it; names no address. */
export class DatabaseRefusedError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'DatabaseRefusedError'
  }
}
