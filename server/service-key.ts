import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRACTICE_KEY_FILE } from './backup/manifest.ts'

/** For the practice tenant only: a key beside the data. A real service has its key elsewhere (SERVICE_KEY). */
export function keptServiceKey(dataDir: string): Uint8Array {
  if (dataDir === ':memory:') return randomBytes(32)
  const file = join(dataDir, PRACTICE_KEY_FILE)
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}
