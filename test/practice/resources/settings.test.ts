import { afterEach, beforeEach, expect, test } from 'vitest'
import { graphExchangeFaults } from '../../contract/graph-schema.ts'
import { ADA, BEN, type GraphCallOptions, NORA, type Practice, startPractice } from '../start-practice.ts'

let practice: Practice
beforeEach(async () => {
  practice = await startPractice()
})
afterEach(() => practice.close())

async function call(method: string, path: string, options: GraphCallOptions = {}) {
  const answer = await practice.graph(method, path, options)
  const body = answer.payload === '' ? undefined : answer.json()
  const sent = answer.statusCode < 400 ? options.body : undefined
  expect(graphExchangeFaults(method, path, sent, answer.statusCode, body)).toEqual([])
  return { status: answer.statusCode, body }
}

test('reads mailbox settings whole and in parts', async () => {
  const { body } = await call('GET', '/me/mailboxSettings')
  expect(body).toMatchObject({
    timeZone: 'Eastern Standard Time',
    workingHours: {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: 'Eastern Standard Time' },
    },
    language: { locale: 'en-US' },
    automaticRepliesSetting: { status: 'disabled' },
    userPurpose: 'user',
  })
  expect((await practice.graph('GET', '/me/mailboxSettings/timeZone')).json()).toMatchObject({
    value: 'Eastern Standard Time',
  })
  const hours = (await practice.graph('GET', '/me/mailboxSettings/workingHours')).json()
  expect(hours).toMatchObject({ startTime: '08:00:00.0000000' })
  expect((await call('GET', '/me/mailboxSettings', { as: NORA })).status).toBe(404)
})

test('changes what a PATCH names, answers just that, and lets calendars see it', async () => {
  const workingHours = {
    daysOfWeek: ['Monday', 'tuesday'],
    startTime: '07:00:00',
    endTime: '15:30:00',
    timeZone: { name: 'Central Standard Time' },
  }
  const answer = await practice.graph('PATCH', '/me/mailboxSettings', { body: { workingHours } })
  expect(Object.keys(answer.json()).sort()).toEqual(['@odata.context', 'workingHours'])
  expect(answer.json().workingHours).toEqual({
    daysOfWeek: ['monday', 'tuesday'],
    startTime: '07:00:00.0000000',
    endTime: '15:30:00.0000000',
    timeZone: { name: 'Central Standard Time' },
  })
  await call('PATCH', '/me/mailboxSettings', { body: { timeZone: 'Central Standard Time' } })
  const schedule = await practice.graph('POST', '/me/calendar/getSchedule', {
    body: {
      schedules: [ADA.mail],
      startTime: { dateTime: '2026-03-10T00:00:00', timeZone: 'UTC' },
      endTime: { dateTime: '2026-03-11T00:00:00', timeZone: 'UTC' },
    },
  })
  expect(schedule.json().value[0].workingHours).toMatchObject({
    daysOfWeek: ['monday', 'tuesday'],
    startTime: expect.stringContaining('07:00'),
    timeZone: { name: 'Central Standard Time' },
  })
})

test('refuses settings that no mailbox can have', async () => {
  for (const body of [
    {},
    { timeZone: 'Mars Standard Time' },
    { timeZone: 5 },
    { shoeSize: 42 },
    { workingHours: { startTime: '25:00:00' } },
    { workingHours: { daysOfWeek: ['someday'] } },
    { automaticRepliesSetting: { status: 'maybe' } },
  ]) {
    expect.soft((await call('PATCH', '/me/mailboxSettings', { body })).status, JSON.stringify(body)).toBe(400)
  }
  expect((await call('GET', '/me/mailboxSettings')).body.timeZone).toBe('Eastern Standard Time')
})

test('keeps categories per mailbox, with names that stay', async () => {
  const initial = (await call('GET', '/me/outlook/masterCategories')).body.value
  expect(initial).toHaveLength(6)
  const made = await call('POST', '/me/outlook/masterCategories', { body: { displayName: 'Clinic', color: 'preset9' } })
  expect(made).toMatchObject({ status: 201, body: { displayName: 'Clinic', color: 'preset9' } })
  const path = `/me/outlook/masterCategories/${made.body.id}`
  expect((await call('PATCH', path, { body: { color: 'preset2' } })).body.color).toBe('preset2')
  expect((await call('PATCH', path, { body: { displayName: 'Other' } })).status).toBe(400)
  expect((await call('POST', '/me/outlook/masterCategories', { body: { displayName: 'CLINIC' } })).status).toBe(409)
  expect(
    (await call('POST', '/me/outlook/masterCategories', { body: { displayName: 'x', color: 'pink' } })).status,
  ).toBe(400)
  expect((await call('GET', '/me/outlook/masterCategories', { as: BEN })).body.value).toHaveLength(6)
  expect((await call('DELETE', path)).status).toBe(204)
  expect((await call('GET', path)).status).toBe(404)
})

test('lists time zones that events then really take', async () => {
  const windows = (await call('GET', '/me/outlook/supportedTimeZones')).body.value
  const iana = (await call('GET', "/me/outlook/supportedTimeZones(TimeZoneStandard='Iana')")).body.value
  expect(windows).toContainEqual({
    alias: 'Eastern Standard Time',
    displayName: '(UTC-05:00) Eastern Time (US & Canada)',
  })
  expect(windows).toHaveLength(139)
  expect(iana).toContainEqual({ alias: 'Asia/Kathmandu', displayName: 'Asia/Kathmandu' })
  expect((await call('GET', "/me/outlook/supportedTimeZones(TimeZoneStandard='Posix')")).status).toBe(400)
  const { supportedZone } = await import('../../../server/practice/graph/calendar/zone-clock.ts')
  for (const { alias } of [...windows, ...iana]) expect(supportedZone(alias)).toBe(alias)
})

test('keeps a plan of where somebody works, single days over recurring ones', async () => {
  const root = '/me/settings/workHoursAndLocations'
  const at = (date: string, time: string) => ({ dateTime: `${date}T${time}:00`, timeZone: 'Eastern Standard Time' })
  const recurrence = await call('POST', `${root}/recurrences`, {
    body: {
      start: at('2026-03-03', '08:00'),
      end: at('2026-03-03', '17:00'),
      workLocationType: 'office',
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] },
        range: { type: 'noEnd', startDate: '2026-03-03' },
      },
    },
  })
  expect(recurrence.status).toBe(201)
  const off = await call('POST', `${root}/occurrences`, {
    body: {
      start: at('2026-03-10', '08:00'),
      end: at('2026-03-10', '17:00'),
      workLocationType: 'timeOff',
      timeOffDetails: { isAllDay: true, subject: null },
    },
  })
  expect(off.status).toBe(201)
  const view = `${root}/occurrencesView(startDateTime='2026-03-01T00:00:00Z',endDateTime='2026-03-18T00:00:00Z')`
  const { value } = (await call('GET', view)).body
  expect(
    value.map(({ start, workLocationType }: { start: { dateTime: string }; workLocationType: string }) => [
      start.dateTime,
      workLocationType,
    ]),
  ).toEqual([
    ['2026-03-03T08:00:00', 'office'],
    ['2026-03-10T08:00:00', 'timeOff'],
    ['2026-03-17T08:00:00', 'office'],
  ])
  expect(
    (await call('PATCH', root, { body: { maxSharedWorkLocationDetails: 'none' } })).body.maxSharedWorkLocationDetails,
  ).toBe('none')
  expect((await call('GET', root)).body.maxSharedWorkLocationDetails).toBe('none')
  expect((await call('GET', `/users/${ADA.id}/settings/workHoursAndLocations`, { as: 'service' })).status).toBe(403)
})
