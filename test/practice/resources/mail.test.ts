import { afterAll, beforeAll, expect, test } from 'vitest'
import { graphExchangeFaults } from '../../contract/graph-schema.ts'
import { ADA, BEN, CLEO, type GraphCallOptions, NORA, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

async function call(method: string, path: string, options: GraphCallOptions = {}) {
  const answer = await practice.graph(method, path, options)
  const body = answer.payload === '' ? undefined : answer.json()
  const sent = answer.statusCode < 400 ? options.body : undefined
  expect(graphExchangeFaults(method, path, sent, answer.statusCode, body)).toEqual([])
  return { status: answer.statusCode, body }
}
const to = (...addresses: string[]) => addresses.map((address) => ({ emailAddress: { address } }))
const outbox = async (address?: string) =>
  (
    await practice.app.inject(`/practice/outbox${address === undefined ? '' : `?to=${encodeURIComponent(address)}`}`)
  ).json()

test('sends one mail to each recipient, with its attachment, and keeps a copy', async () => {
  const message = {
    subject: 'Reminder',
    body: { contentType: 'html', content: '<p>Tomorrow at <b>10</b></p>' },
    toRecipients: to(BEN.mail, 'outside@elsewhere.example'),
    bccRecipients: to(CLEO.mail),
    attachments: [
      {
        '@odata.type': '#microsoft.graph.fileAttachment',
        name: 'a.txt',
        contentType: 'text/plain',
        contentBytes: 'SGVsbG8=',
      },
    ],
  }
  expect((await call('POST', '/me/sendMail', { body: { message } })).status).toBe(202)
  expect(await outbox(BEN.mail)).toMatchObject([
    {
      from: ADA.mail,
      to: BEN.mail,
      subject: 'Reminder',
      kind: 'message',
      sentAt: '2026-03-02T15:00:00.0000000Z',
      body: expect.stringContaining('<b>10</b>'),
      bodyText: 'Tomorrow at 10',
      attachments: [{ name: 'a.txt', contentType: 'text/plain', contentBytes: 'SGVsbG8=' }],
    },
  ])
  expect(await outbox('outside@elsewhere.example')).toHaveLength(1)
  expect(await outbox()).toHaveLength(3)
  const inbox = (await call('GET', '/me/messages', { as: BEN })).body.value
  expect(inbox).toMatchObject([
    {
      subject: 'Reminder',
      isRead: false,
      isDraft: false,
      hasAttachments: true,
      from: { emailAddress: { address: ADA.mail, name: ADA.displayName } },
      toRecipients: [{ emailAddress: { address: BEN.mail, name: BEN.displayName } }, {}],
      bccRecipients: [],
    },
  ])
  const attachments = (await call('GET', `/me/messages/${inbox[0].id}/attachments`, { as: BEN })).body.value
  expect(attachments).toMatchObject([{ name: 'a.txt', size: 5, contentBytes: 'SGVsbG8=' }])
  expect((await call('GET', '/me/messages')).body.value).toMatchObject([
    { subject: 'Reminder', isRead: true, bccRecipients: [{ emailAddress: { address: CLEO.mail } }] },
  ])
})

test('keeps no copy where the sender wants none', async () => {
  const message = { subject: 'No copy', toRecipients: to(BEN.mail) }
  await call('POST', '/me/sendMail', { body: { message, saveToSentItems: false } })
  const subjects = (await call('GET', '/me/messages')).body.value.map(({ subject }: { subject: string }) => subject)
  expect(subjects).not.toContain('No copy')
})

test('sends for the mailbox that the path names when the application asks', async () => {
  const message = { subject: 'From the service', toRecipients: to(BEN.mail) }
  await call('POST', `/users/${CLEO.id}/sendMail`, { as: 'service', body: { message } })
  expect((await outbox(BEN.mail))[0]).toMatchObject({ subject: 'From the service', from: CLEO.mail })
})

test('sends nothing of a message that is not right', async () => {
  const before = (await outbox()).length
  for (const body of [
    {},
    { message: {} },
    { message: { toRecipients: [] } },
    { message: { toRecipients: to('nobody') } },
    { message: { toRecipients: to(BEN.mail), colour: 'red' } },
    { message: { toRecipients: to(BEN.mail), attachments: [{ name: 'x', contentBytes: '***' }] } },
    { message: { toRecipients: to(BEN.mail) }, later: true },
  ]) {
    expect.soft((await practice.graph('POST', '/me/sendMail', { body })).statusCode, JSON.stringify(body)).toBe(400)
  }
  expect((await practice.graph('POST', '/me/sendMail', { as: NORA, body: {} })).statusCode).toBe(404)
  expect(await outbox()).toHaveLength(before)
})

test('shows a message as text where the client prefers it', async () => {
  const { id } = (
    await call('POST', '/me/messages', { body: { body: { contentType: 'html', content: '<p>One</p><p>Two</p>' } } })
  ).body
  const answer = await practice.graph('GET', `/me/messages/${id}`, {
    headers: { prefer: 'outlook.body-content-type="text"' },
  })
  expect(answer.json().body).toEqual({ contentType: 'text', content: 'One\r\nTwo' })
  expect(answer.headers['preference-applied']).toContain('outlook.body-content-type="text"')
})

test('changes drafts, and of received messages only what is the reader’s own', async () => {
  const { id } = (await call('POST', '/me/messages', { body: { subject: 'Draft' } })).body
  expect((await call('PATCH', `/me/messages/${id}`, { body: { subject: 'Changed' } })).body.subject).toBe('Changed')
  await call('POST', '/me/sendMail', { as: BEN, body: { message: { subject: 'Hello', toRecipients: to(ADA.mail) } } })
  const received = (await call('GET', "/me/messages?$filter=subject eq 'Hello'".replaceAll(' ', '%20'))).body.value[0]
  const read = await call('PATCH', `/me/messages/${received.id}`, {
    body: { isRead: true, categories: ['Red category'] },
  })
  expect(read.body).toMatchObject({ isRead: true, categories: ['Red category'] })
  expect(read.body.changeKey).not.toBe(received.changeKey)
  expect((await practice.graph('PATCH', `/me/messages/${received.id}`, { body: { subject: 'Mine' } })).statusCode).toBe(
    400,
  )
  const stale = { 'if-match': received['@odata.etag'] }
  expect((await practice.graph('DELETE', `/me/messages/${received.id}`, { headers: stale })).statusCode).toBe(412)
  expect((await practice.graph('GET', `/me/messages/${received.id}`, { as: BEN })).statusCode).toBe(404)
  expect((await call('DELETE', `/me/messages/${received.id}`)).status).toBe(204)
  expect((await practice.graph('GET', `/me/messages/${received.id}`)).statusCode).toBe(404)
})

test('finds messages by extended property, and shows it only when asked', async () => {
  const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color'
  const properties = { singleValueExtendedProperties: [{ id, value: 'Green' }] }
  const made = (await call('POST', '/me/messages', { body: { subject: 'Tagged', ...properties } })).body
  expect(made).not.toHaveProperty('singleValueExtendedProperties')
  const filter = `singleValueExtendedProperties/any(ep: ep/id eq '${id}' and ep/value eq 'green')`
  const expand = `singleValueExtendedProperties($filter=id eq '${id}')`
  const { value } = (
    await call(
      'GET',
      `/me/messages?$filter=${encodeURIComponent(filter)}&$expand=${encodeURIComponent(expand)}&$select=subject`,
    )
  ).body
  expect(value).toMatchObject([{ id: made.id, subject: 'Tagged', ...properties }])
})

test('puts invitations into inboxes as event messages that lead to the reader’s own event', async () => {
  const event = (
    await practice.graph('POST', '/me/events', {
      body: {
        subject: 'Mentoring meeting',
        start: { dateTime: '2026-03-10T10:00:00', timeZone: 'UTC' },
        end: { dateTime: '2026-03-10T11:00:00', timeZone: 'UTC' },
        attendees: [{ emailAddress: { address: CLEO.mail } }],
      },
    })
  ).json()
  const { value } = (await call('GET', '/me/messages?$expand=microsoft.graph.eventMessage/event', { as: CLEO })).body
  const invitation = value.find(({ subject }: { subject: string }) => subject === 'Mentoring meeting')
  expect(invitation).toMatchObject({
    '@odata.type': '#microsoft.graph.eventMessageRequest',
    meetingMessageType: 'meetingRequest',
  })
  expect(invitation.event).toMatchObject({ isOrganizer: false, iCalUId: event.iCalUId })
  const direct = await practice.graph('GET', `/me/messages/${invitation.id}/microsoft.graph.eventMessage/event`, {
    as: CLEO,
  })
  expect(direct.json().id).toBe(invitation.event.id)
})

test('takes a large file on a draft in ranges, without a token', async () => {
  const { id } = (await call('POST', '/me/messages', { body: { subject: 'Large' } })).body
  const size = 3 * 1024 * 1024 + 10
  const AttachmentItem = { attachmentType: 'file', name: 'big.bin', size }
  const session = (
    await practice.graph('POST', `/me/messages/${id}/attachments/createUploadSession`, { body: { AttachmentItem } })
  ).json()
  const url = session.uploadUrl.replace('http://practice.test', '')
  const put = (start: number, end: number) =>
    practice.app.inject({
      method: 'PUT',
      url,
      headers: { 'content-range': `bytes ${start}-${end}/${size}` },
      payload: Buffer.alloc(end - start + 1, 7),
    })
  expect((await put(10, 19)).statusCode).toBe(416)
  const half = 2 * 1024 * 1024
  expect((await put(0, half - 1)).json()).toMatchObject({ nextExpectedRanges: [`${half}-`] })
  const last = await put(half, size - 1)
  expect(last.statusCode).toBe(201)
  expect(last.headers.location).toContain('/attachments(')
  const { value } = (await call('GET', `/me/messages/${id}/attachments`)).body
  expect(value).toMatchObject([{ name: 'big.bin', size }])
  expect(Buffer.from(value[0].contentBytes, 'base64').length).toBe(size)
  expect((await put(0, 1)).statusCode).toBe(404)
})

test('lists the outbox newest first', async () => {
  for (const subject of ['first', 'second']) {
    await call('POST', '/me/sendMail', { body: { message: { subject, toRecipients: to('later@elsewhere.example') } } })
  }
  expect((await outbox('LATER@elsewhere.example')).map(({ subject }: { subject: string }) => subject)).toEqual([
    'second',
    'first',
  ])
})
