import { describe, expect, test } from 'vitest'
import { graphAccess } from '../../server/graph/graph-access.ts'
import { mailboxGate } from '../../server/graph/mailbox-gate.ts'
import { InteractionRequired } from '../../server/identity/interaction-required.ts'
import { CalendarError } from '../../server/ports/calendar.ts'
import { asId, type EventId } from '../../shared/domain/ids.ts'
import { anEvent, BASE, fixedPace, graphError, keyed, scriptedGraph, serviceOver } from './scripted-graph.ts'

const id = asId<EventId>('event-1')
const found = { status: 200, body: anEvent() }
const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(CalendarError)
  return (error as CalendarError).code
}

describe('waiting', () => {
  test.each([
    ['whole seconds', { 'retry-after': '7' }, 7000],
    ['a fraction of a second, rounded up', { 'retry-after': '2.1284' }, 2129],
    [
      'a date, by the clock of the answer',
      { date: 'Tue, 09 Mar 2027 10:00:00 GMT', 'retry-after': 'Tue, 09 Mar 2027 10:00:12 GMT' },
      12_000,
    ],
    ['nothing: the first back-off', {}, 400],
  ])('on 429 waits as long as Retry-After says: %s', async (_, headers, waitMs) => {
    const graph = serviceOver([{ status: 429, headers, body: graphError('TooManyRequests') }, found])
    await graph.calendar.getEvent('m', id)
    expect(graph.waits).toEqual([waitMs])
  })

  test.each([503, 504, 500, 502])('repeats a read after %i, each time later', async (status) => {
    const graph = serviceOver([{ status }, { status }, { status }, found])
    await graph.calendar.getEvent('m', id)
    expect(graph.waits).toEqual([400, 800, 1600])
  })

  test('gives up at once when Retry-After is longer than the call may take, and hands the wait on', async () => {
    const graph = serviceOver([{ status: 429, headers: { 'retry-after': '600' } }])
    await expect(graph.calendar.getEvent('m', id)).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 600_000 })
    expect(graph.waits).toEqual([])
  })

  test('gives up at once on a Retry-After that cannot be read', async () => {
    const graph = serviceOver([{ status: 429, headers: { 'retry-after': 'soon' } }])
    await expect(graph.calendar.getEvent('m', id)).rejects.toMatchObject({ code: 'throttled', retryAfterMs: undefined })
  })

  test('after four tries says what the last one said', async () => {
    const throttled = { status: 429, headers: { 'retry-after': '1' } }
    const graph = serviceOver([throttled, throttled, throttled, throttled])
    expect(await codeOf(graph.calendar.getEvent('m', id))).toBe('throttled')
    expect(graph.isOver()).toBe(true)
  })

  test('asks nothing of a throttled mailbox while it is held back, and the other mailboxes go on', async () => {
    const graph = serviceOver([{ status: 429, headers: { 'retry-after': '600' } }, found, found])
    await expect(graph.calendar.getEvent('m', id)).rejects.toMatchObject({ code: 'throttled' })
    await expect(graph.calendar.getEvent('M', id)).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 600_000 })
    await graph.calendar.getEvent('other', id)
    expect(graph.sent).toHaveLength(2)
    graph.pass(600_000)
    await graph.calendar.getEvent('m', id)
    expect(graph.isOver()).toBe(true)
  })

  test('ends a call that is never answered at its time limit', async () => {
    const graph = serviceOver([{ fails: 'never' }], { timeoutMs: 20 })
    expect(await codeOf(graph.calendar.getEvent('m', id))).toBe('outage')
    const write = serviceOver([{ fails: 'never' }], { timeoutMs: 20 })
    expect(await codeOf(write.calendar.deleteEvent('m', id))).toBe('outcome-unknown')
  })

  test('ends a call whose token never comes at its time limit', async () => {
    const forService = () => new Promise<string>(() => undefined)
    const graph = serviceOver([], { timeoutMs: 20, tokens: { forPerson: forService, forService } })
    expect(await codeOf(graph.calendar.deleteEvent('m', id))).toBe('outage')
  })
})

describe('places', () => {
  test('never has more than four requests in one mailbox, nor more than the total in all', async () => {
    const running = new Map<string, number>()
    let most = 0
    let mostInAll = 0
    const slow: typeof fetch = async (input) => {
      const mailbox = /users\/(\w+)/.exec(String(input))?.[1] ?? ''
      running.set(mailbox, (running.get(mailbox) ?? 0) + 1)
      most = Math.max(most, ...running.values())
      mostInAll = Math.max(
        mostInAll,
        [...running.values()].reduce((sum, count) => sum + count, 0),
      )
      await new Promise((resolve) => setImmediate(resolve))
      running.set(mailbox, (running.get(mailbox) ?? 0) - 1)
      return Response.json(anEvent())
    }
    const { calendar } = serviceOver([], { fetch: slow, concurrentMax: 6 })
    await Promise.all(Array.from({ length: 60 }, (_, index) => calendar.getEvent(index < 30 ? 'm0' : 'm1', id)))
    expect(most).toBe(4)
    expect(mostInAll).toBe(6)
  })

  test('shares the four places between people and the service', async () => {
    let running = 0
    let most = 0
    const slow: typeof fetch = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      return Response.json(anEvent())
    }
    const { access, calendar } = serviceOver([], { fetch: slow })
    const person = access.asPerson('token').calendar
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? calendar : person).getEvent('m', id)))
    expect(most).toBe(4)
  })

  test('who gives up waiting leaves the queue, and who waits for several places is not overtaken', async () => {
    const gate = mailboxGate(64, fixedPace().pace)
    const { signal } = new AbortController()
    const inside = await Promise.all(Array.from({ length: 4 }, () => gate.enter('m', 1, signal)))
    const impatient = new AbortController()
    const givenUp = gate.enter('m', 1, impatient.signal)
    impatient.abort(new Error('time limit'))
    await expect(givenUp).rejects.toThrow('time limit')
    const order: string[] = []
    const enter = (mailbox: string, places: number, name: string) =>
      gate.enter(mailbox, places, signal).then((leave) => {
        order.push(name)
        return leave
      })
    const batch = enter('m', 4, 'batch')
    const single = enter('m', 1, 'single')
    for (const leave of inside) {
      expect(order).toEqual([])
      leave()
      await Promise.resolve()
    }
    await enter('another mailbox', 1, 'other')
    expect(order).toEqual(['batch', 'other'])
    ;(await batch)()
    await single
    expect(order).toEqual(['batch', 'other', 'single'])
  })
})

describe('tokens', () => {
  test('answers one 401 with a fresh token and the claims of the challenge', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`
    const graph = serviceOver([{ status: 401, headers: { 'www-authenticate': challenge } }, found])
    await graph.calendar.getEvent('m', id)
    expect(graph.tokenRequests).toEqual([{}, { isFresh: true, claims }])
    expect(graph.sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('does not ask a third time after a second 401', async () => {
    const graph = serviceOver([{ status: 401 }, { status: 401 }])
    expect(await codeOf(graph.calendar.getEvent('m', id))).toBe('access-denied')
  })

  test('a refused sign-in is not repeated and keeps its claims for the route', async () => {
    let asked = 0
    const refuse = async () => {
      asked++
      throw new InteractionRequired('interaction_required', '{"access_token":{}}')
    }
    const graph = serviceOver([], { tokens: { forPerson: refuse, forService: refuse } })
    const error = await graph.access
      .asPerson('their-token')
      .calendar.getEvent('m', id)
      .catch((reason) => reason)
    expect(error).toMatchObject({ code: 'consent-required', cause: { claims: '{"access_token":{}}' } })
    expect(asked).toBe(1)
  })

  test('asks on behalf of the person whose token it was given', async () => {
    const given: string[] = []
    const forPerson = async (token: string) => {
      given.push(token)
      return 'graph-token'
    }
    const { fetch } = scriptedGraph([found])
    const tokens = { forPerson, forService: undefined }
    const graph = graphAccess({ baseUrl: () => BASE, tokens, timeoutMs: 1000, fetch })
    await graph.asPerson('their-token').calendar.getEvent('m', id)
    expect(given).toEqual(['their-token'])
    expect(graph.asService).toBeUndefined()
  })
})

describe('pages', () => {
  const path = '/users/m/events/event-1/attachments'
  const page = (names: string[], next?: string) => ({
    status: 200,
    body: { value: names.map((name) => ({ id: name, name })), ...(next && { '@odata.nextLink': next }) },
  })

  test('reads every page and follows the next link to the letter', async () => {
    const next = `${BASE}${path}?$skiptoken=X'a&$select=id,name&%24top=1`
    const graph = serviceOver([page(['a', 'b'], next), page(['c'])])
    expect(await graph.calendar.listAttachmentNames('m', id)).toEqual(['a', 'b', 'c'])
    expect(graph.sent[1]!.path).toBe(decodeURIComponent(next.slice(BASE.length)))
  })

  test.each([
    ['another host', `https://graph.evil.example/v1.0${path}`],
    ['another scheme', `http://graph.example/v1.0${path}`],
    ['another port', `https://graph.example:8443/v1.0${path}`],
    ['another version', 'https://graph.example/beta/users'],
    ['a path that climbs out', `${BASE}/../beta/users`],
    ['an encoded climb', `${BASE}/%2e%2e/beta/users`],
    ['a host that only begins alike', `https://graph.example.evil.test/v1.0${path}`],
    ['a name before the host', `https://graph.example@evil.test/v1.0${path}`],
    ['a path that only begins alike', 'https://graph.example/v1.0x/users'],
    ['nonsense', 'not an address'],
  ])('refuses a next link to %s and sends nothing there', async (_, next) => {
    const graph = serviceOver([page(['a'], next)])
    expect(await codeOf(graph.calendar.listAttachmentNames('m', id))).toBe('refused')
    expect(graph.sent).toHaveLength(1)
  })

  test('refuses next links that run in a circle or never end', async () => {
    const circle = serviceOver([page(['a'], `${BASE}${path}?p=1`), page(['b'], `${BASE}${path}?p=1`)])
    expect(await codeOf(circle.calendar.listAttachmentNames('m', id))).toBe('refused')
    const steps = Array.from({ length: 101 }, (_, index) => page(['a'], `${BASE}${path}?p=${index}`))
    const endless = serviceOver(steps)
    expect(await codeOf(endless.calendar.listAttachmentNames('m', id))).toBe('refused')
    expect(endless.sent).toHaveLength(100)
  })

  test('a page that cannot be read fails the whole list', async () => {
    const broken = { status: 200, text: '{"value":[{"id":' }
    const graph = serviceOver([page(['a'], `${BASE}${path}?p=1`), broken, broken, broken, broken])
    expect(await codeOf(graph.calendar.listAttachmentNames('m', id))).toBe('outage')
  })
})

describe('refusals', () => {
  test.each([
    [400, 'ErrorInvalidRequest', 'refused'],
    [400, 'TimeZoneNotSupportedException', 'time-zone-not-supported'],
    [400, 'ErrorOccurrenceCrossingBoundary', 'occurrence-crosses-neighbour'],
    [403, 'ErrorAccessDenied', 'access-denied'],
    [403, '', 'access-denied'],
    [404, 'MailboxNotEnabledForRESTAPI', 'mailbox-not-reachable'],
    [404, 'ErrorNonExistentMailbox', 'mailbox-not-found'],
    [404, 'ErrorInvalidUser', 'mailbox-not-found'],
    [404, 'Request_ResourceNotFound', 'mailbox-not-found'],
    [404, 'ErrorItemNotFound', 'event-not-found'],
    [409, 'resourceModified', 'changed-meanwhile'],
    [412, 'ErrorIrresolvableConflict', 'changed-meanwhile'],
    [507, 'quotaLimitReached', 'refused'],
  ])('%i %s means %s, without a second try', async (status, graphCode, code) => {
    const graph = serviceOver([{ status, body: graphError(graphCode) }])
    expect(await codeOf(graph.calendar.getEvent('m', id))).toBe(code)
    expect(graph.sent).toHaveLength(1)
  })

  test('the innermost code that is known decides', async () => {
    const inner = { code: 'Wrapper', innerError: { code: 'MailboxNotEnabledForRESTAPI' } }
    const graph = serviceOver([{ status: 403, body: { error: { code: 'Forbidden', message: '', innerError: inner } } }])
    expect(await codeOf(graph.calendar.getEvent('m', id))).toBe('mailbox-not-reachable')
  })

  test.each([
    ['a redirect, which is not followed', { status: 302, headers: { location: 'https://evil.test/' } }, 'refused'],
    ['a page of HTML', { status: 404, text: '<html>' }, 'event-not-found'],
  ])('without a code the status decides: %s', async (_, step, code) => {
    const graph = serviceOver([step])
    expect(await codeOf(graph.calendar.getEvent('m', id))).toBe(code)
    expect(graph.sent).toHaveLength(1)
  })

  test('an error text never reaches our messages, its codes and request ids do', async () => {
    const graph = serviceOver([
      { status: 400, body: graphError('ErrorInvalidRequest'), headers: { 'request-id': 'r-9' } },
    ])
    const error = await graph.calendar.getEvent('m', id).catch((reason) => reason)
    expect(error.message).toBe('Graph, get event: 400, ErrorInvalidRequest (client-request-id c-1, request-id r-9)')
  })

  test('a code that is none may be content and is left out', async () => {
    const graph = serviceOver([{ status: 400, body: graphError('goal: publish with ana@example.org') }])
    const error = await graph.calendar.getEvent('m', id).catch((reason) => reason)
    expect(error.message).not.toContain('goal')
  })

  test('findEvent answers undefined for an event that is gone, and throws for a mailbox that is', async () => {
    const gone = serviceOver([{ status: 404, body: graphError('ErrorItemNotFound') }])
    expect(await gone.calendar.findEvent('m', id)).toBeUndefined()
    const noMailbox = serviceOver([{ status: 404, body: graphError('ErrorInvalidUser') }])
    expect(await codeOf(noMailbox.calendar.findEvent('m', id))).toBe('mailbox-not-found')
  })
})

test('finds events by exactly our key, quotes doubled, and asks for no subject or body', async () => {
  const events = [
    anEvent({ id: 'a', ...keyed("o'k:1") }),
    anEvent({ id: 'b', ...keyed("O'K:1") }),
    anEvent({ id: 'c' }),
  ]
  const graph = serviceOver([{ status: 200, body: { value: events } }])
  const found = await graph.calendar.findEventsByKey('m', "o'k:1")
  expect(found.map((event) => event.id)).toEqual(['a'])
  expect(graph.sent[0]!.path).toContain("ep/value eq 'o''k:1'")
  expect(graph.sent[0]!.path).not.toMatch(/subject|body/i)
})
