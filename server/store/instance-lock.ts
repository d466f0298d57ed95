import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'

/** Another process works on the same folder; two would not see each other's memory, so the second one stays out. */
export class FolderInUseError extends Error {
  constructor(folder: string, options?: ErrorOptions) {
    super(`Another Protected Time is running on the folder ${folder}.`, options)
    this.name = 'FolderInUseError'
  }
}

/**
 * Makes the folder when absent and keeps other processes out until the answer is called. It holds an exclusive transaction
 * on a second tiny file; the operating system ends it with the process, also by SIGKILL.
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = new Database(makePrivate(join(folder, 'instance.lock')))
  try {
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      throw new FolderInUseError(folder, { cause: error })
    throw error
  }
  return () => lock.close()
}

/** Makes the file when absent, readable by its owner only, so that what SQLite puts beside it is so from the start too. */
export function makePrivate(file: string): string {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  return file
}
