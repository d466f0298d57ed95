import { Temporal } from 'temporal-polyfill'
import { calendarRoutes } from '../../../server/practice/graph/calendar-routes.ts'
import type { GraphCaller, GraphReply, GraphSwitches, PracticeGraph } from '../../../server/practice/graph/dispatch.ts'
import { dispatchGraph } from '../../../server/practice/graph/router.ts'
import type { PracticeUser } from '../../../server/practice/people.ts'
import { openPracticeState, type PracticeState } from '../../../server/practice/state.ts'
import { assertGraphExchange } from '../../contract/graph-schema.ts'

export const BASE = 'http://127.0.0.1:3000/practice/graph/v1.0'
export const APP: GraphCaller = { kind: 'app', appId: 'practice', roles: ['Calendars.ReadWrite'] }

// biome-ignore lint/suspicious/noExplicitAny: answers are read property by property in assertions
export type Json = any
export type Reply = { readonly status: number; readonly body: Json; readonly headers: Readonly<Record<string, string>> }
type Options = {
  readonly body?: unknown
  readonly prefer?: string
  readonly headers?: Record<string, string>
  /** The request is spelt otherwise than the schema on purpose. */
  readonly unchecked?: boolean
}
export type Practice = {
  readonly graph: PracticeGraph
  readonly state: PracticeState
  readonly as: (caller: GraphCaller | PracticeUser) => (call: string, options?: Options) => Promise<Reply>
  readonly moveTo: (instant: string) => void
}

let number = 0
export function person(name: string, more: Partial<PracticeUser> = {}): PracticeUser {
  number += 1
  const mail = `${name.toLowerCase()}@clinic.example`
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    userPrincipalName: mail,
    mail,
    displayName: name,
    givenName: name,
    surname: 'Example',
    jobTitle: 'Physician',
    department: 'Medicine',
    hasMailbox: true,
    appRoles: [],
    timeZone: 'Eastern Standard Time',
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
    },
    kind: 'attending',
    ...more,
  }
}

/** A practice tenant in memory with these people, whose every exchange is held to Graph's schema. */
export function openPractice(people: readonly PracticeUser[], switches: Partial<GraphSwitches> = {}): Practice {
  const state = openPracticeState(':memory:')
  for (const user of people) state.collection<PracticeUser>('users').put(user)
  let now = Temporal.Instant.from('2026-01-05T12:00:00Z')
  const graph: PracticeGraph = {
    state,
    clock: { now: () => now },
    switches: {
      repeatedTransaction: 'first-event',
      transactionMemory: true,
      exceptionsInheritAttachments: true,
      iCalUIdPerOccurrence: true,
      ...switches,
    },
    baseUrl: () => BASE,
  }
  return {
    graph,
    state,
    as: (who) => (call, options) =>
      send(
        graph,
        'kind' in who && (who.kind === 'app' || who.kind === 'user') ? who : signedIn(who as PracticeUser),
        call,
        options,
      ),
    moveTo: (instant) => {
      now = Temporal.Instant.from(instant)
    },
  }
}

function signedIn(user: PracticeUser): GraphCaller {
  return { kind: 'user', userId: user.id, scopes: ['Calendars.ReadWrite', 'Calendars.ReadWrite.Shared'] }
}

/** @param call e.g. `GET /me/events?$top=5`, or a whole next link after the method */
async function send(graph: PracticeGraph, caller: GraphCaller, call: string, options: Options = {}): Promise<Reply> {
  const [method = '', ...target] = call.split(' ')
  const url = target.join(' ').replace(BASE, '')
  const [rawPath = '', ...query] = url.split('?')
  const path = rawPath.split('/').map(decodeURIComponent).join('/')
  const body =
    options.body === undefined || options.body instanceof Uint8Array
      ? options.body
      : JSON.parse(JSON.stringify(options.body))
  const reply: GraphReply = await dispatchGraph(graph, calendarRoutes, {
    method,
    path,
    query: new URLSearchParams(query.join('?')),
    headers: { ...(options.prefer ? { prefer: options.prefer } : {}), ...options.headers },
    body,
    caller,
  })
  const isBytes = reply.body instanceof Uint8Array
  const answered: Json = isBytes || reply.body === undefined ? reply.body : JSON.parse(JSON.stringify(reply.body))
  const checkedBody = options.unchecked || reply.status >= 400 ? undefined : body
  const isOutside = isBytes || path.startsWith('/attachmentSessions') || path.endsWith('/$count')
  if (!isOutside) assertGraphExchange(method, path, checkedBody, reply.status, answered)
  return { status: reply.status, body: answered, headers: reply.headers ?? {} }
}

/** A body for POST …/events; times are wall times in the zone. */
export function draft(
  start: string,
  end: string,
  more: Readonly<Record<string, unknown>> = {},
  timeZone = 'Eastern Standard Time',
) {
  return {
    subject: 'Mentoring meeting',
    start: { dateTime: start, timeZone },
    end: { dateTime: end, timeZone },
    ...more,
  }
}
export const invite = (...people: readonly PracticeUser[]) =>
  people.map((user) => ({ emailAddress: { address: user.mail, name: user.displayName }, type: 'required' }))

/** Starts of a list of events, without seconds, e.g. `2026-03-03T15:00`. */
export const starts = (reply: Reply): string[] =>
  reply.body.value.map((event: Json) => event.start.dateTime.slice(0, 16))
