import { expect, test } from 'vitest'
import type { InboxMessage } from '../../../server/practice/graph/inbox.ts'
import { listMails } from '../../../server/practice/graph/outbox.ts'
import type { PracticeUser } from '../../../server/practice/people.ts'
import { draft, invite, type Json, openPractice, type Practice, person } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const cleo = person('Cleo')
const room = person('Room 7', { mail: 'room7@clinic.example', userPrincipalName: 'room7@clinic.example', kind: 'room' })
const PEOPLE = [ada, ben, cleo, room]
const HOUR = ['2026-03-03T15:00', '2026-03-03T16:00'] as const

const mails = (practice: Practice, to?: PracticeUser) =>
  listMails(practice.state, to ? { to: to.mail } : {}).map(
    ({ kind, to: address, subject }) => `${kind} ${address} ${subject}`,
  )
const copyOf = async (practice: Practice, who: PracticeUser): Promise<Json> =>
  (await practice.as(who)('GET /me/events')).body.value[0]
const answers = (event: Json) => event.attendees.map((one: Json) => one.status.response)

async function meeting(practice: Practice, more: Readonly<Record<string, unknown>> = {}) {
  const made = await practice.as(ada)('POST /me/events', {
    body: draft(...HOUR, { attendees: invite(ben, cleo), ...more }),
  })
  expect(made.status).toBe(201)
  return made.body
}

test('each attendee gets one mail, a copy of their own with the same iCalUId, and a message in the inbox', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  expect(mails(practice)).toEqual([
    'invitation ben@clinic.example Mentoring meeting',
    'invitation cleo@clinic.example Mentoring meeting',
  ])
  const [first] = listMails(practice.state, { to: 'BEN@clinic.example' })
  expect(first).toMatchObject({
    from: ada.mail,
    eventId: made.id,
    iCalUId: made.iCalUId,
    start: '2026-03-03T20:00:00.000Z',
    end: '2026-03-03T21:00:00.000Z',
    attachments: [],
  })
  const copy = await copyOf(practice, ben)
  expect(copy).toMatchObject({
    iCalUId: made.iCalUId,
    isOrganizer: false,
    showAs: 'tentative',
    responseStatus: { response: 'notResponded' },
    organizer: { emailAddress: { address: ada.mail } },
  })
  expect(copy.id).not.toBe(made.id)
  expect(copy.attendees.map((one: Json) => one.emailAddress.address)).toEqual([ada.mail, ben.mail, cleo.mail])
  const inbox = practice.state
    .collection<InboxMessage>('messages')
    .list()
    .filter(({ mailbox }) => mailbox === ben.id)
  expect(inbox).toHaveLength(1)
  expect(inbox[0]!.properties).toMatchObject({
    '@odata.type': '#microsoft.graph.eventMessageRequest',
    meetingMessageType: 'meetingRequest',
    startDateTime: { dateTime: '2026-03-03T20:00:00.0000000', timeZone: 'UTC' },
  })
})

test('outsiders get mail only, and nobody hears of an event without attendees', async () => {
  const practice = openPractice(PEOPLE)
  await practice.as(ada)('POST /me/events', { body: draft(...HOUR) })
  expect(mails(practice)).toEqual([])
  await meeting(practice, { attendees: [{ emailAddress: { address: 'guest@other.example' } }] })
  expect(mails(practice)).toEqual(['invitation guest@other.example Mentoring meeting'])
})

test('answers flow back to the organizer and change what the attendee shows', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice, { showAs: 'oof' })
  const copy = await copyOf(practice, ben)
  const accepted = await practice.as(ben)(`POST /me/events/${copy.id}/accept`, {
    body: { comment: 'Yes', sendResponse: true },
  })
  expect([accepted.status, accepted.body]).toEqual([202, undefined])
  const tracked = (await practice.as(ada)(`GET /me/events/${made.id}`)).body
  expect(answers(tracked)).toEqual(['accepted', 'none'])
  expect(tracked.changeKey).not.toBe(made.changeKey)
  expect(await copyOf(practice, ben)).toMatchObject({ showAs: 'oof', responseStatus: { response: 'accepted' } })
  expect(mails(practice, ada)).toEqual(['response ada@clinic.example Accepted: Mentoring meeting'])
  expect(listMails(practice.state, { to: ada.mail })[0]!.body).toContain('Yes')
})

test('an answer that is not sent stays in the attendee’s calendar', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  const copy = await copyOf(practice, ben)
  await practice.as(ben)(`POST /me/events/${copy.id}/tentativelyAccept`, {
    body: { sendResponse: 'false' },
    unchecked: true,
  })
  expect((await copyOf(practice, ben)).responseStatus.response).toBe('tentativelyAccepted')
  expect(answers((await practice.as(ada)(`GET /me/events/${made.id}`)).body)).toEqual(['none', 'none'])
  expect(mails(practice, ada)).toEqual([])
})

test.each(['decline', 'delete'])('an attendee who says no (%s) loses the copy and the organizer hears', async (how) => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  const copy = await copyOf(practice, ben)
  const call = how === 'delete' ? `DELETE /me/events/${copy.id}` : `POST /me/events/${copy.id}/decline`
  expect((await practice.as(ben)(call, how === 'delete' ? {} : { body: {} })).status).toBe(how === 'delete' ? 204 : 202)
  expect((await practice.as(ben)('GET /me/events')).body.value).toEqual([])
  expect(answers((await practice.as(ada)(`GET /me/events/${made.id}`)).body)).toEqual(['declined', 'none'])
  expect(mails(practice, ada)).toEqual(['response ada@clinic.example Declined: Mentoring meeting'])
})

test('a proposed new time reaches the organizer, in the zone they prefer', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  const copy = await copyOf(practice, ben)
  const proposedNewTime = {
    Start: { DateTime: '2026-03-04T15:00:00', TimeZone: 'Eastern Standard Time' },
    End: { DateTime: '2026-03-04T16:00:00', TimeZone: 'Eastern Standard Time' },
  }
  const sent = await practice.as(ben)(`POST /me/events/${copy.id}/tentativelyAccept`, {
    body: { comment: 'Next day?', sendResponse: 'true', proposedNewTime },
    unchecked: true,
  })
  expect(sent.status).toBe(202)
  const tracked = (await practice.as(ada)(`GET /me/events/${made.id}`)).body
  expect(tracked.attendees[0].proposedNewTime.start).toEqual({
    dateTime: '2026-03-04T20:00:00.0000000',
    timeZone: 'UTC',
  })
  expect(mails(practice, ada)[0]).toContain('New Time Proposed: Mentoring meeting')
  const silent = { body: { sendResponse: false, proposedNewTime }, unchecked: true }
  expect((await practice.as(ben)(`POST /me/events/${copy.id}/tentativelyAccept`, silent)).status).toBe(400)
  const onAccept = { body: { proposedNewTime }, unchecked: true }
  expect((await practice.as(ben)(`POST /me/events/${copy.id}/accept`, onAccept)).status).toBe(400)
})

test('no proposal where the organizer forbids it', async () => {
  const practice = openPractice(PEOPLE)
  await meeting(practice, { allowNewTimeProposals: false })
  const copy = await copyOf(practice, ben)
  const at = (hour: string) => ({ dateTime: `2026-03-04T${hour}:00`, timeZone: 'UTC' })
  const body = { proposedNewTime: { start: at('15:00'), end: at('16:00') } }
  expect((await practice.as(ben)(`POST /me/events/${copy.id}/decline`, { body })).status).toBe(400)
})

test('the organizer cannot answer, and an attendee cannot cancel', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  expect((await practice.as(ada)(`POST /me/events/${made.id}/accept`, { body: {} })).body.error.code).toBe(
    'ErrorCalendarIsOrganizerForAccept',
  )
  const copy = await copyOf(practice, ben)
  const refused = await practice.as(ben)(`POST /me/events/${copy.id}/cancel`, { body: { comment: 'x' } })
  expect([refused.status, refused.body.error.message]).toEqual([
    400,
    "Your request can't be completed. You need to be an organizer to cancel a meeting.",
  ])
})

test('cancelling mails everybody with the comment; copies stay, free and marked, until removed in silence', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  const cancelled = await practice.as(ada)(`POST /me/events/${made.id}/cancel`, { body: { Comment: 'All hands' } })
  expect(cancelled.status).toBe(202)
  expect((await practice.as(ada)(`GET /me/events/${made.id}`)).status).toBe(404)
  expect(mails(practice, ben)).toEqual([
    'invitation ben@clinic.example Mentoring meeting',
    'cancellation ben@clinic.example Canceled: Mentoring meeting',
  ])
  expect(listMails(practice.state, { to: ben.mail })[1]!.body).toContain('All hands')
  const copy = await copyOf(practice, ben)
  expect(copy).toMatchObject({ isCancelled: true, showAs: 'free', subject: 'Canceled: Mentoring meeting' })
  expect((await practice.as(ben)(`POST /me/events/${copy.id}/accept`, { body: {} })).status).toBe(400)
  expect((await practice.as(ben)(`DELETE /me/events/${copy.id}`)).status).toBe(204)
  expect(mails(practice, ada)).toEqual([])
})

test('deleting the organizer’s item calls the meeting off too', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  await practice.as(ada)(`DELETE /me/events/${made.id}`)
  expect(mails(practice).filter((mail) => mail.startsWith('cancellation'))).toHaveLength(2)
})

test('an update mails everybody; a new time asks again for answers, another text does not', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  await practice.as(ben)(`POST /me/events/${(await copyOf(practice, ben)).id}/accept`, { body: {} })
  const renamed = (await practice.as(ada)(`PATCH /me/events/${made.id}`, { body: { subject: 'New name' } })).body
  expect(answers(renamed)).toEqual(['accepted', 'none'])
  expect(await copyOf(practice, ben)).toMatchObject({
    subject: 'New name',
    showAs: 'busy',
    responseStatus: { response: 'accepted' },
  })
  const at = (time: string) => ({ dateTime: time, timeZone: 'Eastern Standard Time' })
  const moved = (
    await practice.as(ada)(`PATCH /me/events/${made.id}`, {
      body: { start: at('2026-03-05T15:00'), end: at('2026-03-05T16:00') },
    })
  ).body
  expect(moved.attendees[0].status).toEqual({ response: 'notResponded', time: '4501-01-01T00:00:00Z' })
  const copy = await copyOf(practice, ben)
  expect(copy).toMatchObject({ showAs: 'tentative', responseStatus: { response: 'notResponded' } })
  expect(copy.start.dateTime).toBe('2026-03-05T20:00:00.0000000')
  expect(mails(practice, cleo).map((mail) => mail.split(' ')[0])).toEqual(['invitation', 'update', 'update'])
})

test('a PATCH of attendees alone mails only those who changed', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice, { attendees: invite(ben) })
  const patch = (attendees: unknown) => practice.as(ada)(`PATCH /me/events/${made.id}`, { body: { attendees } })
  await patch(invite(ben, cleo))
  expect(mails(practice, ben)).toHaveLength(1)
  expect(mails(practice, cleo)).toEqual(['invitation cleo@clinic.example Mentoring meeting'])
  await patch(invite(ben, cleo))
  expect(mails(practice)).toHaveLength(2)
  await patch(invite(cleo))
  expect(mails(practice, ben)[1]).toBe('cancellation ben@clinic.example Canceled: Mentoring meeting')
  expect((await copyOf(practice, ben)).isCancelled).toBe(true)
  await patch([{ ...invite(cleo)[0], type: 'optional' }])
  expect(mails(practice, cleo)[1]).toContain('update')
})

test('a PATCH that adds somebody and changes more invites the new one and updates the others', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice, { attendees: invite(ben) })
  await practice.as(ada)(`PATCH /me/events/${made.id}`, { body: { attendees: invite(ben, cleo), subject: 'Both' } })
  expect(mails(practice).slice(1)).toEqual(['update ben@clinic.example Both', 'invitation cleo@clinic.example Both'])
})

test('an empty PATCH mails nobody', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  expect((await practice.as(ada)(`PATCH /me/events/${made.id}`, { body: {} })).body.changeKey).toBe(made.changeKey)
  expect(mails(practice)).toHaveLength(2)
})

test('an attendee changes their own copy for themselves', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice)
  const copy = await copyOf(practice, ben)
  await practice.as(ben)(`PATCH /me/events/${copy.id}`, {
    body: { categories: ['Mentoring'], reminderMinutesBeforeStart: 60 },
  })
  await practice.as(ada)(`PATCH /me/events/${made.id}`, { body: { subject: 'New name' } })
  expect(await copyOf(practice, ben)).toMatchObject({
    subject: 'New name',
    categories: ['Mentoring'],
    reminderMinutesBeforeStart: 60,
  })
  expect((await practice.as(ada)(`GET /me/events/${made.id}`)).body.categories).toEqual([])
})

test('hidden attendees see only themselves', async () => {
  const practice = openPractice(PEOPLE)
  await meeting(practice, { hideAttendees: true })
  const addresses = (await copyOf(practice, ben)).attendees.map((one: Json) => one.emailAddress.address)
  expect(addresses).toEqual([ada.mail, ben.mail])
})

test('organizer-only data does not travel', async () => {
  const practice = openPractice(PEOPLE)
  const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name MentorKey'
  await meeting(practice, {
    categories: ['Red'],
    transactionId: 'T',
    singleValueExtendedProperties: [{ id, value: 'k' }],
    extensions: [{ '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'a.b.c' }],
  })
  const copy = await copyOf(practice, ben)
  const expand = encodeURIComponent(`extensions,singleValueExtendedProperties($filter=id eq '${id}')`)
  const expanded = (await practice.as(ben)(`GET /me/events/${copy.id}?$expand=${expand}`)).body
  expect(expanded).toMatchObject({ categories: [], extensions: [] })
  expect(expanded).not.toHaveProperty('singleValueExtendedProperties')
  expect(expanded).not.toHaveProperty('transactionId')
})

test('attachments present before the invitation travel in it; later ones only with the next update', async () => {
  const practice = openPractice(PEOPLE)
  const asAda = practice.as(ada)
  const made = (await asAda('POST /me/events', { body: draft(...HOUR) })).body
  const attach = (name: string) =>
    asAda(`POST /me/events/${made.id}/attachments`, {
      body: {
        '@odata.type': '#microsoft.graph.fileAttachment',
        name,
        contentBytes: Buffer.from(name).toString('base64'),
      },
    })
  expect((await attach('agenda.txt')).status).toBe(201)
  expect(mails(practice)).toEqual([])
  await asAda(`PATCH /me/events/${made.id}`, { body: { attendees: invite(ben) } })
  const names = () =>
    listMails(practice.state, { to: ben.mail }).map(({ kind, attachments }) => [
      kind,
      ...attachments.map(({ name }) => name),
    ])
  expect(names()).toEqual([['invitation', 'agenda.txt']])
  expect(listMails(practice.state)[0]!.attachments[0]).toEqual({
    name: 'agenda.txt',
    contentType: 'text/plain',
    contentBytes: Buffer.from('agenda.txt').toString('base64'),
  })
  const copy = await copyOf(practice, ben)
  expect(copy.hasAttachments).toBe(true)
  await attach('later.txt')
  await asAda(`PATCH /me/events/${made.id}`, { body: { attendees: invite(ben) } })
  expect(names()).toHaveLength(1)
  const copies = async () => (await practice.as(ben)(`GET /me/events/${copy.id}/attachments`)).body.value
  expect(await copies()).toHaveLength(1)
  await asAda(`PATCH /me/events/${made.id}`, { body: { subject: 'Update' } })
  expect(names()[1]).toEqual(['update', 'agenda.txt', 'later.txt'])
  const [first] = await copies()
  const bytes = await practice.as(ben)(`GET /me/events/${copy.id}/attachments/${first.id}/$value`)
  expect(Buffer.from(bytes.body).toString()).toBe('agenda.txt')
})

test('forwarding: the organizer hears, the newcomer gets a copy, and their answer is tracked', async () => {
  const practice = openPractice(PEOPLE)
  const made = await meeting(practice, { attendees: invite(ben) })
  const copy = await copyOf(practice, ben)
  const body = { ToRecipients: [{ emailAddress: { address: cleo.mail, name: 'Cleo' } }], Comment: 'Join us' }
  expect((await practice.as(ben)(`POST /me/events/${copy.id}/forward`, { body })).status).toBe(202)
  expect(mails(practice, cleo)).toEqual(['forward cleo@clinic.example FW: Mentoring meeting'])
  expect(mails(practice, ada)).toEqual(['message ada@clinic.example Meeting Forward Notification: Mentoring meeting'])
  const forwarded = await copyOf(practice, cleo)
  expect(forwarded.iCalUId).toBe(made.iCalUId)
  await practice.as(cleo)(`POST /me/events/${forwarded.id}/accept`, { body: {} })
  expect(answers((await practice.as(ada)(`GET /me/events/${made.id}`)).body)).toEqual(['none', 'accepted'])
  expect((await practice.as(ben)(`POST /me/events/${copy.id}/forward`, { body: { ToRecipients: [] } })).status).toBe(
    400,
  )
})

test('a room accepts when it is free and declines when it is not', async () => {
  const practice = openPractice(PEOPLE)
  const booked = await meeting(practice, { attendees: [{ ...invite(room)[0], type: 'resource' }] })
  const doubled = await meeting(practice, { attendees: [{ ...invite(room)[0], type: 'resource' }] })
  const response = async (id: string) => answers((await practice.as(ada)(`GET /me/events/${id}`)).body)
  expect([await response(booked.id), await response(doubled.id)]).toEqual([['accepted'], ['declined']])
})
