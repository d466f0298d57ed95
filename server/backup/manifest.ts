import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { PRACTICE_FILE } from '../practice/state.ts'
import { STORE_FILE } from '../store/embedded.ts'
import { BackupError } from './backup-error.ts'

/** The key that seals people's text is no part of a backup, save that of the practice tenant, which keeps nobody's. */
export const PRACTICE_KEY_FILE = 'practice-service.key'
/** In the order in which they are put back: a folder with the first one missing holds no service's data. */
export const DATA_FILES = [PRACTICE_KEY_FILE, PRACTICE_FILE, STORE_FILE] as const
type DataFile = (typeof DATA_FILES)[number]

/** What a backup holds; written last, so a folder without it is no backup. */
export type Manifest = {
  readonly format: 1
  /** RFC 3339. */
  readonly madeAt: string
  readonly files: readonly { readonly name: DataFile; readonly bytes: number; readonly sha256: string }[]
  /** Number of the service's own documents. */
  readonly documents: number
}
const MANIFEST_FILE = 'backup.json'

/** Looks through every file of a new backup and writes down what is there. @throws BackupError */
export function writeManifest(folder: string, names: readonly DataFile[], madeAt: string): Manifest {
  const files = names.map((name) => ({ name, ...fingerprint(join(folder, name)) }))
  for (const name of names) if (name.endsWith('.db')) assertWhole(join(folder, name))
  const manifest: Manifest = { format: 1, madeAt, files, documents: countDocuments(join(folder, STORE_FILE)) }
  const file = openSync(join(folder, MANIFEST_FILE), 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return manifest
}

/** Reads what a backup holds and makes sure that it still does. @throws BackupError */
export function readManifest(folder: string): Manifest {
  const manifest = parse(folder)
  for (const { name, bytes, sha256 } of manifest.files) {
    const found = fingerprint(join(folder, name))
    if (found.bytes !== bytes || found.sha256 !== sha256)
      throw new BackupError(`${name} of this backup is not what was backed up; it was changed or damaged.`)
    if (name.endsWith('.db')) assertWhole(join(folder, name))
  }
  return manifest
}

function parse(folder: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'))
  } catch (cause) {
    throw new BackupError(`${folder} holds no finished backup: ${MANIFEST_FILE} is missing or unreadable.`, { cause })
  }
  if (isManifest(value)) return value
  throw new BackupError(`${folder} holds a backup that this version does not understand.`)
}

/** Names are those that we write: a backup cannot lead out of its folder. */
function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false
  const { format, madeAt, files, documents } = value as Record<string, unknown>
  return (
    format === 1 &&
    typeof madeAt === 'string' &&
    typeof documents === 'number' &&
    Array.isArray(files) &&
    files.some((file) => file?.name === STORE_FILE) &&
    files.every((file) => DATA_FILES.includes(file?.name) && typeof file.sha256 === 'string')
  )
}

/** Piece by piece: a store may be larger than memory. */
const PIECE_BYTES = 1_048_576
function fingerprint(path: string): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(PIECE_BYTES)
  let bytes = 0
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    throw new BackupError(`${path} cannot be read.`, { cause })
  }
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      hash.update(piece.subarray(0, read))
      bytes += read
    }
  } finally {
    closeSync(file)
  }
  return { bytes, sha256: hash.digest('hex') }
}

function assertWhole(file: string): void {
  const [row] = onDatabase(file, (db) => db.prepare('PRAGMA integrity_check').all()) as { integrity_check?: string }[]
  if (row?.integrity_check !== 'ok') throw new BackupError(`${file} is damaged.`)
}

function countDocuments(file: string): number {
  return onDatabase(file, (db) => {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
    const counts = tables.map(({ name }) => db.prepare(`SELECT count(*) AS n FROM "${name}"`).get() as { n: number })
    return counts.reduce((sum, { n }) => sum + n, 0)
  })
}

function onDatabase<T>(file: string, read: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(file)
  try {
    return read(db)
  } catch (cause) {
    throw new BackupError(`${file} is damaged.`, { cause })
  } finally {
    db.close()
  }
}
