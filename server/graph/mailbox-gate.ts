import type { Middleware } from '@microsoft/microsoft-graph-client'
import { CalendarError } from '../ports/calendar.ts'
import { callOf, middleware, optionsOf } from './call.ts'
import type { Pace } from './pace.ts'

/** Outlook's limit per app and mailbox. Graph docs: "Throttling limits", Outlook service. */
const PLACES_PER_MAILBOX = 4

export type MailboxGate = {
  /** Waits for `places` in the mailbox and in the whole service; call the answer to leave. First come, first served. */
  enter(mailbox: string | undefined, places: number, signal: AbortSignal): Promise<() => void>
  /** Lets nobody into the mailbox for a while: while it throttles, every further request counts against us. */
  holdBack(mailbox: string | undefined, ms: number): void
  /** How long the mailbox is held back from now. */
  heldBackMs(mailbox: string | undefined): number
}

type Waiting = { readonly mailbox: string; readonly places: number; readonly start: () => void }

/** @param totalPlaces requests in flight over all mailboxes */
export function mailboxGate(totalPlaces: number, pace: Pace): MailboxGate {
  const inUse = new Map<string, number>()
  const heldUntilMs = new Map<string, number>()
  let totalInUse = 0
  let queue: Waiting[] = []

  // The directory is throttled by other rules: only the total counts there.
  const nameOf = (mailbox: string | undefined) => mailbox?.toLowerCase() ?? ''
  const fits = ({ mailbox, places }: Waiting) =>
    totalInUse + places <= totalPlaces && (mailbox === '' || (inUse.get(mailbox) ?? 0) + places <= PLACES_PER_MAILBOX)

  function admit(): void {
    const staying: Waiting[] = []
    const blocked = new Set<string>()
    for (const waiting of queue) {
      // A call that needs several places is not overtaken for ever by calls that need one.
      if (blocked.has(waiting.mailbox) || !fits(waiting)) {
        blocked.add(waiting.mailbox)
        staying.push(waiting)
        continue
      }
      totalInUse += waiting.places
      inUse.set(waiting.mailbox, (inUse.get(waiting.mailbox) ?? 0) + waiting.places)
      waiting.start()
    }
    queue = staying
  }

  function leave({ mailbox, places }: Waiting): void {
    totalInUse -= places
    const left = (inUse.get(mailbox) ?? 0) - places
    if (left > 0) inUse.set(mailbox, left)
    else inUse.delete(mailbox)
    admit()
  }

  function heldBackMs(mailbox: string | undefined): number {
    const name = nameOf(mailbox)
    const until = heldUntilMs.get(name)
    if (until === undefined) return 0
    const left = until - pace.nowMs()
    if (left <= 0) heldUntilMs.delete(name)
    return Math.max(0, left)
  }

  return {
    async enter(mailbox, places, signal) {
      for (let left = heldBackMs(mailbox); left > 0; left = heldBackMs(mailbox)) await pace.wait(left, signal)
      signal.throwIfAborted()
      return await new Promise<() => void>((resolve, reject) => {
        const giveUp = () => {
          queue = queue.filter((other) => other !== waiting)
          reject(signal.reason)
          admit()
        }
        const waiting: Waiting = {
          mailbox: nameOf(mailbox),
          places: Math.min(places, PLACES_PER_MAILBOX, totalPlaces),
          start: () => {
            signal.removeEventListener('abort', giveUp)
            resolve(() => leave(waiting))
          },
        }
        signal.addEventListener('abort', giveUp, { once: true })
        queue.push(waiting)
        admit()
      })
    },
    holdBack(mailbox, ms) {
      if (mailbox === undefined) return
      heldUntilMs.set(nameOf(mailbox), pace.nowMs() + Math.max(ms, heldBackMs(mailbox)))
    },
    heldBackMs,
  }
}

/** Never more than four requests in one mailbox, and none while it asked us to wait. */
export function mailboxPlaces(gate: MailboxGate, pace: Pace): Middleware {
  return middleware(async (context, next) => {
    const call = callOf(context)
    const heldBackMs = gate.heldBackMs(call.mailbox)
    if (pace.nowMs() + heldBackMs > call.deadlineMs) {
      throw new CalendarError(
        'throttled',
        `Graph, ${call.name}: the mailbox is held back for longer than the call may take`,
        {
          retryAfterMs: heldBackMs,
        },
      )
    }
    const signal = optionsOf(context).signal ?? new AbortController().signal
    const leave = await gate.enter(call.mailbox, call.places, signal)
    try {
      await next()
    } finally {
      leave()
    }
  })
}
