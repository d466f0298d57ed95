import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { installPublicPages, PUBLIC_PAGES } from '../../server/packages/public-pages.ts'

const top = resolve(import.meta.dirname, '../..')

test('every page that a manifest links to is there, without signing in and without script', async () => {
  const app = Fastify()
  installPublicPages(app)
  const manifests = ['manifest.xml', 'teams-app/manifest.json']
    .map((file) => readFileSync(join(top, file), 'utf8'))
    .join()
  const linked = [...manifests.matchAll(/https:\/\/protected-time\.example(\/(?:privacy|terms|support))\b/g)].map(
    (match) => match[1]!,
  )
  expect([...new Set(linked)].sort()).toEqual(PUBLIC_PAGES.map(({ path }) => path).sort())
  for (const path of linked) {
    const answer = await app.inject({ url: path })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.body).not.toMatch(/<script|style=/)
  }
})
