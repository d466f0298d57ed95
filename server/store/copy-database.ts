import { closeSync, fsyncSync, openSync } from 'node:fs'
import type Database from 'libsql'
import { makePrivate } from './instance-lock.ts'

/**
 * Writes a database as it is at this moment into a new file, readable by its owner only: one read transaction on the
 * connection that is open anyway, without what lies in free pages. SQLite docs: "VACUUM INTO".
 * @throws Error when the file exists
 */
export function copyDatabase(db: InstanceType<typeof Database>, file: string): void {
  closeSync(openSync(file, 'wx', 0o600))
  db.prepare('VACUUM INTO ?').run(makePrivate(file))
  const written = openSync(file, 'r+')
  try {
    fsyncSync(written)
  } finally {
    closeSync(written)
  }
}
