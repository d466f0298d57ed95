import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CORE_AGENDA } from '../../shared/templates/agenda.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Answer, type Caller, type RunningService, send, startService } from '../start-service.ts'
import { bodyOf, bookBest, proposalsFor, settled, YEAR_ONE } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let bookable: CastPair[]
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  bookable = []
  // Pairs without a series whose windows all have a date: each test takes one.
  for (const pair of cast.pairs) {
    const caller = await cast.as(pair.mentee)
    const answer = await caller.post(`/api/relationships/${pair.relationshipId}/proposals`, {
      plan: YEAR_ONE,
      minutes: 45,
    })
    const known = await caller.get(`/api/relationships/${pair.relationshipId}/series`)
    const best = answer.body.proposals?.[0]
    const isFresh = !bookable.some(({ mentor, mentee }) => mentor.id === pair.mentor.id || mentee.id === pair.mentee.id)
    if (best?.unplaced.length === 0 && known.body.series.length === 0 && isFresh) bookable.push(pair)
  }
}, 60_000)
afterAll(() => service.close())

const takePair = (): CastPair => {
  const pair = bookable.shift()
  if (!pair) throw new Error('The seeded department has too few bookable pairs for these tests.')
  return pair
}
type Mail = {
  readonly to: string
  readonly kind: string
  readonly subject: string
  readonly body: string
  readonly attachments: readonly { readonly name: string; readonly contentBytes: string }[]
}
const mailsTo = async ({ mail }: { readonly mail: string }): Promise<readonly Mail[]> =>
  // The outbox lists the newest first.
  (await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(mail)}`)).body.toReversed()
const faults = (script: readonly object[]) => send('POST', `${service.address}/practice/faults`, { body: script })

test('sends the other person one invitation a meeting, with the checklist inside', async () => {
  const pair = takePair()
  const before = (await mailsTo(pair.mentor)).length
  const series = await bookBest(await cast.as(pair.mentee), pair.relationshipId)
  expect(series).toMatchObject({ state: 'booked', organizer: 'mentee', progress: { done: 5, total: 5 } })
  expect(series.meetings.map(({ state, step }) => [state, step])).toEqual(Array(5).fill(['booked', 'verified']))

  const mails = (await mailsTo(pair.mentor)).slice(before)
  expect(mails.map(({ kind, subject }) => [kind, subject])).toEqual(Array(5).fill(['invitation', 'Mentoring meeting']))
  for (const mail of mails) {
    expect(mail.attachments.map(({ name }) => name)).toEqual(['Agenda checklist.docx'])
    const entries = unzipSync(Buffer.from(mail.attachments[0]!.contentBytes, 'base64'))
    const text = strFromU8(entries['word/document.xml']!)
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ')
    for (const { title } of CORE_AGENDA.items) expect(text).toContain(title)
    expect(mail.body).toContain(`${service.address}/meetings/`)
  }
})

test('repeating a booking changes nothing, and another body under its id is refused', async () => {
  const pair = takePair()
  const mentee = await cast.as(pair.mentee)
  const [best, other] = (await proposalsFor(mentee, pair.relationshipId)).proposals
  const path = `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`
  const answers = await Promise.all(Array.from({ length: 20 }, () => mentee.put(path, bodyOf(best!))))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202))
  const series = await settled(mentee, path)
  expect((await mentee.put(path, bodyOf(best!))).body).toEqual(series)
  expect(await mentee.put(path, bodyOf(other!))).toMatchObject({ status: 409, body: { code: 'id-already-used' } })
  const invitations = (await mailsTo(pair.mentor)).filter(({ kind }) => kind === 'invitation')
  expect(invitations).toHaveLength(5)
})

test('of two series for the same time one wins and the other is told', async () => {
  const pair = takePair()
  const [mentee, mentor] = [await cast.as(pair.mentee), await cast.as(pair.mentor)]
  const [best] = (await proposalsFor(mentee, pair.relationshipId)).proposals
  const path = () => `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => (n % 2 ? mentor : mentee).put(path(), bodyOf(best!))),
  )
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
  for (const answer of answers.filter(({ status }) => status !== 202)) {
    expect(answer).toMatchObject({ status: 409, body: { code: 'slot-not-free' } })
  }
})

test('is booked once although every kind of answer gets lost on the way', async () => {
  const pair = takePair()
  const mentee = await cast.as(pair.mentee)
  await faults([
    { method: 'POST', path: '*/events', count: 2, resetAfter: true },
    { method: 'POST', path: '*/events', count: 1, status: 503 },
    { method: 'POST', path: '*/attachments', count: 2, resetAfter: true },
    { method: 'PATCH', path: '*/events/*', count: 1, resetBefore: true },
    { method: 'PATCH', path: '*/events/*', count: 1, status: 429, retryAfter: 1 },
  ])
  const series = await bookBest(mentee, pair.relationshipId)
  expect(series.state).toBe('booked')
  const invitations = (await mailsTo(pair.mentor)).filter(({ kind }) => kind === 'invitation')
  expect(invitations).toHaveLength(5)
  for (const invitation of invitations) expect(invitation.attachments).toHaveLength(1)
})

test('leaves nothing in a calendar when the other person became busy a moment before', async () => {
  const pair = takePair()
  const mentee = await cast.as(pair.mentee)
  const [best] = (await proposalsFor(mentee, pair.relationshipId)).proposals
  const [meeting] = best!.meetings
  const busy = await graphOf(pair.mentor, 'POST', '/me/events', {
    subject: 'Urgent',
    start: { dateTime: meeting!.startsAt.replace('Z', ''), timeZone: 'UTC' },
    end: { dateTime: meeting!.endsAt.replace('Z', ''), timeZone: 'UTC' },
  })
  expect(busy.status).toBe(201)
  const path = `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`
  expect(await mentee.put(path, bodyOf(best!))).toMatchObject({
    status: 409,
    body: { code: 'slot-not-free', faults: [{ path: 'meetings[0].startsAt' }] },
  })
  expect((await mentee.get(path)).status).toBe(404)
  expect((await mailsTo(pair.mentor)).filter(({ kind }) => kind === 'invitation')).toEqual([])
})

test('books a monthly series as one event with one invitation, keeping its wall time over both clock changes', async () => {
  const pair = takePair()
  const mentee = await cast.as(pair.mentee)
  const plan = { kind: 'every-weeks', weeks: 4, count: 12, startDate: '2026-12-07' }
  const { proposals } = await proposalsFor(mentee, pair.relationshipId, { plan })
  const recurring = proposals.find(({ events }) => events.some(({ kind }) => kind === 'recurring'))!
  const path = `/api/relationships/${pair.relationshipId}/series/${randomUUID()}`
  expect((await mentee.put(path, bodyOf(recurring, { plan }))).status).toBe(202)
  const series = await settled(mentee, path)
  expect(series.state).toBe('booked')
  const onPattern = recurring.meetings.filter((meeting) => meeting.onPattern)
  const wall = new Set(
    onPattern.map(({ startsAt }) =>
      Temporal.Instant.from(startsAt).toZonedDateTimeISO(series.timeZone).toPlainTime().toString(),
    ),
  )
  expect(wall.size).toBe(1)
  const offsets = new Set(
    onPattern.map(({ startsAt }) => Temporal.Instant.from(startsAt).toZonedDateTimeISO(series.timeZone).offset),
  )
  expect(offsets.size).toBe(2)
  // What the mentor's own calendar says, read apart from our service.
  const view = await graphOf(
    pair.mentor,
    'GET',
    '/me/calendarView?startDateTime=2026-12-01T00:00:00Z&endDateTime=2028-01-31T00:00:00Z&$top=999',
  )
  const held = view.body.value.filter(({ subject }: { subject: string }) => subject === 'Mentoring meeting')
  const starts = held.map(({ start }: { start: { dateTime: string } }) =>
    Temporal.Instant.from(`${start.dateTime}Z`).toString(),
  )
  expect(starts.toSorted()).toEqual(series.meetings.map(({ startsAt }) => startsAt).toSorted())
})

test('cancelling calls every meeting off once, tells the other person and frees the time', async () => {
  const pair = takePair()
  const mentee = await cast.as(pair.mentee)
  const series = await bookBest(mentee, pair.relationshipId)
  const path = `/api/relationships/${pair.relationshipId}/series/${series.seriesId}`
  for (let n = 0; n < 3; n++)
    expect((await mentee.put(`${path}/cancellation`, { comment: 'A new rota came out.' })).status).toBe(202)
  const cancelled = await settled(mentee, path)
  expect(cancelled.state).toBe('cancelled')
  expect(cancelled.meetings.every(({ state }) => state === 'cancelled')).toBe(true)
  const cancellations = (await mailsTo(pair.mentor)).filter(({ kind }) => kind === 'cancellation')
  expect(cancellations).toHaveLength(5)
  expect((await bookBest(mentee, pair.relationshipId)).state).toBe('booked')
})

test('shows the invited mentor the same meeting, found from the item in their own mailbox', async () => {
  const pair = takePair()
  const series = await bookBest(await cast.as(pair.mentee), pair.relationshipId)
  const mentor = await cast.as(pair.mentor)
  const view = await graphOf(
    pair.mentor,
    'GET',
    '/me/calendarView?startDateTime=2026-12-01T00:00:00Z&endDateTime=2028-01-31T00:00:00Z&$top=999',
  )
  const items: { id: string; subject: string }[] = view.body.value.filter(
    ({ subject }: { subject: string }) => subject === 'Mentoring meeting',
  )
  const found: Answer[] = []
  for (const { id } of items) found.push(await mentor.get(`/api/meetings/by-event?eventId=${encodeURIComponent(id)}`))
  const ours = found.filter(({ body }) => body.seriesId === series.seriesId)
  expect(ours.map(({ body }) => body.meetingId).toSorted()).toEqual(
    series.meetings.map(({ meetingId }) => meetingId).toSorted(),
  )
  expect(ours[0]!.body).toMatchObject({ myRole: 'mentor', of: 5 })
})

async function graphOf(
  person: { readonly userPrincipalName: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const caller: Caller = await service.as(person.userPrincipalName)
  const claims = JSON.parse(Buffer.from(caller.accessToken.split('.')[1]!, 'base64url').toString())
  const answer = await fetch(`${service.address}/practice/identity/${claims.tid}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      client_id: 'practice',
      client_secret: 'practice',
      assertion: caller.accessToken,
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token } = await answer.json()
  return send(method, `${service.address}/practice/graph/v1.0${path}`, { token: access_token, body })
}
