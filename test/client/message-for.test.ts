import { expect, test } from 'vitest'
import { isPassing, messageFor, messageForMeeting } from '../../shared/client/message-for.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import { retryDelay, shouldRetry } from '../../shared/client/query-client.ts'

test('chooses the text by code and tells nothing of the title or detail', () => {
  const problem = new ApiProblem('slot-not-free', { status: 409, title: 'T', detail: 'D' })
  expect(messageFor(problem)).toBe('One of these times was taken meanwhile. Nothing was booked. Look for dates again.')
})

test.each([
  ['a code from a newer service', new ApiProblem('brand-new', { status: 409, title: 'Secret' })],
  ['a name that every object has', new ApiProblem('constructor')],
  ['a bug', new Error('Cannot read properties of undefined')],
  ['nothing at all', undefined],
])('falls back to one calm sentence for %s', (_name, error) => {
  expect(messageFor(error)).toBe('Something went wrong on our side. Nothing was lost. Try again in a minute.')
})

test('says why a meeting could not be booked, also for a code it does not know', () => {
  expect(messageForMeeting('slot-not-free')).toContain('taken')
  expect(messageForMeeting('occurrence-crosses-neighbour')).toBe('The calendar did not accept it.')
  expect(messageForMeeting(undefined)).toBe('The calendar did not accept it.')
})

const problem = (status: number, code = 'x', retryAfterSeconds?: number) =>
  new ApiProblem(code, { status, retryAfterSeconds })

test.each([
  ['an outage', problem(503), true],
  ['too many requests', problem(429), true],
  ['a connection that failed', problem(0, 'not-reachable'), true],
  ['a device without connection', problem(0, 'offline'), false],
  ['a refusal', problem(409), false],
  ['a bug', new Error('x'), false],
])('tries again by itself after %s: %#', (_name, error, expected) => {
  expect(shouldRetry(0, error)).toBe(expected)
})

test('gives up after three tries, and at once when it would have to wait longer than people do', () => {
  expect([shouldRetry(1, problem(503)), shouldRetry(2, problem(503))]).toEqual([true, false])
  expect(shouldRetry(0, problem(429, 'x', 31))).toBe(false)
})

test('asks before it waits out a second time limit', () => {
  const slow = problem(0, 'timed-out')
  expect([isPassing(slow), shouldRetry(0, slow)]).toEqual([true, false])
})

test('waits as long as the service asks, else twice as long each time', () => {
  expect(retryDelay(0, problem(429, 'x', 4))).toBe(4000)
  expect([0, 1, 2, 20].map((failures) => retryDelay(failures, problem(503)))).toEqual([500, 1000, 2000, 30_000])
})
