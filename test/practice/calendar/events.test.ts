import { expect, test } from 'vitest'
import { APP, draft, invite, openPractice, person } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const nobox = person('Nobox', { hasMailbox: false })
const HOUR = ['2026-03-03T15:00', '2026-03-03T16:00'] as const

test('an event carries what Graph answers, with the documented defaults', async () => {
  const asAda = openPractice([ada]).as(ada)
  const made = await asAda('POST /me/events', { body: draft(...HOUR, { location: { displayName: "Harry's Bar" } }) })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    '@odata.context': expect.stringContaining(`/$metadata#users('${ada.id}')/events/$entity`),
    '@odata.etag': `W/"${made.body.changeKey}"`,
    subject: 'Mentoring meeting',
    type: 'singleInstance',
    showAs: 'busy',
    importance: 'normal',
    sensitivity: 'normal',
    isOrganizer: true,
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    responseRequested: true,
    allowNewTimeProposals: true,
    hideAttendees: false,
    hasAttachments: false,
    isOnlineMeeting: false,
    onlineMeeting: null,
    onlineMeetingProvider: 'unknown',
    recurrence: null,
    seriesMasterId: null,
    originalStartTimeZone: 'Eastern Standard Time',
    start: { dateTime: '2026-03-03T15:00:00.0000000', timeZone: 'Eastern Standard Time' },
    end: { dateTime: '2026-03-03T16:00:00.0000000', timeZone: 'Eastern Standard Time' },
    location: { displayName: "Harry's Bar", locationType: 'default', uniqueId: "Harry's Bar", uniqueIdType: 'private' },
    responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
    organizer: { emailAddress: { name: 'Ada', address: ada.mail } },
    attendees: [],
  })
  expect(made.body).not.toHaveProperty('transactionId')
  expect(made.body.iCalUId).toMatch(/^040000008200E00074C5B7101A82E008[0-9A-F]{80}$/)
  expect(made.body.webLink).toContain(encodeURIComponent(made.body.id))
  const [read] = [await asAda(`GET /me/events/${made.body.id}`)]
  expect(read.body.start).toEqual({ dateTime: '2026-03-03T20:00:00.0000000', timeZone: 'UTC' })
})

test('every documented path reaches the same event', async () => {
  const practice = openPractice([ada])
  const asAda = practice.as(ada)
  const { id } = (await asAda('POST /me/calendar/events', { body: draft(...HOUR) })).body
  const [calendar] = (await asAda('GET /me/calendars')).body.value
  const paths = [
    '/me',
    '/me/calendar',
    `/me/calendars/${calendar.id}`,
    `/users/${ada.id}`,
    `/users/${ada.mail}/calendar`,
  ]
  for (const path of paths) {
    expect((await asAda(`GET ${path}/events/${id}`)).body.id).toBe(id)
    expect((await asAda(`GET ${path}/events`)).body.value).toHaveLength(1)
  }
  expect((await practice.as(APP)(`GET /users/${ada.id}/events/${id}`)).body.id).toBe(id)
  expect((await asAda(`GET /me/events/${id}/calendar`)).body.id).toBe(calendar.id)
})

test('answers times in the preferred zone and says so; the zone of the query does not change', async () => {
  const asAda = openPractice([ada]).as(ada)
  const { id } = (await asAda('POST /me/events', { body: draft(...HOUR) })).body
  const prefer = 'outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text"'
  const read = await asAda(`GET /me/events/${id}`, { prefer })
  expect(read.body.start).toEqual({ dateTime: '2026-03-04T05:00:00.0000000', timeZone: 'Tokyo Standard Time' })
  expect(read.body.body.contentType).toBe('text')
  expect(read.headers['preference-applied']).toBe(
    'outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text"',
  )
  const view = await asAda('GET /me/calendarView?startDateTime=2026-03-03T20:00:00&endDateTime=2026-03-03T20:30:00', {
    prefer,
  })
  expect(view.body.value).toHaveLength(1)
  expect((await asAda(`GET /me/events/${id}`, { prefer: 'outlook.timezone="Nowhere"' })).body.error.code).toBe(
    'TimeZoneNotSupportedException',
  )
})

test('default and immutable ids differ, both resolve, and only the exact spelling does', async () => {
  const asAda = openPractice([ada]).as(ada)
  const { id } = (await asAda('POST /me/events', { body: draft(...HOUR) })).body
  const immutable = await asAda(`GET /me/events/${id}`, { prefer: 'IdType="ImmutableId"' })
  expect(immutable.headers['preference-applied']).toContain('IdType="ImmutableId"')
  expect(immutable.body.id).not.toBe(id)
  expect((await asAda(`GET /me/events/${immutable.body.id}`)).body.id).toBe(id)
  const swapped = id.replace(/[a-z](?=[^a-z]*$)/, (letter: string) => letter.toUpperCase())
  expect((await asAda(`GET /me/events/${swapped}`)).body.error.code).toBe('ErrorItemNotFound')
  const translated = await asAda('POST /me/translateExchangeIds', {
    body: { inputIds: [id, 'nonsense'], sourceIdType: 'restId', targetIdType: 'restImmutableEntryId' },
    unchecked: true,
  })
  expect(translated.body.value).toEqual([
    { sourceId: id, targetId: immutable.body.id },
    { sourceId: 'nonsense', errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' } },
  ])
})

test('every change gives a new version, and a stale If-Match is refused', async () => {
  const asAda = openPractice([ada]).as(ada)
  const made = (await asAda('POST /me/events', { body: draft(...HOUR) })).body
  const first = { 'if-match': made['@odata.etag'] }
  const changed = await asAda(`PATCH /me/events/${made.id}`, { body: { subject: 'New' }, headers: first })
  expect(changed.status).toBe(200)
  expect(changed.body.changeKey).not.toBe(made.changeKey)
  const stale = await asAda(`PATCH /me/events/${made.id}`, { body: { subject: 'Lost' }, headers: first })
  expect([stale.status, stale.body.error.code]).toEqual([412, 'ErrorIrresolvableConflict'])
  expect((await asAda(`DELETE /me/events/${made.id}`, { headers: first })).status).toBe(412)
  expect((await asAda(`GET /me/events/${made.id}`)).body.subject).toBe('New')
  expect((await asAda(`DELETE /me/events/${made.id}`, { headers: { 'if-match': '*' } })).status).toBe(204)
  expect((await asAda(`GET /me/events/${made.id}`)).status).toBe(404)
})

test('an update keeps what the body does not name', async () => {
  const asAda = openPractice([ada]).as(ada)
  const made = (
    await asAda('POST /me/events', {
      body: draft(...HOUR, { categories: ['Red'], body: { contentType: 'html', content: 'x' } }),
    })
  ).body
  const changed = (await asAda(`PATCH /me/events/${made.id}`, { body: { showAs: 'oof', sensitivity: 'private' } })).body
  expect(changed).toMatchObject({
    subject: made.subject,
    categories: ['Red'],
    bodyPreview: 'x',
    showAs: 'oof',
    sensitivity: 'private',
  })
  const moved = (
    await asAda(`PATCH /me/events/${made.id}`, {
      body: { end: { dateTime: '2026-03-03T17:00', timeZone: 'Eastern Standard Time' } },
    })
  ).body
  expect([moved.start.dateTime, moved.end.dateTime]).toEqual([
    '2026-03-03T20:00:00.0000000',
    '2026-03-03T22:00:00.0000000',
  ])
})

test.each([
  [
    'no start',
    { subject: 'x', end: { dateTime: '2026-03-03T16:00', timeZone: 'UTC' } },
    'ErrorPropertyValidationFailure',
  ],
  [
    'an end before the start',
    draft('2026-03-03T16:00', '2026-03-03T15:00'),
    'ErrorCalendarEndDateIsEarlierThanStartDate',
  ],
  ['an unknown property', draft(...HOUR, { colour: 'red' }), 'RequestBodyRead'],
  ['an unknown property inside a property', draft(...HOUR, { location: { name: 'x' } }), 'RequestBodyRead'],
  ['the beta property uid', draft(...HOUR, { uid: 'x' }), 'RequestBodyRead'],
  ['a value of the wrong type', draft(...HOUR, { subject: 7 }), 'RequestBodyRead'],
  ['an unknown enum value', draft(...HOUR, { showAs: 'away' }), 'RequestBodyRead'],
  [
    'an attendee without address',
    draft(...HOUR, { attendees: [{ emailAddress: { name: 'x' } }] }),
    'ErrorInvalidRecipients',
  ],
  ['no date-time', draft('soon', '2026-03-03T15:00'), 'ErrorPropertyValidationFailure'],
  ['31 April', draft('2026-04-31T15:00', '2026-05-01T15:00'), 'ErrorPropertyValidationFailure'],
  ['an all-day event off midnight', draft(...HOUR, { isAllDay: true }), 'ErrorPropertyValidationFailure'],
  [
    'an extended property with an id of no known form',
    draft(...HOUR, { singleValueExtendedProperties: [{ id: 'MentorKey', value: 'x' }] }),
    'ErrorPropertyValidationFailure',
  ],
  ['an open extension without name', draft(...HOUR, { extensions: [{ key: 1 }] }), 'ErrorPropertyValidationFailure'],
  [
    'a meeting provider that the calendar does not allow',
    draft(...HOUR, { isOnlineMeeting: true, onlineMeetingProvider: 'skypeForConsumer' }),
    'ErrorPropertyValidationFailure',
  ],
])('refuses an event with %s', async (_name, body, code) => {
  const practice = openPractice([ada])
  const refused = await practice.as(ada)('POST /me/events', { body })
  expect([refused.status, refused.body.error.code]).toEqual([400, code])
  expect((await practice.as(ada)('GET /me/events')).body.value).toEqual([])
})

test('takes 500 attendees and no more', async () => {
  const asAda = openPractice([ada]).as(ada)
  const attendees = Array.from({ length: 501 }, (_, index) => ({
    emailAddress: { address: `p${index}@other.example` },
  }))
  expect((await asAda('POST /me/events', { body: draft(...HOUR, { attendees }) })).status).toBe(400)
  expect((await asAda('POST /me/events', { body: draft(...HOUR, { attendees: attendees.slice(1) }) })).status).toBe(201)
})

test('takes enums and property names in any case and answers the schema spelling', async () => {
  const asAda = openPractice([ada]).as(ada)
  const body = draft(...HOUR, {
    ShowAs: 'OOF',
    importance: 'High',
    body: { ContentType: 'HTML', content: 'x' },
    attendees: [{ emailAddress: { address: ben.mail }, type: 'Optional' }],
  })
  const made = (await asAda('POST /me/events', { body, unchecked: true })).body
  expect(made).toMatchObject({
    showAs: 'oof',
    importance: 'high',
    body: { contentType: 'html' },
    attendees: [{ type: 'optional' }],
  })
})

test('keeps the body as a whole HTML document and strips scripts on read', async () => {
  const asAda = openPractice([ada]).as(ada)
  const content = 'Hello <b onclick="x()">you</b><script>steal()</script><br>bye'
  const { id, body, bodyPreview } = (
    await asAda('POST /me/events', { body: draft(...HOUR, { body: { contentType: 'html', content } }) })
  ).body
  expect(body.content).toMatch(
    /^<html>\r\n<head>\r\n<meta [^>]*>\r\n<\/head>\r\n<body>\r\nHello <b>you<\/b><br>bye\r\n<\/body>\r\n<\/html>\r\n$/,
  )
  expect(bodyPreview).toBe('Hello you\r\nbye')
  const unsafe = await asAda(`GET /me/events/${id}`, { prefer: 'outlook.allow-unsafe-html' })
  expect(unsafe.body.body.content).toContain('<script>')
  const text = draft(...HOUR, { body: { contentType: 'text', content: 'a < b\nc & d' } })
  const plain = (await asAda('POST /me/events', { body: text })).body
  expect(plain.body.contentType).toBe('html')
  expect(
    (await asAda(`GET /me/events/${plain.id}`, { prefer: 'outlook.body-content-type="text"' })).body.body.content,
  ).toBe('a < b\r\nc & d')
})

test('location and locations correspond', async () => {
  const asAda = openPractice([ada]).as(ada)
  const locations = [{ displayName: 'Room 3' }, { displayName: 'Cafe', address: { city: 'Redmond' } }]
  const made = (await asAda('POST /me/events', { body: draft(...HOUR, { locations }) })).body
  expect(made.location.displayName).toBe('Room 3; Cafe')
  expect(made.locations).toHaveLength(2)
  const changed = (await asAda(`PATCH /me/events/${made.id}`, { body: { location: { displayName: 'Only here' } } }))
    .body
  expect(changed.locations.map((one: { displayName: string }) => one.displayName)).toEqual(['Only here'])
})

test('all-day events float at midnight whatever zone is asked for', async () => {
  const asAda = openPractice([ada]).as(ada)
  const { id } = (
    await asAda('POST /me/events', { body: draft('2026-03-03T00:00', '2026-03-04T00:00', { isAllDay: true }) })
  ).body
  const read = await asAda(`GET /me/events/${id}`, { prefer: 'outlook.timezone="Tokyo Standard Time"' })
  expect(read.body.start.dateTime).toBe('2026-03-03T00:00:00.0000000')
})

test('a repeated POST with one transactionId makes one event, or is refused, by switch', async () => {
  const body = draft(...HOUR, { transactionId: 'T-1' })
  const first = openPractice([ada, ben]).as(ada)
  const made = await first('POST /me/events', { body })
  expect(made.body.transactionId).toBe('T-1')
  const again = await first('POST /me/events', { body: { transactionId: 'T-1', ...draft(...HOUR) } })
  expect([again.status, again.body.id]).toEqual([201, made.body.id])
  expect((await first('GET /me/events')).body.value).toHaveLength(1)
  const other = await first('POST /me/events', { body: { ...body, subject: 'Other' } })
  expect([other.status, other.body.error.code, other.body.error['@event.existingEventId']]).toEqual([
    409,
    'ErrorDuplicateTransactionId',
    made.body.id,
  ])

  const refusing = openPractice([ada], { repeatedTransaction: 'refuse' }).as(ada)
  const one = await refusing('POST /me/events', { body })
  const two = await refusing('POST /me/events', { body })
  expect([two.status, two.body.error['@event.existingEventId']]).toEqual([409, one.body.id])

  const forgetful = openPractice([ada], { transactionMemory: false }).as(ada)
  await forgetful('POST /me/events', { body })
  await forgetful('POST /me/events', { body })
  expect((await forgetful('GET /me/events')).body.value).toHaveLength(2)
})

test('one transactionId in two mailboxes makes two events', async () => {
  const practice = openPractice([ada, ben])
  const body = draft(...HOUR, { transactionId: 'T-1' })
  const ids = [await practice.as(ada)('POST /me/events', { body }), await practice.as(ben)('POST /me/events', { body })]
  expect(ids.map(({ status }) => status)).toEqual([201, 201])
})

test('attachments in the body of a POST are ignored', async () => {
  const asAda = openPractice([ada]).as(ada)
  const attachments = [{ '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentBytes: 'YQ==' }]
  const made = await asAda('POST /me/events', { body: draft(...HOUR, { attachments }) })
  expect([made.status, made.body.hasAttachments]).toEqual([201, false])
  expect((await asAda(`GET /me/events/${made.body.id}/attachments`)).body.value).toEqual([])
})

test('an online meeting gets a join link in the body, and losing the block takes it offline', async () => {
  const asAda = openPractice([ada]).as(ada)
  const online = {
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    body: { contentType: 'html', content: '<p>Agenda</p>' },
  }
  const made = (await asAda('POST /me/events', { body: draft(...HOUR, online) })).body
  expect(made.isOnlineMeeting).toBe(true)
  expect(made.onlineMeeting.joinUrl).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//)
  expect(made.body.content).toContain(made.onlineMeeting.joinUrl)
  const kept = made.body.content.replace('Agenda', 'Longer agenda')
  const merged = (
    await asAda(`PATCH /me/events/${made.id}`, { body: { body: { contentType: 'html', content: kept } } })
  ).body
  expect([merged.isOnlineMeeting, merged.bodyPreview.startsWith('Longer agenda')]).toEqual([true, true])
  const stubborn = (await asAda(`PATCH /me/events/${made.id}`, { body: { isOnlineMeeting: false } })).body
  expect(stubborn.isOnlineMeeting).toBe(true)
  const lost = (await asAda(`PATCH /me/events/${made.id}`, { body: { body: { contentType: 'html', content: 'New' } } }))
    .body
  expect([lost.isOnlineMeeting, lost.onlineMeeting, lost.onlineMeetingProvider]).toEqual([false, null, 'unknown'])
  const later = (await asAda(`PATCH /me/events/${made.id}`, { body: { isOnlineMeeting: true } })).body
  expect(later.body.content).toContain(later.onlineMeeting.joinUrl)
})

test('extended properties come only when expanded by id and are found by id and value', async () => {
  const asAda = openPractice([ada]).as(ada)
  const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name MentorKey'
  const keyed = (key: string) => draft(...HOUR, { subject: key, singleValueExtendedProperties: [{ id, value: key }] })
  const made = (await asAda('POST /me/events', { body: keyed('s1:1') })).body
  await asAda('POST /me/events', { body: keyed('s2:1') })
  expect(made).not.toHaveProperty('singleValueExtendedProperties')
  const find = (wanted: string) =>
    asAda(
      `GET /me/events?$filter=${encodeURIComponent(`singleValueExtendedProperties/any(ep:ep/id eq '${wanted}' and ep/value eq 'S1:1')`)}&$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${id}')`)}`,
    )
  for (const spelling of [id, id.replace(/\{.*\}/, (guid) => guid.toUpperCase())]) {
    const found = await find(spelling)
    expect(found.body.value.map((event: { subject: string }) => event.subject)).toEqual(['s1:1'])
    expect(found.body.value[0].singleValueExtendedProperties).toEqual([{ id, value: 's1:1' }])
  }
  expect((await find(id.replace('MentorKey', 'mentorkey'))).body.value).toEqual([])
  expect((await asAda(`GET /me/events/${made.id}?$expand=singleValueExtendedProperties`)).status).toBe(400)
})

test('open extensions: in the create body, by bare and full name, changed and removed', async () => {
  const asAda = openPractice([ada]).as(ada)
  const extension = {
    '@odata.type': 'microsoft.graph.openTypeExtension',
    extensionName: 'Com.Contoso.Deal',
    dealValue: 3,
  }
  const made = (await asAda('POST /me/events', { body: draft(...HOUR, { extensions: [extension] }) })).body
  const base = `/me/events/${made.id}/extensions`
  const full = 'Microsoft.OutlookServices.OpenTypeExtension.Com.Contoso.Deal'
  for (const name of ['Com.Contoso.Deal', full, 'microsoft.graph.openTypeExtension.Com.Contoso.Deal']) {
    expect((await asAda(`GET ${base}/${name}`)).body).toMatchObject({
      id: full,
      extensionName: 'Com.Contoso.Deal',
      dealValue: 3,
    })
    const expanded = await asAda(
      `GET /me/events/${made.id}?$expand=${encodeURIComponent(`extensions($filter=id eq '${name}')`)}`,
    )
    expect(expanded.body.extensions).toHaveLength(1)
    const found = await asAda(`GET /me/events?$filter=${encodeURIComponent(`Extensions/any(f:f/id eq '${name}')`)}`)
    expect(found.body.value).toHaveLength(1)
  }
  expect((await asAda(`POST ${base}`, { body: extension })).status).toBe(409)
  const changed = await asAda(`PATCH ${base}/Com.Contoso.Deal`, { body: { dealValue: 4, companyName: 'X' } })
  expect(changed.body).toMatchObject({ dealValue: 4, companyName: 'X', extensionName: 'Com.Contoso.Deal' })
  const second = await asAda(`POST ${base}`, { body: { ...extension, extensionName: 'Com.Contoso.Other' } })
  expect(second.status).toBe(201)
  expect((await asAda(`DELETE ${base}/${full}`)).status).toBe(204)
  expect((await asAda(`GET ${base}`)).body.value.map((one: { extensionName: string }) => one.extensionName)).toEqual([
    'Com.Contoso.Other',
  ])
  expect((await asAda(`GET ${base}/${full}`)).status).toBe(404)
})

test('a directory user without a mailbox has no calendar', async () => {
  const practice = openPractice([ada, nobox])
  for (const call of [
    `GET /users/${nobox.id}/events`,
    `GET /users/${nobox.id}/calendar`,
    `POST /users/${nobox.id}/events`,
  ]) {
    const refused = await practice.as(APP)(call, { body: call.startsWith('POST') ? draft(...HOUR) : undefined })
    expect([refused.status, refused.body.error.code]).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
  }
})

test('an event of one mailbox is not found in another', async () => {
  const practice = openPractice([ada, ben])
  const { id } = (await practice.as(ada)('POST /me/events', { body: draft(...HOUR) })).body
  expect((await practice.as(ben)(`GET /me/events/${id}`)).body.error.code).toBe('ErrorItemNotFound')
})

test('reminders: dismissing turns them off, snoozing needs a time', async () => {
  const asAda = openPractice([ada]).as(ada)
  const { id } = (await asAda('POST /me/events', { body: draft(...HOUR) })).body
  const newReminderTime = { dateTime: '2026-03-03T14:55:00', timeZone: 'Eastern Standard Time' }
  expect(
    (await asAda(`POST /me/events/${id}/snoozeReminder`, { body: { NewReminderTime: newReminderTime } })).status,
  ).toBe(200)
  expect((await asAda(`POST /me/events/${id}/snoozeReminder`, { body: {} })).status).toBe(400)
  expect((await asAda(`POST /me/events/${id}/dismissReminder`)).status).toBe(200)
  expect((await asAda(`GET /me/events/${id}`)).body.isReminderOn).toBe(false)
})

test('permanentDelete removes for good', async () => {
  const asAda = openPractice([ada, ben]).as(ada)
  const { id } = (await asAda('POST /me/events', { body: draft(...HOUR, { attendees: invite(ben) }) })).body
  expect((await asAda(`POST /me/events/${id}/permanentDelete`)).status).toBe(204)
  expect((await asAda(`GET /me/events/${id}`)).status).toBe(404)
})
