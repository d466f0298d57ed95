import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { ProposalsView } from '../../shared/api/proposals.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import type { MeetingPlan } from '../../shared/scheduling/types.ts'
import type { Caller } from '../start-service.ts'

export const YEAR_ONE = { kind: 'template', templateId: 'plan.year1', startDate: '2026-12-07' } as const

export async function proposalsFor(
  caller: Caller,
  relationshipId: string,
  change: object = {},
): Promise<ProposalsView> {
  const { status, body } = await caller.post(`/api/relationships/${relationshipId}/proposals`, {
    plan: YEAR_ONE,
    minutes: 45,
    ...change,
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

/** What a client sends to book a proposal. */
export function bodyOf(proposal: ProposalsView['proposals'][number], change: object = {}) {
  const meetings = proposal.meetings.map(({ window, startsAt }) => ({ window, startsAt }))
  return { plan: YEAR_ONE, minutes: 45, meetings, ...change }
}

/** Books the best proposal as a person would and waits until nothing is pending. */
export async function bookBest(caller: Caller, relationshipId: string, change: object = {}): Promise<SeriesView> {
  const { proposals } = await proposalsFor(caller, relationshipId, change)
  const path = `/api/relationships/${relationshipId}/series/${randomUUID()}`
  const { status, body } = await caller.put(path, bodyOf(proposals[0]!, change))
  expect(status, JSON.stringify(body)).toBe(202)
  return settled(caller, path)
}

/** Books the best proposal of any plan. */
export const bookPlan = (caller: Caller, relationshipId: string, plan: MeetingPlan): Promise<SeriesView> =>
  bookBest(caller, relationshipId, { plan })

/** The series when no meeting is pending any more. */
export async function settled(caller: Caller, path: string, timeout = 15_000): Promise<SeriesView> {
  return vi.waitFor(
    async () => {
      const { body } = await caller.get(path)
      expect(['booking', 'changing', 'cancelling']).not.toContain(body.state)
      return body
    },
    { timeout, interval: 50 },
  )
}
