import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { backUp } from '../../server/backup/back-up.ts'
import { restore } from '../../server/backup/restore.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { documentStoreContract } from '../contract/document-store.ts'
import { castOf } from '../practice-cast.ts'
import { send, startService } from '../start-service.ts'

vi.setConfig({ testTimeout: 60_000 })

const MADE_AT = '2026-11-23T14:00:00Z'
const folders: string[] = []
const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A stopped store with some documents, backed up. */
async function aBackup(): Promise<{ readonly folder: string; readonly dataDir: string }> {
  const dataDir = join(aFolder(), 'data')
  const store = openEmbeddedStore(dataDir)
  await store.define('others', [])
  for (let n = 0; n < 30; n++) await store.insert('others', { id: `o${n}` })
  await store.close()
  const folder = join(aFolder(), 'backup')
  await backUp(dataDir, folder, MADE_AT)
  return { folder, dataDir }
}
async function aRestoredStore() {
  const { folder } = await aBackup()
  const dataDir = join(aFolder(), 'data')
  restore(folder, dataDir)
  return openEmbeddedStore(dataDir)
}

documentStoreContract('embedded, restored from a backup', aRestoredStore)

test('a restored store holds every document', async () => {
  const store = await aRestoredStore()
  await store.define('others', [])
  expect(await store.find('others', {})).toHaveLength(30)
  await store.close()
})

test('a service that runs is backed up and goes on; what is restored reads and acts as it did', async () => {
  const dataDir = join(aFolder(), 'data')
  const folder = join(aFolder(), 'backup')
  const service = await startService({ DATA_DIR: dataDir })
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  const mentee = await cast.as(pair.mentee)
  const goals = `/api/relationships/${pair.relationshipId}/goals`
  const goal = { title: 'Write the case series', horizon: 'short', state: 'open' }
  expect((await mentee.put(`${goals}/${randomUUID()}`, goal)).status).toBe(200)
  const series = await bookBest(mentee, pair.relationshipId)
  const mails = async (address: string) => (await send('GET', `${address}/practice/outbox?to=${pair.mentor.mail}`)).body

  const manifest = await backUp(dataDir, folder, MADE_AT)
  expect(manifest.files.map(({ name }) => name)).toEqual([
    'practice-service.key',
    'practice-tenant.db',
    'protected-time.db',
  ])
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
  expect(readdirSync(dataDir).filter((name) => name.includes('staging'))).toEqual([])
  // Text is sealed in the copy as it is in the store.
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name)).includes(goal.title), name).toBe(false)
  const sent = await mails(service.address)
  // What comes after the backup is not in it.
  expect((await mentee.put(`${goals}/${randomUUID()}`, { ...goal, title: 'Later' })).status).toBe(200)
  await service.close()

  const restored = join(aFolder(), 'data')
  restore(folder, restored)
  const again = await startService({ DATA_DIR: restored })
  const menteeAgain = await again.as(pair.mentee.userPrincipalName)
  const { body } = await menteeAgain.get(goals)
  expect(body.goals.map(({ title }: { title: string }) => title)).toEqual([goal.title])
  const listed = await menteeAgain.get(`/api/relationships/${pair.relationshipId}/series/${series.seriesId}`)
  expect(listed.body).toEqual(series)
  expect(await mails(again.address)).toEqual(sent)
  await again.close()
})

test('holds one moment: of writes that go on meanwhile it has the first ones and no later one', async () => {
  const dataDir = join(aFolder(), 'data')
  const service = await startService({ DATA_DIR: dataDir })
  // The service's own store is the only connection, so its jobs are what writes while the copy is asked for.
  const jobs = Array.from({ length: 200 }, (_, n) => ({
    id: `job-${n}`,
    kind: 'book-series' as const,
    subjectId: randomUUID(),
    state: 'done' as const,
    dueAt: n,
    tries: 0,
  }))
  const writing = (async () => {
    for (const job of jobs) {
      await service.services.jobs.ensure(job)
      // Lets the request for a copy in between two writes.
      await new Promise(setImmediate)
    }
  })()
  const folder = join(aFolder(), 'backup')
  const [{ documents }] = await Promise.all([backUp(dataDir, folder, MADE_AT), writing])
  await service.close()
  expect(documents).toBeGreaterThan(0)
  const restored = join(aFolder(), 'data')
  restore(folder, restored)
  const store = openEmbeddedStore(restored)
  await store.define('jobs', [])
  const found = await store.find('jobs', {})
  // A prefix of what was written, in order.
  const ids = new Set(found.map(({ id }) => id))
  const first = jobs.findIndex(({ id }) => !ids.has(id))
  expect(jobs.slice(first === -1 ? jobs.length : first).filter(({ id }) => ids.has(id))).toEqual([])
  await store.close()
})

test('overwrites nothing: neither a folder at the backup nor data at the restore', async () => {
  const { folder, dataDir } = await aBackup()
  const before = readFileSync(join(folder, 'backup.json'), 'utf8')
  await expect(backUp(dataDir, folder, MADE_AT)).rejects.toThrow(/exists already; name a new folder/)
  expect(readFileSync(join(folder, 'backup.json'), 'utf8')).toBe(before)
  expect(() => restore(folder, dataDir)).toThrow(/holds data already/)
})

test('does not restore into a folder on which a service runs', async () => {
  const { folder } = await aBackup()
  const dataDir = join(aFolder(), 'data')
  const running = openEmbeddedStore(dataDir)
  expect(() => restore(folder, dataDir)).toThrow(/Another Protected Time is running/)
  await running.close()
})

test('restores nothing of a backup that was changed, cut short or not finished', async () => {
  const dataDir = join(aFolder(), 'data')
  const damage: Readonly<Record<string, (folder: string) => void>> = {
    'is not what was backed up': (folder) => {
      const file = join(folder, 'protected-time.db')
      const bytes = readFileSync(file)
      bytes[bytes.length - 100]! ^= 1
      writeFileSync(file, bytes)
    },
    'cannot be read': (folder) => rmSync(join(folder, 'protected-time.db')),
    'holds no finished backup': (folder) => rmSync(join(folder, 'backup.json')),
    'does not understand': (folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8'))
      manifest.files[0].name = '../../outside.db'
      writeFileSync(join(folder, 'backup.json'), JSON.stringify(manifest))
    },
  }
  for (const [reason, damageIt] of Object.entries(damage)) {
    const { folder } = await aBackup()
    damageIt(folder)
    expect(() => restore(folder, dataDir)).toThrow(reason)
    expect(existsSync(join(dataDir, 'protected-time.db'))).toBe(false)
  }
})

test('restored files are their owner’s only, whatever became of the backup’s', async () => {
  const { folder } = await aBackup()
  chmodSync(join(folder, 'protected-time.db'), 0o644)
  const dataDir = join(aFolder(), 'data')
  restore(folder, dataDir)
  expect(statSync(join(dataDir, 'protected-time.db')).mode & 0o777).toBe(0o600)
})

test('copies for nobody who does not know what only the data folder tells', async () => {
  const dataDir = join(aFolder(), 'data')
  const service = await startService({ DATA_DIR: dataDir })
  const address = JSON.parse(readFileSync(join(dataDir, 'backup-address.json'), 'utf8'))
  expect(statSync(join(dataDir, 'backup-address.json')).mode & 0o777).toBe(0o600)
  for (const authorization of ['', 'Bearer ', `Bearer ${'0'.repeat(64)}`, `Basic ${address.token}`]) {
    const answer = await fetch(`http://127.0.0.1:${address.port}/`, { method: 'POST', headers: { authorization } })
    expect(answer.status).toBe(404)
  }
  expect(readdirSync(dataDir).filter((name) => name.includes('staging'))).toEqual([])
  await service.close()
  expect(existsSync(join(dataDir, 'backup-address.json'))).toBe(false)
})

test('the commands say in a line what they did or why not, and end accordingly', async () => {
  const { dataDir } = await aBackup()
  const run = (command: string, args: readonly string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', command, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...env },
    })
    return { status, output: stdout + stderr }
  }
  const folder = join(aFolder(), 'backup')
  const made = run('server/backup-command.ts', [folder])
  expect(made).toMatchObject({ status: 0, output: expect.stringContaining('Backed up 30 documents') })
  expect(made.output).toContain('does not hold SERVICE_KEY')
  expect(run('server/backup-command.ts', [folder])).toMatchObject({ status: 1 })
  expect(run('server/backup-command.ts', []).status).toBe(2)
  expect(run('server/backup-command.ts', [join(folder, 'x')], { DATA_DIR: join(folder, 'none') })).toMatchObject({
    status: 1,
    output: expect.stringContaining('There is no data in'),
  })
  expect(run('server/backup-command.ts', ['x'], { MONGODB_URI: 'mongodb://me:secret@db/' })).toMatchObject({
    status: 1,
    output: 'The data is in MongoDB: back it up with its own tools.\n',
  })
  const target = join(aFolder(), 'data')
  expect(run('server/restore-command.ts', [folder], { DATA_DIR: target })).toMatchObject({
    status: 0,
    output: expect.stringContaining('Restored 30 documents'),
  })
  expect(run('server/restore-command.ts', [folder], { DATA_DIR: target })).toMatchObject({ status: 1 })
})
