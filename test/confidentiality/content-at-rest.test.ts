import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningService, startService } from '../start-service.ts'
import { fillPath, type Scene, setScene, writeContent } from './write-content.ts'

// A mark in every text that the two write is found nowhere but in what the two read.

const MARK = 'ZQX7CANARY'
const folder = mkdtempSync(join(tmpdir(), 'content-at-rest-'))
const logged: string[] = []
let service: RunningService
let scene: Scene
beforeAll(async () => {
  const env = { LOG_LEVEL: 'trace', DATA_DIR: folder, REQUESTS_PER_MINUTE: '1000000' }
  service = await startService(env, undefined, false, { write: (line) => logged.push(line) })
  scene = await setScene(service)
  await writeContent(scene, { mark: MARK, count: 300, seed: 7 })
}, 120_000)
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

const goalsOf = async () =>
  JSON.stringify(await scene.writers[0]!.get(`/api/relationships/${scene.pair.relationshipId}/goals`))

/** Every file of the data folder, as bytes that a text search can read. */
function filesWithMark(): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(1)
  return files
    .filter(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      return (
        bytes.includes(MARK) || bytes.includes(Buffer.from(MARK, 'utf16le')) || bytes.includes(btoa(MARK).slice(0, 12))
      )
    })
    .map(({ name }) => name)
}

test('the two read what they wrote', async () => {
  expect(await goalsOf()).toContain(MARK)
})

test('no file of the data folder, no log line, no calendar and no mail holds it', async () => {
  expect(filesWithMark()).toEqual([])
  expect(logged.filter((line) => line.includes(MARK))).toEqual([])
  for (const { mail } of scene.cast.people) {
    expect((await service.app.inject(`/practice/outbox?to=${mail}`)).body).not.toContain(MARK)
  }
})

test('nobody else is answered it, whatever they ask', async () => {
  const { cast, pair, routes } = scene
  const others = cast.people.filter(({ id }) => id !== pair.mentee.id && id !== pair.mentor.id)
  const assistant = others.find(({ kind }) => kind === 'assistant')!
  const resident = others.find(({ kind, appRoles }) => kind === 'resident' && appRoles.length === 0)!
  const callers = [await cast.as(assistant), await cast.as(resident), cast.coordinator]
  for (const caller of callers) {
    for (const { method, path } of routes.filter((route) => route.method === 'GET')) {
      const { body } = await service.app.inject({
        method: method as 'GET',
        url: fillPath(scene, path),
        headers: { authorization: `Bearer ${caller.accessToken}` },
      })
      expect(body, `${method} ${path}`).not.toContain(MARK)
    }
  }
})
