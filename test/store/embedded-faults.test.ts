import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { runEmbeddedKills } from '../faults/embedded-kills.ts'

const folders: string[] = []
const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const SEED = Number(process.env['FAULT_SEED'] ?? 20_261_125)
test(`loses no acknowledged commit to SIGKILL, seed ${SEED}`, { timeout: 120_000 }, async () => {
  const run = await runEmbeddedKills({ kills: 4, seed: SEED })
  expect(run).toMatchObject({ kills: 4, lost: 0, torn: 0, failedStarts: 0 })
  expect(run.acknowledged).toBeGreaterThan(0)
})

test('opens after a crash that left rubbish behind the log, with all that was acknowledged', async () => {
  const folder = aFolder()
  const store = openEmbeddedStore(join(folder, 'running'))
  await store.define('things', [])
  const ids = Array.from({ length: 50 }, (_, n) => `t${n}`)
  for (const id of ids) await store.insert('things', { id })
  // The files as a crash leaves them: nothing was closed, and the disk had begun a write of its own.
  const crashed = join(folder, 'crashed')
  cpSync(join(folder, 'running'), crashed, { recursive: true })
  await store.close()
  const log = join(crashed, 'protected-time.db-wal')
  expect(statSync(log).size).toBeGreaterThan(0)
  appendFileSync(log, Buffer.alloc(5_000, 0xa5))
  rmSync(join(crashed, 'protected-time.db-shm'))

  const reopened = openEmbeddedStore(crashed)
  await reopened.define('things', [])
  expect((await reopened.find('things', {})).map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  await reopened.insert('things', { id: 'after' })
  await reopened.close()
})

test('keeps every file to its owner, also in a folder that others may enter', async () => {
  const folder = aFolder()
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o755 })
  const store = openEmbeddedStore(data)
  await store.define('things', [])
  await store.insert('things', { id: 'a' })
  const modes = readdirSync(data).map((name) => [name, statSync(join(data, name)).mode & 0o777])
  expect(Object.fromEntries(modes)).toMatchObject({
    'protected-time.db': 0o600,
    'protected-time.db-wal': 0o600,
    'instance.lock': 0o600,
  })
  expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([])
  await store.close()
})

/** A file system of its own needs no rights where user namespaces are allowed. */
const UNSHARE = [['-m'], ['-rm']].find((flags) => spawnSync('unshare', [...flags, 'mount', '--version']).status === 0)
const canMount =
  UNSHARE !== undefined &&
  spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()], { stdio: 'ignore' }).status === 0
if (!canMount) process.stderr.write('SKIPPED: the full disk, because this machine lets us mount none.\n')

test.skipIf(!canMount)(
  'refuses writes on a full disk, shows nothing of them, and serves again when there is room',
  () => {
    const disk = aFolder()
    const child = join(import.meta.dirname, '..', 'faults', 'full-disk-child.ts')
    const script = 'mount -t tmpfs -o size=2m tmpfs "$1" && exec "$2" --import tsx "$3" "$1"'
    const run = spawnSync('unshare', [...(UNSHARE ?? []), 'sh', '-c', script, 'sh', disk, process.execPath, child], {
      cwd: join(import.meta.dirname, '..', '..'),
      encoding: 'utf8',
    })
    expect(run.stderr).toBe('')
    const seen = JSON.parse(run.stdout)
    expect(seen).toMatchObject({ errors: ['unavailable'], missing: [], phantoms: [], servesAgain: true })
    expect(seen.kept).toBeGreaterThan(0)
  },
)
