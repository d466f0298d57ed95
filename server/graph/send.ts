import { randomUUID } from 'node:crypto'
import { type Client, ResponseType } from '@microsoft/microsoft-graph-client'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { CalendarError, type Mailbox } from '../ports/calendar.ts'
import { BatchAnswer } from './answers.ts'
import { isInsideGraph } from './base-address.ts'
import { type GraphAnswer, GraphCall } from './call.ts'
import { refusalOf } from './errors.ts'
import { IMMUTABLE_IDS } from './immutable-ids.ts'
import type { MailboxGate } from './mailbox-gate.ts'
import { retryAfterMsOf } from './retry-after.ts'

/** More pages than any list of ours can have; past them the answer is refused, not cut off. */
const PAGES_MAX = 100
/** Graph docs: "Combine multiple HTTP requests using JSON batching". */
const BATCH_MAX = 20

export type GraphRequest<S extends TSchema> = {
  /** What it does, for error messages. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the base address; ids and query values percent-encoded. */
  readonly path: string
  readonly mailbox?: Mailbox
  readonly body?: unknown
  /** A successful answer that does not fit counts as none. */
  readonly answer: S
  /**
   * `read`: changes nothing. `repeatable`: sending it twice does no more than once. `once`: after an unknown outcome
   * the caller must look before sending it again.
   */
  readonly effect: 'read' | 'repeatable' | 'once'
  /** The thing was made a moment ago: 404 is asked again for a while. */
  readonly mayLag?: boolean
  /** Told after a success that the request had been sent again although an earlier try may have been carried out. */
  readonly onRepeatedInDoubt?: () => void
  /** A preference besides the ids', e.g. `odata.maxpagesize=100`. */
  readonly prefer?: string
}

/** The only way to Graph. Every function answers all of it or throws `CalendarError`. */
export type GraphSend = {
  request<S extends TSchema>(request: GraphRequest<S>): Promise<Static<S>>
  /** Every item of every page; `answer` is the schema of one item. */
  list<S extends TSchema>(request: GraphRequest<S>): Promise<Static<S>[]>
  /**
   * The same of a delta query, with the link for the next round. Begins at `link`, the answer of an earlier round, or at
   * the request's own path. Graph docs: "Use delta query to track changes".
   */
  listChanges<S extends TSchema>(request: GraphRequest<S>, link?: string): Promise<{ items: Static<S>[]; link: string }>
  /** Several reads in one trip (20 at a time), answered in their order; one that is throttled is asked again alone. */
  batchRead<S extends TSchema>(requests: readonly GraphRequest<S>[]): Promise<Static<S>[]>
}

export function graphSend(client: Client, options: { baseUrl: () => string; gate: MailboxGate }): GraphSend {
  const { baseUrl, gate } = options

  async function answerOf<S extends TSchema>(
    request: GraphRequest<S>,
    more: { exactUrl?: string; places?: number } = {},
  ): Promise<Static<S>> {
    const call = new GraphCall({
      name: request.name,
      mailbox: request.mailbox,
      isWrite: request.effect !== 'read',
      isRepeatable: request.effect !== 'once',
      mayLag: request.mayLag ?? false,
      prefer: request.prefer,
      accepts: (body) => Value.Check(request.answer, body),
      ...more,
    })
    // RAW: the answer is taken from the call, whole and checked; the SDK would parse by content type.
    const prepared = client.api(request.path).middlewareOptions([call]).responseType(ResponseType.RAW)
    if (request.method === 'GET') await prepared.get()
    else if (request.method === 'POST') await prepared.post(request.body)
    else if (request.method === 'PATCH') await prepared.patch(request.body)
    else await prepared.delete()
    if (call.error) throw call.error
    if (call.wasRepeatedInDoubt) request.onRepeatedInDoubt?.()
    // `accepts` has checked it against this very schema.
    return call.answer?.body as Static<S>
  }

  type Pages<S extends TSchema> = { readonly items: Static<S>[]; readonly deltaLink: string | undefined }

  async function readPages<S extends TSchema>(request: GraphRequest<S>, first?: string): Promise<Pages<S>> {
    const page = Type.Object({
      value: Type.Array(request.answer),
      '@odata.nextLink': Type.Optional(Type.String({ minLength: 1 })),
      '@odata.deltaLink': Type.Optional(Type.String({ minLength: 1 })),
    })
    const items: Static<S>[] = []
    const followed = new Set<string>()
    let next = first
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      if (next !== undefined) {
        if (!isInsideGraph(baseUrl(), next)) {
          throw new CalendarError('refused', `Graph, ${request.name}: the next link leads out of Graph; not followed`)
        }
        if (followed.has(next))
          throw new CalendarError('refused', `Graph, ${request.name}: the next links run in a circle`)
        followed.add(next)
      }
      const answer: Static<typeof page> = await answerOf(
        { ...request, answer: page },
        next === undefined ? {} : { exactUrl: next },
      )
      items.push(...answer.value)
      next = answer['@odata.nextLink']
      if (next === undefined) return { items, deltaLink: answer['@odata.deltaLink'] }
    }
    throw new CalendarError('refused', `Graph, ${request.name}: more than ${PAGES_MAX} pages`)
  }

  async function listChanges<S extends TSchema>(request: GraphRequest<S>, link?: string) {
    const { items, deltaLink } = await readPages(request, link)
    if (deltaLink !== undefined) return { items, link: deltaLink }
    throw new CalendarError('outage', `Graph, ${request.name}: the last page has no link for the next round`)
  }

  async function batchOnce<S extends TSchema>(requests: readonly GraphRequest<S>[]): Promise<Static<S>[]> {
    const [first] = requests
    if (first === undefined) return []
    if (requests.length === 1) return [await answerOf(first)]
    const body = {
      requests: requests.map((request, index) => ({
        id: String(index + 1),
        method: request.method,
        url: request.path,
        ...(request.body !== undefined && { body: request.body }),
        headers: {
          Prefer: IMMUTABLE_IDS,
          'client-request-id': randomUUID(),
          ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
        },
      })),
    }
    const batch: GraphRequest<typeof BatchAnswer> = {
      name: `${first.name} (batch of ${requests.length})`,
      method: 'POST',
      path: '/$batch',
      body,
      answer: BatchAnswer,
      effect: 'read',
      ...(first.mailbox !== undefined && { mailbox: first.mailbox }),
    }
    const { responses } = await answerOf(batch, { places: requests.length })
    const answers: Promise<Static<S>>[] = []
    for (const [index, request] of requests.entries()) {
      const part = responses.find(({ id }) => id === String(index + 1))
      answers.push(answerOfPart(request, part))
    }
    return await Promise.all(answers)
  }

  /** Graph throttles and fails the parts of a batch one by one; those are asked again alone, as patiently as any call. */
  async function answerOfPart<S extends TSchema>(
    request: GraphRequest<S>,
    part: Static<typeof BatchAnswer>['responses'][number] | undefined,
  ): Promise<Static<S>> {
    if (part === undefined) return await answerOf(request)
    if (part.status >= 200 && part.status < 300 && Value.Check(request.answer, part.body)) return part.body as Static<S>
    const answer: GraphAnswer = { status: part.status, headers: new Headers(part.headers ?? {}), body: part.body }
    const afterMs = retryAfterMsOf(answer.headers)
    if (afterMs !== undefined && Number.isFinite(afterMs)) gate.holdBack(request.mailbox, afterMs)
    if (part.status < 400 || part.status === 424 || part.status === 429 || part.status >= 500)
      return await answerOf(request)
    const call = new GraphCall({ name: request.name, isWrite: false, isRepeatable: true, accepts: () => false })
    throw refusalOf(call, answer, afterMs)
  }

  return {
    request: (request) => answerOf(request),
    list: async (request) => (await readPages(request)).items,
    listChanges,
    async batchRead(requests) {
      const answers = []
      for (let from = 0; from < requests.length; from += BATCH_MAX) {
        answers.push(...(await batchOnce(requests.slice(from, from + BATCH_MAX))))
      }
      return answers
    },
  }
}
