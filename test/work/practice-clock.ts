import { expect } from 'vitest'
import { type RunningService, send } from '../start-service.ts'

/** Moves the practice clock for everybody. @param now RFC 3339 */
export async function moveClockTo({ address }: RunningService, now: string): Promise<void> {
  const { status } = await send('POST', `${address}/practice/clock`, { body: { now } })
  expect(status).toBe(200)
}
