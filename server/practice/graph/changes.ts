import type { PracticeState } from '../state.ts'

/** What happened to an item of a calendar; a changed occurrence names its series master, as Exchange's notices do. */
export type CalendarChange = {
  /** Object id of the mailbox's user. */
  readonly mailbox: string
  readonly calendarId: string
  /** Default REST id, and the immutable one for subscriptions that asked for it. */
  readonly eventId: string
  readonly immutableEventId: string
  readonly changeType: 'created' | 'updated' | 'deleted'
  readonly etag: string
}
export type CalendarListener = (change: CalendarChange) => void

const listeners = new WeakMap<PracticeState, Set<CalendarListener>>()

/** Calls back on every later change of any calendar item. Answers how to stop. */
export function onCalendarChange(state: PracticeState, listener: CalendarListener): () => void {
  const all = listeners.get(state) ?? new Set()
  listeners.set(state, all.add(listener))
  return () => all.delete(listener)
}

/** Called by the event store only, after the change is in memory. */
export function announceCalendarChange(state: PracticeState, change: CalendarChange): void {
  for (const listener of listeners.get(state) ?? []) listener(change)
}
