import { expect, test } from 'vitest'
import type { InboxMessage } from '../../../server/practice/graph/inbox.ts'
import { listMails } from '../../../server/practice/graph/outbox.ts'
import { APP, draft, invite, type Json, openPractice, type Practice, person } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const cleo = person('Cleo')
const HOUR = ['2026-03-03T15:00', '2026-03-03T16:00'] as const

async function shared(role?: string) {
  const practice = openPractice([ada, ben, cleo])
  const open = (
    await practice.as(ada)('POST /me/events', {
      body: draft(...HOUR, { subject: 'Open', body: { contentType: 'html', content: 'text' } }),
    })
  ).body
  const secret = (
    await practice.as(ada)('POST /me/events', { body: draft(...HOUR, { subject: 'Secret', sensitivity: 'private' }) })
  ).body
  if (role) {
    const granted = await practice.as(ada)('POST /me/calendar/calendarPermissions', {
      body: { emailAddress: { address: ben.mail, name: 'Ben' }, role },
    })
    expect(granted.status).toBe(201)
  }
  return { practice, asBen: practice.as(ben), open, secret }
}
const sharedCalendar = async (practice: Practice): Promise<Json> =>
  (await practice.as(ben)('GET /me/calendars')).body.value.find(({ owner }: Json) => owner.address === ada.mail)

test('without a role a colleague reads and writes nothing; the application reaches every mailbox', async () => {
  const { practice, asBen, open } = await shared()
  const base = `/users/${ada.id}`
  const calls = [
    `GET ${base}/events`,
    `GET ${base}/events/${open.id}`,
    `GET ${base}/calendar`,
    `GET ${base}/calendarView?startDateTime=2026-03-01&endDateTime=2026-04-01`,
    `GET ${base}/events/${open.id}/attachments`,
    `DELETE ${base}/events/${open.id}`,
    `GET ${base}/calendar/calendarPermissions`,
    `GET ${base}/calendars`,
  ]
  for (const call of calls) expect((await asBen(call)).body.error.code).toBe('ErrorAccessDenied')
  for (const [call, body] of [
    [`POST ${base}/events`, draft(...HOUR)],
    [`PATCH ${base}/events/${open.id}`, { subject: 'x' }],
    [`POST ${base}/events/${open.id}/cancel`, {}],
  ] as const) {
    const refused = await asBen(call, { body })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'ErrorAccessDenied'])
  }
  expect((await practice.as(APP)(`GET ${base}/events`)).body.value).toHaveLength(2)
  expect((await practice.as(APP)(`PATCH ${base}/events/${open.id}`, { body: { subject: 'x' } })).status).toBe(200)
})

test.each([
  ['limitedRead', ['Open', ''], ['Private appointment', '']],
  ['read', ['Open', 'text'], ['Private appointment', '']],
  ['delegateWithoutPrivateEventAccess', ['Open', 'text'], ['Private appointment', '']],
  ['delegateWithPrivateEventAccess', ['Open', 'text'], ['Secret', '']],
])('%s sees %j and of private events %j', async (role, open, secret) => {
  const { asBen } = await shared(role)
  const events = (await asBen(`GET /users/${ada.mail}/events`)).body.value
  expect(events.map((event: Json) => [event.subject, event.bodyPreview])).toEqual([open, secret])
})

test.each([
  ['read', 403, 403],
  ['write', 200, 403],
  ['delegateWithoutPrivateEventAccess', 200, 403],
  ['delegateWithPrivateEventAccess', 200, 200],
])('%s changes events (%i) and private events (%i)', async (role, open, secret) => {
  const given = await shared(role)
  const patch = (id: string) => given.asBen(`PATCH /users/${ada.id}/events/${id}`, { body: { subject: 'Changed' } })
  expect([(await patch(given.open.id)).status, (await patch(given.secret.id)).status]).toEqual([open, secret])
})

test('a delegate books for the owner: the owner organizes, the delegate only sends', async () => {
  const { practice, asBen } = await shared('delegateWithoutPrivateEventAccess')
  const calendar = await sharedCalendar(practice)
  expect(calendar).toMatchObject({
    name: 'Ada',
    canShare: false,
    canViewPrivateItems: false,
    canEdit: true,
    isDefaultCalendar: false,
  })
  const made = await asBen(`POST /me/calendars/${calendar.id}/events`, {
    body: draft(...HOUR, { attendees: invite(cleo) }),
  })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ isOrganizer: true, organizer: { emailAddress: { address: ada.mail } } })
  expect(JSON.stringify(made.body.attendees)).not.toContain(ben.mail)
  expect((await practice.as(ada)(`GET /me/events/${made.body.id}`)).status).toBe(200)
  expect((await asBen(`GET /me/events/${made.body.id}`)).body.error.code).toBe('ErrorItemNotFound')
  expect((await asBen(`GET /me/calendars/${calendar.id}/events/${made.body.id}`)).status).toBe(200)
  const [mail] = listMails(practice.state, { to: cleo.mail })
  expect(mail!.from).toBe(ada.mail)
  const [message] = practice.state.collection<InboxMessage>('messages').list()
  expect(message!.properties).toMatchObject({
    from: { emailAddress: { address: ada.mail } },
    sender: { emailAddress: { address: ben.mail } },
  })
})

test('an upload session is refused in a delegated mailbox', async () => {
  const { asBen, open } = await shared('delegateWithPrivateEventAccess')
  const body = { AttachmentItem: { attachmentType: 'file', name: 'a', size: 4_000_000 } }
  expect(
    (await asBen(`POST /users/${ada.id}/events/${open.id}/attachments/createUploadSession`, { body })).status,
  ).toBe(403)
})

test('a calendar that is shared no longer leaves the other’s list', async () => {
  const { practice } = await shared('read')
  const before = await sharedCalendar(practice)
  const [permission] = (await practice.as(ada)('GET /me/calendar/calendarPermissions')).body.value
  expect((await practice.as(ada)(`DELETE /me/calendar/calendarPermissions/${permission.id}`)).status).toBe(204)
  expect(await sharedCalendar(practice)).toBeUndefined()
  expect((await practice.as(ben)(`GET /me/calendars/${before.id}/events`)).status).toBe(404)
})

test('permissions: what is there at first, what may be set, what cannot be removed', async () => {
  const { practice } = await shared('read')
  const asAda = practice.as(ada)
  const [reader, organization] = (await asAda('GET /me/calendar/calendarPermissions')).body.value
  expect(reader).toMatchObject({
    role: 'read',
    allowedRoles: ['freeBusyRead', 'limitedRead', 'read', 'write'],
    isRemovable: true,
    isInsideOrganization: true,
    emailAddress: { name: 'Ben', address: ben.mail },
  })
  expect(organization).toEqual({
    id: 'RGVmYXVsdA==',
    isRemovable: false,
    isInsideOrganization: true,
    role: 'freeBusyRead',
    allowedRoles: ['none', 'freeBusyRead', 'limitedRead', 'read', 'write'],
    emailAddress: { name: 'My Organization' },
  })
  const base = '/me/calendar/calendarPermissions'
  expect((await asAda(`PATCH ${base}/${reader.id}`, { body: { role: 'write' } })).body.role).toBe('write')
  expect((await asAda(`PATCH ${base}/${reader.id}`, { body: { role: 'delegateWithPrivateEventAccess' } })).status).toBe(
    400,
  )
  expect((await asAda(`GET ${base}/${reader.id}`)).body.role).toBe('write')
  expect((await asAda(`DELETE ${base}/${organization.id}`)).status).toBe(400)
  expect((await asAda(`POST ${base}`, { body: { role: 'read' } })).status).toBe(400)
})

test('calendars are made, renamed and removed with what is in them; the default one stays', async () => {
  const practice = openPractice([ada])
  const asAda = practice.as(ada)
  const made = (await asAda('POST /me/calendars', { body: { name: 'Rota', color: 'LightBlue' }, unchecked: true })).body
  expect(made).toMatchObject({
    name: 'Rota',
    color: 'lightBlue',
    isDefaultCalendar: false,
    isRemovable: true,
    canEdit: true,
    owner: { address: ada.mail },
  })
  expect((await asAda('POST /me/calendars', { body: { name: 'rota' } })).status).toBe(409)
  await asAda(`POST /me/calendars/${made.id}/events`, { body: draft(...HOUR) })
  expect((await asAda('GET /me/events')).body.value).toHaveLength(1)
  expect((await asAda('GET /me/calendar/events')).body.value).toEqual([])
  expect((await asAda(`PATCH /me/calendars/${made.id}`, { body: { name: 'New' } })).body.name).toBe('New')
  expect((await asAda(`DELETE /me/calendars/${made.id}`)).status).toBe(204)
  expect((await asAda('GET /me/events')).body.value).toEqual([])
  const own = (await asAda('GET /me/calendar')).body
  expect(own).toMatchObject({
    name: 'Calendar',
    isDefaultCalendar: true,
    canShare: true,
    allowedOnlineMeetingProviders: ['teamsForBusiness'],
  })
  expect((await asAda(`DELETE /me/calendars/${own.id}`)).status).toBe(400)
  expect((await asAda('GET /me/calendars/AQMkADcnonsense')).status).toBe(404)
})
