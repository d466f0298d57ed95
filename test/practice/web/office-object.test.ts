import { expect, test } from 'vitest'
import type { PracticeHost } from '../../../server/practice/web/office/connect-to-host.ts'
import type { PaneFacts, PaneItem, PaneTheme } from '../../../server/practice/web/office/host-messages.ts'
import { createOffice } from '../../../server/practice/web/office/office-object.ts'

const ATTENDEES = [{ name: 'Ben Solberg', address: 'ben@hospital.org' }]
const meeting: PaneItem & { kind: 'appointment' } = {
  kind: 'appointment',
  form: 'read',
  id: 'AAMkADhj-x_yAAA=',
  seriesId: 'AAMkADhj_master-AAA=',
  subject: 'Mentoring meeting',
  startsAt: '2027-03-16T16:00:00Z',
  endsAt: '2027-03-16T16:45:00Z',
  location: 'Office',
  organizer: { name: 'Ada Osei', address: 'ada@hospital.org' },
  attendees: ATTENDEES,
}

function hostWith(item: PaneItem | undefined) {
  const handlers: ((theme: PaneTheme) => void)[] = []
  const facts: PaneFacts | undefined = item && {
    theme: 'light',
    user: { userPrincipalName: 'ada@hospital.org', displayName: 'Ada Osei', timeZone: 'Eastern Standard Time' },
    item,
  }
  const host: PracticeHost = {
    facts: Promise.resolve(facts),
    onTheme: (handler) => handlers.push(handler),
    askConsent: async () => true,
  }
  const changeTheme = (theme: PaneTheme) => {
    for (const handler of handlers) handler(theme)
  }
  return { host, changeTheme }
}

/** The context as a pane reads it once Office is ready. */
async function openItem(item: PaneItem) {
  const office = createOffice(hostWith(item).host)
  await office.onReady()
  // biome-ignore lint/suspicious/noExplicitAny: a pane sees Office's own loose types
  return { office, context: office.context as any }
}
const ask = (field: { getAsync: (done: (result: object) => void) => void }) =>
  new Promise((resolve) => field.getAsync(resolve))

test('outside the practice calendar it says that no Outlook is there, like the real script', async () => {
  const office = createOffice(hostWith(undefined).host)
  expect(await office.onReady()).toEqual({ host: null, platform: null })
  expect(office.context).toEqual({})
})

test('an attendee’s form has plain facts, with ids that convert to the ones of Graph', async () => {
  const { context } = await openItem(meeting)
  const { item, convertToRestId } = context.mailbox
  expect(item).toMatchObject({
    itemType: 'appointment',
    subject: 'Mentoring meeting',
    start: new Date(meeting.startsAt),
  })
  expect(item.itemId).not.toMatch(/[-_]/)
  expect(convertToRestId(item.itemId, 'v2.0')).toBe(meeting.id)
  expect(convertToRestId(item.seriesId, 'v2.0')).toBe(meeting.seriesId)
})

test('an organizer’s form answers later and hands the context on', async () => {
  const { context } = await openItem({ ...meeting, form: 'compose' })
  const { item } = context.mailbox
  expect(item.itemId).toBeUndefined()
  expect(await ask(item.subject)).toEqual({ status: 'succeeded', value: 'Mentoring meeting' })
  expect(await ask(item.start)).toMatchObject({ value: new Date(meeting.startsAt) })
  const id = await new Promise((resolve) => item.getItemIdAsync({ asyncContext: 7 }, resolve))
  expect(id).toEqual({ status: 'succeeded', value: 'AAMkADhj/x+yAAA=', asyncContext: 7 })
})

test('a new appointment has no id yet', async () => {
  const { id: _id, seriesId: _series, ...rest } = meeting
  const { context } = await openItem({ ...rest, form: 'compose' })
  const result = await new Promise((resolve) => context.mailbox.item.getItemIdAsync(resolve))
  expect(result).toMatchObject({ status: 'failed', error: { name: 'ItemNotSaved' } })
  expect(context.mailbox.item.seriesId).toBeNull()
})

test.each([
  ['a meeting request', true, 'IPM.Schedule.Meeting.Request'],
  ['an e-mail', false, 'IPM.Note'],
])('%s is a message', async (_name, isMeeting, itemClass) => {
  const { context } = await openItem({
    kind: 'message',
    isMeeting,
    id: 'AAMk-m',
    subject: 'Mentoring meeting',
    from: { name: 'Ada Osei', address: 'ada@hospital.org' },
  })
  expect(context.mailbox.item).toMatchObject({ itemType: 'message', itemClass, itemId: 'AAMk/m' })
})

test('requirement sets compare by their parts', async () => {
  const { context } = await openItem(meeting)
  const { isSetSupported } = context.requirements
  expect(['1.1', '1.9', '1.14'].map((version) => isSetSupported('Mailbox', version))).toEqual([true, true, true])
  expect(['1.15', '2.0'].map((version) => isSetSupported('Mailbox', version))).toEqual([false, false])
  expect(isSetSupported('NestedAppAuth', '1.1')).toBe(true)
  expect(isSetSupported('DialogApi', '1.1')).toBe(false)
})

test('a change of look reaches the pane until it stops listening', async () => {
  const { host, changeTheme } = hostWith(meeting)
  const office = createOffice(host)
  await office.onReady()
  // biome-ignore lint/suspicious/noExplicitAny: a pane sees Office's own loose types
  const { mailbox } = office.context as any
  const seen: string[] = []
  mailbox.addHandlerAsync(
    office.EventType.OfficeThemeChanged,
    (event: { officeTheme: { bodyBackgroundColor: string } }) => seen.push(event.officeTheme.bodyBackgroundColor),
  )
  changeTheme('dark')
  mailbox.removeHandlerAsync(office.EventType.OfficeThemeChanged)
  changeTheme('light')
  expect(seen).toEqual(['#292929'])
  expect(office.context['officeTheme']).toMatchObject({ bodyBackgroundColor: '#ffffff' })
})
