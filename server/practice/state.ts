import Database from 'libsql'
import { copyDatabase } from '../store/copy-database.ts'

/** Beside the store, in the data folder. */
export const PRACTICE_FILE = 'practice-tenant.db'

export type PracticeDocument = { readonly id: string }

/** One kind of thing the practice tenant keeps; reads are from memory, writes reach the file at the next `flush`. */
export interface PracticeCollection<T extends PracticeDocument> {
  get(id: string): T | undefined
  list(): T[]
  put(document: T): void
  remove(id: string): void
}

/**
 * All state of the practice tenant: maps in memory, written through to one SQLite file. A reply leaves only after
 * `flush`, so what a client was told survives a restart. Documents are replaced, never changed in place.
 */
export interface PracticeState {
  collection<T extends PracticeDocument>(name: string): PracticeCollection<T>
  /** Writes every change since the last call in one transaction. */
  flush(): void
  close(): void
}
/** The state where it lies in a file. */
export interface PracticeFile extends PracticeState {
  /** Writes everything as it is at this moment into a new file. */
  copyTo(file: string): void
}

/** @param file path of the SQLite file, or `:memory:` */
export function openPracticeState(file: string): PracticeFile {
  const db = new Database(file)
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL')
  db.exec('CREATE TABLE IF NOT EXISTS document (collection TEXT, id TEXT, json TEXT, PRIMARY KEY (collection, id))')
  const upsert = db.prepare('INSERT OR REPLACE INTO document (collection, id, json) VALUES (?, ?, ?)')
  const erase = db.prepare('DELETE FROM document WHERE collection = ? AND id = ?')
  const collections = new Map<string, Map<string, PracticeDocument>>()
  for (const row of db.prepare('SELECT collection, id, json FROM document').all() as Row[]) {
    mapOf(row.collection).set(row.id, JSON.parse(row.json))
  }
  const dirty = new Map<string, Set<string>>()

  function mapOf(name: string): Map<string, PracticeDocument> {
    const map = collections.get(name) ?? new Map<string, PracticeDocument>()
    collections.set(name, map)
    return map
  }
  function touch(name: string, id: string): void {
    const ids = dirty.get(name)
    if (ids) ids.add(id)
    else dirty.set(name, new Set([id]))
  }

  return {
    collection<T extends PracticeDocument>(name: string): PracticeCollection<T> {
      // One collection holds one type: its only writers are the files that name it.
      const map = mapOf(name) as Map<string, T>
      return {
        get: (id) => map.get(id),
        list: () => [...map.values()],
        put(document) {
          map.set(document.id, document)
          touch(name, document.id)
        },
        remove(id) {
          map.delete(id)
          touch(name, id)
        },
      }
    },
    flush() {
      if (dirty.size === 0) return
      db.exec('BEGIN')
      for (const [name, ids] of dirty) {
        for (const id of ids) {
          const document = mapOf(name).get(id)
          if (document) upsert.run(name, id, JSON.stringify(document))
          else erase.run(name, id)
        }
      }
      db.exec('COMMIT')
      dirty.clear()
    },
    copyTo(target) {
      this.flush()
      copyDatabase(db, target)
    },
    close() {
      this.flush()
      db.close()
    },
  }
}

type Row = { readonly collection: string; readonly id: string; readonly json: string }
