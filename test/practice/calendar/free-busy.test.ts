import { expect, test } from 'vitest'
import { APP, draft, invite, type Json, openPractice, type Practice, person } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben', {
  timeZone: 'Newfoundland Standard Time',
  workingHours: { daysOfWeek: ['monday'], startTime: '09:30', endTime: '15:00' },
})
const nobox = person('Nobox', { hasMailbox: false })
const ZONE = 'Eastern Standard Time'
const at = (dateTime: string, timeZone = ZONE) => ({ dateTime, timeZone })
const DAY = { startTime: at('2026-03-03T09:00:00'), endTime: at('2026-03-03T18:00:00') }
const PREFER = { prefer: `outlook.timezone="${ZONE}"` }

const add = (practice: Practice, who: typeof ada, from: string, to: string, more = {}) =>
  practice.as(who)('POST /me/events', { body: draft(`2026-03-03T${from}`, `2026-03-03T${to}`, more) })
const schedule = (
  practice: Practice,
  body: Readonly<Record<string, unknown>>,
  caller: Parameters<Practice['as']>[0] = ada,
  path = '/me',
) => practice.as(caller)(`POST ${path}/calendar/getSchedule`, { body: { ...DAY, ...body }, ...PREFER })

test('answers items, merged view and working hours for each address, in order', async () => {
  const practice = openPractice([ada, ben])
  await add(practice, ada, '12:00', '14:00', { subject: 'Lunch', location: { displayName: "Harry's Bar" } })
  await add(practice, ben, '08:30', '09:30')
  await add(practice, ben, '12:00', '14:00')
  await add(practice, ben, '12:00', '13:00', { showAs: 'tentative' })
  await add(practice, ben, '16:00', '17:00', { showAs: 'tentative' })
  const { status, body, headers } = await schedule(practice, {
    schedules: [ada.mail, ben.mail],
    availabilityViewInterval: 60,
  })
  expect([status, headers['preference-applied']]).toEqual([200, `outlook.timezone="${ZONE}"`])
  expect(body.value.map(({ scheduleId, availabilityView }: Json) => [scheduleId, availabilityView])).toEqual([
    [ada.mail, '000220000'],
    [ben.mail, '200220010'],
  ])
  expect(body.value[0].scheduleItems).toEqual([
    {
      isPrivate: false,
      status: 'busy',
      subject: 'Lunch',
      location: "Harry's Bar",
      start: at('2026-03-03T12:00:00.0000000'),
      end: at('2026-03-03T14:00:00.0000000'),
    },
  ])
  expect(body.value[1].scheduleItems[0]).toEqual({
    status: 'busy',
    start: at('2026-03-03T08:30:00.0000000'),
    end: at('2026-03-03T09:30:00.0000000'),
  })
  expect(body.value[1].workingHours).toEqual({
    daysOfWeek: ['monday'],
    startTime: '09:30:00.0000000',
    endTime: '15:00:00.0000000',
    timeZone: { name: 'Newfoundland Standard Time' },
  })
})

test('items are in UTC where no zone is preferred', async () => {
  const practice = openPractice([ada])
  await add(practice, ada, '12:00', '14:00')
  const { body } = await practice.as(ada)('POST /me/calendar/getSchedule', { body: { ...DAY, schedules: [ada.mail] } })
  expect(body.value[0].scheduleItems[0].start).toEqual({ dateTime: '2026-03-03T17:00:00.0000000', timeZone: 'UTC' })
})

test('digits: free and working elsewhere 0, tentative 1, busy 2, away 3; half-hours by default', async () => {
  const practice = openPractice([ada])
  for (const [from, to, showAs] of [
    ['09:00', '09:30', 'free'],
    ['09:30', '10:00', 'workingElsewhere'],
    ['10:00', '10:30', 'tentative'],
    ['10:30', '11:00', 'busy'],
    ['10:45', '11:30', 'oof'],
  ] as const) {
    await add(practice, ada, from, to, { showAs })
  }
  const { body } = await schedule(practice, { schedules: [ada.mail], endTime: at('2026-03-03T12:00:00') })
  expect(body.value[0].availabilityView).toBe('001330')
  expect(body.value[0].scheduleItems.map(({ status }: Json) => status)).toEqual([
    'free',
    'workingElsewhere',
    'tentative',
    'busy',
    'oof',
  ])
})

test('series, invitations not yet answered and called-off meetings count as they are shown', async () => {
  const practice = openPractice([ada, ben])
  const recurrence = {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'numbered', startDate: '2026-03-01', numberOfOccurrences: 9 },
  }
  await practice.as(ada)('POST /me/events', { body: draft('2026-03-01T10:00', '2026-03-01T11:00', { recurrence }) })
  const made = (await add(practice, ada, '13:00', '14:00', { attendees: invite(ben) })).body
  const view = async () =>
    (await schedule(practice, { schedules: [ada.mail, ben.mail], availabilityViewInterval: 60 })).body.value.map(
      (one: Json) => one.availabilityView,
    )
  expect(await view()).toEqual(['020020000', '000010000'])
  await practice.as(ada)(`POST /me/events/${made.id}/cancel`, { body: {} })
  expect(await view()).toEqual(['020000000', '000000000'])
})

test('only the default calendar counts', async () => {
  const practice = openPractice([ada])
  const other = (await practice.as(ada)('POST /me/calendars', { body: { name: 'Private' } })).body
  await practice.as(ada)(`POST /me/calendars/${other.id}/events`, {
    body: draft('2026-03-03T12:00', '2026-03-03T13:00'),
  })
  expect((await schedule(practice, { schedules: [ada.mail] })).body.value[0].scheduleItems).toEqual([])
})

test('an address that cannot be resolved has its error in its own entry', async () => {
  const practice = openPractice([ada, nobox])
  const { status, body } = await schedule(practice, { schedules: ['ghost@clinic.example', nobox.mail, ada.mail] })
  expect(status).toBe(200)
  expect(body.value.map(({ error }: Json) => error?.responseCode)).toEqual(['5009', '5009', undefined])
})

test('subjects show as far as the owner shares them, also to the application', async () => {
  const practice = openPractice([ada, ben])
  await add(practice, ben, '12:00', '13:00', { subject: 'Open' })
  await add(practice, ben, '14:00', '15:00', { subject: 'Secret', sensitivity: 'private' })
  const items = async (caller: Parameters<Practice['as']>[0]) =>
    (await schedule(practice, { schedules: [ben.mail] }, caller, `/users/${ada.id}`)).body.value[0].scheduleItems.map(
      ({ subject }: Json) => subject,
    )
  expect(await items(ada)).toEqual([undefined, undefined])
  const [organization] = (await practice.as(ben)('GET /me/calendar/calendarPermissions')).body.value
  await practice.as(ben)(`PATCH /me/calendar/calendarPermissions/${organization.id}`, { body: { role: 'limitedRead' } })
  expect(await items(ada)).toEqual(['Open', undefined])
  expect(await items(APP)).toEqual(['Open', undefined])
})

test.each([
  ['no schedules', { schedules: [] }, 'ErrorPropertyValidationFailure'],
  [
    '21 schedules',
    { schedules: Array.from({ length: 21 }, (_, index) => `p${index}@x.example`) },
    'ErrorMailboxDataArrayTooBig',
  ],
  ['62 days', { schedules: ['a@x.example'], endTime: at('2026-05-04T10:00:00') }, 'ErrorTimeIntervalTooBig'],
  [
    'an end before the start',
    { schedules: ['a@x.example'], endTime: at('2026-03-03T08:00:00') },
    'ErrorInvalidTimeInterval',
  ],
  [
    'an interval of 4 minutes',
    { schedules: ['a@x.example'], availabilityViewInterval: 4 },
    'ErrorInvalidMergedFreeBusyInterval',
  ],
  [
    'an interval of over a day',
    { schedules: ['a@x.example'], availabilityViewInterval: 1441 },
    'ErrorInvalidMergedFreeBusyInterval',
  ],
  [
    'an unknown zone',
    { schedules: ['a@x.example'], startTime: at('2026-03-03T08:00:00', 'Mars') },
    'TimeZoneNotSupportedException',
  ],
  ['an unknown parameter', { schedules: ['a@x.example'], subject: true }, 'RequestBodyRead'],
])('getSchedule refuses %s', async (_name, body, code) => {
  const refused = await schedule(openPractice([ada]), body)
  expect([refused.status, refused.body.error.code]).toEqual([400, code])
})

test('61 days and 20 people are taken, parameter names in any case', async () => {
  const practice = openPractice([ada])
  const body = {
    Schedules: Array.from({ length: 20 }, () => ada.mail),
    StartTime: DAY.startTime,
    EndTime: at('2026-05-03T10:00:00'),
    availabilityViewInterval: '15',
  }
  const { status } = await practice.as(ada)('POST /me/calendar/getschedule', { body, unchecked: true })
  expect(status).toBe(200)
})

const find = (practice: Practice, more: Readonly<Record<string, unknown>> = {}) =>
  practice.as(ada)('POST /me/findMeetingTimes', {
    body: {
      attendees: [{ type: 'required', emailAddress: { address: ben.mail } }],
      timeConstraint: {
        activityDomain: 'work',
        timeSlots: [{ start: at('2026-03-03T08:00:00'), end: at('2026-03-03T12:00:00') }],
      },
      meetingDuration: 'PT1H',
      ...more,
    },
    ...PREFER,
  })
const found = (reply: { body: Json }) =>
  reply.body.meetingTimeSuggestions.map(({ meetingTimeSlot }: Json) => meetingTimeSlot.start.dateTime.slice(11, 16))

test('findMeetingTimes gives slots in which both are free', async () => {
  const practice = openPractice([ada, ben])
  await add(practice, ada, '08:00', '09:00')
  await add(practice, ben, '10:00', '11:00')
  const reply = await find(practice, { returnSuggestionReasons: true })
  expect(reply.status).toBe(200)
  expect(found(reply)).toEqual(['09:00', '11:00'])
  expect(reply.body.emptySuggestionsReason).toBe('')
  expect(reply.body.meetingTimeSuggestions[0]).toMatchObject({
    confidence: 100,
    order: 1,
    organizerAvailability: 'free',
    suggestionReason: expect.any(String),
    attendeeAvailability: [{ availability: 'free', attendee: { emailAddress: { address: ben.mail } } }],
  })
  expect(found(await find(practice, { maxCandidates: 1 }))).toEqual(['09:00'])
})

test('findMeetingTimes says why there is nothing', async () => {
  const practice = openPractice([ada, ben])
  await add(practice, ben, '08:00', '17:00')
  expect((await find(practice)).body).toMatchObject({
    emptySuggestionsReason: 'AttendeesUnavailable',
    meetingTimeSuggestions: [],
  })
  const stranger = { attendees: [{ emailAddress: { address: 'x@other.example' } }] }
  expect((await find(practice, stranger)).body.emptySuggestionsReason).toBe('AttendeesUnavailableOrUnknown')
  expect(
    (await find(practice, { ...stranger, minimumAttendeePercentage: 49 })).body.meetingTimeSuggestions[0].confidence,
  ).toBe(49)
  await add(practice, ada, '08:00', '17:00')
  expect((await find(practice)).body.emptySuggestionsReason).toBe('OrganizerUnavailable')
  expect((await find(practice, { attendees: [], isOrganizerOptional: true })).body.meetingTimeSuggestions).not.toEqual(
    [],
  )
})

test('work means the organizer’s working hours', async () => {
  const practice = openPractice([ada, ben])
  const evening = { timeSlots: [{ start: at('2026-03-03T16:00:00'), end: at('2026-03-03T19:00:00') }] }
  expect(found(await find(practice, { timeConstraint: { ...evening, activityDomain: 'work' } }))).toEqual(['16:00'])
  expect(found(await find(practice, { timeConstraint: { ...evening, activityDomain: 'unrestricted' } }))).toHaveLength(
    5,
  )
})

test('findMeetingTimes is for signed-in users only', async () => {
  const practice = openPractice([ada])
  expect((await practice.as(APP)(`POST /users/${ada.id}/findMeetingTimes`, { body: {} })).body.error.code).toBe(
    'ErrorAccessDenied',
  )
})
