import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningService, startService } from '../start-service.ts'

let service: RunningService
beforeAll(async () => {
  service = await startService()
}, 60_000)
afterAll(() => service?.close())

test.each([
  ['br', 'gzip, deflate, br', 'br'],
  ['gzip', 'gzip', 'gzip'],
  ['plain', 'identity', null],
])('a script is sent as small as the browser can read it: %s', async (_, accepted, encoding) => {
  const page = await (await fetch(`${service.address}/addin/`)).text()
  const path = /\/assets\/[^"]+\.js/.exec(page)![0]
  const plain = await (await fetch(`${service.address}${path}`, { headers: { 'accept-encoding': 'identity' } })).text()

  const answer = await fetch(`${service.address}${path}`, { headers: { 'accept-encoding': accepted } })
  expect(await answer.text()).toBe(plain)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': expect.stringMatching(/javascript/),
    // A cache on the way must not give one browser what another one asked for.
    vary: 'accept-encoding',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
})
