import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PracticePlace } from '../../server/practice/directory.ts'
import { ADA, BEN, CLEO, GROUP, type Practice, startPractice } from '../practice/start-practice.ts'
import { graphExchangeFaults } from './graph-schema.ts'

/**
 * Replays the documented examples that are not about calendars (test/data/graph/doc-examples.json) against the practice
 * tenant: the request as printed, with its made-up ids bound to items that exist; then status and schema must fit, and
 * every property that the page shows must be there.
 */
type Vector = {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: Record<string, unknown>
  }
  readonly response: { readonly status: number; readonly body?: Record<string, unknown> }
}
const vectors = new Map(
  (JSON.parse(readFileSync(new URL('../data/graph/doc-examples.json', import.meta.url), 'utf8')) as Vector[]).map(
    (vector) => [vector.id, vector],
  ),
)

const EXTENSION = {
  '@odata.type': 'microsoft.graph.openTypeExtension',
  extensionName: 'Com.Contoso.Referral',
  companyName: 'Wingtip Toys',
  dealValue: 500050,
  expirationDate: '2015-12-03T10:00:00Z',
}
const COLOR = { id: 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color', value: 'Green' }

let practice: Practice
let subscriber: Server
let webhook: string
beforeAll(async () => {
  subscriber = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://subscriber').searchParams.get('validationToken')
    response.writeHead(200, { 'content-type': 'text/plain' }).end(token ?? '')
  })
  await new Promise<void>((resolve) => subscriber.listen(0, '127.0.0.1', resolve))
  webhook = `http://127.0.0.1:${(subscriber.address() as AddressInfo).port}` // listening on TCP, so not a pipe's name
  practice = await startPractice()
  const places = practice.tenant.state.collection<PracticePlace>('places')
  places.put({
    id: 'room-1',
    kind: 'room',
    displayName: 'Conf Room 100',
    emailAddress: 'cf100@contoso.com',
    tags: ['bean bags'],
  })
  places.put({ id: 'list-1', kind: 'roomList', displayName: 'Building 1', emailAddress: 'bldg1@contoso.com' })
})
afterAll(async () => {
  await practice.close()
  subscriber.closeAllConnections()
  await new Promise((resolve) => subscriber.close(resolve))
})

const make = async (path: string, body: unknown) => (await practice.graph('POST', path, { body })).json()
const aList = (displayName = 'Homework') => make('/me/todo/lists', { displayName })
const aTask = async (more: object = {}) => {
  const list = await aList()
  const task = await make(`/me/todo/lists/${list.id}/tasks`, { title: 'Shop for dinner', ...more })
  return { list, task, path: `/me/todo/lists/${list.id}/tasks/${task.id}` }
}
const aMessage = (more: object = {}) =>
  make('/me/messages', { subject: 'Annual review', toRecipients: [{ emailAddress: { address: BEN.mail } }], ...more })
const aPlannerTask = () =>
  make('/planner/tasks', {
    planId: 'plan',
    bucketId: 'bucket',
    title: 'Read',
    appliedCategories: { category5: true, category6: true },
    assignments: { [ADA.id]: { orderHint: ' !' } },
  })
async function anInvitation(): Promise<string> {
  await practice.graph('POST', '/me/events', {
    as: BEN,
    body: {
      subject: 'Kick off planning',
      location: { displayName: 'Room 7' },
      start: { dateTime: '2026-03-10T10:00:00', timeZone: 'Pacific Standard Time' },
      end: { dateTime: '2026-03-10T11:00:00', timeZone: 'Pacific Standard Time' },
      attendees: [{ type: 'required', emailAddress: { address: ADA.mail, name: ADA.displayName } }],
    },
  })
  const { value } = (await practice.graph('GET', '/me/messages?$top=1')).json()
  return value[0].id
}

/** What stands in for the made-up ids of an example. Absent members stay as printed. */
type Binding = {
  readonly path?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly as?: typeof ADA | 'service'
  /** Operation that the metadata subset lacks: its status and properties are checked without a schema. */
  readonly outsideSubset?: true
  /** Printed properties that are no more, or were misprinted, with today's name where there is one. */
  readonly gone?: readonly string[]
}
const tail = (vector: Vector) => vector.request.path.slice(vector.request.path.indexOf('?'))

const bindings: Record<string, (vector: Vector) => Promise<Binding>> = {
  g036: async () => ({
    path: `/me/messages/${(await aMessage()).id}/attachments/createUploadSession`,
    outsideSubset: true,
  }),
  g040: async () => {
    await practice.graph('POST', '/subscriptions', { body: aSubscription() })
    return { gone: ['notificationContentType'] }
  },
  g041: async ({ request }) => ({
    body: { ...request.body, notificationUrl: `${webhook}/notify`, expirationDateTime: inAnHour() },
    gone: ['notificationContentType'],
  }),
  g042: async () => {
    const { id } = await make('/subscriptions', aSubscription())
    return { path: `/subscriptions/${id}`, body: { expirationDateTime: inAnHour() }, gone: ['notificationContentType'] }
  },
  g044: async () => ({}),
  g045: async () => ({}),
  g047: async () => ({}),
  g049: async () => ({}),
  g052: async () => ({}),
  g055: async () => {
    const { id } = await make('/me/outlook/masterCategories', { displayName: 'Project expenses', color: 'preset9' })
    return { path: `/me/outlook/masterCategories/${id}` }
  },
  g058: async ({ request }) => {
    const { id } = await aMessage({ extensions: [EXTENSION] })
    return { path: `/me/messages/${id}/${request.path.split('/').slice(5).join('/')}`, outsideSubset: true }
  },
  g060: async (vector) => {
    const { id } = await aMessage({ extensions: [EXTENSION] })
    return { path: `/me/messages/${id}${tail(vector)}`, gone: ['createDateTime'] }
  },
  g061: async () => {
    await aMessage({ extensions: [EXTENSION] })
    return { gone: ['createDateTime'] }
  },
  g062: async () => ({}),
  g065: async ({ response }) => {
    const { id } = await aMessage({ extensions: [EXTENSION] })
    const { companyName, dealValue, expirationDate, updated } = response.body ?? {}
    return {
      path: `/me/messages/${id}/extensions/Microsoft.OutlookServices.OpenTypeExtension.Com.Contoso.Referral`,
      body: { companyName, dealValue, expirationDate, updated },
      outsideSubset: true,
    }
  },
  g066: async (vector) => {
    const { id } = await aMessage({ singleValueExtendedProperties: [COLOR] })
    return { path: `/me/messages/${id}${tail(vector)}` }
  },
  g071: async () => ({
    path: (await aTask({ dueDateTime: { dateTime: '2020-08-25T04:00:00', timeZone: 'UTC' } })).path,
  }),
  g073: async () => ({ path: `${(await aTask()).path}/linkedResources` }),
  g074: async () => ({ path: (await aTask()).path }),
  g076: async () => {
    const first = await practice.graph('GET', '/me/todo/lists/delta')
    await aList('List1')
    return { path: first.json()['@odata.deltaLink'].split('/v1.0')[1] }
  },
  g078: async () => {
    const { list } = await aTask({
      linkedResources: [{ applicationName: 'Partner', displayName: 'Partner', externalId: 'x' }],
    })
    return { path: `/me/todo/lists/${list.id}/tasks` }
  },
  g079: async () => ({ path: `/me/todo/lists/${(await aList()).id}/tasks` }),
  g080: async () => ({ path: `/me/todo/lists/${(await aList()).id}` }),
  g081: async () => {
    const { path } = await aTask()
    const link = await make(`${path}/linkedResources`, { displayName: 'x' })
    return { path: `${path}/linkedResources/${link.id}` }
  },
  g087: async () => ({ gone: ['geocoordinates'] }),
  g088: async () => ({ gone: ['isManaged', 'displayDevice'] }),
  g089: async () => ({ gone: ['geocoordinates'] }),
  g091: async () => ({}),
  g093: async () => ({}),
  g096: async () => ({ path: `/groups/${GROUP.id}/members/microsoft.graph.user/$count`, outsideSubset: true }),
  g097: async (vector) => ({
    path: `/groups/${GROUP.id}/transitiveMembers/microsoft.graph.user${tail(vector)}`,
    outsideSubset: true,
  }),
  g098: async (vector) => ({ path: `/groups/${GROUP.id}/members${tail(vector).replace("'a'", "'c'")}` }),
  g101: async (vector) => ({ path: `/users/${BEN.id}${tail(vector)}` }),
  g102: async () => ({}),
  g103: async () => {
    const task = await aPlannerTask()
    return { path: `/planner/tasks/${task.id}`, headers: { 'If-Match': task['@odata.etag'] } }
  },
  g104: async () => ({ path: `/planner/tasks/${(await aPlannerTask()).id}` }),
  g105: async () => {
    const task = await aPlannerTask()
    const headers = { 'If-Match': task['@odata.etag'], Prefer: 'return=representation' }
    return { path: `/planner/tasks/${task.id}`, headers }
  },
  g106: async () => {
    const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'SGk=' }
    return { path: `/me/messages/${(await aMessage({ attachments: [file] })).id}/attachments` }
  },
  g108: async (vector) => ({ path: `/me/messages/${await anInvitation()}${tail(vector)}` }),
  g120: async (vector) => ({ path: `/me/messages/${await anInvitation()}${tail(vector)}` }),
  g127: async () => ({
    path: `/me/messages/${(await aMessage()).id}/attachments/createUploadSession`,
    outsideSubset: true,
  }),
  g145: async () => ({ path: `${(await aTask()).path}/checklistItems` }),
  g147: async () => ({ path: `/subscriptions/${(await make('/subscriptions', aSubscription())).id}` }),
  g149: async () => ({
    as: 'service',
    body: { ...aSubscription(), resource: `users/${ADA.id}/messages` },
    gone: ['notificationContentType'],
  }),
  // The subset's schema of a batch does not say which headers a part may carry.
  g153: async () => ({ outsideSubset: true }),
}

function inAnHour(): string {
  return practice.tenant.clock
    .now()
    .add(Temporal.Duration.from({ hours: 1 }))
    .toString()
}
function aSubscription() {
  return {
    changeType: 'created',
    notificationUrl: `${webhook}/notify`,
    resource: 'me/events',
    expirationDateTime: inAnHour(),
    clientState: 'secretClientState',
  }
}

describe('documented examples beside the calendar', () => {
  test.each(Object.entries(bindings))('%s', async (id, bind) => {
    const vector = vectors.get(id)!
    const { path, body = vector.request.body, headers, as = ADA, outsideSubset, gone = [] } = await bind(vector)
    const { method } = vector.request
    const url = encodeSpaces(path ?? vector.request.path.replace('/v1.0', ''))
    const answer = await practice.graph(method, url, {
      as,
      body,
      headers: { ...withoutLength(vector.request.headers), ...headers },
    })
    expect(answer.statusCode, answer.payload.slice(0, 500)).toBe(vector.response.status)
    const type = String(answer.headers['content-type'])
    const answered = type.startsWith('application/json') ? answer.json() : undefined
    if (!outsideSubset) {
      expect(graphExchangeFaults(method, url, undefined, answer.statusCode, answered)).toEqual([])
    }
    if (vector.response.body && id !== 'g153') expect(missingFrom(answered, vector.response.body, gone)).toEqual([])
  })

  test('covers every example that is not about calendars, groups of people aside', () => {
    const isOther = ({ kind, request }: Vector) =>
      kind === 'graph-call' &&
      !/\/(events|calendar|calendars|calendarView|findMeetingTimes|translateExchangeIds)\b/i.test(request.path)
    const others = [...vectors.values()].filter(isOther).map(({ id }) => id)
    expect(others.filter((id) => !(id in bindings))).toEqual([])
  })

  test('answers a batch like the documented one, each part by itself', async () => {
    const vector = vectors.get('g153')!
    const { responses } = (await practice.graph('POST', '/$batch', { body: vector.request.body })).json()
    const statuses = Object.fromEntries(responses.map(({ id, status }: { id: string; status: number }) => [id, status]))
    expect(statuses).toEqual({ '1': 404, '2': 200, '3': 404, '4': 405 })
  })
})

describe('documented refusals', () => {
  test('a mailbox that the caller may not open answers 403 ErrorAccessDenied (g156)', async () => {
    const refused = await practice.graph('GET', `/users/${CLEO.id}/messages`)
    expect(refused.statusCode).toBe(403)
    expect(refused.json().error.code).toBe(errorOf('g156')['code'])
  })

  test('a mailbox whose server is away can refuse a subscription (g161)', async () => {
    const { code } = errorOf('g161')
    const { status } = vectors.get('g161')!.response
    await practice.post('/practice/faults', [
      { method: 'POST', path: '/subscriptions', count: 1, status, errorCode: code },
    ])
    const refused = await practice.graph('POST', '/subscriptions', { body: aSubscription() })
    expect(refused.statusCode).toBe(status)
    expect(refused.json().error.code).toBe(code)
  })
})

function errorOf(id: string): Record<string, unknown> {
  return vectors.get(id)!.response.body!['error'] as Record<string, unknown> // as the two examples print it
}

function encodeSpaces(url: string): string {
  return url.replaceAll(' ', '%20').replaceAll('"', '%22')
}

function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-length$/i.test(name)))
}

/** Names that the page shows and the answer lacks. Annotations and `null` members of one side do not count. */
function missingFrom(answered: unknown, printed: unknown, gone: readonly string[], path = ''): string[] {
  if (Array.isArray(printed)) {
    if (!Array.isArray(answered)) return [`${path}: is no list`]
    if (printed.length > 0 && answered.length === 0) return [`${path}: is empty`]
    return printed.length === 0 ? [] : missingFrom(answered[0], printed[0], gone, `${path}[]`)
  }
  if (typeof printed !== 'object' || printed === null || answered === null) return []
  if (typeof answered !== 'object' || answered === undefined) return [`${path}: is no object`]
  const given = answered as Record<string, unknown> // any object can be read by key
  return Object.entries(printed).flatMap(([name, value]) => {
    if (name.includes('@') || gone.includes(name) || value === null || isId(name)) return []
    return name in given ? missingFrom(given[name], value, gone, `${path}.${name}`) : [`${path}.${name}`]
  })
}

/** Open dictionaries are keyed by ids, which differ. */
function isId(name: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(name)
}
