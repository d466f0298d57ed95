import { Query } from 'mingo'
import type { Document } from 'mongodb'
import { badValue, DuplicateKey, ServerError } from './server-error.ts'

export type IndexSpec = {
  readonly name: string
  readonly key: Readonly<Record<string, 1 | -1>>
  readonly unique?: boolean
  readonly sparse?: boolean
  readonly partialFilterExpression?: Document
}

/** The committed documents of one collection and its indexes. A document is replaced, never changed in place. */
export class DoubleCollection {
  readonly namespace: string
  readonly #documents = new Map<string, Document>()
  readonly #indexes = new Map<string, Index>([['_id_', new Index({ name: '_id_', key: { _id: 1 }, unique: true })]])

  constructor(namespace: string) {
    this.namespace = namespace
  }

  get(key: string): Document | undefined {
    return this.#documents.get(key)
  }

  /** Puts, or removes when there is no document. Uniqueness was checked before. */
  write(key: string, document: Document | undefined): void {
    const before = this.#documents.get(key)
    for (const index of this.#indexes.values()) {
      if (before) index.remove(key, before)
      if (document) index.add(key, document)
    }
    if (document) this.#documents.set(key, document)
    else this.#documents.delete(key)
  }

  /** Documents that may match: by the longest run of index fields that the filter holds equal, or all. */
  candidates(filter: Document): Iterable<[string, Document]> {
    const equal = equalitiesOf(filter)
    let best: ReadonlySet<string> | undefined
    for (const index of this.#indexes.values()) {
      const keys = index.lookUp(equal)
      if (keys && (!best || keys.size < best.size)) best = keys
    }
    if (!best) return this.#documents
    return [...best].map((key) => [key, this.#documents.get(key)] as [string, Document])
  }

  /** Unique keys that a document holds: what to compare with others before it is written. */
  uniqueKeysOf(document: Document): { readonly index: IndexSpec; readonly key: string }[] {
    return [...this.#indexes.values()].flatMap((index) => {
      const key = index.uniqueKeyOf(document)
      return key === undefined ? [] : [{ index: index.spec, key }]
    })
  }
  /** Who holds a unique key among the committed documents. */
  holderOf(indexName: string, uniqueKey: string): string | undefined {
    return this.#indexes.get(indexName)?.holderOf(uniqueKey)
  }
  duplicateOf(index: IndexSpec, document: Document): DuplicateKey {
    const fields = Object.keys(index.key).map((field) => [field, valueAt(document, field)])
    return new DuplicateKey(this.namespace, index.name, Object.fromEntries(fields))
  }

  addIndex(spec: IndexSpec): void {
    const known = this.#indexes.get(spec.name)
    if (known) {
      if (JSON.stringify(known.spec) === JSON.stringify(spec)) return
      throw new ServerError(86, 'IndexKeySpecsConflict', `An index ${spec.name} with other options exists.`)
    }
    const index = new Index(spec)
    for (const [key, document] of this.#documents) {
      const unique = index.uniqueKeyOf(document)
      if (unique !== undefined && index.holderOf(unique) !== undefined) {
        const error = this.duplicateOf(spec, document)
        throw new ServerError(11_000, 'DuplicateKey', error.message)
      }
      index.add(key, document)
    }
    this.#indexes.set(spec.name, index)
  }

  listIndexes(): readonly IndexSpec[] {
    return [...this.#indexes.values()].map((index) => index.spec)
  }
}

class Index {
  readonly spec: IndexSpec
  readonly #fields: readonly string[]
  readonly #isPartOf: ((document: Document) => boolean) | undefined
  readonly #unique = new Map<string, string>()
  /** Keys of documents by the values of the first one, two, three … fields. */
  readonly #byPrefix = new Map<string, Set<string>>()

  constructor(spec: IndexSpec) {
    this.spec = spec
    this.#fields = Object.keys(spec.key)
    const { partialFilterExpression } = spec
    if (partialFilterExpression) {
      const query = new Query(partialFilterExpression)
      this.#isPartOf = (document) => query.test(document)
    }
  }

  uniqueKeyOf(document: Document): string | undefined {
    if (!this.spec.unique) return undefined
    if (this.#isPartOf && !this.#isPartOf(document)) return undefined
    const values = this.#fields.map((field) => valueAt(document, field))
    if (this.spec.sparse && values.every((value) => value === undefined)) return undefined
    if (values.some(Array.isArray)) throw badValue('This double keeps no unique index over lists.')
    return JSON.stringify(values.map((value) => value ?? null))
  }
  holderOf(uniqueKey: string): string | undefined {
    return this.#unique.get(uniqueKey)
  }

  add(key: string, document: Document): void {
    const unique = this.uniqueKeyOf(document)
    if (unique !== undefined) this.#unique.set(unique, key)
    for (const prefix of this.#prefixesOf(document)) {
      const keys = this.#byPrefix.get(prefix)
      if (keys) keys.add(key)
      else this.#byPrefix.set(prefix, new Set([key]))
    }
  }
  remove(key: string, document: Document): void {
    const unique = this.uniqueKeyOf(document)
    if (unique !== undefined && this.#unique.get(unique) === key) this.#unique.delete(unique)
    for (const prefix of this.#prefixesOf(document)) {
      const keys = this.#byPrefix.get(prefix)
      keys?.delete(key)
      if (keys?.size === 0) this.#byPrefix.delete(prefix)
    }
  }

  lookUp(equal: ReadonlyMap<string, unknown>): ReadonlySet<string> | undefined {
    const values: unknown[] = []
    for (const field of this.#fields) {
      if (!equal.has(field)) break
      values.push(equal.get(field))
    }
    return values.length === 0 ? undefined : (this.#byPrefix.get(JSON.stringify(values)) ?? new Set())
  }
  #prefixesOf(document: Document): string[] {
    const values = this.#fields.map((field) => valueAt(document, field) ?? null)
    return values.map((_, n) => JSON.stringify(values.slice(0, n + 1)))
  }
}

/** Fields that a filter holds equal to a scalar, also within $and. */
export function equalitiesOf(filter: Document): Map<string, unknown> {
  const equal = new Map<string, unknown>()
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and')
      for (const part of condition) for (const [key, value] of equalitiesOf(part)) equal.set(key, value)
    else if (field.startsWith('$')) continue
    else if (isScalar(condition)) equal.set(field, condition)
    else if (isScalar(condition?.$eq)) equal.set(field, condition.$eq)
  }
  return equal
}
const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

function valueAt(document: Document, path: string): unknown {
  let value: unknown = document
  for (const part of path.split('.')) value = (value as Document | null | undefined)?.[part]
  return value
}
