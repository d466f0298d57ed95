import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { installHealth } from '../../server/http/health.ts'

const statusWhen = async (checkReady: () => Promise<void>) => {
  const app = Fastify()
  installHealth(app, { checkReady })
  const ready = await app.inject('/health/ready')
  const live = await app.inject('/health/live')
  await app.close()
  return { ready: ready.statusCode, live: live.statusCode, body: ready.body }
}

test('is ready while its store answers', async () => {
  expect(await statusWhen(async () => {})).toMatchObject({ ready: 200, live: 200 })
})

test('is alive but not ready while its store refuses or does not answer, and says nothing of why', async () => {
  const refused = await statusWhen(async () => {
    throw new Error('connect ECONNREFUSED db.internal:27017')
  })
  expect(refused).toMatchObject({ ready: 503, live: 200 })
  expect(refused.body).not.toContain('db.internal')
  expect(await statusWhen(() => new Promise(() => {}))).toMatchObject({ ready: 503, live: 200 })
})
