import { join } from 'node:path'
import Database from 'libsql'
import { STORE_FILE } from '../../server/store/embedded.ts'

/** What a refusal may leave behind: that it was refused. */
const RECORD = new Set(['c_auditEntries', 'c_auditHeads'])

export type StoredState = Readonly<Record<string, string>>
export type StoredChanges = {
  /** Collections that differ from what they were at the last call. */
  since(): readonly string[]
  /** How many jobs are being worked off. */
  readonly jobsUnderWay: () => number
  close(): void
}

/** Looks past the service into its file, which nobody but the service writes. */
export function watchStored(folder: string): StoredChanges {
  const db = new Database(join(folder, STORE_FILE))
  db.exec('PRAGMA query_only=ON')
  const version = db.prepare('PRAGMA data_version')
  const tables = (
    db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { readonly name: string }[]
  ).flatMap(({ name }) => (RECORD.has(name) || !name.startsWith('c_') ? [] : [name]))
  const contents = tables.map(
    // Every write gives a new revision, so that ids and revisions tell of any.
    (table) => [table, db.prepare(`SELECT group_concat(id || ':' || rev) AS held FROM ${table}`)] as const,
  )
  const versionNow = () => (version.get() as { readonly data_version: number }).data_version
  const look = (): StoredState =>
    Object.fromEntries(
      contents.map(([table, statement]) => [table, (statement.get() as { readonly held: string | null }).held ?? '']),
    )
  const leased = db.prepare("SELECT count(*) AS n FROM c_jobs WHERE json_extract(json, '$.state') = 'leased'")
  let seen = versionNow()
  let held = look()
  return {
    since() {
      const current = versionNow()
      if (current === seen) return []
      seen = current
      const now = look()
      const changed = tables.filter((table) => now[table] !== held[table])
      held = now
      return changed
    },
    jobsUnderWay: () => (leased.get() as { readonly n: number }).n,
    close: () => db.close(),
  }
}
