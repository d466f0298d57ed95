import type { PracticeUser } from '../../people.ts'
import type { PracticeDocument } from '../../state.ts'
import {
  ignored,
  invalidRequest,
  listOf,
  nullable,
  oneOf,
  type Reader,
  readBody,
  record,
  text,
  unreadable,
} from '../calendar/read-body.ts'
import { supportedZone } from '../calendar/zone-clock.ts'
import type { GraphReply, GraphRoute, PracticeGraph, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { type Entity, parseQuery, selectFrom } from '../odata.ts'
import { isEntity, userContext } from './entity-reply.ts'
import { moment } from './utc-moment.ts'

/** What a mailbox keeps beside what the directory entry says. Collection `mailbox-settings`, keyed by user. */
type StoredSettings = PracticeDocument & {
  readonly automaticRepliesSetting?: Entity
  readonly language?: Entity
  readonly dateFormat?: string
  readonly timeFormat?: string
  readonly delegateMeetingMessageDeliveryOptions?: string
  /** Where the working hours are in another zone than the mailbox. */
  readonly workingHoursTimeZone?: string
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const timeOfDay: Reader = (value, path) => {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?$/.test(value)) return value
  throw unreadable(path, 'Edm.TimeOfDay')
}
const zone: Reader = (value, path) => supportedZone(String(text(value, path)))

const BODY = record('microsoft.graph.mailboxSettings', {
  automaticRepliesSetting: record('microsoft.graph.automaticRepliesSetting', {
    status: oneOf(['disabled', 'alwaysEnabled', 'scheduled']),
    externalAudience: oneOf(['none', 'contactsOnly', 'all']),
    scheduledStartDateTime: moment,
    scheduledEndDateTime: moment,
    internalReplyMessage: nullable(text),
    externalReplyMessage: nullable(text),
  }),
  timeZone: zone,
  language: record('microsoft.graph.localeInfo', { locale: text, displayName: text }),
  workingHours: record('microsoft.graph.workingHours', {
    daysOfWeek: listOf(oneOf(DAYS)),
    startTime: timeOfDay,
    endTime: timeOfDay,
    timeZone: record('microsoft.graph.timeZoneBase', { name: zone }),
  }),
  dateFormat: text,
  timeFormat: text,
  delegateMeetingMessageDeliveryOptions: oneOf([
    'sendToDelegateAndInformationToPrincipal',
    'sendToDelegateAndPrincipal',
    'sendToDelegateOnly',
  ]),
  archiveFolder: ignored,
  userPurpose: ignored,
})

function settingsOf(graph: PracticeGraph, user: PracticeUser): Entity {
  const stored = graph.state.collection<StoredSettings>('mailbox-settings').get(user.id)
  return {
    automaticRepliesSetting: {
      status: 'disabled',
      externalAudience: 'all',
      scheduledStartDateTime: { dateTime: '2000-01-01T00:00:00.0000000', timeZone: 'UTC' },
      scheduledEndDateTime: { dateTime: '2000-01-02T00:00:00.0000000', timeZone: 'UTC' },
      internalReplyMessage: '',
      externalReplyMessage: '',
      ...stored?.automaticRepliesSetting,
    },
    timeZone: user.timeZone,
    language: stored?.language ?? { locale: 'en-US', displayName: 'English (United States)' },
    workingHours: {
      daysOfWeek: user.workingHours.daysOfWeek.map((day) => day.toLowerCase()),
      startTime: sevenDecimals(user.workingHours.startTime),
      endTime: sevenDecimals(user.workingHours.endTime),
      timeZone: { name: stored?.workingHoursTimeZone ?? user.timeZone },
    },
    dateFormat: stored?.dateFormat ?? 'M/d/yyyy',
    timeFormat: stored?.timeFormat ?? 'h:mm tt',
    delegateMeetingMessageDeliveryOptions: stored?.delegateMeetingMessageDeliveryOptions ?? 'sendToDelegateOnly',
    userPurpose: user.kind === 'room' ? 'room' : 'user',
  }
}

function sevenDecimals(time: string): string {
  const [clock = '', decimals = ''] = (/^\d\d:\d\d$/.test(time) ? `${time}:00` : time).split('.')
  return `${clock}.${decimals.padEnd(7, '0')}`
}

function read(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const { select, expand } = parseQuery(request.query)
  const { id: _, ...settings } = selectFrom(settingsOf(graph, user), { select, expand })
  return {
    status: 200,
    body: { '@odata.context': `${graph.baseUrl()}/$metadata#${userContext(user, 'mailboxSettings')}`, ...settings },
  }
}

function readOne(name: string): (context: RouteContext) => GraphReply {
  return (context) => {
    const { graph } = context
    const user = requireMailbox(context)
    const value = settingsOf(graph, user)[name]
    const metadata = `${graph.baseUrl()}/$metadata#${userContext(user, `mailboxSettings/${name}`)}`
    return { status: 200, body: { '@odata.context': metadata, ...(isEntity(value) ? value : { value }) } }
  }
}

/** Answers what was set, as it is now: Graph leaves the rest of the settings out of this reply. */
function update(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const fields = readBody(BODY, request.body)
  if (Object.keys(fields).length === 0) throw invalidRequest('At least one property must be set.')
  const { timeZone, workingHours, automaticRepliesSetting, ...rest } = fields
  const hours = isEntity(workingHours) ? workingHours : {}
  const hoursZone = isEntity(hours['timeZone']) ? hours['timeZone']['name'] : undefined
  const stored = graph.state.collection<StoredSettings>('mailbox-settings')
  stored.put({
    ...stored.get(user.id),
    ...rest,
    id: user.id,
    ...(isEntity(automaticRepliesSetting)
      ? { automaticRepliesSetting: { ...stored.get(user.id)?.automaticRepliesSetting, ...automaticRepliesSetting } }
      : {}),
    ...(typeof hoursZone === 'string' ? { workingHoursTimeZone: hoursZone } : {}),
  })
  graph.state.collection<PracticeUser>('users').put(changeUser(user, timeZone, hours))
  const changed = graph.state.collection<PracticeUser>('users').get(user.id) ?? user
  const now = settingsOf(graph, changed)
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${userContext(user, 'mailboxSettings')}`,
      ...Object.fromEntries(Object.keys(fields).map((name) => [name, now[name]])),
    },
  }
}

function changeUser(user: PracticeUser, timeZone: unknown, hours: Entity): PracticeUser {
  const { daysOfWeek, startTime, endTime } = hours
  return {
    ...user,
    timeZone: typeof timeZone === 'string' ? timeZone : user.timeZone,
    workingHours: {
      daysOfWeek: Array.isArray(daysOfWeek) ? daysOfWeek : user.workingHours.daysOfWeek,
      startTime: typeof startTime === 'string' ? startTime : user.workingHours.startTime,
      endTime: typeof endTime === 'string' ? endTime : user.workingHours.endTime,
    },
  }
}

const PARTS = [
  'automaticRepliesSetting',
  'timeZone',
  'language',
  'workingHours',
  'dateFormat',
  'timeFormat',
  'delegateMeetingMessageDeliveryOptions',
  'userPurpose',
]

/** Docs: "Get user mailbox settings", "Update user mailbox settings". */
export const mailboxSettingsRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/mailboxSettings', handler: read },
  { method: 'PATCH', template: '{mailbox}/mailboxSettings', handler: update },
  ...PARTS.map((name) => ({ method: 'GET', template: `{mailbox}/mailboxSettings/${name}`, handler: readOne(name) })),
]
