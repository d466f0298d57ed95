import { randomUUID } from 'node:crypto'
import type { PracticeDocument } from '../../state.ts'
import { GraphError, type GraphReply, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { pathUrl, preferenceOf, queryValue } from '../odata.ts'
import type { Entity } from '../odata-filter.ts'
import {
  assertCanRead,
  type CalendarPlace,
  type CalendarScope,
  calendarScope,
  eventsInScope,
  sightOf,
} from './calendar-access.ts'
import { contentOf, type Instance, instancesBetween, wholeInstance } from './event-instances.ts'
import { eventStore } from './event-store.ts'
import { formatItemId } from './exchange-ids.ts'
import { timeWindow } from './list-events.ts'
import { instanceOf } from './meeting-mail.ts'
import { type Preferences, preferencesOf } from './preferences.ts'
import { viewEvent } from './view-event.ts'

const DEFAULT_PAGE = 10
const TOKEN_DAYS = 7
const ROUNDS_KEPT = 60
const UNSUPPORTED = ['$select', '$filter', '$orderby', '$expand', '$search', '$top']

type Entry = { readonly uuid: string; readonly date?: string; readonly removed?: true }
/** One round of a delta query: what it reports, and what the client knows after it. Collection `delta-rounds`. */
type DeltaRound = PracticeDocument & {
  readonly mailbox: string
  readonly calendarId: string
  readonly from: number
  readonly to: number
  /** Epoch milliseconds. */
  readonly issuedAt: number
  readonly entries: readonly Entry[]
  /** Version by `uuid` or `uuid|date`. */
  readonly known: Readonly<Record<string, string>>
}

/**
 * GET …/calendarView/delta: the first call names a window, later ones carry a token. A series comes as its master in
 * full and bare stubs for the dates; what left the window comes as removed. Graph docs: "event: delta", "Get incremental
 * changes to events in a calendar view".
 * @throws GraphError 410 `SyncStateNotFound` for a token that is too old, forgotten or another calendar's
 */
export function calendarViewDelta(place: CalendarPlace) {
  return (context: RouteContext): GraphReply => {
    const scope = calendarScope(context, place === 'mailbox' ? 'default' : place)
    assertCanRead(scope)
    const { query, headers } = context.request
    for (const name of query.keys()) {
      if (UNSUPPORTED.includes(name.toLowerCase())) {
        throw new GraphError(400, 'ErrorInvalidRequest', `The query parameter '${name}' is not supported on delta.`)
      }
    }
    const preferences = preferencesOf(headers)
    const size = Number(preferenceOf(headers['prefer'], 'odata.maxpagesize') ?? DEFAULT_PAGE) || DEFAULT_PAGE
    const { round, offset } = currentRound(scope, query)
    const { page, next } = cut(round.entries, offset, size)
    const link = (name: string, token: string) =>
      `${context.graph.baseUrl()}${pathUrl(context.request.path)}?${name}=${encodeURIComponent(token)}`
    return {
      status: 200,
      headers: preferences.applied,
      body: {
        '@odata.context': `${context.graph.baseUrl()}/$metadata#Collection(event)`,
        value: page.flatMap((entry) => viewEntry(scope, entry, preferences)),
        ...(next < round.entries.length
          ? { '@odata.nextLink': link('$skiptoken', `${round.id}.${next}`) }
          : { '@odata.deltaLink': link('$deltatoken', round.id) }),
      },
    }
  }
}

function currentRound(scope: CalendarScope, query: URLSearchParams): { round: DeltaRound; offset: number } {
  const skipToken = queryValue(query, '$skiptoken')
  if (skipToken !== undefined) {
    const [id = '', offset = ''] = skipToken.split('.')
    if (!/^\d+$/.test(offset)) throw syncStateNotFound()
    return { round: knownRound(scope, id), offset: Number(offset) }
  }
  const deltaToken = queryValue(query, '$deltatoken')
  if (deltaToken !== undefined) {
    const before = knownRound(scope, deltaToken)
    return { round: newRound(scope, before, before.known), offset: 0 }
  }
  return { round: newRound(scope, timeWindow(query), {}), offset: 0 }
}

function knownRound({ graph, owner, calendar }: CalendarScope, id: string): DeltaRound {
  const round = roundsOf(graph).get(id)
  const oldest = graph.clock.now().epochMilliseconds - TOKEN_DAYS * 86_400_000
  const isMine = round?.mailbox === owner.id && round.calendarId === calendar?.id
  if (!round || !isMine || round.issuedAt < oldest) throw syncStateNotFound()
  return round
}

function newRound(
  scope: CalendarScope,
  { from, to }: { readonly from: number; readonly to: number },
  known: DeltaRound['known'],
): DeltaRound {
  const { graph, owner, calendar } = scope
  const now: Record<string, string> = {}
  const changed: Entry[] = []
  for (const event of eventsInScope(scope)) {
    const instances = instancesBetween(event, from, to)
    if (instances.length === 0) continue
    // A change of anything in a series makes Exchange report all of it: it is one item there.
    const isChanged = known[event.id] !== event.syncKey
    const dated = event.recurrence ? instances : []
    for (const date of [undefined, ...dated.map((instance) => instance.date)]) {
      now[date === undefined ? event.id : `${event.id}|${date}`] = event.syncKey
      if (isChanged) changed.push(date === undefined ? { uuid: event.id } : { uuid: event.id, date })
    }
  }
  const gone = Object.keys(known).filter((key) => now[key] === undefined)
  const removed = gone.map((key): Entry => {
    const [uuid = '', date] = key.split('|')
    return { uuid, ...(date === undefined ? {} : { date }), removed: true }
  })
  const round: DeltaRound = {
    id: randomUUID(),
    mailbox: owner.id,
    calendarId: calendar?.id ?? owner.id,
    from,
    to,
    issuedAt: graph.clock.now().epochMilliseconds,
    entries: [...removed, ...changed],
    known: now,
  }
  roundsOf(graph).put(round)
  forgetOldRounds(graph, owner.id)
  return round
}

/** Exchange's cache of sync states is limited too; a client that comes late resynchronises. */
function forgetOldRounds(graph: PracticeGraph, mailbox: string): void {
  const rounds = roundsOf(graph)
    .list()
    .filter((round) => round.mailbox === mailbox)
  for (const { id } of rounds.slice(0, Math.max(0, rounds.length - ROUNDS_KEPT))) roundsOf(graph).remove(id)
}

/** Entries of one page; those of one series stay together even when the page grows by it. */
function cut(entries: readonly Entry[], offset: number, size: number): { page: readonly Entry[]; next: number } {
  let next = Math.min(offset + size, entries.length)
  while (next < entries.length && entries[next]?.uuid === entries[next - 1]?.uuid) next++
  return { page: entries.slice(offset, next), next }
}

function viewEntry(scope: CalendarScope, { uuid, date, removed }: Entry, preferences: Preferences): Entity[] {
  const { graph } = scope
  const type = { '@odata.type': '#microsoft.graph.event' }
  const id = formatItemId(date === undefined ? { uuid } : { uuid, date }, preferences.idFormat)
  if (removed) return [{ ...type, id, '@removed': { reason: 'deleted' } }]
  const event = eventStore(graph.state).get(uuid)
  // It went away between two pages; the next round reports that.
  if (!event || (date !== undefined && event.cancelledDates.includes(date))) return []
  const instance: Instance = date === undefined ? wholeInstance(event) : instanceOf(event, date)
  const view = viewEvent(instance, { graph, preferences, sight: sightOf(scope, contentOf(instance)) })
  if (instance.type !== 'occurrence') return [{ ...type, ...view }]
  const { seriesMasterId, start, end } = view
  return [{ ...type, '@odata.etag': view['@odata.etag'], id, type: 'occurrence', seriesMasterId, start, end }]
}

function syncStateNotFound(): GraphError {
  return new GraphError(
    410,
    'SyncStateNotFound',
    'The sync state generation is not found; start again without a token.',
  )
}

const roundsOf = (graph: PracticeGraph) => graph.state.collection<DeltaRound>('delta-rounds')
