import type { PracticeState } from '../state.ts'
import type { MailboxChange } from './subscriptions/subscription.ts'

type Listener = (change: MailboxChange) => void
const listeners = new WeakMap<PracticeState, Set<Listener>>()

/** Calls back on every later change of messages and To Do tasks (calendar items: `changes.ts`). Answers how to stop. */
export function onMailboxChange(state: PracticeState, listener: Listener): () => void {
  const all = listeners.get(state) ?? new Set()
  listeners.set(state, all.add(listener))
  return () => all.delete(listener)
}

/** Called by the stores of messages and tasks, after the change is in memory. */
export function announceMailboxChange(state: PracticeState, change: MailboxChange): void {
  for (const listener of listeners.get(state) ?? []) listener(change)
}
