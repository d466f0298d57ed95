import type { Document, Filter, Sort } from 'mongodb'
import type { Comparison } from './check-documents.ts'
import type { IndexDefinition } from './document-store.ts'

/**
 * How a document lies in MongoDB. `rev` 0 is a document that was removed: its content is gone, what is left forgets itself
 * a day later. `ops` remembers which operation wrote each of the last revisions, so that whoever lost a reply can tell
 * whether it was they who wrote.
 */
export type Envelope = {
  readonly _id: string
  readonly rev: number
  readonly doc?: Document
  readonly ops?: Readonly<Record<string, string>>
  readonly removedAt?: Date
}

const REMEMBERED = 8
/** Where the operation that wrote a revision is remembered. */
export const opField = (rev: number): string => `ops.${rev % REMEMBERED}`
export const opOf = (stored: Envelope, rev: number): string | undefined => stored.ops?.[String(rev % REMEMBERED)]

const pathOf = (field: string): string => (field === 'id' ? '_id' : `doc.${field}`)

/** Fields of a JSON object as MongoDB can hold them. `id` is kept once, as `_id`. */
export function contentOf(json: string): Document {
  const { id: _, ...content } = JSON.parse(json)
  return renameKeys(content, escapeKey) as Document
}
export function jsonOfContent(content: Document | undefined): object {
  return renameKeys(content ?? {}, unescapeKey) as object
}

/** Keys to which MongoDB, its driver or JavaScript give a meaning: operators, paths, references, types, prototypes. */
const MEANINGFUL = /^[$%]|^(_bsontype|__proto__)$|[.\0]/
const escapeKey = (key: string): string =>
  MEANINGFUL.test(key) ? `%${key.replace(/[%.\0]/g, (letter) => ESCAPES[letter] ?? letter)}` : key
const ESCAPES: Readonly<Record<string, string>> = { '%': '%25', '.': '%2E', '\0': '%00' }
const unescapeKey = (key: string): string =>
  key.startsWith('%')
    ? key.slice(1).replace(/%(25|2E|00)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : key

function renameKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, rename))
  if (typeof value !== 'object' || value === null) return value
  // Object.fromEntries makes own properties, also of a key like __proto__.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), renameKeys(item, rename)]))
}

/** Values always stand behind an operator of ours; `rev` leaves out what was removed. */
export function filterOf(comparisons: readonly Comparison[]): Filter<Envelope> {
  return {
    $and: [
      { rev: { $gt: 0 } },
      ...comparisons.map(({ field, operator, value }) => ({ [pathOf(field)]: { [`$${operator}`]: value } })),
    ],
  }
}

/** By the given fields and then by id, so that every store gives the same order. */
export function sortOf(fields: readonly string[]): Sort {
  return [...new Set([...fields, 'id'])].map((field) => [pathOf(field), 1] as [string, 1])
}

/** Removed documents are of use only while somebody may still ask whether their removal happened. */
const FORGET_AFTER_S = 86_400
export const FORGET_REMOVED = {
  name: 'forgetRemoved',
  key: { removedAt: 1 },
  expireAfterSeconds: FORGET_AFTER_S,
  sparse: true,
} as const

/** A unique index holds only documents that have all its fields; any other ends with the id, so that it can sort too. */
export function indexOf({ name, fields, unique = false }: IndexDefinition) {
  const paths = fields.map(pathOf)
  if (!unique) return { name, key: keyOf([...new Set([...paths, '_id'])]) }
  return {
    name,
    key: keyOf(paths),
    unique,
    partialFilterExpression: Object.fromEntries(paths.map((path) => [path, { $exists: true }])),
  }
}
const keyOf = (paths: readonly string[]): Record<string, 1> => Object.fromEntries(paths.map((path) => [path, 1]))
