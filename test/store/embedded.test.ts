import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { FolderInUseError } from '../../server/store/instance-lock.ts'
import { documentStoreContract } from '../contract/document-store.ts'

documentStoreContract('embedded, in memory', async () => openEmbeddedStore(':memory:'))

const folders: string[] = []
const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

documentStoreContract('embedded, on disk', async () => openEmbeddedStore(aFolder()))

test('keeps documents over a restart, readable by the owner only', async () => {
  const folder = aFolder()
  const first = openEmbeddedStore(folder)
  await first.define('things', [])
  await first.insert('things', { id: 'a' })
  await first.close()
  const second = openEmbeddedStore(folder)
  await second.define('things', [])
  expect(await second.get('things', 'a')).toEqual({ id: 'a', rev: 1 })
  expect(statSync(join(folder, 'protected-time.db')).mode & 0o077).toBe(0)
  await second.close()
})

test('refuses a folder that another instance holds, and takes it after that one closed', async () => {
  const folder = aFolder()
  const first = openEmbeddedStore(folder)
  expect(() => openEmbeddedStore(folder)).toThrow(FolderInUseError)
  await first.close()
  await openEmbeddedStore(folder).close()
})
