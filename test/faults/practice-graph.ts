import { Temporal } from 'temporal-polyfill'
import { KEY_PROPERTY } from '../../server/graph/translate.ts'
import { faultScript } from '../../server/practice/faults.ts'
import { answerGraphRequest } from '../../server/practice/graph/answer-graph-request.ts'
import { eventStore, type StoredEvent } from '../../server/practice/graph/calendar/event-store.ts'
import { calendarRoutes } from '../../server/practice/graph/calendar-routes.ts'
import type { GraphReply, PracticeGraph } from '../../server/practice/graph/dispatch.ts'
import type { GraphService } from '../../server/practice/graph/graph-service.ts'
import { listMails, type OutboxMail } from '../../server/practice/graph/outbox.ts'
import { readGraphUrl } from '../../server/practice/graph/read-graph-request.ts'
import { outlookThrottle } from '../../server/practice/graph/throttle.ts'
import type { PracticeUser } from '../../server/practice/people.ts'
import type { PracticeDocument, PracticeState } from '../../server/practice/state.ts'
import { MENTEE, MENTOR } from '../graph/practice-department.ts'

export const GRAPH_URL = 'http://graph.test/v1.0'

/** The practice tenant's own Graph without a server around it, fast enough for thousands of schedules. */
export type InProcessGraph = {
  /** @param isStale answers a read as it was before the last write */
  answer(method: string, url: string, body: string | undefined, isStale?: boolean): Promise<GraphReply>
  /** Items of a mailbox that carry our key, called off ones left out. */
  eventsIn(user: PracticeUser): readonly StoredEvent[]
  mailsTo(user: PracticeUser): readonly OutboxMail[]
  /** Starts of all meetings that a mailbox shows, series date by date, called off ones left out. */
  datesIn(user: PracticeUser): Promise<readonly string[]>
}

/** Reads are reported to lag behind writes for seconds, under load for a minute. */
const READ_LAG_MS = 60_000

export const keyOf = (event: StoredEvent): string | undefined =>
  event.singleValueProperties.find(({ id }) => id === KEY_PROPERTY)?.value

export function inProcessGraph(options: {
  readonly nowMs: () => number
  /** Whether the server remembers transaction ids; undocumented for how long it does. */
  readonly dedupe: boolean
  readonly repeatedTransaction: 'first-event' | 'refuse'
}): InProcessGraph {
  const state = memoryState()
  let writtenAtMs = 0
  const users = state.collection<PracticeUser>('users')
  for (const user of [MENTEE, MENTOR]) users.put(user)
  const graph: PracticeGraph = {
    state,
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(options.nowMs()) },
    switches: {
      repeatedTransaction: options.repeatedTransaction,
      transactionMemory: options.dedupe,
      exceptionsInheritAttachments: true,
      iCalUIdPerOccurrence: true,
    },
    baseUrl: () => GRAPH_URL,
  }
  const service: GraphService = {
    graph,
    routes: calendarRoutes,
    faults: faultScript(),
    throttle: outlookThrottle(options.nowMs),
    reportBug(error) {
      throw error
    },
    closing: new AbortController().signal,
  }
  const answer = async (method: string, url: string, body?: string): Promise<GraphReply> => {
    const request = {
      method,
      ...readGraphUrl(url.slice(GRAPH_URL.length)),
      headers: { prefer: 'IdType="ImmutableId"', 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.parse(body),
      caller: { kind: 'app' as const, appId: 'test', roles: ['Calendars.ReadWrite'] },
    }
    const call = { appId: 'test', request, bodyBytes: body === undefined ? 0 : Buffer.byteLength(body) }
    const { reply } = await answerGraphRequest(service, call, 'request')
    if (!reply) throw new Error('Nothing here cuts a connection.')
    return reply
  }
  return {
    async answer(method, url, body, isStale = false) {
      const isLagging = isStale && options.nowMs() - writtenAtMs < READ_LAG_MS
      const redo = isLagging ? state.undoLastWrite() : undefined
      if (method !== 'GET') {
        state.beginWrite()
        writtenAtMs = options.nowMs()
      }
      try {
        return await answer(method, url, body)
      } finally {
        redo?.()
      }
    },
    eventsIn: (user) =>
      eventStore(state)
        .listByMailbox(user.id)
        .filter((event) => !event.isCancelled),
    mailsTo: (user) => listMails(state, { to: user.mail }),
    async datesIn({ id }) {
      const period = 'startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-12-31T00:00:00Z&$top=100'
      const { body } = await answer('GET', `${GRAPH_URL}/users/${id}/calendarView?${period}`)
      const { value } = body as { readonly value: readonly SeenInstance[] }
      return value.flatMap(({ isCancelled, attendees, start }) =>
        isCancelled || attendees.length === 0 ? [] : [`${start.dateTime.slice(0, 19)}Z`],
      )
    },
  }
}

type SeenInstance = {
  readonly isCancelled: boolean
  readonly attendees: readonly unknown[]
  /** In UTC, as nobody asked for another zone. */
  readonly start: { readonly dateTime: string }
}

type UndoableState = PracticeState & {
  beginWrite(): void
  /** Puts back what the last write changed, until the answer is called. */
  undoLastWrite(): () => void
}

/** The practice tenant's state in memory, with a memory of what the last request changed. */
function memoryState(): UndoableState {
  const collections = new Map<string, Map<string, PracticeDocument>>()
  let changed: {
    readonly map: Map<string, PracticeDocument>
    readonly id: string
    readonly before?: PracticeDocument
  }[] = []
  const mapOf = (name: string) => {
    const map = collections.get(name) ?? new Map<string, PracticeDocument>()
    collections.set(name, map)
    return map
  }
  const set = (map: Map<string, PracticeDocument>, id: string, document: PracticeDocument | undefined) =>
    document ? map.set(id, document) : map.delete(id)
  return {
    collection<T extends PracticeDocument>(name: string) {
      // One collection holds one type: its only writers are the files that name it.
      const map = mapOf(name) as Map<string, T>
      const note = (id: string) => {
        const before = map.get(id)
        changed.push({ map, id, ...(before && { before }) })
      }
      return {
        get: (id: string) => map.get(id),
        list: () => [...map.values()],
        put(document: T) {
          note(document.id)
          map.set(document.id, document)
        },
        remove(id: string) {
          note(id)
          map.delete(id)
        },
      }
    },
    flush() {},
    close() {},
    beginWrite() {
      changed = []
    },
    undoLastWrite() {
      const after = changed.map(({ map, id }) => ({ map, id, document: map.get(id) }))
      for (const { map, id, before } of changed.toReversed()) set(map, id, before)
      return () => {
        for (const { map, id, document } of after) set(map, id, document)
      }
    },
  }
}
