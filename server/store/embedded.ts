import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import {
  type Condition,
  type DocumentStore,
  DuplicateKeyError,
  type IndexDefinition,
  type New,
  type Scalar,
  StaleRevisionError,
  type StoredDocument,
  type Write,
} from './document-store.ts'

/** Another process works on the same folder; two would not see each other's memory, so the second one stays out. */
export class FolderInUseError extends Error {
  constructor(folder: string, options?: ErrorOptions) {
    super(`Another Protected Time is running on the folder ${folder}.`, options)
    this.name = 'FolderInUseError'
  }
}

/**
 * The store as one SQLite file: WAL, synchronous=FULL (a commit survives power loss), one connection, and an instance
 * lock, because SQLite before 3.51.3 can damage a WAL that two connections reset at once.
 * @param folder made when absent (mode 0700), or `:memory:`
 * @throws FolderInUseError
 */
export function openEmbeddedStore(folder: string): DocumentStore {
  if (folder === ':memory:') return storeOn(new Database(':memory:'), () => {})
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const releaseLock = lockFolder(folder)
  try {
    const file = join(folder, 'protected-time.db')
    const db = new Database(file)
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000')
    chmodSync(file, 0o600)
    return storeOn(db, releaseLock)
  } catch (error) {
    releaseLock()
    throw error
  }
}

/** Holds an exclusive transaction on a second tiny file; the operating system ends it with the process, also by SIGKILL. */
function lockFolder(folder: string): () => void {
  const lock = new Database(join(folder, 'instance.lock'))
  try {
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isSqliteError(error) && error.code.startsWith('SQLITE_BUSY'))
      throw new FolderInUseError(folder, { cause: error })
    throw error
  }
  return () => lock.close()
}

type Sqlite = InstanceType<typeof Database>
type Row = { readonly id: string; readonly rev: number; readonly json: string }
type Collection = { readonly table: string; readonly indexes: readonly IndexDefinition[] }

function storeOn(db: Sqlite, onClose: () => void): DocumentStore {
  const collections = new Map<string, Collection>()
  const prepared = new Map<string, ReturnType<Sqlite['prepare']>>()
  const statement = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    const made = db.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  const collectionOf = (name: string): Collection => {
    const collection = collections.get(name)
    if (!collection) throw new TypeError(`Collection ${name} is not defined.`)
    return collection
  }
  const insertRow = (name: string, document: { readonly id: string }) => {
    try {
      statement(`INSERT INTO ${collectionOf(name).table} (id, rev, json) VALUES (?, 1, ?)`).run(
        document.id,
        textOf(document),
      )
    } catch (error) {
      if (isDuplicate(error)) throw new DuplicateKeyError(name, { cause: error })
      throw error
    }
  }
  const replaceRow = (name: string, rev: number, document: { readonly id: string }): boolean => {
    try {
      const result = statement(
        `UPDATE ${collectionOf(name).table} SET rev = rev + 1, json = ? WHERE id = ? AND rev = ?`,
      ).run(textOf(document), document.id, rev)
      return result.changes === 1
    } catch (error) {
      if (isDuplicate(error)) throw new DuplicateKeyError(name, { cause: error })
      throw error
    }
  }
  const removeRow = (name: string, id: string, rev: number): boolean =>
    statement(`DELETE FROM ${collectionOf(name).table} WHERE id = ? AND rev = ?`).run(id, rev).changes === 1

  return {
    async define(name, indexes) {
      assertName(name)
      const table = `c_${name}`
      db.exec(`CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, json TEXT NOT NULL)`)
      for (const index of indexes) {
        assertName(index.name)
        const fields = index.fields.map(column)
        const presence = index.unique ? ` WHERE ${fields.map((field) => `${field} IS NOT NULL`).join(' AND ')}` : ''
        db.exec(
          `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS i_${name}_${index.name} ON ${table} (${fields.join(', ')})${presence}`,
        )
      }
      collections.set(name, { table, indexes })
    },

    async insert<T extends StoredDocument>(name: string, document: New<T>): Promise<T> {
      insertRow(name, withId(document))
      return documentOf<T>({ id: withId(document).id, rev: 1, json: textOf(withId(document)) })
    },

    async get<T extends StoredDocument>(name: string, id: string): Promise<T | undefined> {
      assertScalar(id)
      const row = statement(`SELECT id, rev, json FROM ${collectionOf(name).table} WHERE id = ?`).get(id) as
        | Row
        | undefined
      return row && documentOf<T>(row)
    },

    async replaceIf(name, rev, document) {
      return replaceRow(name, rev, withId(document))
    },

    async removeIf(name, id, rev) {
      return removeRow(name, id, rev)
    },

    async find<T extends StoredDocument>(
      name: string,
      conditions: Readonly<Record<string, Condition>>,
      options: { readonly sort?: readonly string[]; readonly limit?: number } = {},
    ): Promise<T[]> {
      const { table, indexes } = collectionOf(name)
      const sort = options.sort ?? []
      assertIndexed(name, indexes, [...Object.keys(conditions), ...sort])
      const clauses: string[] = []
      const values: (string | number)[] = []
      for (const [field, condition] of Object.entries(conditions)) {
        for (const [operator, value] of comparisons(condition)) {
          clauses.push(`${column(field)} ${operator} ?`)
          values.push(value)
        }
      }
      const where = clauses.length > 0 ? ` WHERE ${clauses.join(' AND ')}` : ''
      const order = ` ORDER BY ${[...sort.map(column), 'id'].join(', ')}`
      const limit = options.limit === undefined ? '' : ' LIMIT ?'
      if (options.limit !== undefined) values.push(options.limit)
      const rows = statement(`SELECT id, rev, json FROM ${table}${where}${order}${limit}`).all(...values) as Row[]
      return rows.map(documentOf<T>)
    },

    async atomically(writes: readonly Write[]) {
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const write of writes) {
          if (write.kind === 'insert') insertRow(write.collection, write.document)
          else if (write.kind === 'replaceIf') {
            if (!replaceRow(write.collection, write.rev, write.document)) throw new StaleRevisionError(write.collection)
          } else if (!removeRow(write.collection, write.id, write.rev)) throw new StaleRevisionError(write.collection)
        }
        db.exec('COMMIT')
      } catch (error) {
        // A full disk may have ended the transaction already.
        if (db.inTransaction) db.exec('ROLLBACK')
        throw error
      }
    },

    async close() {
      prepared.clear()
      db.close()
      onClose()
    },
  }
}

const NAME = /^[A-Za-z][A-Za-z0-9]*$/
function assertName(name: string): void {
  if (!NAME.test(name)) throw new TypeError(`Not a name of a collection, index or field: ${name}`)
}
function column(field: string): string {
  assertName(field)
  return field === 'id' ? 'id' : `json_extract(json, '$.${field}')`
}
function assertIndexed(name: string, indexes: readonly IndexDefinition[], fields: readonly string[]): void {
  const needed = fields.filter((field) => field !== 'id')
  if (needed.length === 0) return
  if (!indexes.some((index) => needed.every((field) => index.fields.includes(field)))) {
    throw new TypeError(`No index of ${name} holds ${needed.join(', ')}.`)
  }
}
const OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const
function comparisons(condition: Condition): [string, string | number][] {
  if (typeof condition !== 'object' || condition === null) return [['=', sqlValue(condition)]]
  return Object.entries(condition).map(([operator, value]) => {
    const symbol = OPERATORS[operator as keyof typeof OPERATORS]
    if (!symbol) throw new TypeError(`Not a comparison: ${operator}`)
    return [symbol, sqlValue(value)]
  })
}
function sqlValue(value: unknown): string | number {
  assertScalar(value)
  return typeof value === 'boolean' ? Number(value) : value
}
function assertScalar(value: unknown): asserts value is Scalar {
  if (!['string', 'number', 'boolean'].includes(typeof value))
    throw new TypeError('A condition takes a text, number or boolean.')
}
function withId(document: object): { readonly id: string } {
  if (!('id' in document) || typeof document.id !== 'string' || document.id === '')
    throw new TypeError('A document needs an id.')
  return document as { readonly id: string }
}
function textOf(document: { readonly id: string }): string {
  return JSON.stringify({ ...document, rev: undefined })
}
function documentOf<T extends StoredDocument>(row: Row): T {
  return { ...JSON.parse(row.json), id: row.id, rev: row.rev }
}
function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
function isDuplicate(error: unknown): boolean {
  return isSqliteError(error) && /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(error.code)
}
