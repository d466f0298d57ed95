import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openPracticeState, PRACTICE_FILE } from '../practice/state.ts'
import { openEmbeddedStore, STORE_FILE } from '../store/embedded.ts'
import { FolderInUseError } from '../store/instance-lock.ts'
import { askForCopy } from './answer-backups.ts'
import { BackupError } from './backup-error.ts'
import { copyDurably } from './copy-durably.ts'
import { DATA_FILES, type Manifest, PRACTICE_KEY_FILE, writeManifest } from './manifest.ts'

/**
 * Copies the data of one moment into a new folder and looks through the copy. The service may run meanwhile: then it makes
 * the copy. What was there is never overwritten, and what was begun and failed is removed.
 * @param madeAt RFC 3339
 * @throws BackupError
 */
export async function backUp(dataDir: string, folder: string, madeAt: string): Promise<Manifest> {
  if (!existsSync(join(dataDir, STORE_FILE))) throw new BackupError(`There is no data in ${dataDir}.`)
  makeNew(folder)
  try {
    await copyData(dataDir, folder)
    const names = DATA_FILES.filter((name) => existsSync(join(folder, name)))
    return writeManifest(folder, names, madeAt)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function makeNew(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    throw new BackupError(
      isThere ? `${folder} exists already; name a new folder.` : `The folder ${folder} cannot be made.`,
      { cause },
    )
  }
}

async function copyData(dataDir: string, folder: string): Promise<void> {
  if (!(await copyStopped(dataDir, folder))) {
    const staging = await askForCopy(dataDir)
    try {
      for (const name of readdirSync(staging)) copyDurably(join(staging, name), join(folder, name))
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
  }
  // It is written once, when the practice tenant is made.
  const key = join(dataDir, PRACTICE_KEY_FILE)
  if (existsSync(key)) copyDurably(key, join(folder, PRACTICE_KEY_FILE))
}

/** Answers false when a service is running on the folder. */
async function copyStopped(dataDir: string, folder: string): Promise<boolean> {
  let store: ReturnType<typeof openEmbeddedStore>
  try {
    store = openEmbeddedStore(dataDir)
  } catch (error) {
    if (error instanceof FolderInUseError) return false
    throw error
  }
  try {
    store.copyTo(join(folder, STORE_FILE))
    if (existsSync(join(dataDir, PRACTICE_FILE))) {
      const practice = openPracticeState(join(dataDir, PRACTICE_FILE))
      practice.copyTo(join(folder, PRACTICE_FILE))
      practice.close()
    }
  } finally {
    await store.close()
  }
  return true
}
