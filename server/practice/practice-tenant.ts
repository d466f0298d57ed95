import { setMaxListeners } from 'node:events'
import { Temporal } from 'temporal-polyfill'
import { type PracticeClock, practiceClock } from './clock.ts'
import { type FaultScript, faultScript } from './faults.ts'
import { onCalendarChange } from './graph/changes.ts'
import type { GraphSwitches, PracticeGraph } from './graph/dispatch.ts'
import { onMailboxChange } from './graph/mailbox-changes.ts'
import { type Notifier, startNotifier } from './graph/subscriptions/notifier.ts'
import { PRACTICE_GRAPH_PATH } from './identity/constants.ts'
import { openIdentity, type PracticeIdentity } from './identity/open-identity.ts'
import type { PracticeUser } from './people.ts'
import { openPracticeState, type PracticeDocument, type PracticeFile } from './state.ts'

export type PracticeTenantOptions = {
  /** Path of the SQLite file, or `:memory:`. */
  readonly file: string
  /** Where the service is reached, e.g. `http://127.0.0.1:3000`; a function, because the port may be known late. */
  readonly baseUrl: () => string
  /** Real time; tests pass a fixed instant. */
  readonly realNow?: () => Temporal.Instant
  /** Fills a tenant that has no people yet; runs once in the life of the file. */
  readonly seed?: (tenant: PracticeTenant) => Promise<void> | void
  /** How long undelivered notifications wait between tries; the documented 4 hours otherwise. */
  readonly notificationRetryDelaysMs?: readonly number[]
}

/** An emulated organisation: directory, mailboxes, identity service and Graph, with its own movable clock. */
export type PracticeTenant = {
  readonly state: PracticeFile
  readonly clock: PracticeClock
  readonly realNow: () => Temporal.Instant
  readonly graph: PracticeGraph
  readonly identity: PracticeIdentity
  readonly faults: FaultScript
  readonly notifier: Notifier
  /** Aborts when the tenant closes. */
  readonly closing: AbortSignal
  readonly baseUrl: () => string
  setSwitches(switches: Partial<GraphSwitches>): GraphSwitches
  /** Writes what is left and ends every background task. */
  close(): void
}

/** Where Graph's behaviour is not documented, the reading that reports agree on. */
const DEFAULT_SWITCHES: GraphSwitches = {
  repeatedTransaction: 'first-event',
  transactionMemory: true,
  exceptionsInheritAttachments: true,
  iCalUIdPerOccurrence: true,
}

/** Opens the practice tenant on its file and seeds it when it is new. */
export async function openPracticeTenant({
  file,
  baseUrl,
  realNow = () => Temporal.Now.instant(),
  seed,
  notificationRetryDelaysMs,
}: PracticeTenantOptions): Promise<PracticeTenant> {
  const state = openPracticeState(file)
  const clock = practiceClock(state, realNow)
  const stored = state.collection<PracticeDocument & { readonly switches: GraphSwitches }>('switches')
  const switches = () => ({ ...DEFAULT_SWITCHES, ...stored.get('switches')?.switches })
  const closing = new AbortController()
  // Any number of requests may be held up at a time.
  setMaxListeners(0, closing.signal)
  const notifier = startNotifier({
    state,
    clock,
    realNow,
    ...(notificationRetryDelaysMs === undefined ? {} : { retryDelaysMs: notificationRetryDelaysMs }),
  })
  const stopListening = onCalendarChange(state, (change) =>
    notifier.report({
      watch: { kind: 'events', userId: change.mailbox, calendarId: change.calendarId },
      changeType: change.changeType,
      itemId: change.eventId,
      immutableItemId: change.immutableEventId,
      etag: change.etag,
    }),
  )
  const stopListeningToMail = onMailboxChange(state, (change) => notifier.report(change))
  const tenant: PracticeTenant = {
    state,
    clock,
    realNow,
    identity: await openIdentity(state, realNow),
    faults: faultScript(),
    notifier,
    closing: closing.signal,
    baseUrl,
    graph: {
      state,
      clock,
      get switches() {
        return switches()
      },
      baseUrl: () => `${baseUrl()}${PRACTICE_GRAPH_PATH}`,
    },
    setSwitches(changes) {
      stored.put({ id: 'switches', switches: { ...switches(), ...changes } })
      return switches()
    },
    close() {
      closing.abort()
      stopListening()
      stopListeningToMail()
      notifier.close()
      state.close()
    },
  }
  if (seed && state.collection<PracticeUser>('users').list().length === 0) await seed(tenant)
  state.flush()
  return tenant
}
