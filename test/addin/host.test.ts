import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readItem } from '../../addin/host/read-item.ts'
import { isSupported, startOffice } from '../../addin/host/start-office.ts'
import { isDarkColour } from '../../addin/host/watch-theme.ts'
import { HostTimeout, within } from '../../shared/client/within.ts'

/** The members of Office that the pane calls, with this item open. */
function openInOutlook(item: unknown, { sets = ['Mailbox 1.8'], hostName = 'OutlookWebApp' } = {}) {
  vi.stubGlobal('Office', {
    HostType: { Outlook: 'Outlook' },
    AsyncResultStatus: { Succeeded: 'succeeded' },
    MailboxEnums: { ItemType: { Appointment: 'appointment' }, RestVersion: { v2_0: 'v2.0' } },
    onReady: async () => ({ host: 'Outlook' }),
    context: {
      requirements: { isSetSupported: (set: string, version: string) => sets.includes(`${set} ${version}`) },
      mailbox: { item, diagnostics: { hostName }, convertToRestId: (id: string) => id.replaceAll('/', '-') },
    },
  })
}
const succeed = (value: unknown) => (done: (result: unknown) => void) => done({ status: 'succeeded', value })
const fail = (name: string) => (done: (result: unknown) => void) => done({ status: 'failed', error: { name } })

const start = new Date('2027-02-16T17:15:00Z')
const read = (rest = {}) => ({
  itemType: 'appointment',
  subject: 'Mentoring meeting',
  itemId: 'A/1',
  seriesId: null,
  start,
  ...rest,
})
const unread = { getAsync: (): void => undefined }
const compose = (rest = {}) => ({
  itemType: 'appointment',
  subject: { getAsync: () => undefined },
  seriesId: null,
  start: { getAsync: succeed(start) },
  getItemIdAsync: succeed('A/1'),
  ...rest,
})

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the open item', () => {
  test.each([
    ['nothing', null, { kind: 'none' }],
    [
      'an e-mail, with what it asks and who asks it',
      { itemType: 'message', itemClass: 'IPM.Note', subject: 'A talk?', from: { displayName: 'Dr. Ito' } },
      { kind: 'message', isMeeting: false, subject: 'A talk?', from: 'Dr. Ito' },
    ],
    [
      'an e-mail of somebody without a name',
      { itemType: 'message', itemClass: 'IPM.Note', subject: '', from: { displayName: '', emailAddress: 'a@b.org' } },
      { kind: 'message', isMeeting: false, subject: '', from: 'a@b.org' },
    ],
    [
      'an invitation in the inbox',
      { itemType: 'message', itemClass: 'IPM.Schedule.Meeting.Request', subject: 'Meeting' },
      { kind: 'message', isMeeting: true, subject: 'Meeting', from: '' },
    ],
    [
      'an e-mail that is being written',
      { itemType: 'message', subject: unread, from: unread },
      { kind: 'message', isMeeting: false, subject: '', from: '' },
    ],
    [
      'an invitation as attendee',
      read(),
      { kind: 'appointment', as: 'attendee', eventId: 'A-1', startsAt: '2027-02-16T17:15:00Z' },
    ],
    [
      'an occurrence, by its series and start',
      read({ seriesId: 'S/1' }),
      { kind: 'appointment', as: 'attendee', eventId: 'S-1', startsAt: '2027-02-16T17:15:00Z' },
    ],
    ['an occurrence without any id', read({ itemId: '' }), { kind: 'none' }],
    [
      'an item without a readable start',
      read({ start: new Date(Number.NaN) }),
      { kind: 'appointment', as: 'attendee', eventId: 'A-1' },
    ],
    [
      'my own meeting as organizer',
      compose(),
      { kind: 'appointment', as: 'organizer', eventId: 'A-1', startsAt: '2027-02-16T17:15:00Z' },
    ],
    ['a new appointment', compose({ getItemIdAsync: fail('ItemNotSaved') }), { kind: 'new-appointment' }],
  ])('is %s', async (_name, item, expected) => {
    openInOutlook(item)
    await expect(readItem()).resolves.toEqual(expected)
  })

  test('is new where the client cannot tell its id', async () => {
    openInOutlook(compose(), { sets: [] })
    await expect(readItem()).resolves.toEqual({ kind: 'new-appointment' })
  })
  test('keeps its id on mobile, which is the REST one already', async () => {
    openInOutlook(read(), { hostName: 'OutlookIOS' })
    await expect(readItem()).resolves.toMatchObject({ eventId: 'A/1' })
  })
})

describe('a host that is not there', () => {
  test('is noticed when its script did not load, and when the page is open in a browser', async () => {
    await expect(startOffice()).resolves.toBe(false)
    vi.stubGlobal('Office', { HostType: { Outlook: 'Outlook' }, onReady: async () => ({ host: null }), context: {} })
    await expect(startOffice()).resolves.toBe(false)
    expect(isSupported('Mailbox', '1.8')).toBe(false)
    await expect(readItem()).resolves.toEqual({ kind: 'none' })
  })
})

describe('a host call', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  test('that never answers ends at its limit', async () => {
    openInOutlook(compose({ getItemIdAsync: () => undefined }))
    const item = expect(readItem()).rejects.toBeInstanceOf(HostTimeout)
    await vi.advanceTimersByTimeAsync(10_000)
    await item
  })
  test('that answers leaves no timer behind', async () => {
    await expect(within(1000, Promise.resolve('x'))).resolves.toBe('x')
    expect(vi.getTimerCount()).toBe(0)
  })
})

test.each([
  ['#ffffff', false],
  ['#1F1F1F', true],
  ['292929', true],
  ['#f3f2f1', false],
  ['rgb(0,0,0)', undefined],
  [undefined, undefined],
])('tells whether %s is a dark ground: %s', (colour, isDark) => {
  expect(isDarkColour(colour)).toBe(isDark)
})
