import { expect } from 'vitest'
import { draft, type Json, type Practice, person } from '../practice/calendar/practice.ts'
import { type DocumentedExample, readExamples } from './compare-documented.ts'

const PACIFIC = 'Pacific Standard Time'
const contoso = (name: string, mail: string) =>
  person(name, { mail, userPrincipalName: mail, displayName: name, timeZone: PACIFIC })
export const adele = contoso('Adele Vance', 'AdeleV@contoso.OnMicrosoft.com')
const alex = contoso('Alex Wilber', 'AlexW@contoso.OnMicrosoft.com')
const megan = contoso('Megan Bowen', 'MeganB@contoso.OnMicrosoft.com')
const dana = contoso('Dana Swope', 'danas@contoso.onmicrosoft.com')
const christie = contoso('Christie Cline', 'ChristieC@contoso.OnMicrosoft.com')
export const samantha = contoso('Samantha Booth', 'samanthab@contoso.onmicrosoft.com')
export const PEOPLE = [adele, alex, megan, dana, christie, samantha]

/** What a page assumes: who calls, and what is there already; `path` and `body` with real ids in place of placeholders. */
type Scene = (practice: Practice, example: DocumentedExample) => Promise<{ path?: string; body?: unknown } | undefined>
type Case = { readonly as: typeof adele; readonly scene?: Scene; readonly known?: Readonly<Record<string, string>> }

export const examples = new Map(readExamples().map((example) => [example.id, example]))
export const example = (id: string): DocumentedExample => {
  const found = examples.get(id)
  if (!found) throw new Error(`No documented example ${id}`)
  return found
}

export const pacific = (start: string, end: string, more = {}) => draft(start, end, more, PACIFIC)
const required = (...people: readonly (typeof adele)[]) =>
  people.map((who) => ({ type: 'required', emailAddress: { name: who.displayName, address: who.mail } }))
export async function create(practice: Practice, who: typeof adele, body: unknown, path = '/me/events'): Promise<Json> {
  const made = await practice.as(who)(`POST ${path}`, { body, unchecked: true })
  expect(made.status).toBe(201)
  return made.body
}
async function copyOf(practice: Practice, who: typeof adele): Promise<Json> {
  return (await practice.as(who)('GET /me/events')).body.value[0]
}
export const below = ({ request }: DocumentedExample): string => request.path.replace('/v1.0', '')
const fill = (found: DocumentedExample, ...ids: readonly string[]): string => {
  let number = 0
  return below(found).replace(
    /\{id\}|(?<=(?:events|calendars)\/)[A-Za-z0-9_-]+=+/g,
    () => ids[Math.min(number++, ids.length - 1)] ?? '',
  )
}
const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'menu.txt', contentBytes: 'bWFj' }

/** The signed-in user's own appointment stands in for the page's event. */
const ownEvent =
  (who: typeof adele, body: unknown = pacific('2019-08-15T12:00', '2019-08-15T14:00')): Scene =>
  async (practice, found) => ({ path: fill(found, (await create(practice, who, body)).id) })

const OLDER_LOCATION = 'newer pages answer uniqueId and private for a location that was sent by name only'
const OTHER_TEXT = 'the page answers another text than it sends'
const BODY_REWRITTEN = 'the server rewrites HTML; only the text is the same'
const CUSTOM_ZONE = 'working hours here keep the zone by name'

/** Calendar examples by id: the scene each page assumes, and where a page is known to differ. */
export const CASES: Readonly<Record<string, Case>> = {
  g001: {
    as: adele,
    async scene(practice, found) {
      await create(practice, alex, pacific('2019-08-15T12:00', '2019-08-15T14:00', { attendees: required(adele) }))
      return { path: fill(found, (await copyOf(practice, adele)).id) }
    },
  },
  g002: { as: alex, scene: ownEvent(alex) },
  g005: {
    as: adele,
    async scene(practice) {
      await create(practice, adele, pacific('2019-08-15T12:00', '2019-08-15T14:00', { transactionId: null }))
      await create(practice, adele, pacific('2019-08-16T12:00', '2019-08-16T14:00'))
      await create(practice, adele, pacific('2019-08-17T12:00', '2019-08-17T14:00'))
      return { path: '/me/calendarView/delta?startdatetime=2019-08-01T00:00:00Z&enddatetime=2019-09-01T00:00:00Z' }
    },
    known: { value: 'the page shows one of two', '@odata.context': 'left out on the page' },
  },
  g009: {
    as: adele,
    scene: (practice, found) => {
      const { subject, start, end, attendees, locations } = found.response.body as Json
      const body = {
        subject,
        start,
        end,
        attendees,
        locations,
        body: { contentType: 'html', content: "Let's kick-start this event planning!" },
      }
      return ownEvent(adele, body)(practice, found)
    },
    known: { 'body.content': BODY_REWRITTEN, 'locations[].uniqueIdType': OLDER_LOCATION },
  },
  g010: {
    as: adele,
    async scene(practice, found) {
      const { id } = await create(practice, adele, pacific('2019-08-15T12:00', '2019-08-15T14:00'))
      await practice.as(adele)(`POST /me/events/${id}/attachments`, { body: file })
      return { path: fill(found, id) }
    },
  },
  g011: {
    as: adele,
    async scene(practice, found) {
      const utc = (dateTime: string) => ({ dateTime, timeZone: 'UTC' })
      const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday'] }
      const range = { type: 'noEnd', startDate: '2019-04-08' }
      const { id } = await create(practice, adele, {
        subject: 'Review strategy for Q3',
        start: utc('2019-04-08T20:30'),
        end: utc('2019-04-08T21:00'),
        recurrence: { pattern, range },
      })
      const send = practice.as(adele)
      const list = await send(`GET /me/events/${id}/instances?startDateTime=2019-04-15&endDateTime=2019-04-16`)
      const content = 'Changing meeting from 4/15 to 4/16.'
      const moved = {
        start: utc('2019-04-16T20:30'),
        end: utc('2019-04-16T21:00'),
        body: { contentType: 'text', content },
      }
      expect((await send(`PATCH /me/events/${list.body.value[0].id}`, { body: moved })).status).toBe(200)
      return { path: fill(found, id) }
    },
  },
  g012: { as: adele, scene: ownEvent(adele) },
  g013: { as: adele, scene: ownEvent(adele) },
  g014: {
    as: adele,
    async scene(practice, found) {
      const { path } = (await ownEvent(adele)(practice, found)) ?? {}
      return {
        ...(path ? { path } : {}),
        body: { newReminderTime: { dateTime: '2019-08-15T11:50:00', timeZone: PACIFIC } },
      }
    },
  },
  g017: {
    as: dana,
    known: {
      subject: OTHER_TEXT,
      bodyPreview: OTHER_TEXT,
      'body.content': OTHER_TEXT,
      'start.dateTime': OTHER_TEXT,
      'end.dateTime': OTHER_TEXT,
      'locations[].uniqueIdType': OLDER_LOCATION,
    },
  },
  g019: {
    as: alex,
    known: {
      bodyPreview: OTHER_TEXT,
      'body.content': OTHER_TEXT,
      isOnlineMeeting: 'not asked for in the request',
      'locations[].uniqueIdType': OLDER_LOCATION,
    },
  },
  g022: {
    as: adele,
    async scene(practice) {
      await create(practice, alex, pacific('2020-01-02T10:00', '2020-01-02T11:00', { attendees: required(adele) }))
      await practice.as(adele)(`POST /me/events/${(await copyOf(practice, adele)).id}/accept`, { body: {} })
      return undefined
    },
  },
  g023: {
    as: adele,
    // The page is about any calendar but the default one; its path is that of the default one.
    scene: async (practice) => ({
      path: `/me/calendars/${(await create(practice, adele, { name: 'Spare' }, '/me/calendars')).id}`,
    }),
  },
  g025: {
    as: adele,
    async scene(practice) {
      const on = (from: string, to: string, more = {}) => pacific(`2019-03-15T${from}`, `2019-03-15T${to}`, more)
      await create(
        practice,
        adele,
        on('12:00', '14:00', { subject: "Let's go for lunch", location: { displayName: "Harry's Bar" } }),
      )
      await create(practice, megan, on('08:30', '09:30'))
      await create(practice, megan, on('12:00', '14:00'))
      await create(practice, megan, on('12:00', '13:00', { showAs: 'tentative' }))
      await create(practice, megan, on('13:00', '14:00'))
      await create(practice, megan, on('16:00', '17:00', { showAs: 'tentative' }))
      return undefined
    },
    known: { 'value[].workingHours.timeZone': CUSTOM_ZONE },
  },
  g026: {
    as: adele,
    async scene(practice) {
      await create(practice, adele, pacific('2017-01-03T10:00', '2017-01-03T11:00'))
      return undefined
    },
  },
  g029: {
    as: megan,
    scene: async (practice, found) => ({
      path: fill(found, (await create(practice, megan, { name: 'Second' }, '/me/calendars')).id),
    }),
    known: {
      'body.content': BODY_REWRITTEN,
      bodyPreview: 'older: today the preview of an online meeting goes on with the join text',
    },
  },
  g031: {
    as: alex,
    async scene(practice) {
      const body = { emailAddress: { address: adele.mail, name: adele.displayName }, role: 'read' }
      const { id } = await create(practice, alex, body, '/me/calendar/calendarPermissions')
      return { path: `/users/${alex.id}/calendar/calendarPermissions/${id}` }
    },
  },
  g032: {
    as: alex,
    async scene(practice) {
      await practice.as(alex)('PATCH /me/calendar/calendarPermissions/RGVmYXVsdA==', { body: { role: 'write' } })
      return { path: `/users/${alex.id}/calendar/calendarPermissions/RGVmYXVsdA==` }
    },
    known: { isRemovable: 'the sharing page: never removable from a primary calendar' },
  },
  g034: { as: samantha, known: { 'value[].owner.address': 'another domain' } },
  g037: {
    as: adele,
    async scene(practice, found) {
      const { id } = await create(practice, adele, pacific('2019-08-15T12:00', '2019-08-15T14:00'))
      const added = await practice.as(adele)(`POST /me/events/${id}/attachments`, { body: file })
      return { path: fill(found, id, added.body.id) }
    },
  },
  g043: {
    as: adele,
    known: { meetingTimeSuggestions: 'the page’s order is not explained; members are held to the schema' },
  },
  g056: {
    as: adele,
    async scene(practice) {
      const ids = [
        await create(practice, adele, pacific('2019-08-15T12:00', '2019-08-15T14:00')),
        await create(practice, adele, pacific('2019-08-16T12:00', '2019-08-16T14:00')),
      ]
      return {
        body: { inputIds: ids.map(({ id }) => id), sourceIdType: 'restId', targetIdType: 'restImmutableEntryId' },
      }
    },
    known: { 'value[].sourceId': 'placeholder', 'value[].targetId': 'placeholder' },
  },
  g057: { as: adele, scene: extended('Com.Contoso.Referral') },
  g059: {
    as: adele,
    scene: extended('Com.Contoso.Deal', {
      companyName: 'Alpine Skis',
      dealValue: 1010100,
      expirationDate: '2015-07-03T13:04:00Z',
    }),
  },
  g064: { as: adele, scene: extended(undefined), known: { expirationDate: 'the same instant in another spelling' } },
  g110: {
    as: alex,
    known: { uid: 'a beta property', 'body.content': OTHER_TEXT },
  },
  g111: {
    as: adele,
    async scene(practice, found) {
      await create(practice, alex, { ...(example('g110').request.body as object) })
      return { path: fill(found, (await copyOf(practice, adele)).id) }
    },
  },
  g113: {
    as: alex,
    async scene(practice, found) {
      const { id } = await create(practice, alex, example('g110').request.body)
      const copy = await copyOf(practice, adele)
      await practice.as(adele)(`POST /me/events/${copy.id}/tentativelyAccept`, {
        body: example('g111').request.body,
        unchecked: true,
      })
      return { path: fill(found, id) }
    },
    known: { uid: 'a beta property', 'body.content': BODY_REWRITTEN },
  },
  g114: { as: alex, known: { allowedOnlineMeetingProviders: 'Skype for Business is retired' } },
  g117: {
    as: alex,
    scene: (practice, found) => {
      const { location } = found.response.body as Json
      const body = pacific('2019-11-18T15:00', '2019-11-18T16:00', {
        subject: 'Price strategy',
        location,
        attendees: required(adele),
        body: { contentType: 'html', content: "<div>Let's define our strategy.</div>" },
      })
      return ownEvent(alex, body)(practice, found)
    },
    known: { 'body.content': BODY_REWRITTEN, bodyPreview: BODY_REWRITTEN },
  },
  g118: {
    as: adele,
    async scene(practice) {
      await create(
        practice,
        alex,
        { emailAddress: { address: adele.mail, name: adele.displayName }, role: 'delegateWithoutPrivateEventAccess' },
        '/me/calendar/calendarPermissions',
      )
      return undefined
    },
  },
  g123: {
    as: alex,
    async scene(practice, found) {
      const body = pacific('2019-12-25T18:00', '2019-12-25T22:00', {
        subject: 'Christmas dinner',
        body: { contentType: 'html', content: 'Happy holidays!' },
        location: { displayName: "Alex' home" },
        attendees: required(megan, christie),
      })
      const { id } = await create(practice, alex, body)
      await practice.as(christie)(`POST /me/events/${(await copyOf(practice, christie)).id}/tentativelyAccept`, {
        body: {},
      })
      return { path: fill(found, id) }
    },
    known: { 'body.content': BODY_REWRITTEN },
  },
  g124: {
    as: adele,
    async scene(practice) {
      await create(practice, alex, pacific('2018-08-06T09:00', '2018-08-06T10:30', { showAs: 'tentative' }))
      await create(practice, alex, pacific('2018-08-06T11:00', '2018-08-06T13:00'))
      return undefined
    },
    known: { 'value[].workingHours.timeZone': CUSTOM_ZONE },
  },
  g125: {
    as: adele,
    async scene(practice) {
      const { id } = await create(practice, alex, { name: 'Kids parties', color: 'lightYellow' }, '/me/calendars')
      const body = { emailAddress: { address: adele.mail, name: adele.displayName }, role: 'read' }
      await create(practice, alex, body, `/me/calendars/${id}/calendarPermissions`)
      return undefined
    },
  },
  g128: { as: adele, scene: ownEvent(adele) },
  g129: { as: adele, scene: busySamantha('2017-04-17T00:00', '2017-04-21T00:00') },
  g130: {
    as: adele,
    async scene(practice, found) {
      await busySamantha('2017-04-21T08:00', '2017-04-21T14:00')(practice, found)
      return busySamantha('2017-04-21T16:00', '2017-04-21T17:00')(practice, found)
    },
    known: {},
  },
  g158: { as: adele },
}

function busySamantha(from: string, to: string): Scene {
  return async (practice) => {
    await create(practice, samantha, pacific(from, to))
    return undefined
  }
}

/** Group calendars are not emulated; the same operations are held to their pages on a user's event. */
function extended(extensionName: string | undefined, values: object = {}): Scene {
  return async (practice, found) => {
    const extension = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName, ...values }
    const extensions = extensionName ? [extension] : []
    const { id } = await create(practice, adele, pacific('2019-08-15T12:00', '2019-08-15T14:00', { extensions }))
    return {
      path: below(found)
        .replace(/^\/groups\/[^/]+\/events\/[^/]+/, `/me/events/${id}`)
        .replace(/\/$/, ''),
    }
  }
}
