import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { installProblems } from '../../server/http/problems.ts'
import { CalendarError, type CalendarErrorCode } from '../../server/ports/calendar.ts'
import { StoreUnavailableError } from '../../server/store/document-store.ts'

/** Only what passes by itself is "try again". */
const STATUSES: Record<CalendarErrorCode, number> = {
  'mailbox-not-found': 422,
  'mailbox-not-reachable': 503,
  'access-denied': 403,
  'consent-required': 401,
  'event-not-found': 404,
  'time-zone-not-supported': 422,
  'occurrence-crosses-neighbour': 422,
  'changed-meanwhile': 409,
  refused: 422,
  throttled: 503,
  'outcome-unknown': 503,
  outage: 503,
}

test.each(Object.entries(STATUSES))('the calendar says %s: %i, and its own words stay inside', async (code, status) => {
  const app = Fastify()
  installProblems(app)
  app.get('/', async () => {
    // The keys of STATUSES are the codes.
    throw new CalendarError(code as CalendarErrorCode, 'Graph, getEvent: AAMkADhi')
  })
  const answer = await app.inject('/')
  await app.close()
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ status, code: expect.stringMatching(/^[a-z-]+$/) })
  expect(answer.body).not.toContain('AAMkADhi')
})

test('a calendar that names a wait passes it on', async () => {
  const app = Fastify()
  installProblems(app)
  app.get('/', async () => {
    throw new CalendarError('throttled', 'slow down', { retryAfterMs: 2_500 })
  })
  const answer = await app.inject('/')
  await app.close()
  expect(answer.headers['retry-after']).toBe('3')
})

test('a store that does not answer is passed on as "try again", and its own words stay inside', async () => {
  const app = Fastify()
  installProblems(app)
  app.get('/', async () => {
    throw new StoreUnavailableError({ cause: new Error('connect ECONNREFUSED db.internal:27017') })
  })
  const answer = await app.inject('/')
  await app.close()
  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('5')
  expect(answer.json()).toMatchObject({ code: 'unavailable' })
  expect(answer.body).not.toContain('db.internal')
})
