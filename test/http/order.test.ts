import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { castOf } from '../practice-cast.ts'
import { startService, TEST_NOW } from '../start-service.ts'

test.each([
  ['goals', { horizon: 'short', state: 'open' }],
  ['homework', { owner: 'mentee', done: false }],
])(
  '%s are listed oldest first, also within one second',
  async (kind, fields) => {
    // As text, 02.3 comes after 02.327.
    let now = TEST_NOW
    const service = await startService({}, () => now)
    try {
      const cast = await castOf(service)
      const pair = cast.pairs[0]!
      const mentee = await cast.as(pair.mentee)
      const path = `/api/relationships/${pair.relationshipId}/${kind}`
      const moments = ['14:00:02Z', '14:00:02.3Z', '14:00:02.327Z', '14:00:03Z']
      for (const moment of moments) {
        now = Temporal.Instant.from(`2026-11-23T${moment}`)
        expect((await mentee.put(`${path}/${randomUUID()}`, { title: moment, ...fields })).status).toBe(200)
      }
      const { body } = await mentee.get(path)
      expect(body[kind].map(({ title }: { title: string }) => title)).toEqual(moments)
    } finally {
      await service.close()
    }
  },
  60_000,
)
