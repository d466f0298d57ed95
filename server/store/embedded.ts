import { join } from 'node:path'
import Database from 'libsql'
import {
  assertId,
  assertName,
  assertRevision,
  comparisonsOf,
  documentOf,
  jsonOf,
  knownCollections,
} from './check-documents.ts'
import { copyDatabase } from './copy-database.ts'
import {
  type DocumentStore,
  DuplicateKeyError,
  type IndexDefinition,
  StaleRevisionError,
  StoreUnavailableError,
  type Write,
} from './document-store.ts'
import { lockFolder, makePrivate } from './instance-lock.ts'

export const STORE_FILE = 'protected-time.db'
export type EmbeddedStore = DocumentStore & {
  /** Writes everything as it is at this moment into a new file; the service waits meanwhile. */
  copyTo(file: string): void
}

/**
 * The store as one SQLite file: WAL, synchronous=FULL (a commit survives power loss), one connection, and an instance
 * lock, because SQLite before 3.51.3 can damage a WAL that two connections reset at once.
 * @param folder made when absent (mode 0700), or `:memory:`
 * @throws FolderInUseError
 */
export function openEmbeddedStore(folder: string): EmbeddedStore {
  if (folder === ':memory:') return storeOn(new Database(':memory:'), () => {})
  const releaseLock = lockFolder(folder)
  try {
    const db = new Database(makePrivate(join(folder, STORE_FILE)))
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000')
    // A key that was destroyed must not wait in a free page for somebody who knows where to look.
    db.exec('PRAGMA secure_delete=ON')
    return storeOn(db, releaseLock)
  } catch (error) {
    releaseLock()
    throw error
  }
}

type Sqlite = InstanceType<typeof Database>
type Row = { readonly id: string; readonly rev: number; readonly json: string }
type Known = { readonly name: string; readonly table: string; readonly indexes: readonly IndexDefinition[] }

function storeOn(db: Sqlite, onClose: () => void): EmbeddedStore {
  const collections = knownCollections<Known>()
  const prepared = new Map<string, ReturnType<Sqlite['prepare']>>()
  const statement = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    const made = db.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  const insertRow = ({ name, table, indexes }: Known, document: { readonly id: string }): string => {
    const json = jsonOf(document, indexes)
    named(name, () => statement(`INSERT INTO ${table} (id, rev, json) VALUES (?, 1, ?)`).run(document.id, json))
    return json
  }
  const replaceRow = ({ name, table, indexes }: Known, rev: number, document: { readonly id: string }): boolean => {
    assertRevision(rev)
    const json = jsonOf(document, indexes)
    const sql = `UPDATE ${table} SET rev = rev + 1, json = ? WHERE id = ? AND rev = ?`
    return named(name, () => statement(sql).run(json, document.id, rev)).changes === 1
  }
  const removeRow = ({ name, table }: Known, id: string, rev: number): boolean => {
    assertId(id)
    assertRevision(rev)
    return named(name, () => statement(`DELETE FROM ${table} WHERE id = ? AND rev = ?`).run(id, rev)).changes === 1
  }

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
      collections.add(name, { name, table, indexes })
    },

    async insert(name, document) {
      const json = insertRow(collections.get(name), document)
      return documentOf(JSON.parse(json), document.id, 1)
    },

    async get(name, id) {
      const { table } = collections.get(name)
      assertId(id)
      const sql = `SELECT id, rev, json FROM ${table} WHERE id = ?`
      const row = named(name, () => statement(sql).get(id)) as Row | undefined
      return row && documentOf(JSON.parse(row.json), row.id, row.rev)
    },

    async replaceIf(name, rev, document) {
      return replaceRow(collections.get(name), rev, document)
    },

    async removeIf(name, id, rev) {
      return removeRow(collections.get(name), id, rev)
    },

    async find(name, conditions, options = {}) {
      const { table, indexes } = collections.get(name)
      const { sort = [], limit } = options
      const clauses: string[] = []
      const values: (string | number)[] = []
      for (const { field, operator, value } of comparisonsOf(name, indexes, conditions, options)) {
        clauses.push(`${column(field)} ${SYMBOLS[operator]} ?`)
        values.push(typeof value === 'boolean' ? Number(value) : value)
      }
      const where = clauses.length > 0 ? ` WHERE ${clauses.join(' AND ')}` : ''
      const order = ` ORDER BY ${[...sort.map(column), 'id'].join(', ')}`
      if (limit !== undefined) values.push(limit)
      const sql = `SELECT id, rev, json FROM ${table}${where}${order}${limit === undefined ? '' : ' LIMIT ?'}`
      const rows = named(name, () => statement(sql).all(...values)) as Row[]
      return rows.map((row) => documentOf(JSON.parse(row.json), row.id, row.rev))
    },

    async atomically(writes: readonly Write[]) {
      named('several', () => db.exec('BEGIN IMMEDIATE'))
      try {
        for (const write of writes) {
          const known = collections.get(write.collection)
          if (write.kind === 'insert') insertRow(known, write.document)
          else if (write.kind === 'replaceIf') {
            if (!replaceRow(known, write.rev, write.document)) throw new StaleRevisionError(known.name)
          } else if (!removeRow(known, write.id, write.rev)) throw new StaleRevisionError(known.name)
        }
        named('several', () => db.exec('COMMIT'))
      } catch (error) {
        // A full disk may have ended the transaction already.
        if (db.inTransaction) db.exec('ROLLBACK')
        throw error
      }
    },

    copyTo(file) {
      copyDatabase(db, file)
    },

    async close() {
      prepared.clear()
      db.close()
      onClose()
    },
  }
}

const SYMBOLS = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const
function column(field: string): string {
  assertName(field)
  return field === 'id' ? 'id' : `json_extract(json, '$.${field}')`
}

/** Gives SQLite's errors our names. @throws DuplicateKeyError, StoreUnavailableError */
function named<T>(collection: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!isSqliteError(error)) throw error
    if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(error.code))
      throw new DuplicateKeyError(collection, { cause: error })
    if (PASSING.test(error.code)) throw new StoreUnavailableError({ cause: error })
    throw error
  }
}
/** A full or failing disk: the statement was taken back, and the same one may succeed later. SQLite docs: "Result Codes". */
const PASSING = /^SQLITE_(FULL|IOERR|BUSY|NOMEM|CANTOPEN|READONLY)/
function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
