import { Temporal } from 'temporal-polyfill'
import { expect, vi } from 'vitest'
import type { CastPerson } from '../practice-cast.ts'
import { type Answer, type Caller, type RunningService, send } from '../start-service.ts'

export type HandEvent = {
  readonly id: string
  readonly iCalUId: string
  readonly type: string
  readonly start: { readonly dateTime: string }
  readonly end: { readonly dateTime: string }
  readonly attendees: readonly { readonly status: { readonly response: string } }[]
}
/** What one person does in their own calendar in Outlook, past our service. Times are RFC 3339 in UTC. */
export type Hands = {
  graph(method: string, path: string, body?: unknown): Promise<Answer>
  /** Their mentoring meetings ahead, expanded. */
  listOurs(): Promise<readonly HandEvent[]>
  /** Finds the one at a time. */
  at(startsAt: string): Promise<HandEvent>
  move(from: string, to: string, minutes?: number): Promise<void>
  decline(startsAt: string, more?: object): Promise<void>
  /** Deletes it: the organizer calls it off, whoever was invited declines. */
  remove(startsAt: string): Promise<void>
}

export const tenantOf = ({ accessToken }: Caller): string => claimsOf(accessToken).tid
const claimsOf = (token: string): { readonly tid: string } =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

/** Until changes of a mailbox are told to us and everything noted of it was looked at. */
export const untilWatched = (service: RunningService, tenantId: string, personId: string) =>
  vi.waitFor(
    async () => {
      const { watches } = service.services
      const id = `${tenantId}|${personId}`
      expect((await watches.find(id))?.watched.changes?.token).toContain('deltatoken')
      expect(await watches.findChanges(id)).toBeUndefined()
    },
    { timeout: 15_000, interval: 20 },
  )

export async function handsOf(service: RunningService, person: CastPerson): Promise<Hands> {
  const signedIn = await send('POST', `${service.address}/practice/sign-in`, {
    body: { userPrincipalName: person.userPrincipalName },
  })
  const { tid } = claimsOf(signedIn.body.accessToken)
  const response = await fetch(`${service.address}/practice/identity/${tid}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: 'practice',
      client_secret: 'practice',
      assertion: signedIn.body.accessToken,
      requested_token_use: 'on_behalf_of',
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token: token } = (await response.json()) as { access_token: string }
  const graph: Hands['graph'] = async (method, path, body) => {
    const answer = await send(method, `${service.address}/practice/graph/v1.0${path}`, { token, body })
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer
  }
  const from = service.services.clock.now().toString()
  const to = Temporal.Instant.from(from)
    .add({ hours: 24 * 600 })
    .toString()
  const listOurs = async (): Promise<readonly HandEvent[]> => {
    const query = `startDateTime=${from}&endDateTime=${to}&$top=500`
    const { body } = await graph('GET', `/me/calendarView?${query}`)
    return body.value.filter(({ subject }: { subject: string }) => subject === 'Mentoring meeting')
  }
  const at: Hands['at'] = async (startsAt) => {
    const found = (await listOurs()).find(({ start }) => Date.parse(`${start.dateTime}Z`) === Date.parse(startsAt))
    if (!found) throw new Error(`Nothing of ours is at ${startsAt}.`)
    return found
  }
  return {
    graph,
    listOurs,
    at,
    async move(startsAt, target, minutes) {
      const { id, start, end } = await at(startsAt)
      const lengthMs = minutes === undefined ? Date.parse(end.dateTime) - Date.parse(start.dateTime) : minutes * 60_000
      const moment = (ms: number) => ({ dateTime: new Date(ms).toISOString().slice(0, 19), timeZone: 'UTC' })
      const startMs = Date.parse(target)
      await graph('PATCH', `/me/events/${id}`, { start: moment(startMs), end: moment(startMs + lengthMs) })
    },
    async decline(startsAt, more = {}) {
      await graph('POST', `/me/events/${(await at(startsAt)).id}/decline`, { sendResponse: true, ...more })
    },
    async remove(startsAt) {
      await graph('DELETE', `/me/events/${(await at(startsAt)).id}`)
    },
  }
}
