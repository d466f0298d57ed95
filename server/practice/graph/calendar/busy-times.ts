import type { PracticeUser } from '../../people.ts'
import type { PracticeGraph } from '../dispatch.ts'
import { contentOf, type Instance, instancesBetween } from './event-instances.ts'
import { eventStore } from './event-store.ts'

/** One item of somebody's free/busy: when, and shown as what. */
export type BusyTime = {
  readonly startMs: number
  readonly endMs: number
  readonly status: string
  readonly instance: Instance
}

/** What the default calendar shows in `[from, to)`, by start. Other calendars do not count. */
export function busyTimes(graph: PracticeGraph, user: PracticeUser, from: number, to: number): BusyTime[] {
  return eventStore(graph.state)
    .listByMailbox(user.id)
    .filter(({ calendarId }) => calendarId === user.id)
    .flatMap((event) => instancesBetween(event, from, to))
    .map((instance) => ({
      startMs: instance.startMs,
      endMs: instance.endMs,
      status: contentOf(instance).showAs,
      instance,
    }))
    .sort((left, right) => left.startMs - right.startMs)
}

const WEIGHTS: Readonly<Record<string, number>> = { tentative: 1, unknown: 2, busy: 2, oof: 3 }
/** 0 free or working elsewhere, 1 tentative, 2 busy, 3 out of office ("Get free/busy schedule"). */
export const weightOf = (status: string): number => WEIGHTS[status] ?? 0
