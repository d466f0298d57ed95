import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FolderInUseError, lockFolder } from '../store/instance-lock.ts'
import { BackupError } from './backup-error.ts'
import { copyDurably } from './copy-durably.ts'
import { DATA_FILES, type Manifest, readManifest } from './manifest.ts'

const UNFINISHED = '.restoring'

/**
 * Puts a backup into a data folder that holds no data, after making sure that it is what was backed up. Interrupted, it
 * leaves no store behind: the service's own file comes last.
 * @throws BackupError
 */
export function restore(folder: string, dataDir: string): Manifest {
  const manifest = readManifest(folder)
  const release = lock(dataDir)
  try {
    for (const name of DATA_FILES) {
      if (existsSync(join(dataDir, name)))
        throw new BackupError(
          `${dataDir} holds data already (${name}). Move it away, or name another folder with DATA_DIR.`,
        )
    }
    const names = DATA_FILES.filter((name) => manifest.files.some((file) => file.name === name))
    try {
      for (const name of names) copyDurably(join(folder, name), join(dataDir, name + UNFINISHED))
      for (const name of names) renameSync(join(dataDir, name + UNFINISHED), join(dataDir, name))
    } finally {
      for (const name of names) rmSync(join(dataDir, name + UNFINISHED), { force: true })
    }
    return manifest
  } finally {
    release()
  }
}

function lock(dataDir: string): () => void {
  try {
    return lockFolder(dataDir)
  } catch (cause) {
    if (cause instanceof FolderInUseError) throw new BackupError(`${cause.message} Stop it first.`, { cause })
    throw cause
  }
}
