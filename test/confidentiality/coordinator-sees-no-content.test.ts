import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningService, startService, TEST_NOW } from '../start-service.ts'
import { isContent } from './api-routes.ts'
import { fillPath, type Scene, setScene, writeContent } from './write-content.ts'

// Nothing that a coordinator can receive changes by a byte when only content changes: answers with their headers,
// refusals, mail, and the log that whoever runs the service may hand them.

const MARK = 'ZQX7CANARY'
const CHANGES = 1_000
/** Refusals are many and short; they are compared after so many changes. */
const EVERY = 100

let service: RunningService
let scene: Scene
const logged: string[] = []
beforeAll(async () => {
  const env = { LOG_LEVEL: 'debug', REQUESTS_PER_MINUTE: '1000000' }
  // The clock stands still: what changes by itself would hide what content changes.
  service = await startService(env, () => TEST_NOW, false, { write: (line) => logged.push(line) })
  scene = await setScene(service)
}, 60_000)
afterAll(() => service.close())

async function answerTo(method: string, path: string, body?: object): Promise<string> {
  const {
    statusCode,
    headers,
    body: text,
  } = await service.app.inject({
    method: method as 'GET',
    url: path,
    headers: { authorization: `Bearer ${scene.cast.coordinator.accessToken}` },
    ...(body === undefined ? {} : { payload: body }),
  })
  // The reference of a refusal is drawn anew each time, and the rate limit counts.
  const { date, 'x-ratelimit-remaining': _left, 'x-ratelimit-reset': _reset, ...rest } = headers
  return JSON.stringify([statusCode, rest, text.replace(/"requestId":"[^"]+"/, '')])
}

type View = Readonly<Record<string, string>>

async function viewOf(paths: readonly string[]): Promise<View> {
  const answers: [string, string][] = []
  for (const path of paths) answers.push([path, await answerTo('GET', path)])
  return Object.fromEntries(answers)
}

/** What else reaches them: refusals of what is not theirs, and their mail. */
async function refusalsAndMail(refused: readonly string[]): Promise<View> {
  const view: Record<string, string> = { ...(await viewOf(refused)) }
  for (const { method, path, body } of scene.routes.filter(isContent)) {
    view[`${method} ${path}`] = await answerTo(method, fillPath(scene, path), body && {})
  }
  const coordinator = scene.cast.people.find(({ appRoles }) => appRoles.includes('Coordinator'))!
  view['mail'] = (await service.app.inject(`/practice/outbox?to=${coordinator.mail}`)).body
  return view
}

const differing = (one: View, other: View): readonly string[] =>
  Object.keys({ ...one, ...other }).filter((name) => one[name] !== other[name])

test('whatever the two write, a coordinator receives the same bytes', { timeout: 300_000 }, async () => {
  const readable = scene.routes.filter(({ method, path }) => method === 'GET' && !/by-event|people$/.test(path))
  const all = await viewOf(readable.map(({ path }) => fillPath(scene, path)))
  const open = Object.keys(all).filter((path) => all[path]!.startsWith('[200,'))
  const closed = Object.keys(all).filter((path) => !open.includes(path))
  const seen = await viewOf(open)
  const refused = await refusalsAndMail(closed)
  expect(open.length).toBeGreaterThan(5)

  let made = 0
  const accepted = await writeContent(scene, {
    mark: MARK,
    count: CHANGES,
    seed: 20261125,
    after: async (route) => {
      expect(differing(seen, await viewOf(open)), `after ${route}`).toEqual([])
      made += 1
      if (made % EVERY === 0) expect(differing(refused, await refusalsAndMail(closed)), `after ${route}`).toEqual([])
    },
  })
  expect(logged.filter((line) => line.includes(MARK))).toEqual([])
  process.stdout.write(`${CHANGES} changes of content over ${accepted.size} routes, ${open.length} answers compared\n`)
})
