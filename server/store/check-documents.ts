import type { Condition, IndexDefinition, Scalar, StoredDocument } from './document-store.ts'

/**
 * What both adapters refuse before anything reaches a database, so that neither names nor values can carry operators:
 * the injection barrier. Every function throws TypeError; these are mistakes of the caller, not of people.
 */

const NAME = /^[A-Za-z][A-Za-z0-9]*$/
export function assertName(name: string): void {
  if (!NAME.test(name)) throw new TypeError(`Not a name of a collection, index or field: ${name}`)
}

function assertScalar(value: unknown): asserts value is Scalar {
  if (typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new TypeError('A condition takes a text, number or boolean.')
}

export function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') throw new TypeError('A document needs an id.')
}

/** Revisions begin at 1, so 0 would ask for a document that is not there. */
export function assertRevision(rev: number): void {
  if (!(Number.isInteger(rev) && rev > 0)) throw new TypeError('A revision is a whole number above 0.')
}

/** What is kept of a document: its JSON without the revision, which the store counts itself. */
export function jsonOf(document: object, indexes: readonly IndexDefinition[]): string {
  assertId('id' in document ? document.id : undefined)
  const text = JSON.stringify({ ...document, rev: undefined })
  const fields = new Set(indexes.flatMap((index) => index.fields))
  for (const [field, value] of Object.entries(document)) {
    if (!fields.has(field) || value === undefined) continue
    // Stores differ in how they index the rest, so nothing depends on it.
    if (typeof value === 'object' || typeof value === 'bigint')
      throw new TypeError(`The indexed field ${field} holds a text, number or boolean, or is left out.`)
  }
  return text
}

/** A document as its readers see it: what was stored of it, with the revision that the store counts. */
export function documentOf<T extends StoredDocument>(json: unknown, id: string, rev: number): T {
  // Whoever stored it under this collection's name stored a T.
  return { id, ...(json as object), rev } as T
}

const OPERATORS = ['lt', 'lte', 'gt', 'gte'] as const
export type Operator = (typeof OPERATORS)[number]
export type Comparison = { readonly field: string; readonly operator: Operator | 'eq'; readonly value: Scalar }
export type FindOptions = { readonly sort?: readonly string[]; readonly limit?: number }

/** Checks a search and lays its conditions out one by one. */
export function comparisonsOf(
  collection: string,
  indexes: readonly IndexDefinition[],
  conditions: Readonly<Record<string, Condition>>,
  { sort = [], limit }: FindOptions,
): readonly Comparison[] {
  assertIndexed(collection, indexes, [...Object.keys(conditions), ...sort])
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new TypeError('A limit is a whole number above 0.')
  return Object.entries(conditions).flatMap(([field, condition]) => {
    if (typeof condition !== 'object' || condition === null) return [comparison(field, 'eq', condition)]
    const entries = Object.entries(condition)
    if (entries.length === 0) throw new TypeError(`The condition on ${field} is empty.`)
    return entries.map(([operator, value]) => {
      const known = OPERATORS.find((name) => name === operator)
      if (!known) throw new TypeError(`Not a comparison: ${operator}`)
      return comparison(field, known, value)
    })
  })
}

function comparison(field: string, operator: Comparison['operator'], value: unknown): Comparison {
  assertScalar(value)
  return { field, operator, value }
}

function assertIndexed(collection: string, indexes: readonly IndexDefinition[], fields: readonly string[]): void {
  for (const field of fields) assertName(field)
  const needed = fields.filter((field) => field !== 'id')
  if (needed.length === 0) return
  if (!indexes.some((index) => needed.every((field) => index.fields.includes(field)))) {
    throw new TypeError(`No index of ${collection} holds ${needed.join(', ')}.`)
  }
}

/** The collections that a store was told of, by name. */
export function knownCollections<T>(): { add(name: string, collection: T): void; get(name: string): T } {
  const collections = new Map<string, T>()
  return {
    add(name, collection) {
      collections.set(name, collection)
    },
    get(name) {
      const collection = collections.get(name)
      if (!collection) throw new TypeError(`Collection ${name} is not defined.`)
      return collection
    },
  }
}
