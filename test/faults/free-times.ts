import { Temporal } from 'temporal-polyfill'
import type { Caller } from '../start-service.ts'

/** Windows of a day each in one request for proposals. */
const DAYS_AT_ONCE = 40
const MINUTES = 30

/** Bookings of one meeting each at times that are free for both of a pair, at most one a day: what the service proposes. */
export async function freeTimes(caller: Caller, relationshipId: string, days: number): Promise<readonly object[]> {
  const bodies: object[] = []
  for (let from = 0; from < days; from += DAYS_AT_ONCE) {
    const first = Temporal.Now.plainDateISO('UTC').add({ days: 3 + from })
    const windows = Array.from({ length: Math.min(DAYS_AT_ONCE, days - from) }, (_, day) => ({
      from: first.add({ days: day }).toString(),
      to: first.add({ days: day + 1 }).toString(),
    }))
    const plan = { kind: 'windows', windows }
    const { body } = await caller.post(`/api/relationships/${relationshipId}/proposals`, { plan, minutes: MINUTES })
    const meetings: readonly { readonly window: number; readonly startsAt: string }[] =
      body.proposals?.[0]?.meetings ?? []
    for (const { window, startsAt } of meetings) {
      bodies.push({
        plan: { kind: 'windows', windows: [windows[window]] },
        minutes: MINUTES,
        meetings: [{ window: 0, startsAt }],
      })
    }
  }
  return bodies
}
